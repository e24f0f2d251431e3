"""What has been read once is not read again, and a cache that is damaged costs time, never text."""

import hashlib
import json
import sqlite3
import threading
from dataclasses import replace

import pytest

from pipeline import cache, readers
from pipeline.config import Limits, Reading
from pipeline.language import encoder, segment
from pipeline.model import Block, Document, Finding, assemble
from pipeline.sandbox import InputFile

OPTIONS = readers.Options()


class Reader:
    """Stands for ``sandbox.read_files`` and keeps what it was asked for."""

    def __init__(self):
        self.asked = []

    def __call__(self, files, options, progress=None):
        self.asked.append([f.source for f in files])
        out = []
        for file in files:
            data = file.path.read_bytes()
            out += self.documents(file.source, data)
            if progress is not None:
                progress(file.source)
        return tuple(out)

    def documents(self, source, data):
        digest = hashlib.sha256(data).hexdigest()
        if data.startswith(b"skadet"):
            return [Document(source=source, sha256=digest, status="failed", error="Filen er skadet.")]
        text, blocks = assemble([Block(text=data.decode(), marker="1.", locator="paragraph=1", fill="FF0000"),
                                 Block(text="ææ \u2028 «sitat»", kind="cell", table=1, row=1, col=2, row_span=3)])
        top = Document(source=source, sha256=digest, size=len(data), format="txt", text=text, blocks=blocks,
                       properties=(("title", "Å"),), findings=(Finding(kind="x", message="m", source=source),))
        child = replace(top, source=f"{source}/vedlegg.txt", parent=source, sha256="0" * 64, findings=(), container=True)
        return [top, child]


def files(folder, **texts):
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    return [InputFile(source=f"{name}.txt", path=folder / f"{name}.txt") for name in texts]


def read(read_, some, tmp_path, options=OPTIONS, **more):
    return cache.read_files(read_, some, options, kept=tmp_path / ".ssu", **more)


def test_only_what_has_changed_is_read_again(tmp_path):
    """The second run reads nothing, a changed file alone is read, and the documents are the same, in order."""
    reader, plain = Reader(), Reader()
    some = files(tmp_path / "sak", a="en", b="to", c="tre")
    assert read(reader, some, tmp_path) == plain(some, OPTIONS)
    assert read(reader, some, tmp_path) == plain(some, OPTIONS)
    some = files(tmp_path / "sak", a="en", b="endret", c="tre")
    seen = []
    assert cache.read_files(reader, some, OPTIONS, seen.append, kept=tmp_path / ".ssu") == plain(some, OPTIONS)
    assert reader.asked == [["a.txt", "b.txt", "c.txt"], ["b.txt"]]
    assert sorted(seen) == ["a.txt", "b.txt", "c.txt"], "progress counts what is known too"


def test_without_a_folder_everything_is_read(tmp_path):
    """``kept=None`` leaves no trace."""
    reader = Reader()
    some = files(tmp_path / "sak", a="en")
    for _ in range(2):
        cache.read_files(reader, some, OPTIONS)
    assert reader.asked == [["a.txt"], ["a.txt"]]
    assert [p.name for p in tmp_path.iterdir()] == ["sak"]


@pytest.mark.parametrize("options", [readers.Options(limits=Limits(pages=3)), readers.Options(reading=Reading(ocr=False))])
def test_other_limits_or_ocr_mean_a_new_reading(tmp_path, options):
    """A setting that can change the text is part of the key; the number of workers is not."""
    reader = Reader()
    some = files(tmp_path / "sak", a="en")
    read(reader, some, tmp_path)
    read(reader, some, tmp_path, readers.Options(reading=Reading(workers=1)))
    assert len(reader.asked) == 1
    read(reader, some, tmp_path, options)
    assert len(reader.asked) == 2


def test_other_code_or_another_ocr_program_means_a_new_reading(tmp_path, monkeypatch):
    """An update of the program, and Tesseract installed since, both count."""
    reader = Reader()
    some = files(tmp_path / "sak", a="en")
    read(reader, some, tmp_path)
    monkeypatch.setattr(cache, "_code", lambda: "nyere")
    read(reader, some, tmp_path)
    monkeypatch.setattr(cache, "_machine", lambda: ["/usr/bin/tesseract"])
    read(reader, some, tmp_path)
    assert len(reader.asked) == 3


