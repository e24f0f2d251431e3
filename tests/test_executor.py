"""Executors: serial and processes give the same."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import generate
from pipeline import executor
from pipeline.errors import ConfigError

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("kind", ["serial", "processes"])
def test_results_keep_the_order_of_the_items(kind: str) -> None:
    """More items than workers, from an iterator that is read as it is needed."""
    assert list(executor.make(kind, 2).map(math.factorial, iter(range(20)))) == [math.factorial(i) for i in range(20)]


@pytest.mark.parametrize("kind", ["serial", "processes"])
def test_an_exception_reaches_the_caller(kind: str) -> None:
    """After the results before it."""
    results = executor.make(kind, 2).map(math.sqrt, [4.0, 9.0, -1.0, 16.0])
    assert [next(results), next(results)] == [2.0, 3.0]
    with pytest.raises(ValueError, match="math domain"):
        next(results)


def test_items_are_not_all_taken_at_once() -> None:
    """Memory does not grow with the number of items."""
    taken: list[int] = []

    def items() -> Iterator[int]:
        for i in range(1000):
            taken.append(i)
            yield i

    assert next(iter(executor.make("serial").map(abs, items()))) == 0
    assert len(taken) == 1


def test_an_unknown_kind_is_a_configuration_error() -> None:
    """It names the known ones."""
    with pytest.raises(ConfigError, match="serial, processes, dask"):
        executor.make("sky")


def test_dask_without_its_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named; nothing is tried without it."""
    import importlib.util

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ConfigError, match=r"ssu-saksutkast\[cluster\]"):
        executor.make("dask")


def test_two_dask_workers_give_the_same_as_serial_also_when_one_is_killed() -> None:
    """In order, with a worker killed on the way. Runs where the extra ``cluster`` is installed."""
    pytest.importorskip("distributed")
    code = (
        "import math, os, signal\n"
        "from pipeline import executor\n"
        "def item(n):\n"
        "    flag = os.environ['FLAG']\n"
        "    if n == 7 and not os.path.exists(flag):\n"
        "        open(flag, 'w').close()\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return math.factorial(n)\n"
        "if __name__ == '__main__':\n"
        "    got = list(executor.make('dask', 2).map(item, range(30)))\n"
        "    assert got == [math.factorial(n) for n in range(30)], got\n"
        "    assert os.path.exists(os.environ['FLAG'])\n"
        "    assert list(executor.make('dask', 1).map(len, [bytes(11_000_000)])) == [11_000_000]\n"
        "    print('likt')\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "kjor.py"
        script.write_text(code, encoding="utf-8")
        paths = os.pathsep.join([str(Path(__file__).parent.parent), *sys.path])
        done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=120,
                              env={**os.environ, "FLAG": str(Path(folder) / "drept"), "PYTHONPATH": paths})
    assert done.stdout.strip() == "likt", done.stderr[-2000:]
    assert "large graph" not in done.stderr  # a theme of a large hearing is one item


def test_a_run_on_two_dask_workers_gives_the_same_data_as_a_serial_one_also_when_one_is_killed() -> None:
    """Every file under ``data/`` byte for byte; the worker that gets the first answers dies with them, and stays dead."""
    pytest.importorskip("distributed")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate.make(folder / "inputs" / "sak", 25, statements=8)
        (folder / "kjor.py").write_text(_WHOLE_RUN, encoding="utf-8")
        paths = os.pathsep.join([str(ROOT), *sys.path])
        done = subprocess.run([sys.executable, str(folder / "kjor.py"), str(ROOT)], capture_output=True, text=True, check=False,
                              timeout=300, cwd=folder, env={**os.environ, "PYTHONPATH": paths})
        assert done.stdout.strip() == "1 av 2 lever, grupperingen gikk på klyngen", done.stderr[-3000:]
        serial, cluster = ({p.name: p.read_bytes() for p in (folder / kind / "sak" / "data").iterdir() if p.name != "run.json"}
                           for kind in ("serial", "dask"))
    assert len(serial) >= 5
    assert serial == cluster


