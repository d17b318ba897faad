"""A round and the edition's phase: judging begins when it is settled who competes, or earlier with a reason that all may read."""

from django.utils.translation import gettext as _

from contest.services.checks import in_words
from contest.states import Phase
from judging.models import Round
from toolkit.refusals import Refusal

REASON_LIMIT = 500


class EarlyRound(Refusal):
    """The edition's phase lets who competes still change. With a reason, which the public reads, it can be done all the same."""

    def __init__(self, why: str):
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
