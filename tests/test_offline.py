"""Nothing opens a socket at run time: not the command, not a worker, not a library in them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "inputs" / "handlingsplan-2025"

# urllib3, which spaCy imports, makes an IPv6 socket while it is imported, to see whether there is IPv6. It is bound to
# this machine, connects to nothing, and being refused does no harm.
PROBE = "socket.__new__ urllib3.util.connection._has_ipv6"

# Every Python process of the run, workers included, imports this first and notes what it sees of the network.
WATCH = """
import os, sys
def hook(event, arguments):
    if event.startswith("socket.") or event in ("urllib.Request", "http.client.connect", "smtplib.connect", "ftplib.connect"):
        frame = sys._getframe(1)
        while frame.f_back and frame.f_code.co_filename.endswith("socket.py"):
            frame = frame.f_back
        with open(os.environ["SSU_SOCKETS"], "a") as trail:
            trail.write(event + " " + frame.f_globals.get("__name__", "") + "." + frame.f_code.co_name + "\\n")
        raise OSError("no network here: " + event)
sys.addaudithook(hook)
"""


@pytest.fixture
def watched(tmp_path):
    """Runs a command of this Python with the network watched; gives the process and what it tried."""
    (tmp_path / "vakt").mkdir()
    (tmp_path / "vakt" / "sitecustomize.py").write_text(WATCH)
    trail = tmp_path / "forsøk.txt"

    def start(*arguments, cwd):
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path / "vakt"), str(ROOT)]), "SSU_SOCKETS": str(trail)}
        done = subprocess.run([*_nowhere(), sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, text=True,
                              encoding="utf-8", check=False)
        return done, trail.read_text().splitlines() if trail.is_file() else []

    return start


def _nowhere():
    """A network namespace without any network, where this user may make one."""
    command = ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
        return command
    return []


def test_the_sample_case_runs_without_a_socket(watched, tmp_path):
    """All drafts, exit 0, and not one attempt, in a namespace without network where there is one."""
    house = tmp_path / "hus"
    shutil.copytree(SAMPLE, house / "inputs" / SAMPLE.name)
    shutil.copytree(ROOT / "templates", house / "templates")
    shutil.copy(ROOT / "config.toml", house)
    done, tried = watched("-m", "pipeline", "run", cwd=house)
    assert done.returncode == 0, done.stderr
    assert set(tried) <= {PROBE}
    assert (house / "outputs" / SAMPLE.name / "saksfremlegg.docx").is_file()


def test_the_watch_sees_a_socket(watched, tmp_path):
    """The test above can fail: also from a child of a child."""
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import socket; socket.socket()'])"
    _, tried = watched("-c", code, cwd=tmp_path)
    assert tried == ["socket.__new__ __main__.<module>"]
