"""Practice before the real round: every juror marks the same sample entries, then sees how far apart the jury is.

A practice round weighs nothing, is never closed into a result and never published; it ends when its time is over.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from contest.models import Edition, Entry, Startup
from judging.domain.rule.ballots import MARKS
from judging.jury.reading.facts import active_jurors
from judging.jury.services.opening import open_round
from judging.jury.services.seating import seat_all
from judging.models import Criterion, CriterionGroup, Round, RoundRule, SampleEntry
from judging.permissions import require_runs
from judging.rounds.kinds.seeing.after_submitting import AfterSubmitting
from judging.rounds.reading.rule_data import languages_of
from judging.rounds.services.rounds import save_with_rule
from judging.scoring.services.marks import read_mark
from judging.states import RoundState
from network.models import Organisation, User
from network.services import record_event
from network.states import OrganisationKind
from toolkit.codes import new_code
from toolkit.locks import locked
from toolkit.refusals import Refusal

SHELF = "practice-entries"  # the edition that keeps what organisers write for practice


@transaction.atomic
def make_practice_round(*, by: User, round: Round, opens_at: datetime, closes_at: datetime) -> Round:
    """A draft practice round with the criteria and groups of `round`, as they are now. Names are held back; jurors see
    each other's marks once they have submitted. Raises Refusal when it would close before it opens."""
    require_runs(by, round)
    if closes_at <= opens_at:
        raise Refusal(
            _("The round has to close after it opens."), code="round.closes_at", field="closes_at", status=422
        )
    locked(Edition.objects.filter(pk=round.edition_id)).get()
    same = Round.objects.filter(edition=round.edition_id, city=round.city_id)
    practice = Round(
        edition_id=round.edition_id,
        city_id=round.city_id,
        name=in_practice(round.name),
        guidance=round.guidance,
        order=(same.aggregate(last=Max("order"))["last"] or 0) + 1,
        opens_at=opens_at,
        closes_at=closes_at,
        weight=0,
        rule=RoundRule(ballot=MARKS, combine=round.rule.combine, min_scorecards=1),
        jurors_per_entry=1,
        same_city_conflicts=False,
        shows_names=False,
        others_marks=AfterSubmitting.code,
        is_calibration=True,
    )
    save_with_rule(practice)
    _copy_criteria(round, practice)
    record_event(by=by, verb="practise", thing=practice, after={"round": round.pk})
    return practice


def in_practice(name: LazyI18nString) -> LazyI18nString:
    """The round's name in each of its languages, said to be for practice."""
    words = {"fr": "Entraînement : %s"}
    texts = {"en" if code == "und" else code: text for code, text in languages_of(name).items()}
    return LazyI18nString({code: words.get(code, "Practice: %s") % text for code, text in texts.items()})


def _copy_criteria(source: Round, practice: Round) -> None:
    groups: dict[int | None, CriterionGroup | None] = {None: None}
    left = list(source.groups.order_by("order", "pk"))
    while left:  # a group after the one that it is part of
        group = next(group for group in left if group.parent_id in groups)
        left.remove(group)
        former, group.parent = group.pk, groups[group.parent_id]
        group.pk, group.round, group._state.adding = None, practice, True
        group.save()
        groups[former] = group
    for criterion in source.criteria.prefetch_related("categories"):
        categories = list(criterion.categories.all())
        criterion.group = groups[criterion.group_id]
        criterion.pk, criterion.round, criterion._state.adding = None, practice, True
        criterion.save()
        criterion.categories.set(categories)


@transaction.atomic
def pick_sample(*, by: User, round: Round, entry: Entry) -> SampleEntry:
    """Puts an entry of another edition before the jury, for practice.
    One of this edition would be judged twice: refused."""
    round = _draft(by, round)
    if entry.edition_id == round.edition_id:
        raise Refusal(
            _("This entry takes part in this edition. Practise on one of another edition."),
            code="sample.own",
            status=422,
        )
    if SampleEntry.objects.filter(round=round, entry=entry).exists():
        raise Refusal(_("This entry is among the samples already."), code="sample.twice")
    last = round.samples.aggregate(last=Max("order"))["last"]
    sample = SampleEntry.objects.create(round=round, entry=entry, order=0 if last is None else last + 1)
    record_event(by=by, verb="pick", thing=sample, after={"round": round.pk, "entry": entry.code})
    return sample


@transaction.atomic
def write_sample(*, by: User, round: Round, title: str, summary: str, language: str = "en") -> SampleEntry:
    """An entry that the organiser makes up. It stands in an archive edition of its own, marked as sample,
    and in no list."""
    _draft(by, round)
    shelf, _made = Edition.objects.get_or_create(
        slug=SHELF,
        defaults={
            "name": {"en": "Practice entries", "fr": "Candidatures d’entraînement"},
            "is_sample": True,
            "is_archive": True,
            "is_public": False,
        },
    )
    code = new_code()
    body = Organisation.objects.create(
        name=title, slug=slugify(f"sample-{code}"), kind=OrganisationKind.STARTUP, is_sample=True
    )
    firm = Startup.objects.create(organisation=body)
    entry = Entry.objects.create(
        edition=shelf, startup=firm, code=code, title=title, summary=summary, language=language
    )
    record_event(by=by, verb="write", thing=entry, after={"title": title})
    return pick_sample(by=by, round=round, entry=entry)


@transaction.atomic
def remove_sample(*, by: User, sample: SampleEntry) -> None:
    """Takes an entry out of a practice round that is not open yet."""
    _draft(by, sample.round)
    record_event(by=by, verb="remove", thing=sample, before={"entry": sample.entry.code})
    sample.delete()


@transaction.atomic
def set_reference(*, by: User, sample: SampleEntry, marks: Mapping[Criterion, str], comment: str) -> SampleEntry:
    """The marks that the organiser would give, shown to a juror who has submitted; also while the practice is open. A
    blank is none; a mark off its scale is refused."""
    sample = locked(SampleEntry.objects.filter(pk=sample.pk)).select_related("round").get()
    require_runs(by, sample.round)
    for criterion, text in marks.items():
        read_mark(criterion, text)
    sample.reference = {criterion.code: text for criterion, text in marks.items() if text}
    sample.comment = comment.strip()
    sample.save()
    record_event(by=by, verb="save", thing=sample, after={"reference": sample.reference})
    return sample


@transaction.atomic
def open_practice(*, by: User, round: Round) -> Round:
    """Gives every sample to every juror without a tie to it, opens the round, and tells the jurors. Raises Refusal
    without samples or without jurors."""
    round = _draft(by, round)
    if not round.samples.exists():
        raise Refusal(_("Pick or write a sample entry first."), code="sample.none", status=422)
    jurors = active_jurors(round)
    if not jurors:
        raise Refusal(_("No juror has accepted yet."), code="round.no_jurors")
    seat_all(round, jurors)
    return open_round(by=by, round=round)


def _draft(by: User, round: Round) -> Round:
    round = locked(Round.objects.filter(pk=round.pk)).get()
    require_runs(by, round)
    if not round.is_calibration or round.state != RoundState.DRAFT:
        raise Refusal(_("Samples can change only before a practice round opens."), code="sample.fixed")
    return round
