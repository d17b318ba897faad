"""Text as searches compare it: small letters without accents, on both databases alike.

    rows.annotate(folded=Folded("title")).filter(folded__contains=fold("Étoile"))

Compatibility decomposition (Unicode's NFKD) without combining marks, then small letters; a few letters that do not
decompose, and the apostrophes and dashes that keyboards and word processors differ in, are written as one types them.
"""

import unicodedata
from typing import Any

from django.db.backends.signals import connection_created
from django.db.models import Func, TextField

# One letter for one letter, so that PostgreSQL's translate() can say the same.
TYPED = str.maketrans("øØłŁđĐıß’‘ʼ‐‑–—", "oOlLdDis'''----")
MARKS = ("\u0300", "\u036f")


def fold(text: str) -> str:
    """`text` as it is compared."""
    parts = unicodedata.normalize("NFKD", text.translate(TYPED))
    return "".join(letter for letter in parts if not MARKS[0] <= letter <= MARKS[1]).lower()


class Folded(Func):
    """A text column or expression, folded by the database. Nothing but what PostgreSQL has built in:
    no extension to install."""

    function = "passerelle_fold"
    arity = 1
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        plain = "".join(chr(code) for code in TYPED)
        typed = "".join(chr(code) for code in TYPED.values())
        sql, params = compiler.compile(self.source_expressions[0])
        folded = f"lower(regexp_replace(normalize(translate({sql}, %s, %s), NFKD), %s, '', 'g'))"
        return folded, [*params, plain, typed, f"[{MARKS[0]}-{MARKS[1]}]"]


def teach_sqlite(connection: Any, **_signal: object) -> None:
    """Gives a new connection to SQLite the function that Folded calls."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            Folded.function, 1, lambda text: None if text is None else fold(str(text)), deterministic=True
        )


def connect() -> None:
    connection_created.connect(teach_sqlite, dispatch_uid="toolkit.folding")
