"""The run report says what is new, what needs a person, which deadlines have passed, and who is missing."""

import json
from dataclasses import replace
from datetime import date

import pytest

from pipeline import report
from pipeline.config import CaseFields, Settings

TODAY = date(2025, 10, 20)


def settings(deadline=date(2025, 10, 15)):
    return Settings(case=CaseFields(title="Gjennomgang", deadline=deadline))


def case(outputs, name="sak", *, answered=("RS Nord",), missing=("RS Sør",), findings=(), inputs=None):
    """The data files of a case that has been run."""
    data = outputs / name / "data"
    data.mkdir(parents=True, exist_ok=True)
    inputs = {"a.docx": "1"} if inputs is None else inputs
    (data / "register.json").write_text(json.dumps({
        "answered": answered, "missing": missing, "late": [], "superseded": [],
        "findings": [{"kind": k, "message": m, "source": s, "locator": None} for k, m, s in findings]}))
    (data / "run.json").write_text(json.dumps({"inputs": [{"source": s, "sha256": h} for s, h in inputs.items()]}))
    return outputs / name


def tell(outputs, today=TODAY, **more):
    entry = report.entry("sak", more.pop("settings", settings()), outputs / "sak", today, **more)
    return entry, report.write(outputs, [entry], today)


def test_the_first_report_names_the_case_and_who_is_missing_after_the_deadline(tmp_path):
    """Text and page say the same."""
    case(tmp_path)
    entry, page = tell(tmp_path)
    assert page == tmp_path / "rapport.html"
    for told in ((tmp_path / "rapport.txt").read_text("utf-8"), page.read_text("utf-8")):
        assert "Rapport fra SSU saksutkast, 20. oktober 2025" in told
        assert "1 av 2 har svart" in told
        assert "Fristen 15. oktober 2025 er ute. Mangler svar fra RS Sør. Send purring" in told
        assert "Saken er ny: én fil lest." in told
    assert entry.missing == ("RS Sør",)


@pytest.mark.parametrize(("today", "words"), [
    (date(2025, 10, 1), None), (date(2025, 10, 8), "er om sju dager"), (date(2025, 10, 14), "er i morgen"),
    (date(2025, 10, 15), "er i dag"), (date(2025, 10, 16), "er ute")])
def test_a_deadline_is_told_a_week_before_and_after_it_has_passed(tmp_path, today, words):
    """Only while somebody is missing."""
    case(tmp_path)
    lines = report.entry("sak", settings(), tmp_path / "sak", today).deadlines
    assert (words in lines[0]) if words else lines == ()
    case(tmp_path, missing=())
    assert report.entry("sak", settings(), tmp_path / "sak", today).deadlines == ()


def test_new_means_new_since_the_last_report(tmp_path):
    """New answers, new, changed and removed files, and new findings, each told once."""
    case(tmp_path, findings=[("late", "gammelt funn", "a.docx")], inputs={"a.docx": "1", "b.docx": "2"})
    tell(tmp_path)
    case(tmp_path, answered=("RS Nord", "RS Sør"), missing=(), inputs={"a.docx": "9", "c.docx": "3"},
         findings=[("late", "gammelt funn", "a.docx"), ("late", "ferskt funn", "c.docx")])
    entry, _ = tell(tmp_path)
    assert entry.news == ("Nytt svar fra RS Sør.", "Ny fil: c.docx.", "Endret fil: a.docx.", "Fil tatt bort: b.docx.")
    assert entry.fresh == ("Nytt funn: ferskt funn",)
    again, _ = tell(tmp_path)
    assert (again.news, again.fresh) == ((), ())


def test_without_news_nothing_is_written(tmp_path):
    """Not on the next day either; a deadline that passes is news."""
    case(tmp_path)
    soon = settings(date(2025, 10, 30))
    assert tell(tmp_path, settings=soon)[1]
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if p.is_file()}
    assert tell(tmp_path, settings=soon)[1] is None
    assert tell(tmp_path, today=date(2025, 10, 21), settings=soon)[1] is None
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if p.is_file()} == before
    assert tell(tmp_path, today=date(2025, 10, 31), settings=soon)[1]


