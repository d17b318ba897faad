"""What the home city and the organiser decide about applications, each with a name and a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from corridor.applications import notices
from corridor.applications.services.dossier import APPLICATIONS, refuse_ineligible
from corridor.models import Application, ApplicationRuling, Candidate, Programme
from corridor.permissions import is_coordinator_of_home, require
from corridor.states import (
    APPLICATION,
    CITY_RULINGS,
    ORGANISER_RULINGS,
    AdmissionOrder,
    ApplicationState,
    CandidateState,
    Ruling,
)
from network.models import User
from network.permissions import is_organiser
from network.services import record_event
from toolkit import clock
from toolkit.locks import locked
from toolkit.refusals import Refusal
from toolkit.states import move

if TYPE_CHECKING:
    from corridor.reads.programmes import CandidateQuerySet


@transaction.atomic
def rule_for_city(*, by: User, application: Application, ruling: Ruling, reason: str) -> ApplicationRuling:
    """The home city approves an application or does not, and says why.
    It may think again until the organiser has decided.

    The applicant is told, with the name and the reason; the organisers too when it is approved. Raises Refusal for any
    other ruling, for one's own application, and for approving who is not eligible.
    """
    application = APPLICATIONS.held(application)
    require(
        is_coordinator_of_home(by, application),
        _("Only the coordinator of the home city decides about this application."),
    )
    _refuse_own(by, application)
    if ruling not in CITY_RULINGS:
        raise Refusal(_("A city approves an application, or does not."), code="ruling.kind", field="ruling", status=422)
    if ruling == Ruling.APPROVE:
        refuse_ineligible(application)
    return _rule(by, application, ruling, _reason(reason))


@transaction.atomic
def rule_for_network(
    *, by: User, application: Application, ruling: Ruling, reason: str = "", rank: int | None = None
) -> ApplicationRuling:
    """The organiser admits who was approved, puts them on the waiting list, or does not admit them.

    Whoever is admitted becomes a candidate with `rank`: by the order that the call states (then neither rank nor reason
    is needed), or as given, with a reason. Two candidates never share a rank without a decision: a taken rank is
    refused.
    """
    require(is_organiser(by), _("Only an organiser admits people to a programme."))
    programme = locked(Programme.objects.filter(pk=application.programme_id)).get()  # ranks are given one at a time
    application = APPLICATIONS.held(application)
    _refuse_own(by, application)
    if ruling not in ORGANISER_RULINGS:
        raise Refusal(
            _("Admit the person, put them on the waiting list, or do not admit them."),
            code="ruling.kind",
            field="ruling",
            status=422,
        )
    if ruling != Ruling.ADMIT:
        return _rule(by, application, ruling, _reason(reason))
    refuse_ineligible(application)
    stated = rank_by_order(application)
    if rank is None and stated is None:
        sentence = _("Give a rank: this programme states no order, or two people are equal in it.")
        raise Refusal(sentence, code="ruling.rank", field="rank", status=422)
    if rank is None or rank == stated:
        with translation.override(application.user.language):  # kept for who applies, whoever decides
            rank, reason = stated or 1, reason.strip() or _("By the order that the programme states.")
    _refuse_taken(programme, rank)
    reason = _reason(reason)
    before, _after = move(application, "admit", APPLICATION)
    application.candidate = _admit(by, application, rank)
    return _keep(by, application, ruling, reason, before, rank)


def _refuse_own(by: User, application: Application) -> None:
    require(by.pk != application.user_id, _("Somebody else decides about your own application."))


def rank_by_order(application: Application) -> int | None:
    """The rank that the call's stated order gives; None when it states none, or when the order leaves a tie.

    By submission: one more than the number of applications of the programme that were approved, or admitted, and
    submitted before. Nobody else's decision moves it.
    """
    call = getattr(application.programme, "call", None)
    if call is None or call.order != AdmissionOrder.SUBMITTED or application.submitted_at is None:
        return None
    others = Application.objects.filter(
        programme=application.programme_id,
        state__in=[ApplicationState.APPROVED, ApplicationState.WAITING, ApplicationState.ADMITTED],
    ).exclude(pk=application.pk)
    if others.filter(submitted_at=application.submitted_at).exists():
        return None
    earlier = others.filter(submitted_at__lt=application.submitted_at)
    taken = set(_standing(application.programme).values_list("rank", flat=True))
    rank = earlier.count() + 1
    while rank in taken:
        rank += 1
    return rank


def _standing(programme: Programme) -> CandidateQuerySet:
    return programme.candidates.exclude(state=CandidateState.WITHDRAWN)


def _refuse_taken(programme: Programme, rank: int) -> None:
    if rank < 1:
        raise Refusal(_("Ranks are numbered from 1."), code="ruling.rank", field="rank", status=422)
    other = _standing(programme).filter(rank=rank).first()
    if other is not None:
        raise Refusal(
            _("%(name)s has rank %(rank)s already. Equal ranks need your decision: give another one, with the reason.")
            % {"name": other.name, "rank": rank},
            code="ruling.taken",
            field="rank",
        )


def _admit(by: User, application: Application, rank: int) -> Candidate:
    assert application.home_city is not None
    candidate = Candidate.objects.create(
        programme=application.programme,
        user=application.user,
        name=application.user.full_name,
        home_city=application.home_city,
        rank=rank,
        languages=application.languages,
        nationalities=[application.nationalities] if application.nationalities else [],
    )
    record_event(by=by, verb="admit", thing=candidate, after={"application": application.pk, "rank": rank})
    return candidate


def _rule(by: User, application: Application, ruling: Ruling, reason: str) -> ApplicationRuling:
    before, _after = move(application, str(ruling), APPLICATION)
    return _keep(by, application, ruling, reason, before)


def _keep(
    by: User, application: Application, ruling: Ruling, reason: str, before: str, rank: int | None = None
) -> ApplicationRuling:
    application.save()
    made = ApplicationRuling.objects.create(
        application=application, ruling=ruling, reason=reason, rank=rank, by=by, at=clock.now()
    )
    facts = {"state": application.state, "reason": reason, **({"rank": rank} if rank else {})}
    record_event(by=by, verb=str(ruling), thing=application, before={"state": before}, after=facts)
    notices.tell_ruling(application, made)
    return made


def _reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        sentence = _("Give a reason: it is shown to the person who applies.")
        raise Refusal(sentence, code="ruling.reason", field="reason", status=422)
    return reason[:500]
