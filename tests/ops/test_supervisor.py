"""One command keeps three processes alive, and ends them all."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from config.supervisor import Child, greeting
from tests.journeys.site import PATIENCE, ROOT, Site, free_port, migrated_site, shared_folder

pytestmark = pytest.mark.processes


def children_of(parent: int) -> dict[int, str]:
    """{pid: command line} of the direct children that live."""
    rows = subprocess.run(["ps", "-A", "-ww", "-o", "pid=,ppid=,stat=,args="], capture_output=True, text=True).stdout
    found = {}
    for row in rows.splitlines():
        pid, ppid, state, args = row.split(maxsplit=3)
        if int(ppid) == parent and not state.startswith("Z"):
            found[int(pid)] = args
    return found


def wait_for(condition):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = condition()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError("it did not happen in time")


@pytest.fixture(scope="module")
def peopled(tmp_path_factory):
    """The files of a site with one sample person."""
    made = Site(tmp_path_factory.mktemp("peopled"), free_port())
    shutil.copytree(migrated_site(shared_folder(tmp_path_factory)), made.folder, dirs_exist_ok=True)
    made.run("build.person('founder@sample.invalid', 'Sample Founder', is_sample=True)")
    made.leave()
    return made.folder


@pytest.fixture
def site(peopled, tmp_path):
    shutil.copytree(peopled, tmp_path, dirs_exist_ok=True)
    return Site(tmp_path, free_port())


@pytest.fixture
def supervisor(site, tools):
    tools("ps", "apt-get install procps")
    environment = {**site.environment, "PORT": str(site.port)}
    command = [sys.executable, "-m", "config.supervisor"]
    out = (site.folder / "out.txt").open("wb")
    child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    yield child
    child.kill()
    child.wait()
    out.close()


def printed(site) -> str:
    return (site.folder / "out.txt").read_text()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_starts_restarts_and_ends_all(site, supervisor, ending):
    wait_for(lambda: "Ctrl-C" in printed(site))
    way = next(line.split()[1] for line in printed(site).splitlines() if line.strip().startswith("founder"))
    assert way.startswith(site.url + "/demo/enter/founder/")
    assert urllib.request.urlopen(way).status == 200

    before = children_of(supervisor.pid)
    assert len(before) == 3
    worker = next(pid for pid, args in before.items() if "db_worker" in args)
    os.kill(worker, signal.SIGKILL)
    fresh = wait_for(lambda: [p for p, a in children_of(supervisor.pid).items() if "db_worker" in a and p != worker])
    assert "The task worker ended (-9); it starts again in 1 s." in printed(site)

    everybody = {*before, *fresh, *(pid for child in before for pid in children_of(child))} - {worker}
    supervisor.send_signal(ending)
    assert supervisor.wait(PATIENCE) == 0
    wait_for(lambda: not [pid for pid in everybody if Path(f"/proc/{pid}").exists()])
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(site.url)
    assert "Traceback" not in printed(site)


def test_what_dies_at_once_waits_longer_each_time(tmp_path):
    child = Child("clock", ["-c", "raise SystemExit(3)"], tmp_path / "log")
    told = []
    for _ in range(7):
        child.start_at = 0
        child.watch()
        assert child.process is not None
        child.process.wait()
        told.append(child.watch())
    assert [sentence.partition(";")[2].split()[4] for sentence in told] == ["1", "2", "4", "8", "16", "30", "30"]
    assert told[0] == f"The clock ended (3); it starts again in 1 s. Its log: {tmp_path / 'log'}"


def test_a_site_without_samples_says_how_to_begin(monkeypatch):
    monkeypatch.setenv("VAR_DIR", "/srv/var")
    said = greeting("http://localhost:8001", {})
    begin = "LOCAL=1 VAR_DIR=/srv/var SITE_URL=http://localhost:8001 .venv/bin/python manage.py"
    assert f"{begin} load_network\n" in said
    assert f"{begin} add_organiser you@example.org\n" in said
    assert "/srv/var/mail" in said
    assert "add_organiser" not in greeting("http://localhost:8001", {"founder": "/demo/enter/x/"})
