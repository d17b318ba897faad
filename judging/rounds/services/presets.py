"""Rounds made from published rules."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contest.models import Edition
from judging.models import Round
from judging.permissions import require_runs
from judging.rounds.reading.presets import load_preset
from judging.rounds.services.criteria import save_criterion, save_group
from judging.rounds.services.rounds import save_round
from network.models import City, User
from toolkit.refusals import Refusal


@transaction.atomic
def create_rounds_from_rubric(
    *,
    by: User,
    edition: Edition,
    preset_slug: str,
    windows: Sequence[tuple[datetime, datetime]],
    city: City | None = None,
) -> list[Round]:
    """Makes draft rounds, of the edition or of the own selection of `city`, with their groups and criteria from a
    preset, one for each window (opens_at, closes_at).

    Every round carries the preset's asks: what the source leaves open waits for settle_ask. Raises Refusal for a preset
    that does not exist, or a number of windows that is not its number of rounds.
    """
    require_runs(by, Round(edition=edition, city=city))
    try:
        preset = load_preset(preset_slug)
    except KeyError:
        raise Refusal(
            _("There are no such published rules."), code="preset.unknown", field="preset", status=422
        ) from None
    if len(windows) != len(preset.rounds):
        raise Refusal(
            ngettext(
                "These rules have %(number)s round: give its dates.",
                "These rules have %(number)s rounds: give the dates of each.",
                len(preset.rounds),
            )
            % {"number": len(preset.rounds)},
            code="preset.windows",
            status=422,
        )
    # In its own selection everybody is of the city: a conflict for that would leave nobody to judge.
    of_city = {"city": city, "same_city_conflicts": False} if city else {}
    made = []
    for draft, (opens_at, closes_at) in zip(preset.rounds, windows, strict=True):
        round = save_round(
            by=by,
            round=None,
            edition=edition,
            opens_at=opens_at,
            closes_at=closes_at,
            preset=preset.slug,
            asks=list(preset.asks),
            **{**draft.fields, **of_city},
        )
        for group in draft.groups:
            save_group(by=by, round=round, group=None, **group)
        for criterion in draft.criteria:
            save_criterion(by=by, round=round, criterion=None, **criterion)
        made.append(round)
    return made
