"""Documents that change or end an executed agreement: previewed, drafted with a number of their own,
given as a notice."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from corridor.agreements.changes.content import Signatories, freeze_change, party_blocks, stands
from corridor.agreements.changes.services.requests import settle_request
from corridor.agreements.changes.services.rules import check_not_ended, check_proposal, check_stands, gives_notice
from corridor.agreements.drafting.services.drafting import CODE_LENGTH, next_number
from corridor.agreements.drafting.services.signatures import open_places_of_change
from corridor.agreements.files.services.rendering import render_agreement
from corridor.domain.chain.chain import Facts, Proposal, is_more
from corridor.domain.terms.content import Content
from corridor.kinds.document_kinds import ChangeKind, change_kind
from corridor.models import Agreement, ChangeRequest, Incubator, Programme, Stay
from corridor.placement.services.capacity import refuse_unless_fit
from corridor.states import OPEN_AGREEMENT
from network.models import User
from network.permissions import is_organiser
from network.services import record_event
from toolkit import clock
from toolkit.canonical import digest
from toolkit.codes import new_code
from toolkit.locks import locked
from toolkit.refusals import Forbidden, Refusal


def preview_change(
    *, by: User, agreement: Agreement, kind: str, asked: Proposal, signatories: Signatories | None = None
) -> Content:
    """The document as it would be drafted now, without a number; refused as drafting it would be. Writes nothing."""
    stay = Stay.objects.with_parties().get(pk=agreement.stay_id)
    what = change_kind(kind)
    _check(by, agreement, stay, what, asked)
    return _content(
        agreement, stay, what, asked, signatories or {}, _("(number taken when drafted)"), "PREVIEW", clock.now()
    )


@transaction.atomic
def draft_change(
    *,
    by: User,
    agreement: Agreement,
    kind: str,
    asked: Proposal,
    signatories: Signatories | None = None,
    request: ChangeRequest | None = None,
) -> Agreement:
    """Drafts a document that changes or ends an executed agreement; its PDF is owed.
    What it asks of the host is kept free.

    An organiser drafts any; whoever may sign for a party gives that party's own notice of withdrawal. `signatories` may
    name who signs for each party ({party: {signatory, capacity, authority}}). `request` is answered by it. Raises
    Forbidden, or Refusal: another change is open, nothing changes, no place on these days, too little notice …
    """
    what = change_kind(kind)
    programme = locked(Programme.objects.filter(pk=agreement.programme_id)).get()  # numbers are taken one at a time
    locked(Incubator.objects.filter(stays=agreement.stay_id)).get()
    stay = locked(Stay.objects.filter(pk=agreement.stay_id)).with_parties().get()
    agreement = locked(Agreement.objects.filter(pk=agreement.pk)).get()
    _check(by, agreement, stay, what, asked)
    before = stands(stay)
    _keep_free(stay, before, what.changed(before, asked))
    now = clock.now()
    year, number = next_number(programme, now)
    change = Agreement(
        kind=what.code,
        base=agreement,
        place=(agreement.changes.aggregate(last=Max("place"))["last"] or 0) + 1,
        stay=stay,
        programme=programme,
        year=year,
        number=number,
        language=agreement.language,
        code=new_code(CODE_LENGTH),
        drafted_by=by,
        drafted_at=now,
    )
    signing = dict(signatories or {})
    if not is_organiser(by):
        signing[asked.party] = {**signing.get(asked.party, {}), "signatory": by.full_name}
    content = _content(agreement, stay, what, asked, signing, change.reference, change.code, now, change.place)
    change.frozen = content.as_data()
    change.frozen_sha256 = digest(change.frozen)
    change.save()
    _make_places(change)
    facts = {"kind": what.code, "changes": agreement.reference, "reference": change.reference}
    record_event(by=by, verb="draft", thing=change, after={**facts, "frozen_sha256": change.frozen_sha256})
    if request is not None:
        settle_request(by, request, "prepare", document=change)
    transaction.on_commit(lambda: render_agreement.enqueue(change.pk))
    return change


def _content(
    base: Agreement,
    stay: Stay,
    kind: ChangeKind,
    asked: Proposal,
    signatories: Signatories,
    reference: str,
    code: str,
    now: datetime,
    place: int = 0,
) -> Content:
    blocks = party_blocks(base, signatories, base.content)
    nameless = [block.name for block in blocks if not block.signatory.strip()]
    if nameless:
        sentence = _("Say who signs for %(party)s.") % {"party": ", ".join(nameless)}
        raise Refusal(sentence, code="change.signatory", status=422)
    return freeze_change(
        base=base,
        stay=stay,
        kind=kind,
        place=place or (base.changes.aggregate(last=Max("place"))["last"] or 0) + 1,
        asked=asked,
        signatories=signatories,
        reference=reference,
        code=code,
        drafted_at=now,
    )


def _make_places(change: Agreement) -> None:
    """A place for each party that signs, in the order of the agreement;
    a receipt to come for each that is only told."""
    signs = {block.party for block in change.content.parties}
    assert change.base is not None
    places = [one for one in change.base.signatures.order_by("order") if one.party in signs]
    open_places_of_change(change, places)


def _check(by: User, agreement: Agreement, stay: Stay, kind: ChangeKind, asked: Proposal) -> None:
    own_notice = kind.is_given_alone and not asked.is_joint and gives_notice(by, agreement, asked.party)
    if not (is_organiser(by) or own_notice):
        raise Forbidden(_("The organiser drafts changes of an agreement. Ask for one, or give notice of withdrawal."))
    check_stands(agreement, stay)
    check_not_ended(agreement, kind)
    if agreement.changes.filter(state__in=OPEN_AGREEMENT).exists():
        raise Refusal(
            _(
                "Another change of this agreement waits to be signed. Have it signed, or make it void, then "
                "draft this one."
            ),
            code="change.open",
        )
    parties = {block.party for block in agreement.content.parties}
    needs_party = not asked.is_joint or kind.names_party
    if needs_party and asked.party not in parties:
        raise Refusal(_("Say which party it is."), code="change.party", field="party", status=422)
    check_proposal(agreement, stay, kind, asked)


def _keep_free(stay: Stay, before: Facts, after: Facts) -> None:
    """Checks the places by day as if the change were in force, then keeps what it asks for.
    Holds the incubator's lock."""
    if not is_more(before, after):
        return
    stay.starts, stay.ends, stay.desks = after.starts, after.ends, after.desks
    stay.save()
    refuse_unless_fit(Incubator.objects.get(pk=stay.incubator_id), [stay], code="change.full")
    stay.starts, stay.ends, stay.desks = before.starts, before.ends, before.desks
    stay.asked_starts, stay.asked_ends, stay.asked_desks = after.starts, after.ends, after.desks
    stay.save()
