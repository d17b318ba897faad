"""Templates: the most specific one is used, and what is published never changes."""

from dataclasses import replace
from datetime import UTC, datetime

from corridor.domain.terms import most_specific
from corridor.models import AgreementTemplate, TemplateVersion
from corridor.wording import find_for, find_wording, shipped

AT = datetime(2026, 11, 1, 9, tzinfo=UTC)


def template(slug, *, programmes=(), published=True, **fields) -> TemplateVersion:
    made = AgreementTemplate.objects.create(slug=slug, name={"en": slug}, **{"guest": "startup", **fields})
    made.programmes.set(programmes)
    texts = dict(shipped()[0].texts)
    return TemplateVersion.objects.create(
        template=made, number=1, texts=texts, saved_at=AT, published_at=AT if published else None
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
        one = most_specific(known, kind=kind, guest=guest, host_country=country)
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
    assert find_wording(guest="startup", host_country="PT").slug == "portugal"
    own.template.programmes.clear()
    assert find_for(stay).slug == "portugal"
