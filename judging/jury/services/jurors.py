"""The jury: who is invited, who accepts, who leaves."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from contest.models import Category, Edition, Entry
from judging.jury.services.seating import seat_newcomer
from judging.models import Juror, Scorecard
from judging.models.rounds import selection_words
from judging.permissions import runs_jury
from judging.reads.taking_part import FROZEN
from judging.states import JUROR, SCORECARD, JurorKind, JurorState, RoundState, ScorecardState
from network.models import City, Invitation, Organisation, User
from network.services import invite, record_event
from toolkit.locks import locked
from toolkit.refusals import Forbidden, Refusal
from toolkit.states import move


@transaction.atomic
def invite_juror(
    *,
    by: User,
    edition: Edition,
    email: str,
    full_name: str,
    city: City | None = None,
    organisation: Organisation | None = None,
    languages: Iterable[str] = (),
    expertise: Iterable[Category] = (),
    language: str = "en",
    load_max: int | None = None,
    kind: str = JurorKind.JURY,
    own_entry: Entry | None = None,
    groups: Iterable[str] = (),
    for_city: City | None = None,
) -> Juror:
    """Gives a seat on the edition's jury, or on that of the own selection of `for_city`, to an address,
    and sends the invitation.

    `languages` are those the juror reads, `language` the one of the mail. Inviting again whoever has not answered,
    declined or left sends a new invitation for the same seat; a juror who is on the jury already is refused. A fellow
    applicant (kind peer) comes with their own entry of this edition, which they never see as a juror. `groups` are
    names for quotas.
    """
    if not runs_jury(by, for_city):
        raise Forbidden(_("Only who runs this jury may invite to it."), code="juror.not_yours")
    _check_peer(edition, kind, own_entry, for_city)
    email = email.strip().lower()
    locked(Edition.objects.filter(pk=edition.pk)).get()  # a double click waits here, then finds the seat
    seats = Juror.objects.of_jury(edition.pk, for_city.pk if for_city else None)
    juror = locked(seats.filter(email=email)).first() or Juror(edition=edition, for_city=for_city, email=email)
    if juror.state == JurorState.ACTIVE:
        raise Refusal(_("%(name)s is on this jury already.") % {"name": juror}, code="juror.known", field="email")
    if juror.state != JurorState.INVITED:
        move(juror, "invite", JUROR)
    juror.full_name, juror.city, juror.organisation = full_name.strip(), city, organisation
    juror.languages, juror.load_max = list(languages), load_max
    juror.kind, juror.own_entry = kind, own_entry
    juror.groups = tidy_groups(groups)
    juror.save()
    juror.expertise.set(expertise)
    with translation.override(language):
        what = _("the jury of %(edition)s") % {"edition": selection_words(edition, for_city)}
    invite(
        by=by,
        email=email,
        kind="juror",
        full_name=juror.full_name,
        language=language,
        object_id=juror.pk,
        what=what,
    )
    after = {"edition": edition.slug, "city": for_city.slug if for_city else "", "email": email}
    record_event(by=by, verb="invite", thing=juror, after=after)
    return juror


def _check_peer(edition: Edition, kind: str, own_entry: Entry | None, for_city: City | None) -> None:
    if for_city is not None and own_entry is not None and own_entry.city_id != for_city.pk:
        raise Refusal(
            _("A fellow applicant of a city's own selection has an entry of that city."),
            code="juror.own_entry",
            field="own_entry",
            status=422,
        )
    if kind == JurorKind.PEER and (own_entry is None or own_entry.edition_id != edition.pk):
        raise Refusal(
            _("A fellow applicant has an entry of their own in this edition: name it."),
            code="juror.own_entry",
            field="own_entry",
            status=422,
        )
    if kind == JurorKind.JURY and own_entry is not None:
        raise Refusal(
            _("Somebody with an entry of their own sits as a fellow applicant, not on the jury."),
            code="juror.own_entry",
            field="own_entry",
            status=422,
        )


def accept_juror(invitation: Invitation, user: User) -> None:
    """What accepting an invitation of kind “juror” does: the seat is theirs. Called inside accept_invitation's
    transaction. Raises Refusal when the seat is gone, or the person sits there already under another address."""
    juror = locked(Juror.objects.filter(pk=invitation.object_id or 0)).first()
    if juror is None:
        raise Refusal(_("This seat on the jury no longer exists."), code="juror.gone", status=404)
    same = Juror.objects.of_jury(juror.edition_id, juror.for_city_id)
    if same.filter(user=user).exclude(pk=juror.pk).exists():
        raise Refusal(_("You are on this jury already, under another address."), code="juror.twice")
    before, after = move(juror, "accept", JUROR)
    juror.user = user
    juror.save()
    record_event(by=user, verb="accept", thing=juror, before={"state": before}, after={"state": after})
    seat_newcomer(juror)


def decline_juror(invitation: Invitation, user: User | None) -> None:
    """What declining an invitation of kind “juror” does: the organiser sees it on the seat. Called inside
    decline_invitation's transaction."""
    juror = locked(Juror.objects.filter(pk=invitation.object_id or 0, state=JurorState.INVITED)).first()
    if juror is not None:
        before, after = move(juror, "decline", JUROR)
        juror.save()
        record_event(by=user, verb="decline", thing=juror, before={"state": before}, after={"state": after})


