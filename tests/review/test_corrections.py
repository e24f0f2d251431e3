"""rettelser.json: what can be said in it, what it does to statements, points and files, and how it says no."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pipeline.config import Body, FileRule, Question, Settings, Theme
from pipeline.errors import ConfigError
from pipeline.language import segment
from pipeline.model import KINDS, Document, Statement, ThemeScore
from pipeline.review import corrections
from pipeline.review.corrections import Corrections, FileCorrection, Reference, StatementCorrection

SETTINGS = Settings(
    bodies=(Body(name="RS Dal"), Body(name="RS Ås")),
    themes=(Theme(key="roads", title="Veier", description="Veier, busser og avstander"),
            Theme(key="staff", title="Folk", description="Ansatte, kompetanse og rekruttering")),
    questions=(Question(number="1", text="Er det nok folk?", themes=("staff",)),))


def statements(*lines: tuple[str, str], **fields) -> tuple[Statement, ...]:
    """Statements of (source, text), with ids as segmentation gives them."""
    return segment.identify(
        Statement(id="", source=source, start=i * 100, end=i * 100 + len(text), text=text, locator=f"paragraph={i}",
                  bodies=("RS Dal",), theme="roads", confidence=0.4, needs_review=True, review_reason="Usikkert tema.",
                  themes=(ThemeScore(theme="roads", score=0.4), ThemeScore(theme="staff", score=0.35),
                          ThemeScore(theme="none", score=0.25)), **fields)
        for i, (source, text) in enumerate(lines, 1))


def themed(source: str, text: str, theme: str, occurrence: int | None = None) -> StatementCorrection:
    return StatementCorrection(statement=Reference(source=source, text=text, occurrence=occurrence), theme=theme)


def noise(source: str, text: str) -> StatementCorrection:
    return StatementCorrection(statement=Reference(source=source, text=text), substance=False)


def applied(given: Corrections, found: tuple[Statement, ...]) -> tuple[Statement, ...]:
    decided = corrections.decide(given, found, SETTINGS)
    return decided.settle(decided.retype(found))


# --- the file


def test_no_file_is_no_corrections(tmp_path):
    """A case without rettelser.json has none."""
    assert corrections.load(tmp_path / corrections.NAME) == Corrections()
    assert len(Corrections()) == 0


def test_what_is_written_is_read_back(tmp_path):
    """Every kind of correction survives the file, also when Notepad has put a byte order mark before it."""
    a, b = Reference(source="a.docx", text="Veien er «lang».", occurrence=2), Reference(source="e.eml/b.docx", text="Ja.")
    given = Corrections(
        statements=(themed("a.docx", "Veien er lang.", "roads"), noise("a.docx", "Vennlig hilsen"),
                    StatementCorrection(statement=b)),
        together=((a, b),), apart=((b, a),),
        files=(FileCorrection(path="brev.pdf", kind="answer", bodies=("RS Dal", "RS Ås")),
               FileCorrection(path="plan.xlsx", kind="action_plan"), FileCorrection(path="x.txt", bodies=())))
    file = tmp_path / corrections.NAME
    file.write_text(json.dumps(given.values(), ensure_ascii=False), encoding="utf-8-sig")
    assert corrections.load(file) == given


def test_every_kind_of_document_has_a_word():
    """The words of the file and of the page are the same, and there is one for every kind."""
    from pipeline.writers import gjennomgang

    assert set(corrections.KIND_WORDS) == set(KINDS)
    assert gjennomgang.KIND_WORDS == corrections.KIND_WORDS


def test_the_last_word_on_a_statement_counts(tmp_path):
    """Named twice, a statement or a file goes by the last."""
    file = tmp_path / corrections.NAME
    said = {"kilde": "a.docx", "tekst": "Veien er lang."}
    file.write_text(json.dumps({"versjon": 1, "utsagn": [{**said, "tema": "roads"}, {**said, "tema": "staff"}],
                                "filer": [{"fil": "x", "type": "svar"}, {"fil": "x", "avsender": "RS Dal"}]}))
    read = corrections.load(file)
    assert [c.theme for c in read.statements] == ["staff"]
    assert read.files == (FileCorrection(path="x", bodies=("RS Dal",)),)


STATEMENT = {"kilde": "a.docx", "tekst": "Noe."}


@pytest.mark.parametrize(("value", "said"), [
    ([], "filen må være et objekt"),
    ({}, "versjon må være et helt tall"),
    ({"versjon": True}, "versjon må være et helt tall"),
    ({"versjon": 2}, "Oppdater programmet"),
    ({"versjon": 1, "utsagnn": []}, "Mente du «utsagn»?"),
    ({"versjon": 1, "utsagn": {}}, "utsagn må være en liste"),
    ({"versjon": 1, "om": 3}, "om må være tekst"),
    ({"versjon": 1, "utsagn": ["x"]}, "utsagn nr. 1 må være et objekt"),
    ({"versjon": 1, "utsagn": [{**STATEMENT, "tema": "roads"}, STATEMENT]}, "utsagn nr. 2 mangler både"),
    ({"versjon": 1, "utsagn": [{**STATEMENT, "tema": ""}]}, "«tema», må være tekst"),
    ({"versjon": 1, "utsagn": [{**STATEMENT, "innspill": "nei"}]}, "true eller false"),
    ({"versjon": 1, "utsagn": [{**STATEMENT, "innspill": False, "tema": "roads"}]}, "Fjern ett av dem"),
    ({"versjon": 1, "utsagn": [{"kilde": "a.docx", "tema": "roads"}]}, "«tekst», må være tekst"),
    ({"versjon": 1, "utsagn": [{**STATEMENT, "tema": "roads", "forekomst": 0}]}, "fra 1 og oppover"),
    ({"versjon": 1, "utsagn": [{**STATEMENT, "tema": "roads", "forekomst": True}]}, "fra 1 og oppover"),
    ({"versjon": 1, "samme": [[STATEMENT]]}, "minst to utsagn"),
    ({"versjon": 1, "ulike": [[STATEMENT, {**STATEMENT, "tema": "roads"}]]}, "ukjente nøkkelen «tema»"),
    ({"versjon": 1, "filer": [{"fil": "a"}]}, "mangler både «type» og «avsender»"),
    ({"versjon": 1, "filer": [{"fil": "a", "type": "brev"}]}, "Velg en av: svar"),
    ({"versjon": 1, "filer": [{"fil": "a", "type": ["svar"]}]}, "Velg en av: svar"),
    ({"versjon": 1, "filer": [{"fil": "a", "avsender": 4}]}, "liste med navn"),
    ({"versjon": 1, "filer": [{"type": "svar"}]}, "«fil», må være tekst"),
])
def test_what_cannot_be_used_is_refused_in_words(tmp_path, value, said):
    """Unknown keys, wrong types and halves: the message names the file, the place and the remedy."""
    file = tmp_path / corrections.NAME
    file.write_text(json.dumps(value), encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        corrections.load(file)
    assert str(raised.value).startswith(str(file))
    assert said in str(raised.value)


@pytest.mark.parametrize(("data", "said"), [
    (b"", "skrivefeil i linje 1"), (b'{"versjon": 1,\n "utsagn" [}', "skrivefeil i linje 2"),
    (b"\xff\xfe{\x00}\x00", "UTF-8"), (b"[" * 200_000, "Lagre rettelsene på nytt"), (b'{"versjon": NaN}', "helt tall"),
])
def test_what_is_no_json_is_refused_in_words(tmp_path, data, said):
    """Damaged, half-written or hostile files stop the case with a message, never with a traceback."""
    file = tmp_path / corrections.NAME
    file.write_bytes(data)
    with pytest.raises(ConfigError, match=said):
        corrections.load(file)


def test_folder_in_its_place_is_refused(tmp_path):
    """A folder of that name is no corrections file."""
    (tmp_path / corrections.NAME).mkdir()
    with pytest.raises(ConfigError, match="kan ikke leses"):
        corrections.load(tmp_path / corrections.NAME)


# --- statements


def test_corrected_theme_is_certain():
    """The person's theme comes first with score 1, all others 0, and the statement needs no look any more."""
    found = statements(("a.docx", "Bussen går for sjelden."), ("a.docx", "Vi mangler folk om natten."))
    first, second = applied(Corrections(statements=(themed("a.docx", "Vi mangler folk om natten.", "staff"),)), found)
    assert first == found[0]
    assert (second.theme, second.confidence, second.needs_review, second.review_reason) == ("staff", 1.0, False, "")
    assert [(t.theme, t.score) for t in second.themes] == [("staff", 1.0), ("roads", 0.0), ("none", 0.0)]
    assert (second.type, second.id) == ("substance", found[1].id)


