"""The end of an entry's road: a place, and the months abroad."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.models import Agreement, Candidate
from corridor.states import HOLDS_PLACES, AgreementState, CandidateState, StayState
from judging.models import Award
from judging.road_overview import may_be_awarded
from toolkit import clock
from toolkit.dates import date_format
from toolkit.protocols import RoadStep

if TYPE_CHECKING:
    from contest.models import Entry


PLACE, ABROAD = 200, 210  # after the rounds and the awards


def road(entry: Entry) -> list[RoadStep]:
    """The last two steps of an entry's road: a place, and the months abroad.
    Who can't win any more doesn't come there."""
    candidate = (
        Candidate.objects.filter(award__entry=entry).select_related("programme").prefetch_related("stays").first()
    )
    months = candidate.programme.months if candidate else 6
    counted = ngettext("%(months)s month abroad", "%(months)s months abroad", months)
    abroad = _("Six months abroad") if months == 6 else counted % {"months": months}
    if candidate is None:
        awarded = Award.objects.filter(entry=entry, edition__results_published_at__isnull=False).exists()
        state = "ahead" if awarded or may_be_awarded(entry) else "missed"
        return [RoadStep(_("A place abroad"), state, PLACE), RoadStep(abroad, state, ABROAD)]
    stay = next((stay for stay in candidate.stays.all() if stay.state in HOLDS_PLACES), None)
    if candidate.state == CandidateState.WITHDRAWN:
        return [RoadStep(_("A place abroad"), "missed", PLACE), RoadStep(abroad, "missed", ABROAD)]
    if stay is None:
        detail = _("Wishes given") if candidate.wishes_at else _("Wishes to give")
        link = {"url": reverse("candidate_wishes", args=[candidate.pk]), "action": _("See your wishes")}
        label = _("A place abroad is looked for")
        return [RoadStep(label, "now", PLACE, detail, **link), RoadStep(abroad, "ahead", ABROAD)]
    link = {"url": reverse("stay", args=[stay.pk]), "action": _("See your stay")}
    if stay.state == StayState.PROPOSED:
        detail = _("To be accepted")
        label = _("A place abroad is offered")
        return [RoadStep(label, "now", PLACE, detail, **link), RoadStep(abroad, "ahead", ABROAD)]
    if stay.state == StayState.ACCEPTED:
        to_sign = Agreement.objects.filter(stay=stay, state=AgreementState.ISSUED).exists()
        detail = _("Agreement to sign") if to_sign else _("The agreement is drafted")
        label = _("A place abroad is accepted")
        return [RoadStep(label, "now", PLACE, detail, **link), RoadStep(abroad, "ahead", ABROAD)]
    today = clock.now().date()
    if today < stay.starts:
        detail = _("from %(day)s") % {"day": date_format(stay.starts)}
        return [RoadStep(_("A place abroad is signed"), "done", PLACE), RoadStep(abroad, "now", ABROAD, detail, **link)]
    label, state = (_("Back home"), "done") if today >= stay.ends else (_("You are abroad"), "now")
    return [RoadStep(_("A place abroad is signed"), "done", PLACE), RoadStep(label, state, ABROAD, **link)]
