"""Figures of the stays: for a host, for a city, for a programme; on a page and as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from corridor.life.figures import figures_of, sheets_of, with_reports
from corridor.models import Incubator, Programme, Stay
from corridor.permissions import can_edit_incubator, require
from network.gates import organisers_only
from network.permissions import is_coordinator, is_organiser
from network.requests import AuthedRequest
from toolkit import clock
from toolkit.spreadsheets import workbook

if TYPE_CHECKING:
    from corridor.reads.stays import StayQuerySet


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def show_of_incubator(request: AuthedRequest, pk: int, form: str = "page") -> HttpResponse:
    """A host's: the stays in its own house."""
    incubator = get_object_or_404(
        Incubator.objects.visible_to(request.user).select_related("organisation__city"), pk=pk
    )
    require(can_edit_incubator(request.user, incubator), _("Only the incubator’s own people see its figures here."))
    trail = [(incubator.name, reverse("incubator", args=[pk]))]
    file = reverse("incubator_figures_file", args=[pk])
    return _show(request, Stay.objects.filter(incubator=incubator), incubator.name, trail, file, form)


@login_required
def show_of_city(request: AuthedRequest, form: str = "page") -> HttpResponse:
    """A coordinator's: the stays that their cities send or host; an organiser's: those of the whole network."""
    user = request.user
    if not (is_coordinator(user) or is_organiser(user)):
        raise Http404
    name = _("The whole network") if is_organiser(user) else _("Your city")
    trail = [(_("Stays"), reverse("city_stays"))]
    return _show(request, Stay.objects.visible_to(user), name, trail, reverse("city_figures_file"), form)


@organisers_only
def show_of_programme(request: AuthedRequest, pk: int, form: str = "page") -> HttpResponse:
    """The network's: the stays of one programme."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), pk=pk)
    trail = [(_("Corridor"), reverse("programme_list")), (str(programme), reverse("programme", args=[pk]))]
    file = reverse("programme_figures_file", args=[pk])
    return _show(request, Stay.objects.filter(programme=programme), str(programme), trail, file, form)


def _show(
    request: AuthedRequest, stays: StayQuerySet, name: str, trail: list[tuple[str, str]], file: str, form: str
) -> HttpResponse:
    stays = with_reports(stays)
    title = _("Figures of the stays: %(name)s") % {"name": name}
    if form == "page":
        context = {"figures": figures_of(stays), "title": title, "trail": trail, "file": file}
        return render(request, "corridor/life/figures.html", context)
    content = workbook(
        sheets_of(stays),
        title=title,
        author="Passerelle",
        made_at=clock.now(),
        zone=timezone.get_current_timezone(),
    )
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{slugify(name) or "stays"}-figures.xlsx"'
    return answer
