"""Drafting: nothing blank, everything frozen, numbers without gaps (several processes at once: test_processes.py)."""

import json
import re
import subprocess
from datetime import UTC, datetime

import pytest

from corridor.agreements.drafting.blanks import suggest_terms
from corridor.agreements.drafting.missing import BLANKS, MissingBlanks
from corridor.agreements.drafting.services.drafting import draft_agreement, preview_agreement
from corridor.agreements.signing.services.ending import void_agreement
from corridor.agreements.templates.wording import shipped
from corridor.domain.terms.clauses import Paragraph, Unfilled, fill, fill_clauses
from corridor.models import Agreement, HostAnnex
from network.models import Membership
from toolkit import clock
from toolkit.canonical import digest
from toolkit.refusals import Refusal

AGREEMENT = next(one for one in shipped() if one.slug == "startup-agreement")
load_terms = AGREEMENT.terms
AT = datetime(2026, 11, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize("language", ["fr", "es"])
@pytest.mark.parametrize("slug", ["startup-agreement", "graduate-agreement", "stage-fr"])
def test_every_language_has_the_same_clauses_blanks_and_words(slug, language):
    agreement = next(one for one in shipped() if one.slug == slug)
    english, other = agreement.terms("en"), agreement.terms(language)
    assert agreement.languages() == ["en", "fr", "es"]
    assert english.parts.get("rules") == other.parts.get("rules")  # what the law asks is the same in every language

    def shape(terms):
        return [
            (clause.code, len(clause.text.split("\n\n")), sorted(clause.placeholders()))
            for clause in (*terms.clauses, *terms.annexes)
        ]

    assert shape(english) == shape(other)
    assert {name: list(part) for name, part in english.parts.items()} == {
        name: list(part) for name, part in other.parts.items()
    }
    for name, part in english.parts.items():
        for key, text in part.items():
            wanted = sorted(re.findall(r"\{(\w+)\}", text))
            assert sorted(re.findall(r"\{(\w+)\}", other.parts[name][key])) == wanted, (name, key)


def test_template_has_every_heading_of_a_hosting_agreement():
    assert [clause.code for clause in load_terms("en").clauses] == [
        "parties",
        "definitions",
        "dates",
        "place",
        "services",
        "fees",
        "startup_duties",
        "host_duties",
        "immigration",
        "insurance",
        "safety",
        "confidentiality",
        "ip",
        "data",
        "publicity",
        "liability",
        "ending",
        "change",
        "law",
        "language",
        "annexes",
        "signatures",
    ]


def test_a_value_is_never_read_as_a_placeholder():
    assert fill("{a} and {b}", {"a": "{b}", "b": "{a}"}) == "{b} and {a}"
    with pytest.raises(Unfilled, match="c"):
        fill("{c}", {"a": ""})
    [clause] = fill_clauses(load_terms("en").clauses[4:5], {"services": ("one", "two"), "mentoring": "M"})
    assert clause.paragraphs[0] == Paragraph(
        "1.1", "During the stay the host provides to the start-up:", ("one", "two")
    )


def test_draft_freezes_and_owes_the_document(organiser, stay, terms):
    with clock.at(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)):  # 2027 already in Paris, where the programme counts
        agreement = draft_agreement(by=organiser, stay=stay, language="en", terms=terms)
    assert (agreement.reference, agreement.state) == ("CORRIDOR-2027-2027-001", "drafted")
    assert agreement.frozen_sha256 == digest(agreement.frozen)
    assert agreement.frozen["drafted_on"] == "1 January 2027"
    assert [
        (party["party"], party["name"], party["signatory"], party["capacity"]) for party in agreement.frozen["parties"]
    ] == [
        ("host", "Incubadora Querétaro & Braga", "Helena Hóspede", "Director"),
        ("startup", "Sensors", "Fatou Founder", "founder"),
        ("city", "City of Clermont-Ferrand", "Cora Coordinator", "coordinator"),
    ]
    signatures = agreement.signatures.values_list("order", "party", "organisation__name")
    assert list(signatures) == [
        (1, "host", "Incubadora Querétaro & Braga"),
        (2, "startup", "Sensors"),
        (3, "city", "City of Clermont-Ferrand"),
    ]
    text = json.dumps(agreement.frozen, ensure_ascii=False)
    for words in (
        "begins on 1 March 2027 and ends on 31 August 2027, both days included: 6\xa0months",
        "keeps 2\xa0desks for the team",
        "“The team” is the 2\xa0people whom",
        '"a desk and internet access", "the use of a laboratory or workshop", "A former mill"',
        "the law of the host’s country (Portugal)",
        "for the host: Helena Hóspede, Director, by virtue of decision of the board of 4 March 2026",
        "the text in English prevails",
    ):
        assert words in text


