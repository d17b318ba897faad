"""A site of its own for a journey: real processes, a real database, nothing shared with the tests' own."""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Site:
    """A demonstration on a free loopback port, with files and a database under `folder`.
    `url` has no slash at its end."""

    def __init__(self, folder: Path, port: int):
        self.folder = folder
        self.url = f"http://localhost:{port}"
        self.port = port
        ours = ("DATABASE_URL", "SECRET_KEY", "DJANGO_ALLOW_ASYNC_UNSAFE")
        outside = {name: value for name, value in os.environ.items() if name not in ours}
        self.environment = {
            **outside,
            "DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "VAR_DIR": str(folder),
            "SITE_URL": self.url,
            "LOG_LEVEL": "WARNING",
            "PYTHONWARNINGS": "ignore",
        }

    @property
    def log(self) -> Path:
        return self.folder / "log.txt"

    def manage(self, *words: str) -> str:
        """Runs `manage.py words…` in the site's own database and returns what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, f"manage.py {' '.join(words)}:\n{done.stdout}{done.stderr}"
        return done.stdout

    def run(self, code: str):
        """Runs Python in the site's database (tests.build is there as `build`) and returns
        what it left in `answer`, by JSON."""
        child = self._inside
        assert child.stdin
        assert child.stdout
        child.stdin.write(json.dumps(code) + "\n")
        child.stdin.flush()
        line = child.stdout.readline()
        assert line, self.log.read_text()
        told = json.loads(line)
        assert "broken" not in told, told["broken"]
        return told["answer"]

    @cached_property
    def _inside(self) -> subprocess.Popen:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.journeys.inside"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def leave(self) -> None:
        """Ends the process that runs code inside, if there is one."""
        child = self.__dict__.pop("_inside", None)
        if child is not None:
            child.communicate()  # its input ends, and so does it

    @cached_property
    def ways(self) -> dict[str, str]:
        """{role: address} of the sample people."""
        told = self.run(
            "import io\n"
            "from django.core.management import call_command\n"
            "call_command('demo_ways', '--json', stdout=(out := io.StringIO()))\n"
            "answer = out.getvalue()"
        )
        return {role: self.url + path for role, path in json.loads(told).items()}

    def login_cookie(self, email: str) -> dict:
        """A session cookie of the person with that address, for a browser context's add_cookies."""
        key = self.run(
            "from django.contrib.auth import login\n"
            "from django.contrib.sessions.backends.db import SessionStore\n"
            "from network.models import User\n"
            f"person = User.objects.get(email={email!r})\n"
            "store = SessionStore()\n"
            "store['_auth_user_id'] = str(person.pk)\n"
            "store['_auth_user_backend'] = 'allauth.account.auth_backends.AuthenticationBackend'\n"
            "store['_auth_user_hash'] = person.get_session_auth_hash()\n"
            "store.save()\n"
            "answer = store.session_key"
        )
        return {"name": "sessionid", "value": key, "url": self.url}

    @contextmanager
    def process(self, *command: str):
        """One process of the site, ended (and waited for) when the block is left."""
        with self.log.open("ab") as log:
            child = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=self.environment, stdout=log, stderr=log)
            try:
                yield child
            finally:
                child.terminate()
                try:
                    child.wait(10)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()

    @contextmanager
    def served(self):
        """The web server and a task worker, until the block is left."""
        bind = [
            "--bind",
            f"127.0.0.1:{self.port}",
            "--threads",
            "4",
            "--graceful-timeout",
            "2",
            "--log-level",
            "warning",
        ]
        with ExitStack() as stack:
            stack.callback(self.leave)
            web = stack.enter_context(self.process("-m", "gunicorn", *bind, "--no-control-socket", "config.wsgi"))
            stack.enter_context(self.process("manage.py", "db_worker", "--interval", "0.5", "--no-startup-delay"))
            self._wait_for(web)
            yield self

    def _wait_for(self, web: subprocess.Popen) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert web.poll() is None, self.log.read_text()
            try:
                urllib.request.urlopen(self.url + "/demo/mail/", timeout=5)
                return
            except urllib.error.HTTPError as error:
                raise AssertionError(f"{error}\n{self.log.read_text()}") from error
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"the site did not answer:\n{self.log.read_text()}")


def shared_folder(tmp_path_factory) -> Path:
    """A folder that all processes of this run share."""
    base: Path = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


def migrated_site(shared: Path) -> Path:
    """A folder with an empty database."""
    return _made_once(shared / "migrated", lambda site: site.manage("migrate", "--verbosity", "0"))


def loaded_site(shared: Path) -> Path:
    """A folder with a database in which the demonstration is loaded."""
    return _made_once(shared / "loaded", lambda site: site.manage("load_demo"), migrated_site(shared))


def _made_once(ready: Path, make: Callable[[Site], object], begin: Path | None = None) -> Path:
    """Made once per run, from a copy of `begin`, by whichever process comes first."""
    with ready.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (ready / "done").exists():
            shutil.rmtree(ready, ignore_errors=True)
            if begin:
                shutil.copytree(begin, ready, ignore=shutil.ignore_patterns("done"))
            else:
                ready.mkdir()
            make(Site(ready, free_port()))
            (ready / "done").touch()
    return ready
