"""The files of a headless walk: what an organiser would take away at the end of an edition."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation

from config.demo.timeline import FINISHED
from config.demo.walk import Walked
from corridor.models import Agreement, PlacementPlan
from judging.models import Round
from judging.results.files.sheets import marks_sheet, standings_sheet
from judging.results.minutes.document import freeze_minutes, minutes_pdf
from judging.results.shown.editions import edition_file
from toolkit.plans import PlanState
from toolkit.spreadsheets import workbook


def write_files(walked: Walked, out: Path) -> Iterator[str]:
    """Writes standings.xlsx, standings.json, placements.json, minutes.pdf and agreements/*.pdf; yields each name."""
    (out / "agreements").mkdir(parents=True, exist_ok=True)
    rounds = list(Round.objects.filter(edition=walked.edition).select_related("edition").order_by("order"))
    files: dict[str, bytes] = {
        "standings.xlsx": _workbook(walked, rounds),
        "standings.json": _json(edition_file(walked.edition)),
        "placements.json": _json(_placements(walked)),
        "minutes.pdf": minutes_pdf(freeze_minutes(rounds[-1], "en")),
    }
    for agreement in Agreement.objects.filter(programme=walked.programme).order_by("year", "number"):
        for kind in ("issued", "executed"):
            stored = getattr(agreement, f"{kind}_file")
            if stored:
                with stored.open("rb") as file:
                    files[f"agreements/{agreement.reference}-{kind}.pdf"] = file.read()
    for name, content in files.items():
        (out / name).write_bytes(content)
        yield name


def _workbook(walked: Walked, rounds: list[Round]) -> bytes:
    with translation.override("en"):
        sheets = [sheet for round in rounds for sheet in (standings_sheet(round), marks_sheet(round))]
        return workbook(
            sheets,
            title=str(walked.edition.name),
            author="Passerelle",
            made_at=FINISHED.round_2[1],
            zone=ZoneInfo(walked.edition.time_zone),
        )


def _placements(walked: Walked) -> dict[str, object]:
    plan = PlacementPlan.objects.get(programme=walked.programme, state=PlanState.APPLIED)
    return {"sha256": plan.sha256, "inputs": json.loads(plan.inputs), "plan": json.loads(plan.file)}


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
