"""A ballot in a spreadsheet: what it would change is shown first, then applied whole,
by the service that the scorecard uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypedDict

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from judging.domain.ballots.workbook import COMMENT, MARK, WHY, Difference, merge
from judging.models import BallotImport, Juror, Round, Scorecard
from judging.rounds.kinds.balloting import ballot_of
from judging.scoring.forms.scorecards import NOT_APPLICABLE
from judging.scoring.services.scorecards import save_scorecard
from judging.scoring.workbooks.fields import cards_of, criteria_on, fields_of, site_values
from judging.scoring.workbooks.reading import Refused, Returned, read_ballot
from judging.scoring.workbooks.words import Changed, RefusedRow
from judging.scoring.workbooks.writing import ballot_workbook
from judging.states import RoundState, ScorecardState
from network.models import User
from network.services import record_event
from network.services.plans import end_plan
from toolkit import clock
from toolkit.canonical import digest
from toolkit.locks import locked
from toolkit.plans import PLAN, PlanState
from toolkit.refusals import Forbidden, Refusal
from toolkit.states import move
from toolkit.workbooks import read_workbook

FORMAT, VERSION = "passerelle.ballot-import", 1
SHOWN = 50  # refused cells and rows
SITE, BOOK = "site", "book"  # which side of a conflict the juror keeps


def seat_of(user: User, round: Round) -> Juror:
    """The user's own seat on the round's jury. Raises Forbidden for anybody else."""
    seat = Juror.objects.of_jury(round.edition_id, round.city_id).active().filter(user=user).first()
    if seat is None:
        raise Forbidden(_("Only a juror of this round has a ballot."), code="ballot.no_seat")
    return seat


@transaction.atomic
def issue_ballot(*, by: User, round: Round) -> bytes:
    """The juror's workbook of the round, as things stand; that it was taken is recorded. Raises Refusal when nothing in
    it is theirs to score, or it asks for no marks."""
    juror = seat_of(by, round)
    _require_marks(round)
    cards = cards_of(by, round)
    if not cards:
        raise Refusal(_("Nothing in this round is yours to score."), code="ballot.empty")
    record_event(by=by, verb="export", thing=round, after={"ballot": juror.code, "scorecards": len(cards)})
    return ballot_workbook(round, juror, cards)


def propose_import(*, by: User, round: Round, upload: UploadedFile[Any]) -> BallotImport:
    """Reads the workbook in a process of its own and keeps what it would change; nothing is applied yet.

    The file holds `changes`, `conflicts` (changed here and there: the juror chooses), `refused` (with why), `missing`
    rows, `missing_fields`, `newer` (cells that only the site changed) and the versions of the scorecards that it was
    compared with. Raises Refusal when the workbook as a whole can't be taken. An earlier one that waits is put aside.
    """
    juror = seat_of(by, round)
    _require_open(round)
    _require_marks(round)
    grids = read_workbook(upload)
    with transaction.atomic():
        # The seat is what two uploads at once share.
        juror = locked(Juror.objects.filter(pk=juror.pk)).get()
        file = _compare(read_ballot(grids, round, juror), cards_of(by, round), round)
        for waiting in locked(BallotImport.objects.filter(round=round, juror=juror, state=PlanState.PROPOSED)):
            end_plan(by, waiting, "discard")
        ballot = BallotImport.objects.create(
            round=round, juror=juror, file=file, sha256=digest(file), made_at=clock.now()
        )
        counts = {"changes": len(file["changes"]), "conflicts": len(file["conflicts"]), "missing": len(file["missing"])}
        counts["refused"] = file["refused_count"]
        record_event(by=by, verb="propose", thing=ballot, after={"sha256": ballot.sha256, **counts})
    return ballot


def _require_open(round: Round) -> None:
    if round.state != RoundState.OPEN:
        raise Refusal(_("The round is closed: its results are frozen."), code="round.closed")


def _require_marks(round: Round) -> None:
    if not ballot_of(round).gives_marks:
        raise Refusal(_("In this round you don't give marks, so there is no workbook."), code="ballot.no_marks")


class Compared(TypedDict):
    """An import's file: what a workbook would change, what it asks, and what of it can't be taken."""

    format: str
    version: int
    made_at: str
    versions: dict[str, int]
    changes: list[Changed]
    conflicts: list[Changed]
    refused: list[RefusedRow]
    refused_count: int
    refused_why: dict[str, int]
    missing: list[str]
    missing_fields: list[str]
    newer: int


def _compare(returned: Returned, cards: list[Scorecard], round: Round) -> Compared:
    """The import's file: what differs between the workbook and the site,
    of scorecards that the juror may still write."""
    mine = {card.assignment.entry.code: card for card in cards}
    site = site_values(cards, criteria_on(round))
    merged = merge(returned.base, site, returned.values)
    changes: list[Changed] = []
    conflicts: list[Changed] = []
    refused = list(returned.refused)
    for difference in [*merged.changes, *merged.conflicts]:
        code, name = difference.place
        why = _why_not(mine.get(code)) or ("" if difference.place in site else "applies_not")
        if not why and name.startswith(WHY) and difference.book:
            mark = (code, MARK + name.removeprefix(WHY))
            why = "" if returned.values.get(mark, site.get(mark)) else "no_mark"
        cell = returned.cells[difference.place]
        if why:
            refused.append(Refused(cell, code, name, difference.book[:120], why))
        else:
            rows = conflicts if difference in merged.conflicts else changes
            rows.append(_row(difference, cell, f"c{len(rows)}"))
    versions = {row["entry"]: mine[row["entry"]].version for row in [*changes, *conflicts]}
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": returned.made_at,
        "versions": versions,
        "changes": changes,
        "conflicts": conflicts,
        # A workbook may hold thousands of rows that are none of ours: all are counted, the first ones shown.
        "refused": [_refused_row(row) for row in refused[:SHOWN]],
        "refused_count": len(refused),
        "refused_why": dict(Counter(row.why for row in refused).most_common()),
        "missing": [code for code in returned.missing if code in mine],
        "missing_fields": returned.missing_fields,
        "newer": merged.newer,
    }


def _refused_row(row: Refused) -> RefusedRow:
    return {"cell": row.cell, "entry": row.entry, "field": row.field, "value": row.value, "why": row.why}


def _why_not(card: Scorecard | None) -> str:
    if card is None:
        return "gone"
    return "submitted" if card.state == ScorecardState.SUBMITTED else ""


def _row(difference: Difference, cell: str, key: str) -> Changed:
    code, name = difference.place
    return {
        "entry": code,
        "field": name,
        "site": difference.site,
        "book": difference.book,
        "base": difference.base,
        "cell": cell,
        "key": key,
    }


@transaction.atomic
def apply_import(*, by: User, ballot: BallotImport, choices: Mapping[str, str]) -> int:
    """Writes what was shown, scorecard by scorecard, in one transaction; returns how many cells.

    `choices` is {key of a conflict: "site" or "book"}, one for each. Raises Refusal when a choice is missing or a
    scorecard has changed since it was shown; then nothing is written.
    """
    ballot, juror = _held(by, ballot)
    file = ballot.file
    if any(choices.get(row["key"]) not in (SITE, BOOK) for row in file["conflicts"]):
        raise Refusal(
            _("Choose for each cell that was changed in both places which one to keep."),
            code="ballot.choose",
            status=422,
        )
    taken = [*file["changes"], *(row for row in file["conflicts"] if choices[row["key"]] == BOOK)]
    cards = _unchanged(by, ballot)
    before, after = move(ballot, "apply", PLAN)
    ballot.applied_at = clock.now()
    ballot.save()
    for code in dict.fromkeys(row["entry"] for row in taken):
        _write(by, cards[code], {row["field"]: row["book"] for row in taken if row["entry"] == code}, ballot.round)
    record_event(
        by=by, verb="apply", thing=ballot, before={"state": before}, after={"state": after, "cells": len(taken)}
    )
    return len(taken)


@transaction.atomic
def discard_import(*, by: User, ballot: BallotImport) -> None:
    """Puts an uploaded workbook aside: nothing of it is saved."""
    ballot, _juror = _held(by, ballot)
    end_plan(by, ballot, "discard")


def _held(by: User, ballot: BallotImport) -> tuple[BallotImport, Juror]:
    ballot = locked(BallotImport.objects.filter(pk=ballot.pk)).select_related("round", "juror").get()
    if ballot.juror.user_id != by.pk:
        raise Forbidden(_("This is not your workbook."), code="ballot.not_yours")
    return ballot, ballot.juror


def _unchanged(by: User, ballot: BallotImport) -> dict[str, Scorecard]:
    """{entry code: scorecard, locked} of those that the file is about, if they are what they were when it was shown."""
    versions: dict[str, int] = ballot.file["versions"]
    wanted = Scorecard.objects.filter(assignment__round=ballot.round, assignment__juror=ballot.juror)
    list(locked(wanted.filter(assignment__entry__code__in=versions).order_by("pk")))
    cards = {card.assignment.entry.code: card for card in cards_of(by, ballot.round)}
    found = {code: cards[code].version for code in versions if code in cards}
    if found != versions or any(_why_not(cards[code]) for code in versions):
        raise Refusal(
            _("A scorecard has changed since this was shown. Nothing was saved: upload the workbook again."),
            code="ballot.stale",
        )
    return cards


def _write(by: User, card: Scorecard, values: dict[str, str], round: Round) -> None:
    criteria = {name: criterion.pk for name, criterion in fields_of(criteria_on(round)).items()}
    save_scorecard(
        by=by,
        scorecard=card,
        version=card.version,
        marks={criteria[name]: mark_of(value) for name, value in values.items() if name.startswith(MARK)},
        remarks={criteria[name]: value for name, value in values.items() if name.startswith(WHY)},
        comment=values.get(COMMENT, card.comment),
        private_note=card.private_note,
    )


def mark_of(text: str) -> Decimal | str | None:
    """A mark as the workbook's plan spells it: a number, “n/a”, or None for a blank."""
    return text if text == NOT_APPLICABLE else Decimal(text) if text else None
