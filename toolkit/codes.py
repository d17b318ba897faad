"""Short random codes that stand for a person or an entry where names are held back."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# No vowels and no look-alikes: a code can be read aloud and never spells a word.
ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXZ"
_source: ContextVar[random.Random | None] = ContextVar("source", default=None)


def new_code(length: int = 6) -> str:
    """A code of `length` characters: from the system's randomness, or from the rehearsal's seed inside `seeded`.

    Not a secret: links that open something are signed or made by `secrets`, never by this.
    """
    source = _source.get() or random.SystemRandom()
    return "".join(source.choice(ALPHABET) for _ in range(length))


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Codes made inside are the same for the same seed and the same order of calls."""
    token = _source.set(random.Random(seed))
    try:
        yield
    finally:
        _source.reset(token)
