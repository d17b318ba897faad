"""What judging adds to the road of an edition and of an entry."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from contest.models import Edition, Entry, Nomination
from contest.states import EntryState, Phase
from judging.models import Award, Round, Standing
from judging.reads.awaiting import with_awaits
from judging.states import RoundState
from toolkit import clock
from toolkit.columns import with_columns
from toolkit.protocols import RoadStep

AWARD = 190
BEFORE_CHOSEN = 25  # on an entry's road: after it was found eligible, before its city's choice


def edition_road(edition: Edition) -> list[RoadStep]:
    """The rounds of the edition and its awards. Two queries."""
    rounds = list(Round.objects.counted().filter(edition=edition, city__isnull=True).order_by("order"))
    steps = []
    for round in rounds:
        state = {RoundState.DRAFT: "ahead", RoundState.PUBLISHED: "done"}.get(RoundState(round.state), "now")
        steps.append(RoadStep(str(round), state, 100 + round.order))
    if not steps:
        steps.append(RoadStep(_("The jury scores"), "ahead", 100))
    granted = Award.objects.filter(edition=edition).exists()
    return [*steps, RoadStep(_("Awards"), "done" if granted else "ahead", 190)]


def road(entry: Entry) -> list[RoadStep]:
    """One step for each round of the edition (for its jury where none is set up yet) and one for the awards; what is
    not published stays unsaid. Before them, published rounds of the city's own selection in which the entry stood."""
    standing = Standing.objects.filter(round=OuterRef("pk"), entry=entry)
    asked = with_awaits(Round.objects.counted()).filter(edition=entry.edition_id)
    asked = with_columns(asked, has_standing=Exists(standing), through=Exists(standing.filter(advances=True)))
    rounds = (
        asked.filter(Q(city__isnull=True) | Q(state=RoundState.PUBLISHED) & Q(has_standing=True))
        .select_related("city")
        .order_by("order")
    )
    own = [
        RoadStep(round.label, "done" if round.through else "missed", BEFORE_CHOSEN, **results_of(entry))
        for round in rounds
        if round.city_id
    ]
    steps, still_in, waits = [], competes(entry), may_be_chosen(entry)
    for round in rounds:
        if round.city_id:
            continue
        published = round.state == RoundState.PUBLISHED
        if waits:
            state = "ahead"
        elif not still_in:
            state = "done" if published and round.has_standing else "missed"  # who left later was there
        elif published:
            state = "done" if round.has_standing else "missed"
            still_in = round.has_standing if round.awaits else round.through
        else:
            state = "now" if round.state != RoundState.DRAFT and round.opens_at <= clock.now() else "ahead"
        read = round.has_standing and published
        label = _called_now(round) if state == "now" else str(round)
        steps.append(RoadStep(label, state, 100 + round.order, **(results_of(entry) if read else {})))
    over = entry.edition.results_published_at is not None
    if not steps:  # no round is set up yet: a jury comes all the same
        steps.append(RoadStep(_("The jury scores"), "ahead" if (still_in or waits) and not over else "missed", 100))
    return [*own, *steps, _award_step(entry, steps, may_win=still_in or waits)]


def _award_step(entry: Entry, before: list[RoadStep], *, may_win: bool) -> RoadStep:
    over = entry.edition.results_published_at is not None
    award = Award.objects.filter(Q(entry=entry), edition__results_published_at__isnull=False).first()
    state = "done" if award else "missed" if over or not may_win else "ahead"
    if state == "ahead" and all(step.state == "done" for step in before):
        state = "now"
    label = {"ahead": _("Award"), "now": _("Awards are decided"), "done": _("Awarded"), "missed": _("Award")}[state]
    told = _("Your entry was awarded: %(award)s.") % {"award": award.name} if award else ""
    return RoadStep(label, state, AWARD, detail=str(award.name) if award else "", headline=told)


def _called_now(round: Round) -> str:
    """A round that has begun and is not published: its jury scores, or has scored."""
    if round.state == RoundState.OPEN and clock.now() < round.closes_at:
        return _("%(round)s: the jury scores") % {"round": round}
    return _("%(round)s: the result follows") % {"round": round}


def competes(entry: Entry) -> bool:
    """Whether the entry goes before the jury: nominated, and not sent by its city without competing.
    One query at most."""
    sent = entry.state == EntryState.NOMINATED
    return sent and Nomination.objects.filter(entry=entry, competing_slot__isnull=False).exists()


def may_be_chosen(entry: Entry) -> bool:
    """Whether its city may still nominate the entry: nothing that follows is decided."""
    phase = entry.edition.phase
    if entry.state == EntryState.DRAFT:
        return phase in (Phase.UPCOMING, Phase.CALL)
    waits = entry.state in (EntryState.SUBMITTED, EntryState.ELIGIBLE)
    waits = waits or (entry.state == EntryState.NOMINATED and not competes(entry))  # its city may yet let it compete
    return waits and phase in (Phase.UPCOMING, Phase.CALL, Phase.NOMINATION)


def may_be_awarded(entry: Entry) -> bool:
    """Whether the entry may still win, as far as its team has been told. Three queries."""
    return road(entry)[-1].state != "missed"


def results_of(entry: Entry) -> dict[str, str]:
    """Where a team reads its results, and the button's words."""
    return {"url": reverse("entry_results", args=[entry.pk]), "action": _("Read your results")}
