"""The Python of .venv and its packages: which one makes it, what is installed into it, and what is missing.

Needs nothing but Python and its standard library, as bootstrap does, and imports nothing of this project but machine.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from config.machine import ROOT, Stop, apt_command, apt_install, ensure_room, last_line, say

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
DISTRIBUTION = Path("/usr/bin")
NEEDS_MB = {"requirements.txt": 900, "requirements-dev.txt": 1800}


def newer_python() -> str | None:
    """Another Python on this machine that is new enough."""
    for minor in range(16, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            return found
    return None


def ensure_python() -> None:
    """Goes on in a Python that is new enough, or says which one is needed."""
    if sys.version_info >= OLDEST:
        return
    other = newer_python()
    if other is None:
        have = ".".join(map(str, sys.version_info[:2]))
        raise Stop(
            f"Passerelle needs Python 3.11 or newer, and this machine has {have}: install a newer one, then try again."
        )
    os.execv(other, [other, "-m", "config.bootstrap", *sys.argv[1:]])


def is_sound_venv() -> bool:
    """.venv holds a Python that starts and is new enough."""
    ask = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    try:
        return subprocess.run([PYTHON, "-c", ask], capture_output=True).returncode == 0
    except OSError:
        return False


def makers() -> list[str]:
    """The Pythons that may make .venv, the best first. The distribution's one of the same version is built along
    profiles and a fifth faster than a plain build (pyenv's, unless told otherwise); whoever chose a Python, by
    `make PYTHON=…` or by a virtual environment, gets that one."""
    chosen = "PYTHON" in os.environ or sys.prefix != sys.base_prefix
    other = DISTRIBUTION / f"python3.{sys.version_info[1]}"
    return [sys.executable] if chosen or not other.exists() else [str(other), sys.executable]


def ensure_venv() -> None:
    if is_sound_venv():
        return
    say("Creating .venv …")
    for python in makers():
        command = [python, "-m", "venv", "--clear", str(VENV)]
        if subprocess.run(command, capture_output=True).returncode == 0 and is_sound_venv():
            return
    need = (
        "python3-venv"
        if sys.executable == "/usr/bin/python3"
        else f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    )
    if not apt_install([need]):
        raise Stop(f"Python can't create .venv here. Run: {apt_command([need])}")
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise Stop(f"Python can't create .venv: {last_line(done.stdout + done.stderr)}")


def ensure_packages(name: str) -> None:
    """Installs the locked requirements, unless exactly these are in .venv already (a stamp holds their hash)."""
    wanted = hashlib.sha256((ROOT / name).read_bytes()).hexdigest()
    for stamp in VENV.glob("installed-*.sha256"):
        # The development requirements hold the others.
        if (
            stamp.name in (f"installed-{name}.sha256", "installed-requirements-dev.txt.sha256")
            and wanted in stamp.read_text()
        ):
            return
    ensure_room(NEEDS_MB[name])
    say(f"Installing what {name} locks (once; a minute or two) …")
    pip = [
        str(PYTHON),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
        "--require-hashes",
        "--no-deps",
    ]
    done = subprocess.run([*pip, "-r", str(ROOT / name)], capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise Stop(f"The packages could not be installed: {last_line(done.stderr)}")
    held = [wanted]
    if name == "requirements-dev.txt":
        held.append(hashlib.sha256((ROOT / "requirements.txt").read_bytes()).hexdigest())
    (VENV / f"installed-{name}.sha256").write_text("\n".join(held) + "\n")
