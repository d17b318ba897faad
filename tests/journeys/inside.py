"""A process inside a site. Each line of its input is Python to run, as JSON;
each line of its output is what that left in `answer`.

One such process serves a site for all its questions: to start Python and Django anew for
each took longer than the pages did.
"""

import json
import os
import sys
import traceback

import django

django.setup()

from django.db import connections  # noqa: E402

from tests import build  # noqa: E402


def answer_to(code: str) -> dict[str, object]:
    names = {"build": build, "answer": None}
    try:
        exec(code, names)  # noqa: S102
        return {"answer": names["answer"]}
    except BaseException:
        return {"broken": traceback.format_exc()}
    finally:
        connections.close_all()


if __name__ == "__main__":
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    sys.stdout = sys.stderr  # what the code prints is no answer
    for line in sys.stdin:
        answers.write(json.dumps(answer_to(json.loads(line)), default=str) + "\n")
        answers.flush()
