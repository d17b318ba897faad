"""Keeps the web server, the task worker and the minute clock alive until Ctrl-C: `python -m config.supervisor`.

Reads PORT, VAR_DIR and DEMO from the environment (config/bootstrap.py sets them). Each child has a session of its own,
so that Ctrl-C reaches this process alone, which then ends them all. What dies is started again, later each time it dies
at once.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

CALM = 60  # seconds after which a child counts as healthy again
LONGEST_WAIT = 30
GRACE = 8  # seconds a child gets to end by itself
START_TRIES = 3
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Somebody asked us to end."""


def end_with_parent() -> None:
    """On Linux the kernel ends a child whose supervisor was killed outright; elsewhere only a clean end reaches it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


@dataclass
class Child:
    """One process that should always be there."""

    name: str
    command: list[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    start_at: float = field(default=0.0)

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self.command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )
        self.started = time.monotonic()

    def watch(self) -> str:
        """Starts it when it is due; returns a sentence when it has just died."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self.start()
            return ""
        code = self.process.poll()
        if code is None:
            return ""
        self.deaths = 1 if now - self.started > CALM else self.deaths + 1
        wait = min(2 ** (self.deaths - 1), LONGEST_WAIT)
        self.process, self.start_at = None, now + wait
        return f"The {self.name} ended ({code}); it starts again in {wait} s. Its log: {self.log}"

    def signal(self, number: int) -> None:
        """To the child and what it started: they are a session of their own."""
        if self.process is not None and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


def children(port: int, log: Path) -> list[Child]:
    """Web server, task worker, minute clock; each with a fresh log."""
    web = [
        "-m",
        "gunicorn",
        "--bind",
        f"127.0.0.1:{port}",
        "--threads",
        "8",  # three at most read what somebody sent (toolkit/slots.py)
        "--graceful-timeout",
        "3",
        "--no-control-socket",
    ]
    commands = {
        "web server": [*web, "config.wsgi"],
        "task worker": ["manage.py", "db_worker", "--no-startup-delay", "--no-reload"],
        "minute clock": ["manage.py", "tick", "--every", "60"],
    }
    log.mkdir(parents=True, exist_ok=True)
    made = [Child(name, command, log / f"{name.replace(' ', '-')}.log") for name, command in commands.items()]
    for child in made:
        child.log.write_bytes(b"")
    return made


def answers(port: int) -> bool:
    """The web server answers, whatever it says."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/robots.txt", timeout=5)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def greeting(address: str, ways: dict[str, str]) -> str:
    lines = ["", f"Passerelle is at {address}", ""]
    if ways:
        lines += ["Ways in, on this machine only:", *(f"  {role:12} {address}{path}" for role, path in ways.items())]
        lines += ["", f"All ways in: {address}/demo/    Mails: {address}/demo/mail/"]
    else:
        var = os.environ.get("VAR_DIR", "var/local")
        begin = f"  LOCAL=1 VAR_DIR={var} SITE_URL={address} .venv/bin/python manage.py"
        lines += [f"Mails are not sent: they are files in {var}/mail. To begin, in another window:"]
        lines += [f"{begin} load_network", f"{begin} add_organiser you@example.org", ""]
    return "\n".join([*lines, "Ctrl-C stops everything.", ""])


def read_ways() -> dict[str, str]:
    """{role: signed path}, by the command that makes them; empty outside the demonstration."""
    if os.environ.get("DEMO") != "1":
        return {}
    done = subprocess.run([sys.executable, "manage.py", "demo_ways", "--json"], capture_output=True, text=True)
    return json.loads(done.stdout) if done.returncode == 0 else {}


def stop(running: list[Child]) -> None:
    """Asks every child to end, waits a little, then ends it."""
    for child in running:
        child.signal(signal.SIGTERM)
    until = time.monotonic() + GRACE
    for child in running:
        if child.process is None:
            continue
        try:
            child.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.signal(signal.SIGKILL)
            child.process.wait()


def supervise(port: int, running: list[Child]) -> int:
    """Until Stopped is raised by a signal. 1 when the web server never came up."""
    address = f"http://localhost:{port}"
    greeted = False
    web = running[0]
    while True:
        for child in running:
            sentence = child.watch()
            if sentence:
                print(sentence, flush=True)
        if not greeted and web.deaths >= START_TRIES:
            tail = web.log.read_text(errors="replace").strip().splitlines()[-1:]
            sys.stderr.write(f"The web server does not start: {' '.join(tail)}\n")
            return 1
        if not greeted and web.process and answers(port):
            print(greeting(address, read_ways()), flush=True)
            if "BEGAN" in os.environ:
                print(f"Ready after {time.monotonic() - float(os.environ['BEGAN']):.0f} s.", flush=True)
            greeted = True
        time.sleep(1 if greeted else 0.1)


def main() -> int:
    def ask_to_stop(number: int, frame: object) -> None:
        for other in STOPPING:
            signal.signal(other, signal.SIG_IGN)
        raise Stopped

    port = int(os.environ["PORT"])
    running = children(port, Path(os.environ["VAR_DIR"]) / "log")
    for number in STOPPING:
        signal.signal(number, ask_to_stop)
    try:
        return supervise(port, running)
    except Stopped:
        print("\nStopping …", flush=True)
        return 0
    finally:
        stop(running)


if __name__ == "__main__":
    sys.exit(main())
