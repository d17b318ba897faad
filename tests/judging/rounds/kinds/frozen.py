"""What every experiment with a kind asks of the frozen file of its round."""

import json

import jsonschema
import pytest
from django.core.management import CommandError, call_command

from judging.domain.results.format import schema
from judging.integrity import check_judging, faults_of_file


def is_verified(result, folder) -> bool:
    """The schema, the recomputation, `verify` and `rank` take it, and nothing of the site is found wrong."""
    jsonschema.validate(json.loads(result.file), schema("result"))
    assert faults_of_file(result.file, result.sha256) == []
    assert list(check_judging()) == []
    for command in ("verify", "rank"):
        call_command(command, _written(result, folder))
    return True


def is_refused(result, folder, code) -> bool:
    """`verify` and `rank` say that they do not know the kind of that code."""
    for command in ("verify", "rank"):
        with pytest.raises(CommandError, match=code):
            call_command(command, _written(result, folder))
    return True


def _written(result, folder) -> str:
    path = folder / "result.json"
    path.write_text(result.file)
    return str(path)
