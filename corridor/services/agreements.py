"""Agreements: drafted (frozen and numbered), signed in order on the document that was issued, or made void."""

import unicodedata
import zoneinfo
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corridor import notifications
from corridor.documents import blanks, freeze, missing_in, parties_of, party_in, term_languages
from corridor.models import Agreement, Programme, Signature, Stay
from corridor.permissions import can_sign_for
from corridor.services.rendering import render_agreement
from corridor.states import AGREEMENT, SIGNING_ROLES, AgreementState, Party, StayState
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
    if not is_organiser(by):
        raise Forbidden(_("Only the organiser drafts agreements."))
    if language not in term_languages():
        raise Refusal(
            _("Our agreement does not exist in this language."), code="agreement.language", field="language", status=422
        )
    programme = locked(Programme.objects.filter(pk=stay.programme_id)).get()  # numbers are taken one at a time
    stay = locked(Stay.objects.with_parties().filter(pk=stay.pk)).get()
    _check_stay(stay)
    given = {key: value for key, value in (terms or {}).items() if value is not None}
    parties = parties_of(stay, given.get("city_signer"))
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
    )
    agreement.frozen_sha256 = digest(agreement.frozen)
    agreement.save()
    for order, party in enumerate(SIGNING_ROLES, start=1):
        Signature.objects.create(
            agreement=agreement, party=party, order=order, organisation=parties.organisations[party]
        )
    record_event(
        by=by,
        verb="draft",
        thing=agreement,
        after={"state": agreement.state, "reference": agreement.reference, "frozen_sha256": agreement.frozen_sha256},
    )
    transaction.on_commit(lambda: render_agreement.enqueue(agreement.pk))
    return agreement


def _next_number(programme: Programme, now: datetime) -> tuple[int, int]:
    """(year in the programme's zone, number after the last one taken). Ask under the programme's lock."""
    year = now.astimezone(zoneinfo.ZoneInfo(programme.time_zone)).year
    taken = Agreement.objects.filter(programme=programme, year=year).aggregate(last=Max("number"))["last"] or 0
    return year, taken + 1


def _check_stay(stay: Stay) -> None:
    if stay.candidate.organisation_id is None:
        raise Refusal(
            _("This agreement is for start-ups. A graduate's stay needs a contract of another kind."),
            code="agreement.kind",
        )
    if Agreement.objects.filter(stay=stay).exclude(state=AgreementState.VOID).exists():
        raise Refusal(_("This stay has an agreement already."), code="agreement.exists")
    if stay.state != StayState.ACCEPTED:
        raise Refusal(
            _("An agreement is drafted once the incubator and the start-up have both accepted the stay."),
            code="agreement.stay",
        )


@transaction.atomic
def sign_agreement(
    *,
    by: User,
    agreement: Agreement,
    party: str,
    typed_name: str,
    consents: bool,
    document_sha256: str,
    ip_address: str | None = None,
    user_agent: str = "",
) -> Signature:
    """Signs for a party: once, at its turn, on the issued document whose hash was shown.

    `typed_name` must be the name of the party's signatory as the document prints it. After the last signature the
    executed PDF is owed. Raises Forbidden for a person who may not sign for that party, Refusal for everything else.
    """
    stay = locked(Stay.objects.filter(pk=agreement.stay_id)).get()  # the stay first, then the agreement: always
    agreement = locked(Agreement.objects.filter(pk=agreement.pk)).get()
    signature = agreement.signatures.select_related("organisation").filter(party=party).first()
    if signature is None or not can_sign_for(by, signature):
        raise Forbidden(_("You can't sign for this party."), code="agreement.party")
    _check_turn(agreement, signature, stay)
    named = party_in(agreement.frozen, party)
    _check_consent(agreement, named["signatory"], typed_name, consents, document_sha256)
    signature.signer_name, signature.signer_role = " ".join(typed_name.split()), named["capacity"][:150]
    signature.signed_by, signature.signed_at = by, clock.now()
    signature.time_zone = by.time_zone or agreement.frozen["time_zone"]
    signature.document_sha256, signature.consent = document_sha256, named["consent"]
    signature.ip_address, signature.user_agent = ip_address, user_agent[:300]
    signature.save()
    record_event(
        by=by,
        verb="sign",
        thing=agreement,
        after={"party": party, "name": signature.signer_name, "document_sha256": document_sha256},
    )
    _go_on(agreement, by)
    return signature


def _check_turn(agreement: Agreement, signature: Signature, stay: Stay) -> None:
    if signature.signed_at is not None:
        raise Refusal(_("This party has signed already."), code="agreement.signed_already")
    if agreement.state != AgreementState.ISSUED:
        raise Refusal(
            _("This agreement can't be signed now: its state is “%(state)s”.")
            % {"state": agreement.get_state_display()},
            code="agreement.state",
        )
    if stay.state != StayState.ACCEPTED:
        raise Refusal(_("The stay of this agreement no longer stands."), code="agreement.stay")
    first = agreement.signatures.filter(signed_at__isnull=True).order_by("order").first()
    if first is not None and first.pk != signature.pk:
        raise Refusal(
            _("It is not your turn: %(party)s signs first.") % {"party": Party(first.party).label},
            code="agreement.turn",
        )


def _check_consent(agreement: Agreement, signatory: str, typed_name: str, consents: bool, document_sha256: str) -> None:
    if document_sha256 != agreement.issued_sha256:
        raise Refusal(
            _("The document you were shown is not the one to be signed. Read it again, then sign."),
            code="agreement.document",
        )
    if _plain(typed_name) != _plain(signatory):
        raise Refusal(
            _("Type the name as it stands in the agreement: %(name)s.") % {"name": signatory},
            code="agreement.name",
            field="typed_name",
            status=422,
        )
    if consents is not True:
        raise Refusal(
            _("Tick the box to say that you have read the agreement and consent to it."),
            code="agreement.consent",
            field="consents",
            status=422,
        )


def _go_on(agreement: Agreement, by: User) -> None:
    """After a signature: the next party is asked, or the executed PDF is owed."""
    if agreement.signatures.filter(signed_at__isnull=True).exists():
        notifications.ask_next_signer(agreement)
        return
    before, after = move(agreement, "complete", AGREEMENT)
    agreement.attempts, agreement.leased_until, agreement.failure = 0, None, ""
    agreement.save()
    record_event(by=by, verb="complete", thing=agreement, before={"state": before}, after={"state": after})
    transaction.on_commit(lambda: render_agreement.enqueue(agreement.pk))


def _plain(name: str) -> str:
    """A name without regard to case, spacing and how accents are encoded."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


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
