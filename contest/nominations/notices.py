"""Who is told what a city, or the organiser, decides about an entry."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from contest.models import Claim, Entry, Nomination, Screening
from contest.notices import EntryMail, city_path, coordinators_of, organisers, team_of, team_path
from contest.states import EntryState
from network.kinds.mail_kinds import MAIL_KINDS
from network.models import Event, Message
from network.states import Role
from toolkit.protocols import Owed


@MAIL_KINDS.register
class EntryScreened(EntryMail):
    """The team: the organiser has checked its entry."""

    code = "contest.entry_screened"

    @classmethod
    def tell(cls, entry: Entry, screening: Screening) -> None:
        key = f"entry:{entry.pk}:screened:{screening.pk}"
        cls.write(team_of(entry), key, entry, path=team_path(entry), screening=screening)


@MAIL_KINDS.register
class EntryNominated(EntryMail):
    """The team: a city has nominated its entry."""

    code = "contest.entry_nominated"

    @classmethod
    def tell(cls, entry: Entry, nomination: Nomination, event: Event) -> None:
        key = f"entry:{entry.pk}:nominated:{event.pk}"
        cls.write(team_of(entry), key, entry, path=team_path(entry), nomination=nomination)


@MAIL_KINDS.register
class EntryNotNominated(EntryMail):
    """Once for each time that cities had chosen: time given anew ends in another choice."""

    code = "contest.entry_not_nominated"

    @classmethod
    def tell(cls, entry: Entry) -> None:
        key = f"entry:{entry.pk}:not_nominated:{entry.edition.nominations_close:%Y%m%d%H%M%S}"
        cls.write(team_of(entry), key, entry, path=team_path(entry))

    @classmethod
    def due(cls, now: datetime) -> Iterable[Owed]:
        return [Owed("contest:not_nominated", lambda limit: tell_those_not_nominated(now, limit))]


def tell_those_not_nominated(now: datetime, limit: int) -> int:
    """Writes up to `limit` of the mails owed; a second run writes none of them again."""
    key = Concat(Value("entry:"), Cast(OuterRef("pk"), CharField()), Value(":not_nominated:"))
    # What was written before the present end of the choice told of an earlier one.
    told = Message.objects.filter(
        kind=EntryNotNominated.code, key__startswith=key, created_at__gte=OuterRef("edition__nominations_close")
    )
    rows = Entry.objects.filter(
        state__in=[EntryState.SUBMITTED, EntryState.ELIGIBLE],
        edition__is_archive=False,
        edition__nominations_close__lte=now,
        startup__organisation__memberships__user__is_active=True,
        startup__organisation__memberships__role=Role.FOUNDER,
    )
    owed = rows.exclude(Exists(told)).with_people().distinct().order_by("pk")[:limit]
    for entry in owed:
        EntryNotNominated.tell(entry)
    return len(owed)


@MAIL_KINDS.register
class EntryReleased(EntryMail):
    """The team: its city has given the nomination back."""

    code = "contest.entry_released"

    @classmethod
    def tell(cls, entry: Entry, reason: str, event: Event) -> None:
        key = f"entry:{entry.pk}:released:{event.pk}"
        cls.write(team_of(entry), key, entry, path=team_path(entry), reason=reason)


@MAIL_KINDS.register
class CityClaimed(EntryMail):
    """To the team and the other city; to the organiser when there is something to settle."""

    code = "contest.city_claimed"

    @classmethod
    def tell(cls, entry: Entry, claim: Claim) -> None:
        key = f"entry:{entry.pk}:claimed:{claim.pk}"
        cls.write(team_of(entry), key, entry, path=team_path(entry), claim=claim)
        if claim.upheld is None:
            cls.write(coordinators_of(entry.city), key, entry, path=city_path(entry), claim=claim)
            path = reverse("organise_cities", args=[entry.edition.slug])
            cls.write(organisers(), key, entry, path=path, claim=claim)


@MAIL_KINDS.register
class CitySettled(EntryMail):
    """To the team, the city that has it now and those that claimed it."""

    code = "contest.city_settled"

    @classmethod
    def tell(cls, entry: Entry, reason: str, event: Event) -> None:
        key = f"entry:{entry.pk}:settled:{event.pk}"
        cls.write(team_of(entry), key, entry, path=team_path(entry), reason=reason)
        claims = entry.claims.select_related("city")
        for city in dict.fromkeys([entry.city, *(claim.city for claim in claims)]):
            cls.write(coordinators_of(city), key, entry, path=reverse("city"), reason=reason)
