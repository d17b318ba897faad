"""A version of a template as a document with sample values."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from corridor.agreements.drafting.specimen import specimen
from corridor.agreements.files.pdf import preview_pdf
from corridor.agreements.templates.views.templates import version_shown
from network.gates import organisers_only
from network.requests import AuthedRequest
from toolkit import clock


@organisers_only
@require_GET
def show_specimen(request: AuthedRequest, template_slug: str, number: int) -> HttpResponse:
    """The version as PDF with sample values, in ?language= and ?beside=; without a language one chooses it first."""
    wording, _row, _before = version_shown(template_slug, number)
    offered = wording.languages()
    asked = [code for code in (request.GET.get("language"), request.GET.get("beside")) if code in offered]
    if not asked:
        return redirect("template_version", template_slug, number)
    content = preview_pdf(specimen(wording, list(dict.fromkeys(asked)), clock.now()))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{template_slug}-{number}-sample.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
