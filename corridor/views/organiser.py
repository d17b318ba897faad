"""Pages of the organiser: a programme from its dates to its stays."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contest.models import Edition
from corridor.forms import NewIncubatorForm
from corridor.models import Incubator, Programme
from corridor.placement_forms import CalendarFilter
from corridor.programme_forms import ProgrammeForm
from corridor.programme_kinds import kinds
from corridor.services import (
    admit_laureates,
    create_programme,
    save_incubator,
    save_programme,
)
from corridor.states import ApplicationState, CandidateState
from corridor.views.organiser_only import organisers_only
from corridor.views.plans import stays_calendar
from judging.models import Award
from network.requests import AuthedRequest
from network.services import invite
from network.states import Role
from toolkit import clock
from toolkit.refusals import Refusal


@organisers_only
def list_incubators(request: AuthedRequest) -> HttpResponse:
    form = NewIncubatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organisation, email = form.cleaned_data["organisation"], form.cleaned_data["email"]
        incubator = save_incubator(by=request.user, incubator=None, organisation=organisation)
        if email:
            invite(by=request.user, email=email, role=Role.HOST, organisation=organisation, what=organisation.name)
        messages.success(request, _("The incubator is added."))
        return redirect("incubator", pk=incubator.pk)
    incubators = Incubator.objects.visible_to(request.user).with_places()
    return render(request, "corridor/incubators.html", {"incubators": incubators, "form": form})


@organisers_only
def list_programmes(request: AuthedRequest) -> HttpResponse:
    programmes = Programme.objects.visible_to(request.user).with_counts()
    editions = Edition.objects.filter(is_archive=False, programmes__isnull=True)
    offered = [kind for kind in kinds().values() if not kind.needs_edition]
    return render(
        request, "corridor/programmes.html", {"programmes": programmes, "editions": editions, "kinds": offered}
    )


@organisers_only
def edit_programme(request: AuthedRequest, slug: str | None = None, pk: int | None = None) -> HttpResponse:
    edition = get_object_or_404(Edition, slug=slug) if slug else None
    programme = get_object_or_404(Programme.objects.select_related("edition"), pk=pk) if pk else None
    kind = kinds().get("laureates" if edition else request.GET.get("kind", ""))
    known = dict(kind.fields) if kind else {}
    if edition:
        known |= {"time_zone": edition.time_zone, "slug": f"{edition.slug}-corridor"}
    form = ProgrammeForm(request.POST or None, instance=programme or Programme(**known))
    if request.method == "POST" and form.is_valid():
        try:
            if programme:
                saved = save_programme(by=request.user, programme=programme, **form.values())
            else:
                address = form.cleaned_data["slug"]
                asked = {"eligibility": known.get("eligibility", {})}
                saved = create_programme(by=request.user, slug=address, edition=edition, **asked, **form.values())
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("programme", pk=saved.pk)
    context = {"form": form, "programme": programme, "edition": edition or (programme and programme.edition)}
    return render(request, "corridor/programme_form.html", context)


@organisers_only
def show_programme(request: AuthedRequest, pk: int) -> HttpResponse:
    """Who may go, who has said where, the plans made, and who sent and hosted."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user).with_counts(), pk=pk)
    return render(
        request,
        "corridor/programme.html",
        {
            "programme": programme,
            "candidates": programme.candidates.with_wishes().order_by("rank", "id"),
            "plans": programme.plans.with_people().order_by("-id")[:10],
            "ledger": programme.stays.sent_and_hosted(),
            "waiting": programme.waiting_count,
            "to_admit_people": programme.applications.filter(state=ApplicationState.APPROVED).count(),
            "to_admit": Award.objects.filter(edition__programmes=programme, candidate__isnull=True).count(),
        },
    )


@organisers_only
@require_POST
def admit(request: AuthedRequest, pk: int) -> HttpResponse:
    admitted = admit_laureates(by=request.user, programme=get_object_or_404(Programme, pk=pk))
    count = len(admitted)
    sentence = ngettext("%(count)s laureate is admitted.", "%(count)s laureates are admitted.", count)
    messages.success(request, sentence % {"count": count})
    return redirect("programme", pk=pk)


@organisers_only
def show_calendar(request: AuthedRequest, pk: int) -> HttpResponse:
    """Stays per incubator over months, and how full each is; of one host city or in one state, if asked.

    At most twelve queries: in an edition, where somebody waits, and where papers of a proposed team may take time.
    """
    programme = get_object_or_404(Programme.objects.visible_to(request.user).with_counts(), pk=pk)
    chosen = {"city": request.GET.get("city", ""), "state": request.GET.get("state", "")}
    calendar = stays_calendar(programme, **chosen, use=True)
    waiting = programme.candidates.filter(state=CandidateState.WAITING)
    context = {
        "programme": programme,
        "form": CalendarFilter(initial=chosen, cities=calendar["cities"]),
        "calendar": calendar,
        "waiting": waiting.order_by("rank", "id") if programme.waiting_count else [],
        "ledger": calendar["ledger"],
        "movable": calendar["movable"],
        "today": clock.now().date(),
    }
    return render(request, "corridor/calendar.html", context)


@organisers_only
def list_stays(request: AuthedRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(request.user).select_related("edition"), pk=pk)
    rows = programme.stays.with_parties().order_by("starts", "candidate__rank", "id")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {"programme": programme, "page": page, "ledger": programme.stays.sent_and_hosted()}
    return render(request, "corridor/stays.html", context)
