"""What an agreement says, as an object."""

import pytest

from corridor.domain.terms.content import PartyBlock, Text


def test_a_party_is_found_by_its_code():
    blocks = [
        PartyBlock(**dict.fromkeys(PartyBlock.__dataclass_fields__, "") | {"party": code}) for code in ("host", "city")
    ]
    text = Text(**dict.fromkeys(Text.__dataclass_fields__, "") | {"parties": tuple(blocks)})
    assert [text.party(block.party) for block in blocks] == blocks
    with pytest.raises(StopIteration):
        text.party("startup")
