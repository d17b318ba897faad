"""Files of a placement for these tests: two hosts and three candidates, changed as a test asks."""

import io
import json

import jsonschema
import pytest
from django.core.management import call_command

from corridor.domain.placement.file import BadDocument, schema
from corridor.domain.placement.result import place as answer_to

ANSWER = jsonschema.Draft202012Validator(schema("placement-answer"))


def place(document, **limits):
    """The answer, after a look at its shape."""
    answer = answer_to(document, **limits).as_data()
    ANSWER.validate(answer)
    return answer


def document(**changes):
    """Two places in Braga from January to June; three candidates; ranks 1, 2, 3."""
    base = {
        "format": "passerelle.placement",
        "version": 1,
        "rule": "rank_first",
        "seed": 0,
        "programme": {"months": 6, "start_days": ["2027-01-01"], "home_city_allowed": False},
        "incubators": [
            {"code": "braga", "city": "braga", "openings": [span("2027-01-01", "2027-07-01", 2)], "held": []},
            {"code": "magog", "city": "magog", "openings": [span("2027-01-01", "2027-07-01", 1)], "held": []},
        ],
        "candidates": [
            candidate("A", 1, 2, ["braga", "magog"]),
            candidate("B", 2, 1, ["braga"]),
            candidate("C", 3, 1, ["braga", "magog"]),
        ],
    }
    return {**base, **changes}


def span(starts, ends, desks):
    return {"starts": starts, "ends": ends, "desks": desks}


def candidate(name, rank, people, wishes, home="clermont", **fields):
    ranked = [{"code": wish, "rank": place} for place, wish in enumerate(wishes, start=1)]
    return {"code": name, "rank": rank, "people": people, "home_city": home, "wishes": ranked, **fields}


def placed(result):
    return {row["candidate"]: (row["incubator"], row["starts"], row["wish"]) for row in result["placements"]}


def refused(change):
    with pytest.raises(BadDocument) as bad:
        answer_to(document(**change))
    return [str(fault) for fault in bad.value.faults]


def hosts(**fields):
    return [{"code": "braga", "city": "braga", "openings": [span("2027-01-01", "2027-07-01", 2)], **fields}]


def told(**change):
    answer = place(document(**change))
    return answer, [(one["place"], one["code"]) for one in answer["notices"]]


def run(tmp_path, content, *options):
    file = tmp_path / "file.json"
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    out = io.StringIO()
    call_command("place", str(file), *options, stdout=out)
    return out.getvalue()
