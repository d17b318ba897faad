"""`demo --headless` walks the whole road without a server, and the same seed gives the same content."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def walks(tmp_path_factory):
    """Two walks of the same seed, side by side, each as a new user would start it: without any setting."""
    folders = [tmp_path_factory.mktemp(name) for name in ("one", "two")]
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "demo", "--headless", "--seed", "3", "--out"]
    running = [subprocess.Popen([*command, str(folder)], env=kept, stderr=subprocess.PIPE) for folder in folders]
    for process in running:
        _out, said = process.communicate(timeout=600)
        assert process.returncode == 0, said.decode()
    return folders


def read(folder, name):
    return json.loads((folder / name).read_text())


def test_every_file_of_the_road_is_written(walks):
    names = {str(path.relative_to(walks[0])) for path in walks[0].rglob("*") if path.is_file()}
    agreements = {name for name in names if name.startswith("agreements/")}
    assert names - agreements == {"standings.xlsx", "standings.json", "placements.json", "minutes.pdf"}
    # Every stay but the last has an issued agreement; the last two of those still wait for a signature.
    stays = len(read(walks[0], "placements.json")["plan"]["placements"])
    assert sorted(agreements) == sorted(
        [f"agreements/SAMPLE-2026-{number:03d}-issued.pdf" for number in range(1, stays)]
        + [f"agreements/SAMPLE-2026-{number:03d}-executed.pdf" for number in range(1, stays - 2)]
    )


def test_the_same_seed_gives_the_same_bytes(walks):
    compared = 0
    for path in walks[0].rglob("*.*"):
        if path.suffix in (".json", ".pdf") and not path.name.endswith("-executed.pdf"):
            assert path.read_bytes() == (walks[1] / path.relative_to(walks[0])).read_bytes(), path.name
            compared += 1
    assert compared >= 6


def test_the_same_seed_gives_the_same_sealed_agreements_but_for_the_certificate(walks):
    """Each walk makes a certificate of its own: its fingerprint stands on one page, its seal after the last."""
    import pikepdf

    def content(folder, name):
        with pikepdf.open(folder / "agreements" / name) as document:
            files = {key: part.get_file().read_bytes() for key, part in document.attachments.items()}
            return files, [page.Contents.read_bytes() for page in document.pages]

    sealed = sorted(path.name for path in (walks[0] / "agreements").glob("*-executed.pdf"))
    assert sealed
    for name in sealed:
        (files, pages), (other_files, other_pages) = (content(folder, name) for folder in walks)
        assert files == other_files
        assert len(pages) == len(other_pages)
        assert sum(page != other for page, other in zip(pages, other_pages, strict=True)) <= 1, name


def test_the_same_seed_gives_the_same_workbook(walks):
    from openpyxl import load_workbook

    def cells(folder):
        book = load_workbook(folder / "standings.xlsx")
        return {sheet.title: list(sheet.values) for sheet in book}

    assert cells(walks[0]) == cells(walks[1])


def test_standings_are_a_file_that_verify_and_rank_read(walks, capsys):
    file = walks[0] / "standings.json"
    results = json.loads(file.read_text())["results"]
    call_command("verify", str(file))
    told = capsys.readouterr().out
    for number, row in enumerate(results, 1):
        assert f"Round {number}: The same: hash {row['sha256']}, and the standings recomputed from the file." in told
    call_command("rank", str(file), "--json")
    reports = json.loads(capsys.readouterr().out)["reports"]
    assert [report["standings"] for report in reports] == [row["file"]["standings"] for row in results]
    assert [len(report["standings"]) for report in reports] == [14, 8]


def test_documents_open_with_poppler(walks, tools):
    pdfinfo, pdfdetach = (
        tools("pdfinfo", "apt-get install poppler-utils"),
        tools("pdfdetach", "apt-get install poppler-utils"),
    )
    executed = sorted((walks[0] / "agreements").glob("*-executed.pdf"))[0]
    said = subprocess.run([pdfinfo, str(executed)], capture_output=True, text=True, check=True).stdout
    facts = {line.split(":")[0]: line.split(":", 1)[1].strip() for line in said.splitlines() if ":" in line}
    assert facts["Tagged"] == "yes"
    assert facts["Title"] != ""
    inside = subprocess.run([pdfdetach, "-list", str(executed)], capture_output=True, text=True, check=True).stdout
    assert [line.split(": ")[1].strip() for line in inside.splitlines()[1:]] == [
        executed.name.replace("executed", "issued"), executed.name.replace("-executed.pdf", ".json"),
    ]  # fmt: skip
