"""Who travels: changed freely until an agreement names them, by amendment from then on."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.dateformat import format as date_text
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.domain.life.stages import Presence, most_present
from corridor.life.reading.stays import today_at
from corridor.models import Agreement, Stay, Traveller
from corridor.permissions import is_team_of, require
from corridor.states import HOLDS_PLACES, AgreementState
from network.models import User
from network.permissions import is_organiser
from network.services import record_event
from toolkit.locks import locked
from toolkit.refusals import Refusal


@dataclass(frozen=True)
class TravellerDraft:
    """A person who goes, over [starts, ends). `nationalities` are ISO 3166-1 codes, at least one."""

    name: str
    nationalities: Sequence[str]
    starts: date
    ends: date


@transaction.atomic
def save_travellers(*, by: User, stay: Stay, travellers: list[TravellerDraft]) -> list[Traveller]:
    """The team names who goes, all at once. Where an agreement stands that names people, an amendment changes them;
    where it leaves them open, as a hosting agreement does that was drafted before they were known, they are named until
    the first day. Raises Refusal for what the agreement names, and once the stay has ended."""
    stay = (
        locked(Stay.objects.filter(pk=stay.pk))
        .select_related("candidate", "programme", "incubator__organisation__city")
        .get()
    )
    require(is_organiser(by) or is_team_of(by, stay.candidate), _("The guest says who travels."))
    if stay.state not in HOLDS_PLACES:
        raise Refusal(_("The stay has ended: nobody travels."), code="travellers.over")
    _check_agreed(stay)
    return replace_travellers(by=by, stay=stay, travellers=travellers)


def _check_agreed(stay: Stay) -> None:
    """Raises Refusal where an agreement has settled who goes: by their names, or by the first day that has come."""
    standing = list(stay.agreements.exclude(state=AgreementState.VOID))
    # That of a person says who travels with them, or that nobody does.
    is_open = not stay.programme.guest_is_person and not any(_names_people(one) for one in standing)
    if standing and not is_open:
        raise Refusal(
            _("The agreement names who travels. Another person goes by an amendment: ask the organiser for one."),
            code="travellers.agreed",
        )
    if standing and today_at(stay) >= stay.starts:
        raise Refusal(
            _(
                "Who travels is named before the first day. Another person goes by an amendment now: ask the "
                "organiser for one."
            ),
            code="travellers.begun",
        )


def _names_people(document: Agreement) -> bool:
    """Whether an agreement, or a document that changes one, says by name who travels;
    of one from before that was kept, it may."""
    said = document.change_said.after if document.is_change else document.stay_said
    return said is None or said.people is None or bool(said.people)


def replace_travellers(*, by: User | None, stay: Stay, travellers: list[TravellerDraft]) -> list[Traveller]:
    """Writes who travels, for whoever holds the stay's lock and has checked that it may change (an amendment does)."""
    check_travellers(stay, travellers)
    before = [_facts(row) for row in stay.travellers.all()]
    stay.travellers.all().delete()
    made = Traveller.objects.bulk_create(
        Traveller(stay=stay, **{**asdict(draft), "nationalities": list(dict.fromkeys(draft.nationalities))})
        for draft in travellers
    )
    record_event(
        by=by, verb="travellers", thing=stay, before={"people": before}, after={"people": [_facts(row) for row in made]}
    )
    return made


def check_travellers(stay: Stay, travellers: list[TravellerDraft]) -> None:
    """Refuses empty names, days outside the stay, and more people on one day than the stay holds desks."""
    for draft in travellers:
        codes = list(draft.nationalities)
        if not draft.name.strip() or not codes or {len(code) for code in codes} != {2}:
            raise Refusal(_("Give each person’s name and nationality."), code="travellers.name", status=422)
        if not stay.starts <= draft.starts < draft.ends <= stay.ends:
            text = _("%(name)s: choose days within the stay.") % {"name": draft.name}
            raise Refusal(text, code="travellers.dates", status=422)
    most, day = most_present([Presence(draft.name, draft.starts, draft.ends) for draft in travellers])
    if most > stay.desks and day is not None:
        text = ngettext(
            "The stay holds %(desks)s desk, and on %(day)s %(people)s people would be there.",
            "The stay holds %(desks)s desks, and on %(day)s %(people)s people would be there.",
            stay.desks,
        )
        values = {"desks": stay.desks, "people": most, "day": date_text(day, "j F Y")}
        raise Refusal(text % values, code="travellers.desks", status=422)


def _facts(row: Traveller) -> dict[str, str]:
    # Names and nationalities stay out of the log, which nothing can erase.
    return {"starts": row.starts.isoformat(), "ends": row.ends.isoformat()}
