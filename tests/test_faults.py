"""A run that is broken off anywhere leaves nothing half, touches no edit, and the next run puts all right.

The short version of ``python -m benchmarks.faults``, which does the same with hundreds of whole runs.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def faults(*arguments):
    done = subprocess.run([sys.executable, "-m", "benchmarks.faults", *arguments], cwd=ROOT, capture_output=True, text=True, check=False,
                          timeout=300)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def test_a_fault_at_any_step_of_the_writing_leaves_nothing_half():
    """Killed, disk full, no access: at every step of every file."""
    code, told = faults("--writing-alone")
    assert told["broken"] == []
    assert code == 0
    assert min(told["faults"].values()) >= 10, "every step of both files, and of the manifest, was tried"


def test_the_fault_check_can_fail():
    """With a writing that is not atomic the same check finds half files and needless versions."""
    code, told = faults("--writing-alone", "--sabotage")
    assert code == 1
    assert any("er halv" in line for line in told["broken"])


def test_a_whole_run_killed_on_its_way_is_put_right_by_the_next():
    """Data as if nothing had happened, the person's draft untouched, no leftovers."""
    _, told = faults("--kills", "1", "--every", "0", "--seed", "5")
    assert told["faults"]["drept på et tilfeldig tidspunkt"] == 1
    assert told["broken"] == []
