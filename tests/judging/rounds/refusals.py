"""How these tests ask for a refusal."""

import pytest

from toolkit.refusals import Refusal


def refusal(work, *args, **fields) -> str:
    with pytest.raises(Refusal) as refused:
        work(*args, **fields)
    return refused.value.code
