"""What must always be true of the contest's rows. Each check yields sentences about what is not."""

from collections.abc import Iterator

from contest.kinds.question_kinds import QUESTION_KINDS
from contest.models import Question
from toolkit.kinds import strays


def check_contest() -> Iterator[str]:
    """All checks over all editions."""
    asked = Question.objects.order_by("pk").values_list("pk", "kind")
    yield from strays(QUESTION_KINDS, ((f"question {pk}", kind) for pk, kind in asked))
