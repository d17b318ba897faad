"""What codes of a result are called: of a closed round as its key says (codes once erased),
of an open one as of today."""

from collections.abc import Iterable
from dataclasses import dataclass

from contest.models import Entry
from judging.models import Juror, Round
from judging.reads.rounds import entries_of
from judging.reads.taking_part import FROZEN
from judging.results.shown.table import Part
from judging.rounds.words.parts import language_of


@dataclass(frozen=True)
class Called:
    """Names by code; a code without a name stands for itself."""

    entries: dict[str, str]
    jurors: dict[str, str]
    criteria: dict[str, str]


def called_in(round: Round, criteria: Iterable[Part]) -> Called:
    """`criteria` as the table of standings holds them."""
    names = {row.code: language_of(row.name) for row in criteria}
    names |= {group.code: str(group.name) for group in round.groups.all()}
    if round.state in FROZEN:
        result = round.result
        titles = {code: row.get("title") or row["name"] for code, row in result.key.get("entries", {}).items()}
        return Called(titles, result.names("jurors"), names)
    own = Entry.objects.filter(pk__in=entries_of(round).order_by().values("pk"))
    entries = {entry.code: str(entry) for entry in own.select_related("startup__organisation")}
    jurors = Juror.objects.filter(assignments__round=round).distinct()
    return Called(entries, dict(jurors.values_list("code", "full_name")), names)