def test_french_agreement_speaks_french(organiser, stay):
    given = suggest_terms(stay=stay, language="fr") | {"city_authority": "délibération 2026-12 du conseil"}
    agreement = draft_agreement(by=organiser, stay=stay, language="fr", terms=given)
    text = json.dumps(agreement.frozen, ensure_ascii=False)
    for words in (
        "Le séjour commence le 1er mars 2027",
        "décision du conseil du 4 mars 2026",
        "Une ancienne filature",
        "le droit du pays de l’incubateur (Portugal)",
        "Passerelle 2027",
    ):
        assert words in text
    assert "Corridor 2027" not in text


def test_one_desk_for_one_person_is_said_in_the_singular(organiser, stay, terms):
    stay.candidate.people = stay.desks = 1
    stay.candidate.save()
    stay.save()
    text = str(draft_agreement(by=organiser, stay=stay, language="en", terms={**terms, "mentor_hours": "1"}).frozen)
    for words in ("keeps one desk for the team", "is the one person whom", "at least one hour a month"):
        assert words in text


def test_spanish_beside_french_each_in_its_own_words(organiser, stay, incubator):
    """What is typed is typed in both; what depends on no language is asked once."""
    french, spanish = (suggest_terms(stay=stay, language=language) for language in ("fr", "es"))
    both = {key: {"fr": text, "es": spanish[key]} for key, text in french.items() if key in ("fee", "law", "court")}
    given = french | both | {"prevailing_language": "es"}
    with pytest.raises(MissingBlanks) as refusal:
        draft_agreement(by=organiser, stay=stay, language="fr", beside="es", terms=given)
    assert refusal.value.lacks == [
        ("city_authority", "fr"),
        ("host_authority", "es"),
        ("city_authority", "es"),
    ]
    given |= {"host_authority": {"es": "acuerdo del consejo"}, "city_authority": "2026-12"}
    frozen = draft_agreement(by=organiser, stay=stay, language="fr", beside="es", terms=given).frozen
    beside = frozen["beside"]
    assert (frozen["languages"], frozen["prevailing"], frozen["language"]) == (["fr", "es"], "es", "fr")
    assert [clause["code"] for clause in frozen["clauses"]] == [clause["code"] for clause in beside["clauses"]]
    consent = frozen["parties"][0]["consent"].split("\n\n")
    assert [text.split()[0] for text in consent] == ["J’ai", "He"]
    for words in (
        "prevalece el texto en español",
        "acuerdo del consejo",
        "comienza el 1 de marzo de 2027",
        "a título gratuito",
    ):
        assert words in str(beside)
    for words in ("celui rédigé en espagnol", "décision du conseil", "commence le 1er mars 2027", "à titre gratuit"):
        assert words in str(frozen["clauses"])


@pytest.mark.parametrize(
    ("beside", "prevailing", "field"), [("es", "en", "prevailing_language"), ("xx", "fr", "beside")]
)
def test_prevailing_language_is_one_of_the_two(organiser, stay, terms, beside, prevailing, field):
    given = {**terms, "prevailing_language": prevailing}
    with pytest.raises(Refusal) as refusal:
        draft_agreement(by=organiser, stay=stay, language="fr", beside=beside, terms=given)
    assert refusal.value.field == field


def test_annexes_of_the_incubator_follow_ours_as_they_stood(organiser, stay, terms, incubator):
    annex = HostAnnex.objects.create(
        incubator=incubator,
        texts={"en": {"title": "Rules {of} the house", "text": "No {smoking}.\n\n- Quiet"}},
        saved_at=AT,
    )
    frozen = draft_agreement(by=organiser, stay=stay, language="en", terms=terms).frozen
    assert frozen["annexes"][2] == {
        "number": 3,
        "code": f"host-{annex.pk}",
        "heading": "Rules {of} the house",
        "paragraphs": [
            {"number": "3.1", "text": "No {smoking}.", "items": []},
            {"number": "3.2", "text": "", "items": ["Quiet"]},
        ],
    }
    [listed] = [clause for clause in frozen["clauses"] if clause["code"] == "annexes"]
    assert listed["paragraphs"][0]["items"] == [
        "Annex 1: Work plan",
        "Annex 2: Indicators",
        "Annex 3: Rules {of} the house",
    ]


def test_an_annex_without_the_document_s_language_is_missing(organiser, stay, incubator):
    annex = HostAnnex.objects.create(
        incubator=incubator, texts={"en": {"title": "Rules", "text": "Quiet"}}, saved_at=AT
    )
    given = suggest_terms(stay=stay, language="fr") | {"city_authority": "2026-12"}
    with pytest.raises(MissingBlanks) as refusal:
        draft_agreement(by=organiser, stay=stay, language="fr", terms=given)
    assert refusal.value.lacks == [(f"annex_{annex.pk}", "fr")]


def test_a_preview_is_the_same_document_without_a_number(organiser, stay, terms):
    shown = preview_agreement(by=organiser, stay=stay, language="en", terms=terms)
    assert Agreement.objects.count() == 0
    drafted = draft_agreement(by=organiser, stay=stay, language="en", terms=terms)
    assert drafted.number == 1
    assert shown.preview == "PREVIEW: not issued, no number, without effect"
    assert shown.clauses == drafted.content.clauses
    assert shown.verification is None
    assert drafted.reference not in str(shown)


