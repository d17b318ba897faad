"""Lifecycles of the corridor."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from network.states import Role


class CandidateState(TextChoices):
    WAITING = "waiting", _("waiting for a place")
    PLACED = "placed", _("placed")
    WITHDRAWN = "withdrawn", _("withdrawn")


CANDIDATE = {
    (CandidateState.WAITING, "place"): CandidateState.PLACED,
    (CandidateState.PLACED, "unplace"): CandidateState.WAITING,
    (CandidateState.WAITING, "withdraw"): CandidateState.WITHDRAWN,
    (CandidateState.PLACED, "withdraw"): CandidateState.WITHDRAWN,
}


class PersonStatus(TextChoices):
    """What a person who applies is: a contract for students is refused for somebody who has finished."""

    STUDENT = "student", _("student, enrolled")
    GRADUATE = "graduate", _("graduate, no longer enrolled")


class ApplicationState(TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted: the home city decides")
    APPROVED = "approved", _("approved by the home city")
    REFUSED = "refused", _("not approved by the home city")
    WAITING = "waiting", _("on the waiting list")
    ADMITTED = "admitted", _("admitted")
    DECLINED = "declined", _("not admitted")
    WITHDRAWN = "withdrawn", _("withdrawn")


APPLICATION = {
    (ApplicationState.DRAFT, "submit"): ApplicationState.SUBMITTED,
    (ApplicationState.DRAFT, "withdraw"): ApplicationState.WITHDRAWN,
    (ApplicationState.SUBMITTED, "submit"): ApplicationState.SUBMITTED,
    (ApplicationState.SUBMITTED, "approve"): ApplicationState.APPROVED,
    (ApplicationState.SUBMITTED, "refuse"): ApplicationState.REFUSED,
    (ApplicationState.SUBMITTED, "withdraw"): ApplicationState.WITHDRAWN,
    # A city may think again until the organiser has decided.
    (ApplicationState.APPROVED, "refuse"): ApplicationState.REFUSED,
    (ApplicationState.REFUSED, "approve"): ApplicationState.APPROVED,
    (ApplicationState.REFUSED, "withdraw"): ApplicationState.WITHDRAWN,
    (ApplicationState.APPROVED, "admit"): ApplicationState.ADMITTED,
    (ApplicationState.APPROVED, "wait"): ApplicationState.WAITING,
    (ApplicationState.APPROVED, "decline"): ApplicationState.DECLINED,
    (ApplicationState.APPROVED, "withdraw"): ApplicationState.WITHDRAWN,
    (ApplicationState.WAITING, "admit"): ApplicationState.ADMITTED,
    (ApplicationState.WAITING, "decline"): ApplicationState.DECLINED,
    (ApplicationState.WAITING, "withdraw"): ApplicationState.WITHDRAWN,
    (ApplicationState.DECLINED, "admit"): ApplicationState.ADMITTED,
    (ApplicationState.WITHDRAWN, "start"): ApplicationState.DRAFT,
}


class Ruling(TextChoices):
    """What is decided about an application: by the home city, then by the organiser."""

    APPROVE = "approve", _("approved by the home city")
    REFUSE = "refuse", _("not approved by the home city")
    ADMIT = "admit", _("admitted")
    WAIT = "wait", _("put on the waiting list")
    DECLINE = "decline", _("not admitted")


CITY_RULINGS = [Ruling.APPROVE, Ruling.REFUSE]
ORGANISER_RULINGS = [Ruling.ADMIT, Ruling.WAIT, Ruling.DECLINE]


class AdmissionOrder(TextChoices):
    """Who is served first among those admitted."""

    BY_HAND = "by_hand", _("the organiser gives each a rank, with the reason")
    SUBMITTED = "submitted", _("in the order in which applications were submitted")


class CallCause(TextChoices):
    """Why the waiting list is called."""

    TEAM_DECLINED = "team_declined", _("the guest declined")
    HOST_DECLINED = "host_declined", _("the host declined")
    CANCELLED = "cancelled", _("a stay was cancelled")
    WITHDRAWN = "withdrawn", _("a candidate withdrew")
    MOVED = "moved", _("a stay was moved")
    SHORTENED = "shortened", _("a stay ends earlier")
    PLACES_TAKEN = "places_taken", _("a host took places back")
    MORE_PLACES = "more_places", _("a host offers more")
    FEWER_PLACES = "fewer_places", _("a host offers less")


class StayState(TextChoices):
    PROPOSED = "proposed", _("proposed")
    ACCEPTED = "accepted", _("accepted by both sides")
    CONFIRMED = "confirmed", _("agreement signed")
    DECLINED = "declined", _("declined")
    CANCELLED = "cancelled", _("cancelled")


STAY = {
    (StayState.PROPOSED, "move"): StayState.PROPOSED,
    (StayState.ACCEPTED, "move"): StayState.PROPOSED,  # both sides answer again
    (StayState.PROPOSED, "accept"): StayState.ACCEPTED,
    (StayState.PROPOSED, "decline"): StayState.DECLINED,
    (StayState.PROPOSED, "cancel"): StayState.CANCELLED,
    (StayState.ACCEPTED, "confirm"): StayState.CONFIRMED,
    (StayState.ACCEPTED, "decline"): StayState.DECLINED,
    (StayState.ACCEPTED, "cancel"): StayState.CANCELLED,
    (StayState.CONFIRMED, "cancel"): StayState.CANCELLED,
}
HOLDS_PLACES = [StayState.PROPOSED, StayState.ACCEPTED, StayState.CONFIRMED]
AGREED = [StayState.ACCEPTED, StayState.CONFIRMED]


class QuestionState(TextChoices):
    """What became of “what would change it?”."""

    ASKED = "asked", _("being computed")
    ANSWERED = "answered", _("answered")
    FAILED = "failed", _("failed")


QUESTION = {
    (QuestionState.ASKED, "answer"): QuestionState.ANSWERED,
    (QuestionState.ASKED, "fail"): QuestionState.FAILED,
    (QuestionState.FAILED, "ask"): QuestionState.ASKED,
    (QuestionState.ANSWERED, "ask"): QuestionState.ASKED,
}


class Side(TextChoices):
    """The two sides of a stay."""

    TEAM = "team", _("guest")
    HOST = "host", _("host")


class TaskOwner(TextChoices):
    """Who does a line of a stay's checklist, and ticks it off."""

    TEAM = "team", _("guest")
    HOST = "host", _("host")
    CITY = "city", _("home city")
    ORGANISER = "organiser", _("organiser")


