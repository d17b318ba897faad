"""The organiser's pages of the templates: which there are, their versions, a draft changed clause by clause,
and a sample."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from i18nfield.strings import LazyI18nString

from corridor.agreements.templates.forms import ClauseCodeForm, NoteForm
from corridor.agreements.templates.languages import LANGUAGES
from corridor.agreements.templates.wording import shipped, wording_of
from corridor.agreements.templates.words import known_placeholders, sentence_of
from corridor.domain.terms.checks import PARTS, RULES, changes_between, faults_in
from corridor.domain.terms.clauses import Wording
from corridor.kinds.document_kinds import kind_in_words, rank_of
from corridor.models import AgreementTemplate, TemplateVersion
from corridor.programmes.kinds import guest_in_words
from network.countries import country_name
from network.gates import organisers_only
from network.requests import AuthedRequest


def _described(
    template_slug: str, kind: str, guest: str, country: str, name: Any, programmes: Iterable[Any] = ()
) -> dict[str, object]:
    return {
        "slug": template_slug,
        "kind": kind_in_words(kind),
        "rank": rank_of(kind),
        "guest": guest_in_words(guest),
        "country": country_name(country) if country else "",
        "name": name,
        "programmes": programmes,
    }


@organisers_only
@require_GET
def list_templates(request: AuthedRequest) -> HttpResponse:
    """Every template, with the version that documents are drafted from."""
    rows = []
    known = AgreementTemplate.objects.visible_to(request.user).with_versions()
    for template in known:
        versions = list(template.versions.all())
        row = _described(
            template.slug,
            template.kind,
            template.guest,
            template.host_country,
            template.name,
            [str(one) for one in template.programmes.all()],
        )
        published = next((one for one in versions if one.is_published), None)
        texts = (published or versions[0]).texts if versions else {}
        row["languages"] = [LANGUAGES[code] for code in LANGUAGES if code in texts]
        row["version"], row["draft"] = published, next((one for one in versions if not one.is_published), None)
        rows.append(row)
    slugs = {row["slug"] for row in rows}
    for wording in shipped():
        if wording.slug not in slugs:
            name = LazyI18nString(dict(wording.name))
            row = _described(wording.slug, wording.kind, wording.guest, wording.host_country, name)
            languages = [LANGUAGES[code] for code in wording.languages()]
            rows.append({**row, "languages": languages, "version": {"number": wording.version}, "is_ours": True})
    rows.sort(key=lambda row: (row["rank"], row["guest"], row["country"], str(row["name"])))
    return render(request, "corridor/agreements/templates/list.html", {"rows": rows})


def versions_of(template_slug: str) -> tuple[AgreementTemplate | None, list[tuple[Wording, TemplateVersion | None]]]:
    """A template's versions, latest first; ours from the files while the database has none of that name."""
    template = AgreementTemplate.objects.filter(slug=template_slug).with_versions().first()
    if template is not None:
        return template, [(wording_of(version, template), version) for version in template.versions.all()]
    ours: list[tuple[Wording, TemplateVersion | None]] = [
        (wording, None) for wording in shipped() if wording.slug == template_slug
    ]
    if not ours:
        raise Http404
    return None, ours


@organisers_only
@require_GET
def show_template(request: AuthedRequest, template_slug: str) -> HttpResponse:
    template, versions = versions_of(template_slug)
    wording = versions[0][0]
    context = _described(
        template_slug,
        wording.kind,
        wording.guest,
        wording.host_country,
        LazyI18nString(dict(wording.name)),
        list(template.programmes.all()) if template else [],
    )
    drafts = [version for _wording, version in versions if version is not None and not version.is_published]
    return render(
        request,
        "corridor/agreements/templates/show.html",
        {**context, "versions": versions, "draft": drafts and drafts[0]},
    )


def version_shown(template_slug: str, number: int) -> tuple[Wording, TemplateVersion | None, Wording | None]:
    """(the version, its row, the version before it)."""
    _template, versions = versions_of(template_slug)
    for place, (wording, row) in enumerate(versions):
        if wording.version == number:
            before = versions[place + 1][0] if place + 1 < len(versions) else None
            return wording, row, before
    raise Http404


@organisers_only
@require_GET
def show_version(request: AuthedRequest, template_slug: str, number: int) -> HttpResponse:
    """The text of a version in all its languages side by side; for a draft, the ways to change it."""
    wording, row, before = version_shown(template_slug, number)
    languages = wording.languages()
    texts = [wording.texts[code] for code in languages]
    is_draft = row is not None and not row.is_published
    context = {
        "wording": wording,
        "row": row,
        "is_draft": is_draft,
        "name": LazyI18nString(dict(wording.name)),
        "columns": [{"code": code, "name": LANGUAGES[code], "text": wording.texts[code]} for code in languages],
        "parts": [
            {
                "part": part,
                "rows": [
                    list(zip(languages, rows, strict=True))
                    for rows in zip(*(text[part] for text in texts), strict=False)
                ],
            }
            for part in PARTS
        ],
        "tables": [table for table in texts[0]["parts"] if table != RULES] if texts else [],
        "faults": [sentence_of(one) for one in faults_in(wording.texts, known_placeholders(wording.kind))]
        if is_draft
        else [],
        "has_before": before is not None,
        "code_form": ClauseCodeForm() if is_draft else None,
        "note_form": NoteForm(initial={"note": row.note}) if row is not None and is_draft else None,
    }
    return render(request, "corridor/agreements/templates/version.html", context)


@organisers_only
@require_GET
def show_changes(request: AuthedRequest, template_slug: str, number: int) -> HttpResponse:
    """What is said otherwise than in the version before."""
    wording, _row, before = version_shown(template_slug, number)
    if before is None:
        raise Http404
    kinds = {"changed": _("changed"), "added": _("added"), "removed": _("removed")}
    changes = [
        {"change": one, "language": LANGUAGES[one.language], "kind": kinds[one.kind]}
        for one in changes_between(before.texts, wording.texts)
    ]
    context = {"wording": wording, "before": before, "changes": changes, "name": LazyI18nString(dict(wording.name))}
    return render(request, "corridor/agreements/templates/changes.html", context)
