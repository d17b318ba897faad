"""Whether what was computed of a round still holds: one hash over everything that its standings follow from.

A closed round's stamp is its file's hash. While the round is open it is taken over the very inputs that closing would freeze,
with one exception: marks are not read, each scorecard stands for them by its key, state and version, which every save counts
up. That makes it cheap to ask on every page, whatever the number of marks.
"""

import hashlib
import json

from judging.models import Result, Round, Scorecard
from judging.outcomes import frame_of
from judging.querysets import FROZEN
from judging.states import ScorecardState


def stamp_of(round: Round, result: Result | None = None) -> str:
    """SHA-256 in hexadecimal. `result` is the round's latest frozen version, if it is at hand. Drafts count by their existence only: saving one changes no standing."""
    if round.state in FROZEN:
        return (
            result.sha256
            if result
            else Result.objects.current().filter(round=round).values_list("sha256", flat=True).get()
        )
    cards = Scorecard.objects.filter(assignment__round=round).order_by("pk")
    rows = [
        (pk, state, version if state == ScorecardState.SUBMITTED else 0, entry)
        for pk, state, version, entry in cards.values_list("pk", "state", "version", "assignment__entry_id")
    ]
    inputs = json.dumps([frame_of(round), rows], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(inputs.encode("utf-8")).hexdigest()
