"""Lifecycles of what the network itself keeps."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person does in an organisation. Jurors belong to an edition, not to an organisation (see judging)."""

    ORGANISER = "organiser", _("organiser")
    COORDINATOR = "coordinator", _("city coordinator")
    HOST = "host", _("incubator host")
    FOUNDER = "founder", _("founder")
    SCHOOL = "school", _("school or university")


class OrganisationKind(TextChoices):
    SECRETARIAT = "secretariat", _("network secretariat")
    CITY = "city", _("city")
    INCUBATOR = "incubator", _("incubator")
    ACCELERATOR = "accelerator", _("accelerator")
    AGENCY = "agency", _("agency")
    STARTUP = "startup", _("start-up")
    SCHOOL = "school", _("school or university")


# Roles that organisers give and end; a founder's comes with the start-up.
GIVEN = (Role.ORGANISER, Role.COORDINATOR, Role.HOST, Role.SCHOOL)
# Kinds of organisation that may host a stay.
HOSTING = (OrganisationKind.INCUBATOR, OrganisationKind.ACCELERATOR, OrganisationKind.AGENCY)


class Evidence(TextChoices):
    """How a city is known to the network: marks of data/cities.csv. The first two make it a member."""

    SIGNED = "D", _("signed the Querétaro declaration of 2022")
    NAMED = "M", _("named as a member, or in an organ, of the network")
    CHARTER = "C", _("agreed the charter of the incubator corridor")
    TOOK_PART = "P", _("took part in a conference of the network")
    GRANTS = "B", _("only in Clermont-Ferrand’s list of mobility grants; membership unknown")


class InvitationState(TextChoices):
    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    CANCELLED = "cancelled", _("cancelled")


INVITATION = {
    (InvitationState.OPEN, "accept"): InvitationState.ACCEPTED,
    (InvitationState.OPEN, "decline"): InvitationState.DECLINED,
    (InvitationState.OPEN, "cancel"): InvitationState.CANCELLED,
}


class ResetState(TextChoices):
    ASKED = "asked", _("asked for: another organiser has to confirm")
    CONFIRMED = "confirmed", _("confirmed: waits for its hour")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped")


RESET = {
    (ResetState.ASKED, "confirm"): ResetState.CONFIRMED,
    (ResetState.CONFIRMED, "apply"): ResetState.DONE,
    (ResetState.ASKED, "stop"): ResetState.STOPPED,
    (ResetState.CONFIRMED, "stop"): ResetState.STOPPED,
}
OPEN_RESETS = [ResetState.ASKED.value, ResetState.CONFIRMED.value]


class AccountChange(TextChoices):
    """What changes how an account is entered: the verb of its event, and how people read it."""

    ADDRESS = "change_address", _("the e-mail address was changed")
    ADD_PASSKEY = "add_passkey", _("a passkey was added")
    REMOVE_PASSKEY = "remove_passkey", _("a passkey was removed")
    ADD_APP = "add_app", _("an authenticator app was set up")
    REMOVE_APP = "remove_app", _("the authenticator app was removed")
    MAKE_CODES = "make_recovery_codes", _("recovery codes were made")
    REMOVE_CODES = "remove_recovery_codes", _("the recovery codes were removed")
    RESET = "reset_account", _("organisers reset the account")


class MessageState(TextChoices):
    OWED = "owed", _("owed")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    UNCERTAIN = "uncertain", _("interrupted while sending")
    FAILED = "failed", _("failed")


MESSAGE = {
    (MessageState.OWED, "lease"): MessageState.SENDING,
    (MessageState.SENDING, "sent"): MessageState.SENT,
    (MessageState.SENDING, "retry"): MessageState.OWED,
    (MessageState.SENDING, "give_up"): MessageState.FAILED,
    (MessageState.SENDING, "lose_track"): MessageState.UNCERTAIN,
    (MessageState.UNCERTAIN, "send_again"): MessageState.OWED,
    (MessageState.FAILED, "send_again"): MessageState.OWED,
}
