"""The checklist of a stay and who travels: pages of the team, the host, the cities and the organisers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import formset_factory
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corridor.forms import ONE_DAY
from corridor.life.forms.life import TaskForm, TravellerForm
from corridor.life.reading.people import people_who_go
from corridor.life.services.checklists import save_item, settle_item
from corridor.life.services.travellers import TravellerDraft, save_travellers
from corridor.life.views.context import crumbs_of_stay, stay_of
from corridor.models import ChecklistItem, Stay
from corridor.permissions import can_arrange, is_team_of, require
from network.permissions import is_organiser
from network.requests import AuthedRequest
from toolkit.refusals import Refusal
from toolkit.refusals_told import told_in

ROWS_MORE = 2  # people who take turns need more rows than desks


@login_required
def edit_item(request: AuthedRequest, pk: int, item_pk: int | None = None) -> HttpResponse:
    """A line of the checklist: added, or worded and dated anew."""
    stay = stay_of(request, pk)
    require(can_arrange(request.user, stay), _("The host and the organisers arrange the checklist."))
    item = get_object_or_404(stay.checklist, pk=item_pk) if item_pk else None
    first = {"title": str(item.title), "owner": item.owner, "due": item.due} if item else {}
    form = TaskForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            save_item(by=request.user, stay=stay, item=item, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("stay", pk=pk)
    context = {"stay": stay, "form": form, "item": item, "trail": crumbs_of_stay(stay)}
    return render(request, "corridor/life/item.html", context)


@login_required
@require_POST
def settle(request: AuthedRequest, pk: int, item_pk: int) -> HttpResponse:
    """Ticks a line off, opens it again, or says that it is not needed."""
    stay = stay_of(request, pk)
    item = get_object_or_404(ChecklistItem.objects.visible_to(request.user), pk=item_pk, stay=stay)
    verb = request.POST.get("verb", "")
    if verb not in ("tick", "open", "drop"):
        raise Refusal(_("Choose what to do with this line."), code="checklist.verb", status=422)
    settle_item(by=request.user, item=item, verb=verb)
    messages.success(request, _("Saved."))
    return redirect("stay", pk=pk)


@login_required
def edit_people(request: AuthedRequest, pk: int) -> HttpResponse:
    """Who travels, all on one form."""
    stay = stay_of(request, pk)
    require(is_organiser(request.user) or is_team_of(request.user, stay.candidate), _("The guest says who travels."))
    first = _people_first(stay)
    People = formset_factory(TravellerForm, extra=max(1, stay.desks + ROWS_MORE - len(first)), max_num=60)
    forms = People(request.POST or None, initial=first, form_kwargs={"stay": stay}, prefix="people")
    problem = ""
    if request.method == "POST" and forms.is_valid():
        people = [TravellerDraft(**person) for form in forms if (person := form.person())]
        try:
            save_travellers(by=request.user, stay=stay, travellers=people)
        except Refusal as refusal:
            problem = str(refusal.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("stay", pk=pk)
    context = {"stay": stay, "forms": forms, "problem": problem, "trail": crumbs_of_stay(stay)}
    wrong = request.method == "POST"  # what was right has led away
    return render(request, "corridor/life/people.html", context, status=422 if wrong else 200)


def _people_first(stay: Stay) -> list[dict[str, Any]]:
    """Who is named; while nobody is, a row for each person whose nationalities were said with the wishes."""
    named = [
        {"name": row.name, "nationalities": row.nationalities, "starts": row.starts, "ends": row.ends - ONE_DAY}
        for row in stay.travellers.all()
    ]
    return named or [{"nationalities": codes} for codes in people_who_go(stay.candidate)]
