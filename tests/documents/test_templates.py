"""Each shipped template, in each language and side by side: every party's names are read as they are written."""

import json
from datetime import UTC, datetime
from itertools import combinations, cycle, islice

import pytest

from corridor.agreements.drafting.specimen import specimen
from corridor.agreements.files.pdf import issued_pdf
from corridor.agreements.templates.wording import shipped
from corridor.domain.terms.content import Content
from tests.documents.conftest import KEPT
from tests.names import NAMES, RIGHT_TO_LEFT
from tests.readers import by_pdfminer, by_poppler_in_order, by_pypdf

AT = datetime(2027, 1, 10, 9, tzinfo=UTC)
WORDINGS = {wording.slug: wording for wording in shipped()}


def cases() -> list[tuple[str, tuple[str, ...]]]:
    """Every template in every language and every pair; without KEEP_DOCUMENTS each template alone once,
    and three pairs."""
    alone = [(slug, (language,)) for slug, wording in WORDINGS.items() for language in wording.texts]
    beside = [(slug, pair) for slug, wording in WORDINGS.items() for pair in combinations(wording.texts, 2)]
    return alone + beside if KEPT else alone[:: len(alone) // len(WORDINGS) + 1] + beside[1::9]


def named(content: Content, first: int) -> tuple[Content, list[str]]:
    """`content` with two names for each party, from the script numbered `first` on, and those names."""
    names = list(islice(cycle(NAMES.values()), first, first + 2 * len(content.parties)))
    text = json.dumps(content.as_data(), ensure_ascii=False)
    for place, block in enumerate(content.parties):
        text = text.replace(block.name, names[2 * place]).replace(block.signatory, names[2 * place + 1])
    return Content.from_data(json.loads(text)), names


def squeezed(text: str) -> str:
    """Without spaces: a line may end within a name, and where it does is the page's affair."""
    return "".join(text.split())


@pytest.mark.sensitive
@pytest.mark.parametrize(
    ("slug", "languages"), cases(), ids=lambda value: value if isinstance(value, str) else "-".join(value)
)
def test_every_party_s_name_is_read_as_it_is_written(slug, languages, keep):
    number = cases().index((slug, languages))
    content, names = named(specimen(WORDINGS[slug], languages, AT), 5 * number)
    made = keep(f"{slug}-{'-'.join(languages)}", issued_pdf(content))
    for read in (by_poppler_in_order, by_pypdf):
        text = squeezed(read(made))
        assert [name for name in names if squeezed(name) not in text] == [], read.__name__
    text = squeezed(by_pdfminer(made))
    ours = [name for script, name in NAMES.items() if name in names and script not in RIGHT_TO_LEFT]
    assert [name for name in ours if squeezed(name) not in text] == []
