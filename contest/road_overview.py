"""What the contest adds to the road of an edition and of an entry."""

from django.utils.translation import gettext as _

from contest.models import Edition, Entry
from contest.states import EntryState, Phase
from network.models import Event
from toolkit.protocols import RoadStep


def edition_road(edition: Edition) -> list[RoadStep]:
    """Set up, call, choice of the cities: by the edition's dates."""
    order = [Phase.UPCOMING, Phase.CALL, Phase.NOMINATION, Phase.JURY, Phase.OVER, Phase.ARCHIVE]
    here = order.index(edition.phase)
    labels = (_("Set-up"), _("Call open"), _("Cities choose"))
    return [
        RoadStep(label, "done" if here > place else "now" if here == place else "ahead", 10 * (place + 1))
        for place, label in enumerate(labels)
    ]


def road(entry: Entry) -> list[RoadStep]:
    """Sent, checked, chosen."""
    edition = entry.edition
    phase, state = edition.phase, reached_by(entry)
    sent, chosen = state != EntryState.DRAFT, state == EntryState.NOMINATED
    checked = state in (EntryState.ELIGIBLE, EntryState.NOMINATED)
    unsent = not sent and phase not in (Phase.UPCOMING, Phase.CALL)  # a draft that nobody may send any more
    out = unsent or entry.state in (EntryState.WITHDRAWN, EntryState.INELIGIBLE)
    choosing = phase in (Phase.CALL, Phase.NOMINATION)

    def stand(done: bool, before: bool, still_possible: bool) -> str:
        if done:
            return "done"
        if out or not still_possible:
            return "missed"
        return "now" if before else "ahead"

    states = (
        stand(sent, True, phase == Phase.CALL),
        stand(checked, sent, choosing),
        stand(chosen, checked, choosing),
    )
    return [
        RoadStep(words[state], state, 10 * number)
        for number, (words, state) in enumerate(zip(_road_words(), states, strict=True), 1)
    ]


def reached_by(entry: Entry) -> str:
    """How far an entry has come: its state, of a withdrawn one that in which its team withdrew it."""
    if entry.state != EntryState.WITHDRAWN:
        return entry.state
    event = Event.objects.filter(object_type="contest.entry", object_id=str(entry.pk), verb="withdraw").last()
    return event.before["state"] if event else EntryState.DRAFT


def _road_words() -> tuple[dict[str, str], ...]:
    """For each step of an entry's road, what it is called by its state."""
    return (
        {
            "ahead": _("Send your entry"),
            "now": _("You write your entry"),
            "done": _("Entry sent"),
            "missed": _("Entry sent"),
        },
        {
            "ahead": _("Check of eligibility"),
            "now": _("Your city checks your entry"),
            "done": _("Found eligible"),
            "missed": _("Found eligible"),
        },
        {
            "ahead": _("Choice of your city"),
            "now": _("Your city chooses"),
            "done": _("Chosen by your city"),
            "missed": _("Chosen by your city"),
        },
    )
