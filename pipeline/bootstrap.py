"""Set up the environment and do one job, with nothing but Python on the machine.

    python3 pipeline/bootstrap.py run [CASE…]     make the drafts
    python3 pipeline/bootstrap.py test            run all tests

The environment lies in ``.venv`` and holds exactly the packages of ``requirements.lock``; it is made
again only when that file changes. Standard library only: this file runs before anything is installed.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
MARK = VENV / "installed.txt"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def main(arguments: "list[str]") -> int:
    """Returns the job's exit code; 3 when the environment cannot be made."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the one place an older Python may reach
        print(f"Python 3.11 eller nyere trengs; dette er {sys.version.split()[0]}. Installer en nyere Python.", file=sys.stderr)
        return 3
    if not _installed() and not _install():
        return 3
    job, *rest = arguments or ["run"]
    if job == "test":
        command = [str(PYTHON), "-m", "pytest", *(rest or ["-n", "auto"])]
    else:
        command = [str(PYTHON), "-m", "pipeline", job, *rest]
    return subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603


def _wanted() -> str:
    return hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()


def _installed() -> bool:
    return PYTHON.is_file() and MARK.is_file() and MARK.read_text(encoding="utf-8") == _wanted()


def _install() -> bool:
    print("Gjør klar verktøyet første gang. Det tar noen minutter og krever nett; senere kjøringer gjør ikke det.",
          file=sys.stderr)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    steps = [
        (None if PYTHON.is_file() else [sys.executable, "-m", "venv", str(VENV)],
         "Kunne ikke lage .venv. På Debian: sudo apt install python3-venv"),
        ([*pip, "--require-hashes", "-r", str(LOCK)],
         "Kunne ikke hente pakkene i requirements.lock. Sjekk nettet, og prøv igjen."),
        ([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], "Kunne ikke installere kommandoen ssu."),
    ]
    for command, remedy in steps:
        if command and subprocess.run(command, check=False).returncode != 0:  # noqa: S603
            print(remedy, file=sys.stderr)
            return False
    # Where Python may not write beside the code, or is told not to, every run would compile it anew: 0.3 seconds.
    subprocess.run([str(PYTHON), "-m", "compileall", "-q", str(ROOT / "pipeline")], check=False)  # noqa: S603
    MARK.write_text(_wanted(), encoding="utf-8")
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
