"""What the last run left is read back, and nothing that has happened to it stops a run."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline import data_files
from pipeline.review import earlier
from tests.writers import sample_result


@pytest.fixture
def data(tmp_path):
    """The data folder of a run."""
    for name, content in data_files.render(sample_result.result()).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    (tmp_path / "data" / "run.json").write_text('{"finished": "2026-02-10T06:00:00+00:00"}')
    return tmp_path / "data"


def test_last_run_is_read_back(data):
    """Documents, statements, points and register are as they were, without texts and scores."""
    result = sample_result.result()
    before = earlier.read(data)
    assert before.made == date(2026, 2, 10)
    assert [(d.source, d.sha256, d.text) for d in before.documents] == [(d.source, d.sha256, "") for d in result.documents]
    assert [(s.id, s.text, s.theme, s.bodies, s.type) for s in before.statements] == [
        (s.id, s.text, s.theme, s.bodies, s.type) for s in result.statements]
    assert before.points == result.points
    assert (before.register.answered, before.register.late) == (result.register.answered, result.register.late)


@pytest.mark.parametrize("name", ["run.json", "documents.jsonl", "statements.jsonl", "points.jsonl", "register.json"])
@pytest.mark.parametrize("content", [None, b"", b"[1]", b'{"id": 1}\n', b"\xff\xfe", b"[" * 100_000])
def test_half_a_version_is_none(data, name, content):
    """A file that is missing, damaged or of another shape gives no version before, or one without that file's part."""
    (data / name).unlink()
    if content is not None:
        (data / name).write_bytes(content)
    before = earlier.read(data)
    assert before is None or content is not None
    if before is not None:  # an empty list of lines is a whole file; run.json may lack its time
        assert content == b"" or name == "run.json"
