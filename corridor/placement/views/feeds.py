"""Calendars that programs read by a secret address: of an incubator's stays, of a start-up's, of a person's."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from corridor.models import Candidate, Stay, StayFeed
from corridor.placement.calendars import calendar_of_stays
from corridor.placement.services.exchange import renew_stay_feed
from corridor.placement.views.frame import editable
from network.requests import AuthedRequest, PageRequest
from toolkit import clock

ICS = "text/calendar; charset=utf-8"


@require_GET
def read_stays(request: PageRequest, token: str) -> HttpResponse:
    """What a calendar program reads, without a log-in. In English: the reader is a program."""
    feeds = StayFeed.objects.select_related("incubator__organisation", "organisation", "user")
    feed = get_object_or_404(feeds, token=token)
    stays = Stay.objects.of_feed(feed).with_parties().order_by("starts", "pk")
    with translation.override("en"):
        response = HttpResponse(calendar_of_stays(str(feed), stays, clock.now()), content_type=ICS)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@login_required
@require_POST
def renew_of_incubator(request: AuthedRequest, pk: int) -> HttpResponse:
    renew_stay_feed(by=request.user, incubator=editable(request, pk))
    messages.success(request, _("Here is your new address. The one before leads nowhere now."))
    return redirect("incubator", pk=pk)


@login_required
@require_POST
def renew_of_team(request: AuthedRequest, pk: int) -> HttpResponse:
    """Of the start-up or the person that goes; from the page of a stay."""
    stay = get_object_or_404(Stay.objects.visible_to(request.user).select_related("candidate"), pk=pk)
    candidate: Candidate = stay.candidate
    renew_stay_feed(by=request.user, candidate=candidate)
    messages.success(request, _("Here is your new address. The one before leads nowhere now."))
    return redirect("stay", pk=pk)
