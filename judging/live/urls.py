"""Addresses of live."""

from django.urls import include, path

from judging.live.views import hours, setting_up
from judging.live.views import sessions as views_live

live = [
    path("", views_live.show_session, name="live_session"),
    path("calendar.ics", views_live.download_calendar, name="session_calendar"),
    path("absent/", views_live.say_absent, name="session_absent"),
    path("timer/", hours.show_timer, name="session_timer"),
    path("timer/state/", hours.read_timer, name="session_timer_state"),
]

a_round = [
    path("sessions/", setting_up.list_sessions, name="round_sessions"),
    path("sessions/<int:session_pk>/", setting_up.set_up, name="session_setup"),
]

urlpatterns = [
    path("sessions/<int:pk>/", include(live)),
    path("organise/rounds/<int:pk>/", include(a_round)),
    path("calendar/", views_live.show_feed, name="calendar"),
    path("calendar/<str:token>.ics", views_live.read_feed, name="calendar_feed"),
]
