"""Jurors, rounds and what they give: scorecards, marks, awards."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from contest.models import Edition, Entry
from judging.models import Assignment, Award, BallotImport, Juror, LiveSession, Round, RoundRule, Scorecard, SetAside
from judging.models.rules import RULE_FIELDS
from network.models import City
from tests.build.contest import settle
from tests.build.people import person


def juror(edition: Edition, number: int, of: City | None = None, **fields) -> Juror:
    """A juror who has accepted, with code J01, J02, …"""
    email = f"juror{number}@jury{number}.example"
    values = {
        "user": person(email, f"Juror {number}"),
        "email": email,
        "full_name": f"Juror {number}",
        "code": f"J{number:02}",
        "city": of,
        "languages": ["en", "fr"],
        "state": "active",
        **fields,
    }
    return Juror.objects.create(edition=edition, **values)


def round(edition: Edition, criteria=(("innovation", 60), ("market", 40)), **fields) -> Round:
    """A draft round that is open by its window, with criteria of 0 to 5 in whole marks and weights in per cent.

    The edition's call is over with it and, unless it is a city's own selection, so is the choice of the cities.
    """
    now = timezone.now()
    settle(edition, cities_choose=fields.get("city") is not None)
    values = {
        "name": {"en": "Round 1", "fr": "Premier tour"},
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=10),
        "min_scorecards": 1,
        "jurors_per_entry": 1,
        "decimals": 2,
        **fields,
    }
    rule = RoundRule.objects.create(**{name: values.pop(name) for name in RULE_FIELDS & set(values)})
    made = Round.objects.create(edition=edition, rule=rule, **values)
    for n, (code, weight) in enumerate(criteria):
        made.criteria.create(code=code, name={"en": code.title(), "fr": code.title()}, weight=weight * 1000, order=n)
    return made


def assign(round: Round, juror: Juror, entry: Entry) -> Scorecard:
    """The juror's scorecard for the entry."""
    assignment = Assignment.objects.create(round=round, juror=juror, entry=entry, created_at=timezone.now())
    return Scorecard.objects.create(assignment=assignment)


def freeze(round: Round, state="closed") -> Round:
    """The round as if closed: a standing for each entry that is assigned, in the order of their codes,
    without a file."""
    entries = Entry.objects.filter(assignments__round=round).distinct().order_by("code")
    for place, entry in enumerate(entries, 1):
        round.standings.create(entry=entry, rank=place, place=place, scorecards=1)
    round.state = state
    round.save()
    return round


def marks(scorecard: Scorecard, *values, state="submitted") -> Scorecard:
    """Marks in the order of the criteria (None is blank, "n/a" not applicable), and the state given."""
    for criterion, value in zip(scorecard.assignment.round.criteria.all(), values, strict=True):
        if value is not None:
            scorecard.marks.create(
                criterion=criterion,
                value=None if value == "n/a" else int(Decimal(str(value)) * 1000),
                not_applicable=value == "n/a",
            )
    scorecard.state = state
    scorecard.version = 1
    scorecard.save()
    return scorecard


def live_session(round: Round, *entries: Entry, **fields) -> LiveSession:
    """A published session of the round that began an hour ago, ten minutes for each entry."""
    values = {"starts_at": timezone.now() - timedelta(hours=1), "time_zone": "Europe/Paris", "state": "published"}
    made = LiveSession.objects.create(round=round, name="Morning", **{**values, **fields})
    for place, entry in enumerate(entries, 1):
        made.slots.create(order=place, entry=entry, pitch_minutes=5, questions_minutes=5)
    return made


def ballot_import(*scorecards: Scorecard) -> BallotImport:
    """A juror's uploaded workbook that would set the first mark of each scorecard to 3, and waits for a yes."""
    seat = scorecards[0].assignment
    field = f"mark:{seat.round.criteria.first().code}"
    codes = [card.assignment.entry.code for card in scorecards]
    change = {"field": field, "cell": "F6", "key": "c0", "site": "", "book": "3", "base": ""}
    file = {
        "versions": {code: card.version for code, card in zip(codes, scorecards, strict=True)},
        "changes": [{**change, "entry": code} for code in codes],
        **{part: [] for part in ("conflicts", "refused", "missing", "missing_fields")},
        "newer": 0,
    }
    return BallotImport.objects.create(round=seat.round, juror=seat.juror, file=file, made_at=timezone.now())


def set_aside(scorecard: Scorecard, why="late", **texts) -> SetAside:
    """A version of the scorecard that came too late, with marks of 5."""
    return SetAside.objects.create(
        scorecard=scorecard,
        user=scorecard.assignment.juror.user,
        received_at=timezone.now(),
        why=why,
        base=0,
        marks={criterion.code: "5" for criterion in scorecard.assignment.round.criteria.all()},
        texts={"comment": "", "private_note": "", **texts},
        sha256=f"{scorecard.pk:064}",
    )


def award(entry: Entry, rank: int = 1, **fields) -> Award:
    """An award; its edition's results stay unpublished unless the edition says otherwise."""
    values = {"name": {"en": f"Award {rank}", "fr": f"Prix {rank}"}, "granted_at": timezone.now(), **fields}
    return Award.objects.create(
        edition=entry.edition, entry=entry, rank=rank, granted_by=person("organiser@awards.example"), **values
    )
