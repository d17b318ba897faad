"""Pages of those who go and of those who take part in one stay: wishes, a stay, a city's stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corridor.applications.reading import last_start_of
from corridor.domain.calendar.spans import Span, add_months, free_steps
from corridor.domain.placement.answer import Why
from corridor.forms import LANGUAGES, ReasonForm, services_in_words
from corridor.kinds.placement_rules import PLACEMENT_RULES, told_before
from corridor.life.views.context import life_of, stay_of
from corridor.models import Agreement, Candidate, HostDocument, Incubator, Signature, Stay, StayFeed
from corridor.permissions import (
    can_read_wishes,
    can_save_wishes,
    can_withdraw,
    is_expected,
    is_host_of,
    is_team_of,
    require,
)
from corridor.placement.forms.wishes import WishesForm, moved
from corridor.placement.reading.lead_times import Papers, lead_time_rows, papers, papers_of
from corridor.placement.services.stays import Side, accept_stay, cancel_stay, decline_stay, withdraw_candidate
from corridor.placement.services.wishes import doubt_about_wishes, save_wishes, wishes_are_open
from corridor.placement.words.lead_times import cost_words
from corridor.placement.words.plans import better_words
from corridor.states import HOLDS_PLACES, STAY, AgreementState, CandidateState, StayState
from network.permissions import is_coordinator, is_organiser
from network.requests import AuthedRequest
from toolkit import clock
from toolkit.refusals import Refusal
from toolkit.refusals_told import told_in
from toolkit.states import can_move
from toolkit.typed_data import from_data

if TYPE_CHECKING:
    from network.models import User


@login_required
def edit_wishes(request: AuthedRequest, pk: int) -> HttpResponse:
    """Reading for the organiser and the city; changing for the team, until the date."""
    candidate = get_object_or_404(Candidate.objects.visible_to(request.user).with_wishes(), pk=pk)
    require(
        can_read_wishes(request.user, candidate),
        _("Wishes are read by the candidate, the home city and the organisers."),
    )
    incubators = _choices(candidate)
    ranks = {wish.incubator_id: wish.rank for wish in candidate.preferences.all()}

    def form_of(data: Mapping[str, Any] | None = None) -> WishesForm:
        begun = {"version": candidate.version}
        return WishesForm(data, instance=candidate, incubators=incubators, ranks=ranks, initial=begun)

    form = form_of()
    if request.method == "POST" and "move" in request.POST:
        names = list(form.incubators)
        form = form_of(moved(request.POST, request.POST["move"], names))
        messages.info(request, _("The order below is not saved yet."))
    elif request.method == "POST":
        form = form_of(request.POST)
        if form.is_valid() and (saved := _save(request, candidate, form)):
            messages.success(request, _("Your wishes are saved."))
            if doubt := doubt_about_wishes(saved):
                messages.warning(request, doubt)
            return redirect("candidate_wishes", pk=pk)
    changing = candidate.state == CandidateState.WAITING and can_save_wishes(request.user, candidate)
    agreement = _agreement_of(candidate)
    rule = PLACEMENT_RULES.get(candidate.programme.placement_rule)
    return render(
        request,
        "corridor/placement/wishes.html",
        {
            "candidate": Candidate.objects.with_wishes().get(pk=pk),  # the form has put what was typed into the other
            "form": form,
            "rule": told_before(candidate.programme.placement_rule, are_persons=candidate.user_id is not None),
            "wishes_follow": rule is not None and rule.wishes_follow,
            "by_organiser": is_organiser(request.user),
            "eligible_until": last_start_of(candidate),
            "rows": _rows(request.user, candidate, form),
            "reason_form": ReasonForm() if can_withdraw(request.user, candidate) else None,
            "agreement": agreement,
            "agreement_page": _way_out(request.user, agreement) if agreement else "",
            "is_open": changing and (wishes_are_open(candidate.programme) or is_organiser(request.user)),
        },
    )


def _agreement_of(candidate: Candidate) -> Agreement | None:
    """The agreement, signed or not, on the stay that the candidate holds:
    while there is one, nobody withdraws past it."""
    agreements = Agreement.objects.agreements().exclude(state=AgreementState.VOID)
    return agreements.filter(stay__in=candidate.stays.holding()).select_related("stay", "programme").first()


def _way_out(user: User, agreement: Agreement) -> str:
    """The page on which this reader ends the agreement, or sees where it stands; nothing for who may not open it."""
    if not Agreement.objects.visible_to(user).filter(pk=agreement.pk).exists():
        return ""
    ends_there = agreement.state == AgreementState.EXECUTED and agreement.stay.state == StayState.CONFIRMED
    return reverse("agreement_change" if ends_there else "agreement", args=[agreement.pk])


def _choices(candidate: Candidate) -> list[Incubator]:
    """The incubators that a candidate may wish: those that take part, outside its own city."""
    choices = Incubator.objects.filter(is_open=True).with_places()
    if not candidate.programme.home_city_allowed:
        choices = choices.exclude(organisation__city=candidate.home_city_id)
    return list(choices.order_by("organisation__name", "pk"))


def _save(request: AuthedRequest, candidate: Candidate, form: WishesForm) -> Candidate | None:
    names = ("version", "people", "earliest_start", "latest_start", "needs")
    values = {name: form.cleaned_data[name] for name in names if name in form.cleaned_data}
    values["nationalities"] = form.nationalities()
    values.setdefault("people", 1)
    with told_in(form):
        return save_wishes(by=request.user, candidate=candidate, incubators=form.wishes(), **values)
    return None


def _rows(user: User, candidate: Candidate, form: WishesForm) -> list[dict[str, Any]]:
    """An incubator a row, wished ones first and in order."""
    programme = candidate.programme
    documents: dict[int, list[HostDocument]] = {}
    for document in HostDocument.objects.visible_to(user).filter(incubator__in=form.incubators.values()):
        documents.setdefault(document.incubator_id, []).append(document)
    starts, ends = programme.first_start, add_months(programme.last_start, programme.months)
    table, today = lead_time_rows(), clock.now().date()
    first = max(starts, candidate.earliest_start or starts)
    rows = []
    for name, incubator in form.incubators.items():
        field = form[name]
        number = str(field.value() or "")
        country = incubator.city.country if incubator.city else ""
        found = papers(candidate.nationalities, country, first, today, table)
        rows.append(
            {
                "name": name,
                "incubator": incubator,
                "field": field,
                "papers": found,
                "who_waits": cost_words(found),
                "documents": documents.get(incubator.pk, []),
                "number": int(number) if number.isdigit() else None,
                "services": services_in_words(incubator.services),
                "languages": [LANGUAGES[code] for code in incubator.languages if code in LANGUAGES],
                "free": _free_periods(incubator, starts, ends),
            }
        )
    return sorted(rows, key=lambda row: (row["number"] is None, row["number"] or 0))


def _free_periods(incubator: Incubator, starts: date, ends: date) -> list[Span]:
    """The periods of the programme in which desks are free."""
    openings = [Span(row.starts, row.ends, row.desks) for row in incubator.openings.all()]
    held = [span for row in incubator.held_stays for span in row.spans]
    steps = free_steps(openings, held)
    periods = []
    for (day, free), (following, _next) in pairwise([*steps, (ends, 0)]):
        first, last = max(day, starts), min(following, ends)
        if free > 0 and first < last:
            periods.append(Span(first, last, free))
    return periods


@login_required
def show_stay(request: AuthedRequest, pk: int) -> HttpResponse:
    """Dates, parties, facts, answers, and what each reader may do now."""
    stay = stay_of(request, pk)
    return _render_stay(request, stay, ReasonForm())


def _to_sign(user: User, stay: Stay) -> Signature | None:
    """The signature on an agreement of this stay whose turn it is, and for which this reader is expected."""
    rows = Signature.objects.at_turn().of_party(user).filter(agreement__stay=stay)
    return next((row for row in rows.select_related("agreement").order_by("pk") if is_expected(user, row)), None)


def _better(stay: Stay) -> tuple[Why, ...]:
    """Why its better wishes were not given, as the plan said."""
    return from_data(tuple[Why, ...], stay.reason.get("better", []))


def _render_stay(request: AuthedRequest, stay: Stay, form: ReasonForm, status: int = 200) -> HttpResponse:
    user = request.user
    side = "host" if is_host_of(user, stay.incubator) else "team" if is_team_of(user, stay.candidate) else ""
    answered = {"host": stay.accepted_by_host_at, "team": stay.accepted_by_team_at, "": None}[side]
    life = life_of(user, stay)
    # Laureates are known to everybody; who else is hosted as a person is nobody's business but the organisers'.
    nameless = str(stay.programme.guest_many) if stay.candidate.user_id and not is_organiser(user) else ""
    found = _papers(stay) if stay.state in HOLDS_PLACES else None
    context = {
        "stay": stay,
        "form": form,
        "side": side,
        "can_accept": bool(side) and can_move(STAY, stay.state, "accept") and answered is None,
        "can_decline": bool(side) and can_move(STAY, stay.state, "decline"),
        "can_cancel": is_organiser(user) and can_move(STAY, stay.state, "cancel") and not life["is_agreed"],
        "holds": stay.state in HOLDS_PLACES,
        "trail": _trail(user, stay, side),
        "better": better_words(_better(stay), stay.candidate, nameless) if side == "team" or is_organiser(user) else [],
        "life": life,
        "papers": found,
        "who_waits": cost_words(found, life["people"]) if side == "team" or is_organiser(user) else "",
        "shows_wish": side == "team" or is_organiser(user),
        "can_move": is_organiser(user) and can_move(STAY, stay.state, "move"),
        "feed": _feed(stay) if side == "team" else None,
        "has_feed": side == "team",
        "to_sign": _to_sign(user, stay),
    }
    return render(request, "corridor/placement/stay.html", context, status=status)


def _papers(stay: Stay) -> Papers | None:
    return papers_of(stay, clock.now().date(), lead_time_rows())


def _feed(stay: Stay) -> str:
    """The secret address of the start-up's or the person's calendar, if it was made."""
    feed = StayFeed.objects.of_candidate(stay.candidate).first()
    return settings.SITE_URL + reverse("stay_feed", args=[feed.token]) if feed else ""


def _trail(user: User, stay: Stay, side: str) -> list[tuple[str, str]]:
    """The page from which each reader comes to a stay."""
    if side == "host":
        return [(stay.incubator.name, reverse("incubator", args=[stay.incubator_id]))]
    if side == "team":
        if stay.candidate.user_id:
            return [(_("My applications"), reverse("applications"))]
        return [(_("My entries"), reverse("entries"))]
    if is_organiser(user):
        return [
            (_("Corridor"), reverse("programme_list")),
            (_("Stays"), reverse("stay_list", args=[stay.programme_id])),
        ]
    return [(_("Stays"), reverse("city_stays"))]


def _side(request: AuthedRequest, stay: Stay) -> Side:
    return "host" if is_host_of(request.user, stay.incubator) else "team"


@login_required
@require_POST
def accept(request: AuthedRequest, pk: int) -> HttpResponse:
    stay = stay_of(request, pk)
    accept_stay(by=request.user, stay=stay, side=_side(request, stay))
    messages.success(request, _("You accepted the stay."))
    return redirect("stay", pk=pk)


@login_required
@require_POST
def decline(request: AuthedRequest, pk: int) -> HttpResponse:
    stay = stay_of(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _render_stay(request, stay, form, status=422)
    decline_stay(by=request.user, stay=stay, side=_side(request, stay), reason=form.cleaned_data["reason"])
    messages.success(request, _("You declined the stay. The desks are free again."))
    return redirect("stay", pk=pk)


@login_required
@require_POST
def cancel(request: AuthedRequest, pk: int) -> HttpResponse:
    stay = stay_of(request, pk)
    require(is_organiser(request.user), _("Only an organiser cancels a stay."))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _render_stay(request, stay, form, status=422)
    cancel_stay(by=request.user, stay=stay, reason=form.cleaned_data["reason"])
    messages.success(request, _("The stay is cancelled."))
    return redirect("stay", pk=pk)


@login_required
@require_POST
def withdraw(request: AuthedRequest, pk: int) -> HttpResponse:
    """The team no longer goes anywhere."""
    candidate = get_object_or_404(Candidate.objects.visible_to(request.user), pk=pk)
    require(can_withdraw(request.user, candidate), _("Only the candidate or an organiser withdraws."))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("Say why, in a sentence."), code="stay.reason", field="reason", status=422)
    withdraw_candidate(by=request.user, candidate=candidate, reason=form.cleaned_data["reason"])
    messages.success(request, _("Withdrawn. The desks are free again."))
    return redirect("candidate_wishes", pk=pk)


@login_required
def list_city_stays(request: AuthedRequest) -> HttpResponse:
    """Stays sent from, or hosted in, the coordinator's city."""
    if not (is_coordinator(request.user) or is_organiser(request.user)):
        raise Http404
    rows = Stay.objects.visible_to(request.user).with_parties().order_by("starts", "id")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "corridor/placement/city_stays.html", {"page": page})
