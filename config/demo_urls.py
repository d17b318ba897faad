"""Addresses of the demonstration: 404 unless DEMO=1 and the reader sits at this machine."""

from django.urls import path

from config import demo_views

urlpatterns = [
    path("", demo_views.show_ways, name="demo"),
    path("enter/<slug:role>/<str:token>/", demo_views.enter, name="demo_enter"),
    path("mail/", demo_views.list_mail, name="demo_mail"),
    path("mail/<int:pk>/", demo_views.show_mail, name="demo_mail_one"),
    path("mail/<int:pk>/html/", demo_views.show_mail_html, name="demo_mail_html"),
]
