"""The documents of an incubator: added and removed by its people, read by those who may come."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corridor.hosts.forms import HostDocumentForm
from corridor.hosts.services.documents import add_host_document, remove_host_document
from corridor.models import HostDocument
from corridor.placement.views.frame import editable
from network.requests import AuthedRequest
from toolkit.refusals_told import told_in
from toolkit.uploads import serve_private


@login_required
def add(request: AuthedRequest, pk: int) -> HttpResponse:
    incubator = editable(request, pk)
    form = HostDocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        title, upload = form.cleaned_data["title"], form.cleaned_data["file"]
        with told_in(form):
            add_host_document(by=request.user, incubator=incubator, title=title, upload=upload)
            messages.success(request, _("The document is there for those who may come."))
            return redirect("incubator", pk=pk)
    return render(request, "corridor/hosts/document_form.html", {"form": form, "incubator": incubator})


@login_required
@require_POST
def remove(request: AuthedRequest, pk: int, document_pk: int) -> HttpResponse:
    incubator = editable(request, pk)
    remove_host_document(by=request.user, document=get_object_or_404(incubator.documents, pk=document_pk))
    messages.success(request, _("Removed."))
    return redirect("incubator", pk=pk)


@login_required
@require_safe
def serve(request: AuthedRequest, pk: int) -> HttpResponseBase:
    document = get_object_or_404(HostDocument.objects.visible_to(request.user), pk=pk)
    return serve_private(document.file, f"{slugify(document.title) or document.pk}.pdf")
