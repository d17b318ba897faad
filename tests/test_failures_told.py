"""Where something failed, the page says what happened before it asks to try again."""

import re
from html import unescape
from pathlib import Path

import polib
import pytest
from django.urls import reverse
from django.utils import translation

from corridor.models import PlacementPlan
from corridor.placement.services.plans import propose_placements
from judging.jury.services.assignment import request_plan
from judging.models import Plan, Round
from network.services.mail import write_message
from tests.corridor.conftest import corridor  # noqa: F401  a fixture
from tests.debts import MADE
from tests.judging.conftest import stage  # noqa: F401  a fixture
from toolkit.owed import DEBTS

CATALOGUE = Path(__file__).resolve().parent.parent / "locale" / "fr" / "LC_MESSAGES" / "django.po"
AGAIN = re.compile(
    r"\b(?:try|ask|propose|send|prepared?|tried|go back)\b[^.:;]*\b(?:again|once more|a new one|anew)\b", re.IGNORECASE
)
SAID_BEFORE = {  # sentences that begin with the request: what stands above them, in the same answer
    "Wait a few minutes, then try again. Nothing is lost.": "the heading: Too many tries",
    "Try again what was missing": "each document that is missing, with its reason",
    "Mend what is named, then have it tried again on the page of the agreement. If that can’t "
    "be, make it void there and draft another one.": "What went wrong: …",
    "Mend what is named, then ask for the minutes again on their page.": "What went wrong: …",
    "If fewer than %(need)s juror is left for this entry, propose an assignment again: "
    "it adds a juror and leaves the others as they are.": "who stepped back, and why",
}


def test_no_sentence_only_asks_to_try_again():
    """What happened comes first; a button's words may be the request alone."""
    bare = {
        entry.msgid
        for entry in polib.pofile(str(CATALOGUE))
        if not entry.obsolete
        and len(entry.msgid.split()) > 4
        and AGAIN.search(re.split(r"(?<=[.:;?!]) ", entry.msgid)[0])
    }
    assert bare == SAID_BEFORE.keys()


REASONS = {
    "plan": {"en": "the search stopped on the server, three times", "fr": "la recherche s’est arrêtée sur le serveur"},
    "assignment": {"en": "The computation stopped on the server", "fr": "Le calcul s’est arrêté sur le serveur"},
    "mail": {"en": "SMTPRecipientsRefused: no such mailbox", "fr": "SMTPRecipientsRefused: no such mailbox"},
}


@pytest.fixture
def failed(organiser, request):
    """The address of the page of something that was tried as often as it may be, in vain."""

    def plan():
        made = propose_placements(by=organiser, programme=request.getfixturevalue("corridor").programme)
        PlacementPlan.objects.update(state="failed", attempts=3)
        return reverse("plan", args=[made.pk])

    def assignment():
        round = request.getfixturevalue("stage").round
        Round.objects.update(state="draft")
        request_plan(by=organiser, round=Round.objects.get(pk=round.pk))
        Plan.objects.update(state="failed", attempts=3)
        return reverse("round_assignment", args=[round.pk])

    def mail():
        words = {"language": "en", "subject": "Hello", "text": "Hello\n", "html": "", "is_secret": False}
        message = write_message(key="1", kind="invitation", to=None, email="a@b.example", **words)
        type(message).objects.update(state="failed", attempts=5, outcome="SMTPRecipientsRefused: no such mailbox")
        return reverse("message", args=[message.pk])

    return {"plan": plan, "assignment": assignment, "mail": mail}


@pytest.mark.parametrize("what", REASONS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_of_what_failed_gives_the_reason(failed, organiser, enter, what, language):
    address = failed[what]()
    client = enter(organiser)
    type(organiser).objects.update(language=language)
    client.cookies["language"] = language
    with translation.override(language):
        page = " ".join(client.get(address).content.decode().split()).replace("&#x27;", "'")
    assert REASONS[what][language] in page


PAGES = {
    "mail": lambda row: reverse("message", args=[row.pk]),
    "judging:plans": lambda row: reverse("round_assignment", args=[row.round_id]),
    "judging:statistics": lambda row: reverse("round_agreement", args=[row.round_id]),
    "judging:minutes": lambda row: reverse("round_minutes", args=[row.round_id]),
    "placement plans": lambda row: reverse("plan", args=[row.pk]),
    "questions about plans": lambda row: reverse("plan", args=[row.plan_id]),
    "agreements": lambda row: reverse("agreement", args=[row.pk]),
}
FULL = "OSError: [Errno 28] No space left on device"
SAID = {
    "en": f"A file could not be read or written on the server. (The server’s own words: {FULL})",
    "fr": f"Un fichier n’a pas pu être lu ou écrit sur le serveur. (Les mots du serveur\xa0: {FULL})",
}


@pytest.mark.parametrize("kind", PAGES)
def test_why_a_try_failed_is_said_meanwhile_and_at_the_end_in_the_reader_s_language(
    kind, organiser, request, enter, tmp_path, settings
):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}},
    }
    debt, row = DEBTS[kind], MADE[kind](request.getfixturevalue)
    client = enter(organiser)
    for attempt in range(1, debt.attempts + 1):
        taken = debt.take(row.pk)
        debt.fail(taken, OSError(28, "No space left on device"))
        if attempt not in (1, debt.attempts):
            continue
        for language, said in SAID.items():
            type(organiser).objects.update(language=language)
            client.cookies["language"] = language
            page = " ".join(unescape(client.get(PAGES[kind](row)).content.decode()).replace("\xa0", "~").split())
            assert said.replace("\xa0", "~") in page, f"{language}, try {attempt}"
