"""The results as a workbook: its formulas give the same totals in LibreOffice, its text stays text."""

import io
import json
import os
import re
import subprocess
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest
from django.urls import reverse

from judging.domain.marks.scoring import number_of
from judging.results.files.workbook import results_workbook
from judging.results.services.closing import close_round
from judging.results.shown.called import Called
from tests import build
from tests.judging.domain import plain as frozen
from tests.judging.domain.plain import file_of, read_results

WHEN = datetime(2027, 3, 1, tzinfo=UTC)
CALLED = Called({"E1": "=1+1", "E2": "Zalău & sons"}, {"J1": "+33 Juror"}, {"a": "@Team"})
CRITERIA = [
    {"code": "a", "weight": "60", "scale_max": "5"},
    {"code": "b", "weight": "30", "scale_max": "10"},
    {"code": "c", "weight": "12.5", "scale_max": "20", "scale_min": "-20"},
    {"code": "d", "weight": "99", "scale_max": "5", "kind": "informative"},
]
MARKS = [
    ("E1", "J1", "4", "7", "13"), ("E1", "J2", "3.5", "n/a", "-4"), ("E1", "J3", "2", "9", "0"),
    ("E1", "J4", "5", "8", "20"),
    ("E2", "J1", "4", "7", "12"), ("E2", "J2", "3", "6", "n/a"), ("E2", "J3", "4", "n/a", "2"),
    ("E2", "J4", "1", "2", "3"),
    ("E3", "J1", "2.5", "10", "11"), ("E3", "J3", "4.5", "1", "-20"), ("E3", "J5", "1", "1", "1"),
    ("E4", "J1", "5", "5", "5"),
]  # fmt: skip
RULES = {
    "percent": {},
    "mean": {"combine": "weighted_mean", "decimals": "1"},
    "sum": {"combine": "weighted_sum", "decimals": ""},
    "median": {"across": "median", "decimals": "0"},
    "trimmed": {"across": "trimmed_mean", "trim": "1"},
    "criteria": {"aggregate_at": "criterion", "combine": "weighted_mean"},
    "medians": {"aggregate_at": "criterion", "across": "median", "combine": "weighted_sum"},
    "carried": {"decimals": "2"},
}


def result(name):
    """A frozen file under that rule: E4 has too few scorecards."""
    data = {
        "format": "passerelle.result",
        "version": 2,
        "round": {"order": "2", "weight": "60"},
        "rule": {"decimals": "3", "min_scorecards": "3", **RULES[name], "criteria": CRITERIA},
        "entries": [{"code": f"E{n}"} for n in (1, 2, 3, 4)],
        "scorecards": [
            {"entry": e, "juror": j, "marks": {"a": a, "b": b, "c": c, "d": "1"}} for e, j, a, b, c in reversed(MARKS)
        ],
    }
    if name == "carried":
        data["carried"] = [{"order": "1", "weight": "40", "shares": {"E1": "239/3", "E2": "70.5"}}]
    [file] = read_results(json.dumps(data).encode())
    return frozen.freeze(file, frozen.compute(file))


def made(file):
    return results_workbook(file_of(file), CALLED, ["The rule."], title="Result", made_at=WHEN)


def columns(sheet):
    head = [cell.value for cell in sheet[1]]
    return [dict(zip(head, [cell.value for cell in row], strict=True)) for row in sheet.iter_rows(min_row=2)]


def agrees(book, file, name):
    """Whether every total and rank of the workbook, formulas computed, is the one of the file."""
    totals = {(row["Code"], row["Juror"]): row["Total of the scorecard"] for row in columns(book["Marks"])}
    for line, row in zip(file["standings"], columns(book["Standings"]), strict=True):
        assert row["Code"] == line["entry"]
        for column, text in (("Total", line["total"]), ("Result", line["final"])):
            exact = number_of(text) if text else None
            assert row[column] == (None if exact is None else pytest.approx(float(exact), abs=1e-9)), (
                name,
                line["entry"],
            )
        assert row["Rank"] == (int(line["rank"]) if line["rank"] else None)
        assert row["Same"] == ("✓" if line["final"] else None)
        for juror, text in line["cards"].items():
            called = CALLED.jurors.get(juror, juror)
            assert totals[line["entry"], called] == pytest.approx(float(number_of(text)), abs=1e-9), (name, juror)


