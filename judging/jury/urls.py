"""Addresses of jury."""

from django.urls import include, path

from judging.jury.views import assignment, assignment_rules
from judging.jury.views import jurors as jury

selection = [  # a city's own: the same pages, below another address
    path("jury/", jury.list_jurors, name="city_jury"),
    path("jury/invite/", jury.invite, name="city_juror_invite"),
]

edition = [
    path("jury/", jury.list_jurors, name="jury"),
    path("jury/invite/", jury.invite, name="juror_invite"),
]

a_juror = [
    path("", jury.show_juror, name="juror"),
    path("edit/", jury.edit_juror, name="juror_edit"),
    path("invite-again/", jury.invite_again, name="juror_invite_again"),
    path("withdraw/", jury.withdraw, name="juror_withdraw"),
    path("ties/<int:conflict_pk>/take-back/", jury.take_back_tie, name="tie_take_back"),
]

a_round = [
    path("assignment/", assignment.show_assignment, name="round_assignment"),
    path("assignment/rules/", assignment_rules.show_rules, name="assignment_rules"),
    path("assignment/rules/<int:rule_pk>/remove/", assignment_rules.remove_pair, name="pair_rule_remove"),
    path("assignment/propose/", assignment.propose, name="round_propose"),
    path("assignment/plan/", assignment.settle, name="round_plan"),
]

urlpatterns = [
    path("city/<slug:city>/<slug:slug>/selection/", include(selection)),
    path("organise/editions/<slug:slug>/", include(edition)),
    path("organise/jurors/<int:pk>/", include(a_juror)),
    path("organise/rounds/<int:pk>/", include(a_round)),
]
