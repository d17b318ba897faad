"""The organiser's view of mails owed and sent."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.gates import organisers_only
from network.models import Message
from network.requests import AuthedRequest
from network.services.mail import send_message_again
from network.states import MESSAGE, MessageState
from toolkit.states import can_move

# How a state is shown, and from which ones a person may send again.
WORDS = {
    "tones": {"sent": "ok", "failed": "bad", "uncertain": "warn", "sending": "info"},
    "may_go_again": [state for state in MessageState.values if can_move(MESSAGE, state, "send_again")],
}


@organisers_only
def list_messages(request: AuthedRequest) -> HttpResponse:
    rows = Message.objects.filter(is_secret=False)
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    state = request.GET.get("state", "")
    if state in MessageState.values:
        rows = rows.filter(state=state)
    page = Paginator(rows.select_related("to_user").defer("text", "html"), 50).get_page(request.GET.get("page"))
    states = [(value, label, counts[value]) for value, label in MessageState.choices if counts.get(value)]
    context = {"page": page, "states": states, "state": state, "total": sum(counts.values())}
    return render(request, "network/outbox.html", {**context, **WORDS})


@organisers_only
def show_message(request: AuthedRequest, pk: int) -> HttpResponse:
    """What was said, word for word, as plain text."""
    message = get_object_or_404(Message.objects.select_related("to_user"), pk=pk, is_secret=False)
    return render(request, "network/message.html", {"message": message, **WORDS})


@organisers_only
@require_POST
def send_again(request: AuthedRequest, pk: int) -> HttpResponse:
    send_message_again(by=request.user, message=get_object_or_404(Message, pk=pk, is_secret=False))
    messages.success(request, _("The mail goes out once more."))
    return redirect("outbox")
