"""Templates of documents: loaded from the files of data/terms, changed as a draft,
published once and never changed after."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from corridor.agreements.templates.wording import shipped
from corridor.agreements.templates.words import known_placeholders, sentence_of
from corridor.domain.terms.checks import CODE, PARTS, Fault, clause_faults, faults_in, faults_of, own_blanks
from corridor.domain.terms.clauses import Wording
from corridor.models import AgreementTemplate, TemplateVersion
from corridor.permissions import require
from network.models import User
from network.permissions import is_organiser
from network.services import record_event
from toolkit import clock
from toolkit.canonical import digest
from toolkit.locks import locked
from toolkit.refusals import Refusal

FIELDS = ("name", "guest", "host_country", "programmes")


@transaction.atomic
def load_shipped(*, by: User | None = None, slug: str = "") -> int:
    """Puts the templates of data/terms into the database (only `slug`, if given). Run again, it doubles nothing.

    A newer text of ours becomes a version of its own: published where the last one was ours, a draft where an organiser
    has written since and has no draft open. Returns the number of versions made.
    """
    return sum(_load(by, wording) for wording in shipped() if slug in ("", wording.slug))


def _load(by: User | None, wording: Wording) -> int:
    template, is_new = AgreementTemplate.objects.get_or_create(
        slug=wording.slug,
        defaults={
            "kind": wording.kind,
            "guest": wording.guest,
            "host_country": wording.host_country,
            "name": dict(wording.name),
        },
    )
    locked(AgreementTemplate.objects.filter(pk=template.pk)).get()
    last = template.versions.order_by("-number").first()
    if template.versions.filter(shipped=wording.version).exists():
        return 0
    if last is not None and not last.is_published:
        return 0  # a draft is open: it is told apart when it is published
    is_ours = last is None or last.shipped is not None
    version = TemplateVersion(
        template=template,
        number=wording.version if last is None else last.number + 1,
        texts={language: deepcopy(dict(text)) for language, text in wording.texts.items()},
        shipped=wording.version,
        saved_at=clock.now(),
        saved_by=by,
    )
    if is_ours:
        _seal(version, by)
    version.save()
    record_event(by=by, verb="load", thing=template, after={"version": version.number, "is_new": is_new})
    return 1


def _seal(version: TemplateVersion, by: User | None) -> None:
    version.published_at, version.published_by = clock.now(), by
    version.texts_sha256 = digest(version.texts)


@transaction.atomic
def start_version(*, by: User, slug: str) -> TemplateVersion:
    """Opens a draft of the next version, which begins as a copy of the last one;
    answers the one that is open already."""
    _organiser(by)
    load_shipped(by=by, slug=slug)
    template = locked(AgreementTemplate.objects.filter(slug=slug)).get()
    last = template.versions.order_by("-number").first()
    if last is not None and not last.is_published:
        return last
    version = TemplateVersion.objects.create(
        template=template,
        number=last.number + 1 if last else 1,
        texts=deepcopy(last.texts) if last else {},
        saved_at=clock.now(),
        saved_by=by,
    )
    record_event(by=by, verb="start_version", thing=template, after={"version": version.number})
    return version


@transaction.atomic
def copy_template(*, by: User, slug: str, original: str, **fields: Any) -> AgreementTemplate:
    """A template of its own, whose first version is a draft that begins as `original` stands. `fields` as in
    save_template. Raises Refusal for a name that is taken."""
    _organiser(by)
    if AgreementTemplate.objects.filter(slug=slug).exists() or any(one.slug == slug for one in shipped()):
        raise Refusal(_("There is a template of this name."), code="template.slug", field="slug", status=422)
    load_shipped(by=by, slug=original)
    source = AgreementTemplate.objects.get(slug=original)
    last = source.versions.filter(published_at__isnull=False).order_by("-number").first()
    template = AgreementTemplate.objects.create(slug=slug, kind=source.kind, name=fields["name"])
    TemplateVersion.objects.create(
        template=template, number=1, texts=deepcopy(last.texts) if last else {}, saved_at=clock.now(), saved_by=by
    )
    return save_template(by=by, template=template, **fields)


@transaction.atomic
def save_template(*, by: User, template: AgreementTemplate, **fields: Any) -> AgreementTemplate:
    """Says for whom a template is: name, guest, host_country, programmes. Documents that exist keep what they have.
    Raises TypeError for another field."""
    _organiser(by)
    template = locked(AgreementTemplate.objects.filter(pk=template.pk)).get()
    before = {name: str(getattr(template, name)) for name in FIELDS if name != "programmes"}
    programmes = fields.pop("programmes", None)
    for name, value in fields.items():
        if name not in FIELDS:
            raise TypeError(f"a template has no field {name}")
        setattr(template, name, value)
    template.save()
    if programmes is not None:
        template.programmes.set(programmes)
    after = {name: str(getattr(template, name)) for name in before}
    after["programmes"] = ", ".join(template.programmes.order_by("slug").values_list("slug", flat=True))
    record_event(by=by, verb="save", thing=template, before=before, after=after)
    return template


@transaction.atomic
def save_titles(
    *, by: User, version: TemplateVersion, revision: int, texts: Mapping[str, Mapping[str, str]], note: str
) -> TemplateVersion:
    """Title, subtitle and consent by language, and what has changed in this version."""

    def put(draft: TemplateVersion) -> list[Fault]:
        for language, said in texts.items():
            draft.texts[language] |= {name: text.strip() for name, text in said.items()}
        draft.note = note.strip()
        known = _known(draft)
        names = ("title", "subtitle", "consent")
        return [
            fault
            for name in names
            for fault in faults_of(name, {code: [text[name]] for code, text in draft.texts.items()}, known)
        ]

    return _change(by, version, revision, put)


@transaction.atomic
def save_clause(
    *, by: User, version: TemplateVersion, revision: int, part: str, code: str, texts: Mapping[str, Mapping[str, str]]
) -> TemplateVersion:
    """Heading and text of a clause or an annex, in all languages at once; one whose code is new comes last."""

    def put(draft: TemplateVersion) -> list[Fault]:
        if not CODE.fullmatch(code) or part not in PARTS:
            return [Fault("code", where=code)]
        rows = {}
        for language, said in texts.items():
            text = said["text"].replace("\r\n", "\n").strip()
            row = {"code": code, "heading": said["heading"].strip(), "text": text}
            rows[language] = row
            there = draft.texts[language][part]
            places = [place for place, one in enumerate(there) if one["code"] == code]
            if places:
                there[places[0]] = row
            else:
                there.append(row)
        return clause_faults(code, rows, _known(draft))

    return _change(by, version, revision, put)


@transaction.atomic
def arrange_clause(
    *, by: User, version: TemplateVersion, revision: int, part: str, code: str, how: str
) -> TemplateVersion:
    """Moves a clause “up” or “down”, or takes it out (“remove”), in all languages at once."""

    def put(draft: TemplateVersion) -> list[Fault]:
        for text in draft.texts.values():
            rows = text[part]
            place = next((place for place, row in enumerate(rows) if row["code"] == code), None)
            if place is None:
                continue
            row = rows.pop(place)
            if how != "remove":
                rows.insert(max(0, place + (-1 if how == "up" else 1)), row)
        return []

    return _change(by, version, revision, put)


@transaction.atomic
def save_sentences(
    *, by: User, version: TemplateVersion, revision: int, table: str, texts: Mapping[str, Mapping[str, str]]
) -> TemplateVersion:
    """The sentences of one of the template's tables, by language."""

    def put(draft: TemplateVersion) -> list[Fault]:
        for language, said in texts.items():
            draft.texts[language]["parts"][table] = {key: text.strip() for key, text in said.items()}
        known = _known(draft)
        keys = next(iter(texts.values()))
        return [
            fault
            for key in keys
            for fault in faults_of(f"{table}.{key}", {code: [said[key]] for code, said in texts.items()}, known)
        ]

    return _change(by, version, revision, put)


