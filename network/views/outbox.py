"""The organiser's view of mails owed and sent."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from network.models import Message
from network.permissions import is_organiser
from network.services.mail import send_message_again


@login_required
def list_messages(request):
    if not is_organiser(request.user):
        raise Http404
    rows = Message.objects.filter(is_secret=False).select_related("to_user").defer("text", "html")
    return render(request, "network/outbox.html", {"page": Paginator(rows, 50).get_page(request.GET.get("page"))})


@login_required
@require_POST
def send_again(request, pk):
    if not is_organiser(request.user):
        raise Http404
    send_message_again(by=request.user, message=get_object_or_404(Message, pk=pk, is_secret=False))
    return redirect("outbox")
