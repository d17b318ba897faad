"""The judging part of a sample edition: jury, assignment, marks, results, awards."""

import random
from collections import Counter
from datetime import timedelta
from decimal import Decimal

from config.demo import people
from config.demo.contest import Cast
from config.demo.sample import comment, mark, sample
from config.demo.timeline import Timeline
from contest.models import Edition
from judging.jury.services.assignment import apply_plan, propose_plan
from judging.jury.services.jurors import invite_juror
from judging.jury.services.opening import open_round
from judging.live.services.sessions import SlotDraft, publish_session, save_running_order, save_session
from judging.models import Award, Juror, Result, Round, Scorecard
from judging.models.rounds import SCALE
from judging.reads.rounds import entries_of
from judging.results.services.awards import AwardDraft, grant_awards
from judging.results.services.closing import close_round, publish_results
from judging.results.services.feedback import review_comments
from judging.rounds.services.presets import create_rounds_from_rubric
from judging.rounds.services.rounds import save_round
from judging.scoring.services.scorecards import save_scorecard, submit_scorecard
from network.models import City, Invitation
from network.services import accept_invitation
from toolkit import clock

AWARDS = [
    {"en": "Grand prize of the sample jury", "fr": "Grand prix du jury d’exemple"},
    {"en": "Second prize of the sample jury", "fr": "Deuxième prix du jury d’exemple"},
    {"en": "Third prize of the sample jury", "fr": "Troisième prix du jury d’exemple"},
    {"en": "Laureate of the sample jury", "fr": "Lauréat du jury d’exemple"},
]
LAUREATES = 6


def seat_jury(cast: Cast, edition: Edition, times: Timeline) -> list[Juror]:
    """Nine sample jurors are invited and accept."""
    categories = {category.code: category for category in edition.categories.all()}
    jurors = []
    with clock.at(times.nominated):
        for number, row in enumerate(sample()["jurors"], 1):
            city = City.objects.get(slug=row["city"])
            local = "juror" if row["city"] == "braga" else f"juror-{number}"
            language = "fr" if row["languages"][0] == "fr" else "en"
            user = people.person(local, row["name"], at=f"jury-{number}", language=language, time_zone=row["time_zone"])
            juror = invite_juror(
                by=cast.organiser,
                edition=edition,
                email=user.email,
                full_name=row["name"],
                city=city,
                languages=row["languages"],
                expertise=[categories[code] for code in row["expertise"]],
                language=language,
            )
            invitation = Invitation.objects.get(kind="juror", object_id=juror.pk)
            accept_invitation(by=user, token=invitation.token)
            juror.refresh_from_db()
            jurors.append(juror)
    return jurors


def prepare_rounds(cast: Cast, edition: Edition, times: Timeline) -> list[Round]:
    """Two weighted rounds from the sample rules."""
    with clock.at(times.nominated):
        rounds = create_rounds_from_rubric(
            by=cast.organiser,
            edition=edition,
            preset_slug=sample()["rubric"],
            windows=[times.round_1, times.round_2],
        )
        for round, jurors_per_entry in zip(rounds, (4, 5), strict=True):
            save_round(by=cast.organiser, round=round, jurors_per_entry=jurors_per_entry, load_min=2, load_max=8)
    return list(Round.objects.filter(edition=edition).order_by("order"))


def assign_and_open(cast: Cast, round: Round, seed: int) -> None:
    with clock.at(round.opens_at + timedelta(minutes=1)):
        plan = propose_plan(by=cast.organiser, round=round, seed=seed)
        apply_plan(by=cast.organiser, plan=plan)
        open_round(by=cast.organiser, round=round)