def test_what_changes_later_alters_nothing(agreement, incubator, founder, programme, private_files):
    before = (agreement.frozen, agreement.frozen_sha256, (private_files / agreement.issued_file.name).read_bytes())
    incubator.signatory_name, incubator.address = "Somebody Else", "Elsewhere"
    incubator.save()
    founder.full_name = "Renamed"
    founder.save()
    programme.name = "Renamed"
    programme.save()
    agreement.refresh_from_db()
    after = (agreement.frozen, agreement.frozen_sha256, (private_files / agreement.issued_file.name).read_bytes())
    assert after == before


@pytest.mark.sensitive
def test_a_party_renamed_after_issue_keeps_its_name_in_both_files(agreement, sign, private_files):
    """What is printed in the executed copy is the frozen content once more, and nothing of the rows."""
    issued = (private_files / agreement.issued_file.name).read_bytes()
    for signature in agreement.signatures.select_related("organisation"):
        signature.organisation.name = f"Renamed {signature.party}"
        signature.organisation.save()
    for party in ("host", "startup", "city"):
        sign(party)
    assert (private_files / agreement.issued_file.name).read_bytes() == issued
    executed = private_files / agreement.executed_file.name
    command = ["pdftotext", str(executed), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Incubadora Querétaro & Braga" in text
    assert "Renamed" not in text


def test_blanks_are_refused_together_by_name(organiser, stay, incubator):
    incubator.signatory_name, incubator.authority, incubator.services, incubator.address = "", "", [], " "
    incubator.save()
    with pytest.raises(MissingBlanks) as refusal:
        draft_agreement(by=organiser, stay=stay, language="en")
    assert refusal.value.missing == [
        "host_address",
        "host_signatory",
        "host_authority",
        "startup_address",
        "startup_signatory",
        "startup_capacity",
        "startup_authority",
        "city_address",
        "city_signatory",
        "city_capacity",
        "city_authority",
        "services",
        "mentor_hours",
        "fee",
        "immigration",
        "law",
        "court",
    ]
    assert str(BLANKS["law"]) in str(refusal.value.message)
    assert Agreement.objects.count() == 0


def test_a_party_without_anybody_to_sign_is_a_blank(organiser, stay, terms, host):
    Membership.objects.filter(user=host).delete()
    with pytest.raises(MissingBlanks) as refusal:
        draft_agreement(by=organiser, stay=stay, language="en", terms=terms)
    assert refusal.value.missing == ["host_account"]


@pytest.mark.parametrize("state", ["proposed", "confirmed", "declined", "cancelled"])
def test_only_an_accepted_stay_has_an_agreement(organiser, stay, terms, state):
    stay.state = state
    stay.save()
    with pytest.raises(Refusal) as refusal:
        draft_agreement(by=organiser, stay=stay, language="en", terms=terms)
    assert refusal.value.code == "agreement.stay"


def test_only_the_organiser_drafts(stay, terms, coordinator, founder, host):
    for person in (coordinator, founder, host):
        with pytest.raises(Refusal) as refusal:
            draft_agreement(by=person, stay=stay, language="en", terms=terms)
        assert refusal.value.status == 403


def test_void_agreement_keeps_its_number_and_makes_room_for_another(organiser, stay, terms):
    first = draft_agreement(by=organiser, stay=stay, language="en", terms=terms)
    with pytest.raises(Refusal) as refusal:
        draft_agreement(by=organiser, stay=stay, language="en", terms=terms)
    assert refusal.value.code == "agreement.exists"
    void_agreement(by=organiser, agreement=first, reason="Wrong signatory")
    second = draft_agreement(by=organiser, stay=stay, language="en", terms=terms)
    assert [first.number, second.number] == [1, 2]
    first.refresh_from_db()
    assert (first.state, first.void_reason) == ("void", "Wrong signatory")


def test_executed_agreement_is_never_void(executed, organiser):
    with pytest.raises(Refusal) as refusal:
        void_agreement(by=organiser, agreement=executed, reason="Too late")
    assert refusal.value.code == "state.void"


def test_the_parties_sign_in_the_order_that_the_draft_sets(organiser, stay, terms):
    for wrong in ("host host city", "host startup", "nobody"):
        with pytest.raises(Refusal) as refusal:
            draft_agreement(by=organiser, stay=stay, language="en", terms={**terms, "signing_order": wrong})
        assert (refusal.value.code, refusal.value.field) == ("agreement.order", "signing_order")
    given = {**terms, "signing_order": "city host startup"}
    agreement = draft_agreement(by=organiser, stay=stay, language="en", terms=given)
    order = ["city", "host", "startup"]
    assert list(agreement.signatures.order_by("order").values_list("party", flat=True)) == order
    assert [party["party"] for party in agreement.frozen["parties"]] == order
