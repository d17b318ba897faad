"""A tie that appears after the assignment takes the entry out of the juror's sight at once:
on every page, file and API."""

import pytest
from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contest.models import Attachment, Entry
from judging.jury.reading.facts import ties_of
from judging.models import Assignment, Scorecard
from judging.reads.jury import entry_readers
from judging.scoring.services.autosave import seat_of
from network.models import User
from tests import build


@pytest.fixture
def seat(stage, enter, tmp_path, settings):
    """The first juror, logged in, with three entries in sight; the first has a deck."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}},
    }
    Attachment.objects.create(
        entry=stage.entries[0],
        kind="deck",
        file=ContentFile(b"%PDF-1.7 deck", name="deck.pdf"),
        name="deck.pdf",
        size=13,
        sha256="0" * 64,
        uploaded_by=build.person("founder1@firm1.example"),
    )
    stage.juror = stage.jurors[0]
    stage.card = stage.cards[0][0]
    stage.team = stage.entries[0].startup.organisation
    stage.client = enter(stage.juror.user)
    return stage


def confirm(person, email, verified=True):
    EmailAddress.objects.create(user=person, email=email, verified=verified)


def hire(seat, email):
    build.person(email, "New colleague", "founder", seat.team)


def sit_for(seat, **fields):
    """The juror sits for an organisation."""
    seat.juror.organisation = build.organisation("Agency", "agency", **fields)
    seat.juror.save()
    return seat.juror.organisation


def work_for(seat, person):
    build.person(person.email, role="host", organisation=build.organisation("Mill", "incubator"))


def write_domain(thing, domain):
    thing.email_domain = domain
    thing.save()


FIRST = "founder1@firm1.example"  # of the first entry's team; the juror is juror1@jury1.example
BREAKS = {
    "somebody of the juror's mail domain joins": lambda seat: hire(seat, "new@JURY1.example"),
    "a subdomain of the juror's": lambda seat: hire(seat, "new@lab.jury1.example"),
    "the domain above the juror's": lambda seat: (
        confirm(seat.juror.user, "me@mail.corp.example"),
        hire(seat, "new@corp.example"),
    ),
    "two machines of one firm": lambda seat: (
        confirm(seat.juror.user, "me@a.firm.co.uk"),
        hire(seat, "new@b.firm.co.uk"),
    ),
    "a domain spelt in ASCII and not": lambda seat: (
        confirm(seat.juror.user, "me@xn--mller-kva.de"),
        hire(seat, "new@post.müller.de"),
    ),
    "the team's organisation is below": lambda seat: write_domain(seat.team, "research.jury1.example"),
    "a founder confirms an address there": lambda seat: confirm(User.objects.get(email=FIRST), "ada@jury1.example"),
    "the juror confirms an address of the team's": lambda seat: confirm(seat.juror.user, "me@Firm1.example"),
    "the start-up's own domain is the juror's": lambda seat: write_domain(seat.team, "Jury1.example"),
    "the juror's organisation has the team's domain": lambda seat: sit_for(seat, email_domain="FIRM1.example"),
    "both organisations have one domain": lambda seat: (
        write_domain(seat.team, "group.example"),
        sit_for(seat, email_domain="group.example"),
    ),
    "the juror was invited at the team's domain": lambda seat: (
        setattr(seat.juror, "email", "old@firm1.example"),
        seat.juror.save(),
    ),
    "the juror joins the team": lambda seat: build.person(seat.juror.email, "", "founder", seat.team),
    "the juror sent the entry": lambda seat: Entry.objects.filter(pk=seat.entries[0].pk).update(
        submitted_by=seat.juror.user
    ),
    "a free-mail address is the same": lambda seat: (
        hire(seat, "ada@gmail.com"),
        setattr(seat.juror, "email", "Ada@gmail.com"),
        seat.juror.save(),
    ),
    "both work for a third": lambda seat: (
        work_for(seat, seat.juror.user),
        work_for(seat, User.objects.get(email=FIRST)),
    ),
    "a founder works for whom the juror sits": lambda seat: build.person(FIRST, "", "host", sit_for(seat)),
    "the juror moves to the city": lambda seat: (setattr(seat.juror, "city", build.city("braga")), seat.juror.save()),
    "the juror's organisation is of the city": lambda seat: sit_for(seat, city=build.city("braga")),
}
HARMLESS = {
    "nothing happens": lambda seat: None,
    "a free-mail domain in common": lambda seat: (
        hire(seat, "ada@gmail.com"),
        confirm(seat.juror.user, "grace@gmail.com"),
    ),
    "an address that nobody confirmed": lambda seat: confirm(seat.juror.user, "me@firm1.example", verified=False),
    "a domain that only ends alike": lambda seat: hire(seat, "new@notjury1.example"),
    "a domain of the same public suffix": lambda seat: (
        confirm(seat.juror.user, "me@one.co.uk"),
        hire(seat, "new@two.co.uk"),
    ),
    "two firms under a private suffix": lambda seat: (
        confirm(seat.juror.user, "me@one.uk.com"),
        hire(seat, "new@two.uk.com"),
    ),
    "a machine of a free-mail service": lambda seat: (
        confirm(seat.juror.user, "grace@mx1.gmail.com"),
        hire(seat, "ada@mx2.gmail.com"),
    ),
    "two without a domain": lambda seat: (write_domain(seat.team, ""), sit_for(seat, email_domain="")),
}


def in_sight(seat):
    """The codes of what every way shows: list, pages, decks, API, and the rows themselves."""
    codes = {entry.pk: entry.code for entry in seat.entries}
    user = User.objects.get(pk=seat.juror.user_id)
    cards = [(seat.cards[0][number], entry) for number, entry in enumerate(seat.entries)]
    page = seat.client.get("/judging/").content.decode()
    listed = {entry.code for _card, entry in cards if entry.title in page}
    opened = {e.code for card, e in cards if seat.client.get(f"/judging/scorecards/{card.pk}/").status_code == 200}
    api = seat.client.get("/api/v1/scorecards/").json()["results"]
    assert listed == opened == {codes[row.entry_id] for row in Assignment.objects.read_by(user)}
    assert opened == {codes[pk] for pk in Scorecard.objects.of_juror(user).values_list("assignment__entry", flat=True)}
    assert opened == {codes[pk] for pk in Entry.objects.filter(entry_readers(user)).values_list("pk", flat=True)}
    typed = {entry.code for card, entry in cards if seat_of(User.objects.get(pk=user.pk), card.pk).is_readable}
    assert opened == typed  # what autosave asks was compiled for a juror of the same shape, perhaps in another test
    assert opened == {codes[row.entry_id] for row in Assignment.objects.readable(user)}  # and this just now
    assert len(api) == len(opened)
    assert {row["id"] for row in api} == {card.pk for card, entry in cards if entry.code in opened}
    deck = seat.client.get(f"/judging/scorecards/{seat.card.pk}/deck/").status_code
    assert deck == (200 if "E01" in opened else 404)
    return opened


@pytest.mark.parametrize("what", BREAKS)
def test_a_tie_that_appears_later_hides_the_entry(seat, what):
    BREAKS[what](seat)
    assert [tie.entry for tie in ties_of(seat.round) if tie.juror == seat.juror.pk] == [seat.entries[0].pk]
    assert in_sight(seat) == {"E02", "E03"}


@pytest.mark.parametrize("what", HARMLESS)
def test_what_is_no_tie_hides_nothing(seat, what):
    HARMLESS[what](seat)
    assert in_sight(seat) == {"E01", "E02", "E03"}
    assert [tie for tie in ties_of(seat.round) if tie.juror == seat.juror.pk] == []


def test_where_the_same_city_is_no_tie_it_hides_nothing(seat):
    seat.round.same_city_conflicts = False
    seat.round.save()
    BREAKS["the juror moves to the city"](seat)
    assert in_sight(seat) == {"E01", "E02", "E03"}


def test_a_mark_can_t_be_written_through_any_address(seat):
    BREAKS["somebody of the juror's mail domain joins"](seat)
    criteria = {f"m{criterion.pk}": "4" for criterion in seat.round.criteria.all()}
    address = f"/judging/scorecards/{seat.card.pk}/"
    typed = {**criteria, "version": 0, "comment": "Bold", "private_note": ""}
    kept = seat.client.post(address, typed, follow=True)  # set aside for who typed it, without a word of the entry
    assert kept.redirect_chain[0][0].startswith("/judging/set-aside/")
    entry = seat.card.assignment.entry
    assert [word for word in (entry.title, entry.startup.name) if word in kept.content.decode()] == []
    assert seat.client.get(address).status_code == 404
    assert seat.client.get(f"{address}recuse/").status_code == 404
    assert seat.client.get(f"/api/v1/scorecards/{seat.card.pk}/").status_code == 404
    assert not seat.card.marks.exists()


def test_whoever_holds_no_seat_is_asked_nothing_of_ties(seat, organiser):
    visible = Entry.objects.visible_to(organiser)
    assert "judging_" not in str(visible.query)
    assert visible.count() == 3
    assert "judging_" in str(Entry.objects.visible_to(seat.juror.user).query)


def test_the_ties_are_looked_up_in_the_one_query_that_reads(seat):
    user = seat.juror.user
    for number in (2, 1):  # the mail domains of the reader are read once for a request
        with CaptureQueriesContext(connection) as queries:
            assert len(Scorecard.objects.of_juror(user).with_progress()) == 3
        assert len(queries) == number
