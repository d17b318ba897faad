"""Any contest's rules over services: what is refused and why, fellow applicants, and a city's own round."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contest.models import Category, Entry, Nomination
from judging.integrity import check_judging
from judging.jury.services.jurors import invite_juror
from judging.jury.services.opening import open_round
from judging.models import CriterionGroup, Scorecard
from judging.reads.conflicts import without_ties
from judging.results.services.closing import close_round
from judging.results.services.nominating import nominate_from_round
from judging.rounds.forms.ties import tie_choices
from judging.rounds.services.criteria import remove_group, save_criterion, save_group
from judging.rounds.services.rounds import save_round
from tests import build
from tests.judging.rounds.refusals import refusal
from toolkit.refusals import Forbidden, Refusal


class TestSettingUp:
    def test_a_group_can_t_stand_inside_itself(self, draft):
        outer = save_group(by=draft.by, round=draft.round, group=None, code="a", name={"en": "A"})
        inner = save_group(by=draft.by, round=draft.round, group=None, code="b", name={"en": "B"}, parent="a")
        assert refusal(save_group, by=draft.by, round=draft.round, group=outer, parent=outer) == "group.parent"
        assert refusal(save_group, by=draft.by, round=draft.round, group=outer, parent=inner) == "group.parent"
        CriterionGroup.objects.filter(pk=outer.pk).update(parent=inner)
        assert refusal(open_round, by=draft.by, round=draft.round) == "round.group_cycle"
        assert [fault for fault in check_judging() if "inside itself" in fault] == [
            f"group {outer.pk}: stands inside itself", f"group {inner.pk}: stands inside itself",
        ]  # fmt: skip

    def test_an_empty_group_keeps_the_round_shut_and_a_full_one_stays(self, draft):
        group = save_group(by=draft.by, round=draft.round, group=None, code="plan", name={"en": "Plan"})
        assert refusal(open_round, by=draft.by, round=draft.round) == "round.empty_group"
        save_criterion(by=draft.by, round=draft.round, criterion=draft.first, group="plan")
        assert refusal(remove_group, by=draft.by, group=group) == "group.not_empty"
        assert open_round(by=draft.by, round=draft.round).state == "open"
        assert refusal(save_group, by=draft.by, round=draft.round, group=group, weight=1) == "round.rule_is_fixed"

    def test_a_chain_for_ties_names_only_what_jurors_mark(self, draft):
        fields = {"code": "late", "name": {"en": "Late"}, "kind": "penalty", "weight": 1000}
        save_criterion(by=draft.by, round=draft.round, criterion=None, **fields)
        offered = [value for value, _label in tie_choices(draft.round)]
        assert [value for value in offered if value.startswith("criterion:")] == [
            "criterion:innovation", "criterion:market",
        ]  # fmt: skip
        save_round(by=draft.by, round=draft.round, tie_chain=[{"kind": "criterion", "code": "late"}])
        assert refusal(open_round, by=draft.by, round=draft.round) == "round.tie_chain"

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"weight": 0}, "weight"),
            ({"kind": "penalty", "weight": 0}, "weight"),
            ({"ranking_weight": 0}, "ranking_weight"),
            ({"cap": 2000}, "cap"),
            ({"kind": "bonus", "cap": 0}, "cap"),
            ({"kind": "bonus", "threshold": 2000}, "threshold"),
            ({"comment_below": 6000}, "comment_below"),
            ({"scale_min": 5000}, "scale_max"),
            ({"scale_step": 2000}, "scale_step"),
            ({"group": "nowhere"}, "group"),
        ],
    )
    def test_a_criterion_is_checked_in_words(self, draft, fields, field):
        with pytest.raises(Refusal) as refused:
            save_criterion(by=draft.by, round=draft.round, criterion=draft.first, **fields)
        assert refused.value.field == field
        draft.first.refresh_from_db()
        assert (draft.first.weight, draft.first.kind) == (60_000, "score")

    def test_nothing_of_another_round_or_edition(self, draft):
        other = build.round(draft.edition, order=2)
        group = save_group(by=draft.by, round=other, group=None, code="g", name={"en": "G"})
        abroad = Category.objects.create(edition=build.edition("2028"), code="x", name={"en": "X"})
        assert (
            refusal(save_criterion, by=draft.by, round=draft.round, criterion=draft.first, group=group)
            == "criterion.group"
        )
        changed = {"categories": [abroad]}
        assert (
            refusal(save_criterion, by=draft.by, round=draft.round, criterion=draft.first, **changed)
            == "criterion.categories"
        )

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"correction": "rescale"}, "correction_decimals"),
            ({"correction": "severity", "correction_decimals": 2, "across": "median"}, "across"),
            ({"correction": "rescale", "correction_decimals": 2, "aggregate_at": "criterion"}, "aggregate_at"),
            ({"correction": "rescale", "correction_decimals": 2, "correction_min_marks": 1}, "correction_min_marks"),
            ({"decimals_group": 10}, "decimals_group"),
            ({"min_peer_scorecards": 1}, "jurors_per_entry"),
            ({"tie_chain": [{"kind": "fact"}]}, "tie_chain"),
            ({"tie_chain": [{"kind": "fact", "code": "x", "first": "sideways"}]}, "tie_chain"),
            ({"tie_chain": [{"kind": "human"}, {"kind": "median"}]}, "tie_chain"),
        ],
    )
    def test_a_round_is_checked_in_words(self, draft, fields, field):
        with pytest.raises(Refusal) as refused:
            save_round(by=draft.by, round=draft.round, **fields)
        assert refused.value.field == field


class TestPeers:
    def test_a_fellow_applicant_never_sees_their_own_entry(self, draft):
        """By the seat alone: an account, a city and an address that have nothing to do with the team."""
        seat = build.juror(draft.edition, 3, kind="peer", own_entry=draft.entries[0])
        save_round(by=draft.by, round=draft.round, min_scorecards=1)
        for entry in draft.entries:
            build.assign(draft.round, seat, entry)
        assert refusal(open_round, by=draft.by, round=draft.round) == "round.conflict"
        own = without_ties(draft.round.assignments.filter(juror=seat), seat.user)
        assert [row.entry for row in own] == draft.entries[1:]

    def test_a_seat_for_one_names_the_entry_and_only_for_one(self, draft):
        seat = {"by": draft.by, "edition": draft.edition, "email": "p@firm.example", "full_name": "P"}
        assert refusal(invite_juror, **seat, kind="peer") == "juror.own_entry"
        assert refusal(invite_juror, **seat, own_entry=draft.entries[0]) == "juror.own_entry"
        juror = invite_juror(**seat, kind="peer", own_entry=draft.entries[0])
        assert (juror.kind, juror.own_entry) == ("peer", draft.entries[0])

    def test_the_organiser_invites_one_and_the_round_waits_for_them(self, draft, enter):
        typed = {"email": "p@firm.example", "full_name": "P", "language": "en", "own_entry": draft.entries[0].pk}
        assert enter(draft.by).post("/organise/editions/2027/jury/invite/", typed).status_code == 302
        assert draft.edition.jurors.get(email="p@firm.example").own_entry == draft.entries[0]
        save_round(by=draft.by, round=draft.round, min_peer_scorecards=1, jurors_per_entry=3)
        assert refusal(open_round, by=draft.by, round=draft.round) == "round.too_few_jurors"

    def test_every_entry_has_a_criterion_that_counts(self, draft):
        other = Category.objects.create(edition=draft.edition, code="other", name={"en": "Other"})
        for criterion in (draft.first, draft.second):
            save_criterion(by=draft.by, round=draft.round, criterion=criterion, categories=[other])
        assert refusal(open_round, by=draft.by, round=draft.round) == "round.no_criteria_for"
        save_criterion(by=draft.by, round=draft.round, criterion=draft.second, categories=[])
        open_round(by=draft.by, round=draft.round)
        cards = Scorecard.objects.with_progress()
        assert set(cards.values_list("criteria_required", flat=True)) == {1}


class TestACityOfItsOwn:
    def test_its_standings_become_nominations_until_the_quota_says_no(self, city, coordinator, enter):
        """Four go on; the city sends three, two of them compete.
        The last is refused in the quota's words, and again the second time."""
        over = timezone.now() - timedelta(days=1)
        edition = build.edition("2027", quota_sent=3, quota_competing=2, call_closes=over)
        round = build.round(edition, city=city, state="open", advance_count=4)
        juror = build.juror(edition, 1, of=build.city("cuneo"))
        for n in range(1, 5):
            entry = build.entry(edition, build.startup(f"Firm {n}", city), state="eligible", code=f"E{n:02}", city=city)
            build.marks(build.assign(round, juror, entry), 6 - n, 6 - n)
        assert refusal(nominate_from_round, by=coordinator, round=round) == "city_round.open"
        close_round(by=coordinator, round=round)
        page = enter(coordinator).post(f"/organise/rounds/{round.pk}/nominate/", follow=True)
        assert [str(message) for message in page.context["messages"]] == [
            "Nominated, in order of place: Firm 1 pitches, Firm 2 pitches, Firm 3 pitches.",
            "Firm 4 pitches: Clermont-Ferrand has used all its 3 places. Release one first.",
        ]
        Nomination.objects.all().delete()
        Entry.objects.update(state="eligible")
        done = nominate_from_round(by=coordinator, round=round)
        assert [(row.entry.code, row.slot, row.competing_slot) for row in done.made] == [
            ("E01", 1, 1), ("E02", 2, 2), ("E03", 3, None),
        ]  # fmt: skip
        assert [(entry.code, said) for entry, said in done.refused] == [
            ("E04", "Clermont-Ferrand has used all its 3 places. Release one first.")
        ]
        assert done.made[0].reason == "Place 1 in “Round 1”."
        again = nominate_from_round(by=coordinator, round=round)
        assert (len(again.made), len(again.before), len(again.refused), Nomination.objects.count()) == (0, 3, 1, 3)

    def test_only_of_a_city_and_by_its_own(self, draft, coordinator):
        assert refusal(nominate_from_round, by=draft.by, round=draft.round) == "city_round.no_city"
        with pytest.raises(Forbidden):
            nominate_from_round(by=coordinator, round=draft.round)
