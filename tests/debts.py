"""A row of each kind of what is owed."""

from django.core.files.base import ContentFile

from config import urls  # noqa: F401  with them comes every kind
from contest.models import Attachment
from corridor.agreements.drafting.services.drafting import draft_agreement
from corridor.placement.services.plans import propose_placements, solve_plan
from corridor.placement.services.what_if import ask_what_would_change
from judging.jury.services.assignment import request_plan
from judging.models import Round
from judging.results.services.closing import close_round
from judging.results.services.minutes import request_minutes
from judging.statistics.services import ask_statistics
from network.models import Message
from network.services.mail import write_message
from tests import build
from tests.contest.pdfs import pdf
from tests.corridor.agreements import cast
from tests.corridor.conftest import corridor  # noqa: F401  a fixture
from tests.judging.conftest import stage  # noqa: F401  a fixture


def a_mail() -> Message:
    words = {"language": "en", "subject": "Hello", "text": "Hello\n", "html": "", "is_secret": False}
    return write_message(key="1", kind="invitation", to=None, email="ana@braga.example", **words)


def closed(stage, organiser) -> Round:  # noqa: F811
    for cards in stage.cards:
        for card in cards:
            build.marks(card, 3, 4)
    close_round(by=organiser, round=stage.round)
    return Round.objects.get(pk=stage.round.pk)


def an_assignment(stage, organiser):  # noqa: F811
    Round.objects.update(state="draft")
    return request_plan(by=organiser, round=Round.objects.get(pk=stage.round.pk))


def a_question(corridor, organiser):  # noqa: F811
    plan = propose_placements(by=organiser, programme=corridor.programme)
    assert solve_plan.call(plan.pk) == "proposed"
    plan.refresh_from_db()
    return ask_what_would_change(by=organiser, plan=plan, candidate=corridor.teams[1])


def an_agreement(organiser, founder, coordinator, city):
    assert coordinator, "who signs for the city"
    stay = cast.stay(cast.programme(), cast.incubator(cast.host()), founder, city)
    return draft_agreement(by=organiser, stay=stay, language="en", terms=cast.terms(stay))


def a_deck(founder) -> Attachment:
    entry = build.entry(build.edition(), build.startup("Firm", build.city()))
    file = ContentFile(pdf(pages=2), "deck.pdf")
    return Attachment.objects.create(
        entry=entry, file=file, name="deck.pdf", size=1, pages=2, sha256="a" * 64, uploaded_by=founder
    )


MADE = {
    "mail": lambda ask: a_mail(),
    "contest:decks": lambda ask: a_deck(ask("founder")),
    "judging:plans": lambda ask: an_assignment(ask("stage"), ask("organiser")),
    "judging:statistics": lambda ask: ask_statistics(ask("stage").round),
    "judging:minutes": lambda ask: request_minutes(
        by=ask("organiser"), round=closed(ask("stage"), ask("organiser")), language="en"
    ),
    "placement plans": lambda ask: propose_placements(by=ask("organiser"), programme=ask("corridor").programme),
    "questions about plans": lambda ask: a_question(ask("corridor"), ask("organiser")),
    "agreements": lambda ask: an_agreement(ask("organiser"), ask("founder"), ask("coordinator"), ask("city")),
}
