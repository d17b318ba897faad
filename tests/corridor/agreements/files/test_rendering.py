"""A document that is owed is made once: run twice, cut off in the middle, or failing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from corridor.agreements.drafting.services.drafting import draft_agreement
from corridor.agreements.files.services.rendering import render_agreement, render_owed
from corridor.agreements.signing.services.ending import prepare_again
from corridor.models import Agreement
from network.models import Message
from toolkit.refusals import Refusal


@pytest.fixture
def drafted(organiser, stay, terms):
    """Drafted, its document owed: the task queue has lost it."""
    return draft_agreement(by=organiser, stay=stay, language="en", terms=terms)


def files(folder) -> list[str]:
    return sorted(path.name for path in folder.rglob("*.pdf"))


def test_the_clock_makes_what_is_owed_once(drafted, private_files):
    assert render_owed(10) == 1
    assert render_owed(10) == 0
    assert render_agreement.call(drafted.pk) == "nothing owed"
    drafted.refresh_from_db()
    assert (drafted.state, drafted.attempts, drafted.leased_until) == ("issued", 0, None)
    assert files(private_files) == [f"{drafted.reference}-issued.pdf"]
    assert Message.objects.filter(kind="corridor.agreement_to_sign").count() == 1


def test_a_lease_keeps_others_away_until_it_ends(drafted, private_files):
    Agreement.objects.update(leased_until=timezone.now() + timedelta(minutes=1), attempts=1)
    assert render_owed(10) == 0
    assert render_agreement.call(drafted.pk) == "nothing owed"
    Agreement.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert render_owed(10) == 1
    assert files(private_files) == [f"{drafted.reference}-issued.pdf"]


def test_a_file_left_by_a_rendering_that_died_is_replaced(drafted, private_files):
    left = private_files / f"agreements/{drafted.year}/{drafted.pk}/{drafted.reference}-issued.pdf"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half a file")
    render_owed(10)
    assert files(private_files) == [left.name]
    assert left.read_bytes().startswith(b"%PDF-1.7")


def test_failures_are_shown_after_a_few_tries_and_a_person_has_it_tried_again(drafted, organiser, private_files):
    broken = {**drafted.frozen, "drafted_at": "no date"}
    sound = drafted.frozen
    Agreement.objects.update(frozen=broken)
    with pytest.raises(Refusal):
        prepare_again(by=organiser, agreement=drafted)
    for _ in range(7):
        render_owed(10)
    drafted.refresh_from_db()
    assert (drafted.state, drafted.attempts, drafted.has_failed) == ("drafted", 5, True)
    assert drafted.failure.startswith("ValueError: Invalid isoformat string")
    assert files(private_files) == []
    Agreement.objects.update(frozen=sound)
    prepare_again(by=organiser, agreement=drafted)
    render_owed(10)
    drafted.refresh_from_db()
    assert (drafted.state, drafted.failure, drafted.has_failed) == ("issued", "", False)


def test_a_document_cut_off_each_time_is_shown_as_failed(drafted):
    Agreement.objects.update(attempts=5, leased_until=timezone.now() - timedelta(seconds=1))
    assert render_owed(10) == 1
    drafted.refresh_from_db()
    assert (drafted.has_failed, drafted.failure) == (True, "interrupted while being prepared")
