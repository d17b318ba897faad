"""The frozen content of a document as its files and pages show it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any


def party_in(frozen: Mapping[str, Any], party: str) -> dict[str, Any]:
    """A party's block of a frozen agreement."""
    return next(block for block in frozen["parties"] if block["party"] == party)


def beside_each_other(frozen: Mapping[str, Any]) -> dict[str, Any]:
    """Both languages of a frozen agreement in pairs: {parties: [(block, block)], clauses and annexes:
    [{first, second, paragraphs: [(one, other)]}]}.

    Empty for a document in one language. Where one language has a paragraph more, the other one's place holds None.
    """
    other = frozen.get("beside")
    if not other:
        return {}
    return {
        "parties": list(zip(frozen["parties"], other["parties"], strict=True)),
        **{
            part: [
                {
                    "first": first,
                    "second": second,
                    "paragraphs": list(zip_longest(first["paragraphs"], second["paragraphs"])),
                }
                for first, second in zip(frozen[part], other[part], strict=True)
            ]
            for part in ("clauses", "annexes")
        },
    }
