"""What a report says (docs/formats/report.schema.json), part by part, as plain data: exact numbers and estimates are
text, None where there is none. A part that can't be worked out holds `missing`, a code, and nothing else but what says
why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NotRequired, TypedDict


class Missing(TypedDict, total=False):
    """Why a part can't be worked out."""

    missing: str


class CorrectedTold(TypedDict):
    """An entry's result as given and corrected for severity, points off taken, with its rank in each standing."""

    entry: str
    raw: str
    corrected: str
    error: str
    rank_raw: str
    rank_corrected: str
    near_edge: bool


class EffectTold(TypedDict):
    """How many points above or below the juror in the middle one gives; `estimated`: there were enough scorecards."""

    juror: str
    scorecards: str
    estimated: bool
    effect: str
    error: str


class JuryPart(TypedDict):
    """A part of the jury that shares no entry with the others."""

    entries: list[str]
    jurors: list[str]


class SeverityTold(Missing, total=False):
    """The standing corrected for severity, best first as corrected."""

    parts: list[JuryPart]
    decimals: str
    minimum: str
    carries: bool
    declarable: bool
    entries: list[CorrectedTold]
    jurors: list[EffectTold]
    variances: Mapping[str, str]


class MeasureTold(Missing):
    """A measure of agreement with what it was taken of, and its value."""

    entries: str
    jurors: str
    marks: str
    value: NotRequired[str]


class ProfileTold(TypedDict):
    """A juror against the others."""

    juror: str
    scorecards: str
    mean: str
    deviation: str
    shared: str
    difference: str
    difference_error: str
    agreement: str
    agreement_missing: str
    flags: list[str]


class AgreementTold(TypedDict):
    """Measures over totals by their name, and over each criterion by its code."""

    totals: dict[str, MeasureTold]
    criteria: dict[str, MeasureTold]
    jurors: list[ProfileTold]


class ChanceTold(TypedDict):
    """An entry's chance to be in the shortlist, and the range of its ranks."""

    entry: str
    rank: str
    first: str
    low: str
    middle: str
    high: str
    goes_on: bool


class ScenarioTold(Missing):
    """What would change without a juror or a criterion, or with another weight (`change`, in points)."""

    kind: str
    code: str
    change: str
    winners: NotRequired[list[str]]
    winner_changes: NotRequired[bool]
    enters: NotRequired[list[str]]
    leaves: NotRequired[list[str]]
    moved: NotRequired[str]
    lowered: NotRequired[list[str]]
    moved_most: NotRequired[list[list[str]]]


class StabilityTold(Missing, total=False):
    """How firm the outcome is."""

    places: str
    by_cut: bool
    method: str
    draws: str
    seed: str
    entries: list[ChanceTold]
    scenarios: list[ScenarioTold]


class StatisticsTold(TypedDict):
    """What describes the jury and the outcome, and ranks nothing."""

    severity: SeverityTold
    agreement: AgreementTold
    stability: StabilityTold
