"""Calendars that programs read by a secret address: of an incubator's stays, of a start-up's."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from corridor.calendars import calendar_of_stays
from corridor.models import Candidate, Stay, StayFeed
from corridor.services import renew_stay_feed
from corridor.views.answers import editable
from toolkit import clock

ICS = "text/calendar; charset=utf-8"


@require_GET
def read_stays(request, token):
    """What a calendar program reads, without a log-in. In English: the reader is a program."""
    feed = get_object_or_404(StayFeed.objects.select_related("incubator__organisation", "organisation"), token=token)
    stays = Stay.objects.with_parties().order_by("starts", "pk")
    stays = (
        stays.filter(incubator=feed.incubator_id)
        if feed.incubator_id
        else stays.filter(candidate__organisation=feed.organisation_id)
    )
    with translation.override("en"):
        response = HttpResponse(calendar_of_stays(str(feed), stays, clock.now()), content_type=ICS)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@login_required
@require_POST
def renew_of_incubator(request, pk):
    renew_stay_feed(by=request.user, incubator=editable(request, pk))
    messages.success(request, _("Here is your new address. The one before leads nowhere now."))
    return redirect("incubator", pk=pk)


@login_required
@require_POST
def renew_of_team(request, pk):
    """From the page of a stay."""
    stay = get_object_or_404(Stay.objects.visible_to(request.user).select_related("candidate"), pk=pk)
    candidate: Candidate = stay.candidate
    renew_stay_feed(by=request.user, candidate=candidate)
    messages.success(request, _("Here is your new address. The one before leads nowhere now."))
    return redirect("stay", pk=pk)
