"""The organiser's calendar and list of stays."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from corridor.models import Programme
from corridor.placement.forms.placement import CalendarFilter
from corridor.placement.views.plans import stays_calendar
from corridor.states import CandidateState
from network.gates import organisers_only
from network.requests import AuthedRequest
from toolkit import clock


@organisers_only
def show_calendar(request: AuthedRequest, pk: int) -> HttpResponse:
    """Stays per incubator over months, and how full each is; of one host city or in one state, if asked.

    At most twelve queries: in an edition, where somebody waits, and where papers of a proposed team may take time.
    """
    programme = get_object_or_404(Programme.objects.visible_to(request.user).with_counts(), pk=pk)
    city, state = request.GET.get("city", ""), request.GET.get("state", "")
    calendar = stays_calendar(programme, city=city, state=state, use=True)
    waiting = programme.candidates.filter(state=CandidateState.WAITING)
    context = {
        "programme": programme,
        "form": CalendarFilter(initial={"city": city, "state": state}, cities=calendar["cities"]),
        "calendar": calendar,
        "waiting": waiting.order_by("rank", "id") if programme.waiting_count else [],
        "ledger": calendar["ledger"],
        "movable": calendar["movable"],
        "today": clock.now().date(),
    }
    return render(request, "corridor/placement/calendar.html", context)


@organisers_only
def list_stays(request: AuthedRequest, pk: int) -> HttpResponse:
    programme = get_object_or_404(Programme.objects.visible_to(request.user).select_related("edition"), pk=pk)
    rows = programme.stays.with_parties().order_by("starts", "candidate__rank", "id")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {"programme": programme, "page": page, "ledger": programme.stays.sent_and_hosted()}
    return render(request, "corridor/placement/stays.html", context)