def test_statement_is_said_to_be_no_innspill():
    """It becomes noise with its own reason and theme "none", and nothing is asked about it."""
    only, = applied(Corrections(statements=(noise("a.docx", "Saken ble lagt fram."),)),
                    statements(("a.docx", "Saken ble lagt fram.")))
    assert (only.type, only.noise, only.theme, only.confidence) == ("noise", "corrected", "none", 1.0)
    assert not only.needs_review


def test_noise_is_said_to_be_an_innspill():
    """With a theme it is that theme's; without, the theme is left for the sorter to find."""
    found = statements(("a.docx", "Hilsen fra veikroken: fiks veien!"), ("a.docx", "Flere folk, takk."),
                       type="noise", noise="greeting")
    given = Corrections(statements=(
        themed("a.docx", "Hilsen fra veikroken: fiks veien!", "roads"),
        StatementCorrection(statement=Reference(source="a.docx", text="Flere folk, takk."))))
    decided = corrections.decide(given, found, SETTINGS)
    assert [(s.type, s.noise) for s in decided.retype(found)] == [("substance", ""), ("substance", "")]
    assert decided.settle(decided.retype(found))[1].themes == found[1].themes


def test_endorsement_with_a_theme_stays_an_endorsement():
    """A theme says what it is about, not that it is something else."""
    found = statements(("a.docx", "Vi slutter oss til svaret fra RS Ås."), type="endorsement", endorses=("RS Ås",))
    only, = applied(Corrections(statements=(themed("a.docx", found[0].text, "staff"),)), found)
    assert (only.type, only.theme, only.endorses) == ("endorsement", "staff", ("RS Ås",))


