"""Agreements: drafted (frozen and numbered), signed in order on the document that was issued, or made void."""

import zoneinfo
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corridor import notifications
from corridor.documents import blanks, freeze, missing_in
from corridor.models import Agreement, Programme, Signature, Stay
from corridor.parties import parties_of, signing_order
from corridor.services.rendering import render_agreement
from corridor.states import AGREEMENT, AgreementState, Party, StayState
from network.models import User
from network.permissions import is_organiser
from network.services import record_event
from toolkit import clock
from toolkit.canonical import digest
from toolkit.codes import new_code
from toolkit.locks import locked
from toolkit.refusals import Forbidden, Refusal
from toolkit.states import move

CODE_LENGTH = 12  # 28 letters and figures each: not to be guessed, and still typed from paper

# What a person calls each blank, and where it is filled: on the incubator's page, or in the drafting form.
BLANKS = {
    "host_address": gettext_lazy("the incubator's address (page of the incubator)"),
    "host_signatory": gettext_lazy("who signs for the incubator (page of the incubator)"),
    "host_capacity": gettext_lazy("in which capacity the incubator's signatory signs (page of the incubator)"),
    "host_authority": gettext_lazy("by virtue of what the incubator's signatory signs (page of the incubator)"),
    "services": gettext_lazy("the incubator's services (page of the incubator)"),
    "host_account": gettext_lazy("a person of the incubator with an account"),
    "startup_address": gettext_lazy("the start-up's address"),
    "startup_signatory": gettext_lazy("who signs for the start-up, with a full name in the account"),
    "startup_capacity": gettext_lazy("in which capacity the start-up's signatory signs"),
    "startup_authority": gettext_lazy("by virtue of what the start-up's signatory signs"),
    "startup_account": gettext_lazy("a founder with an account"),
    "city_address": gettext_lazy("the home city's address"),
    "city_signatory": gettext_lazy("who signs for the home city, with a full name in the account"),
    "city_capacity": gettext_lazy("in which capacity the home city's signatory signs"),
    "city_authority": gettext_lazy("by virtue of what the home city's signatory signs"),
    "city_account": gettext_lazy("a coordinator of the home city with an account"),
    "mentor_hours": gettext_lazy("the mentor's hours a month"),
    "fee": gettext_lazy("the price of the place and the services"),
    "immigration": gettext_lazy("who applies for visas and permits"),
    "law": gettext_lazy("the law that governs the agreement"),
    "court": gettext_lazy("the court that decides"),
    "prevailing_language": gettext_lazy("the language that prevails"),
}


class MissingBlanks(Refusal):
    """An agreement can't be drafted: `missing` holds the codes of what it lacks (keys of BLANKS)."""

    def __init__(self, missing: list[str]):
        names = [str(BLANKS[code]) for code in missing]
        super().__init__(
            _("The agreement can't be drafted yet. It lacks: %(blanks)s.") % {"blanks": "; ".join(names)},
            code="agreement.blanks",
            status=422,
        )
        self.missing = missing
        self.names = names


