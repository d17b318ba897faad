"""Addresses of scoring."""

from django.urls import include, path

from judging.scoring.views import autosave, entries, held_back, own_marks, scorecards, set_aside, workbooks
from judging.scoring.views import ballots as other_ballots

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

a_round = [
    path("held-back/", held_back.list_left, name="round_held_back"),
    path("held-back/<int:entry_pk>/", held_back.show_left, name="round_held_back_entry"),
]

urlpatterns = [
    path("judging/", include(juror)),
    path("organise/rounds/<int:pk>/", include(a_round)),
    path("entries/<int:pk>/as-read/", held_back.show_to_team, name="entry_as_read"),
]
