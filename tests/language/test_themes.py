"""Sorting statements into the themes of a case: standard themes, described themes, mixed, with and without encoder."""

import logging
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline import config
from pipeline.config import Question, Theme
from pipeline.language import encoder, themes
from pipeline.language.themes import Sorter
from pipeline.model import Statement

SETTINGS = config.load(Path(__file__).parents[2] / "config.toml")
LOW = 0.55


def said(text: str, question: str | None = None, **more) -> Statement:
    """A statement as the question stage hands it over."""
    number = more.pop("id", text)
    return Statement(id=number, source=more.pop("source", text), start=0, end=len(text), text=text,
                     locator="paragraph=1", question=question, question_score=1.0 if question else 0.0, **more)


@pytest.fixture(scope="module")
def sorter() -> Sorter:
    return Sorter.for_case(SETTINGS.themes, SETTINGS.questions)


@pytest.fixture(scope="module")
def lexical_sorter() -> Sorter:
    return Sorter.for_case(SETTINGS.themes, SETTINGS.questions, encoder=False)


PLAIN = [
    ("Vi vil gjerne ha sidetall og en kortere innledning i dokumentet.", "format"),
    ("Målet er så vagt at ingen kan si om det er nådd.", "relevance"),
    ("Det må stå tydelig hvem som er ansvarlig for oppfølgingen.", "responsibility"),
    ("Kommunen har verken penger eller folk til å gjennomføre tiltaket.", "resources"),
    ("Digital hjemmeoppfølging av hjertesviktpasienter bør tas i bruk.", "health_technology"),
    ("Kommunene må involveres tidlig når neste plan skal lages.", "process"),
    ("Vi foreslår et nytt tiltak om tidlig oppdagelse av nyresykdom.", "proposed_areas"),
]


@pytest.mark.parametrize(("text", "theme"), PLAIN)
def test_clear_statements(sorter, text, theme):
    """A clear statement finds its theme without any question."""
    assert sorter.sort([said(text)], review_below=LOW)[0].theme == theme


@pytest.mark.parametrize(("text", "theme"), PLAIN)
def test_clear_statements_without_encoder(lexical_sorter, text, theme):
    """So it does by words alone."""
    assert lexical_sorter.sort([said(text)], review_below=LOW)[0].theme == theme


@pytest.mark.parametrize(("text", "theme"), [
    ("Det er uklårt kven som skal følgje opp tiltaka.", "responsibility"),
    ("Vi manglar både folk og midlar til å få dette gjort.", "resources"),
    ("Skrifta er for lita, og planen er altfor lang.", "format"),
])
def test_nynorsk_is_sorted(sorter, text, theme):
    """Trap 22: nynorsk is sorted, and its text is left as it was written."""
    out = sorter.sort([said(text, language="nn")], review_below=LOW)[0]
    assert out.theme == theme
    assert out.text == text


def test_scores_are_a_distribution(sorter):
    """Every theme and none has a score; they fall, sum to 1, and the first is the theme."""
    out = sorter.sort([said(PLAIN[0][0]), said("Ja.", "2a")], review_below=LOW)
    for s in out:
        scores = [t.score for t in s.themes]
        assert {t.theme for t in s.themes} == {t.key for t in SETTINGS.themes} | {"none"}
        assert scores == sorted(scores, reverse=True)
        assert abs(sum(scores) - 1) < 1e-9
        assert (s.theme, s.confidence) == (s.themes[0].theme, s.themes[0].score)


def test_short_answers_follow_their_question(sorter):
    """A bare "Ja." says nothing; the question decides."""
    for number, theme in (("1b", "format"), ("2c", "responsibility"), ("3b", "health_technology")):
        assert sorter.sort([said("Ja.", number)], review_below=LOW)[0].theme == theme


