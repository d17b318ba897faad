from network.services.events import record_event
from network.services.invitations import accept_invitation, accept_membership, decline_invitation, invite
from network.services.mail import send_message, send_owed_messages
from network.services.people import learn_time_zone, update_profile

__all__ = [
    "accept_invitation",
    "accept_membership",
    "decline_invitation",
    "invite",
    "learn_time_zone",
    "record_event",
    "send_message",
    "send_owed_messages",
    "update_profile",
]
