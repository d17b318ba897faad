"""What results add to composed pages: whom to nominate, what an edition lacks up to its awards."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from contest.models import Edition
from contest.states import EntryState, Phase
from judging.models import Award, Juror, Round, Standing
from judging.reads.taking_part import FROZEN
from judging.rounds.overview import of_round
from judging.states import JurorState, RoundState
from network.models import User
from network.permissions import city_ids_of, is_organiser
from toolkit import clock
from toolkit.columns import with_columns
from toolkit.protocols import ToDo


def nominations_to_make(user: User) -> list[ToDo]:
    """A coordinator: selections that are closed, of which somebody who goes on is not nominated yet. One query."""
    cities = city_ids_of(user)
    if not cities:
        return []
    waiting = Standing.objects.filter(round=OuterRef("pk"), advances=True, entry__state=EntryState.ELIGIBLE)
    begun = Round.objects.counted().exclude(state=RoundState.DRAFT)
    later = begun.filter(edition=OuterRef("edition"), city=OuterRef("city"), order__gt=OuterRef("order"))
    rounds = Round.objects.counted().filter(
        city__in=cities, state__in=FROZEN, edition__nominations_close__gt=clock.now()
    )
    return [
        of_round(
            round,
            _("Nominate who goes on from %(round)s") % {"round": round},
            round.edition.nominations_close,
            reverse("round_nominate", args=[round.pk]),
            _("See whom"),
        )
        for round in rounds.filter(Exists(waiting), ~Exists(later)).select_related("edition", "city").order_by("pk")
    ]


def edition_tasks(user: User) -> list[ToDo]:
    """Editions under way without rounds, without a jury, or with every result but no award. One query."""
    if not is_organiser(user):
        return []
    rounds = Round.objects.counted().filter(edition=OuterRef("pk"), city__isnull=True)
    jurors = Juror.objects.filter(edition=OuterRef("pk"), for_city__isnull=True).exclude(
        state__in=[JurorState.DECLINED, JurorState.WITHDRAWN]
    )
    awards = Award.objects.filter(edition=OuterRef("pk"))
    editions = with_columns(
        Edition.objects.filter(is_archive=False, is_public=True),
        has_rounds=Exists(rounds),
        has_open_rounds=Exists(rounds.exclude(state=RoundState.PUBLISHED)),
        has_jury=Exists(jurors),
        has_awards=Exists(awards),
    )
    tasks = []
    for edition in editions.order_by("pk"):
        word = None
        if edition.phase in (Phase.CALL, Phase.NOMINATION, Phase.JURY) and not edition.has_rounds:
            word = (
                _("Set up the rounds and their criteria"),
                edition.nominations_close,
                reverse("rounds", args=[edition.slug]),
            )
        elif edition.phase in (Phase.CALL, Phase.NOMINATION, Phase.JURY) and not edition.has_jury:
            word = _("Invite the jury"), edition.nominations_close, reverse("jury", args=[edition.slug])
        elif edition.has_rounds and not edition.has_open_rounds and not edition.has_awards:
            word = _("Grant the awards"), None, reverse("awards", args=[edition.slug])
        if word:
            title, until, url = word
            tasks.append(
                ToDo(
                    title,
                    url,
                    _("Open"),
                    until,
                    detail=str(edition),
                    role=_("organiser"),
                    edition=edition.slug,
                )
            )
    return tasks
