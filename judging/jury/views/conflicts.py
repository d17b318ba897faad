"""Ties between one juror and the edition's entries, as the organiser reads them."""

from dataclasses import dataclass

from django.db.models import Q

from contest.models import Entry
from judging.domain.assignment.conflicts import Tie
from judging.jury.reading.facts import ties_of
from judging.models import Conflict, Juror, Round
from judging.states import ConflictKind


@dataclass(frozen=True)
class TieRow:
    entry: Entry
    kind: str
    reason: str
    by_rule: bool
    conflict_pk: int | None = None  # of what was declared in this seat, which can be taken back


def ties_of_juror(juror: Juror) -> list[TieRow]:
    """Those that a rule finds in any round of the jury, then those that somebody declared."""
    rows = Conflict.objects.filter(Q(juror=juror) | Q(juror__user__isnull=False, juror__user=juror.user_id))
    if juror.for_city_id:
        rows = rows.filter(entry__city=juror.for_city_id)
    declared = {row.entry_id: row for row in rows.select_related("entry__startup__organisation", "entry__city")}
    found: dict[int, Tie] = {}
    for round in Round.objects.filter(edition=juror.edition, city=juror.for_city).order_by("order"):
        for tie in ties_of(round, [juror]):
            found.setdefault(tie.entry, tie)
    entries = Entry.objects.select_related("startup__organisation", "city").in_bulk(
        [pk for pk in found if pk not in declared]
    )
    by_rule = [
        TieRow(entries[pk], str(ConflictKind(tie.kind).label), "", True) for pk, tie in found.items() if pk in entries
    ]
    # What was said in another seat of theirs is for who runs that jury: here the tie shows, not its words.
    by_person = [
        TieRow(row.entry, row.get_kind_display(), row.reason, False, row.pk)
        if row.juror_id == juror.pk
        else TieRow(row.entry, row.get_kind_display(), "", False)
        for row in declared.values()
    ]
    return sorted(by_rule, key=lambda row: str(row.entry)) + by_person
