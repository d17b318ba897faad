"""Whatever the forms make: what is drafted follows the published format, verifies from its bytes alone, and says what
the rows say. Hypothesis draws the stay, who travels, the template, the house rules, the terms and the changes."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.forms import CharField
from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st

from corridor.agreements.changes.forms import ChangeForm
from corridor.agreements.changes.services.changes import draft_change
from corridor.agreements.drafting.forms import DraftForm, suggested
from corridor.agreements.drafting.services.drafting import draft_agreement
from corridor.agreements.files.pdf import issued_pdf
from corridor.agreements.files.reading import faults_of, held_in
from corridor.agreements.templates.forms import InLanguages
from corridor.agreements.templates.services.annexes import save_annex
from corridor.agreements.templates.services.templates import copy_template, publish_version, save_clause
from corridor.agreements.templates.wording import wording_for
from corridor.integrity import check_corridor
from corridor.kinds.document_kinds import ChangeKind, change_kinds
from corridor.life.services.travellers import TravellerDraft, replace_travellers
from corridor.models import Agreement, TemplateVersion
from network.models import User
from tests.corridor.agreements import cast
from tests.corridor.agreements.changes.conftest import execute
from toolkit import clock
from toolkit.canonical import canonical_bytes
from toolkit.refusals import Refusal

pytestmark = pytest.mark.django_db
AT, SLUG = datetime(2027, 1, 10, 9, tzinfo=UTC), "startup-agreement"
SOME = ["plain", "Zălau — «été» {fee}", "علي بن سعيد", "{nobody}", "- a list", "<b>&amp;</b>", 'a "quote"\u2028', "𝔘😀"]
TYPED = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])
TEXT = st.sampled_from(SOME) | st.text(TYPED, max_size=20).filter(str.strip)  # what is blank is missing
NAMES = st.sampled_from(["Ana Sousa", "李小龍", "Jean-Élie d’Arc", "O"])
FILLED = st.sampled_from(["{desks} in {host_name}", "{fee}\n\n{services}", "- {services}\n- {report_final}", "plain {"])


@pytest.fixture
def scene(db):
    [stay] = cast.stays(1)
    stay.incubator.openings.create(starts=date(2027, 1, 1), ends=date(2029, 1, 1), desks=9)
    return stay, User.objects.get(email="organiser@network.example"), User.objects.get(email="host@braga.example")


def own_template(data, by: User) -> str:
    """Ours with a clause more, saved as it is typed and published; ours itself where it can't be."""
    copy_template(by=by, slug="ours", original=SLUG, name={"en": "Ours"}, programmes=[], guest="startup")
    version = TemplateVersion.objects.get(template__slug="ours")
    texts, shared = version.texts, data.draw(FILLED)
    rows = (("heading", "Heading", False), ("text", "Text", True))
    typed = {f"{key}__{code}": data.draw(TEXT) if key == "heading" else shared for code in texts for key, *_ in rows}
    form = InLanguages(
        {**typed, "revision": version.revision}, languages=list(texts), rows=rows, said={}, revision=version.revision
    )
    if not form.is_valid():
        return SLUG
    try:
        values = {"part": "clauses", "code": "ours", "texts": form.texts()}
        version = save_clause(by=by, version=version, revision=version.revision, **values)
        publish_version(by=by, version=version, revision=version.revision)
    except Refusal:
        return SLUG
    return "ours"


def typed_in(data, form, **said) -> dict[str, object]:
    """What a browser sends of a form, some of it typed anew."""
    sent = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    for name, field in form.fields.items():
        if getattr(field, "choices", None):
            offered = [str(code) for code, _label in field.choices if code != "" or not name.endswith("_signer")]
            sent[name] = data.draw(st.sampled_from(offered)) if data.draw(st.booleans()) else sent[name] or offered[0]
        elif type(field) is CharField:
            sent[name] = data.draw(TEXT) if data.draw(st.booleans()) else sent[name] or "said"
    return {name: value for name, value in {**sent, **said}.items() if value is not None}


