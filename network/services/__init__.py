from network.services.events import record_event
from network.services.invitations import accept_invitation, accept_membership, decline_invitation, invite
from network.services.mail import send_message, send_owed_messages

__all__ = [
    "accept_invitation",
    "accept_membership",
    "decline_invitation",
    "invite",
    "record_event",
    "send_message",
    "send_owed_messages",
]
