"""What the minutes of juries add to composed pages: those that could not be made."""

from django.urls import reverse
from django.utils.translation import gettext as _

from judging.models import Minutes, Round
from judging.states import MINUTES_ATTEMPTS
from network.models import User
from network.permissions import city_ids_of, is_organiser
from toolkit.protocols import ToDo


def minutes_tasks(user: User) -> list[ToDo]:
    """For who runs the round: minutes that failed, and why. One query for who runs rounds, none for others."""
    if not (is_organiser(user) or city_ids_of(user)):
        return []
    failed = Minutes.objects.filter(
        round__in=Round.objects.run_by(user), file="", attempts__gte=MINUTES_ATTEMPTS, leased_until__isnull=True
    )
    return [
        ToDo(
            title=_("The minutes of %(round)s could not be prepared: see why") % {"round": minutes.round},
            detail=f"{minutes.round.selection} · {minutes.why}",
            url=reverse("round_minutes", args=[minutes.round_id]),
            action=_("See why"),
            role=_("city coordinator") if minutes.round.city_id else _("organiser"),
            edition=minutes.round.edition.slug,
        )
        for minutes in failed.select_related("round__edition", "round__city").defer("frozen").order_by("pk")
    ]
