"""Pages of a PDF as pictures, drawn by Poppler's pdftoppm in a process with little time and memory.
Without the tool there are none."""

import resource
import shutil
import subprocess

from toolkit import reading_apart

TOOL = "pdftoppm"
SECONDS, BYTES = 10, 1 << 30


def can_draw() -> bool:
    """Whether the program is installed here."""
    return shutil.which(TOOL) is not None


def draw_page(content: bytes, page: int, *, dots: int = 80) -> bytes | None:
    """Page `page` (from 1) as PNG, at `dots` per inch; None when there is no such page, no tool,
    or the file is not read."""
    tool = shutil.which(TOOL)
    if tool is None:
        return None
    command = [tool, "-png", "-r", str(dots), "-f", str(page), "-l", str(page), "-"]
    try:
        drawn = subprocess.run(
            command,
            input=content,
            capture_output=True,
            timeout=reading_apart.PATIENCE,
            env={},
            preexec_fn=_limit,
            check=True,
        )
    except subprocess.SubprocessError:
        return None
    return drawn.stdout or None


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
