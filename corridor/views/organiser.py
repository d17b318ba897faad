"""Pages of the organiser: a programme from its dates to its stays."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contest.models import Edition
from corridor.domain.layout import Bar
from corridor.forms import NewIncubatorForm, ProgrammeForm
from corridor.models import Incubator, PlacementPlan, Programme, Stay
from corridor.services import (
    admit_laureates,
    apply_placements,
    create_programme,
    discard_plan,
    propose_placements,
    save_incubator,
    save_programme,
)
from corridor.states import CandidateState, PlanState
from corridor.views.plan_words import calendar_of, names_in, placed_rows, unplaced_rows
from judging.models import Award
from network.permissions import is_organiser
from network.services import invite
from network.states import Role
from toolkit.refusals import Refusal


def organisers_only(view):
    """Outside the secretariat these addresses do not exist."""

    @login_required
    def guarded(request, *args, **kwargs):
        if not is_organiser(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@organisers_only
def list_incubators(request):
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
def list_programmes(request):
    programmes = Programme.objects.visible_to(request.user).with_counts()
    editions = Edition.objects.filter(is_archive=False, programmes__isnull=True)
    return render(request, "corridor/programmes.html", {"programmes": programmes, "editions": editions})


@organisers_only
def edit_programme(request, slug=None, pk=None):
    edition = get_object_or_404(Edition, slug=slug) if slug else None
    programme = get_object_or_404(Programme.objects.select_related("edition"), pk=pk) if pk else None
    blank = Programme(time_zone=edition.time_zone, slug=f"{edition.slug}-corridor") if edition else None
    form = ProgrammeForm(request.POST or None, instance=programme or blank)
    if request.method == "POST" and form.is_valid():
        try:
            if programme:
                saved = save_programme(by=request.user, programme=programme, **form.values())
            else:
                address = form.cleaned_data["slug"]
                saved = create_programme(by=request.user, slug=address, edition=edition, **form.values())
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("programme", pk=saved.pk)
    context = {"form": form, "programme": programme, "edition": edition or programme.edition}
    return render(request, "corridor/programme_form.html", context)


@organisers_only
def show_programme(request, pk):
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
            "to_admit": Award.objects.filter(edition__programmes=programme, candidate__isnull=True).count(),
        },
    )


@organisers_only
@require_POST
def admit(request, pk):
    admitted = admit_laureates(by=request.user, programme=get_object_or_404(Programme, pk=pk))
    count = len(admitted)
    sentence = ngettext("%(count)s laureate is admitted.", "%(count)s laureates are admitted.", count)
    messages.success(request, sentence % {"count": count})
    return redirect("programme", pk=pk)


@organisers_only
@require_POST
def propose(request, pk):
    seed = request.POST.get("seed", "0")
    plan = propose_placements(
        by=request.user,
        programme=get_object_or_404(Programme, pk=pk),
        seed=int(seed) if seed.isdigit() else 0,
    )
    return redirect("plan", pk=plan.pk)


@organisers_only
def show_plan(request, pk):
    """The plan as a calendar and as a list, with reasons; the calendar also holds the stays agreed before."""
    plan = get_object_or_404(PlacementPlan.objects.visible_to(request.user).with_people(), pk=pk)
    context = {"plan": plan, "programme": plan.programme, "solving": plan.state == PlanState.SOLVING}
    if plan.file:
        answer = json.loads(plan.file)
        names = names_in(answer)
        placed = placed_rows(answer, names)
        context |= {
            "placed": placed,
            "unplaced": unplaced_rows(answer, names),
            "total": len(answer["placements"]) + len(answer["unplaced"]),
            "levels": [level for level in answer["levels"] if level["name"] != "lot" and level.get("steps", True)],
            "seed": answer["seed"],
            "calendar": _calendar(plan.programme, placed),
            "can_apply": plan.state == PlanState.PROPOSED,
        }
    return render(request, "corridor/plan.html", context)


def _calendar(programme: Programme, placed=()) -> dict:
    """All open incubators with the stays that hold desks, and what a plan adds."""
    bars: dict[int, list[Bar]] = {}
    for stay in Stay.objects.holding().with_parties():
        bars.setdefault(stay.incubator_id, []).append(Bar(stay.starts, stay.ends, {"stay": stay}))
    known = {(stay.thing["stay"].candidate_id) for row in bars.values() for stay in row}
    for row in placed:
        if int(row["candidate"]) not in known:
            bars.setdefault(row["incubator_id"], []).append(Bar(row["starts"], row["ends"], {"row": row}))
    incubators = list(Incubator.objects.filter(Q(is_open=True) | Q(pk__in=bars)).with_places())
    return calendar_of(programme, incubators, bars)


@organisers_only
@require_POST
def apply(request, pk):
    plan = get_object_or_404(PlacementPlan.objects.visible_to(request.user), pk=pk)
    stays = apply_placements(by=request.user, plan=plan)
    sentence = ngettext(
        "%(count)s stay is proposed to both sides.", "%(count)s stays are proposed to both sides.", len(stays)
    )
    messages.success(request, sentence % {"count": len(stays)})
    return redirect("stay_list", pk=plan.programme_id)


@organisers_only
@require_POST
def discard(request, pk):
    plan = discard_plan(by=request.user, plan=get_object_or_404(PlacementPlan, pk=pk))
    messages.success(request, _("The plan is put away."))
    return redirect("programme", pk=plan.programme_id)


@organisers_only
def show_calendar(request, pk):
    programme = get_object_or_404(Programme.objects.visible_to(request.user).with_counts(), pk=pk)
    context = {
        "programme": programme,
        "calendar": _calendar(programme),
        "waiting": programme.candidates.filter(state=CandidateState.WAITING).order_by("rank", "id"),
        "ledger": programme.stays.sent_and_hosted(),
    }
    return render(request, "corridor/calendar.html", context)


@organisers_only
def list_stays(request, pk):
    programme = get_object_or_404(Programme.objects.visible_to(request.user).select_related("edition"), pk=pk)
    rows = programme.stays.with_parties().order_by("starts", "candidate__rank", "id")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {"programme": programme, "page": page, "ledger": programme.stays.sent_and_hosted()}
    return render(request, "corridor/stays.html", context)
