"""Templates: the most specific one is used, and what is published never changes."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from corridor.agreements.drafting.specimen import specimen
from corridor.agreements.files.pdf import issued_pdf
from corridor.agreements.templates.services.templates import (
    arrange_clause,
    discard_version,
    load_shipped,
    publish_version,
    save_clause,
    save_titles,
    start_version,
)
from corridor.agreements.templates.wording import find_for, offered, shipped
from corridor.agreements.templates.words import known_placeholders
from corridor.domain.terms.checks import changes_between, faults_in
from corridor.domain.terms.clauses import by_fit
from corridor.integrity import check_corridor
from corridor.models import AgreementTemplate, TemplateVersion
from toolkit.canonical import digest
from toolkit.refusals import Refusal

AT = datetime(2026, 11, 1, 9, tzinfo=UTC)


def template(slug, *, programmes=(), published=True, **fields) -> TemplateVersion:
    made = AgreementTemplate.objects.create(slug=slug, name={"en": slug}, **{"guest": "startup", **fields})
    made.programmes.set(programmes)
    texts = dict(shipped()[0].texts)
    return TemplateVersion.objects.create(
        template=made,
        number=1,
        texts=texts,
        saved_at=AT,
        published_at=AT if published else None,
        texts_sha256=digest(texts),
    )


def test_guest_counts_before_country_and_any_comes_last():
    def wording(slug, guest, country, kind="agreement"):
        return replace(shipped()[0], slug=slug, guest=guest, host_country=country, kind=kind)

    known = [
        wording("any", "", ""),
        wording("any in France", "", "FR"),
        wording("graduate", "graduate", ""),
        wording("graduate in France", "graduate", "FR"),
        wording("amendment", "graduate", "FR", "amendment"),
    ]

    def found(kind, guest, country):
        one = next(iter(by_fit(known, kind=kind, guest=guest, host_country=country)), None)
        return one.slug if one else None

    assert found("agreement", "graduate", "FR") == "graduate in France"
    assert found("agreement", "graduate", "PT") == "graduate"
    assert found("agreement", "artist", "FR") == "any in France"
    assert found("agreement", "artist", "PT") == "any"
    assert found("amendment", "graduate", "PT") is None


def test_shipped_text_counts_until_the_database_has_one_of_its_name(stay):
    assert (find_for(stay).slug, find_for(stay).version_id) == ("startup-agreement", None)
    draft = template("startup-agreement", published=False)
    assert find_for(stay) is None  # nothing of that name is published
    TemplateVersion.objects.filter(pk=draft.pk).update(published_at=AT)
    assert find_for(stay).version_id == draft.pk


def test_a_programme_s_own_choice_comes_first_and_is_nobody_else_s(stay, programme):
    template("portugal", host_country="PT")
    own = template("ours", programmes=[programme])
    assert find_for(stay).slug == "ours"
    for_others = offered("agreement", None)
    assert by_fit(for_others, kind="agreement", guest="startup", host_country="PT")[0].slug == "portugal"
    AgreementTemplate.objects.filter(slug="ours").update(host_country="FR")
    assert find_for(stay).slug == "portugal"  # what it chose for France says nothing of Portugal
    AgreementTemplate.objects.filter(slug="ours").update(host_country="")
    own.template.programmes.clear()
    assert find_for(stay).slug == "portugal"


SLUG = "startup-agreement"


def changed(version, code="place", **by_language) -> dict:
    """The texts of a clause as the screen sends them, with some of them written anew."""
    rows = {
        language: next(row for row in text["clauses"] if row["code"] == code)
        for language, text in version.texts.items()
    }
    return {
        language: {"heading": row["heading"], "text": by_language.get(language, row["text"])}
        for language, row in rows.items()
    }


@pytest.fixture
def draft(organiser):
    return start_version(by=organiser, slug=SLUG)


def test_loading_twice_doubles_nothing_and_our_text_stays_what_is_drafted_from(stay, db):
    assert load_shipped() == len(shipped())
    assert load_shipped() == 0
    found = find_for(stay)
    assert (found.slug, found.version) == (SLUG, 3)
    assert found.version_id is not None
    assert dict(found.texts) == dict(next(one for one in shipped() if one.slug == SLUG).texts)


def test_our_own_texts_have_no_fault(db):
    for wording in shipped():
        assert faults_in(wording.texts, known_placeholders(wording.kind)) == [], wording.slug


def test_a_template_edited_after_issue_leaves_what_was_issued_as_it_was(
    executed, organiser, stay, draft, private_files, django_capture_on_commit_callbacks
):
    files = [executed.issued_file.name, executed.executed_file.name]
    before = [(private_files / name).read_bytes() for name in files]
    frozen = executed.frozen
    text = "The host keeps {desks}, and now says so otherwise.\n\nThe start-up may use the place."
    texts = changed(draft, en=text, fr=text, es=text)
    saved = save_clause(by=organiser, version=draft, revision=draft.revision, part="clauses", code="place", texts=texts)
    saved = save_titles(by=organiser, version=saved, revision=saved.revision, texts={}, note="Place")
    publish_version(by=organiser, version=saved, revision=saved.revision)
    executed.refresh_from_db()
    assert find_for(stay).version == 4
    assert executed.frozen == frozen
    assert executed.frozen_sha256 == digest(frozen)
    assert [(private_files / name).read_bytes() for name in files] == before
    assert issued_pdf(executed.content) == before[0]  # made again, it is the same file


def test_what_is_published_never_changes(organiser, draft):
    saved = save_titles(by=organiser, version=draft, revision=1, texts={}, note="Same text")
    published = publish_version(by=organiser, version=saved, revision=saved.revision)
    for change in (
        lambda: save_titles(by=organiser, version=published, revision=2, texts={}, note="Later"),
        lambda: save_clause(
            by=organiser, version=published, revision=2, part="clauses", code="law", texts=changed(published, "law")
        ),
        lambda: arrange_clause(by=organiser, version=published, revision=2, part="clauses", code="law", how="remove"),
        lambda: discard_version(by=organiser, version=published, revision=2),
    ):
        with pytest.raises(Refusal) as refusal:
            change()
        assert refusal.value.code == "template.published"
    assert list(check_corridor()) == []
    TemplateVersion.objects.filter(pk=published.pk).update(texts={})  # past the service
    assert list(check_corridor()) == [f"template version {published.pk}: its text is not the one that was published"]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"en": "{desk}\n\nB", "fr": "{desk}\n\nB", "es": "{desk}\n\nB"}, "Nothing fills {desk}, in “place” (English)"),
        ({"en": "A {desks}\n\nB", "fr": "A\n\nB", "es": "A\n\nB"}, "{desks} stands in “place” in English and not in"),
        (
            {"en": "A", "fr": "A\n\nB", "es": "A"},
            "“place” has not as many paragraphs in each language: en 1, es 1, fr 2",
        ),
        ({"es": " "}, "“place” is empty in Spanish"),
    ],
)
def test_a_clause_at_fault_is_refused_with_what_is_wrong(organiser, draft, texts, said):
    with pytest.raises(Refusal) as refusal:
        save_clause(
            by=organiser, version=draft, revision=1, part="clauses", code="place", texts=changed(draft, **texts)
        )
    assert said in str(refusal.value.message)


def test_two_people_in_one_draft_lose_nothing(organiser, draft):
    save_clause(by=organiser, version=draft, revision=1, part="clauses", code="law", texts=changed(draft, "law"))
    with pytest.raises(Refusal) as refusal:
        save_clause(by=organiser, version=draft, revision=1, part="clauses", code="ip", texts=changed(draft, "ip"))
    assert refusal.value.code == "template.stale"


def test_clauses_of_each_language_stand_in_the_same_order(organiser, draft):
    draft.texts["es"]["clauses"].reverse()
    draft.save()
    with pytest.raises(Refusal) as refusal:
        publish_version(by=organiser, version=draft, revision=1)
    assert "The clauses of Spanish are not those of the first language, in the same order" in str(refusal.value.message)


def test_changes_are_told_word_by_word():
    ours = shipped()[0].texts["en"]
    row = {"code": "a", "heading": "Heading", "text": "The host keeps two desks."}
    other = {**ours, "clauses": [{**row, "text": "The host keeps three good desks."}]}
    [change] = changes_between({"en": {**ours, "clauses": [row]}}, {"en": other})
    assert (change.where, change.kind) == ("clauses.a", "changed")
    assert change.words == (
        ("same", "Heading The host keeps "),
        ("gone", "two"),
        ("new", "three good"),
        ("same", " desks."),
    )


def test_the_screens_from_a_new_version_to_its_publication(organiser, enter):
    browser = enter(organiser)
    assert "Hosting agreement of a start-up" in browser.get(reverse("template_list")).content.decode()
    address = browser.post(reverse("template_begin", args=[SLUG])).url
    assert address == reverse("template_version", args=[SLUG, 4])
    clause = reverse("template_clause", args=[SLUG, 4, "clauses", "fees"])
    version = TemplateVersion.objects.get(number=4)
    typed = {"revision": 1}
    for language, texts in changed(version, "fees").items():
        typed |= {f"heading__{language}": texts["heading"], f"text__{language}": texts["text"]}
    wrong = browser.post(clause, {**typed, "text__en": "At {prize}.\n\nB"})
    assert wrong.status_code == 422
    assert "Nothing fills {prize}" in wrong.content.decode()
    assert "At {prize}." in wrong.content.decode()
    assert browser.post(clause, {**typed, "heading__en": "Price"}).status_code == 302
    act = reverse("template_act", args=[SLUG, 4])
    browser.post(act, {"revision": 2, "do": "up", "clause": "clauses.fees"})
    assert browser.post(act, {"revision": 3, "do": "publish", "note": "Price before services"}).status_code == 302
    version.refresh_from_db()
    assert version.is_published
    assert [row["code"] for row in version.texts["es"]["clauses"]][4:6] == ["fees", "services"]
    changes = browser.get(reverse("template_changes", args=[SLUG, 4])).content.decode()
    assert "<ins>Price</ins>" in changes
    assert browser.get(clause).status_code == 404


def test_a_template_of_one_s_own_begins_as_a_copy(organiser, programme, stay, enter):
    given = {"slug": "ours", "name_0": "Ours", "guest": "startup", "host_country": "PT", "programmes": [programme.pk]}
    answer = enter(organiser).post(reverse("template_copy", args=[SLUG]), given)
    assert answer.url == reverse("template_version", args=["ours", 1])
    assert find_for(stay).slug == SLUG  # nothing is published of it
    version = TemplateVersion.objects.get(template__slug="ours")
    publish_version(by=organiser, version=version, revision=1)
    assert find_for(stay).slug == "ours"


def test_a_specimen_fills_every_placeholder_and_is_marked():
    for wording in shipped():
        languages = wording.languages()[-2:]
        content = specimen(wording, languages, AT)
        assert content.preview == wording.words[languages[0]]["words"]["sample"]
        assert re.findall(r"\{\w+\}", str(content.clauses) + str(content.annexes)) == []


def test_templates_are_the_organiser_s(people, enter):
    for address in (reverse("template_list"), reverse("template_version", args=[SLUG, 3])):
        answers = {name: enter(person).get(address).status_code for name, person in people.items()}
        assert {name for name, status in answers.items() if status == 200} == {"organiser"}
        assert set(answers.values()) == {200, 404}
