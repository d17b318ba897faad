"""The reader of mails sees what it is there for."""

import pytest

from tests.mails import faults_of

GOOD = "The round closes on 6 March 2026, 18:00 (Paris time).\n\n-- \nhttp://localhost:8000\n"


@pytest.mark.parametrize(
    ("language", "subject", "text", "fault"),
    [
        ("en", "5 entries to score", GOOD, None),
        ("fr", "Reçu : {'en': 'Edition', 'fr': 'Édition'}", "Bonjour.\n", "a raw value"),
        ("en", "Received", "The stay is at None.\n", "a raw value"),
        ("en", "Received", "It closes on 6 March 2026, 18:00.\n", "a time without its zone"),
        ("en", "Received", "You have 1 entries to score.\n", "one, in the plural"),
        ("en", "Received", "One.\n\n\n\nTwo.\n", "holes between paragraphs"),
        ("en", "", "One.\n", "no subject of one line"),
        ("en", "Received", "You can change it until .\n", "a value that is empty"),
        ("fr", "Reçu", "You get this mail because you organise the programme.\n", "English in a mail of language fr"),
    ],
)
def test_faults_are_seen(language, subject, text, fault):
    faults = faults_of(language, subject, text)
    assert [one.split(":")[0] for one in faults] == ([fault] if fault else [])