def test_wrong_question_goes_by_content_and_is_flagged(sorter):
    """A clear statement under another theme's question keeps its own theme, and a person is asked."""
    text = "Digital hjemmeoppfølging og kunstig intelligens bør tas i bruk i hjemmesykepleien."
    out = sorter.sort([said(text, "2c")], review_below=LOW)[0]
    assert out.theme == "health_technology"
    assert out.needs_review
    assert "2c" in out.review_reason


def test_uncertain_question_weighs_less(sorter):
    """A question that was hardly recognised moves the score less than a sure one."""
    text = "Dette må vi komme tilbake til på en bedre måte."
    sure = said(text, "1a")
    unsure = replace(sure, question_score=0.2)
    a, b = ({t.theme: t.score for t in s.themes}["format"] for s in sorter.sort([sure, unsure], review_below=LOW))
    assert a > b


def test_a_question_that_asks_for_anything_else_weighs_less():
    """Under "…, og er det annet dere vil si?" people say anything; what tells little follows the question all the same."""
    text = "Dette må vi komme tilbake til på en bedre måte."
    shares = []
    for ending in ("", " Og er det annet dere vil si?"):
        questions = (Question(number="1", text="Er planen lett å lese?" + ending, themes=("format",)),)
        out = Sorter.for_case(SETTINGS.themes, questions).sort([said(text, "1")], review_below=LOW)[0]
        assert out.theme == "format"
        shares.append({t.theme: t.score for t in out.themes}["format"])
    assert shares[0] > shares[1]


def test_question_with_several_themes():
    """A question that feeds two themes leaves the choice between them to the text."""
    questions = (Question(number="1", text="Ansvar og ressurser?", themes=("responsibility", "resources")),)
    sorter = Sorter.for_case(SETTINGS.themes, questions)
    out = sorter.sort([said("Det er uklart hvem som har ansvaret.", "1"), said("Det mangler penger.", "1")],
                      review_below=LOW)
    assert [s.theme for s in out] == ["responsibility", "resources"]


def test_two_themes_in_one_sentence(sorter):
    """Trap 15: both themes of a two-theme sentence stand first among its themes."""
    out = sorter.sort([said("Den som står ansvarlig for tiltaket, må også få penger og årsverk til det.")], review_below=LOW)[0]
    assert {t.theme for t in out.themes[:2]} == {"responsibility", "resources"}


def test_lead_in_helps(sorter):
    """A list item is read with the clause that introduces it."""
    bare = said("lister med egne fargekoder")
    led = replace(bare, lead_in="For å gjøre oppsettet i planen mer brukervennlig ønsker vi")
    a, b = ({t.theme: t.score for t in s.themes}["format"] for s in sorter.sort([bare, led], review_below=LOW))
    assert b > a


def test_heading_that_is_a_theme_title_helps(sorter):
    """Without a question, a heading that repeats a theme's title counts; a letter's heading does not."""
    bare = said("Dette må bli bedre.")
    titled = replace(bare, headings=("Svar fra kommunen", "Ansvarsplassering"))
    letter = replace(bare, headings=("Svar fra kommunen",))
    a, b, c = ({t.theme: t.score for t in s.themes}["responsibility"]
               for s in sorter.sort([bare, titled, letter], review_below=LOW))
    assert b > a
    assert c == a


def test_a_sentence_that_names_no_theme_follows_its_paragraph(sorter):
    alone = said("Da blir det slik som sist.")
    told = said("Dokumentet er for langt og skriften er for liten.", source="brev.docx", block=3)
    follows = said("Da blir det slik som sist.", source="brev.docx", block=3)
    elsewhere = said("Da blir det slik som sist.", source="brev.docx", block=4)
    out = sorter.sort([alone, told, follows, elsewhere], review_below=LOW)
    assert out[2].theme == "format"
    assert out[2].confidence > out[0].confidence
    assert out[3].themes == out[0].themes


