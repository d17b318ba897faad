"""What everybody may see of the corridor."""

from django.shortcuts import render

from corridor.models import Stay
from corridor.states import StayState
from judging.models import Award

AGREED = [StayState.ACCEPTED, StayState.CONFIRMED]


def list_laureates(request):
    """Laureates of published editions, and where those whose stay both sides have accepted are hosted."""
    awards = (
        Award.objects.filter(edition__is_public=True, edition__results_published_at__isnull=False)
        .select_related("edition", "entry__startup__organisation", "entry__city")
        .order_by("-edition_id", "rank", "id")
    )
    stays = Stay.objects.filter(state__in=AGREED, programme__is_public=True).with_parties()
    hosted = {stay.candidate.award_id: stay for stay in stays if stay.candidate.award_id}
    editions: dict = {}
    for award in awards:
        editions.setdefault(award.edition, []).append({"award": award, "stay": hosted.get(award.pk)})
    return render(request, "corridor/laureates.html", {"editions": list(editions.items())})
