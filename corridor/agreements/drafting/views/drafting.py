"""Drafting an agreement: languages, terms, what is missing and where to fill it in, a preview, and the draft itself."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from corridor.agreements.content import beside_each_other
from corridor.agreements.drafting.blanks import aside
from corridor.agreements.drafting.forms import DraftForm, LanguagesForm, suggested
from corridor.agreements.drafting.missing import MissingBlanks, blank_in_words
from corridor.agreements.drafting.services.drafting import draft_agreement, preview_agreement
from corridor.agreements.files.pdf import preview_pdf
from corridor.agreements.templates.host_rules import in_words
from corridor.agreements.templates.wording import broken_rule, choices_for, wording_for
from corridor.domain.life.reports import ALL_REPORTS, PROMISED
from corridor.domain.terms.clauses import Wording
from corridor.domain.terms.content import Content
from corridor.models import Stay
from corridor.states import AgreementState, Party
from network.permissions import is_organiser
from network.requests import AuthedRequest
from toolkit.letters import texts_in, undrawn_words
from toolkit.refusals import Forbidden, Refusal
from toolkit.refusals_told import show_refusal

ON_THE_INCUBATOR_S_PAGE = ("host_address", "host_signatory", "host_capacity", "host_authority", "services")


@login_required
def draft(request: AuthedRequest, pk: int) -> HttpResponse:
    """The organiser completes what only people can say; what is missing is listed, with where it is filled in."""
    stay = get_object_or_404(Stay.objects.visible_to(request.user).with_parties(), pk=pk)
    if not is_organiser(request.user):
        raise Forbidden(_("Only the organiser drafts agreements."))
    existing = stay.agreements.agreements().exclude(state=AgreementState.VOID).first()
    if existing is not None and request.method != "POST":
        return redirect("agreement", existing.pk)
    wording = wording_for(stay, slug=(request.POST or request.GET).get("template", ""))
    languages = languages_asked(request, wording)
    if request.method != "POST":
        return _show(request, stay, wording, languages, _form(stay, wording, languages))
    asked = request.POST.get("do", "draft")
    if asked == "languages":
        return _show(request, stay, wording, languages, _reworded(request, stay, wording, languages))
    form = _form(stay, wording, languages, request.POST)
    if asked == "edit" or not form.is_valid():
        return _show(request, stay, wording, languages, form, status=200 if asked == "edit" else 422)
    language, beside = languages[0], languages[1] if len(languages) > 1 else ""
    terms = {**form.terms(), "template": wording.slug}
    try:
        if asked in ("preview", "pdf"):
            content = preview_agreement(by=request.user, stay=stay, language=language, beside=beside, terms=terms)
            return _preview(request, stay, content, as_file=asked == "pdf")
        agreement = draft_agreement(by=request.user, stay=stay, language=language, beside=beside, terms=terms)
    except MissingBlanks as refusal:
        return _show(request, stay, wording, languages, form, lacks=refusal.lacks, status=refusal.status)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return _show(request, stay, wording, languages, form, status=refusal.status)
    messages.success(request, _("The agreement is drafted. Its document is being prepared."))
    return redirect("agreement", agreement.pk)


def languages_asked(request: AuthedRequest, wording: Wording, prefix: str = "") -> list[str]:
    """One language of the template or two: those asked for, else the reader's."""
    data = request.POST if request.method == "POST" else request.GET
    offered = wording.languages()
    first = data.get(f"{prefix}language") or request.user.language
    first = first if first in offered else offered[0]
    second = data.get(f"{prefix}beside", "")
    return [first, second] if second in offered and second != first else [first]


def _form(stay: Stay, wording: Wording, languages: Sequence[str], data: Mapping[str, Any] | None = None) -> DraftForm:
    return DraftForm(data, initial=suggested(stay, wording, languages), stay=stay, wording=wording, languages=languages)


def _reworded(request: AuthedRequest, stay: Stay, wording: Wording, languages: list[str]) -> DraftForm:
    """The form in other languages. What was typed stays; the usual wording of the languages left behind does not."""
    offered = wording.languages()
    before = [code for code in (request.POST.get("was_language"), request.POST.get("was_beside")) if code in offered]
    left = suggested(stay, wording, before) if before else {}
    typed = {
        key: value
        for key, value in request.POST.items()
        if value != str(left.get(key) or "") and key != "prevailing_language"
    }
    form = _form(stay, wording, languages)
    form.initial.update({key: value for key, value in typed.items() if key in form.fields})
    return form


def where_to_fill(stay: Stay, code: str, language: str, form: DraftForm) -> str:
    """The page, or the field of this page, in which a blank is filled in."""
    field = aside(code, language) if language and language != form.languages[0] else code
    if field in form.fields:
        return f"#id_{field}"
    if page := _page_of(stay, code):
        return page
    party = code.rpartition("_")[0]
    return f"#id_{party}_signer" if party in Party.values else ""


def where_to_fill_elsewhere(stay: Stay, code: str) -> str:
    """As where_to_fill, for a page without the form: what is not said elsewhere is said in the form of the stay."""
    return _page_of(stay, code) or reverse("agreement_draft", args=[stay.pk])


def _page_of(stay: Stay, code: str) -> str:
    if code.startswith("annex_"):
        return reverse("incubator_annex", args=[stay.incubator_id, int(code.removeprefix("annex_"))])
    if code in ON_THE_INCUBATOR_S_PAGE:
        return reverse("incubator_edit", args=[stay.incubator_id])
    if code in (*PROMISED, ALL_REPORTS):
        return reverse("report_forms", args=[stay.programme_id])
    return reverse("people") if code.endswith("_account") else ""


def _show(
    request: AuthedRequest,
    stay: Stay,
    wording: Wording,
    languages: Sequence[str],
    form: DraftForm,
    lacks: Iterable[tuple[str, str]] = (),
    status: int = 200,
) -> HttpResponse:
    labels = wording.terms(languages[0]).parts.get("blanks")
    no = broken_rule(stay, wording)
    context = {
        "stay": stay,
        "form": form,
        "wording": wording,
        "refused": in_words(stay, wording, no) if no else "",
        "wording_name": LazyI18nString(dict(wording.name)),
        "languages_form": LanguagesForm(
            initial={
                "template": wording.slug,
                "language": languages[0],
                "beside": languages[1] if len(languages) > 1 else "",
            },
            languages=wording.languages(),
            templates=choices_for(stay),
        ),
        "spoken": languages,
        "missing": [
            (blank_in_words(code, language, labels), where_to_fill(stay, code, language, form))
            for code, language in lacks
        ],
        "annexes": [
            annex.texts.get(languages[0], {}).get("title")
            or next((own.get("title", "") for own in annex.texts.values()), "")
            for annex in stay.incubator.annexes.filter(removed_at=None)
        ],
    }
    return render(request, "corridor/agreements/draft.html", context, status=status)


def _preview(request: AuthedRequest, stay: Stay, content: Content, *, as_file: bool) -> HttpResponse:
    """The document that would be issued, marked as not issued: on the page, or as PDF. Writes nothing."""
    if as_file:
        response = HttpResponse(preview_pdf(content), content_type="application/pdf")
        response["Content-Disposition"] = 'attachment; filename="preview.pdf"'
        response["Cache-Control"] = "private, no-store"
        return response
    kept = [(key, value) for key, value in request.POST.items() if key not in ("csrfmiddlewaretoken", "do")]
    context = {"stay": stay, "doc": content, "two": beside_each_other(content), "kept": kept}
    context["undrawn"] = undrawn_words("".join(texts_in(content.as_data())))
    return render(request, "corridor/agreements/preview.html", context)
