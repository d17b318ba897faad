"""What must always be true of the network's rows. Each check yields sentences about what is not."""

from collections.abc import Iterator

from network.kinds.mail_kinds import MAIL_KINDS
from network.models import Message
from network.states import MessageState
from toolkit.kinds import strays


def check_network() -> Iterator[str]:
    """Mails that are still to go out: what was sent stays as it was said, also when its kind is gone."""
    waiting = Message.objects.exclude(state=MessageState.SENT).order_by("pk").values_list("pk", "kind")
    yield from strays(MAIL_KINDS, ((f"mail {pk}", kind) for pk, kind in waiting))