@pytest.mark.parametrize("name", RULES)
def test_programs_that_don_t_calculate_show_the_totals(name):
    """pandas, a preview or a phone reads what stands beside the formula."""
    file = result(name)
    agrees(openpyxl.load_workbook(io.BytesIO(made(file)), data_only=True), file, name)


def test_a_tie_that_was_settled_keeps_its_published_ranks():
    file = result("percent")
    first, second = file["standings"][:2]
    second |= {"total": first["total"], "final": first["final"]}
    assert (first["rank"], second["rank"]) == ("1", "2")
    ranks = [row["Rank"] for row in columns(openpyxl.load_workbook(io.BytesIO(made(file)))["Standings"])]
    assert ranks[:2] == ["=RANK(E2,E$2:E$5)", 2]


ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item
oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop
oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""


def without_values(content):
    """The workbook with the formulas alone: a program must compute them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(out, "w") as made:
        for name in parts.namelist():
            made.writestr(name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", parts.read(name)))
    return out.getvalue()


def test_formulas_give_the_same_totals_in_libreoffice(tools, tmp_path):
    soffice = tools("soffice", "apt-get install libreoffice-calc")
    files = {name: result(name) for name in RULES}
    for name, file in files.items():
        (tmp_path / f"{name}.xlsx").write_bytes(without_values(made(file)))
    profile = tmp_path / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(ALWAYS)
    subprocess.run(
        [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
         "--outdir", str(tmp_path / "out"), *(str(tmp_path / f"{name}.xlsx") for name in files)],
        check=True, capture_output=True, timeout=300, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    for name, file in files.items():
        agrees(openpyxl.load_workbook(tmp_path / "out" / f"{name}.xlsx", data_only=True), file, name)


def test_text_stays_text(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(made(result("percent"))))
    named = {cell.value: cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
    for text in ("=1+1", "+33 Juror", "@Team"):
        assert (named[text].data_type, named[text].quotePrefix) == ("s", True)
    assert named["Zalău & sons"].data_type == "s"
    assert book["Standings"]["D2"].data_type == "f"
    assert book.sheetnames == ["Standings", "Marks", "Jurors", "Rules"]


def test_what_formulas_can_t_say_is_given_as_values_and_said():
    file = result("percent")
    file["rule"]["groups"] = [
        {"code": "g", "name": {}, "weight": "1", "parent": "", "combine": "weighted_mean", "threshold": "",
            "ranking_weight": ""}
    ]  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(made(file)))
    assert book["Standings"]["D2"].data_type == "n"
    said = [row[0].value for row in book["Rules"].iter_rows() if row[0].value]
    assert (
        "The totals of this workbook are values, not formulas: criteria stand in groups with weights of their own."
        in said
    )


def test_who_runs_the_round_takes_it_away(stage, organiser, enter, founder):
    for cards in stage.cards:
        for card, values in zip(cards, [(5, 2), (3, 3), (4, "n/a")], strict=True):
            build.marks(card, *values)
    place = reverse("round_workbook", args=[stage.round.pk])
    assert enter(founder).get(place).status_code == 404
    live = enter(organiser).get(place)
    close_round(by=organiser, round=stage.round)
    closed = enter(organiser).get(place)
    assert 'filename="2027-round-1-results.xlsx"' in closed["Content-Disposition"]
    for answer in (live, closed):
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        assert [row["Juror"] for row in columns(book["Jurors"])] == ["Juror 1", "Juror 2", "Juror 3"]
        # fmt: skip
        assert [row["Entry"] for row in columns(book["Standings"])][:2] == [
            "Firm 3 of 2027 pitches",
            "Firm 1 of 2027 pitches",
        ]
