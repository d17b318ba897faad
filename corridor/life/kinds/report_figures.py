"""What a question of a report may ask so that it is added up over all stays: one class for each figure, in
corridor/life/kinds/figures. Whatever words a question has, its figure says how it is answered."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from toolkit.kinds import Registry


class FigureKind:
    """A figure. `answered_by` is the code of a kind of answer (corridor.life.kinds.answers). It is added up, unless
    `alive` names the answers that say that a company lives on: then those who gave one are counted."""

    code: ClassVar[str]
    order: ClassVar[int]
    name: ClassVar[str | Promise]
    answered_by: ClassVar[str] = "whole"
    alive: ClassVar[frozenset[str]] = frozenset()


FIGURE_KINDS: Registry[FigureKind] = Registry(_("Figure of a report"), "corridor.life.kinds.figures")