_WHOLE_RUN = """
import os, signal, subprocess, sys, time
from dataclasses import replace
from pathlib import Path

import distributed
from pipeline import config, executor, run
from pipeline.intake.files import find_cases

class Killing:
    # a task that ends its whole process the first time, as when the power goes
    def __init__(self, fn):
        self.fn = fn
    def __call__(self, item):
        flag = Path('drept').absolute()
        if not flag.exists():
            flag.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return self.fn(item)

def begin(*arguments):
    return subprocess.Popen([sys.executable, '-m', 'dask', *arguments, '--host', '127.0.0.1'], stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)

if __name__ == '__main__':
    root = Path(sys.argv[1])
    settings = config.load(root / 'config.toml', Path('inputs/sak/case.toml'))
    asked = []
    plain = executor.Dask.map
    def killing(self, fn, items):
        asked.append(fn)
        return plain(self, Killing(fn), items)
    executor.Dask.map = killing
    run._MANY_STATEMENTS = 0
    started = [begin('scheduler', '--port', '0', '--no-dashboard', '--scheduler-file', 'plan.json')]
    started += [begin('worker', '--no-nanny', '--no-dashboard', '--nthreads', '1', '--scheduler-file', 'plan.json') for _ in 'ab']
    try:
        with distributed.Client(scheduler_file='plan.json', timeout=60) as client:
            client.wait_for_workers(2, timeout=60)
            address = client.scheduler.address
        for kind in ('serial', 'dask'):
            how = replace(settings.execution, kind=kind, workers=2, scheduler=address if kind == 'dask' else '')
            case, = find_cases(Path('inputs'), 'sak')
            run.run_case(case, replace(settings, execution=how), Path(kind), root / 'templates')
        alive = sum(p.poll() is None for p in started[1:])
        what = 'grupperingen gikk på klyngen' if any(f.__class__.__name__ == 'function' and f.__name__ == 'cluster' for f in asked) else ''
        print(f'{alive} av 2 lever, {what}')
    finally:
        for process in started:
            process.kill()
            process.wait()
"""


def test_a_scheduler_that_does_not_answer_is_a_configuration_error() -> None:
    """With the address and what to look at."""
    pytest.importorskip("distributed")
    with pytest.raises(ConfigError, match=r"tcp://127\.0\.0\.1:9"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        list(executor.make("dask", 1, "tcp://127.0.0.1:9").map(abs, [1]))


def test_processes_stay_between_calls_until_they_are_to_rest() -> None:
    """Starting them costs seconds; what they have loaded costs memory."""
    import psutil

    with executor.make("processes", 1) as crew:
        first, again = next(crew.map(_process, [0])), next(crew.map(_process, [0]))
        crew.rest()
        assert not psutil.pid_exists(first)  # what comes now may need its memory
        assert first == again != next(crew.map(_process, [0]))


def _process(_: int) -> int:
    return os.getpid()


@pytest.mark.skipif(os.name != "posix", reason="kills a process")
def test_workers_end_when_their_parent_is_killed() -> None:
    """Otherwise every run that is killed at night leaves processes that wait for ever."""
    import psutil

    code = ("import math, os, signal\nfrom pipeline import executor\n"
            "if __name__ == '__main__':\n"
            "    with executor.make('processes', 1) as crew:\n"
            "        print(next(crew.map(eval, ['__import__(\"os\").getpid()'])), flush=True)\n"
            "        os.kill(os.getpid(), signal.SIGKILL)\n")
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "kjor.py"
        script.write_text(code, encoding="utf-8")
        paths = os.pathsep.join([str(Path(__file__).parent.parent), *sys.path])
        with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                              env={**os.environ, "PYTHONPATH": paths}) as process:
            worker = int(process.stdout.readline())
            process.wait(timeout=60)
    try:
        psutil.Process(worker).wait(timeout=60)
    except psutil.NoSuchProcess:
        return
    assert not psutil.pid_exists(worker)
