"""Addresses of placement."""

from django.urls import path

from corridor.placement.views import calendar, exchange, feeds, host_answers, plans, stays

urlpatterns = [
    path("incubator/<int:pk>/candidates/", host_answers.answer, name="incubator_candidates"),
    path("incubator/<int:pk>/calendar/renew/", feeds.renew_of_incubator, name="incubator_feed_renew"),
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