def test_a_correction_tells_of_its_paragraph():
    told = "Slik kan det ikke fortsette."
    both = [said(told, source="brev.docx", block=3), said("Det sier seg selv.", source="brev.docx", block=3)]
    out = Sorter.for_case(SETTINGS.themes, SETTINGS.questions, corrections=[(told, "format")]).sort(both, review_below=LOW)
    assert [s.theme for s in out] == ["format", "format"]


def test_noise_and_no_remarks_get_none(sorter):
    """Only substance and endorsements have a theme."""
    out = sorter.sort([said("Med vennlig hilsen", type="noise"), said("Ingen merknader.", "2a", type="no_remarks"),
                       said("Vi slutter oss til innspillet.", "2c", type="endorsement")], review_below=LOW)
    assert [s.theme for s in out] == ["none", "none", "responsibility"]
    assert [(t.theme, t.score) for t in out[0].themes] == [("none", 1.0)]


def test_earlier_flag_is_kept(sorter):
    """What an earlier stage flagged stays flagged with its reason."""
    s = said(PLAIN[2][0], "2c", needs_review=True, review_reason="Uklart hvem som svarer.")
    out = sorter.sort([s], review_below=LOW)[0]
    assert out.needs_review
    assert out.review_reason.startswith("Uklart hvem som svarer.")


def test_low_confidence_is_flagged(sorter):
    """With the limit at 1 every statement is flagged, and the reason names the two nearest themes."""
    out = sorter.sort([said("Dette er ikke bra nok.")], review_below=1.0)[0]
    assert out.needs_review
    assert "Usikkert tema" in out.review_reason


def test_correction_sticks_and_reaches_near_copies(sorter):
    """A corrected statement has the theme it was given, so has one that differs in a letter, and neither is flagged."""
    text = "Det som er sagt om dette i fjor, gjelder fortsatt for hele regionen vår."
    corrected = Sorter.for_case(SETTINGS.themes, SETTINGS.questions, corrections=[(text, "process")])
    out = corrected.sort([said(text.upper(), "1a"), said(text.replace("vår.", "vår!"), "1a")], review_below=LOW)
    assert [s.theme for s in out] == ["process", "process"]
    assert not any(s.needs_review for s in out)
    assert sorter.sort([said(text, "1a")], review_below=LOW)[0].theme != "process"


def test_correction_to_none_and_to_unknown_theme():
    """"none" takes a statement out; a theme that the case does not have is passed over."""
    text = "Regionen har flere kommuner og et sykehus i sentrum."
    sorter = Sorter.for_case(SETTINGS.themes, SETTINGS.questions,
                             corrections=[(text, "none"), ("Noe annet som ble sagt.", "finnes_ikke")])
    assert sorter.sort([said(text, "2a")], review_below=LOW)[0].theme == "none"


DESCRIBED = (
    Theme(key="buss", title="Skoleskyss og trafikk", description="Buss, reisetid, trafikksikkerhet, sykkelvei"),
    Theme(key="mat", title="Mat og måltider", description="Skolemat, kantine, frukt og grønt"),
    Theme(key="bygg", title="Skolebygg", description="Klasserom, ventilasjon, uteområde, vedlikehold"),
)
SCHOOL = [("Bussturen tar over en time hver vei.", "buss"), ("Det bør serveres frukt hver dag.", "mat"),
          ("Ventilasjonen i klasserommene er dårlig.", "bygg"), ("Veien mangler fortau og lys.", "buss"),
          ("Kantinen burde hatt varm lunsj.", "mat"), ("Taket på gymsalen lekker når det regner.", "bygg")]


@pytest.mark.parametrize("with_encoder", [True, False])
def test_themes_that_are_only_described(with_encoder):
    """A case with its own themes works from their descriptions alone, better with the encoder."""
    sorter = Sorter.for_case(DESCRIBED, (), encoder=with_encoder)
    found = [s.theme for s in sorter.sort([said(t) for t, _ in SCHOOL], review_below=LOW)]
    right = sum(f == theme for f, (_, theme) in zip(found, SCHOOL, strict=True))
    assert right >= (5 if with_encoder else 4)


