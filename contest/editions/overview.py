"""What editions add to composed pages: where an organiser begins."""

from django.urls import reverse
from django.utils.translation import gettext as _

from toolkit.protocols import ToDo


def tasks_of_an_empty_site() -> list[ToDo]:
    """Where an organiser begins: nothing else can happen before."""
    return [
        ToDo(
            title=_("Prepare the first edition"),
            detail=_("Dates, quotas, categories and questions"),
            url=reverse("edition_new"),
            action=_("New edition"),
            minutes=15,
            role=_("organiser"),
        ),
        ToDo(
            title=_("Invite the cities’ coordinators, the hosts and other organisers"),
            url=reverse("people"),
            action=_("Open the list"),
            minutes=10,
            role=_("organiser"),
            is_offer=True,
        ),
    ]