class TaskState(TextChoices):
    OPEN = "open", _("to do")
    DONE = "done", _("done")
    NOT_NEEDED = "not_needed", _("not needed")


TASK = {
    (TaskState.OPEN, "tick"): TaskState.DONE,
    (TaskState.OPEN, "drop"): TaskState.NOT_NEEDED,
    (TaskState.DONE, "open"): TaskState.OPEN,
    (TaskState.NOT_NEEDED, "open"): TaskState.OPEN,
}


class ReportState(TextChoices):
    DRAFT = "draft", _("draft")
    FILED = "filed", _("filed")


REPORT = {(ReportState.DRAFT, "file"): ReportState.FILED}

# What a stay is called by its dates, beside its stored states: see corridor.domain.life.stages.phase.
PHASES = {
    "under_way": _("under way"),
    "mid_term": _("under way, mid-term"),
    "completed": _("completed"),
}


class RequestState(TextChoices):
    """What became of a party's wish to change its agreement."""

    OPEN = "open", _("to be answered")
    PREPARED = "prepared", _("document drafted")
    DECLINED = "declined", _("declined")
    TAKEN_BACK = "taken_back", _("taken back")


REQUEST = {
    (RequestState.OPEN, "prepare"): RequestState.PREPARED,
    (RequestState.OPEN, "decline"): RequestState.DECLINED,
    (RequestState.OPEN, "take_back"): RequestState.TAKEN_BACK,
}


class AgreementState(TextChoices):
    DRAFTED = "drafted", _("being prepared")  # frozen and numbered; its PDF is owed
    ISSUED = "issued", _("to be signed")
    SIGNED = "signed", _("signed by all")  # its executed PDF is owed
    EXECUTED = "executed", _("executed")
    VOID = "void", _("void")


AGREEMENT = {
    (AgreementState.DRAFTED, "issue"): AgreementState.ISSUED,
    (AgreementState.ISSUED, "complete"): AgreementState.SIGNED,
    (AgreementState.SIGNED, "execute"): AgreementState.EXECUTED,
    (AgreementState.DRAFTED, "void"): AgreementState.VOID,
    (AgreementState.ISSUED, "void"): AgreementState.VOID,
    (AgreementState.SIGNED, "void"): AgreementState.VOID,  # only when its executed copy has failed
}
OPEN_AGREEMENT = [AgreementState.DRAFTED, AgreementState.ISSUED, AgreementState.SIGNED]
OWES_FILE = [AgreementState.DRAFTED, AgreementState.SIGNED]
RENDERING_ATTEMPTS = 5  # then the document is shown as failed, until a person has it prepared again


class Party(TextChoices):
    HOST = "host", _("host incubator")
    STARTUP = "startup", _("start-up")
    GUEST = "guest", _("guest")  # a person, or a body that is no start-up
    CITY = "city", _("home city")
    NETWORK = "network", _("network")
    SCHOOL = "school", _("school")


class SigningMethod(TextChoices):
    TYPED = "typed", _("typed name on this site")
    FILE = "file", _("digital signature made elsewhere")
    PAPER = "paper", _("by hand on paper")


class CopyState(TextChoices):
    WAITING = "waiting", _("to be compared")
    SAME = "same", _("nothing differs")
    DIFFERENT = "different", _("something differs")


COPY = {
    (CopyState.WAITING, "accept"): CopyState.SAME,
    (CopyState.WAITING, "refuse"): CopyState.DIFFERENT,
}


# The role that signs for each party, when that is an organisation. A guest who is a person signs for herself.
SIGNING_ROLES: dict[str, Role] = {
    Party.HOST: Role.HOST,
    Party.STARTUP: Role.FOUNDER,
    Party.GUEST: Role.FOUNDER,
    Party.CITY: Role.COORDINATOR,
    Party.NETWORK: Role.ORGANISER,
    Party.SCHOOL: Role.SCHOOL,
}
GUESTS = (Party.STARTUP, Party.GUEST)
USUAL_PARTIES = (Party.HOST, Party.STARTUP, Party.CITY)
