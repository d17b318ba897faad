"""How somebody who signs says once more who they are: one class for each way, in corridor/kinds/steps.

A way says what it is called, by which notes of the log-in it is known (`records`: the type or method in allauth's
authentication records), and for what it counts. On documents it is the word `second_step_<code>` (data/terms).
"""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from toolkit.kinds import Registry


class SecondStep:
    """A second step that the log-in asks for again; where it is fresh, it signs."""

    code: ClassVar[str]
    order: ClassVar[int]
    name: ClassVar[str | Promise]
    records: ClassVar[tuple[str, ...]]
    signs: ClassVar[bool] = True  # stands for the code that is sent at signing

    def counts_outside(self, has_device: bool) -> bool:
        """Whether it says who sends what was signed outside; `has_device`: the account has a passkey or an app."""
        return True


SECOND_STEPS: Registry[SecondStep] = Registry(_("Second step"), "corridor.kinds.steps")


def word_of(code: str) -> str:
    """The word of a document for it."""
    return f"second_step_{code}"
