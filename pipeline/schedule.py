"""The nightly run: a systemd timer, a line in crontab, or a Windows task. Made, shown, removed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from xml.sax.saxutils import escape

from pipeline.errors import ConfigError, SaksutkastError

NAME = "ssu-saksutkast"
DEFAULT_TIME = "02:00"
_MARK = f"# {NAME}"


class ScheduleError(SaksutkastError):
    """The machine's scheduler refused, or is not there."""

    exit_code = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is to run every night, and when (local time). All paths absolute."""

    config: Path
    inputs: Path
    outputs: Path
    at: time

    def command(self) -> list[str]:
        return [sys.executable, "-m", "pipeline", "run", "--config", str(self.config),
                "--inputs", str(self.inputs), "--outputs", str(self.outputs)]

    def folder(self) -> Path:
        """Where Python finds the package, also when it is not installed."""
        return Path(__file__).resolve().parent.parent


def parse_time(text: str) -> time:
    """ "02:30" -> time. Raises ConfigError."""
    m = re.fullmatch(r"([01]?\d|2[0-3])[:.]([0-5]\d)", text.strip())
    if not m:
        raise ConfigError(f"«{text}» er ikke et klokkeslett. Skriv det som 02:30.")
    return time(int(m[1]), int(m[2]))


def default_kind() -> str:
    """The scheduler of this machine: "windows", "systemd" (when a user manager runs) or "cron"."""
    if sys.platform == "win32":
        return "windows"
    if shutil.which("systemctl") and _run(["systemctl", "--user", "is-system-running"]).stdout.strip() in {
            "running", "degraded", "starting"}:
        return "systemd"
    return "cron"


def files(kind: str, job: Job) -> dict[Path, str]:
    """The files that set up the job: path -> content. For cron, the one line under the path "crontab"."""
    words = job.command()
    match kind:
        case "systemd":
            folder = Path.home() / ".config" / "systemd" / "user"
            line = " ".join(_systemd_word(w) for w in words)
            return {
                folder / f"{NAME}.service": "[Unit]\nDescription=SSU saksutkast: nattlig kjøring\n\n[Service]\nType=oneshot\n"
                f"WorkingDirectory={_systemd_path(job.folder())}\nExecStart={line}\nSuccessExitStatus=6\n",
                folder / f"{NAME}.timer": "[Unit]\nDescription=SSU saksutkast: hver natt\n\n[Timer]\n"
                f"OnCalendar=*-*-* {job.at:%H:%M}:00\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n",
            }
        case "cron":
            line = " ".join(_shell_word(w) for w in words)
            return {Path("crontab"): f"{job.at.minute} {job.at.hour} * * * cd {_shell_word(str(job.folder()))} && {line} {_MARK}\n"}
        case "windows":
            arguments = subprocess.list2cmdline(words[1:])
            return {Path(f"{NAME}.xml"): _TASK.format(
                at=f"{job.at:%H:%M}", command=escape(words[0]), arguments=escape(arguments), folder=escape(str(job.folder())))}
    raise ConfigError(f"Ukjent planlegger «{kind}». Velg systemd, cron eller windows.")


def show(kind: str, job: Job) -> str:
    """What is set up now, and what ``--set`` would write."""
    parts = [f"Nattlig kjøring ({kind}): " + ("satt opp." if installed(kind) else "ikke satt opp."),
             f"Slik settes den opp: ssu schedule --set {job.at:%H:%M}", "Det blir skrevet:"]
    for path, text in files(kind, job).items():
        parts += [f"--- {path}", text.rstrip()]
    return "\n".join(parts)


def installed(kind: str) -> bool:
    """Whether the nightly run is set up on this machine."""
    match kind:
        case "systemd":
            return (Path.home() / ".config" / "systemd" / "user" / f"{NAME}.timer").is_file()
        case "cron":
            return _MARK in _crontab()
        case _:
            return shutil.which("schtasks") is not None and _run(["schtasks", "/Query", "/TN", NAME]).returncode == 0


def install(kind: str, job: Job) -> str:
    """Set up the nightly run, replacing an earlier one. Raises ScheduleError."""
    made = files(kind, job)
    match kind:
        case "systemd":
            for path, text in made.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            _must(["systemctl", "--user", "daemon-reload"])
            _must(["systemctl", "--user", "enable", "--now", f"{NAME}.timer"])
        case "cron":
            kept = "".join(line + "\n" for line in _crontab().splitlines() if _MARK not in line)
            _must(["crontab", "-"], kept + next(iter(made.values())))
        case _:
            import tempfile

            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / f"{NAME}.xml"
                file.write_text(next(iter(made.values())), encoding="utf-16")
                _must(["schtasks", "/Create", "/F", "/TN", NAME, "/XML", str(file)])
    return f"Nattlig kjøring er satt opp klokken {job.at:%H:%M} ({kind}). Fjern den med: ssu schedule --remove"


def remove(kind: str) -> str:
    """Remove the nightly run. Raises ScheduleError."""
    if not installed(kind):
        return "Det er ikke satt opp noen nattlig kjøring."
    match kind:
        case "systemd":
            _must(["systemctl", "--user", "disable", "--now", f"{NAME}.timer"])
            for ending in ("timer", "service"):
                (Path.home() / ".config" / "systemd" / "user" / f"{NAME}.{ending}").unlink(missing_ok=True)
        case "cron":
            _must(["crontab", "-"], "".join(line + "\n" for line in _crontab().splitlines() if _MARK not in line))
        case _:
            _must(["schtasks", "/Delete", "/F", "/TN", NAME])
    return "Den nattlige kjøringen er fjernet."


def _crontab() -> str:
    if not shutil.which("crontab"):
        return ""
    listed = _run(["crontab", "-l"])
    return listed.stdout if listed.returncode == 0 else ""


def _run(command: list[str], text: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603


def _must(command: list[str], text: str | None = None) -> None:
    if not shutil.which(command[0]):
        raise ScheduleError(f"Maskinen har ikke «{command[0]}». Velg en annen planlegger med --kind, "
                            "eller legg inn kjøringen for hånd (ssu schedule viser hva som skal stå).")
    done = _run(command, text)
    if done.returncode != 0:
        raise ScheduleError(f"«{command[0]}» svarte med feil: {done.stderr.strip() or done.stdout.strip()}")


def _systemd_word(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$") + '"'


def _systemd_path(path: Path) -> str:
    return str(path).replace("%", "%%")


def _shell_word(word: str) -> str:
    # % ends the command in a crontab line.
    return "'" + word.replace("'", "'\\''").replace("%", "\\%") + "'"


_TASK = """<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>SSU saksutkast: nattlig kjøring</Description></RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2025-01-01T{at}:00</StartBoundary>
      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT4H</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec>
      <Command>{command}</Command>
      <Arguments>{arguments}</Arguments>
      <WorkingDirectory>{folder}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""