def test_statements_under_questions_teach_a_described_theme():
    """What stands under a theme's question makes similar statements without question go there too."""
    bare = (Theme(key="a", title="Første tema"), Theme(key="b", title="Andre tema"))
    questions = (Question(number="1", text="Hva mener dere først?", themes=("a",)),
                 Question(number="2", text="Hva mener dere så?", themes=("b",)))
    taught = [said(f"Ferja går for sjelden {w}.", "1") for w in ("om kvelden", "om natten", "i helgen", "på søndager")]
    taught += [said(f"Biblioteket må ha åpent {w}.", "2") for w in ("om kvelden", "om natten", "i helgen", "på søndager")]
    out = Sorter.for_case(bare, questions).sort(
        [*taught, said("Ferja bør gå om morgenen."), said("Biblioteket bør ha åpent om morgenen.")], review_below=LOW)
    assert [s.theme for s in out[-2:]] == ["a", "b"]


def test_mixed_standard_and_own_themes():
    """Some standard themes and some own ones in the same case."""
    mixed = (*(t for t in SETTINGS.themes if t.key in ("responsibility", "resources")), *DESCRIBED[:2])
    out = Sorter.for_case(mixed, ()).sort(
        [said(PLAIN[2][0]), said(PLAIN[3][0]), said(SCHOOL[0][0]), said(SCHOOL[4][0])], review_below=LOW)
    assert [s.theme for s in out] == ["responsibility", "resources", "buss", "mat"]


def test_standard_key_with_other_meaning_is_not_trained():
    """A key like a standard one with another description goes by its description; another key with the title does not."""
    other = (Theme(key="process", title="Fiskeforedling", description="Bearbeiding av fisk og skalldyr ved bruket"),
             Theme(key="ansv", title="Ansvarsplassering"))
    sorter = Sorter.for_case(other, ())
    out = sorter.sort([said("Filetmaskinen ved fiskebruket er gammel."), said(PLAIN[2][0])], review_below=LOW)
    assert [s.theme for s in out] == ["process", "ansv"]
    assert set(sorter._trained) == {"ansv"}


REWORDED = (
    Theme(key="utforming", title="Utforming", description="Hvordan plandokumentet er satt opp, språket, lengden og om det er lett å finne fram."),
    Theme(key="treffer", title="Treffer tiltakene?", description="Om tiltakene og målene er aktuelle, konkrete og mulige å måle."),
    Theme(key="hvem", title="Hvem gjør hva", description="Fordelingen av ansvar og oppgaver, og om det er tydelig hvem som følger opp."),
    Theme(key="folk", title="Folk og penger", description="Stillinger, kapasitet, finansiering og hva som må prioriteres."),
    Theme(key="digitalt", title="Digitale verktøy", description="Velferdsteknologi, videosamtaler og digital oppfølging hjemme."),
    Theme(key="arbeidet", title="Arbeidet med planen", description="Prosess, frister, medvirkning, forankring og rullering av planen."),
    Theme(key="nytt", title="Temaer planen bør ta inn", description="Nye fagområder og pasientgrupper som foreslås tatt med."),
)


def test_themes_that_mean_the_standard_ones_are_known_by_their_descriptions():
    """Under keys and titles of the case's own; themes that mean something else are not taken for any."""
    sorter = Sorter.for_case(REWORDED, ())
    assert [sorter._model.keys[at] for at in sorter._meant] == [key for _, key in PLAIN]
    found = sorter.sort([said(text) for text, _ in PLAIN], review_below=LOW)
    assert [s.theme for s in found] == [t.key for t in REWORDED]
    for other in (DESCRIBED, (*REWORDED[:6], DESCRIBED[0]), SETTINGS.themes):
        assert Sorter.for_case(other, ())._meant is None
    assert Sorter.for_case(REWORDED, (), encoder=False)._meant is None


