"""What must be true before an agreement is changed, in sentences for people."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.agreements.changes.content import notice_of, stands
from corridor.domain.chain.chain import Proposal, ends_on, facts_of, fault, latest_signature, too_late
from corridor.life.reading.stays import today_at
from corridor.models import Agreement, Stay
from corridor.permissions import can_sign_for
from corridor.states import ENDINGS, AgreementState, StayState
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


def check_not_ended(agreement: Agreement, kind: str) -> None:
    """Raises Refusal for a change of an agreement that a withdrawal or a termination ends;
    an earlier end may follow."""
    ended = (
        agreement.changes.filter(state=AgreementState.EXECUTED, kind__in=ENDINGS).select_related("programme").first()
    )
    if ended is not None and kind not in ENDINGS:
        sentence = _("Document %(reference)s ends this agreement: it can't be changed or extended any more.")
        raise Refusal(sentence % {"reference": ended.reference}, code="change.ended")


def check_proposal(agreement: Agreement, stay: Stay, kind: str, asked: Proposal) -> None:
    """Raises Refusal with the sentence for what the domain finds wrong with a proposal today."""
    notice = notice_of(agreement)
    code = fault(kind, stands(stay), asked, today_at(stay), notice)
    if code:
        sentence, field = _sentences(stay, notice.days)[code]
        raise Refusal(sentence, code=f"change.{code}", field=field, status=422)


def _sentences(stay: Stay, notice: int) -> dict[str, tuple[str, str | None]]:
    last = date_format(stay.ends)
    return {
        "over": (_("The stay has ended: its agreement can't be changed any more."), None),
        "nothing": (_("Nothing is changed. Say what shall be different."), None),
        "starts": (_("The first day can't change any more, or lies in the past."), "starts"),
        "window": (_("The last day lies before the first."), "ends"),
        "past": (_("Choose a last day that has not passed."), "ends"),
        "longer": (_("This makes the stay longer: choose “Extend the stay”."), "ends"),
        "shorter": (_("An extension ends after the last day agreed so far, and begins as before."), "ends"),
        "desks": (_("At least one desk."), "desks"),
        "people_days": (_("Choose days within the stay for each person."), None),
        "people_many": (_("More people would be there on one day than there are desks."), None),
        "later": (_("The stay ends before %(day)s in any case: choose an earlier day.") % {"day": last}, "ends"),
        "reason": (_("Say why: the others read it."), "reason"),
        "clause": (_("Name the clause of the agreement that allows it."), "clause"),
        "notice": (
            ngettext(
                "A party that withdraws alone gives %(days)s day’s notice. Choose a later day, or have all sign.",
                "A party that withdraws alone gives %(days)s days’ notice. Choose a later day, or have all sign.",
                notice,
            )
            % {"days": notice},
            "ends",
        ),
    }


def check_in_time(change: Agreement) -> None:
    """Raises Refusal when a change is signed too late to be what it says:
    a notice without its days, a stay that is over."""
    if not change.is_change:
        return
    said = change.frozen["change"]
    after = facts_of(said["after"])
    notice = notice_of(change)
    today, latest = today_at(change.stay), latest_signature(change.kind, after, said["is_joint"], notice)
    code = "" if latest else too_late(facts_of(said["before"]), after, today)
    if code:
        raise Refusal(_sentences(change.stay, notice.days)[code][0], code="change.late")
    if latest is not None and today > latest:
        values = {"day": date_format(latest), "end": date_format(ends_on(after))}
        raise Refusal(
            _("This was to be signed by %(day)s, for an end on %(end)s. Make it void and draft another one.") % values,
            code="change.late",
        )
