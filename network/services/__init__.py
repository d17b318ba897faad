from network.services.events import record_changes, record_event
from network.services.invitations import accept_invitation, accept_membership, decline_invitation, invite
from network.services.mail import send_message, send_owed_messages
from network.services.organisations import make_organisation
from network.services.people import learn_time_zone, take_language, update_profile
from network.services.resets import apply_due_resets, ask_reset, confirm_reset, stop_reset
from network.services.roles import add_organiser, cancel_invitation, end_membership, invite_again, invite_to_role

__all__ = [
    "accept_invitation",
    "accept_membership",
    "add_organiser",
    "apply_due_resets",
    "ask_reset",
    "cancel_invitation",
    "confirm_reset",
    "decline_invitation",
    "end_membership",
    "invite",
    "invite_again",
    "invite_to_role",
    "learn_time_zone",
    "make_organisation",
    "record_changes",
    "record_event",
    "send_message",
    "send_owed_messages",
    "stop_reset",
    "take_language",
    "update_profile",
]
