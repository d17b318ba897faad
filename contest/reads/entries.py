"""Who may see which entry, start-up and file. Visibility and fetching are one act."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from contest.models import Answer, Attachment, Claim, Entry, Question, Screening, Startup
from contest.states import EntryState
from network.permissions import city_ids_of, is_organiser, roles_of
from network.states import Role
from toolkit.columns import with_columns
from toolkit.folding import Folded, fold
from toolkit.protocols import providers
from toolkit.reads import reads_of

if TYPE_CHECKING:
    from contest.models import Edition
    from network.requests import Anyone


NOBODY: list[int] = []


WAS_SENT = ~Q(state=EntryState.DRAFT) & Q(submitted_at__isnull=False)


SENT = [EntryState.SUBMITTED, EntryState.ELIGIBLE, EntryState.INELIGIBLE, EntryState.NOMINATED]


def team_ids_of(user: Anyone) -> list[int]:
    """Organisations of which the user is a founder."""
    return [membership.organisation_id for membership in roles_of(user).get(Role.FOUNDER, [])]


def entries_known_to(user: Anyone) -> Q:
    """Entries that the user may read with the start-up's name: the team's own, those of a coordinator's city once sent
    (also those that it claims, and those without a city yet), and for the organiser all that were sent, with the drafts
    whose team asks for help. Other drafts are counted, not read."""
    if not user.is_authenticated:
        return Q(pk__in=NOBODY)
    known = Q(startup__organisation_id__in=team_ids_of(user))
    if is_organiser(user):
        return known | WAS_SENT | Q(state=EntryState.DRAFT, help_asked_at__isnull=False)
    cities = city_ids_of(user)
    if cities:
        claim = Claim.objects.filter(city_id__in=cities)
        mine = Q(city_id__in=cities) | Q(city__isnull=True) | Q(pk__in=claim.values("entry_id"))
        known |= mine & WAS_SENT
    return known


def entries_readable_by(user: Anyone) -> Q:
    """Entries that the user may read, with or without names: every app adds its readers (protocol entry_readers)."""
    return reduce(or_, (provider(user) for provider in providers("entry_readers")), Q(pk__in=NOBODY))


@reads_of(Startup)
class StartupQuerySet(QuerySet["Startup"]):
    def of_team(self, user: Anyone) -> Self:
        """Start-ups of which the user is a founder."""
        return self.filter(organisation_id__in=team_ids_of(user) if user.is_authenticated else NOBODY)


@reads_of(Entry)
class EntryQuerySet(QuerySet["Entry"]):
    def known_to(self, user: Anyone) -> Self:
        """Entries that the user may read with names."""
        return self.filter(entries_known_to(user))

    def kept_from(self, user: Anyone) -> Self:
        """Drafts that the user may count, not read: what their team has begun and not sent."""
        return self.filter(state=EntryState.DRAFT).exclude(entries_known_to(user))

    def twins_of(self, entry: Entry) -> Self:
        """Entries of other start-ups to the same edition that have the same name,
        whatever its case and accents, or a website on the same host."""
        body = entry.startup.organisation
        host = (urlsplit(body.website).hostname or "").removeprefix("www.")
        same = Q(folded_name=fold(body.name))
        if host:
            same |= Q(startup__organisation__website__iregex=rf"^https?://(www\.)?{re.escape(host)}(:|/|$)")
        rows = self.alias(folded_name=Folded("startup__organisation__name"))
        return rows.filter(same, edition=entry.edition_id).exclude(startup=entry.startup_id)

    def visible_to(self, user: Anyone) -> Self:
        """Entries whose content the user may read. A juror is among the readers:
        what names the team needs `known_to`."""
        return self.filter(entries_readable_by(user))

    def of_team(self, user: Anyone) -> Self:
        """Entries that the user may write."""
        return self.filter(startup__organisation_id__in=team_ids_of(user) if user.is_authenticated else NOBODY)

    def in_cities(self, city_ids: Iterable[int]) -> Self:
        """Entries whose city is, or is claimed by, one of `city_ids`: drafts too."""
        claim = Claim.objects.filter(city_id__in=city_ids)
        return self.filter(Q(city_id__in=city_ids) | Q(pk__in=claim.values("entry_id")))

    def with_words(self, words: str) -> Self:
        """Entries in which each of the first eight words stands:
        in title, pitch or start-up's name, whatever its case and accents, or as the code."""
        texts = {"title": "title", "summary": "summary", "startup": "startup__organisation__name", "coded": "code"}
        rows = self.alias(**{f"folded_{name}": Folded(path) for name, path in texts.items()}) if words.strip() else self
        for word in map(fold, words.split()[:8]):
            rows = rows.filter(
                Q(folded_title__contains=word)
                | Q(folded_summary__contains=word)
                | Q(folded_startup__contains=word)
                | Q(folded_coded=word)
            )
        return rows

    def competing(self, edition: Edition) -> Self:
        """Entries of the edition that go before the jury."""
        return self.filter(edition=edition, state=EntryState.NOMINATED, nomination__competing_slot__isnull=False)

    def unsettled(self) -> Self:
        """Sent, but without one city that may nominate: nobody's, or claimed by a second city."""
        return self.filter(state__in=SENT).filter(Q(city__isnull=True) | Exists(open_claims()))

    def with_people(self) -> Self:
        """With what every list and page shows beside an entry."""
        return self.select_related("edition", "city", "category", "startup__organisation__city", "nomination__city")

    def with_progress(self) -> Self:
        """With who and where, and the figures of how complete an entry is (see Entry.parts)."""
        questions = Question.objects.filter(edition=OuterRef("edition"), is_required=True)
        answers = Answer.objects.filter(entry=OuterRef("pk"), question__is_required=True)
        deck = Attachment.objects.filter(entry=OuterRef("pk"))
        return with_columns(
            self.with_people(),
            questions_required=total(questions, "edition"),
            questions_answered=total(answers.exclude(value=""), "entry"),
            has_deck=Exists(deck),
            is_contested=Exists(open_claims()),
        )

    def with_all(self) -> Self:
        """With everything that one entry's page shows."""
        return self.with_progress().prefetch_related(
            Prefetch("answers", Answer.objects.select_related("question").order_by("question__order", "id")),
            Prefetch("screenings", Screening.objects.select_related("by")),
            Prefetch("claims", Claim.objects.select_related("city", "by", "decided_by").order_by("id")),
            Prefetch("attachments", Attachment.objects.order_by("id")),
        )


@reads_of(Attachment)
class AttachmentQuerySet(QuerySet["Attachment"]):
    def visible_to(self, user: Anyone) -> Self:
        """Files of the entries that the user may read."""
        entries = Entry.objects.visible_to(user)
        return self.filter(entry__in=entries.values("pk"))

    def of_team(self, user: Anyone) -> Self:
        return self.filter(entry__startup__organisation_id__in=team_ids_of(user) if user.is_authenticated else NOBODY)


def open_claims() -> QuerySet[Claim]:
    """Claims on an entry that nobody has ruled on, for a query of entries."""
    return Claim.objects.filter(entry=OuterRef("pk"), upheld__isnull=True)


def total(rows: QuerySet[Any], group: str) -> Coalesce:
    """How many `rows` there are for the outer row, as one column."""
    counted = rows.order_by().values(group).annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(counted), 0)