def _change(
    by: User, version: TemplateVersion, revision: int, put: Callable[[TemplateVersion], list[Fault]]
) -> TemplateVersion:
    """Changes a draft, unless somebody has since it was read, or what is put is at fault."""
    draft = _open_draft(by, version, revision)
    faults = put(draft)
    if faults:
        raise Refusal(" ".join(sentence_of(fault) for fault in faults), code="template.fault", status=422)
    draft.revision += 1
    draft.saved_at, draft.saved_by = clock.now(), by
    draft.save()
    return draft


def _known(draft: TemplateVersion) -> set[str]:
    return known_placeholders(draft.template.kind) | own_blanks(draft.texts)


def _open_draft(by: User, version: TemplateVersion, revision: int) -> TemplateVersion:
    _organiser(by)
    draft = locked(TemplateVersion.objects.filter(pk=version.pk)).select_related("template").get()
    if draft.is_published:
        raise Refusal(_("A published version never changes. Begin a new one."), code="template.published")
    if draft.revision != revision:
        text = _("Somebody has changed this draft since you opened it. Look at it again, then change it.")
        raise Refusal(text, code="template.stale")
    return draft


@transaction.atomic
def publish_version(*, by: User, version: TemplateVersion, revision: int) -> TemplateVersion:
    """From now on documents are drafted from it. Refused with everything that is wrong with it."""
    draft = _open_draft(by, version, revision)
    faults = faults_in(draft.texts, _known(draft))
    if faults:
        raise Refusal(" ".join(sentence_of(fault) for fault in faults), code="template.fault", status=422)
    if not draft.note and draft.number > 1:
        raise Refusal(_("Say what has changed in this version."), code="template.note", status=422)
    _seal(draft, by)
    draft.save()
    after = {"version": draft.number, "sha256": draft.texts_sha256, "note": draft.note}
    record_event(by=by, verb="publish", thing=draft.template, after=after)
    return draft


@transaction.atomic
def discard_version(*, by: User, version: TemplateVersion, revision: int) -> None:
    """Throws a draft away."""
    draft = _open_draft(by, version, revision)
    record_event(by=by, verb="discard", thing=draft.template, before={"version": draft.number})
    draft.delete()


def _organiser(by: User) -> None:
    require(is_organiser(by), _("Only an organiser writes the texts of documents."))