@transaction.atomic
def draft_agreement(*, by: User, stay: Stay, language: str, terms: Mapping[str, Any] | None = None) -> Agreement:
    """Freezes an agreement on an accepted stay, takes its number, and leaves its PDF to be rendered.

    `terms` holds what the organiser decides; corridor.documents.suggest_terms gives its keys and what is known. Raises
    MissingBlanks with the list of what is missing; Refusal for a stay that is not accepted or has an agreement in force.
    """
    order = _check_draft(by, (terms or {}).get("signing_order"))
    programme = locked(Programme.objects.filter(pk=stay.programme_id)).get()  # numbers are taken one at a time
    stay = locked(Stay.objects.with_parties().filter(pk=stay.pk)).get()
    _check_stay(stay)
    given = {key: value for key, value in (terms or {}).items() if value is not None}
    parties = parties_of(stay, given)
    values = blanks(stay=stay, language=language, given=given)
    missing = missing_in(values, parties)
    if missing:
        raise MissingBlanks(missing)
    now = clock.now()
    year, number = _next_number(programme, now)
    agreement = Agreement(
        stay=stay,
        programme=programme,
        year=year,
        number=number,
        language=language,
        code=new_code(CODE_LENGTH),
        drafted_by=by,
        drafted_at=now,
    )
    agreement.frozen = freeze(
        stay=stay,
        language=language,
        values=values,
        parties=parties,
        reference=agreement.reference,
        code=agreement.code,
        drafted_at=now,
        order=order,
    )
    agreement.frozen_sha256 = digest(agreement.frozen)
    agreement.save()
    for place, party in enumerate(order, start=1):
        Signature.objects.create(
            agreement=agreement, party=party, order=place, organisation=parties.organisations[party]
        )
    record_event(
        by=by,
        verb="draft",
        thing=agreement,
        after={"state": agreement.state, "reference": agreement.reference, "frozen_sha256": agreement.frozen_sha256},
    )
    transaction.on_commit(lambda: render_agreement.enqueue(agreement.pk))
    return agreement


def _check_draft(by: User, asked: str | None) -> tuple[Party, ...]:
    """The order in which the parties sign. Raises Forbidden or Refusal when nothing can be drafted so."""
    if not is_organiser(by):
        raise Forbidden(_("Only the organiser drafts agreements."))
    order = signing_order(asked)
    if order is None:
        raise Refusal(
            _("Name each party once, in the order in which they sign."),
            code="agreement.order",
            field="signing_order",
            status=422,
        )
    return order


def _next_number(programme: Programme, now: datetime) -> tuple[int, int]:
    """(year in the programme's zone, number after the last one taken). Ask under the programme's lock."""
    year = now.astimezone(zoneinfo.ZoneInfo(programme.time_zone)).year
    taken = Agreement.objects.filter(programme=programme, year=year).aggregate(last=Max("number"))["last"] or 0
    return year, taken + 1


def _check_stay(stay: Stay) -> None:
    if Agreement.objects.filter(stay=stay).exclude(state=AgreementState.VOID).exists():
        raise Refusal(_("This stay has an agreement already."), code="agreement.exists")
    if stay.state != StayState.ACCEPTED:
        raise Refusal(
            _("An agreement is drafted once the incubator and the start-up have both accepted the stay."),
            code="agreement.stay",
        )


@transaction.atomic
def void_agreement(*, by: User, agreement: Agreement, reason: str) -> Agreement:
    """Takes an agreement back before all have signed. Its number stays taken; another one can be drafted."""
    if not is_organiser(by):
        raise Forbidden(_("Only the organiser can make an agreement void."))
    reason = reason.strip()
    if not reason:
        raise Refusal(_("Say why: the parties read it."), code="agreement.reason", field="reason", status=422)
    agreement = locked(Agreement.objects.filter(pk=agreement.pk)).get()
    was_issued = agreement.state == AgreementState.ISSUED
    before, after = move(agreement, "void", AGREEMENT)
    agreement.void_reason, agreement.leased_until = reason[:500], None
    agreement.save()
    record_event(
        by=by, verb="void", thing=agreement, before={"state": before}, after={"state": after, "reason": reason[:500]}
    )
    if was_issued:
        notifications.tell_void(agreement)
    return agreement


@transaction.atomic
def prepare_again(*, by: User, agreement: Agreement) -> Agreement:
    """After repeated failures a person has the document prepared once more."""
    if not is_organiser(by):
        raise Forbidden(_("Only the organiser can do this."))
    agreement = locked(Agreement.objects.filter(pk=agreement.pk)).get()
    if not agreement.has_failed:
        raise Refusal(_("No document of this agreement has failed."), code="agreement.not_failed")
    agreement.attempts, agreement.leased_until, agreement.failure = 0, None, ""
    agreement.save()
    record_event(by=by, verb="prepare_again", thing=agreement)
    transaction.on_commit(lambda: render_agreement.enqueue(agreement.pk))
    return agreement
