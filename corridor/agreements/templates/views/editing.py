"""The organiser changes a template: for whom it is, a new version as a draft, clause by clause,
published in the end."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from i18nfield.strings import LazyI18nString

from corridor.agreements.templates.forms import InLanguages, TemplateForm
from corridor.agreements.templates.languages import LANGUAGES
from corridor.agreements.templates.services.templates import (
    arrange_clause,
    copy_template,
    discard_version,
    publish_version,
    save_clause,
    save_sentences,
    save_template,
    save_titles,
    start_version,
)
from corridor.agreements.templates.views.templates import versions_of
from corridor.agreements.templates.words import known_placeholders
from corridor.domain.terms.checks import PARTS
from corridor.models import AgreementTemplate, TemplateVersion
from network.gates import organisers_only
from network.requests import AuthedRequest
from toolkit.refusals import Refusal
from toolkit.refusals_told import told_in


@organisers_only
@require_POST
def begin_version(request: AuthedRequest, template_slug: str) -> HttpResponse:
    versions_of(template_slug)
    version = start_version(by=request.user, slug=template_slug)
    return redirect("template_version", template_slug, version.number)


@organisers_only
def edit_template(request: AuthedRequest, template_slug: str) -> HttpResponse:
    """For whom a template of the database is. One of ours comes into the database with its first new version."""
    template = get_object_or_404(AgreementTemplate, slug=template_slug)
    initial = {
        "name": template.name,
        "guest": template.guest,
        "host_country": template.host_country,
        "programmes": template.programmes.all(),
    }
    form = TemplateForm(request.POST or None, initial=initial, template=template)
    if request.method == "POST" and form.is_valid():
        save_template(by=request.user, template=template, **form.cleaned_data)
        messages.success(request, _("Saved. Documents that exist keep the text that they have."))
        return redirect("template", template_slug)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "template": template, "slug": template_slug}
    return render(request, "corridor/agreements/templates/edit.html", context, status=status)


@organisers_only
def copy(request: AuthedRequest, template_slug: str) -> HttpResponse:
    """A template of its own, which begins as this one stands."""
    wording = versions_of(template_slug)[1][0][0]
    initial = {"guest": wording.guest, "host_country": wording.host_country, "name": LazyI18nString(dict(wording.name))}
    form = TemplateForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        with told_in(form):
            made = copy_template(by=request.user, original=template_slug, slug=fields.pop("slug"), **fields)
            messages.success(request, _("Here is your own template. Change its draft, then publish it."))
            return redirect("template_version", made.slug, 1)
    status = 422 if request.method == "POST" else 200
    return render(
        request,
        "corridor/agreements/templates/edit.html",
        {"form": form, "template": None, "slug": template_slug},
        status=status,
    )


def _draft_row(template_slug: str, number: int) -> TemplateVersion:
    return get_object_or_404(
        TemplateVersion.objects.select_related("template"),
        template__slug=template_slug,
        number=number,
        published_at=None,
    )


@organisers_only
def edit_text(
    request: AuthedRequest, template_slug: str, number: int, where: str, code: str = "", table: str = ""
) -> HttpResponse:
    """One clause, the titles, or one table of sentences, in all languages side by side."""
    version = _draft_row(template_slug, number)
    code = table or code or request.GET.get("code", "")
    rows, said = _rows_of(version, where, code)
    form = InLanguages(
        request.POST or None,
        languages=[c for c in LANGUAGES if c in version.texts],
        rows=rows,
        said=said,
        revision=version.revision,
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            known = {
                "by": request.user,
                "version": version,
                "revision": form.cleaned_data["revision"],
                "texts": form.texts(),
            }
            try:
                if where == "titles":
                    save_titles(**known, note=version.note)
                elif where in PARTS:
                    save_clause(**known, part=where, code=code)
                else:
                    save_sentences(**known, table=code)
            except Refusal as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, _("Saved in the draft."))
                return redirect("template_version", template_slug, number)
    context = {
        "form": form,
        "version": version,
        "part": where,
        "code": code,
        "placeholders": sorted(known_placeholders(version.template.kind)),
    }
    return render(request, "corridor/agreements/templates/text.html", context, status=status)


def _rows_of(
    version: TemplateVersion, part: str, code: str
) -> tuple[list[tuple[str, Any, bool]], dict[str, dict[str, str]]]:
    """The fields of a text as (key, label, is_long), and what they hold by language."""
    texts = version.texts
    if part == "titles":
        rows = [("title", _("Title"), False), ("subtitle", _("Subtitle"), False), ("consent", _("Consent"), True)]
        return rows, {language: {key: text[key] for key, _label, _long in rows} for language, text in texts.items()}
    if part in PARTS:
        said: dict[str, dict[str, str]] = {
            language: next((row for row in text[part] if row["code"] == code), {}) for language, text in texts.items()
        }
        return [("heading", _("Heading"), False), ("text", _("Text"), True)], said
    tables = {language: text["parts"].get(code) for language, text in texts.items()}
    if part != "sentences" or not all(tables.values()):
        raise Http404
    keys = next(iter(tables.values()))
    return [(key, key, True) for key in keys or ()], tables


@organisers_only
@require_POST
def act(request: AuthedRequest, template_slug: str, number: int) -> HttpResponse:
    """Publishes or discards a draft, says what has changed, or moves a clause."""
    version = _draft_row(template_slug, number)
    text = request.POST.get("revision", "")
    revision = int(text) if text.isdigit() and len(text) < 9 else -1
    known: dict[str, Any] = {"by": request.user, "version": version, "revision": revision}
    do = request.POST.get("do")
    if do == "discard":
        discard_version(**known)
        messages.success(request, _("The draft is discarded."))
        return redirect("template", template_slug)
    if do in ("up", "down", "remove"):
        part, _dot, code = request.POST.get("clause", "").partition(".")
        if part in PARTS:
            arrange_clause(**known, part=part, code=code, how=do)
    elif do in ("publish", "note"):
        saved = save_titles(**known, texts={}, note=request.POST.get("note", "")[:500])
        if do == "publish":
            publish_version(by=request.user, version=saved, revision=saved.revision)
            messages.success(request, _("Published. Documents are drafted from it from now on."))
    return redirect("template_version", template_slug, number)
