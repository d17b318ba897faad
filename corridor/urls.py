"""Addresses of the corridor."""

from django.urls import URLPattern, URLResolver, path

from corridor.views import (
    agreements,
    answers,
    candidate,
    checklists,
    exchange,
    feeds,
    host,
    organiser,
    outside,
    plans,
    reports,
    signing,
    stay_log,
    verify,
)

agreement_urls = [
    path("agreements/", agreements.list_agreements, name="agreements"),
    path("agreements/<int:pk>/", agreements.show_agreement, name="agreement"),
    path("agreements/<int:pk>/status/", agreements.show_status, name="agreement_status"),
    path("agreements/<int:pk>/sign/", signing.sign, name="agreement_sign"),
    path("agreements/<int:pk>/code/", signing.send_code, name="agreement_code"),
    path("agreements/<int:pk>/signed-file/", outside.receive, {"way": "file"}, name="agreement_signed_file"),
    path("agreements/<int:pk>/paper/", outside.receive, {"way": "paper"}, name="agreement_paper"),
    path("agreements/<int:pk>/paper/<int:copy_pk>/", outside.compare, name="paper_copy"),
    path("agreements/<int:pk>/paper/<int:copy_pk>/scan.pdf", outside.download_copy, name="paper_copy_file"),
    path(
        "agreements/<int:pk>/paper/<int:copy_pk>/<slug:which>-<int:page>.png",
        outside.show_picture,
        name="paper_copy_picture",
    ),
    path("agreements/<int:pk>/void/", agreements.void, name="agreement_void"),
    path("agreements/<int:pk>/prepare/", agreements.prepare, name="agreement_prepare"),
    path("agreements/<int:pk>/issued.pdf", agreements.download, {"kind": "issued"}, name="agreement_issued"),
    path("agreements/<int:pk>/executed.pdf", agreements.download, {"kind": "executed"}, name="agreement_executed"),
    path("stays/<int:pk>/agreement/", agreements.draft, name="agreement_draft"),
]
life_urls = [
    path("stays/<int:pk>/checklist/new/", checklists.edit_item, name="checklist_new"),
    path("stays/<int:pk>/checklist/<int:item_pk>/", checklists.edit_item, name="checklist_item"),
    path("stays/<int:pk>/checklist/<int:item_pk>/settle/", checklists.settle, name="checklist_settle"),
    path("stays/<int:pk>/people/", checklists.edit_people, name="stay_people"),
    path("stays/<int:pk>/reports/<slug:report>/<slug:side>/", reports.show_report, name="stay_report"),
    path("stays/<int:pk>/reports/<slug:report>/<slug:side>/correct/", reports.correct, name="report_correct"),
    path("stays/<int:pk>/letters/", stay_log.show_letters, name="stay_letters"),
    path("stays/<int:pk>/hours/", stay_log.show_hours, name="stay_hours"),
    path("stays/<int:pk>/hours/<int:hour_pk>/remove/", stay_log.drop_hours, name="hours_remove"),
    path("stays/<int:pk>/incidents/", stay_log.show_incidents, name="stay_incidents"),
    path("stays/<int:pk>/incidents/<int:incident_pk>/", stay_log.show_incidents, name="stay_incident"),
    path("incubator/<int:pk>/teams/", stay_log.show_teams, name="incubator_teams"),
]
verify_urls = [
    path("verify/", verify.verify, name="verify"),
    path("verify/<str:reference>/<str:code>/", verify.verify_document, name="verify_document"),
]
host_urls = [
    path("incubator/", host.list_own, name="incubator_home"),
    path("incubator/<int:pk>/", host.show_incubator, name="incubator"),
    path("incubator/<int:pk>/edit/", host.edit_incubator, name="incubator_edit"),
    path("incubator/<int:pk>/places/new/", host.edit_opening, name="opening_new"),
    path("incubator/<int:pk>/places/<int:opening_pk>/", host.edit_opening, name="opening_edit"),
    path("incubator/<int:pk>/places/<int:opening_pk>/remove/", host.drop_opening, name="opening_remove"),
    path("incubator/<int:pk>/places/<int:opening_pk>/cancel/", answers.cancel, name="opening_cancel"),
    path("incubator/<int:pk>/closed/new/", answers.edit_blackout, name="blackout_new"),
    path("incubator/<int:pk>/closed/<int:blackout_pk>/", answers.edit_blackout, name="blackout_edit"),
    path("incubator/<int:pk>/closed/<int:blackout_pk>/remove/", answers.drop_blackout, name="blackout_remove"),
    path("incubator/<int:pk>/candidates/", answers.answer, name="incubator_candidates"),
    path("incubator/<int:pk>/calendar/renew/", feeds.renew_of_incubator, name="incubator_feed_renew"),
]
candidate_urls = [
    path("candidates/<int:pk>/wishes/", candidate.edit_wishes, name="candidate_wishes"),
    path("stays/<int:pk>/", candidate.show_stay, name="stay"),
    path("stays/<int:pk>/accept/", candidate.accept, name="stay_accept"),
    path("stays/<int:pk>/decline/", candidate.decline, name="stay_decline"),
    path("stays/<int:pk>/cancel/", candidate.cancel, name="stay_cancel"),
    path("stays/<int:pk>/move/", exchange.move, name="stay_move"),
    path("stays/<int:pk>/pin/", exchange.pin, name="stay_pin"),
    path("stays/<int:pk>/calendar/renew/", feeds.renew_of_team, name="stay_feed_renew"),
    path("calendars/stays/<str:token>.ics", feeds.read_stays, name="stay_feed"),
    path("candidates/<int:pk>/withdraw/", candidate.withdraw, name="candidate_withdraw"),
    path("city/stays/", candidate.list_city_stays, name="city_stays"),
]
organiser_urls = [
    path("organise/incubators/", organiser.list_incubators, name="incubator_list"),
    path("organise/programmes/", organiser.list_programmes, name="programme_list"),
    path("organise/editions/<slug:slug>/programmes/new/", organiser.edit_programme, name="programme_new"),
    path("organise/programmes/<int:pk>/", organiser.show_programme, name="programme"),
    path("organise/programmes/<int:pk>/edit/", organiser.edit_programme, name="programme_edit"),
    path("organise/programmes/<int:pk>/admit/", organiser.admit, name="programme_admit"),
    path("organise/programmes/<int:pk>/propose/", plans.propose, name="programme_propose"),
    path("organise/programmes/<int:pk>/calendar/", organiser.show_calendar, name="programme_calendar"),
    path("organise/programmes/<int:pk>/stays/", organiser.list_stays, name="stay_list"),
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
    *life_urls,
    *agreement_urls,
    *verify_urls,
    *organiser_urls,
]
