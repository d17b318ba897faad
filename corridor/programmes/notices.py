"""Who is told that a programme admitted them."""

from django.urls import reverse

from corridor.models import Candidate
from corridor.notices import Notice, team_people
from network.kinds.mail_kinds import MAIL_KINDS


@MAIL_KINDS.register
class Admitted(Notice):
    """The team: you are admitted, give your wishes."""

    code = "corridor.admitted"

    @classmethod
    def tell(cls, candidate: Candidate) -> None:
        path = reverse("candidate_wishes", args=[candidate.pk])
        cls.write(team_people(candidate), str(candidate.pk), candidate=candidate, path=path)
