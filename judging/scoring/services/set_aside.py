"""What comes back when it can no longer be applied: kept, shown to its juror, and taken over only by their own hand."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from judging.models import Criterion, Scorecard, SetAside
from judging.models.scorecards import TEXT_LIMIT
from judging.scoring.forms.scorecards import has_remark
from judging.scoring.services.autosave import TEXTS, seat_of, tidy
from judging.scoring.services.marks import NOT_APPLICABLE, as_text
from judging.scoring.services.scorecards import reopen_scorecard, save_scorecard
from judging.states import ScorecardState, SetAsideEnd, SetAsideReason
from network.models import User
from network.services import record_event
from toolkit import clock
from toolkit.canonical import digest
from toolkit.locks import locked
from toolkit.refusals import Forbidden, Refusal

# Refusals of a save after which what was typed is worth keeping, and why it could not be applied.
WHY = {
    "scorecard.submitted": SetAsideReason.SUBMITTED,
    "scorecard.recused": SetAsideReason.RECUSED,
    "scorecard.conflict": SetAsideReason.TIE,
    "scorecard.left": SetAsideReason.LEFT,
    "round.late": SetAsideReason.LATE,
    "round.closed": SetAsideReason.CLOSED,
}
MOST = 50  # versions kept of one scorecard


@transaction.atomic
def set_aside(*, by: User, pk: int, version: int, values: Mapping[str, str], code: str) -> SetAside | None:
    """Keeps what a device sent for a scorecard of `by`, as typed, when saving it was refused with `code` (see WHY).

    None when nothing differs from what is kept, when the refusal is of another kind, or when MOST versions are there
    already. The same version sent twice is one.
    """
    scorecard = seat_of(by, pk)
    if scorecard is None or code not in WHY:
        return None
    locked(Scorecard.objects.filter(pk=pk)).get()
    marks, texts = _typed(scorecard, values)
    if (marks, texts) == kept_of(scorecard):
        return None
    sha256 = digest({"marks": marks, "texts": texts})
    known = SetAside.objects.filter(scorecard=scorecard, sha256=sha256).first()
    if known or SetAside.objects.filter(scorecard=scorecard).count() >= MOST:
        return known
    row = SetAside.objects.create(
        scorecard=scorecard,
        user=by,
        received_at=clock.now(),
        why=WHY[code],
        base=min(max(version, 0), 2**31 - 1),
        marks=marks,
        texts=texts,
        sha256=sha256,
    )
    record_event(by=by, verb="set_aside", thing=scorecard, after={"why": row.why, "base": row.base})
    return row


def _typed(scorecard: Scorecard, values: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """({criterion code: text}, {text: words}) of what was sent; what it does not name is as it is kept."""
    marks, texts = kept_of(scorecard)
    for criterion in marked_on(scorecard):
        if (name := f"m{criterion.pk}") in values:
            marks[criterion.code] = values[name].strip().replace(",", ".")[:40]
        if (name := f"r{criterion.pk}") in values:
            texts[f"remark:{criterion.code}"] = tidy(values[name])[: 4 * TEXT_LIMIT]
    for name in TEXTS:
        if name in values:
            texts[name] = tidy(values[name])[: 4 * TEXT_LIMIT]
    return marks, texts


def kept_of(scorecard: Scorecard) -> tuple[dict[str, str], dict[str, str]]:
    """What is kept, in the same words as SetAside: ({criterion code:
    text, "" for none}, {"comment", "private_note", "remark:CODE"})."""
    criteria = marked_on(scorecard)
    marks = {criterion.code: "" for criterion in criteria}
    texts = {name: getattr(scorecard, name) for name in TEXTS}
    texts |= {f"remark:{c.code}": "" for c in criteria if has_remark(c)}
    for mark in scorecard.marks.select_related("criterion"):
        marks[mark.criterion.code] = NOT_APPLICABLE if mark.not_applicable else as_text(mark.value)
        if mark.comment:
            texts[f"remark:{mark.criterion.code}"] = mark.comment
    return marks, texts


def marked_on(scorecard: Scorecard) -> list[Criterion]:
    """The criteria for which the scorecard's entry gets marks, in their order."""
    return scorecard.assignment.round.criteria_for(scorecard.assignment.entry)


@transaction.atomic
def take_over(*, by: User, version: SetAside) -> Scorecard:
    """Puts a version that was set aside in the place of what is kept,
    by its juror's own decision while the round is open.

    A submitted scorecard is reopened for it and stays a draft: submitting again is the juror's next step. Refuses,
    changing nothing, where saving the same by hand would be refused.
    """
    version = _own(by, version)
    scorecard = version.scorecard
    if scorecard.state == ScorecardState.SUBMITTED:
        scorecard = reopen_scorecard(by=by, scorecard=scorecard)
    codes = {criterion.code: criterion.pk for criterion in marked_on(scorecard)}
    scorecard = save_scorecard(
        by=by,
        scorecard=scorecard,
        version=scorecard.version,
        marks={codes[code]: text or None for code, text in version.marks.items() if code in codes},
        comment=version.texts.get("comment", scorecard.comment),
        private_note=version.texts.get("private_note", scorecard.private_note),
        remarks={codes[code]: text for code in codes if (text := version.texts.get(f"remark:{code}"))},
    )
    _settle(by, version, SetAsideEnd.TAKEN)
    return scorecard


@transaction.atomic
def leave_aside(*, by: User, version: SetAside) -> SetAside:
    """The juror has looked and goes on from what is kept; the version stays where it is."""
    version = _own(by, version)
    _settle(by, version, SetAsideEnd.LEFT)
    return version


def _own(by: User, version: SetAside) -> SetAside:
    version = locked(SetAside.objects.filter(pk=version.pk)).select_related("scorecard__assignment__round").get()
    if version.user_id != by.pk:
        raise Forbidden(_("This is not your scorecard."), code="scorecard.not_yours")
    if version.settled_at:
        raise Refusal(_("You have decided on this version already."), code="set_aside.settled")
    return version


def _settle(by: User, version: SetAside, end: SetAsideEnd) -> None:
    version.settled_at, version.settled_as = clock.now(), end
    version.save()
    record_event(by=by, verb="settle", thing=version, after={"as": end, "scorecard": version.scorecard_id})
