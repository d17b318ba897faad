"""`make validate` where it can't run: one sentence that says so, and no claim is kept."""

import os
import shutil
import subprocess
import sys

import pytest

from config.validate import KEPT, ROOT


def told(path: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "config.validate"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PATH": path}, capture_output=True, text=True)
    return done.returncode, done.stderr


@pytest.mark.sensitive
def test_without_java_or_maven_or_a_way_to_it_one_sentence_says_so(tmp_path):
    before = KEPT.read_bytes()
    assert told(str(tmp_path)) == (1, "The validators were not run: there is no Java 17 on this machine.\n")
    tool(tmp_path / "java", "echo '    java.specification.version = 11' >&2")
    code, said = told(str(tmp_path))
    assert (code, said) == (1, "The validators were not run: the Java of this machine is 11, and they need 17.\n")
    tool(tmp_path / "java", "echo '    java.specification.version = 17' >&2")
    assert told(str(tmp_path)) == (1, "The validators were not run: there is no Maven on this machine.\n")
    tool(tmp_path / "mvn", "echo '[ERROR] Could not transfer artifact'; exit 1")
    code, said = told(str(tmp_path))
    assert (code, said.count("\n")) == (1, 1)
    assert said.startswith("The validators were not run: Maven could not bring them ([ERROR] Could not transfer")
    assert KEPT.read_bytes() == before


def tool(path, does: str) -> None:
    path.write_text(f"#!{shutil.which('sh')}\n{does}\n")
    path.chmod(0o755)
