"""A file from outside, read by a script of ours in a process of its own, with little time and memory."""

import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from toolkit.refusals import Refusal

PATIENCE = 60  # seconds on the clock; the script itself ends after a few seconds of processor time


class Failed(Exception):
    """The script ended without an answer: the file is damaged, or made to take long."""


def read_apart(script: Path, data: bytes, *arguments: str, field: str = "file") -> bytes:
    """What the script prints about `data`. Raises Failed; Refusal 503 where the machine
    was too busy to say anything of the file."""
    command = [sys.executable, "-I", str(script), *arguments]
    try:
        return subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE, env={}, check=True).stdout
    except subprocess.TimeoutExpired:
        sentence = _(
            "This machine has too much to do to read the file just now. Nothing was kept: try again in a minute."
        )
        raise Refusal(sentence, code="upload.busy", field=field, status=503) from None
    except subprocess.SubprocessError as error:
        raise Failed from error
