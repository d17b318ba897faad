"""What is kept of documents: the same bytes for the same input, whatever the program that reads them looks like."""

import hashlib
import json
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from corridor.agreements.drafting.specimen import specimen
from corridor.agreements.files.reading import NoDocument, held_in
from corridor.domain.terms.clauses import Wording
from corridor.domain.terms.content import Content
from toolkit.canonical import canonical_bytes
from toolkit.typed_data import Misshapen

HERE = Path(__file__).parent
AT = datetime(2027, 1, 10, 9, tzinfo=UTC)
PARTS = {"rules": {"max_months": "6", "why": "The law."}, "mentor": {"named": "{mentor}", "to_name": "Somebody."}}
TEXTS = {
    language: {
        "title": title,
        "subtitle": "{host_name}",
        "consent": "{reference}, {party_name}",
        "clauses": [
            {"code": "desks", "heading": "A", "text": "{desks}\n\n{aims}\n\n{mentoring}:\n- {services}\n- {months}"},
            {"code": "people", "heading": "B", "text": "{signatories}"},
        ],
        "annexes": [{"code": "rules", "heading": "C", "text": "{report_start} {report_final}"}],
        "parts": PARTS,
    }
    for language, title in (("en", "Stay"), ("fr", "Séjour"))
}
NOUNS = ("desks", "people", "months", "mentor_hours")
SHARED = {
    "words": {"no_number": "none", "sample": "SAMPLE", "annex": "Annex", "colon": ":"}
    | {party: party.title() for party in ("host", "startup", "city")},
    "signatory": {"body": "{name}: {signatory}, {capacity}", "person": "{name}"},
    "services": {"desk": "Desks", "lab": "A lab"},
    "plurals": {f"{noun}_{form}": "{n}" for noun in NOUNS for form in ("one", "other")},
    "languages": {"en": "English", "fr": "French"},
}
WORDING = Wording("small", "agreement", "startup", "", {"en": "Small"}, 1, TEXTS, dict.fromkeys(("en", "fr"), SHARED))
# Written by the program of 30 November 2026, in which contents were plain dictionaries.
FROZEN = {
    ("en",): "628865d7626be8e8205999de5776487a524e6a84238c6d3773d99b57c84e9a2e",
    ("en", "fr"): "45653e9fde37c4c4c2403adcc83304953e9c3f1a168b6f0429a77ca1d966edf3",
}
FORMER = {
    "agreement 1": json.loads((HERE / "format_1.json").read_text()),
    **json.loads((HERE / "former_contents.json").read_text()),
}


@pytest.mark.parametrize("languages", FROZEN)
def test_the_same_words_are_frozen_in_the_same_bytes(languages):
    written = canonical_bytes(specimen(WORDING, languages, AT).as_data())
    assert hashlib.sha256(written).hexdigest() == FROZEN[languages]


@pytest.mark.parametrize("name", FORMER)
def test_what_was_frozen_before_is_read_and_written_again_as_it_was(name, tmp_path, capsys):
    frozen = FORMER[name]
    written = canonical_bytes(frozen)
    assert canonical_bytes(Content.from_data(frozen).as_data()) == written
    assert list(Content.from_data(frozen).as_data()["words"]) == list(frozen["words"])  # in its own order, too
    (tmp_path / "content.json").write_bytes(written)
    call_command("verify_agreement", str(tmp_path / "content.json"), sha256=hashlib.sha256(written).hexdigest())
    assert f"{frozen['reference']}: whole, with the fingerprint" in capsys.readouterr().out


def test_people_of_documents_from_before_all_nationalities_were_kept_are_read():
    frozen = deepcopy(FORMER["change 1"])
    for facts in (frozen["change"]["before"], frozen["change"]["after"]):
        for person in facts["people"]:
            person["nationality"] = person.pop("nationalities")[0]
    content = Content.from_data(frozen)
    assert canonical_bytes(content.as_data()) == canonical_bytes(frozen)
    assert [one.nationalities for one in content.change.before.facts.people] == [("PT",), ("TN",)]
    assert content.change.before.names_first
    assert held_in(canonical_bytes(frozen)).content == content


def changed(name: str, change) -> bytes:
    frozen = deepcopy(FORMER[name])
    change(frozen)
    return canonical_bytes(frozen)


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("change 1", lambda it: it["change"].update(topics=["text"]), "it is about text, but changes dates"),
        ("change 1", lambda it: it["change"].update(is_joint=False, party="host"), "names others as signing"),
        ("change 1", lambda it: it.update(stay=it["change"]["before"]), "is not valid under any of the given schemas"),
        ("change 1", lambda it: it["change"]["after"].update(ends="soon"), "change.after.ends: "),
        ("agreement 1", lambda it: it.update(colour="red"), "'colour' was unexpected"),
        ("agreement 1", lambda it: it["clauses"][0].pop("heading"), "clauses[0]: 'heading' is a required property"),
        ("agreement 2, two languages", lambda it: it.update(languages=["en"]), "its languages are en, its texts speak"),
        ("agreement 2, two languages", lambda it: it["beside"]["parties"].reverse(), "name other parties"),
        ("agreement 2, two languages", lambda it: it.update(format="other"), "'other' is not one of"),
    ],
)
def test_what_is_no_document_or_contradicts_itself_is_told(name, change, said, tmp_path):
    (tmp_path / "content.json").write_bytes(changed(name, change))
    with pytest.raises(CommandError) as no:
        call_command("verify_agreement", str(tmp_path / "content.json"))
    assert said in str(no.value)


def test_a_fingerprint_that_is_another_and_a_form_that_is_not_canonical_are_told(tmp_path):
    path = tmp_path / "content.json"
    path.write_text(json.dumps(FORMER["change 1"]))
    with pytest.raises(CommandError) as no:
        call_command("verify_agreement", str(path), sha256="0" * 64)
    assert f"not {'0' * 64}" in str(no.value)
    assert "not written in canonical form" in str(no.value)
    path.write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(CommandError, match="holds no document of ours"):
        call_command("verify_agreement", str(path))
    with pytest.raises(CommandError, match="can't be read"):
        call_command("verify_agreement", str(tmp_path / "none.json"))


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff"])
def test_bytes_that_hold_no_content_are_refused(data):
    with pytest.raises(NoDocument):
        held_in(data)
    with pytest.raises(Misshapen):
        Content.from_data({"format": "passerelle-agreement-9"})
