"""Addresses of results."""

from django.urls import include, path

from judging.results.views import (
    awards,
    decisions,
    deliberation,
    feedback,
    founders,
    minutes,
    nominating,
    progress,
    reopening,
    standings,
)

edition = [
    path("awards/", awards.show_awards, name="awards"),
]

live = [
    path("deliberation/", deliberation.deliberate, name="deliberation"),
    path("deliberation/save/", deliberation.keep_notes, name="deliberation_save"),
]

a_round = [
    path("decisions/", decisions.show_decisions, name="round_decisions"),
    path("decisions/penalties/<int:penalty_pk>/take-back/", decisions.take_back_penalty, name="penalty_withdraw"),
    path("decisions/<int:decision_pk>/take-back/", decisions.take_back_decision, name="cut_withdraw"),
    path("rule/", decisions.change_rule, name="rule_change"),
    path("open/", progress.confirm_open, name="round_open"),
    path("progress/", progress.show_progress, name="round_progress"),
    path("progress/remind/", progress.remind, name="round_remind"),
    path("progress/left/", progress.see_what_left, name="round_left"),
    path("close/", progress.confirm_close, name="round_close"),
    path("standings/", standings.show_standings, name="round_standings"),
    path("minutes/", minutes.show_minutes, name="round_minutes"),
    path("minutes.pdf", minutes.download_minutes, name="round_minutes_pdf"),
    path("standings/<int:entry_pk>/", standings.explain, name="round_why"),
    path("standings/tie/", standings.settle_tie, name="round_tie"),
    path("standings/workbook/", standings.download_workbook, name="round_workbook"),
    path("standings/file/", standings.download_file, name="round_file"),
    path("feedback/", feedback.show_feedback, name="round_feedback"),
    path("history/", reopening.show_history, name="round_history"),
    path("history/<int:version>/", reopening.show_version, name="round_version"),
    path("history/<int:version>/erase/", reopening.erase_key, name="round_erase_key"),
    path("history/answer/<int:reopening_pk>/", reopening.answer, name="round_reopening"),
    path("publish/", standings.publish, name="round_publish"),
    path("nominate/", nominating.nominate, name="round_nominate"),
]

urlpatterns = [
    path("organise/editions/<slug:slug>/", include(edition)),
    path("sessions/<int:pk>/", include(live)),
    path("organise/rounds/<int:pk>/", include(a_round)),
    path("entries/<int:pk>/results/", founders.show_results, name="entry_results"),
]