def test_correction_outlives_new_reading():
    """Other blanks, other letter forms and other punctuation around the words find the statement still."""
    found = statements(("Brev a\u030a.docx", "Veien er  for lang\u00a0om vinteren"))
    only, = applied(Corrections(statements=(themed("Brev å.docx", "Veien er for lang om vinteren.", "staff"),)), found)
    assert only.theme == "staff"


def test_correction_follows_into_a_revised_answer():
    """When the file's answer is replaced, the same words in the new file are meant; three words are too few for that."""
    found = statements(("svar 2.docx", "Veien er for lang."), ("svar 2.docx", "Nei, ikke nå."))
    given = Corrections(statements=(themed("svar 1.docx", "Veien er for lang.", "staff"),
                                    themed("svar 1.docx", "Nei, ikke nå.", "staff")))
    decided = corrections.decide(given, found, SETTINGS)
    assert list(decided.statements) == [found[0].id]
    assert [f.kind for f in decided.findings] == ["correction_unused"]


def test_equal_words_in_a_file_that_still_answers_are_not_meant():
    """A correction of one file says nothing certain about another that stands beside it."""
    found = statements(("a.docx", "Noe helt annet."), ("b.docx", "Veien er for lang."))
    decided = corrections.decide(Corrections(statements=(themed("a.docx", "Veien er for lang.", "staff"),)), found, SETTINGS)
    assert not decided.statements


def test_occurrence_tells_equal_texts_apart():
    """The second "Nei." is meant, or all of them when none is named; one too many is none."""
    found = statements(("a.docx", "Nei."), ("a.docx", "Veien er lang."), ("a.docx", "Nei."))
    def hit(n):
        return list(corrections.decide(Corrections(statements=(themed("a.docx", "Nei.", "staff", n),)), found,
                                       SETTINGS).statements)
    assert hit(2) == [found[2].id]
    assert hit(None) == [found[0].id, found[2].id]
    assert hit(3) == []


def test_correction_of_nothing_is_a_finding_without_the_words():
    """A statement or a theme that is gone is told, with file and what to do, and the respondent's words stay out."""
    given = Corrections(statements=(themed("a.docx", "Hemmelig setning her.", "staff"), themed("b.docx", "Noe.", "boats")),
                        together=((Reference(source="a.docx", text="Borte."), Reference(source="b.docx", text="Noe.")),))
    decided = corrections.decide(given, statements(("b.docx", "Noe.")), SETTINGS)
    assert [(f.kind, f.source) for f in decided.findings] == [
        ("correction_unused", "a.docx"), ("correction_unused", "b.docx"), ("correction_unused", "a.docx")]
    told = " ".join(f.message for f in decided.findings)
    assert "«boats»" in told
    assert "gjennomgang.html" in told
    assert "Hemmelig" not in told
    assert not decided.statements
    assert not decided.together


