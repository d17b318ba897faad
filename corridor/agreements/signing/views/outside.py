"""The other ways to sign, on the screen: files from outside, and the page on which a scan is compared."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from corridor.agreements.signers import expected
from corridor.agreements.signing.forms import OutsideForm
from corridor.agreements.signing.services.outside import Finding, record_comparison, sign_by_file, upload_copy
from corridor.agreements.signing.views.agreements import show_page
from corridor.agreements.signing.views.context import outside_proof_of
from corridor.agreements.signing.views.signing import own_signature
from corridor.agreements.views import visible_agreement
from corridor.models import PaperCopy
from corridor.states import CopyState
from network.permissions import is_organiser
from network.requests import AuthedRequest
from toolkit.pdf_pages import can_draw, draw_page
from toolkit.refusals import Forbidden, Refusal
from toolkit.slots import slot_to_prepare
from toolkit.uploads import serve_private

WAYS = {
    "file": (sign_by_file, gettext_lazy("Your digital signature is intact and lies on our document. You have signed.")),
    "paper": (
        upload_copy,
        gettext_lazy("The scan is kept. The organiser compares it page by page; then the signature counts."),
    ),
}


@login_required
@require_POST
def receive(request: AuthedRequest, pk: int, way: str) -> HttpResponse:
    """A PDF signed elsewhere, or the scan of a copy signed by hand."""
    agreement = visible_agreement(request.user, pk)
    signature = own_signature(request, agreement)
    form, (take, thanks) = OutsideForm(request.POST, request.FILES, prefix=way), WAYS[way]
    if form.is_valid():
        try:
            take(
                by=request.user,
                agreement=agreement,
                party=signature.party,
                upload=form.cleaned_data["file"],
                proof=outside_proof_of(request),
            )
        except Refusal as refusal:
            if refusal.field != "file" and refusal.code != "agreement.rest":
                raise
            form.add_error("file", str(refusal.message))
        else:
            messages.success(request, str(thanks))
            return redirect("agreement", pk)
    return show_page(request, agreement, outside_form=form, status=422)


class ComparisonForm(forms.Form):
    """For each page: the same text or not, and a note."""

    def __init__(self, *args: Any, pages: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pages = range(1, pages + 1)
        answers = [("same", _("the same, but for the signature")), ("different", _("something differs"))]
        for page in self.pages:
            self.fields[f"page_{page}"] = forms.ChoiceField(
                label=_("Page %(page)s") % {"page": page}, choices=answers, widget=forms.RadioSelect
            )
            self.fields[f"note_{page}"] = forms.CharField(
                label=_("Note on page %(page)s") % {"page": page}, max_length=300, required=False
            )

    def rows(self) -> list[dict[str, Any]]:
        return [{"page": n, "answer": self[f"page_{n}"], "note": self[f"note_{n}"]} for n in self.pages]

    def findings(self) -> list[Finding]:
        given = self.cleaned_data
        return [Finding(n, given[f"page_{n}"] == "same", given[f"note_{n}"]) for n in self.pages]


def _copy(request: AuthedRequest, pk: int, copy_pk: int) -> PaperCopy:
    agreement = visible_agreement(request.user, pk)
    if not is_organiser(request.user):
        raise Forbidden(_("Only the organiser compares paper copies."))
    copies = PaperCopy.objects.select_related(
        "signature__agreement__programme", "signature__organisation", "uploaded_by", "compared_by"
    )
    return get_object_or_404(copies, pk=copy_pk, signature__agreement=agreement)


@login_required
def compare(request: AuthedRequest, pk: int, copy_pk: int) -> HttpResponse:
    """Both documents side by side, page by page, and what the organiser saw."""
    copy = _copy(request, pk, copy_pk)
    form = ComparisonForm(request.POST or None, pages=copy.pages)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            copy = record_comparison(by=request.user, copy=copy, findings=form.findings())
        except Refusal as refusal:
            if refusal.status == 403:
                raise
            form.add_error(None, str(refusal.message))
            status = refusal.status
        else:
            messages.success(request, _("Your comparison is recorded."))
            return redirect("paper_copy", pk, copy_pk)
    elif request.method == "POST":
        status = 422
    context = {
        "copy": copy,
        "agreement": copy.signature.agreement,
        "form": form if copy.state == CopyState.WAITING else None,
        "may_compare": request.user.pk not in (copy.uploaded_by_id, copy.signature.signatory_id),
        "signatory": expected(copy.signature, copy.signature.agreement.content).name,
        "has_pictures": can_draw(),
    }
    return render(request, "corridor/agreements/compare.html", context, status=status)


@login_required
@require_GET
def show_picture(request: AuthedRequest, pk: int, copy_pk: int, which: str, page: int) -> HttpResponse:
    """A page of the issued document, or of the scan, as a picture."""
    copy = _copy(request, pk, copy_pk)
    files = {"issued": copy.signature.agreement.issued_file, "scan": copy.file}
    if which not in files or not 1 <= page <= copy.pages:
        raise Http404
    with slot_to_prepare(), files[which].open() as file:
        picture = draw_page(file.read(), page)
    if picture is None:
        raise Http404
    response = HttpResponse(picture, content_type="image/png")
    response["Cache-Control"] = "private, max-age=600"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@require_GET
def download_copy(request: AuthedRequest, pk: int, copy_pk: int) -> HttpResponseBase:
    """The scan itself."""
    copy = _copy(request, pk, copy_pk)
    return serve_private(copy.file, f"{copy.signature.agreement.reference}-{copy.signature.party}-paper.pdf")