def tidy_groups(groups: Iterable[str]) -> list[str]:
    """Each name once, in small letters, without the blanks around it."""
    return sorted({name.strip().lower()[:40] for name in groups if name.strip()})


@transaction.atomic
def update_juror(
    *,
    by: User,
    juror: Juror,
    full_name: str | None = None,
    city: City | None = None,
    organisation: Organisation | None = None,
    languages: Iterable[str] = (),
    expertise: Iterable[Category] = (),
    load_max: int | None = None,
    groups: Iterable[str] | None = None,
) -> Juror:
    """Corrects what is known about a juror: by who runs the jury, or the juror themself; groups (None: as they are) by
    who runs it. Raises Forbidden to anybody else."""
    juror = locked(Juror.objects.filter(pk=juror.pk)).get()
    if not (runs_jury(by, juror.for_city) or juror.user_id == by.pk):
        raise Forbidden(_("Only the juror and the organiser may change this."), code="juror.not_yours")
    juror.full_name = (full_name or juror.full_name).strip()
    juror.city, juror.organisation = city, organisation
    juror.languages, juror.load_max = list(languages), load_max
    if groups is not None and runs_jury(by, juror.for_city):
        juror.groups = tidy_groups(groups)
    juror.save()
    juror.expertise.set(expertise)
    record_event(by=by, verb="update", thing=juror, after={"languages": juror.languages, "load_max": load_max})
    return juror


@transaction.atomic
def withdraw_juror(*, by: User, juror: Juror, reason: str) -> Juror:
    """The juror leaves the jury: what they submitted counts, what they had not submitted is free for somebody else.
    Raises Forbidden to who is neither the juror nor runs the jury."""
    juror = locked(Juror.objects.filter(pk=juror.pk)).get()
    if not (runs_jury(by, juror.for_city) or juror.user_id == by.pk):
        raise Forbidden(_("Only the juror and the organiser may do that."), code="juror.not_yours")
    before, after = move(juror, "withdraw", JUROR)
    juror.save()
    unfinished = Scorecard.objects.filter(
        assignment__juror=juror, state=ScorecardState.DRAFT, assignment__round__state=RoundState.OPEN
    )
    for scorecard in live_scorecards(unfinished):
        step_back(by=by, scorecard=scorecard, reason=reason)
    record_event(
        by=by, verb="withdraw", thing=juror, before={"state": before}, after={"state": after, "reason": reason}
    )
    return juror


def live_scorecards(scorecards: QuerySet[Scorecard]) -> list[Scorecard]:
    """The scorecards, locked, whose round is not frozen: asked again behind the lock, which a closing may have held."""
    rows = list(locked(scorecards).order_by("pk"))
    frozen = Scorecard.objects.filter(pk__in=[row.pk for row in rows], assignment__round__state__in=FROZEN)
    gone = set(frozen.values_list("pk", flat=True))
    return [row for row in rows if row.pk not in gone]


def step_back(*, by: User, scorecard: Scorecard, reason: str) -> None:
    """Moves a locked scorecard to recused. Its marks stay where they are and count for nothing."""
    before, after = move(scorecard, "recuse", SCORECARD)
    scorecard.recusal_reason = reason.strip()[:500]
    scorecard.save()
    record_event(by=by, verb="recuse", thing=scorecard, before={"state": before}, after={"state": after})
