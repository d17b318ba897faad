"""Is this document genuine? For anybody who holds one: by the number and code printed on it, or by the file itself.

The answer names no person and no party: the number, the kind of document, its dates and its fingerprints.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from corridor.agreements.files.verification import Verdict, validated, verdict_on_file, verdict_on_number
from network.requests import PageRequest
from toolkit.throttles import CountedThrottle

TRIES = "30/min"


class Tries(CountedThrottle):
    """So many checks from one network address."""

    scope = "verify"
    rate = TRIES

    def get_cache_key(self, request: HttpRequest, view: object) -> str:
        return f"verify:{self.get_ident(request)}"


class CheckForm(forms.Form):
    """What is printed on the document, or the document itself."""

    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("In the foot of each page, for instance CORRIDOR-2027-001."),
    )
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Beside the number: twelve letters and figures."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or the file"),
        required=False,
        help_text=gettext_lazy("The PDF as you received it. It is compared, not opened, and not kept."),
    )

    def clean_file(self) -> UploadedFile[Any] | None:
        upload = self.cleaned_data["file"]
        if upload and upload.size > settings.UPLOAD_MAX_BYTES:
            values = {"size": filesizeformat(upload.size), "limit": filesizeformat(settings.UPLOAD_MAX_BYTES)}
            raise forms.ValidationError(_("This file has %(size)s: at most %(limit)s.") % values)
        found: UploadedFile[Any] | None = upload
        return found

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if self.errors or given.get("file") or (given.get("number") and given.get("code")):
            return given
        raise forms.ValidationError(_("Give the number and the code, or the file."))


@never_cache
@require_http_methods(["GET", "POST"])
def verify(request: PageRequest) -> HttpResponse:
    """The form, and what it finds."""
    if request.method != "POST":
        return _page(request, CheckForm())
    form = CheckForm(request.POST, request.FILES)
    if not Tries().allow_request(request, None):
        return render(request, "429.html", status=429)
    if not form.is_valid():
        return _page(request, form, status=422)
    given = form.cleaned_data
    if given["file"]:
        return _page(request, form, verdict_on_file(given["file"], given["number"], given["code"]))
    return _page(request, form, verdict_on_number(given["number"], given["code"]))


@never_cache
@require_GET
def verify_document(request: PageRequest, reference: str, code: str) -> HttpResponse:
    """Where the QR code leads."""
    if not Tries().allow_request(request, None):
        return render(request, "429.html", status=429)
    form = CheckForm(initial={"number": reference, "code": code})
    return _page(request, form, verdict_on_number(reference, code))


def _page(request: PageRequest, form: forms.Form, verdict: Verdict | None = None, status: int = 200) -> HttpResponse:
    return render(
        request,
        "corridor/agreements/verify.html",
        {"form": form, "verdict": verdict, "validated": validated()},
        status=status,
    )
