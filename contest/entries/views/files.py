"""Files of entries, handed over to those who may read the entry."""

from django.contrib.auth.decorators import login_required
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from contest.models import Attachment, Entry
from network.requests import AuthedRequest
from toolkit.uploads import blind_copy, serve_private


@login_required
@require_safe
def serve_attachment(request: AuthedRequest, pk: int) -> HttpResponseBase:
    """A download. Who may read the entry without knowing the team gets the entry's code for a name, and a copy
    without what tells who made it."""
    rows = Attachment.objects.visible_to(request.user).select_related("entry__startup__organisation")
    attachment = get_object_or_404(rows, pk=pk)
    entry = attachment.entry
    knows_names = Entry.objects.known_to(request.user).filter(pk=entry.pk).exists()
    if knows_names:
        return serve_private(attachment.file, f"{slugify(entry.startup.name)}-{attachment.kind}.pdf")
    return serve_private(blind_copy(attachment.file, attachment.sha256), f"{entry.code.lower()}-{attachment.kind}.pdf")
