"""The names of a result can be erased; the result stays."""

import pytest
from django.urls import reverse

from judging.integrity import check_judging
from judging.models import Result
from judging.results.services.keys import erase_result_key
from tests.judging.results.lines import shown
from toolkit.refusals import Refusal


class TestNames:
    def test_erased_names_leave_codes_and_the_result_recomputes(self, closed, organiser, enter):
        client = enter(organiser)
        place = reverse("round_erase_key", args=[closed.round.pk, 1])
        assert client.post(place, {"reason": ""}).status_code == 422
        assert client.post(place, {"reason": "The period is over."}).status_code == 302
        result = Result.objects.get()
        assert (result.key, result.key_erased_for, result.file) == ({}, "The period is over.", closed.result.file)
        assert [row[1] for row in shown(client, closed.round)] == ["E03", "E01", "E02"]
        standings, why, version, history = (
            client.get(reverse(name, args=[closed.round.pk, *more])).content.decode()
            for name, more in (
                ("round_standings", []), ("round_why", [closed.entries[0].pk]), ("round_version", [1]),
                ("round_history", []),
            )
        )  # fmt: skip
        for page in (standings, why, version):
            assert "Firm " not in page
            assert "Juror 1" not in page
            assert "Braga" not in page
        assert "The period is over." in history
        assert list(check_judging()) == []
        with pytest.raises(Refusal) as refused:
            erase_result_key(by=organiser, result=result, reason="Again.")
        assert refused.value.code == "key.erased"
