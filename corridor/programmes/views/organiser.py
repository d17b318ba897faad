"""Pages of the organiser: a programme from its dates to its stays."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contest.models import Edition
from corridor.kinds.placement_rules import PLACEMENT_RULES
from corridor.models import Programme
from corridor.programmes.forms import ProgrammeForm
from corridor.programmes.kinds import kinds
from corridor.programmes.services import admit_laureates, create_programme, save_programme
from corridor.states import ApplicationState
from judging.models import Award
from network.gates import organisers_only
from network.requests import AuthedRequest
from toolkit.kinds import called
from toolkit.refusals_told import told_in


@organisers_only
def list_programmes(request: AuthedRequest) -> HttpResponse:
    programmes = Programme.objects.visible_to(request.user).with_counts()
    editions = Edition.objects.filter(is_archive=False, programmes__isnull=True)
    offered = [kind for kind in kinds().values() if not kind.needs_edition]
    return render(
        request,
        "corridor/programmes/programmes.html",
        {"programmes": programmes, "editions": editions, "kinds": offered},
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
        with told_in(form):
            if programme:
                saved = save_programme(by=request.user, programme=programme, **form.values())
            else:
                address = form.cleaned_data["slug"]
                asked = {"eligibility": known.get("eligibility", {})}
                saved = create_programme(by=request.user, slug=address, edition=edition, **asked, **form.values())
            messages.success(request, _("Saved."))
            return redirect("programme", pk=saved.pk)
    context = {"form": form, "programme": programme, "edition": edition or (programme and programme.edition)}
    return render(request, "corridor/programmes/programme_form.html", context)


@organisers_only
def show_programme(request: AuthedRequest, pk: int) -> HttpResponse:
    """Who may go, who has said where, the plans made, and who sent and hosted."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user).with_counts(), pk=pk)
    rule = PLACEMENT_RULES.get(programme.placement_rule)
    return render(
        request,
        "corridor/programmes/programme.html",
        {
            "programme": programme,
            "rule": called(PLACEMENT_RULES, programme.placement_rule),
            "uses_priority": rule is not None and rule.uses_priority,
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
