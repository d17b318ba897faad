"""What the script of long texts asks for: the person's boxes on their devices, and its words."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from network.devices import boxes_for
from network.requests import AuthedRequest
from network.typed import script_words


@login_required
@never_cache
@require_GET
def tell_device(request: AuthedRequest) -> HttpResponse:
    """{"boxes": [{"name", "key"}], "words": {name: sentence}}: see static/js/long-texts.js."""
    words = script_words(
        held=_("Kept on this device until you press the button."),
        held_restored=_("What you typed before is back. It is kept on this device until you press the button."),
        conflict_explained=_("What is saved has changed since you typed this. Choose which text to go on with."),
    )
    return JsonResponse({"boxes": boxes_for(request.user, "texts"), "words": words})
