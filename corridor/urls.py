"""Addresses of the corridor."""

from django.urls import URLPattern, URLResolver, path

from corridor.agreements.changes.views import changes
from corridor.agreements.drafting.views import batches, drafting, specimen
from corridor.agreements.files import views as verify
from corridor.agreements.signing.views import agreements, outside, signing, stand_ins
from corridor.agreements.templates.views import annexes, editing, templates
from corridor.applications.views import applying, calls, deciding, public
from corridor.hosts.views import documents, incubators, openings
from corridor.hosts.views import organiser as hosts_organiser
from corridor.life.views import checklists, erasure, figures, log, report_autosave, report_forms, reports
from corridor.life.views import templates as stay_templates
from corridor.placement.views import calendar, exchange, feeds, host_answers, plans, stays
from corridor.programmes.views import organiser as programmes_organiser

agreement_urls = [
    path("agreements/", agreements.list_agreements, name="agreements"),
    path("agreements/<int:pk>/", agreements.show_agreement, name="agreement"),
    path("agreements/<int:pk>/status/", agreements.show_status, name="agreement_status"),
    path("agreements/<int:pk>/sign/", signing.sign, name="agreement_sign"),
    path("agreements/<int:pk>/code/", signing.send_code, name="agreement_code"),
    path("agreements/<int:pk>/signer/<slug:party>/", stand_ins.name_signer, name="agreement_signer"),
    path("agreements/<int:pk>/signed-file/", outside.receive, {"way": "file"}, name="agreement_signed_file"),
    path("agreements/<int:pk>/paper/", outside.receive, {"way": "paper"}, name="agreement_paper"),
    path("agreements/<int:pk>/paper/<int:copy_pk>/", outside.compare, name="paper_copy"),
    path("agreements/<int:pk>/paper/<int:copy_pk>/scan.pdf", outside.download_copy, name="paper_copy_file"),
    path(
        "agreements/<int:pk>/paper/<int:copy_pk>/<slug:which>-<int:page>.png",
        outside.show_picture,
        name="paper_copy_picture",
    ),
    path("agreements/<int:pk>/change/", changes.choose, name="agreement_change"),
    path("agreements/<int:pk>/change/<slug:kind>/", changes.change, name="agreement_change_kind"),
    path("agreements/<int:pk>/receipt/", changes.receive, name="agreement_receipt"),
    path("agreements/requests/<int:pk>/", changes.answer, name="change_request"),
    path("agreements/<int:pk>/void/", agreements.void, name="agreement_void"),
    path("agreements/<int:pk>/prepare/", agreements.prepare, name="agreement_prepare"),
    path("agreements/<int:pk>/issued.pdf", agreements.download, {"kind": "issued"}, name="agreement_issued"),
    path("agreements/<int:pk>/executed.pdf", agreements.download, {"kind": "executed"}, name="agreement_executed"),
    path("stays/<int:pk>/agreement/", drafting.draft, name="agreement_draft"),
]
life_urls = [
    path("stays/<int:pk>/checklist/new/", checklists.edit_item, name="checklist_new"),
    path("stays/<int:pk>/checklist/<int:item_pk>/", checklists.edit_item, name="checklist_item"),
    path("stays/<int:pk>/checklist/<int:item_pk>/settle/", checklists.settle, name="checklist_settle"),
    path("stays/<int:pk>/people/", checklists.edit_people, name="stay_people"),
    path("stays/<int:pk>/reports/<slug:report>/<slug:side>/", reports.show_report, name="stay_report"),
    path("stays/<int:pk>/reports/<slug:report>/<slug:side>/save/", report_autosave.save, name="report_save"),
    path("stays/<int:pk>/reports/<slug:report>/<slug:side>/correct/", reports.correct, name="report_correct"),
    path("stays/<int:pk>/letters/", log.show_letters, name="stay_letters"),
    path("stays/<int:pk>/hours/", log.show_hours, name="stay_hours"),
    path("stays/<int:pk>/hours/<int:hour_pk>/remove/", log.drop_hours, name="hours_remove"),
    path("stays/<int:pk>/incidents/", log.show_incidents, name="stay_incidents"),
    path("stays/<int:pk>/incidents/<int:incident_pk>/", log.show_incidents, name="stay_incident"),
    path("stays/<int:pk>/personal-data/", erasure.show_personal_data, name="stay_personal_data"),
    path(
        "stays/<int:pk>/personal-data.json",
        erasure.show_personal_data,
        {"form": "json"},
        name="stay_personal_data_file",
    ),
    path("incubator/<int:pk>/teams/", log.show_teams, name="incubator_teams"),
    path("incubator/<int:pk>/figures/", figures.show_of_incubator, name="incubator_figures"),
    path("incubator/<int:pk>/figures.xlsx", figures.show_of_incubator, {"form": "xlsx"}, name="incubator_figures_file"),
    path("stays/figures/", figures.show_of_city, name="city_figures"),
    path("stays/figures.xlsx", figures.show_of_city, {"form": "xlsx"}, name="city_figures_file"),
    path("organise/programmes/<int:pk>/checklist/", stay_templates.edit_checklist, name="programme_checklist"),
    path("organise/programmes/<int:pk>/reports/", report_forms.list_forms, name="report_forms"),
    path("organise/programmes/<int:pk>/reports/new/", report_forms.edit_form, name="report_form_new"),
    path("organise/programmes/<int:pk>/reports/<slug:report>/<slug:side>/", report_forms.edit_form, name="report_form"),
    path(
        "organise/programmes/<int:pk>/reports/<slug:report>/<slug:side>/remove/",
        report_forms.remove_form,
        name="report_form_remove",
    ),
    path("organise/programmes/<int:pk>/figures/", figures.show_of_programme, name="programme_figures"),
    path(
        "organise/programmes/<int:pk>/figures.xlsx",
        figures.show_of_programme,
        {"form": "xlsx"},
        name="programme_figures_file",
    ),
]
batch_urls = [
    path("organise/programmes/<int:pk>/agreements/", batches.draft_all, name="programme_agreements"),
    path("organise/agreement-batches/<int:pk>/", batches.show_batch, name="agreement_batch"),
    path("organise/agreement-batches/<int:pk>/status/", batches.show_batch_status, name="agreement_batch_status"),
    path("organise/agreement-batches/<int:pk>/again/", batches.draft_again, name="agreement_batch_again"),
]
template_urls = [
    path("organise/templates/", templates.list_templates, name="template_list"),
    path("organise/templates/<slug:template_slug>/", templates.show_template, name="template"),
    path("organise/templates/<slug:template_slug>/begin/", editing.begin_version, name="template_begin"),
    path("organise/templates/<slug:template_slug>/edit/", editing.edit_template, name="template_edit"),
    path("organise/templates/<slug:template_slug>/copy/", editing.copy, name="template_copy"),
    path("organise/templates/<slug:template_slug>/<int:number>/", templates.show_version, name="template_version"),
    path(
        "organise/templates/<slug:template_slug>/<int:number>/changes/", templates.show_changes, name="template_changes"
    ),
    path(
        "organise/templates/<slug:template_slug>/<int:number>/sample.pdf",
        specimen.show_specimen,
        name="template_specimen",
    ),
    path("organise/templates/<slug:template_slug>/<int:number>/act/", editing.act, name="template_act"),
    path(
        "organise/templates/<slug:template_slug>/<int:number>/titles/",
        editing.edit_text,
        {"where": "titles"},
        name="template_titles",
    ),
    path(
        "organise/templates/<slug:template_slug>/<int:number>/sentences/<slug:table>/",
        editing.edit_text,
        {"where": "sentences"},
        name="template_sentences",
    ),
    path(
        "organise/templates/<slug:template_slug>/<int:number>/<slug:where>/new/",
        editing.edit_text,
        name="template_clause_new",
    ),
    path(
        "organise/templates/<slug:template_slug>/<int:number>/<slug:where>/<slug:code>/",
        editing.edit_text,
        name="template_clause",
    ),
]
verify_urls = [
    path("verify/", verify.verify, name="verify"),
    path("verify/<str:reference>/<str:code>/", verify.verify_document, name="verify_document"),
]
host_urls = [
    path("incubator/", incubators.list_own, name="incubator_home"),
    path("incubator/<int:pk>/", incubators.show_incubator, name="incubator"),
    path("incubator/<int:pk>/edit/", incubators.edit_incubator, name="incubator_edit"),
    path("incubator/<int:pk>/places/new/", openings.edit_opening, name="opening_new"),
    path("incubator/<int:pk>/places/<int:opening_pk>/", openings.edit_opening, name="opening_edit"),
    path("incubator/<int:pk>/places/<int:opening_pk>/remove/", openings.drop_opening, name="opening_remove"),
    path("incubator/<int:pk>/places/<int:opening_pk>/cancel/", openings.cancel, name="opening_cancel"),
    path("incubator/<int:pk>/closed/new/", openings.edit_blackout, name="blackout_new"),
    path("incubator/<int:pk>/closed/<int:blackout_pk>/", openings.edit_blackout, name="blackout_edit"),
    path("incubator/<int:pk>/closed/<int:blackout_pk>/remove/", openings.drop_blackout, name="blackout_remove"),
    path("incubator/<int:pk>/documents/new/", documents.add, name="host_document_new"),
    path("incubator/<int:pk>/documents/<int:document_pk>/remove/", documents.remove, name="host_document_remove"),
    path("files/incubators/<int:pk>/", documents.serve, name="host_document"),
    path("incubator/<int:pk>/annexes/", annexes.list_annexes, name="incubator_annexes"),
    path("incubator/<int:pk>/annexes/new/", annexes.edit_annex, name="incubator_annex_new"),
    path("incubator/<int:pk>/annexes/<int:annex_pk>/", annexes.edit_annex, name="incubator_annex"),
    path("incubator/<int:pk>/annexes/<int:annex_pk>/remove/", annexes.drop_annex, name="incubator_annex_remove"),
    path("incubator/<int:pk>/candidates/", host_answers.answer, name="incubator_candidates"),
    path("incubator/<int:pk>/calendar/renew/", feeds.renew_of_incubator, name="incubator_feed_renew"),
]
candidate_urls = [
    path("candidates/<int:pk>/wishes/", stays.edit_wishes, name="candidate_wishes"),
    path("stays/<int:pk>/", stays.show_stay, name="stay"),
    path("stays/<int:pk>/accept/", stays.accept, name="stay_accept"),
    path("stays/<int:pk>/decline/", stays.decline, name="stay_decline"),
    path("stays/<int:pk>/cancel/", stays.cancel, name="stay_cancel"),
    path("stays/<int:pk>/move/", exchange.move, name="stay_move"),
    path("stays/<int:pk>/pin/", exchange.pin, name="stay_pin"),
    path("stays/<int:pk>/calendar/renew/", feeds.renew_of_team, name="stay_feed_renew"),
    path("calendars/stays/<str:token>.ics", feeds.read_stays, name="stay_feed"),
    path("candidates/<int:pk>/withdraw/", stays.withdraw, name="candidate_withdraw"),
    path("city/stays/", stays.list_city_stays, name="city_stays"),
]
application_urls = [
    path("programmes/", public.list_programmes, name="public_programmes"),
    path("programmes/<slug:programme>/", public.show_programme, name="public_programme"),
    path("programmes/<slug:programme>/apply/", applying.begin, name="application_start"),
    path("applications/", applying.list_applications, name="applications"),
    path("applications/<int:pk>/", applying.show_application, name="application"),
    path("applications/<int:pk>/withdraw/", applying.withdraw, name="application_withdraw"),
    path("applications/<int:pk>/erase/", applying.erase, name="application_erase"),
    path("applications/<int:pk>/copy.json", applying.download_copy, name="application_copy"),
    path("applications/<int:pk>/steps/<slug:part>/", applying.edit_step, name="application_step"),
    path(
        "applications/<int:pk>/documents/<int:paper_pk>/remove/",
        applying.drop_document,
        name="application_document_remove",
    ),
    path("files/applications/<int:pk>/", applying.serve_document, name="application_document"),
    path("city/applications/", deciding.list_of_city, name="city_applications"),
    path("applications/<int:pk>/approval/", deciding.show_to_city, name="city_application"),
    path("incubator/candidates/<int:pk>/", deciding.show_to_host, name="host_application"),
    path("organise/applications/<int:pk>/", deciding.show_to_organiser, name="organise_application"),
    path("organise/programmes/<int:pk>/applications/", deciding.list_of_programme, name="programme_applications"),
    path("organise/programmes/<int:pk>/call/", calls.edit_call, name="programme_call"),
    path("organise/programmes/<int:pk>/questions/new/", calls.edit_question, name="programme_question_new"),
    path("organise/programmes/<int:pk>/questions/<int:question_pk>/", calls.edit_question, name="programme_question"),
    path(
        "organise/programmes/<int:pk>/questions/<int:question_pk>/remove/",
        calls.drop_question,
        name="programme_question_remove",
    ),
    path("organise/programmes/<int:pk>/documents/new/", calls.edit_document, name="programme_document_new"),
    path("organise/programmes/<int:pk>/documents/<int:asked_pk>/", calls.edit_document, name="programme_document"),
    path(
        "organise/programmes/<int:pk>/documents/<int:asked_pk>/remove/",
        calls.drop_document,
        name="programme_document_remove",
    ),
]
organiser_urls = [
    path("organise/incubators/", hosts_organiser.list_incubators, name="incubator_list"),
    path("organise/programmes/", programmes_organiser.list_programmes, name="programme_list"),
    path("organise/editions/<slug:slug>/programmes/new/", programmes_organiser.edit_programme, name="programme_new"),
    path("organise/programmes/new/", programmes_organiser.edit_programme, name="programme_begin"),
    path("organise/programmes/<int:pk>/", programmes_organiser.show_programme, name="programme"),
    path("organise/programmes/<int:pk>/edit/", programmes_organiser.edit_programme, name="programme_edit"),
    path("organise/programmes/<int:pk>/admit/", programmes_organiser.admit, name="programme_admit"),
    path("organise/programmes/<int:pk>/propose/", plans.propose, name="programme_propose"),
    path("organise/programmes/<int:pk>/calendar/", calendar.show_calendar, name="programme_calendar"),
    path("organise/programmes/<int:pk>/calendar/move/", exchange.choose, name="stay_choose"),
    path("organise/programmes/<int:pk>/stays/", calendar.list_stays, name="stay_list"),
    path("organise/programmes/<int:pk>/priorities/", exchange.weigh, name="programme_priorities"),
    path("organise/plans/<int:pk>/", plans.show_plan, name="plan"),
    path("organise/plans/<int:pk>/apply/", plans.apply, name="plan_apply"),
    path("organise/plans/<int:pk>/discard/", plans.discard, name="plan_discard"),
    path("organise/plans/<int:pk>/ask/<int:candidate_pk>/", plans.ask, name="plan_ask"),
    path("organise/lead-times/", exchange.list_lead_times, name="lead_times"),
    path("organise/lead-times/<int:pk>/", exchange.list_lead_times, name="lead_time"),
    path("organise/lead-times/<int:pk>/remove/", exchange.drop_lead_time, name="lead_time_remove"),
    path("organise/ledger/", exchange.show_ledger, name="ledger"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *host_urls,
    *candidate_urls,
    *application_urls,
    *life_urls,
    *agreement_urls,
    *batch_urls,
    *template_urls,
    *verify_urls,
    *organiser_urls,
]
