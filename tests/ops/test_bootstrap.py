"""What stands in the way is told in one sentence, on stderr, without a traceback."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from config import bootstrap, machine, pythons

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def taken_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def start(command: str, **values) -> subprocess.CompletedProcess:
    words = [sys.executable, "-m", "config.bootstrap", command]
    environment = {name: value for name, value in os.environ.items() if name not in ("VAR_DIR", "PORT")} | values
    return subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)


def assert_one_sentence(done: subprocess.CompletedProcess, *parts: str) -> None:
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    for part in parts:
        assert part in done.stderr


@pytest.mark.sensitive
def test_port_in_use(taken_port, tmp_path):
    done = start("demo", PORT=str(taken_port), VAR_DIR=str(tmp_path))
    assert_one_sentence(done, f"Port {taken_port} is in use", f"make demo PORT={taken_port + 1}")


@pytest.mark.sensitive
@pytest.mark.parametrize("port", ["eighty", "0", "70000", "-1"])
def test_port_that_is_none(port, tmp_path):
    assert_one_sentence(start("demo", PORT=port, VAR_DIR=str(tmp_path)), f"PORT is '{port}'")


@pytest.mark.sensitive
def test_folder_that_can_not_be_written(tmp_path):
    (tmp_path / "file").write_text("in the way")
    done = start("demo", PORT="18999", VAR_DIR=str(tmp_path / "file" / "var"))
    assert_one_sentence(done, "can't be written", "VAR_DIR")


def test_no_room_on_the_disk():
    with pytest.raises(machine.Stop, match="MB are needed: make room"):
        machine.ensure_room(10**12)


def test_old_python_without_a_newer_one(monkeypatch):
    monkeypatch.setattr(pythons, "OLDEST", (3, 99))
    monkeypatch.setattr(pythons, "newer_python", lambda: None)
    with pytest.raises(machine.Stop, match=r"needs Python 3\.11 or newer"):
        pythons.ensure_python()


def test_the_distribution_s_python_of_the_same_version_makes_the_environment_unless_somebody_chose(
    monkeypatch, tmp_path
):
    monkeypatch.delenv("PYTHON", raising=False)
    monkeypatch.setattr(pythons, "DISTRIBUTION", tmp_path)
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)  # as outside any environment
    assert pythons.makers() == [sys.executable]
    theirs = tmp_path / f"python3.{sys.version_info[1]}"
    for name in (theirs.name, "python3.99"):
        (tmp_path / name).touch()
    assert pythons.makers() == [str(theirs), sys.executable]
    monkeypatch.setenv("PYTHON", sys.executable)
    assert pythons.makers() == [sys.executable]
    monkeypatch.delenv("PYTHON")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert pythons.makers() == [sys.executable]


def test_missing_pango_is_told_with_the_command(monkeypatch):
    monkeypatch.setattr(machine, "has_pango", lambda: False)
    monkeypatch.setattr(machine, "apt_install", lambda packages: False)
    monkeypatch.setattr(sys, "argv", ["bootstrap", "demo"])
    monkeypatch.setattr(machine.shutil, "which", lambda tool: "/usr/bin/apt-get" if tool == "apt-get" else None)
    with pytest.raises(machine.Stop, match=r"Run: sudo apt-get install -y libpango-1\.0-0 .* and then: make demo"):
        machine.ensure_pango()
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(machine.Stop, match="Run: brew install pango gettext and then: make demo"):
        machine.ensure_pango()


@pytest.mark.sensitive
def test_unknown_word_lists_the_known_ones():
    done = start("dance")
    assert (done.returncode, done.stderr) == (2, f"Say one of: {', '.join(bootstrap.COMMANDS)}\n")


@pytest.mark.sensitive
def test_make_knows_every_command():
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True).stdout
    assert {line.split()[1] for line in told.splitlines() if line.startswith("make ")} == set(bootstrap.COMMANDS)


def test_ci_runs_what_people_run():
    assert (ROOT / ".ci/run").read_text() == "#!/usr/bin/env bash\nexec make test </dev/null\n"


HOLD = """
import sys
from pathlib import Path
from config.machine import ensure_alone
ensure_alone(Path(sys.argv[1]), 18998)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.sensitive
def test_a_second_start_on_the_same_data_is_refused_and_says_where_the_first_is(tmp_path):
    (tmp_path / "log").mkdir()
    first = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert first.stdout.readline() == "held\n"
    done = start("demo", PORT="18999", VAR_DIR=str(tmp_path))
    assert_one_sentence(done, f"runs already on the data in {tmp_path}", "http://localhost:18998", "VAR_DIR")
    first.communicate()
    machine.ensure_alone(tmp_path, 18999)  # whoever ends lets go, however it ends