def test_a_failure_is_tried_again(tmp_path):
    """It may have been the machine's: a locked file, too little memory."""
    reader = Reader()
    some = files(tmp_path / "sak", a="skadet", b="to")
    for _ in range(2):
        assert [d.status for d in read(reader, some, tmp_path)] == ["failed", "ok", "ok"]
    assert reader.asked == [["a.txt", "b.txt"], ["a.txt"]]


def test_the_same_content_under_another_name_is_read_again(tmp_path):
    """The name helps to tell the format, and stands in the documents."""
    reader = Reader()
    read(reader, files(tmp_path / "sak", a="en"), tmp_path)
    assert read(reader, files(tmp_path / "sak", b="en"), tmp_path)[0].source == "b.txt"


def test_what_is_taken_out_of_the_case_is_taken_out_of_the_cache(tmp_path):
    """No text of a removed answer stays behind."""
    reader = Reader()
    some = files(tmp_path / "sak", a="hemmelig svar", b="to")
    read(reader, some, tmp_path)
    assert b"hemmelig svar" in (tmp_path / ".ssu" / cache.NAME).read_bytes()
    read(reader, some[1:], tmp_path)
    assert len(_rows(tmp_path)) == 1
    assert b"hemmelig svar" not in (tmp_path / ".ssu" / cache.NAME).read_bytes()


def test_a_file_that_changes_while_it_is_read_is_not_kept_under_the_wrong_hash(tmp_path):
    """The hash of the bytes that were read counts, not the one from before."""
    reader = Reader()
    some = files(tmp_path / "sak", a="ny tekst")
    old = hashlib.sha256(b"gammel tekst").hexdigest()
    read(reader, some, tmp_path, hashes={"a.txt": old})
    (tmp_path / "sak" / "a.txt").write_text("gammel tekst")
    assert "gammel tekst" in read(reader, some, tmp_path)[0].text


@pytest.mark.parametrize("damage", [b"", b"ikke en database" * 100, "kutt", "snu", "rad", "hash", "felt", "annen versjon"])
def test_a_damaged_cache_is_noticed_and_rebuilt(tmp_path, damage):
    """Whatever has happened to the file: the documents are right, and the next run is quick again."""
    reader, plain = Reader(), Reader()
    some = files(tmp_path / "sak", a="en" * 2000, b="to")
    read(reader, some, tmp_path)
    kept = tmp_path / ".ssu" / cache.NAME
    _damage(kept, damage)
    assert read(reader, some, tmp_path) == plain(some, OPTIONS)
    before = len(reader.asked)
    assert read(reader, some, tmp_path) == plain(some, OPTIONS)
    assert len(reader.asked) == before


