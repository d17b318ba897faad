"""Every entrant is told that an edition's rules changed."""

from typing import Any

from contest.models import Edition, Entry
from contest.notices import EntryMail, team_of, team_path
from contest.reads.entries import SENT
from contest.states import EntryState, Phase
from network.kinds.mail_kinds import MAIL_KINDS


@MAIL_KINDS.register
class RulesChanged(EntryMail):
    """To every team that has sent an entry, and while the call is open to those that have begun one."""

    code = "contest.rules_changed"

    @classmethod
    def tell(cls, edition: Edition, what: list[Any]) -> None:
        is_open = edition.phase == Phase.CALL
        states = [EntryState.DRAFT, *SENT] if is_open else SENT
        entries = Entry.objects.filter(edition=edition, state__in=states).select_related("startup__organisation")
        for entry in entries:
            key = f"edition:{edition.pk}:rules:{edition.rules_version}:{entry.pk}"
            cls.write(team_of(entry), key, entry, path=team_path(entry), what=what, is_open=is_open)
