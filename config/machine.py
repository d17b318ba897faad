"""What the machine must offer before anything starts: Pango, a port, room on the disk.
Says in one sentence what is missing.

Nothing but Python's standard library here: config/bootstrap.py uses it before anything is installed.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import platform
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from toolkit.fonts import draws

ROOT = Path(__file__).resolve().parent.parent
PANGO = {
    "Linux": ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"),
    "Darwin": ("libpango-1.0.dylib", "libpangoft2-1.0.dylib", "libharfbuzz-subset.dylib"),
}
PANGO_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
HOMEBREW = ("/opt/homebrew/lib", "/usr/local/lib")


class Stop(Exception):
    """What a person must do first, in one sentence."""


def say(text: str) -> None:
    print(text, flush=True)


def last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")]
    return (errors or lines or ["no reason given"])[-1]


def apt_command(packages: list[str]) -> str:
    return f"sudo apt-get install -y {' '.join(packages)}"


def apt_install(packages: list[str]) -> bool:
    """Installs Debian packages when we are root on Debian or Ubuntu. Says whether it did."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    say(f"Installing {', '.join(packages)} …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    if subprocess.run(install, env=quiet, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0:
        return True
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, capture_output=True, stdin=subprocess.DEVNULL)
    return subprocess.run(install, env=quiet, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0


def opens(library: str) -> bool:
    """The system finds a shared library (Homebrew's places included)."""
    for candidate in (library, *(f"{folder}/{library}" for folder in HOMEBREW if sys.platform == "darwin")):
        try:
            ctypes.CDLL(candidate)
        except OSError:
            continue
        return True
    return False


def has_pango() -> bool:
    return all(opens(library) for library in PANGO.get(platform.system(), PANGO["Linux"]))


def ensure_pango() -> None:
    """Pango draws the text of agreements and minutes."""
    if has_pango():
        return
    if apt_install(list(PANGO_PACKAGES)) and has_pango():
        return
    if sys.platform == "darwin":
        command = "brew install pango gettext"
    elif shutil.which("apt-get"):
        command = apt_command(list(PANGO_PACKAGES))
    elif shutil.which("dnf"):
        command = "sudo dnf install -y pango"
    else:
        command = "(your system's package manager) install pango"
    raise Stop(f"Pango is missing (it draws the agreements). Run: {command} and then: make {sys.argv[1]}")


# A letter of each script that a name may hold, and the Debian package whose fonts draw it.
SCRIPTS = {
    "Vietnamese": ("\u1eb5", "fonts-noto-core"),
    "Greek": ("\u1f00", "fonts-noto-core"),
    "Cyrillic": ("\u0457", "fonts-noto-core"),
    "Arabic": ("\u0639", "fonts-noto-core"),
    "Hebrew": ("\u05e9", "fonts-noto-core"),
    "Thai": ("\u0e01", "fonts-noto-core"),
    "Devanagari": ("\u0905", "fonts-noto-core"),
    "Chinese": ("\u6f22", "fonts-noto-cjk"),
    "Japanese": ("\u304b", "fonts-noto-cjk"),
    "Korean": ("\ud55c", "fonts-noto-cjk"),
}


def scripts_without_font() -> list[str]:
    """Scripts that no font of this machine draws, asked of fontconfig; none where there is no fontconfig to ask."""
    return [script for script, (letter, _package) in SCRIPTS.items() if not draws(letter)]


def ensure_fonts() -> None:
    """Fonts for names in any script. Without them such a name is printed as numbers in boxes,
    and everything else works."""
    missing = scripts_without_font()
    packages = sorted({SCRIPTS[script][1] for script in missing})
    if missing and not apt_install(packages):
        say(f"No font here draws {', '.join(missing)}. To have them: {apt_command(packages)}")


def ensure_tools() -> None:
    """What the tests use beside Python: a browser, poppler's PDF tools, gettext, LibreOffice, a key device made of
    software. What can't be installed is said; its tests are skipped."""
    wanted = {"/usr/bin/chromium": "chromium", "pdftotext": "poppler-utils", "xgettext": "gettext"}
    wanted |= {"soffice": "libreoffice-calc", "softhsm2-util": "softhsm2"}
    missing = [package for tool, package in wanted.items() if not shutil.which(tool)]
    if missing and not apt_install(missing):
        say(f"Missing: {', '.join(missing)}. Tests that need them are skipped. To have them: {apt_command(missing)}")
    if not shutil.which("chromium-headless-shell"):  # younger than some systems: without it tests take Chromium itself
        apt_install(["chromium-headless-shell"])


def ensure_room(megabytes: int) -> None:
    free = shutil.disk_usage(ROOT).free // 1_000_000
    if free < megabytes:
        raise Stop(f"The disk has {free} MB left, and {megabytes} MB are needed: make room, then try again.")


def ensure_var(folder: Path) -> None:
    """The folder for the database, uploaded files and logs can be written."""
    try:
        (folder / "log").mkdir(parents=True, exist_ok=True)
        probe = folder / ".probe"
        probe.write_bytes(b"x" * 4096)
        probe.unlink()
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise Stop(f"The disk is full: {folder} can't be written. Make room, then try again.") from None
        raise Stop(
            f"{folder} can't be written ({error.strerror}): change its owner, or set VAR_DIR to another folder."
        ) from None


def ensure_alone(folder: Path, port: int) -> None:
    """Nothing else serves from this folder: two would migrate, send and tick the same database at once.

    The lock belongs to this process and to the supervisor that it becomes; the system lets go of it when that ends.
    """
    lock = os.open(folder / "served.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        where = os.pread(lock, 100, 0).decode(errors="replace").strip() or "another port"
        raise Stop(
            f"Passerelle runs already on the data in {folder}, at {where}: stop it there (Ctrl-C), or give this "
            "one a folder of its own: VAR_DIR=…"
        ) from None
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"http://localhost:{port}\n".encode(), 0)
    os.set_inheritable(lock, True)


def wanted_port() -> int:
    """PORT, or 8000; free on this machine."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Stop(f"PORT is {text!r}: set it to a number between 1 and 65535.")
    port = int(text)
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((address, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Stop(
                    f"Port {port} is in use: stop what listens there, or choose another one: make {sys.argv[1]} "
                    f"PORT={port + 1}"
                ) from None
            if error.errno == errno.EACCES:
                raise Stop(
                    f"Port {port} is reserved by the system: choose one above 1023: make {sys.argv[1]} PORT=8000"
                ) from None
    return port
