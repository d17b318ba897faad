"""What must be true before an agreement is changed, in sentences for people."""

from django.utils.translation import gettext as _

from corridor.agreements.changes.content import notice_of, stands
from corridor.domain.chain.chain import Proposal, ends_on, too_late
from corridor.kinds.document_kinds import ChangeKind, change_kind, change_kinds
from corridor.life.reading.stays import today_at
from corridor.models import Agreement, Stay
from corridor.permissions import can_sign_for
from corridor.states import AgreementState, StayState
from network.models import User
from toolkit.dates import date_format
from toolkit.refusals import Refusal


def gives_notice(by: User, agreement: Agreement, party: str) -> bool:
    """May give notice for this party of the agreement: whoever could sign for it."""
    place = next((one for one in agreement.signatures.all() if one.party == party), None)
    return place is not None and can_sign_for(by, place)


def check_stands(agreement: Agreement, stay: Stay) -> None:
    """Raises Refusal unless this is an agreement that all have signed, on a stay that stands."""
    if agreement.is_change or agreement.state != AgreementState.EXECUTED or stay.state != StayState.CONFIRMED:
        raise Refusal(_("An agreement is changed once all have signed it, while its stay stands."), code="change.state")


def check_not_ended(agreement: Agreement, kind: ChangeKind) -> None:
    """Raises Refusal for a change of an agreement that a withdrawal or a termination ends;
    an earlier end may follow."""
    endings = [one.code for one in change_kinds() if one.is_ending]
    ended = (
        agreement.changes.filter(state=AgreementState.EXECUTED, kind__in=endings).select_related("programme").first()
    )
    if ended is not None and not kind.is_ending:
        sentence = _("Document %(reference)s ends this agreement: it can't be changed or extended any more.")
        raise Refusal(sentence % {"reference": ended.reference}, code="change.ended")


def check_proposal(agreement: Agreement, stay: Stay, kind: ChangeKind, asked: Proposal) -> None:
    """Raises Refusal with the sentence for what the domain finds wrong with a proposal today."""
    notice = notice_of(agreement)
    code = kind.fault(stands(stay), asked, today_at(stay), notice)
    if code:
        sentence, field = kind.problems(date_format(stay.ends), notice.days)[code]
        raise Refusal(sentence, code=f"change.{code}", field=field, status=422)


def check_in_time(change: Agreement) -> None:
    """Raises Refusal when a change is signed too late to be what it says:
    a notice without its days, a stay that is over."""
    if not change.is_change:
        return
    said = change.change_said
    after = said.after.facts
    kind, notice = change_kind(change.kind), notice_of(change)
    today, latest = today_at(change.stay), kind.latest_signature(after, said.is_joint, notice)
    code = "" if latest else too_late(said.before.facts, after, today)
    if code:
        raise Refusal(kind.problems(date_format(change.stay.ends), notice.days)[code][0], code="change.late")
    if latest is not None and today > latest:
        values = {"day": date_format(latest), "end": date_format(ends_on(after))}
        raise Refusal(
            _("This was to be signed by %(day)s, for an end on %(end)s. Make it void and draft another one.") % values,
            code="change.late",
        )
