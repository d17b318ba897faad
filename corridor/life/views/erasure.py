"""What a stay holds about people: read, taken away and erased by an organiser."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from corridor.domain.calendar.spans import add_months
from corridor.forms import ReasonForm
from corridor.life.personal_data import KEPT, held_by
from corridor.life.reading.stays import phase_of, standard
from corridor.life.services.erasure import erase_stay
from corridor.life.views.context import crumbs_of_stay, stay_of
from corridor.permissions import require
from corridor.states import HOLDS_PLACES
from network.permissions import is_organiser
from network.requests import AuthedRequest
from toolkit.refusals import Refusal
from toolkit.refusals_told import show_refusal


@login_required
def show_personal_data(request: AuthedRequest, pk: int, form: str = "page") -> HttpResponse:
    """How much of what is held, what stays and why, and the way to erase the rest; or all of it as a file."""
    stay = stay_of(request, pk)
    require(is_organiser(request.user), _("Only an organiser erases personal data."))
    held = held_by(stay)
    if form == "json":
        answer = JsonResponse({"stay": str(stay), **held}, json_dumps_params={"ensure_ascii": False, "indent": 2})
        answer["Content-Disposition"] = f'attachment; filename="stay-{stay.pk}-personal-data.json"'
        return answer
    reason, status = ReasonForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if reason.is_valid():
            try:
                erase_stay(by=request.user, stay=stay, reason=reason.cleaned_data["reason"])
            except Refusal as refusal:
                show_refusal(reason, refusal)
                status = refusal.status
            else:
                messages.success(request, _("Erased."))
                return redirect("stay_personal_data", pk=pk)
    names = {
        "travellers": _("Names of who travels"),
        "answers": _("Answers in words, in reports"),
        "letters": _("Messages"),
        "mentor_hours": _("Mentors’ names"),
        "incidents": _("Incidents"),
        "nationalities": _("Nationalities of those who travel"),
        "applications": _("Applications"),
        "requests": _("Requests to change the agreement"),
    }
    context = {
        "stay": stay,
        "form": reason,
        "held": [(names[kind], len(rows)) for kind, rows in held.items()],
        "any": any(held.values()),
        "is_over": stay.state not in HOLDS_PLACES or phase_of(stay) == "completed",
        "until": add_months(stay.ends, standard()["retention"]["months"]),
        "kept": KEPT,
        "erasures": stay.erasures.select_related("by"),
        "trail": crumbs_of_stay(stay),
    }
    return render(request, "corridor/life/personal_data.html", context, status=status)