def drafted(data, stay, by: User, host: User) -> Agreement:
    """An agreement as the forms let it be."""
    stay.starts = data.draw(st.dates(date(2027, 2, 1), date(2027, 6, 30)))
    stay.ends = stay.starts + timedelta(days=data.draw(st.integers(2, 400)))
    stay.desks = data.draw(st.integers(1, 4))
    stay.save()
    people = [
        TravellerDraft(data.draw(NAMES), data.draw(st.sampled_from([["PT"], ["TN", "FR"]])), stay.starts, stay.ends)
        for _number in range(data.draw(st.integers(0, stay.desks)))
    ]
    replace_travellers(by=by, stay=stay, travellers=people)
    slug = own_template(data, by) if data.draw(st.booleans()) else SLUG
    wording = wording_for(stay, slug=slug)
    languages = data.draw(st.permutations(wording.languages()))[: data.draw(st.integers(1, 2))]
    if data.draw(st.booleans()):
        rules = {language: {"title": "House rules", "text": data.draw(TEXT)} for language in languages}
        save_annex(by=host, incubator=stay.incubator, annex=None, texts=rules)
    form = DraftForm(None, initial=suggested(stay, wording, languages), stay=stay, wording=wording, languages=languages)
    form = DraftForm(typed_in(data, form), stay=stay, wording=wording, languages=languages)
    assert form.is_valid(), form.errors
    said = {"language": languages[0], "beside": languages[1] if languages[1:] else ""}
    return draft_agreement(by=by, stay=stay, terms={**form.terms(), "template": slug}, **said)


def changed(data, base: Agreement, by: User) -> Agreement:
    """A document that changes or ends it: of the first kind, in an order that is drawn, that can be today."""
    for kind in data.draw(st.permutations(change_kinds())):
        try:
            return changed_as(kind, data, Agreement.objects.get(pk=base.pk), by)
        except Refusal as refusal:
            event(refusal.code)
    raise AssertionError("what all sign ends a stay at any time")


def changed_as(kind: ChangeKind, data, base: Agreement, by: User) -> Agreement:
    """A document of a kind, as its form lets it be."""
    stay = base.stay
    form = {
        "kind": kind,
        "agreement": base,
        "stay": stay,
        "parties": [(block.party, block.name) for block in base.content.parties],
        "organises": True,
        "has_begun": stay.starts <= AT.date(),
    }
    until = timedelta(days=-2 if kind.is_ending else 90)
    said = {"last_day": data.draw(st.dates(stay.starts, stay.ends + until)), "desks": data.draw(st.integers(1, 9))}
    filled = ChangeForm(typed_in(data, ChangeForm(None, **form), **said), **form)
    assert filled.is_valid(), filled.errors
    asked = {"asked": filled.asked(), "signatories": filled.signatories()}
    return draft_change(by=by, agreement=base, kind=kind.code, **asked)


def check(document: Agreement, folder) -> None:
    """The format takes it, the command finds it whole, and what is kept is what was hashed."""
    document.refresh_from_db()
    written = canonical_bytes(document.frozen)
    assert hashlib.sha256(written).hexdigest() == document.frozen_sha256
    held = held_in(written)
    assert held.content == document.content
    assert list(faults_of(held, document.frozen_sha256)) == []
    (folder / "content.json").write_bytes(written)
    call_command("verify_agreement", str(folder / "content.json"), sha256=document.frozen_sha256)


def test_what_the_forms_make_is_taken_by_the_format_and_verifies(scene, tmp_path, capsys):
    stay, by, host = scene
    seen = []

    @settings(max_examples=6, phases=[Phase.generate])
    @given(st.data())
    def draw(data):
        stay.refresh_from_db()
        before = transaction.savepoint()  # no block of ours: what executes a document stands in none
        with clock.at(AT):
            try:
                agreement = drafted(data, stay, by, host)
                check(agreement, tmp_path)
                execute(agreement)
                change = changed(data, agreement, by)
                check(change, tmp_path)
                assert list(check_corridor()) == []
                seen.extend([agreement.content, change.content])
            finally:
                transaction.savepoint_rollback(before)

    draw()
    longest = max(seen, key=lambda content: len(content.texts))
    assert held_in(issued_pdf(longest)).written == canonical_bytes(longest.as_data())