def _damage(kept, how):
    if isinstance(how, bytes):
        kept.write_bytes(how)
        return
    data = bytearray(kept.read_bytes())
    if how == "kutt":
        kept.write_bytes(data[: len(data) // 2])
    elif how == "snu":
        for at in range(200, len(data), 97):
            data[at] ^= 0x55
        kept.write_bytes(data)
    else:
        db = sqlite3.connect(kept)
        match how:
            case "rad":
                db.execute("UPDATE lest SET documents = replace(documents, 'to', 'ti')")
            case "hash":
                db.execute("UPDATE lest SET hash = 'x'")
            case "felt":
                for key, data in db.execute("SELECT key, documents FROM lest").fetchall():
                    changed = json.loads(data)
                    changed[0][0] = changed[0][0][:3]
                    new = json.dumps(changed).encode()
                    db.execute("UPDATE lest SET hash = ?, documents = ? WHERE key = ?", (cache._row_hash(key, new), new, key))
            case _:
                db.execute("PRAGMA user_version = 99")
        db.commit()
        db.close()


def test_two_runs_at_a_time_get_whole_documents(tmp_path):
    """Both see their own documents; neither raises."""
    some = files(tmp_path / "sak", **{f"f{i}": f"tekst {i}" for i in range(20)})
    plain = Reader()(some, OPTIONS)
    results = []

    def work():
        for _ in range(5):
            results.append(read(Reader(), some, tmp_path))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 15
    assert all(r == plain for r in results)


def test_a_cache_that_cannot_be_written_stops_nothing(tmp_path):
    """Where the folder should be lies a file: everything is read."""
    (tmp_path / ".ssu").write_text("i veien")
    reader = Reader()
    some = files(tmp_path / "sak", a="en")
    for _ in range(2):
        assert read(reader, some, tmp_path)[0].text.startswith("1. en")
    assert len(reader.asked) == 2


def _rows(tmp_path):
    db = sqlite3.connect(tmp_path / ".ssu" / cache.NAME)
    try:
        return db.execute("SELECT key FROM lest").fetchall()
    finally:
        db.close()


# --- what was understood --------------------------------------------------------------------------


def answer(source, text):
    whole, blocks = assemble([Block(text=line, locator=f"paragraph={i}") for i, line in enumerate(text.split("\n"), 1)])
    return Document(source=source, sha256="", text=whole, blocks=blocks, kind="answer", bodies=("RS Lister",))


LONG = "Planen må bli kortere. Den bør også få et register.\nVi støtter forslaget. Det haster."


def understand(folder, answers, settings="x"):
    """The statements of the answers, the sources that were not known, and the lines that spaCy was asked for."""
    asked, parsed, parse = [], [], segment._parsed

    def of(some):
        for document in some:
            asked.append(document.source)
            yield segment.cut(document)

    def parsing(line):
        parsed.append(line)
        return parse(line)

    segment._parsed = parsing
    try:
        with cache.understanding(folder / ".ssu", settings) as known:
            return list(known.statements(answers, of)), asked, parsed
    finally:
        segment._parsed = parse


def test_an_answer_is_understood_once(tmp_path):
    """Until it, or a setting that its statements depend on, changes; of a changed one only new lines are parsed."""
    one, two = answer("a.txt", LONG), answer("b.txt", "Vi har ingen merknader. Takk for saken.")
    first, asked, parsed = understand(tmp_path, [one, two])
    assert asked == ["a.txt", "b.txt"] and len(parsed) == 3
    assert first == [segment.cut(one), segment.cut(two)]
    assert understand(tmp_path, [one, two]) == (first, [], [])
    changed = answer("a.txt", f"Et nytt avsnitt. Med to setninger.\n{LONG}")
    again, asked, parsed = understand(tmp_path, [two, changed])
    assert again == [segment.cut(two), segment.cut(changed)]
    assert asked == ["a.txt"] and parsed == ["Et nytt avsnitt. Med to setninger."]
    assert understand(tmp_path, [two, changed], settings="y")[1] == ["b.txt", "a.txt"]


def test_other_language_code_means_understanding_anew(tmp_path, monkeypatch):
    """An update of the program, of its data or of a library."""
    understand(tmp_path, [answer("a.txt", LONG)])
    monkeypatch.setattr(cache, "_language_code", lambda: "nyere")
    assert understand(tmp_path, [answer("a.txt", LONG)])[1:] == (["a.txt"], LONG.split("\n"))


def test_no_understood_text_outlives_its_answer(tmp_path):
    """The statements are gone from the file, not only from the answer; what others need is kept while they stay the same."""
    one, two = answer("a.txt", LONG), answer("b.txt", "Et hemmelig innspill. Det er trukket.")
    understand(tmp_path, [one, two])
    for _ in range(2):
        understand(tmp_path, [one])
    assert b"hemmelig" not in (tmp_path / ".ssu" / cache.NAME).read_bytes()
    assert understand(tmp_path, [answer("a.txt", f"Nytt.\n{LONG}")])[2] == []


@pytest.mark.parametrize("change", ["UPDATE forstatt SET documents = x'00'", "UPDATE regnet SET hash = 'x'", "DROP TABLE regnet"])
def test_damaged_understanding_is_made_anew(tmp_path, change):
    """The statements are right whatever has happened to the file."""
    one = answer("a.txt", LONG)
    first = understand(tmp_path, [one])[0]
    db = sqlite3.connect(tmp_path / ".ssu" / cache.NAME)
    db.execute(change)
    db.commit()
    db.close()
    assert understand(tmp_path, [one])[0] == first
    assert understand(tmp_path, [answer("a.txt", f"Nytt.\n{LONG}")])[0][0][1:] == segment.cut(answer("a.txt", f"Nytt.\n{LONG}"))[1:]


def test_vectors_are_remembered_to_the_last_bit(tmp_path):
    """The encoder is asked once for a text, and what is kept is what it said."""
    texts = ["Planen må bli kortere.", "Ja."]
    fresh = encoder.Encoder().encode(texts)
    with cache.understanding(tmp_path / ".ssu", ()):
        encoder.Encoder().encode(texts)
    with cache.understanding(tmp_path / ".ssu", ()):
        coder = encoder.Encoder()
        coder._compute = None
        assert (coder.encode(texts) == fresh).all()
