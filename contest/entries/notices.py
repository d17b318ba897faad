"""Who is told what happens to an entry of a team."""

from django.urls import reverse

from contest.models import Entry
from contest.notices import EntryMail, city_path, coordinators_of, organisers, team_of, team_path
from network.kinds.mail_kinds import MAIL_KINDS
from network.models import Event


@MAIL_KINDS.register
class EntrySubmitted(EntryMail):
    """A receipt to the team, for each time that it submits:
    also the same text under other rules, or after a withdrawal."""

    code = "contest.entry_submitted"

    @classmethod
    def tell(cls, entry: Entry) -> None:
        assert entry.submitted_at is not None
        key = f"entry:{entry.pk}:submitted:{entry.version}:{entry.submitted_at.isoformat()}"
        cls.write(team_of(entry), key, entry, path=team_path(entry))


@MAIL_KINDS.register
class HelpAsked(EntryMail):
    """The organisers: a team lets them read its draft."""

    code = "contest.help_asked"

    @classmethod
    def tell(cls, entry: Entry, event: Event) -> None:
        path = reverse("organise_entry", args=[entry.edition.slug, entry.pk])
        cls.write(organisers(), f"entry:{entry.pk}:help:{event.pk}", entry, path=path)


@MAIL_KINDS.register
class EntryWithdrawn(EntryMail):
    """To the team as a receipt, to the city because a place may be free again."""

    code = "contest.entry_withdrawn"

    @classmethod
    def tell(cls, entry: Entry, reason: str, event: Event) -> None:
        key = f"entry:{entry.pk}:withdrawn:{event.pk}"
        cls.write(team_of(entry), key, entry, path=team_path(entry), reason=reason)
        cls.write(coordinators_of(entry.city), key, entry, path=city_path(entry), reason=reason)
