"""The pages on which a juror ranks entries or compares pairs: everything by plain forms, nothing typed is lost."""

import pytest

from judging.models import Duel, RankedBallot, Scorecard
from tests import build

pytestmark = pytest.mark.django_db


def seated(enter, **rule):
    """A juror's client and the round in which they judge three entries."""
    edition = build.edition("2027")
    round = build.round(edition, criteria=(), state="open", **rule)
    juror = build.juror(edition, 1)
    for entry in build.competing(edition, 3):
        build.assign(round, juror, entry)
    return enter(juror.user), round


def post(client, round, *places, version=0, **more):
    typed = {f"place_E{n:02}": place for n, place in enumerate(places, 1)}
    return client.post(f"/judging/rounds/{round.pk}/ranking/", {"version": version, **typed, **more})


def states():
    return set(Scorecard.objects.values_list("state", flat=True))


class TestRanking:
    @pytest.fixture
    def at(self, enter):
        return seated(enter, ballot="ranking", list_least=2)

    def test_saved_as_typed_gaps_closed_and_shown_in_order(self, at):
        client, round = at
        assert post(client, round, "3", "1", "").status_code == 302
        assert RankedBallot.objects.get().order == ["E02", "E01"]
        page = client.get(f"/judging/rounds/{round.pk}/ranking/").content.decode()
        assert page.index("Firm 2") < page.index("Firm 1") < page.index("Firm 3")

    def test_two_at_one_place_are_told_and_both_stay_typed(self, at):
        client, round = at
        answer = post(client, round, "1", "1", "2")
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Two entries have place 1" in page
        assert page.count('aria-invalid="true"') == 2
        assert page.count('<option value="1" selected>') == 2
        assert not RankedBallot.objects.exists()

    @pytest.mark.parametrize(
        ("move", "order"),
        [
            ("up:E02", ["E02", "E01"]),
            ("down:E01", ["E02", "E01"]),
            ("up:E01", ["E01", "E02"]),
            ("off:E01", ["E02"]),
            ("add:E03", ["E01", "E02", "E03"]),
            ("up:E99", ["E01", "E02"]),
        ],
    )
    def test_moved_by_its_buttons_without_scripts(self, at, move, order):
        client, round = at
        post(client, round, "1", "2", "", move=move)
        assert RankedBallot.objects.get().order == order

    def test_handed_in_and_taken_back(self, at):
        client, round = at
        assert post(client, round, "2", "1", "", do="submit").headers["Location"] == "/judging/"
        assert states() == {"submitted"}
        assert "You have handed this list in" in client.get(f"/judging/rounds/{round.pk}/ranking/").content.decode()
        client.post(f"/judging/rounds/{round.pk}/take-back/")
        assert states() == {"draft"}

    def test_too_short_is_kept_and_told(self, at):
        client, round = at
        page = post(client, round, "1", "", "", do="submit")
        assert page.status_code == 422
        assert "Rank 2 entries at least" in page.content.decode()
        assert RankedBallot.objects.get().order == ["E01"]
        assert post(client, round, "1", "2", "", do="submit", version=1).status_code == 302

    def test_a_list_saved_in_another_tab_is_shown_and_not_overwritten(self, at):
        client, round = at
        post(client, round, "1", "2", "3")
        page = post(client, round, "3", "2", "1")
        assert page.status_code == 409
        assert "The list that is kept:" in page.content.decode()
        assert RankedBallot.objects.get().order == ["E01", "E02", "E03"]
        post(client, round, "3", "2", "1", version=1)
        assert RankedBallot.objects.get().order == ["E03", "E02", "E01"]

    def test_names_are_held_back_where_the_round_holds_them_back(self, enter):
        client, round = seated(enter, ballot="ranking", shows_names=False)
        page = client.get(f"/judging/rounds/{round.pk}/ranking/").content.decode()
        assert "E01" in page
        assert "Firm 1" not in page

    def test_not_there_for_others_and_in_a_round_of_marks(self, at, enter, stranger):
        client, round = at
        assert enter(stranger).get(f"/judging/rounds/{round.pk}/ranking/").status_code == 404
        assert client.get(f"/judging/rounds/{round.pk}/pairs/").status_code == 404


class TestPairs:
    @pytest.fixture
    def at(self, enter):
        return seated(enter, ballot="duels", decimals=1)

    def test_pair_after_pair_then_handed_in(self, at):
        client, round = at
        address = f"/judging/rounds/{round.pk}/pairs/"
        for done in range(3):
            page = client.get(address)
            assert f"{done} of 3 pairs compared" in page.content.decode()
            first, second = (entry.code for entry, _reading, _card in page.context["readings"])
            client.post(address, {"first": first, "second": second, "winner": first})
        assert "Hand my answers in" in client.get(address).content.decode()
        assert client.post(f"{address}submit/").status_code == 302
        assert states() == {"submitted"}

    def test_could_not_tell_and_changed_later(self, at):
        client, round = at
        address = f"/judging/rounds/{round.pk}/pairs/"
        client.post(address, {"first": "E01", "second": "E03", "winner": ""})
        assert Duel.objects.get().winner is None
        page = client.get(f"{address}?pair=E01-E03")
        assert [entry.code for entry, _reading, _card in page.context["readings"]] == ["E01", "E03"]
        client.post(address, {"first": "E01", "second": "E03", "winner": "E03"})
        assert Duel.objects.get().winner.code == "E03"

    def test_not_yet_complete_is_told(self, at):
        client, round = at
        page = client.post(f"/judging/rounds/{round.pk}/pairs/submit/", follow=True)
        assert "Compare 3 more pairs first" in page.content.decode()
        assert states() == {"draft"}

    def test_an_entry_that_is_not_theirs_is_not_there(self, at):
        client, round = at
        assert client.post(f"/judging/rounds/{round.pk}/pairs/", {"first": "E01", "second": "E99"}).status_code == 404
        assert not Duel.objects.exists()


def test_the_first_page_leads_to_list_and_pairs(enter):
    client, round = seated(enter, ballot="ranking")
    assert f'href="/judging/rounds/{round.pk}/ranking/"' in client.get("/judging/").content.decode()
    card = Scorecard.objects.first()
    page = client.get(f"/judging/scorecards/{card.pk}/").content.decode()
    assert "To your list" in page
    assert "Submit and open the next" not in page
