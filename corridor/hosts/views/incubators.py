"""Pages of a host: what the incubator says, its places, its stays."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from corridor.domain.calendar.spans import Span, add_months, desks_by_month, months_of
from corridor.forms import LANGUAGES, SECTORS, services_in_words
from corridor.hosts.forms import IncubatorForm
from corridor.hosts.services.incubators import save_incubator
from corridor.models import Incubator, Stay, StayFeed
from corridor.permissions import can_edit_incubator, is_host_of
from corridor.placement.services.host_answers import wishing
from corridor.placement.views.frame import editable
from corridor.placement.words.plans import crumbs_of_incubator
from network.requests import AuthedRequest
from toolkit import clock
from toolkit.refusals_told import told_in

MONTHS_SHOWN = 12


@login_required
def list_own(request: AuthedRequest) -> HttpResponse:
    """A host with one incubator goes straight to it."""
    own = list(Incubator.objects.of_host(request.user).with_places())
    if len(own) == 1:
        return redirect("incubator", pk=own[0].pk)
    return render(request, "corridor/hosts/incubators.html", {"incubators": own, "own": True})


@login_required
def show_incubator(request: AuthedRequest, pk: int) -> HttpResponse:
    incubator = get_object_or_404(Incubator.objects.visible_to(request.user).with_places(), pk=pk)
    stays = Stay.objects.visible_to(request.user).filter(incubator=incubator).with_parties().order_by("starts", "id")
    first = clock.now().date().replace(day=1)
    months = months_of(first, add_months(first, MONTHS_SHOWN))
    openings = [Span(row.starts, row.ends, row.desks) for row in incubator.openings.all()]
    can_edit = can_edit_incubator(request.user, incubator)
    feed = StayFeed.objects.filter(incubator=incubator).first() if can_edit else None
    held = [span for row in incubator.held_stays for span in row.spans]
    return render(
        request,
        "corridor/hosts/incubator.html",
        {
            "incubator": incubator,
            "services": services_in_words(incubator.services),
            "spoken": [LANGUAGES[code] for code in incubator.languages if code in LANGUAGES],
            "stays": stays,
            "months": desks_by_month(openings, held, months),
            "sectors": [SECTORS[code] for code in incubator.sectors if code in SECTORS],
            "can_edit": can_edit,
            "documents": incubator.documents.visible_to(request.user),
            "wishing": wishing(incubator).count() if can_edit else 0,
            "answered": incubator.answers.filter(candidate__in=wishing(incubator)).count() if can_edit else 0,
            "feed": settings.SITE_URL + reverse("stay_feed", args=[feed.token]) if feed else "",
            "is_host": is_host_of(request.user, incubator),
            "trail": crumbs_of_incubator(request.user),
        },
    )


@login_required
def edit_incubator(request: AuthedRequest, pk: int) -> HttpResponse:
    incubator = editable(request, pk)
    form = IncubatorForm(request.POST or None, instance=incubator)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            save_incubator(by=request.user, incubator=incubator, **form.values())
            messages.success(request, _("Saved."))
            return redirect("incubator", pk=pk)
    return render(request, "corridor/hosts/incubator_form.html", {"form": form, "incubator": incubator})
