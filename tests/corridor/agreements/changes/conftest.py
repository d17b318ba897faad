"""An executed agreement on a confirmed stay in Braga: two desks and two people, 1 March to 31 August 2027."""

from datetime import UTC, date, datetime

import pytest

from corridor.agreements.changes.services.changes import draft_change
from corridor.agreements.drafting.services.drafting import draft_agreement
from corridor.agreements.files.services import rendering
from corridor.domain.chain.chain import Person, Proposal
from corridor.life.services.travellers import TravellerDraft, replace_travellers
from corridor.models import Agreement, Stay
from tests.corridor.agreements import cast
from tests.corridor.agreements.conftest import (  # noqa: F401  fixtures
    host,
    incubator,
    people,
    private_files,
    programme,
    stay,
)
from toolkit import clock

MARCH, JUNE, SEPTEMBER, OCTOBER = (date(2027, month, 1) for month in (3, 6, 9, 10))
ANA, BO = Person("Ana", ("PT",), MARCH, SEPTEMBER), Person("علي بن سعيد", ("TN",), MARCH, JUNE)
EARLY, DURING = datetime(2027, 1, 10, 9, tzinfo=UTC), datetime(2027, 5, 3, 9, tzinfo=UTC)


def execute(change: Agreement) -> str:
    """As if every party that signs had read and signed it; what the document says is then kept. No PDF is rendered."""
    now = clock.now()
    for place in change.signatures.select_related("organisation"):
        place.signed_by, place.signed_at, place.document_sha256 = change.drafted_by, now, "5" * 64
        place.save()
    Agreement.objects.filter(pk=change.pk).update(state="signed", issued_sha256=f"{change.pk:064d}", issued_at=now)
    leased = rendering.DOCUMENTS.take(change.pk)
    assert leased is not None
    try:
        state = rendering.DOCUMENTS.keep_if_mine(leased, rendering.Made(b"%PDF-1.7 a document", None))
    finally:
        change.refresh_from_db()
    return state


@pytest.fixture
def base(stay, organiser):  # noqa: F811
    with clock.at(EARLY):
        stay.incubator.openings.create(starts=date(2027, 1, 1), ends=date(2028, 1, 1), desks=3)
        named = [TravellerDraft(one.name, one.nationalities, one.starts, one.ends) for one in (ANA, BO)]
        replace_travellers(by=organiser, stay=stay, travellers=named)
        made = draft_agreement(by=organiser, stay=stay, language="en", terms=cast.terms(stay))
        execute(made)
    stay.refresh_from_db()
    return made


@pytest.fixture
def draft(base, organiser):
    """draft(kind, by=, at=, **proposal): a change of the agreement,
    drafted on 10 January 2027 unless said otherwise."""

    def drafted(kind, by=organiser, at=EARLY, **asked):
        with clock.at(at):
            return draft_change(by=by, agreement=base, kind=kind, asked=Proposal(**asked))

    return drafted


def now(stay: Stay):  # noqa: F811
    """(state, starts, ends, desks, [(name, starts, ends)]) as the rows say."""
    stay.refresh_from_db()
    named = [(one.name, one.starts, one.ends) for one in stay.travellers.order_by("starts", "name")]
    return stay.state, stay.starts, stay.ends, stay.desks, named
