"""Addresses of the network."""

from django.urls import path

from network.views import devices, invitations, organiser, outbox, profile, public, resets

urlpatterns = [
    path("network/", public.show_network, name="public_network"),
    path("invitations/<str:token>/", invitations.show_invitation, name="invitation"),
    path("me/", profile.show_profile, name="profile"),
    path("me/device/", devices.tell_device, name="device"),
    path("me/zone/", profile.learn_zone, name="learn_zone"),
    path("organise/people/", organiser.list_people, name="people"),
    path("organise/people/invite/<slug:role>/", organiser.invite_person, name="person_invite"),
    path("organise/people/invitations/<int:pk>/again/", organiser.send_again, name="person_invite_again"),
    path("organise/people/invitations/<int:pk>/cancel/", organiser.cancel, name="person_invite_cancel"),
    path("organise/people/<int:pk>/end/", organiser.end, name="person_end"),
    path("organise/people/resets/", resets.list_resets, name="resets"),
    path("organise/people/resets/<int:pk>/confirm/", resets.confirm, name="reset_confirm"),
    path("organise/people/resets/<int:pk>/stop/", resets.stop, name="reset_stop"),
    path("resets/<str:token>/", resets.show_reset, name="reset"),
    path("mail/", outbox.list_messages, name="outbox"),
    path("mail/<int:pk>/", outbox.show_message, name="message"),
    path("mail/<int:pk>/again/", outbox.send_again, name="message_send_again"),
]
