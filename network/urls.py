"""Addresses of the network."""

from django.urls import path

from network.views import invitations, outbox, profile, public

urlpatterns = [
    path("network/", public.show_network, name="public_network"),
    path("invitations/<str:token>/", invitations.show_invitation, name="invitation"),
    path("me/", profile.show_profile, name="profile"),
    path("me/zone/", profile.learn_zone, name="learn_zone"),
    path("mail/", outbox.list_messages, name="outbox"),
    path("mail/<int:pk>/", outbox.show_message, name="message"),
    path("mail/<int:pk>/again/", outbox.send_again, name="message_send_again"),
]
