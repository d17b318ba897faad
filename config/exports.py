"""The organiser takes an edition's entries, marks and standings away: as a workbook, or a table at a time as CSV."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from contest.entries.exports import entries_sheet
from contest.entries.services.exports import note_export
from contest.models import Edition
from judging.models import Round
from judging.reads.taking_part import FROZEN
from judging.results.files.sheets import marks_sheet, standings_sheet
from judging.results.shown.editions import edition_file
from judging.results.views.standings import json_file
from network.models import User
from network.permissions import is_organiser
from network.requests import AuthedRequest
from toolkit import clock
from toolkit.canonical import canonical_bytes
from toolkit.csv_files import NAMES, PLAIN, csv, dialect_of_reader, usual_separator
from toolkit.protocols import NavLink
from toolkit.spreadsheets import Sheet, workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Table:
    """One table that can be taken away; `name` is its part of the address and of the file's name."""

    name: str
    title: str
    about: str
    sheet: Callable[[], Sheet]


def edition_navigation(user: User, edition: Edition) -> list[NavLink]:
    if not is_organiser(user):
        return []
    return [NavLink(_("Exports"), reverse("edition_exports", args=[edition.slug]), order=90)]


def _edition(user: User, slug: str) -> Edition:
    """An edition, for the organiser; for anybody else it is not there."""
    if not is_organiser(user):
        raise Http404
    return get_object_or_404(Edition, slug=slug)


def tables_of(edition: Edition, user: User) -> list[Table]:
    """The edition's entries; for each round that has begun its marks, and its standings once it is closed."""
    about = _("Every entry that was sent, with its state, place and answers. Drafts are their teams' own.")
    tables = [Table("entries", _("Entries"), about, lambda: entries_sheet(edition, user))]
    for round in (
        Round.objects.run_by(user).counted().filter(edition=edition, opened_at__isnull=False).order_by("order", "pk")
    ):
        tables.append(_marks(round))
        if round.state in FROZEN:
            tables.append(_standings(round))
    return tables


def _marks(round: Round) -> Table:
    title = _("Marks, %(round)s") % {"round": round.label}
    about = _(
        "A row for each scorecard; marks and comments of those that are submitted. Notes that jurors keep for "
        "themselves stay with them."
    )
    return Table(f"marks-{round.pk}", title, about, lambda: marks_sheet(round))


def _standings(round: Round) -> Table:
    title = _("Standings, %(round)s") % {"round": round.label}
    about = _("Rank, totals and who goes on, as frozen; each number also in its exact form.")
    return Table(f"standings-{round.pk}", title, about, lambda: standings_sheet(round))


@login_required
def show_exports(request: AuthedRequest, slug: str) -> HttpResponse:
    edition = _edition(request.user, slug)
    asked = request.GET.get("separator")
    context = {
        "edition": edition,
        "tables": tables_of(edition, request.user),
        "separators": NAMES,
        "separator": asked if asked in NAMES else usual_separator(),
    }
    return render(request, "public/exports.html", context)


@login_required
def download(request: AuthedRequest, slug: str, name: str, form: str) -> HttpResponse:
    """A file: one table by its name, or with the name `workbook` all of them as tabs (xlsx only), or with the
    name `results` every round's result as `manage.py rank` reads it (json only). What was taken is recorded.

    A CSV is plain (RFC 4180), or with ?separator= as the reader's spreadsheet expects it: see
    toolkit.csv_files.NAMES."""
    edition = _edition(request.user, slug)
    if (name, form) == ("results", "json"):
        note_export(by=request.user, edition=edition, name="results.json")
        return json_file(canonical_bytes(edition_file(edition)), f"{edition.slug}-results")
    tables = [table for table in tables_of(edition, request.user) if name in (table.name, "workbook")]
    if not tables or form not in ("xlsx", "csv") or (name == "workbook" and form == "csv"):
        raise Http404
    sheets = [table.sheet() for table in tables]
    separator = request.GET.get("separator")
    dialect = PLAIN if separator is None else dialect_of_reader(separator)
    content = csv(sheets[0], edition.zone, dialect) if form == "csv" else _workbook(edition, sheets)
    note_export(by=request.user, edition=edition, name=f"{name}.{form}")
    response = HttpResponse(content, content_type="text/csv; charset=utf-8" if form == "csv" else XLSX)
    response["Content-Disposition"] = f'attachment; filename="{edition.slug}-{name}.{form}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _workbook(edition: Edition, sheets: list[Sheet]) -> bytes:
    return workbook(sheets, title=str(edition.name), author="Passerelle", made_at=clock.now(), zone=edition.zone)
