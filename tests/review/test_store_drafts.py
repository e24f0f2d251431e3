"""The store remembers which draft a person's file was begun from."""

from __future__ import annotations

from pipeline.store import Store

NAME = "saksfremlegg.docx"


def test_the_base_is_the_last_draft_under_that_name(tmp_path):
    """Also after the person has edited the file."""
    Store(tmp_path).write({NAME: b"one"})
    Store(tmp_path).write({NAME: b"two"})
    (tmp_path / NAME).write_bytes(b"edited")
    assert Store(tmp_path).base(NAME) == b"two"
    assert [f.read_bytes() for f in (tmp_path / ".ssu" / "base").iterdir()] == [b"two"], "older drafts are not kept"


def test_the_base_of_a_merged_version_is_the_draft_merged_in(tmp_path):
    """Not the merged file, which holds the person's own work."""
    Store(tmp_path).write({NAME: b"one"})
    (tmp_path / NAME).write_bytes(b"edited")
    Store(tmp_path).write({NAME: b"edited + two"}, drafts={NAME: b"two"})
    kept = Store(tmp_path)
    assert (kept.base(NAME), kept.base("saksfremlegg.v2.docx")) == (b"one", b"two")
    assert (tmp_path / "saksfremlegg.v2.docx").read_bytes() == b"edited + two"


def test_a_damaged_or_missing_draft_is_no_base(tmp_path):
    """Then nothing can be told apart, and the new draft lies beside as before."""
    Store(tmp_path).write({NAME: b"one"})
    (kept,) = (tmp_path / ".ssu" / "base").iterdir()
    kept.write_bytes(b"damaged")
    assert Store(tmp_path).base(NAME) is None
    kept.unlink()
    assert Store(tmp_path).base(NAME) is None
    assert Store(tmp_path).base("other.docx") is None


def test_an_edited_version_that_lacks_nothing_is_current(tmp_path):
    """No new version is written for it, and the next run has nothing to do."""
    Store(tmp_path).write({NAME: b"one", "b.docx": b"1"})
    (tmp_path / NAME).write_bytes(b"edited")
    assert not Store(tmp_path).current([NAME, "b.docx"])
    Store(tmp_path).write({"b.docx": b"2"}, settled=[NAME])
    assert Store(tmp_path).current([NAME, "b.docx"])
    assert Store(tmp_path).base(NAME) == b"one"
    Store(tmp_path).write({NAME: b"three", "b.docx": b"2"})
    assert (tmp_path / "saksfremlegg.v2.docx").exists()
