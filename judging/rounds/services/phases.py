"""A round and the edition's phase: judging begins when it is settled who competes,
or earlier with a reason that all may read."""

from django.utils.translation import gettext as _

from contest.checks import in_words
from contest.models import Edition
from contest.states import Phase
from judging.models import Round
from judging.reads.taking_part import FROZEN
from judging.states import RoundState
from network.models import User
from network.services import record_event
from toolkit.locks import locked
from toolkit.refusals import Refusal

REASON_LIMIT = 500


class EarlyRound(Refusal):
    """The edition's phase lets who competes still change. With a reason, which the public reads,
    it can be done all the same."""

    def __init__(self, why: str) -> None:
        super().__init__(why, code="round.early", field="reason_for_early", status=422)


def why_early(round: Round) -> str:
    """Why it is too early to open or close the round, in a sentence; empty when it is not.

    A round of the edition waits for the call and for the choice of the cities. A city's own selection is how that city
    chooses: it waits for the call alone. Practice waits for nothing.
    """
    edition, phase = round.edition, round.edition.phase
    if round.is_calibration or phase not in (Phase.UPCOMING, Phase.CALL, Phase.NOMINATION):
        return ""
    if phase == Phase.UPCOMING:
        return _("The call of this edition has not opened yet: nobody competes.")
    if phase == Phase.CALL:
        return _("The call is open until %(moment)s: entries may still come, change or be withdrawn.") % {
            "moment": in_words(edition.call_closes, edition)
        }
    if round.city_id:
        return ""
    return _("Cities choose until %(moment)s: who competes may still change.") % {
        "moment": in_words(edition.nominations_close, edition)
    }


def reason_if_early(round: Round, reason: str) -> str:
    """The reason to keep: none where it is not early. Raises EarlyRound where it is and no reason is given."""
    why = why_early(round)
    reason = reason.strip()[:REASON_LIMIT]
    if why and not reason:
        raise EarlyRound(why + " " + _("Wait, or say why it can't wait: the page and the public will read it."))
    return reason if why else ""


def follow_edition(*, by: User, edition: Edition, reason: str) -> None:
    """What judging says when the call or the choice of the cities is open anew, in the same transaction.

    A round under way takes the reason, as if it had been opened early: raises EarlyRound without one. Who competed in a
    round that is closed is settled: raises Refusal.
    """
    rounds = Round.objects.counted().filter(edition=edition, opened_early="").exclude(state=RoundState.DRAFT)
    for round in locked(rounds.order_by("pk")):
        round.edition = edition
        why = why_early(round)
        if not why:
            continue
        if round.state in FROZEN:
            raise Refusal(
                _("“%(round)s” is closed: who competed in it is settled, and can't be open anew.") % {"round": round},
                code="round.settled",
                field="nominations_close",
            )
        reason = reason.strip()[:REASON_LIMIT]
        if not reason:
            sentence = _(
                "“%(round)s” is open. Leave the dates as they are, or say why they change: the page and the "
                "public will read it."
            )
            raise EarlyRound(" ".join([why, sentence % {"round": round}]))
        round.opened_early = reason
        round.save(update_fields=["opened_early"])
        record_event(by=by, verb="stay_open", thing=round, after={"early": reason})