def test_short_answers_teach_nothing():
    """ "Ja." means something else under another question: it is corrected where it stands and not learnt from."""
    found = statements(("a.docx", "Ja."), ("a.docx", "Bussen går for sjelden."), ("b.docx", "Takk for at vi ble spurt."))
    given = Corrections(statements=(themed("a.docx", "Ja.", "staff"), themed("a.docx", "Bussen går for sjelden.", "roads"),
                                    noise("b.docx", "Takk for at vi ble spurt.")))
    decided = corrections.decide(given, found, SETTINGS)
    assert len(decided.statements) == 3
    assert decided.lessons == (("Bussen går for sjelden.", "roads"), ("Takk for at vi ble spurt.", "none"))


def test_lessons_teach_a_sorter_of_described_themes():
    """What is corrected reaches the model also where a theme is only described, with and without the encoder's help."""
    from pipeline.language.themes import Sorter

    found = tuple(replace(s, question=None) for s in statements(
        ("a.docx", "Vaktmesteren bør få egen bil."), ("b.docx", "Vaktmesteren bør få sin egen bil.")))
    decided = corrections.decide(Corrections(statements=(themed("a.docx", found[0].text, "staff"),)), found, SETTINGS)
    sorter = Sorter.for_case(SETTINGS.themes, SETTINGS.questions, encoder=False, corrections=decided.lessons)
    first, second = decided.settle(sorter.sort(decided.retype(found), review_below=0.5))
    assert (first.theme, first.confidence, second.theme) == ("staff", 1.0, "staff")


# --- points


def test_groups_become_pairs():
    """A group of three is three pairs; equal texts that one reference means are not told apart from each other."""
    found = statements(("a.docx", "En."), ("b.docx", "To."), ("b.docx", "To."), ("c.docx", "Tre."))
    a, b, c = (Reference(source=s, text=t) for s, t in (("a.docx", "En."), ("b.docx", "To."), ("c.docx", "Tre.")))
    one, two, too, three = (s.id for s in found)
    def pair(x, y):
        return min(x, y), max(x, y)
    decided = corrections.decide(Corrections(apart=((a, b, c),)), found, SETTINGS)
    assert decided.apart == {pair(one, two), pair(one, too), pair(one, three), pair(two, three), pair(too, three)}


def test_same_and_different_at_once_is_told():
    """Joined through a chain and set apart as well: joined it is, and the reviewer is told to choose."""
    found = statements(("a.docx", "En."), ("b.docx", "To."), ("c.docx", "Tre."))
    a, b, c = (Reference(source=s.source, text=s.text) for s in found)
    decided = corrections.decide(Corrections(together=((a, b), (b, c)), apart=((a, c),)), found, SETTINGS)
    assert len(decided.together) == 2
    assert decided.apart == frozenset()
    assert [f.kind for f in decided.findings] == ["correction_conflict"]


# --- files


def test_files_are_corrected_over_case_toml():
    """A file's correction joins the rules of case.toml and goes before them; what it leaves open stays."""
    settings = replace(SETTINGS, files=(FileRule(path="a.pdf", kind="answer", bodies=("RS Ås",), replaces="old.pdf"),
                                        FileRule(path="b.pdf", kind="minutes")))
    documents = [Document(source=s, sha256="") for s in ("A.pdf", "b.pdf", "c.pdf")]
    given = Corrections(files=(FileCorrection(path="a.pdf", bodies=("RS Dal",)),
                               FileCorrection(path="c.pdf", kind="case_paper")))
    ruled, findings = corrections.with_files(settings, given, documents)
    assert {(r.path.lower(), r.kind, r.bodies, r.replaces) for r in ruled.files} == {
        ("a.pdf", "answer", ("RS Dal",), "old.pdf"), ("b.pdf", "minutes", None, None), ("c.pdf", "case_paper", None, None)}
    assert findings == ()
    assert replace(ruled, files=()) == replace(settings, files=())


def test_file_or_body_that_is_gone_is_a_finding():
    """A correction for a file that is not there, or to a body that is not asked, changes nothing and is told."""
    given = Corrections(files=(FileCorrection(path="borte.pdf", kind="answer"),
                               FileCorrection(path="a.pdf", bodies=("RS Vik",))))
    ruled, findings = corrections.with_files(SETTINGS, given, [Document(source="a.pdf", sha256="")])
    assert ruled == SETTINGS
    assert [f.kind for f in findings] == ["correction_unused", "correction_unused"]
    assert "«RS Vik»" in findings[1].message
