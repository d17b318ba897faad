"""Addresses of judging."""

from django.urls import include, path

from judging.jury.views import assignment, assignment_rules
from judging.jury.views import jurors as jury
from judging.live.views import hours, setting_up
from judging.live.views import sessions as views_live
from judging.practice import views as practice
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
from judging.rounds.views import criteria, presets, rounds
from judging.scoring.views import autosave, entries, held_back, own_marks, scorecards, set_aside, workbooks
from judging.scoring.views import ballots as other_ballots
from judging.statistics import views as statistics

juror = [
    path("", entries.list_entries, name="judging"),
    path("scorecards/<int:pk>/", scorecards.show_scorecard, name="scorecard"),
    path("scorecards/<int:pk>/save/", autosave.save, name="scorecard_save"),
    path("set-aside/<int:pk>/", set_aside.show_set_aside, name="set_aside"),
    path("scorecards/<int:pk>/reopen/", scorecards.reopen, name="scorecard_reopen"),
    path("scorecards/<int:pk>/recuse/", scorecards.step_back, name="scorecard_recuse"),
    path("scorecards/<int:pk>/deck/", scorecards.download_deck, name="scorecard_deck"),
    path("scorecards/<int:pk>/video/", scorecards.watch_video, name="scorecard_video"),
    path("rounds/<int:pk>/marks/", own_marks.show_own_marks, name="own_marks"),
    path("rounds/<int:pk>/workbook/", workbooks.show_ballot, name="ballot"),
    path("rounds/<int:pk>/workbook/download/", workbooks.download_ballot, name="ballot_download"),
    path("rounds/<int:pk>/ranking/", other_ballots.show_ranking, name="ranking"),
    path("rounds/<int:pk>/pairs/", other_ballots.show_duels, name="duels"),
    path("rounds/<int:pk>/pairs/submit/", other_ballots.hand_in_duels, name="duels_submit"),
    path("rounds/<int:pk>/take-back/", other_ballots.take_back, name="ballot_take_back"),
    path("workbooks/<int:pk>/", workbooks.show_import, name="ballot_import"),
]

selection = [  # a city's own: the same pages, below another address
    path("", rounds.list_rounds, name="city_rounds"),
    path("add/", rounds.add_round, name="city_round_add"),
    path("presets/", presets.list_presets, name="city_presets"),
    path("presets/<slug:preset_slug>/", presets.use_preset, name="city_preset"),
    path("jury/", jury.list_jurors, name="city_jury"),
    path("jury/invite/", jury.invite, name="city_juror_invite"),
]

edition = [
    path("rounds/", rounds.list_rounds, name="rounds"),
    path("rounds/add/", rounds.add_round, name="round_add"),
    path("rounds/presets/", presets.list_presets, name="presets"),
    path("rounds/presets/<slug:preset_slug>/", presets.use_preset, name="preset"),
    path("jury/", jury.list_jurors, name="jury"),
    path("jury/invite/", jury.invite, name="juror_invite"),
    path("awards/", awards.show_awards, name="awards"),
]

a_juror = [
    path("", jury.show_juror, name="juror"),
    path("edit/", jury.edit_juror, name="juror_edit"),
    path("invite-again/", jury.invite_again, name="juror_invite_again"),
    path("withdraw/", jury.withdraw, name="juror_withdraw"),
    path("ties/<int:conflict_pk>/take-back/", jury.take_back_tie, name="tie_take_back"),
]

live = [
    path("", views_live.show_session, name="live_session"),
    path("calendar.ics", views_live.download_calendar, name="session_calendar"),
    path("absent/", views_live.say_absent, name="session_absent"),
    path("timer/", hours.show_timer, name="session_timer"),
    path("timer/state/", hours.read_timer, name="session_timer_state"),
    path("deliberation/", deliberation.deliberate, name="deliberation"),
]

a_round = [
    path("sessions/", setting_up.list_sessions, name="round_sessions"),
    path("sessions/<int:session_pk>/", setting_up.set_up, name="session_setup"),
    path("", rounds.show_round, name="round"),
    path("edit/", rounds.edit_round, name="round_edit"),
    path("settle/", rounds.settle, name="round_settle"),
    path("criteria/add/", criteria.edit_criterion, name="criterion_add"),
    path("criteria/<int:criterion_pk>/", criteria.edit_criterion, name="criterion_edit"),
    path("criteria/<int:criterion_pk>/remove/", criteria.delete_criterion, name="criterion_remove"),
    path("groups/add/", criteria.edit_group, name="group_add"),
    path("groups/<int:group_pk>/", criteria.edit_group, name="group_edit"),
    path("groups/<int:group_pk>/remove/", criteria.delete_group, name="group_remove"),
    path("decisions/", decisions.show_decisions, name="round_decisions"),
    path("decisions/penalties/<int:penalty_pk>/take-back/", decisions.take_back_penalty, name="penalty_withdraw"),
    path("decisions/<int:decision_pk>/take-back/", decisions.take_back_decision, name="cut_withdraw"),
    path("rule/", decisions.change_rule, name="rule_change"),
    path("assignment/", assignment.show_assignment, name="round_assignment"),
    path("assignment/rules/", assignment_rules.show_rules, name="assignment_rules"),
    path("assignment/rules/<int:rule_pk>/remove/", assignment_rules.remove_pair, name="pair_rule_remove"),
    path("assignment/propose/", assignment.propose, name="round_propose"),
    path("assignment/plan/", assignment.settle, name="round_plan"),
    path("held-back/", held_back.list_left, name="round_held_back"),
    path("held-back/<int:entry_pk>/", held_back.show_left, name="round_held_back_entry"),
    path("open/", progress.confirm_open, name="round_open"),
    path("practice/", practice.show_practice, name="round_practice"),
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
    path("agreement/", statistics.show_agreement, name="round_agreement"),
    path("stability/", statistics.show_stability, name="round_stability"),
    path("history/", reopening.show_history, name="round_history"),
    path("history/<int:version>/", reopening.show_version, name="round_version"),
    path("history/<int:version>/erase/", reopening.erase_key, name="round_erase_key"),
    path("history/answer/<int:reopening_pk>/", reopening.answer, name="round_reopening"),
    path("publish/", standings.publish, name="round_publish"),
    path("nominate/", nominating.nominate, name="round_nominate"),
]

urlpatterns = [
    path("sessions/<int:pk>/", include(live)),
    path("calendar/", views_live.show_feed, name="calendar"),
    path("calendar/<str:token>.ics", views_live.read_feed, name="calendar_feed"),
    path("judging/", include(juror)),
    path("organise/editions/<slug:slug>/", include(edition)),
    path("city/<slug:city>/<slug:slug>/selection/", include(selection)),
    path("organise/jurors/<int:pk>/", include(a_juror)),
    path("organise/rounds/<int:pk>/", include(a_round)),
    path("entries/<int:pk>/results/", founders.show_results, name="entry_results"),
    path("entries/<int:pk>/as-read/", held_back.show_to_team, name="entry_as_read"),
]
