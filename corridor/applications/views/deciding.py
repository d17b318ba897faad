"""Applications as those see them who decide: the home city, then the organiser; and what hosts may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from contest.dossier.views.deciding import forms_of, is_decided
from corridor.applications.forms.applying import EraseForm
from corridor.applications.forms.deciding import CityRulingForm, NetworkRulingForm
from corridor.applications.reading import check, facts_in_words
from corridor.applications.services.admissions import rank_by_order, rule_for_city, rule_for_network
from corridor.applications.services.personal_data import erase_application
from corridor.applications.words import history_of, spoken
from corridor.models import Application, Programme
from corridor.permissions import is_coordinator_of_home
from corridor.states import APPLICATION, Ruling
from network.gates import organisers_only
from network.permissions import city_ids_of, is_host, is_organiser
from network.requests import AuthedRequest
from toolkit.states import can_move

if TYPE_CHECKING:
    from network.models import User


@login_required
def list_of_city(request: AuthedRequest) -> HttpResponse:
    """Applications from the coordinator's city, those that wait for a decision first."""
    cities = city_ids_of(request.user)
    if not cities:
        raise Http404
    rows = Application.objects.sent().filter(home_city__in=cities).with_row().order_by("-submitted_at", "pk")
    waiting = rows.filter(state="submitted")
    page = Paginator(rows.exclude(state="submitted"), 50).get_page(request.GET.get("page"))
    return render(request, "corridor/applications/city.html", {"waiting": waiting, "page": page})


@organisers_only
def list_of_programme(request: AuthedRequest, pk: int) -> HttpResponse:
    """All applications of a programme: by state, then by submission."""
    programme = get_object_or_404(Programme.objects.select_related("edition", "call"), pk=pk)
    rows = programme.applications.sent().with_row().order_by("submitted_at", "pk")
    context = {
        "programme": programme,
        "call": getattr(programme, "call", None),
        "to_decide": rows.filter(state__in=["approved", "waiting"]),
        "page": Paginator(rows.exclude(state__in=["approved", "waiting"]), 50).get_page(request.GET.get("page")),
    }
    return render(request, "corridor/applications/programme.html", context)


@login_required
def show_to_city(request: AuthedRequest, pk: int) -> HttpResponse:
    """One application: what is said, the check, and the city's decision."""
    application = get_object_or_404(
        Application.objects.sent().filter(home_city__in=city_ids_of(request.user)).with_all(), pk=pk
    )
    return _show(request, application, reverse("city_application", args=[pk]), "city")


@organisers_only
def show_to_organiser(request: AuthedRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(Application.objects.sent().with_all(), pk=pk)
    return _show(request, application, reverse("organise_application", args=[pk]), "organise")


def _show(request: AuthedRequest, application: Application, address: str, audience: str) -> HttpResponse:
    forms = _forms_of(request, application, audience)
    if is_decided(request, application, forms, _ACTS):
        return redirect(address)
    return render(request, "corridor/applications/decide.html", _context(application, forms, address, audience))


def _forms_of(request: AuthedRequest, application: Application, audience: str) -> dict[str, Form]:
    """The acts that this reader may try on the application as it is, each with its form."""
    user, state = request.user, application.state
    offered: dict[str, tuple[type[Form], dict[str, Any]]] = {}
    may_rule = not application.erased_at and application.user_id != user.pk
    open_to_city = can_move(APPLICATION, state, "approve") or can_move(APPLICATION, state, "refuse")
    if may_rule and open_to_city and audience == "city" and is_coordinator_of_home(user, application):
        offered["city"] = (CityRulingForm, {})
    if may_rule and audience == "organise" and can_move(APPLICATION, state, "admit"):
        offered["network"] = (NetworkRulingForm, {"initial": {"rank": rank_by_order(application)}})
    if audience == "organise" and is_organiser(user) and not application.erased_at:
        offered["erase"] = (EraseForm, {"initial": {"reason": ""}})
    return forms_of(request, offered)


def _rule_for_city(user: User, application: Application, values: dict[str, Any]) -> str:
    made = rule_for_city(by=user, application=application, ruling=Ruling(values["ruling"]), reason=values["reason"])
    if made.ruling == Ruling.APPROVE:
        return _("Approved. The person and the organiser are told.")
    return _("Not approved. The person is told, with your reason.")


def _rule_for_network(user: User, application: Application, values: dict[str, Any]) -> str:
    made = rule_for_network(
        by=user,
        application=application,
        ruling=Ruling(values["ruling"]),
        reason=values["reason"],
        rank=values["rank"],
    )
    if made.ruling == Ruling.ADMIT:
        return _("Admitted with rank %(rank)s. The person is asked for wishes.") % {"rank": made.rank}
    return _("Saved. The person is told, with your reason.")


def _erase(user: User, application: Application, values: dict[str, Any]) -> str:
    erase_application(by=user, application=application, reason=values["reason"])
    return _("The personal data are erased.")


_ACTS = {"city": _rule_for_city, "network": _rule_for_network, "erase": _erase}


def _context(application: Application, forms: dict[str, Form], address: str, audience: str) -> dict[str, Any]:
    return {
        "application": application,
        "programme": application.programme,
        "forms": forms,
        "address": address,
        "audience": audience,
        "facts": [] if application.erased_at else facts_in_words(check(application)),
        "history": history_of(application),
        "shows_private": True,
        **spoken(application),
    }


@login_required
def show_to_host(request: AuthedRequest, pk: int) -> HttpResponse:
    """What the incubators that somebody wishes may read: motivation, studies, answers, and papers meant for them."""
    if not is_host(request.user):
        raise Http404
    application = get_object_or_404(Application.objects.shown_to_hosts(request.user).with_all(), candidate=pk)
    papers = [paper for paper in application.documents.all() if paper.asked.for_hosts]
    context = {
        "application": application,
        "programme": application.programme,
        "papers": papers,
        "shows_private": False,
        **spoken(application),
    }
    return render(request, "corridor/applications/for_host.html", context)
