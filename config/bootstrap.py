"""Everything that `make` does, from a bare machine on: `python3 -m config.bootstrap
setup|demo|run|test|check|bench|mutate|validate|lock|messages`.

Needs nothing but Python and its standard library; what is missing is installed into .venv, or told in one sentence.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from config.catalogues import french_spaces
from config.machine import (
    HOMEBREW,
    ROOT,
    Stop,
    apt_command,
    apt_install,
    ensure_alone,
    ensure_fonts,
    ensure_pango,
    ensure_tools,
    ensure_var,
    last_line,
    say,
    wanted_port,
)
from config.pythons import PYTHON, ensure_packages, ensure_python, ensure_venv


# --- What make calls ----------------------------------------------------------------------------------------------
def environment(**values: str) -> dict[str, str]:
    """This process's environment with `values`, and Homebrew's libraries within reach."""
    made = {**os.environ, **values}
    if sys.platform == "darwin":
        made["DYLD_FALLBACK_LIBRARY_PATH"] = ":".join(
            filter(None, [os.environ.get("DYLD_FALLBACK_LIBRARY_PATH"), *HOMEBREW])
        )
    return made


def setup_workplace() -> None:
    """A checkout in which every command of CONTRIBUTING.md works."""
    setup("requirements-dev.txt")
    ensure_tools()


def setup(requirements: str = "requirements.txt") -> None:
    """.venv with the locked packages, Pango, fonts, compiled translations."""
    ensure_venv()
    ensure_packages(requirements)
    ensure_pango()
    ensure_fonts()
    if subprocess.run([PYTHON, "-m", "config.catalogues"], cwd=ROOT).returncode:
        raise Stop("The translations can't be compiled: mend the line named above.")


def manage(env: dict[str, str], *words: str) -> None:
    done = subprocess.run([PYTHON, "manage.py", *words], cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode:
        raise Stop(f"manage.py {words[0]} failed: {last_line(done.stderr or done.stdout)}")


def serve(*, demo: bool) -> None:
    """Becomes the supervisor: web server, task worker and minute clock, until Ctrl-C."""
    began = time.monotonic()
    port = wanted_port()
    var = Path(os.environ.get("VAR_DIR") or ROOT / "var" / ("demo" if demo else "local")).resolve()
    ensure_var(var)
    ensure_alone(var, port)
    setup()
    env = environment(VAR_DIR=str(var), PORT=str(port), SITE_URL=f"http://localhost:{port}")
    env["DEMO" if demo else "LOCAL"] = "1"
    (ROOT / "staticfiles").mkdir(exist_ok=True)
    say("Preparing the database …")
    manage(env, "migrate", "--verbosity", "0")
    if demo and any(ROOT.glob("*/management/commands/load_demo.py")):
        manage(env, "load_demo")
    env["BEGAN"] = str(began)
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "-m", "config.supervisor"], env)


def run_suite(which: str) -> None:
    """The linters (`check`), or everything (`test`): config/suite.py in .venv."""
    began = time.monotonic()
    if which == "test":
        setup_workplace()
    else:
        setup("requirements-dev.txt")
    say(f"Installation: {time.monotonic() - began:.0f} s")
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "-m", "config.suite", which], environment(LOCAL="1"))


def bench() -> None:
    setup("requirements-dev.txt")
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "benchmarks/bench.py", *sys.argv[2:]], environment(LOCAL="1"))


def mutate() -> None:
    """How many of a few hundred small mistakes the tests notice: config/mutate.py, with packages of its own beside
    .venv."""
    setup("requirements-dev.txt")
    folder, name = ROOT / "var" / "mutate" / "packages", "requirements-mutate.txt"
    stamp, wanted = folder / "installed.sha256", hashlib.sha256((ROOT / name).read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        say(f"Installing what {name} locks (once) …")
        words = ["install", "--quiet", "--no-input", "--require-hashes", "--no-deps", "--target", str(folder)]
        done = subprocess.run(
            [str(PYTHON), "-m", "pip", *words, "-r", str(ROOT / name)], capture_output=True, text=True, cwd=ROOT
        )
        if done.returncode:
            raise Stop(f"The packages could not be installed: {last_line(done.stderr)}")
        stamp.write_text(wanted)
    os.chdir(ROOT)
    env = environment(LOCAL="1", MUTATE_PACKAGES=str(folder), OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")
    os.execve(PYTHON, [str(PYTHON), "-m", "config.mutate"], env)


def validate() -> None:
    """Every kind of document before veraPDF and the EU's DSS: config/validate.py. Needs Java 17 and Maven."""
    setup("requirements-dev.txt")
    ensure_tools()
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "-m", "config.validate"], environment(LOCAL="1"))


def lock() -> None:
    """Writes requirements*.txt anew from requirements*.in:
    versions and hashes for Python 3.11 to 3.14, Linux and macOS."""
    ensure_venv()
    tool = ROOT / "var" / "lock"
    subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "--target", str(tool), "uv"], check=True)
    for name in ("requirements", "requirements-dev", "requirements-mutate"):
        options = [
            "--universal",
            "--python-version",
            "3.11",
            "--generate-hashes",
            "--no-header",
            "--no-emit-index-url",
            "--quiet",
        ]
        command = [str(tool / "bin" / "uv"), "pip", "compile", *options, "--upgrade", f"{name}.in", "-o", f"{name}.txt"]
        subprocess.run(command, cwd=ROOT, check=True)


def messages() -> None:
    """Collects the sentences to translate into locale/*/LC_MESSAGES/django.po, and compiles them."""
    setup("requirements-dev.txt")
    if not shutil.which("xgettext") and not apt_install(["gettext"]):
        raise Stop(
            "gettext is missing. Run: "
            f"{'brew install gettext' if sys.platform == 'darwin' else apt_command(['gettext'])}"
        )
    words = [
        "makemessages",
        "--locale",
        "fr",
        "--no-location",
        "--no-wrap",
        "--ignore",
        ".venv",
        "--ignore",
        "var",
        "--ignore",
        "tests",
    ]
    (ROOT / "locale").mkdir(exist_ok=True)
    manage(environment(LOCAL="1"), *words)
    for catalogue in (ROOT / "locale").glob("*/LC_MESSAGES/django.po"):
        lines = catalogue.read_text(encoding="utf-8").splitlines(keepends=True)
        # Nobody reads when it was collected, and each time would be a change.
        kept = [line for line in lines if not line.startswith(('"POT-Creation-Date:', '"Report-Msgid-Bugs-To:'))]
        text = "".join(kept)
        catalogue.write_text(french_spaces(text) if catalogue.parts[-3] == "fr" else text, encoding="utf-8")
    setup("requirements-dev.txt")


COMMANDS = {
    "setup": setup_workplace,
    "demo": lambda: serve(demo=True),
    "run": lambda: serve(demo=False),
    "test": lambda: run_suite("test"),
    "check": lambda: run_suite("check"),
    "bench": bench,
    "mutate": mutate,
    "validate": validate,
    "lock": lock,
    "messages": messages,
}


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        sys.stderr.write(f"Say one of: {', '.join(COMMANDS)}\n")
        return 2
    try:
        ensure_python()
        COMMANDS[sys.argv[1]]()
    except Stop as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    except OSError as error:
        full = error.errno == errno.ENOSPC
        sys.stderr.write("The disk is full: make room, then try again.\n" if full else f"The system says no: {error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped.\n")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