def test_what_is_not_solved_stands_in_every_report(tmp_path):
    """An unread file is told again, beside what is new."""
    bad = ("failed", "«x.pdf» kunne ikke leses. Filen er skadet.", "x.pdf")
    case(tmp_path, findings=[bad])
    tell(tmp_path)
    case(tmp_path, findings=[bad], inputs={"a.docx": "1", "b.docx": "1"})
    tell(tmp_path)
    assert "x.pdf" in (tmp_path / "rapport.txt").read_text("utf-8")


def test_a_case_that_could_not_be_run_is_told_with_its_reason(tmp_path):
    """And the other cases beside it."""
    case(tmp_path)
    broken = report.entry("ødelagt", None, tmp_path / "ødelagt", TODAY, error="case.toml: ukjent nøkkel «titel».")
    page = report.write(tmp_path, [report.entry("sak", settings(), tmp_path / "sak", TODAY), broken], TODAY)
    told = page.read_text("utf-8")
    assert "Ingen utkast skrevet." in told and "ukjent nøkkel «titel»" in told and "1 av 2 har svart" in told
    assert report.subject([broken]) == "SSU saksutkast: én sak uten utkast"
    assert not (tmp_path / "ødelagt").exists()


def test_names_from_outside_are_text_on_the_page(tmp_path):
    """A file name that is HTML does not become HTML."""
    case(tmp_path, inputs={"<script>alert(1)</script>.docx": "1"})
    tell(tmp_path)
    case(tmp_path, inputs={"<script>alert(1)</script>.docx": "2", "<img src=x onerror=y>.docx": "1"})
    _, page = tell(tmp_path)
    told = page.read_text("utf-8")
    assert "&lt;img src=x" in told
    assert "<script" not in told and "<img" not in told


def test_the_mail_text_holds_no_finding(tmp_path):
    """Findings may quote an answer, and mail leaves the machine: they are counted."""
    case(tmp_path, findings=[("failed", "sitat fra svaret", "a.docx"), ("late", "enda et sitat", "a.docx")])
    entry = report.entry("sak", settings(), tmp_path / "sak", TODAY)
    told = report.text([entry], TODAY, findings=False)
    assert "sitat" not in told and "To forhold" in told and "RS Sør" in told


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"findings": 3, "inputs": [], "answered": null}', '{"findings": [3, [1]]}'])
def test_a_damaged_memory_or_data_file_stops_nothing(tmp_path, damage):
    """The report is then a first report, or says that the case is not run."""
    target = case(tmp_path)
    tell(tmp_path)
    (target / ".ssu" / report.MEMORY).write_text(damage)
    (tmp_path / ".ssu" / report.MEMORY).write_text(damage)
    assert report.entry("sak", settings(), target, TODAY).answered == ("RS Nord",)
    report.write(tmp_path, [report.entry("sak", settings(), target, TODAY)], TODAY)
    (target / "data" / "register.json").write_text(damage)
    entry = report.entry("sak", settings(), target, TODAY)
    assert entry.error or entry.answered == ()


def test_a_report_that_a_person_has_changed_is_left_alone(tmp_path):
    """The new one lies beside it, as with every output."""
    case(tmp_path)
    tell(tmp_path)
    (tmp_path / "rapport.html").write_text("mine notater")
    case(tmp_path, inputs={"a.docx": "1", "b.docx": "1"})
    _, page = tell(tmp_path)
    assert (tmp_path / "rapport.html").read_text() == "mine notater"
    assert page.name == "rapport.v2.html"


def test_long_lists_are_counted(tmp_path):
    """A hearing with thousands of answers gives a report that can be read."""
    case(tmp_path, missing=[f"RS {i}" for i in range(3000)])
    tell(tmp_path)
    case(tmp_path, missing=[f"RS {i}" for i in range(3000)], inputs={f"{i}.docx": "1" for i in range(2000)})
    entry, page = tell(tmp_path)
    assert "3000 som er spurt" in entry.deadlines[0]
    assert page.stat().st_size < 20_000
    assert "til; se gjennomgang.html" in page.read_text("utf-8")


def test_no_outputs_folder_is_made_for_the_report_alone(tmp_path):
    """When nothing could be written, nothing is."""
    entry = report.entry("sak", None, tmp_path / "ut" / "sak", TODAY, error="Ingen filer.")
    assert report.write(tmp_path / "ut", [replace(entry)], TODAY) is None
    assert not (tmp_path / "ut").exists()
