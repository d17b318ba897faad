"""Kinds as classes: a family's registry, code → the one object that knows everything about its kind.

A kind is one module in its family's folder: what it is called, what a form offers, what is read, what is computed,
what the computation depends on, how a file spells it. Forms, services, files, pages, exports and the API ask the
registry, so that a new kind is a new module and nothing else (docs/decisions/kinds.md).
"""

import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from threading import RLock
from typing import Protocol, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from toolkit.refusals import Refusal


class Kind(Protocol):
    """`code` is what columns and files hold; `order` where it stands in lists."""

    @property
    def code(self) -> str: ...

    @property
    def order(self) -> int: ...


class Named(Kind, Protocol):
    """A kind that is chosen by its name."""

    @property
    def name(self) -> str | Promise: ...


K = TypeVar("K", bound=Kind)
N = TypeVar("N", bound=Named)
MOST_SHOWN = 60  # characters of a code that nobody knows


class UnknownKind(Refusal, KeyError, ValueError):
    """Nothing is registered under this code. A KeyError too, since a registry is a mapping, and a ValueError, since
    what has such a code can't be read."""

    def __init__(self, family: str | Promise, code: object, field: str | None = None) -> None:
        self.kind = str(code)[:MOST_SHOWN]
        sentence = _("%(family)s: “%(code)s” is not known here.") % {"family": family, "code": self.kind}
        super().__init__(sentence, code="kind.unknown", field=field, status=422)


class Registry(Mapping[str, K]):
    """The kinds of one family by code, in their order. `family` is what one of them is called, in words; `folder` the
    dotted name of the package whose modules hold one kind each, read when somebody first asks."""

    def __init__(self, family: str | Promise, folder: str) -> None:
        self.family = family
        self.folder = folder
        self._known: dict[str, K] = {}
        self._is_read = False
        self._lock = RLock()

    def register(self, made: type[K]) -> type[K]:
        """A class decorator. ValueError when another class has the code already."""
        kind = made()
        known = self._known.get(kind.code)
        if known is not None and type(known).__module__ != made.__module__:
            raise ValueError(f"two kinds of {self.folder} have the code {kind.code}")
        self._known[kind.code] = kind
        return made

    def forget(self, code: str) -> None:
        """From now on nobody knows the code."""
        del self._known[code]

    def read(self) -> None:
        """Imports every module of its folders; one that was imported before is left as it is."""
        with self._lock:
            for folder in self.folders():
                for module in pkgutil.iter_modules(getattr(import_module(folder), "__path__", ())):
                    import_module(f"{folder}.{module.name}")
            self._is_read = True

    def folders(self) -> Iterator[str]:
        """The packages whose modules hold its kinds, and single modules that do."""
        yield self.folder

    def ask(self, code: object, *, field: str | None = None) -> K:
        """The kind of that code. Raises UnknownKind, which names the form's `field`, for anything else."""
        known = self._all().get(code) if isinstance(code, str) else None
        if known is None:
            raise UnknownKind(self.family, code, field)
        return known

    def __getitem__(self, code: str) -> K:
        return self.ask(code)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._all(), key=lambda code: (self._known[code].order, code)))

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> dict[str, K]:
        if not self._is_read:
            self.read()
        return self._known


def choices_of(registry: Mapping[str, Named]) -> list[tuple[str, str | Promise]]:
    """What a form offers: (code, name), in the order of the family."""
    return [(kind.code, kind.name) for kind in registry.values()]


def called(registry: Registry[N], code: str) -> str:
    """What the kind of that code is called; of one that this site no longer knows, that it does not."""
    kind = registry.get(code)
    return str(kind.name) if kind else str(UnknownKind(registry.family, code))


def strays(registry: Registry[K], rows: Iterable[tuple[str, object]]) -> Iterator[str]:
    """Of rows, (what it is, the code it has), those whose kind nobody knows, each as a sentence: the database takes
    any code."""
    for row, code in rows:
        if code not in registry:
            yield f"{row}: {UnknownKind(registry.family, code)}"
