"""The nightly run: what is written for each scheduler."""

from datetime import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline import schedule
from pipeline.errors import ConfigError

JOB = schedule.Job(config=Path("/h/mappe med % tegn/config.toml"), inputs=Path("/h/inn"), outputs=Path("/h/ut"), at=time(2, 30))


def test_systemd_gets_a_service_and_a_timer():
    """The timer runs daily, also after the machine was off, and unread files are no failure of the job."""
    made = {p.name: text for p, text in schedule.files("systemd", JOB).items()}
    assert "OnCalendar=*-*-* 02:30:00" in made["ssu-saksutkast.timer"]
    assert "Persistent=true" in made["ssu-saksutkast.timer"]
    assert "SuccessExitStatus=6" in made["ssu-saksutkast.service"]
    assert "mappe med %% tegn" in made["ssu-saksutkast.service"]


def test_cron_gets_one_marked_line():
    """The line is quoted, % is escaped, and the mark finds it again."""
    (line,) = schedule.files("cron", JOB).values()
    assert line.startswith("30 2 * * * cd ")
    assert "mappe med \\% tegn" in line
    assert line.endswith("# ssu-saksutkast\n")


def test_windows_gets_a_task_that_is_well_formed():
    """Paths with special signs do not break the XML."""
    job = schedule.Job(config=Path("C:/a & b/config.toml"), inputs=Path("i"), outputs=Path("u"), at=time(3, 5))
    (text,) = schedule.files("windows", job).values()
    tree = ElementTree.fromstring(text.replace('encoding="UTF-16"', ""))
    found = {e.tag.split("}")[1]: e.text for e in tree.iter()}
    assert found["StartBoundary"].endswith("T03:05:00")
    assert "a & b" in found["Arguments"]


@pytest.mark.parametrize("text", ["25:00", "klokken to", "2", "02:60"])
def test_a_wrong_time_is_told(text):
    """Anything but hours and minutes is an error with the right form."""
    with pytest.raises(ConfigError, match="02:30"):
        schedule.parse_time(text)


def test_cron_is_set_up_and_removed_without_touching_other_lines(monkeypatch):
    """Only the marked line is replaced or removed."""
    table = {"text": "0 1 * * * annet\n"}
    monkeypatch.setattr(schedule, "_crontab", lambda: table["text"])
    monkeypatch.setattr(schedule, "_must", lambda command, text=None: table.update(text=text))
    schedule.install("cron", JOB)
    schedule.install("cron", JOB)
    assert table["text"].count("ssu-saksutkast") == 1
    assert schedule.installed("cron")
    schedule.remove("cron")
    assert table["text"] == "0 1 * * * annet\n"
