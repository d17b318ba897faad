"""A program's output stays its own: what a library prints meanwhile goes to the errors, even from C."""

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator

OUT, ERRORS = 1, 2  # file descriptors


@contextlib.contextmanager
def printed_elsewhere() -> Iterator[None]:
    """Whatever is printed inside, from Python or below it, comes out among the errors;
    what was printed before comes first.

    C keeps what it prints in a buffer of its own, which would come out long afterwards: it is emptied before standard
    output is given back. Where there are no such descriptors, only Python's own printing is led aside.
    """
    sys.stdout.flush()
    try:
        kept = os.dup(OUT)
    except OSError:
        kept = -1
    try:
        with contextlib.redirect_stdout(sys.stderr):
            if kept >= 0:
                with contextlib.suppress(OSError):
                    os.dup2(ERRORS, OUT)
            yield
    finally:
        if kept >= 0:
            ctypes.CDLL(None).fflush(None)
            os.dup2(kept, OUT)
            os.close(kept)