def test_case_without_themes_or_statements(sorter):
    """No statements, or no themes, is no error."""
    assert sorter.sort([], review_below=LOW) == ()
    assert Sorter.for_case((), ()).sort([said("Noe.")], review_below=LOW)[0].theme == "none"


def test_missing_encoder_gives_one_message(monkeypatch, caplog):
    """When the encoder does not load, the words decide, and the log says so once without any answer's text."""
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    encoder.load.cache_clear()
    with caplog.at_level(logging.WARNING):
        sorter = Sorter.for_case(SETTINGS.themes, SETTINGS.questions)
        out = sorter.sort([said(PLAIN[3][0])], review_below=LOW)
    encoder.load.cache_clear()
    assert out[0].theme == "resources"
    assert len(caplog.records) == 1
    assert "ordlistemodellen" in caplog.records[0].getMessage() == sorter.message


def test_same_input_same_output(sorter):
    """Two runs, and a run in another order, give the same scores."""
    statements = [said(t) for t, _ in PLAIN]
    one = Sorter.for_case(SETTINGS.themes, SETTINGS.questions).sort(statements, review_below=LOW)
    two = sorter.sort(statements[::-1], review_below=LOW)[::-1]
    assert one == two


def test_large_cases_encode_only_the_unsure(monkeypatch):
    """Above the limit only the statements that words leave unsure are encoded; parts give the same as the whole."""
    statements = [said(t, id=str(i)) for i, (t, _) in enumerate(PLAIN)]
    questions = ("1a", "2a", "2c", "2e", "3a", "4", "2f")
    statements = [replace(s, question=q, question_score=1.0) for s, q in zip(statements, questions, strict=True)]
    monkeypatch.setattr(themes, "ENCODE_ALL", 3)
    sorter = Sorter.for_case(SETTINGS.themes, SETTINGS.questions)
    seen = []

    class Counting:
        def encode(self, texts):
            seen.extend(texts)
            return encoder.load().encode(texts)

    sorter._coder = Counting()
    whole = sorter.sort(statements, review_below=LOW)
    assert len(seen) < len(statements)
    monkeypatch.setattr(themes, "CHUNK", 2)
    parts = sorter.sort(statements, review_below=LOW)
    assert [s.theme for s in whole] == [s.theme for s in parts] == [t for _, t in PLAIN]
    assert np.allclose([s.confidence for s in whole], [s.confidence for s in parts], atol=1e-3)


@pytest.mark.parametrize(("heading", "key"), [
    ("Oppsett og språk", "format"), ("Prioritering, tid og pengar", "resources"), ("Prosessen vidare", "process"),
    ("Ansvar for oppfølging", "responsibility"), ("Generelle merknader", None), ("Vedtak", None),
])
def test_a_heading_in_the_words_of_a_theme_is_a_prior(heading, key):
    """Free headings often use the words of a theme's title or description, in bokmål or nynorsk."""
    settings = config.load(Path(__file__).parents[2] / "config.toml")
    found = themes.Sorter.for_case(settings.themes, settings.questions, encoder=False)._heading_theme((heading,))
    assert (settings.themes[found].key if found is not None else None) == key


@pytest.mark.parametrize("use_encoder", [True, False])
def test_the_question_that_feeds_a_theme_tells_what_it_is_about(use_encoder):
    """A statement that stands under no question is known by the words of the question, whatever the theme is called."""
    case = (Theme(key="a", title="Kapittel fire", description="Sjø og samband"),
            Theme(key="b", title="Kapittel fem", description="Land og veg"))
    asked = (Question(number="1", text="Hva mener dere om avgangene med hurtigbåten om kvelden?", themes=("a",)),
             Question(number="2", text="Hvor bør det brøytes først om vinteren?", themes=("b",)))
    sorter = Sorter.for_case(case, asked, encoder=use_encoder)
    first, second = sorter.sort([said("Siste avgang om kvelden går for tidlig."), said("Brøytebilen kommer for seint.")], review_below=LOW)
    assert (first.theme, second.theme) == ("a", "b")
