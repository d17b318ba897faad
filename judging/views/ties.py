"""Ties between one juror and the edition's entries, as the organiser reads them."""

from dataclasses import dataclass

from contest.models import Entry
from judging.domain.conflicts import Tie
from judging.models import Conflict, Juror, Round
from judging.reading import ties_of
from judging.states import ConflictKind


@dataclass(frozen=True)
class TieRow:
    entry: Entry
    kind: str
    reason: str
    by_rule: bool


def ties_of_juror(juror: Juror) -> list[TieRow]:
    """Those that a rule finds in any of the edition's rounds, then those that somebody declared."""
    declared = list(Conflict.objects.filter(juror=juror).select_related("entry__startup__organisation", "entry__city"))
    found: dict[int, Tie] = {}
    for round in Round.objects.filter(edition=juror.edition, city=None).order_by("order"):
        for tie in ties_of(round, [juror]):
            found.setdefault(tie.entry, tie)
    said = {conflict.entry_id for conflict in declared}
    entries = Entry.objects.select_related("startup__organisation", "city").in_bulk(
        [pk for pk in found if pk not in said]
    )
    by_rule = [
        TieRow(entries[pk], str(ConflictKind(tie.kind).label), "", True) for pk, tie in found.items() if pk in entries
    ]
    by_person = [TieRow(row.entry, row.get_kind_display(), row.reason, False) for row in declared]
    return sorted(by_rule, key=lambda row: str(row.entry)) + by_person
