"""A new kind of document is one new file, and its text in each language: it is offered, asked for, drafted, signed,
shown and kept beside the agreement; once it is gone, it is refused everywhere in words."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.urls import reverse

from corridor.agreements.changes.services.changes import draft_change
from corridor.agreements.changes.services.requests import ask_for_change
from corridor.agreements.files.verification import standing_of
from corridor.agreements.templates import wording
from corridor.domain.chain.chain import Proposal
from corridor.integrity import check_corridor
from corridor.kinds.document_kinds import DOCUMENT_KINDS
from corridor.models import Agreement
from network.models import Event
from tests.corridor.agreements.changes.conftest import DURING, EARLY, execute, now
from tests.kinds import one_more
from toolkit import clock
from toolkit.kinds import UnknownKind

CERTIFICATE = '''
"""What a party certifies of a stay, alone; it changes nothing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.domain.chain.chain import Proposal
from corridor.domain.terms.clauses import last_day
from corridor.kinds.document_kinds import DOCUMENT_KINDS, ChangeKind
from corridor.states import Party
from toolkit.dates import date_format


@DOCUMENT_KINDS.register
class CertificateKind(ChangeKind):
    code, order, name = "certificate", 60, _("certificate of a stay")
    called = _("Certificate %(place)s under %(reference)s")
    verb = "certify"
    heading = offered = _("Certify the stay")
    asked_for = _("Ask for a certificate")
    amends = False
    names_party = True

    def about(self, notice_days):
        return "One party says that the stay takes place."

    def ask(self, form):
        form.fields["party"] = forms.ChoiceField(label=_("Who certifies"), choices=form.parties)
        form.reason()

    def proposal(self, values, ends, stay, people):
        return Proposal(reason=values["reason"], party=values["party"], is_joint=False)

    def fault(self, before, asked, today, notice):
        return super().fault(before, asked, today, notice) or ("early" if today < before.starts else "")

    def problems(self, last, notice_days):
        return super().problems(last, notice_days) | {"early": ("The stay has not begun.", None)}

    def values(self, said, terms, names, clauses):
        days = {"first": date_format(said.before.starts), "last": date_format(last_day(said.before.ends))}
        return {"party_name": names[said.asked.party], "reason": said.asked.reason, **days}

    def in_words(self, said, before, after):
        return [f"Certified by the {Party(said.party).label}."]