def score(round: Round, seed: int, share: float = 1.0) -> None:
    """The jury scores: all of it, or about `share` of each juror's scorecards."""
    criteria = list(round.criteria.all())
    cards = Scorecard.objects.filter(assignment__round=round).select_related(
        "assignment__juror__user", "assignment__entry__startup__organisation"
    )
    moments = random.Random(f"{seed}/{round.order}/moments")
    written = Counter(entries_commented_before(round))
    window = round.closes_at - round.opens_at
    for card in cards.order_by("assignment__juror_id", "assignment__entry_id"):
        juror, entry = card.assignment.juror, card.assignment.entry
        assert juror.user is not None
        moment = round.opens_at + window * moments.uniform(0.1, 0.9)
        if share < 1 and moments.random() > share:
            continue
        with clock.at(moment if share == 1 else round.opens_at + timedelta(hours=2 + moments.random() * 90)):
            slug, name = entry.startup.organisation.name, juror.full_name
            marks = {
                c.pk: Decimal(mark(seed, slug, name, f"{round.order}/{c.code}", c.scale_max // SCALE)) for c in criteria
            }
            card = save_scorecard(
                by=juror.user,
                scorecard=card,
                version=card.version,
                marks=marks,
                comment=comment(seed, slug, written[entry.pk], entry.language),
                private_note="",
            )
            submit_scorecard(by=juror.user, scorecard=card, version=card.version)
            written[entry.pk] += 1


def entries_commented_before(round: Round) -> list[int]:
    """The entry of each comment written in earlier rounds."""
    earlier = Scorecard.objects.filter(assignment__round__edition=round.edition_id).exclude(comment="")
    return list(earlier.exclude(assignment__round=round).values_list("assignment__entry_id", flat=True))


def close_and_publish(cast: Cast, round: Round) -> Result:
    with clock.at(round.closes_at + timedelta(hours=2)):
        round.refresh_from_db()
        result = close_round(by=cast.organiser, round=round)
        round.refresh_from_db()
        publish_results(by=cast.organiser, round=round)
        written = Scorecard.objects.filter(assignment__round=round, state="submitted").exclude(comment="")
        released = dict.fromkeys(written.order_by("pk").values_list("pk", flat=True), True)
        review_comments(by=cast.organiser, round=round, released=released)
    return result


def award(cast: Cast, edition: Edition, last: Round) -> list[Award]:
    """The first six of the final standings."""
    with clock.at(last.closes_at + timedelta(hours=3)):
        rows = last.standings.select_related("entry").order_by("place")[:LAUREATES]
        drafts = [
            AwardDraft(entry=row.entry, name=AWARDS[min(place, 3)], citation={}, rank=place + 1)
            for place, row in enumerate(rows)
        ]
        return grant_awards(by=cast.organiser, edition=edition, awards=drafts)


def hold_session(cast: Cast, round: Round, times: Timeline) -> None:
    """Questions to the first teams by video, four days before the round closes:
    published, so that jurors have an appointment."""
    chair = Juror.objects.active().filter(edition=round.edition, city__isnull=False).order_by("pk").first()
    with clock.at(round.opens_at + timedelta(days=1)):
        session = save_session(
            by=cast.organiser,
            round=round,
            session=None,
            name="Questions to the teams (sample)",
            starts_at=times.round_1[1] - timedelta(days=4, hours=3),
            time_zone=round.edition.time_zone,
            meeting_url="https://meet.sample.invalid/teams",
            chair=chair,
        )
        entries = list(entries_of(round).order_by("pk")[:4])
        slots = [SlotDraft(entry, 5, 5) for entry in entries]
        save_running_order(by=cast.organiser, session=session, slots=[*slots[:2], SlotDraft(None, 10), *slots[2:]])
        publish_session(by=cast.organiser, session=session)


def prepare_selection(cast: Cast, edition: Edition, city: City, times: Timeline) -> None:
    """A city sets up a selection of its own between the end of the call and the end of nominations,
    and invites a juror."""
    coordinator = cast.coordinators[city.slug]
    begin, end = times.call_closes + timedelta(days=1), times.nominations_close - timedelta(days=2)
    half = begin + (end - begin) / 2
    with clock.at(times.call_opens + timedelta(days=4)):
        create_rounds_from_rubric(
            by=coordinator,
            edition=edition,
            preset_slug=sample()["rubric"],
            windows=[(begin, half), (half + timedelta(days=1), end)],
            city=city,
        )
        invite_juror(
            by=coordinator,
            edition=edition,
            email=f"juror-{city.slug}@{people.DOMAIN}",
            full_name=f"Sample juror of {city.name}",
            city=city,
            for_city=city,
            languages=["fr", "en"],
        )
