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
