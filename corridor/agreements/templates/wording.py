"""Which text a document has: the templates of the database, and those of data/terms where it holds none."""

from __future__ import annotations

import tomllib
import zoneinfo
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from corridor.domain.terms.clauses import DOCUMENT_LANGUAGES, Terms, Wording, by_fit, text_of
from corridor.domain.terms.host_law import broken, status_on
from corridor.kinds.document_kinds import USUAL
from corridor.models import AgreementTemplate, Application, Programme, TemplateVersion
from toolkit import clock
from toolkit.refusals import Refusal

if TYPE_CHECKING:
    from corridor.models import Stay


FOLDER = "data/terms"


@cache
def shipped() -> tuple[Wording, ...]:
    """The templates of data/terms, each in all its languages, by name of file."""
    heads: dict[str, dict[str, Any]] = {}
    texts: dict[str, dict[str, Any]] = {}
    for path in sorted((settings.BASE_DIR / FOLDER).glob("*.toml")):
        if path.name.startswith("words."):
            continue
        head, text = text_of(path.read_text(encoding="utf-8"))
        heads.setdefault(head["slug"], head)
        texts.setdefault(head["slug"], {})[head["language"]] = text
    return tuple(
        Wording(
            slug=slug,
            kind=head["kind"],
            guest=head["guest"],
            host_country=head["host_country"],
            name=head["name"],
            version=head["version"],
            texts=texts[slug],
            words=shared_words(),
        )
        for slug, head in heads.items()
    )


@cache
def shared_words() -> dict[str, dict[str, dict[str, str]]]:
    """{language: {table: {key: text}}} of what every document says, whatever its template: data/terms/words.*.toml."""
    folder = settings.BASE_DIR / FOLDER
    return {
        language: tomllib.loads((folder / f"words.{language}.toml").read_text(encoding="utf-8"))
        for language in DOCUMENT_LANGUAGES
        if (folder / f"words.{language}.toml").exists()
    }


def wording_of(version: TemplateVersion, template: AgreementTemplate | None = None) -> Wording:
    """A version of the database as the documents take it."""
    template = template or version.template
    return Wording(
        slug=template.slug,
        kind=template.kind,
        guest=template.guest,
        host_country=template.host_country,
        name=dict(template.name.data) if isinstance(template.name.data, dict) else {"en": str(template.name)},
        version=version.number,
        texts=version.texts,
        words=shared_words(),
        version_id=version.pk,
    )


def offered(kind: str, programme: Programme | None = None) -> list[Wording]:
    """What documents of a kind may be made from: those that `programme` chose,
    and those that no programme keeps to itself.

    A template counts with its last published version. One of data/terms counts while the database has none of its name.
    """
    rows = list(AgreementTemplate.objects.filter(kind=kind).prefetch_related("programmes").order_by("pk"))
    later = TemplateVersion.objects.filter(
        template=OuterRef("template"), published_at__isnull=False, number__gt=OuterRef("number")
    )
    published = TemplateVersion.objects.filter(~Exists(later), template__in=rows, published_at__isnull=False)
    latest = {version.template_id: version for version in published}  # its text is long: no older one is fetched
    own: list[Wording] = []
    general: list[Wording] = []
    for row in rows:
        programmes = {one.pk for one in row.programmes.all()}
        if row.pk not in latest:
            continue
        if programme is not None and programme.pk in programmes:
            own.append(replace(wording_of(latest[row.pk], row), is_own=True))
        elif not programmes:
            general.append(wording_of(latest[row.pk], row))
    known = {row.slug for row in rows}
    general += [one for one in shipped() if one.kind == kind and one.slug not in known]
    return own + general


def guest_of(stay: Stay) -> str:
    """What the templates call the guest of a stay."""
    return stay.programme.guest


def choices_for(stay: Stay, kind: str = USUAL) -> list[Wording]:
    """The texts that are written for a document of a stay, the most specific first."""
    city = stay.incubator.city
    return by_fit(
        offered(kind, stay.programme), kind=kind, guest=guest_of(stay), host_country=city.country if city else ""
    )


def find_for(stay: Stay, kind: str = USUAL, slug: str = "") -> Wording | None:
    """The text for a document of a stay, or nothing where no template is written for it.

    That of `slug`, whatever its rules say; without one the most specific whose rules hold for this stay.
    """
    choices = choices_for(stay, kind)
    if slug:
        return next((one for one in choices if one.slug == slug), None)
    return next((one for one in choices if not broken_rule(stay, one)), None) or next(iter(choices), None)


def broken_rule(stay: Stay, wording: Wording) -> str:
    """The rule of a template that says no to this stay (see corridor.domain.terms.host_law), or nothing."""
    zone = zoneinfo.ZoneInfo(stay.incubator.city.time_zone if stay.incubator.city else stay.programme.time_zone)
    today = clock.now().astimezone(zone).date()
    return broken(wording.rules(), status=status_of(stay), starts=stay.starts, ends=stay.ends, today=today)


def status_of(stay: Stay) -> str:
    """What the guest is on the first day, as far as known: student, graduate, or nothing."""
    application = Application.objects.filter(candidate=stay.candidate_id).first()
    if application is None:
        return ""
    return status_on(stay.starts, said=application.status, diploma_on=application.diploma_on)


def wording_for(stay: Stay, kind: str = USUAL, slug: str = "") -> Wording:
    """As find_for; refuses a stay for which no template is written."""
    wording = find_for(stay, kind, slug)
    if wording is None:
        raise Refusal(_("No template is written for this kind of stay."), code="agreement.template")
    return wording


def terms_in(wording: Wording, language: str, field: str = "language") -> Terms:
    """The clauses in a language. Raises Refusal at `field` where there are none in it."""
    if language not in wording.languages():
        raise Refusal(
            _("Our agreement does not exist in this language."), code="agreement.language", field=field, status=422
        )
    return wording.terms(language)