'''
TEXT = """
slug = "certificate"
kind = "certificate"
guest = ""
host_country = ""
version = 1
language = "en"
name = { en = "Certificate", fr = "Attestation" }
title = "Certificate {place} under agreement {base_reference}"
subtitle = "The stay of {guest_name} at {host_name}"
consent = "I certify this for {party_name} in document {reference}."

[earlier]
renamed = "{name} stands in the agreement as {old}."
none = "Nothing has changed it."
some = "Changed by: {list}."

[words_alone]
parties_note = "Nobody else signs."

[[clause]]
code = "stay"
heading = "The stay"
text = "{party_name} certifies that {guest_name} is there from {first} to {last}, for: {reason}"
"""
UNKNOWN = "Kind of document: “certificate” is not known here."
ASKED = {"party": "host", "reason": "the visa office"}


@pytest.fixture
def certificate(base, tmp_path, monkeypatch):
    """The kind as if its module stood in its folder, and its text among ours."""
    texts, folder = tmp_path / "terms", tmp_path / "kinds"
    texts.mkdir()
    folder.mkdir()
    for path in (settings.BASE_DIR / wording.FOLDER).iterdir():
        (texts / path.name).symlink_to(path)
    (texts / "certificate.en.toml").write_text(TEXT)
    monkeypatch.setattr(wording, "FOLDER", texts)
    wording.shipped.cache_clear()
    with one_more(DOCUMENT_KINDS, folder, "certificate", CERTIFICATE):
        yield
    wording.shipped.cache_clear()


@pytest.fixture
def page(people, enter):
    """page(role, address, at=, **data): (status, text)."""

    def seen(role, address, at=DURING, **data):
        with clock.at(at):
            client = enter(people[role])
            answer = client.post(address, data) if data else client.get(address)
            return answer.status_code, answer.content.decode()

    return seen


def signs(base):
    """Who signs, as the form has it already."""
    keys = ("signatory", "capacity", "authority")
    return {f"signs_{block['party']}_{key}": block[key] for block in base.frozen["parties"] for key in keys}


def test_it_is_offered_drafted_signed_and_shown_and_changes_nothing(certificate, base, stay, page, host, organiser):
    choices = reverse("agreement_change", args=[base.pk])
    assert "Certify the stay" in page("organiser", choices)[1]
    assert "Ask for a certificate" in page("startup", choices)[1]
    assert "One party says that the stay takes place." in page("startup", choices)[1]
    assert "certificate of a stay" in page("organiser", reverse("template_list"))[1]

    form = reverse("agreement_change_kind", args=[base.pk, "certificate"])
    assert "Who certifies" in page("organiser", form)[1]
    status, said = page("organiser", form, at=EARLY, **ASKED, **signs(base), step="preview")
    assert (status, "The stay has not begun." in said) == (422, True)
    status, said = page("organiser", form, **ASKED, **signs(base), step="preview")
    assert (status, "for: the visa office" in said) == (200, True)
    assert page("organiser", form, **ASKED, **signs(base), step="issue")[0] == 302

    made = Agreement.objects.get(kind="certificate")
    assert made.name == f"Certificate 1 under {base.reference}"
    assert [block["party"] for block in made.frozen["parties"]] == ["host"]
    (clause,) = made.frozen["clauses"]
    assert clause["paragraphs"][0]["text"].endswith(
        "is there from 1 March 2027 to 31 August 2027, for: the visa office"
    )
    before = now(stay)
    with clock.at(DURING):
        execute(made)
    assert now(stay) == before
    assert (standing_of(base).code, standing_of(made).code) == ("in_force", "in_force")
    told = Event.objects.get(verb="certify")
    assert (told.object_type, told.object_id) == ("corridor.stay", str(stay.pk))

    _status, said = page("startup", reverse("agreement", args=[base.pk]))
    assert "Certified by the host incubator." in said
    _status, said = page("startup", reverse("verify_document", args=[made.reference, made.code]))
    assert "Certificate of a stay" in said
    rows = "/api/v1/agreements/?kind=certificate"
    assert f'"reference":"{made.reference}"' in page("host", rows)[1]
    assert list(check_corridor()) == []


def test_a_party_asks_for_it(certificate, base, page, founder):
    with clock.at(DURING):
        asked = ask_for_change(by=founder, agreement=base, party="startup", kind="certificate", asked=Proposal(**ASKED))
    assert asked.kind_in_words == "certificate of a stay"
    assert "Certificate of a stay" in page("organiser", reverse("agreement", args=[base.pk]))[1]


def test_once_it_is_gone_it_is_refused_everywhere_in_words(certificate, base, draft, page, founder, organiser):
    made = draft("certificate", at=DURING, is_joint=False, **ASKED)
    with clock.at(DURING):
        execute(made)
        asked = ask_for_change(by=founder, agreement=base, party="startup", kind="certificate", asked=Proposal(**ASKED))
    DOCUMENT_KINDS.forget("certificate")
    known = {"agreement": base, "kind": "certificate", "asked": Proposal(**ASKED, is_joint=False)}
    for write in (
        lambda: draft_change(by=organiser, **known),
        lambda: ask_for_change(by=founder, party="startup", **known),
    ):
        with clock.at(DURING), pytest.raises(UnknownKind) as no:
            write()
        assert (str(no.value), no.value.field, no.value.status) == (UNKNOWN, "kind", 422)
    assert page("organiser", reverse("agreement_change_kind", args=[base.pk, "certificate"]))[0] == 404
    assert "Certify" not in page("organiser", reverse("agreement_change", args=[base.pk]))[1]
    for address in (
        reverse("agreement", args=[base.pk]),
        reverse("agreement", args=[made.pk]),
        reverse("template_list"),
    ):
        status, said = page("organiser", address)
        assert (status, UNKNOWN in said) == (200, True)
    for one in (base, made):
        assert UNKNOWN in page("organiser", reverse("verify_document", args=[one.reference, one.code]))[1]
    assert page("organiser", "/api/v1/agreements/?kind=certificate")[0] == 400
    with pytest.raises(CommandError) as strays:
        call_command("check_integrity")
    assert str(strays.value).splitlines() == [
        f"agreement {made.pk}: {UNKNOWN}",
        f"request for a change {asked.pk}: {UNKNOWN}",
    ]
