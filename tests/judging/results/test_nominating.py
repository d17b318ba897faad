"""A city's own selection ends: its result becomes nominations, and its coordinator runs every page."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contest.models import Claim, Nomination
from judging.jury.services.opening import open_round
from judging.models import Juror, Round
from judging.overview import to_do
from judging.results.services.closing import close_round
from judging.results.services.nominating import foresee_nominations, nominate_from_round
from judging.rounds.overview import rounds_to_watch
from network.models import Message
from tests import build
from tests.judging.selection import code_of, own_round, scored


class TestNominating:
    def test_the_preview_is_what_then_happens_and_doing_it_again_fills_freed_places(self, desk):
        """By hand: three places, two competing. E02 is claimed by Cuneo; E01 and E03 compete;
        E04 is sent without competing."""
        round = scored(desk)
        Claim.objects.create(
            entry=desk.entries[1], city=build.city("cuneo"), by=desk.by, reason="Ours", created_at=timezone.now()
        )
        close_round(by=desk.by, round=round)
        contested = "Two cities claim this entry. Neither can nominate it until the organiser has settled it."
        expected = [("E01", 1, 1, ""), ("E02", None, None, contested), ("E03", 2, 2, ""), ("E04", 3, None, "")]
        foreseen = foresee_nominations(round)
        assert [(row.entry.code, row.slot, row.competing_slot, row.refusal) for row in foreseen] == expected
        assert [task.title for task in to_do(desk.by)] == [
            "Publish the results of Round 1", "Nominate who goes on from Round 1",
        ]  # fmt: skip
        done = nominate_from_round(by=desk.by, round=round)
        made = [(row.entry.code, row.slot, row.competing_slot, "") for row in done.made]
        assert made + [(entry.code, None, None, why) for entry, why in done.refused] == sorted(
            expected, key=lambda row: row[3] != ""
        )
        assert [row.is_nominated for row in foresee_nominations(round)] == [True, False, True, True]
        assert [task.title for task in to_do(desk.by)][1:] == ["Nominate who goes on from Round 1"]  # the claimed one
        Claim.objects.all().delete()
        assert [row.refusal for row in foresee_nominations(round)][1] == (
            "Clermont-Ferrand has used all its 3 places. Release one first."
        )

    def test_the_last_round_of_the_selection_decides_and_an_entry_that_moved_is_refused(self, desk):
        first = scored(desk)
        close_round(by=desk.by, round=first)
        second = own_round(desk, order=2, state="open")
        assert code_of(nominate_from_round, by=desk.by, round=first) == "city_round.later"
        Round.objects.filter(pk=second.pk).update(state="draft")
        type(desk.entries[0]).objects.filter(pk=desk.entries[0].pk).update(city=build.city("cuneo"))
        assert foresee_nominations(first)[0].refusal == "This entry now belongs to Cuneo."
        done = nominate_from_round(by=desk.organiser, round=first)
        assert [(entry.code, why) for entry, why in done.refused] == [("E01", "This entry now belongs to Cuneo.")]
        assert set(Nomination.objects.values_list("city__slug", flat=True)) == {desk.city.slug}


class TestScreens:
    def test_the_coordinator_walks_from_the_entries_to_the_nominations(self, desk):
        """Preset, jury, assignment, opening, closing, nominating:
        every page by its own link, none of another city's."""
        client, base = desk.client, desk.base
        assert base in client.get(f"/city/{desk.city.slug}/2027/").content.decode()
        opens = timezone.now().strftime("%Y-%m-%dT%H:%M")
        window = {"opens_1": opens, "closes_1": (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")}
        client.post(f"{base}jury/invite/", {"email": "new@jury.example", "full_name": "New", "language": "fr"})
        assert Juror.objects.get(email="new@jury.example").for_city == desk.city
        page = client.get(f"{base}jury/").content.decode()
        assert ("Juror 1" in page, "Juror 2" in page) == (True, False)
        round = scored(desk)
        assert client.post(f"{base}presets/holt-fintech/", window).headers["Location"] == base
        draft = own_round(desk, order=9)
        for path in ("", "edit/", "criteria/add/", "groups/add/", "assignment/", "assignment/rules/", "open/"):
            assert client.get(f"/organise/rounds/{draft.pk}/{path}").status_code == 200
        for path in (
            "", "edit/", "decisions/", "rule/", "assignment/", "assignment/rules/", "sessions/",
            "practice/", "open/", "progress/", "standings/", "agreement/", "stability/", "feedback/", "close/",
            "nominate/",
        ):  # fmt: skip
            answer = client.get(f"/organise/rounds/{round.pk}/{path}")
            assert (path, answer.status_code) == (path, 200)
            page = answer.content.decode()
            assert base in page
            assert "/organise/editions/" not in page
        assert "Juror 2" not in client.get(f"/organise/rounds/{round.pk}/assignment/").content.decode()
        client.post(f"/organise/rounds/{round.pk}/close/", {"reason_for_missing": ""})
        nominate = f"/organise/rounds/{round.pk}/nominate/"
        assert "Nominate 3 entries" in client.get(nominate).content.decode()
        answer = client.post(nominate, follow=True).content.decode()
        assert "Nominated, in order of place: Firm 1 pitches, Firm 2 pitches, Firm 3 pitches." in answer
        assert "Firm 4 pitches: Clermont-Ferrand has used all its 3 places. Release one first." in answer
        for path in ("standings/", "minutes/", "history/", "standings/workbook/"):
            assert client.get(f"/organise/rounds/{round.pk}/{path}").status_code == 200

    def test_what_is_not_theirs_is_not_there(self, desk, enter):
        network = build.round(desk.edition, state="open")
        build.assign(network, desk.network, desk.other)
        for address in (
            f"/organise/rounds/{network.pk}/", f"/organise/rounds/{network.pk}/nominate/",
            "/city/cuneo/2027/selection/",
            "/city/cuneo/2027/selection/jury/", f"/organise/jurors/{desk.network.pk}/", "/organise/editions/2027/jury/",
        ):  # fmt: skip
            assert (address, desk.client.get(address).status_code) == (address, 404)
        juror = desk.client.get(f"/organise/jurors/{desk.juror.pk}/")
        assert [entry.code for entry in juror.context["form"].fields["entry"].queryset] == ["E01", "E02", "E03", "E04"]
        boss = enter(desk.organiser)
        assert boss.get(f"/organise/rounds/{network.pk}/nominate/").status_code == 404
        assert "Juror 1" not in boss.get("/organise/editions/2027/jury/").content.decode()
        assert "Juror 1" in boss.get(f"{desk.base}jury/").content.decode()

    def test_the_juror_and_the_mail_name_the_selection(self, desk, enter):
        round = own_round(desk, jurors_per_entry=1)
        for entry in desk.entries:
            build.assign(round, desk.juror, entry)
        open_round(by=desk.by, round=round)
        mail = Message.objects.get(kind="judging.assigned")
        assert "Round 1 of Clermont-Ferrand's own selection, Edition 2027 is open." in mail.text
        page = enter(desk.juror.user).get("/judging/").content.decode()
        assert page.count("Clermont-Ferrand&#x27;s own selection, Edition 2027") == 2
        assert [task.detail for task in to_do(desk.juror.user)] == [
            "Clermont-Ferrand's own selection, Edition 2027, Round 1"
        ]
        assert [line.detail for line in rounds_to_watch(desk.by)] == ["Clermont-Ferrand's own selection, Edition 2027"]
        assert rounds_to_watch(desk.organiser) == []

    def test_as_many_queries_for_two_as_for_four(self, desk):
        round = scored(desk)
        Round.objects.filter(pk=round.pk).update(state="closed")
        pages = (desk.base, f"{desk.base}jury/", f"/organise/rounds/{round.pk}/nominate/")

        def counted() -> list[int]:
            numbers = []
            for page in pages:
                with CaptureQueriesContext(
                    connection,
                ) as seen:
                    assert desk.client.get(page).status_code == 200
                numbers.append(len(seen))
            return numbers

        for n, entry in enumerate(desk.entries[:2], 1):
            round.standings.create(
                entry=entry, place=n, rank=n, total="1", final="1", scorecards=1, advances=True, reason={}
            )
        few = counted()
        for n, entry in enumerate(desk.entries[2:], 3):
            round.standings.create(
                entry=entry, place=n, rank=n, total="1", final="1", scorecards=1, advances=True, reason={}
            )
            own_round(desk, order=n)
            build.juror(desk.edition, 10 + n, desk.city, for_city=desk.city)
        assert counted() == few
