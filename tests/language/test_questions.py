"""Answers placed under their questions."""

import pytest

from pipeline.config import Question
from pipeline.language import questions, segment
from pipeline.model import Block
from tests.language.answers import QUESTIONS, answer, block, find, heading, item, table


def _place(*blocks, asked=QUESTIONS):
    document = answer(*blocks)
    placed = questions.place(segment.cut(document), asked)
    for s in placed:
        assert s.text == document.text[s.start:s.end]
    return placed


def _of(statements):
    return {s.text: s.question for s in statements if s.type != "noise"}


def _echoes(statements):
    return [s.text for s in statements if s.noise == "echo"]


def test_without_questions_nothing_changes():
    """A case without a questionnaire is ordinary."""
    cut = segment.cut(answer("Er dette bra?", "1. Ja."))
    assert questions.place(cut, ()) == cut


@pytest.mark.parametrize("echo", [
    "Er tiltakene fortsatt relevante?",
    "Er tiltakene relevante?",
    "Er tiltaka framleis relevante?",
    "2a) Er tiltakene fortsatt relevante",
    "Spm. 2a: Er tiltakene fortsatt relevante?",
    "ER TILTAKENE FORTSATT RELEVANTE?",
    "Er alle tiltakene fremdeles relevante?",
])
def test_trap_14_echoed_questions_are_no_opinions(echo):
    """Question text is noise when copied, shortened, reworded, renumbered or in nynorsk, and opens the question."""
    placed = _place(echo, "De fleste er det.")
    assert _echoes(placed) == [echo]
    assert _of(placed) == {"De fleste er det.": "2a"}


def test_a_spelled_number_before_an_answer_is_cut_off():
    """ "Spørsmål 2a Vi har …": the number stands on the line of the answer, without a stop."""
    placed = _place("Spørsmål 2a Vi har ingen merknader.", "Spørsmål 3 bør deles i to.")
    assert _echoes(placed) == ["Spørsmål 2a"]
    assert _of(placed)["Vi har ingen merknader."] == "2a"
    assert "Spørsmål 3 bør deles i to." in _of(placed)


@pytest.mark.parametrize("text", [
    "Ansvaret for oppfølging er ikke plassert riktig.",
    "Tiltakene er fortsatt relevante.",
    "Prosessen bør organiseres lokalt for å sikre eierskap.",
    "Hvem skal ha ansvaret når prosjektmidlene er brukt opp?",
    "Er det realistisk å få til uten flere folk?",
    "Tydeligere ansvar: sett navn på den som følger opp",
    "Utvalget har forslag til forenklinger: slå sammen mål 2 og 3.",
])
def test_an_answer_that_resembles_a_question_is_kept(text):
    """Trap 14 the other way: what says something of its own is never taken for the questionnaire."""
    placed = _place(text)
    assert "".join(s.text for s in placed if s.type != "noise").replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(("line", "question", "left"), [
    ("Er tiltakene fortsatt relevante? Ja, i hovedsak.", "2a", "Ja, i hovedsak."),
    ("Er tiltakene fortsatt relevante: ja, i hovedsak", "2a", "ja, i hovedsak"),
    ("Ressurser: Det trengs to stillinger.", "2d", "Det trengs to stillinger."),
    ("Spørsmål 2c: Legg det til kommunen.", "2c", "Legg det til kommunen."),
    ("Svar på spm 3 – Start nedenfra.", "3", "Start nedenfra."),
    ("Sp. 3 Start nedenfra.", "3", "Start nedenfra."),
    ("Ressursar som krevst – to årsverk", "2d", "to årsverk"),
])
def test_an_answer_on_the_questions_line_is_cut_off(line, question, left):
    """The questionnaire's words become noise, the rest a statement of its own with exact offsets."""
    placed = _place(line)
    assert find(placed, left).question == question
    assert [s.type for s in placed] == ["noise", "substance"]


def test_headings_of_a_word_or_two_open_their_question():
    """ "Ansvar" over a paragraph is the question about ansvar; an unknown heading closes it."""
    placed = _place(heading("Ansvar"), "Ingen vet hvem det er.", heading("Ressurser"), "Det koster.", heading("Til slutt"), "Lykke til.")
    assert _of(placed)["Ingen vet hvem det er."] == "2c"
    assert _of(placed)["Det koster."] == "2d"
    assert _of(placed)["Lykke til."] is None


def test_own_subheadings_stay_under_the_question():
    """A respondent's headings below the question's heading do not close it."""
    placed = _place(heading("Er tiltakene fortsatt relevante?"), heading("Våre vurderinger av skolen", 2), "De er det.")
    assert _of(placed)["De er det."] == "2a"


def test_a_block_title_narrows_the_question_down():
    """Under a block's title a statement goes to the block's question that it fits, and to none when it fits none."""
    placed = _place(heading("Mål og tiltak"), "Det trengs flere ressurser.", heading("Veien videre"), "Begynn nedenfra.")
    assert _of(placed) == {"Det trengs flere ressurser.": "2d", "Begynn nedenfra.": "3"}


def test_table_rows_join_question_and_answer():
    """Left column question, right column answer; a row without question belongs to the last; a number alone will do."""
    placed = _place(*table(("Spørsmål", "Svar"), ("Er tiltakene relevante?", "Ja."), ("", "Men færre, takk."), ("2c", "Uklart."),
                           ("Ressurser", "Mer penger.")))
    of = _of(placed)
    assert (of["Ja."], of["Men færre, takk."], of["Uklart."], of["Mer penger."]) == ("2a", "2a", "2c", "2d")


def test_column_heads_are_questions_too():
    """One row a respondent: the question stands over the column."""
    placed = _place(*table(("Er tiltakene relevante?", "Er de presise nok?"), ("Ja", "Nei"), ("Stort sett", "Vage")))
    assert _of(placed) == {"Ja": "2a", "Nei": "2b", "Stort sett": "2a", "Vage": "2b"}


def test_excel_cells_join_question_and_answer():
    """Locators of sheets work as those of tables do."""
    cells = [("A1", "Er tiltakene fortsatt relevante?"), ("B1", "Ja, alle."), ("A2", "Hvilke ressurser kreves?"), ("B2", "To biler.")]
    placed = _place(*[block(t, kind="cell", locator=f"sheet=Svar;cell={c}", table=1, row=int(c[1]), col="AB".index(c[0]) + 1)
                      for c, t in cells])
    assert _of(placed) == {"Ja, alle.": "2a", "To biler.": "2d"}


def test_numbers_alone_place_answers():
    """ "1a", "2c" as markers or in the text suffice when the questionnaire has them."""
    placed = _place(item("Kutt kolonner.", "1a."), item("Tungt.", "1b."), "2c. Uklart.", "Til spørsmål 3 vil vi si at det haster.")
    of = _of(placed)
    assert (of["Kutt kolonner."], of["Tungt."], of["Uklart."]) == ("1a", "1b", "2c")
    assert of["Til spørsmål 3 vil vi si at det haster."] == "3"


def test_a_respondents_own_numbered_list_is_not_the_questionnaire():
    """Plain numbers that do not run through the questionnaire number the respondent's own points."""
    placed = _place("Vi vil ha:", item("biler", "1."), item("folk", "2."), item("tid", "3."))
    assert set(_of(placed).values()) == {None}


def test_plain_numbers_count_when_they_run_through_the_questionnaire():
    """A questionnaire numbered 1, 2, 3 and an answer numbered 1, 2, 3."""
    asked = tuple(Question(number=str(n), text=t) for n, t in enumerate(("Hva er bra?", "Hva er dårlig?", "Hva mangler?"), 1))
    placed = _place(item("Alt.", "1."), item("Lite.", "2."), item("Busser.", "3."), asked=asked)
    assert _of(placed) == {"Alt.": "1", "Lite.": "2", "Busser.": "3"}


def test_trap_16_restarting_numbers_yield_to_text():
    """Blocks printed 1, 1, 2: a printed number decides nothing, the words beside it do."""
    asked = (Question(number="1a", printed="1", block="Språket i planen", text="Er språket lett å forstå?"),
             Question(number="2a", printed="1", block="Kostnader", text="Er kostnadene realistiske?"),
             Question(number="3a", printed="2", block="Opplæring", text="Hvem trenger opplæring?"))
    placed = _place(heading("Språket i planen", marker="1."), "Nei.", heading("Kostnader", marker="1."), "For lave.",
                    heading("Opplæring", marker="2."), "Lærere.", asked=asked)
    assert _of(placed) == {"Nei.": "1a", "For lave.": "2a", "Lærere.": "3a"}


def test_several_questions_before_one_answer():
    """The answer goes to the question it fits best among those just asked, less surely."""
    placed = _place("Er tiltakene fortsatt relevante? Er de tilstrekkelig presise?", "De er for lite presise.")
    assert find(placed, "De er for lite presise.").question == "2b"
    assert find(placed, "De er for lite presise.").question_score <= 0.9, "the theme is sure, the question a guess"


def test_a_printed_questionnaire_opens_no_question():
    """After all questions in a row, free text stands under none of them."""
    placed = _place(*[q.text for q in QUESTIONS], "Vi synes planen er grei.")
    assert _of(placed) == {"Vi synes planen er grei.": None}


def test_an_item_of_minutes_closes_the_question():
    """What stands under the next item answers nothing."""
    placed = _place("Er tiltakene fortsatt relevante?", "Ja visst.", "Sak 14/25 Eventuelt", "Julebord.")
    assert _of(placed)["Julebord."] is None


def test_headers_and_comments_are_left_alone():
    """Only the body of a document answers."""
    placed = _place("Er tiltakene fortsatt relevante?", "Ja.", block("Er de tilstrekkelig presise?", place="header"))
    assert placed[-1].question is None and placed[-1].noise == ""


def test_a_lead_in_that_is_an_echo_is_not_carried():
    """Items under an echoed label do not drag the questionnaire along."""
    placed = _place("Hvilke ressurser kreves:", item("biler"), item("folk"))
    assert all(s.lead_in == "" and s.question == "2d" for s in placed if s.kind == "item")


def test_a_question_column_is_questions_by_position():
    """Where most left cells are known questions, a reworded one takes the place that order gives, with its own answer."""
    placed = _place(*table(("Er tiltakene fortsatt relevante?", "Stort sett."), ("Skjønner vi hva de betyr?", "Sjelden."),
                           ("Er ansvaret for oppfølging tydelig definert?", "Hos oss, ja."), ("Ressurser", "To biler.")))
    assert _of(placed) == {"Stort sett.": "2a", "Sjelden.": "2b", "Hos oss, ja.": "2c", "To biler.": "2d"}
    assert len(_echoes(placed)) == 4


def test_an_unknown_row_does_not_fall_to_the_question_above():
    """A label that fits no question is no answer, and what stands beside it answers none."""
    placed = _place(*table(("Er tiltakene fortsatt relevante?", "Ja."), ("Er de tilstrekkelig presise?", "Nei."),
                           ("Utfylt av", "leder for utvalget")))
    assert find(placed, "Utfylt av").noise == "echo" and find(placed, "leder for utvalget").question is None


def test_a_wholly_reworded_form_keeps_its_order():
    """As many asking rows as questions, few of them in known words: they are the questionnaire all the same."""
    asked = tuple(Question(number=str(n), text=t) for n, t in enumerate((
        "Er språket i planen lett å forstå?", "Hvilke ruter bør prioriteres?", "Hvem skal betale for driften?",
        "Er holdeplassene trygge for barn?"), 1))
    placed = _place(*table(("Vårt spørsmål", "Vårt svar"), ("Skjønte dere det som stod der?", "Nei."), ("Hvilke linjer er viktigst?", "Skolebussen."),
                           ("Hvem tar regningen?", "Fylket."), ("Kan ungene vente trygt?", "Langs riksveien er det skummelt.")), asked=asked)
    assert _of(placed) == {"Nei.": "1", "Skolebussen.": "2", "Fylket.": "3", "Langs riksveien er det skummelt.": "4"}


def test_heads_of_columns_are_questions_by_position():
    """One row a respondent: a reworded head between two known ones is the question between them; a label is none."""
    placed = _place(*table(("Avsender", "Er tiltakene fortsatt relevante?", "Skjønner vi dem?", "Er ansvaret for oppfølging tydelig?"),
                           ("Legene", "Ja.", "Tja.", "Hos noen.")))
    assert _of(placed) == {"Legene": None, "Ja.": "2a", "Tja.": "2b", "Hos noen.": "2c"}


def test_a_reworded_heading_between_known_ones():
    """Headings follow the form's order; one about something else stays a heading."""
    placed = _place(heading("Er tiltakene relevante?"), "Ja.", heading("Godt nok beskrevet?"), "Nei, vage.", heading("Ansvar for oppfølging"),
                    "Uklart.", heading("Om bygda vår"), "Her bor det folk.", heading("Ressurser til tiltakene"), "To biler.")
    assert _of(placed)["Nei, vage."] == "2b" and _of(placed)["To biler."] == "2d"
    assert _of(placed)["Her bor det folk."] is None


def test_an_opinion_in_the_question_column_is_kept():
    """A left cell without an answer beside it that says something is no question."""
    placed = _place(*table(("Er tiltakene fortsatt relevante?", "Ja."), ("Er de tilstrekkelig presise?", "Nei."),
                           ("Vi mener planen må ta med barna.", "")))
    assert find(placed, "Vi mener planen må ta med barna.").type == "substance"


def test_without_the_encoder_order_still_places():
    """The language model is an aid: without it position and words place the rows."""
    document = answer(*table(("Er tiltakene fortsatt relevante?", "Stort sett."), ("Skjønner vi dem?", "Sjelden."),
                             ("Er ansvaret for oppfølging tydelig definert?", "Ja.")))
    placed = questions.place(segment.cut(document), QUESTIONS, encoder=False)
    assert _of(placed) == {"Stort sett.": "2a", "Sjelden.": "2b", "Ja.": "2c"}


PRINTED = tuple(Question(number=n, printed=p, block="Torget", text=t) for n, p, t in (
    ("1a", "1", "Hva bør torget brukes til?"), ("1b", "2", "Skal torget stenges for biler?"), ("2a", "3", "Hvor mange boder er det plass til?"),
    ("2b", "4", "Hvem skal rydde etter markedet?")))


def test_the_numbers_that_the_form_shows_are_those_that_are_written():
    """Questions kept as 1a, 1b, 2a are printed 1, 2, 3 on the form, and the answers say 3."""
    placed = _place(item("Konserter.", "1."), item("Gjerne om søndagen.", "2."), item("Tolv.", "3."), item("Bydelen.", "4."), asked=PRINTED)
    assert list(_of(placed).values()) == ["1a", "1b", "2a", "2b"]


def test_a_number_a_name_an_answer_and_a_grade():
    """A sheet with the question's number, its name, the answer and a grade: number and name are no answers, the grade no number."""
    placed = _place(*table(("Nr.", "Tema", "Innspill", "Viktighet"), ("2", "Biler", "Steng hele gata.", "3"),
                           ("3", "Boder", "Rundt tjue.", "1"), ("4", "Rydding?", "De som selger, må rydde.", "3")), asked=PRINTED)
    of = _of(placed)
    assert (of["Steng hele gata."], of["Rundt tjue."], of["De som selger, må rydde."]) == ("1b", "2a", "2b")
    assert {"2", "3", "4", "Biler", "Boder", "Rydding?"} <= {s.text for s in placed if s.type == "noise"}


def test_numbered_names_in_a_forms_first_column_are_the_questions():
    """ "3) Plass" beside an answer is the question in other words."""
    placed = _place(*table(("1) Bruk", "Konserter."), ("2) Bilfritt?", "Ja, om søndagen."), ("3) Plass", "Tolv boder."),
                           ("4) Rydding – hvem?", "Bydelen.")), asked=PRINTED)
    assert _of(placed) == {"Konserter.": "1a", "Ja, om søndagen.": "1b", "Tolv boder.": "2a", "Bydelen.": "2b"}


def test_numbers_without_a_stop_count_in_a_forms_first_column():
    """ "3 Plass nok?" beside an answer is question 3, in so few words that only the number tells."""
    placed = _place(*table(("1 Slå opp?", "Konserter."), ("2 Det som kan ut / står seg", "Om søndagen."), ("3 Plass nok?", "Tolv."),
                           ("4 Glemt?", "Bydelen.")), asked=PRINTED)
    assert _of(placed) == {"Konserter.": "1a", "Om søndagen.": "1b", "Tolv.": "2a", "Bydelen.": "2b"}
    assert {"1 Slå opp?", "2 Det som kan ut / står seg", "4 Glemt?"} <= {s.text for s in placed if s.type == "noise"}


def test_names_that_sound_like_demands_are_questions_in_a_numbered_form():
    """ "4) Mangler" beside an answer is the question, though "enklere" and "mangler" are words of demands elsewhere."""
    placed = _place(*table(("1) Enklere bruk", "Konserter."), ("2) Mindre trafikk", "Om søndagen."), ("3) Flere boder", "Tolv."),
                           ("4) Det som mangler", "Folk som rydder.")), asked=PRINTED)
    assert _of(placed) == {"Konserter.": "1a", "Om søndagen.": "1b", "Tolv.": "2a", "Folk som rydder.": "2b"}


def test_a_document_that_writes_the_keys_means_them():
    """Beside "1a" and "1b", "2" is no number that the form shows, whatever is printed there."""
    asked = (*PRINTED, Question(number="3", printed="5", block="Torget", text="Hva koster det?"))
    placed = _place(*table(("1a", "Konserter."), ("2b", "Bydelen."), ("3", "For mye.")), asked=asked)
    assert _of(placed) == {"Konserter.": "1a", "Bydelen.": "2b", "For mye.": "3"}


@pytest.mark.parametrize("line", ["Til 2c", "Ad 2c:", "Svar til 2c", "Til spørsmål 2c"])
def test_a_line_that_refers_opens_its_question(line):
    """ "Til 2c" alone on a line, also without the word for question."""
    placed = _place(block(line, bold=True), "Hos oss er det ingen som vet det.")
    assert _of(placed) == {"Hos oss er det ingen som vet det.": "2c"}


@pytest.mark.parametrize("start", ["Til 2c: ", "Ad 2c – ", "Svar på 2c. "])
def test_a_reference_before_the_answer_opens_its_question(start):
    """Also without the word for question; in "Til 3. mai" no question is meant."""
    placed = _place(f"{start}Hos oss er det ingen som vet det.", "Til 3. mai må alt være klart.")
    assert _of(placed)["Hos oss er det ingen som vet det."] == "2c"
    assert _of(placed)["Til 3. mai må alt være klart."] != "3"


HYPHENED = (Question(number="1-1", text="Hvor bør lekeplassen ligge?"), Question(number="1-2", text="Hvem skal rydde snøen?"),
            Question(number="2-1", text="Har dere annet på hjertet?"))


@pytest.mark.parametrize("lines", [
    ("1-1", "I parken.", "1-2", "Borettslaget.", "2-1", "Et ungdomshus."),
    ("1–1. I parken.", "1–2. Borettslaget.", "2–1. Et ungdomshus."),
    ("Til 1-1: I parken.", "Til 1-2: Borettslaget.", "Til 2-1: Et ungdomshus."),
    ("Spørsmål 1-1:", "I parken.", "Spørsmål 1-2:", "Borettslaget.", "Spørsmål 2-1:", "Et ungdomshus."),
])
def test_numbers_of_two_parts_joined_by_a_hyphen(lines):
    """Questions numbered "1-1" are found by that number, and what is shown of the answer is as written."""
    placed = _place(*lines, asked=HYPHENED)
    assert _of(placed) == {"I parken.": "1-1", "Borettslaget.": "1-2", "Et ungdomshus.": "2-1"}
    placed = _place("1-1 I parken, og vi viser til 2-1 og tiltak 3-4.", asked=HYPHENED)
    assert placed[-1].text.endswith("vi viser til 2-1 og tiltak 3-4.")


def test_figures_in_another_column_or_sheet_are_no_numbers_of_questions():
    """ "34 butikker og en kro" about the sender unsettles no labels that open with the numbers of questions."""
    asked = (Question(number="1", text="Hvordan skaffer vi drosjer i alle bygder?"), Question(number="2", text="Når bør bussen bestilles?"),
             Question(number="3", text="Hva skal reisene til sykehuset koste?"))
    placed = _place(*table(("1 Drosjer i bygdene", "To biler."), ("2 Annet om tingingen", "Samme dag."), ("3 Reiser til sykehuset", "Ingenting.")),
                    *table(("Medlemmer", "34 butikker og en kro"), number=2), asked=asked)
    assert [_of(placed)[text] for text in ("To biler.", "Samme dag.", "Ingenting.")] == ["1", "2", "3"]


def test_an_answer_under_a_number_may_open_with_a_measures():
    """ "3) 8 kan strykes": the marker is the question's number, the 8 a measure's."""
    asked = tuple(Question(number=str(n), text=text) for n, text in enumerate(
        ("Er planen lettlest?", "Hvordan følges den opp?", "Hvilke tiltak bør strykes?", "Hvem har ansvaret?", "Hva koster det?",
         "Hva mangler?", "Hvem skal med?", "Når er neste møte?"), 1))
    answers = ("Ja.", "Dårlig.", "8 kan strykes.", "Ingen.", "Mye.", "Tannhelse.", "Alle.", "I mai.")
    placed = _place(*(item(text, marker=f"{n})") for n, text in enumerate(answers, 1)), asked=asked)
    assert _of(placed)["8 kan strykes."] == "3"


@pytest.mark.parametrize(("line", "number"), [
    ("Til det fyrste spørsmålet", "1"), ("Til det andre", "2"), ("Tredje spørsmål:", "3"), ("Svar på det fjerde spørsmålet", "4"),
    ("Spørsmål nummer to", "2"), ("På spørsmål fire:", "4"),
])
def test_a_line_may_say_the_number_in_words(line, number):
    """Where the questionnaire is numbered plainly."""
    asked = tuple(Question(number=str(n), text=text, themes=()) for n, text in enumerate(
        ("Hva bør gjøres først?", "Hvordan skaffes folk?", "Hvem skal betale?", "Er noe glemt?"), 1))
    placed = _place(line, "Bussen må gå oftere om kvelden.", asked=asked)
    assert _of(placed) == {"Bussen må gå oftere om kvelden.": number}


@pytest.mark.parametrize("line", ["For det første", "Til andre kommuner", "Det første", "På det andre møtet"])
def test_words_that_count_something_else_open_no_question(line):
    """Reasons, others and meetings are counted too."""
    asked = tuple(Question(number=str(n), text=text, themes=()) for n, text in enumerate(("Hva bør gjøres?", "Hvem skal betale?"), 1))
    placed = _place(line, "Bussen må gå oftere om kvelden.", asked=asked)
    assert all(s.question is None for s in placed)


def test_a_line_that_refers_to_several_questions():
    """ "Til 2c og 2d": each answer goes by what it says."""
    placed = _place(block("Til 2c og 2d", bold=True), "Ansvaret for oppfølging er plassert riktig.", "Det kreves store ressurser for å gjennomføre det.")
    assert list(_of(placed).values()) == ["2c", "2d"]


def test_a_question_without_parts_among_those_with():
    """ "2.1 …", "2.2 …", "3 …": the last has no stop either; a number that opens a sentence about something else is none."""
    asked = tuple(Question(number=n, text=t) for n, t in (("2.1", "Hvor bør lekeplassen ligge?"), ("2.2", "Hvem skal rydde snøen?"), ("3", "Har dere annet på hjertet?")))
    placed = _place("2.1 Innerst i parken.", "2.2 Borettslaget.", "3 Ungdomshus bør bygges.", asked=asked)
    assert list(_of(placed).values()) == ["2.1", "2.2", "3"]
    placed = _place("2.1 Innerst i parken.", "2.2 Borettslaget.", "3 ungdomshus bør bygges.", asked=asked)
    assert _of(placed)["3 ungdomshus bør bygges."] != "3"


def test_measures_of_the_plan_are_no_questions():
    """ "4.1 …", "1.2 …", "2.2: …" are about measures: they place nothing under a question, and keep their number."""
    placed = _place("4.1 er gjennomført, kan tas ut.", "1.2 finnes på nett fra før.", "2.2: gamle ord, ny dato.")
    assert _of(placed) == {"4.1 er gjennomført, kan tas ut.": None, "1.2 finnes på nett fra før.": None, "2.2: gamle ord, ny dato.": None}


@pytest.mark.parametrize("lines", [
    ("Svar 1a: Kort ned.", "Svar 1b: Grei."), ("1.a Kort ned.", "1.b Grei."), ("1.1 Kort ned.", "1.2 Grei."),
])
def test_other_ways_to_number_an_answer(lines):
    """ "Svar 1a:", "1.a" and "1.1" for 1a."""
    assert _of(_place(*lines)) == {"Kort ned.": "1a", "Grei.": "1b"}


LETTERED = (Question(number="A1", block="A. Torget", text="Hva bør torget brukes til?"), Question(number="A2", block="A. Torget", text="Skal det være bilfritt?"),
            Question(number="B1", block="B. Boder", text="Hvor mange boder er det plass til?"), Question(number="E", block="E. Annet", text="Hvem rydder etter markedet?"))


def test_numbers_that_begin_with_a_letter():
    """ "A1/A2", "B1", "E" alone on a line, and "A1 Bruk" in a form's first column."""
    placed = _place(heading("A1"), "Konserter.", heading("B1"), "Tolv.", heading("E"), "Bydelen.", asked=LETTERED)
    assert _of(placed) == {"Konserter.": "A1", "Tolv.": "B1", "Bydelen.": "E"}
    placed = _place(heading("A1/A2"), "Torget skal være bilfritt.", heading("B1"), "Tolv.", asked=LETTERED)
    assert _of(placed)["Torget skal være bilfritt."] == "A2"
    placed = _place(*table(("A1 Bruken", "Konserter."), ("A2 Trafikk", "Om søndagen."), ("B1 Salg", "Tolv."), ("E Ansvar", "Bydelen.")), asked=LETTERED)
    assert _of(placed) == {"Konserter.": "A1", "Om søndagen.": "A2", "Tolv.": "B1", "Bydelen.": "E"}


def test_a_mail_that_answers_below_each_quoted_question():
    """The quoted questions say what each answer is about; an earlier mail with all of them at the end says nothing."""
    def quoted(text):
        return Block(text=text, place="quoted")

    asked = [quoted(f"{q.number}. {q.text}") for q in LETTERED]
    placed = _place(asked[0], "Konserter og torgdag.", asked[1], "Om søndagen.", asked[2], "Rundt tolv.", asked=LETTERED)
    assert _of(placed).items() >= {"Konserter og torgdag.": "A1", "Om søndagen.": "A2", "Rundt tolv.": "B1"}.items()
    placed = _place("Konserter og torgdag.", "Om søndagen.", *asked, "Hilsen Kari", asked=LETTERED)
    assert {s.question for s in placed if s.place != "quoted"} == {None}


def test_a_respondent_may_part_a_question():
    """ "1a" and "1b" before "2" and "3" are two parts of question 1."""
    plain = tuple(Question(number=str(n), text=q.text) for n, q in enumerate(LETTERED, 1))
    placed = _place(*table(("1a. Bruken er grei", "Konserter."), ("1b. Plassen er grei", "Ja."), ("2. Trafikken er grei", "Om søndagen."),
                           ("3. Salget går bra", "Tolv."), ("4. Det blir ryddet", "Bydelen.")), asked=plain)
    of = _of(placed)
    assert (of["Konserter."], of["Om søndagen."], of["Tolv."], of["Bydelen."]) == ("1", "2", "3", "4")


def test_a_whole_sentence_in_a_numbered_form_is_an_answer():
    """People answer in two columns: what is unlike the question, in a sentence of its own, is no question in other words."""
    rows = [("For mange sider.", "Tabellen bør ligge først."), ("Brosjyren er ferdig, ta den ut.", "Mål uten tall er ikke mål."),
            ("Plukk ut fem og la resten ligge.", "Ungdom først."), ("Skjermtimer sparer mange turer.", "Alle må få opplæring."),
            ("Vaktlaget skriver navnet sitt.", "Helsesøster i stedet."), ("To biler til på deling.", "Det haster."), ("Ring oss før dere kommer.", "Møt oss.")]
    placed = _place(*[b._replace(marker=f"{b.row}.") if b.col == 1 else b for b in table(*rows)])
    assert not any(s.noise == "echo" for s in placed)
    assert [s.question for s in placed if s.text.startswith("Plukk")] == ["2a"]


def test_a_label_ends_the_question_that_another_label_opened():
    """In a table of names and remarks each row is about its own name; below a whole question the names part the answer."""
    rows = (("Utformingen", "Fargene er fine."), ("Ansvaret", "Hvem ringer vi til?"), ("Penger", "Samme beløp til alle."), ("Mangler", "Tannhelse."))
    placed = {s.text: s.question for s in _place(*table(*rows))}
    assert placed["Samme beløp til alle."] is None and placed["Tannhelse."] is None
    asked = table(("Er tiltakene fortsatt relevante?", ""), ("Kurs", "Ja, men kort."), ("Ferje", "Nei."), ("Lege", "Ja."))
    assert {s.question for s in _place(*asked) if s.text in ("Ja, men kort.", "Nei.", "Ja.")} == {"2a"}


def test_a_title_that_recalls_a_question_does_not_put_the_letter_under_it():
    """ "Til bibliotekplanen" over a free letter asks nothing; who answers one question only says which."""
    asked = (Question(number="1", text="Hva bør bibliotekene kjøpe inn?"), Question(number="4", text="Hvordan når vi dem som ikke kommer til biblioteket?"))
    letter = ["Hyllene er fulle.", "Bussen går for sjelden.", "Gebyret bør bort.", "Lokalet er for mørkt om kvelden."]
    placed = _place(heading("Til bibliotekplanen"), *map(block, letter), asked=asked)
    assert not any(s.question for s in placed) and not _echoes(placed)
    placed = _place(heading("Til bibliotekplanen"), block("Spørsmål 4:"), *map(block, letter), asked=asked)
    assert {s.question for s in placed if s.text in letter} == {"4"}


def test_a_number_says_which_of_a_blocks_questions_is_meant():
    """ "2. Mål og tiltak: relevante?" names the whole block; the number in a form whose numbers are the questionnaire's decides."""
    asked = (Question(number="1", block="Innhold", text="Hvordan bør planen se ut?"), Question(number="2", block="Innhold", text="Treffer tiltakene?"),
             Question(number="3", block="Innhold", text="Hvem bør eie tiltakene?"))
    rows = [b._replace(marker=f"{b.row}.") if b.col == 1 else b for b in table(
        ("Planen som dokument", "For lang."), ("Innhold: ut eller skrives om?", "Kurset må bestå."), ("Eier", "Én per tiltak."))]
    assert {s.text: s.question for s in _place(*rows, asked=asked)}["Kurset må bestå."] == "2"


def test_a_workbook_may_leave_questions_out():
    """Labels that begin with the numbers of some questions, in order, in the first column of a table."""
    rows = (("1 Utforming", "Kortere kapitler."), ("2 Tiltak", "Skolen bør legges ned."), ("4 Start og penger", "Eldre først."))
    asked = tuple(Question(number=str(n), text=text) for n, text in enumerate(
        ("Hvordan ser den ut?", "Hva treffer?", "Hvem eier det?", "Hva kreves?", "Hva med skjerm?", "Hva mangler?", "Hvordan går vi videre?"), 1))
    assert {s.text: s.question for s in _place(*table(*rows), asked=asked) if s.question and s.noise != "echo"} == {
        "Kortere kapitler.": "1", "Skolen bør legges ned.": "2", "Eldre først.": "4"}


def test_a_heading_may_open_with_a_number_without_a_stop():
    """ "1 Utseende", "2 Eiere" as headings of one's own, through the questionnaire; years and rooms count nothing."""
    asked = tuple(Question(number=str(n), text=text) for n, text in enumerate(("Hvordan ser den ut?", "Hvem eier det?", "Hva kreves?"), 1))
    lines = [heading("1 Forsiden"), block("Kortere kapitler."), heading("2 Rollene"), block("Skolen bør styre."), heading("3 Pengene"), block("Eldre først.")]
    assert {s.text: s.question for s in _place(*lines, asked=asked) if s.question and s.noise != "echo"} == {
        "Kortere kapitler.": "1", "Skolen bør styre.": "2", "Eldre først.": "3"}
    chapters = [heading("1 Innledning"), block("Kortere kapitler."), heading("2 Legevakt"), block("Skolen bør styre."), heading("3 Pengene"), block("Ja.")]
    views = [heading("1 Skolen på Nes må bestå"), heading("2 Legevakta trenger flere leger"), heading("3 Ferja bør gå oftere")]
    assert not any(s.question for s in _place(*chapters, asked=asked)) and not _echoes(_place(*views, asked=asked))
    other = [heading("3 Forsiden"), block("Kortere kapitler."), heading("14 Rollene"), block("Skolen bør styre.")]
    assert not any(s.question for s in _place(*other, asked=asked))


def test_a_part_of_the_answers_may_stand_in_another_file():
    """ "6. …" to the last question in an attachment, "svar på dei tre første" in the mail before it; three of one's own points are none."""
    asked = tuple(Question(number=str(n), text=text) for n, text in enumerate(
        ("Hvordan ser den ut?", "Hva treffer?", "Hvem eier det?", "Hva kreves?", "Hva med skjerm?", "Hva mangler?", "Hvordan går vi videre?"), 1))
    def under(first, *lines):
        answers = [block(text, marker=f"{n}.", kind="item") for n, text in enumerate(lines, first)]
        return {s.text: s.question for s in _place(block("Her kommer svaret."), *answers, asked=asked) if s.question}
    lines = ("Kortere kapitler.", "Skolen bør styre.", "Eldre først.")
    four = (*lines, "Møt oss oftere.")
    assert under(4, *four) == dict(zip(four, "4567", strict=True)) and not under(1, *four) and not under(3, *four)
    assert not under(5, *lines)  # as likely the last measures of a plan
    years = [block("De tre første årene bør brukes godt."), *(block(text, marker=f"{n}.", kind="item") for n, text in enumerate(lines, 1))]
    assert not any(s.question for s in _place(*years, asked=asked))
    said = [block("Her kommer svar på de tre første."), *(block(text, marker=f"{n}.", kind="item") for n, text in enumerate(lines, 1))]
    assert {s.text: s.question for s in _place(*said, asked=asked) if s.question} == dict(zip(lines, "123", strict=True))


def test_numbers_that_two_labels_confirm():
    """ "2 Treff?", "3 Eier?", "5 Mangler" beside answers, in part in the questions' words; "6/7" stands for both; other words unsay them."""
    asked = tuple(Question(number=str(n), text=text) for n, text in enumerate(
        ("Hvordan ser den ut?", "Treffer tiltakene i planen?", "Hvem eier tiltakene i planen?", "Hva kreves?", "Hva med skjerm?", "Hva glemte vi?",
         "Hvordan går vi videre?"), 1))
    rows = (("2 Treffer tiltakene?", "Kurset må bestå."), ("3 Hvem eier?", "Skolen bør styre."), ("5 Digitalt", "Video er bra."), ("6/7", "Møt oss oftere."))
    placed = {s.text: s.question for s in _place(*table(*rows), asked=asked) if s.question and s.noise != "echo"}
    assert placed["Video er bra."] == "5" and placed["Møt oss oftere."] in {"6", "7"}
    rows = (("1–2 Planen", "For lang."), ("3. Hvem eier tiltakene?", "Skolen bør styre."), ("4–5 Krav og skjerm", "Video er bra."), ("6. Hva glemte vi?", "Barn."))
    assert {s.question for s in _place(*table(*rows), asked=asked) if s.text == "Video er bra."} <= {"4", "5"}
    rows = (("2 Hvem eier?", "Kurset må bestå."), ("3 Treffer tiltakene?", "Skolen bør styre."), ("5 Digitalt", "Video er bra."))
    assert "Video er bra." not in {s.text for s in _place(*table(*rows), asked=asked) if s.question == "5"}


def test_a_number_in_a_form_with_parts():
    """ "1.", "2a.", "3." in the questionnaire's order are its questions, those without parts too."""
    asked = tuple(Question(number=n, text=text) for n, text in (
        ("1", "Hvordan ser den ut?"), ("2a", "Hva treffer?"), ("2b", "Hva treffer ikke?"), ("3", "Hva kreves?"), ("4a", "Hvem eier det?"), ("4b", "Hva er dyrest?")))
    rows = (("1. Form", "Kortere kapitler."), ("2a. Treff", "Kurset må bestå."), ("3. Krav", "Eldre først."), ("4b. Pris", "Bussen."))
    assert {s.text: s.question for s in _place(*table(*rows), asked=asked) if s.question and s.noise != "echo"} == {
        "Kortere kapitler.": "1", "Kurset må bestå.": "2a", "Eldre først.": "3", "Bussen.": "4b"}


def test_a_label_may_end_in_its_questions_number():
    """ "Leselighet (1)", "Penger og folk (4 og 5)": in brackets behind the label, upwards; figures that jump about count something else."""
    asked = tuple(Question(number=str(n), text=text) for n, text in enumerate(
        ("Hvordan ser den ut?", "Hva treffer?", "Hvem eier tiltakene?", "Hva kreves?", "Hva med skjerm?", "Hva mangler?"), 1))
    def under(*labels):
        rows = tuple(zip(labels, ("Kortere kapitler.", "Skolen bør legges ned.", "Eldre må komme først."), strict=True))
        return {s.text: s.question for s in _place(*table(*rows), asked=asked) if s.question and s.noise != "echo"}
    assert under("Leselighet (1)", "Eier av tiltakene (spm. 3)", "Skjerm (5 og 6)") | {"Eldre må komme først.": ""} == {
        "Kortere kapitler.": "1", "Skolen bør legges ned.": "3", "Eldre må komme først.": ""}
    assert not under("Barn (1)", "Unge (3)", "Eldre (5)") and not under("Behold skolen (2)", "Ferja bør gå om natta (4)", "Lys i løypa må til (5)")
    assert not under("Ungdommer (6)", "Voksne (2)", "Eldre (4)") and not under("Ungdommer (1)", "Voksne (14)", "Eldre (23)")


CONTINUED = (Question(number="A1", text="Er stiene gode nok?"), Question(number="A2", text="Hva mangler ved vannet?"))


def test_an_answer_may_go_on_in_the_next_row():
    """ "A1 (framh.)" is still the first."""
    placed = _of(_place(*table(("A1", "Stiene er smale."), ("A1 (framh.)", "De er også bratte."), ("A2", "Benker.")), asked=CONTINUED))
    assert placed["De er også bratte."] == "A1" and placed["Benker."] == "A2"


def test_paragraphs_numbered_as_the_questions_without_a_stop():
    """ "1 Stiene …", "2 Benkene …": as many as the questions, in order; fewer are the respondent's own."""
    asked = tuple(Question(number=str(n), text=text) for n, text in enumerate(("Er stiene gode nok?", "Hva mangler ved vannet?", "Hvem bør betale?"), 1))
    lines = ("1 Brøyting må til også i helgene.", "2 Det trengs flere søppelkasser.", "3 Kommunen får ta regningen.")
    assert list(_of(_place(*lines, asked=asked)).values()) == ["1", "2", "3"]
    assert set(_of(_place(*lines[:2], asked=asked)).values()) == {None}


@pytest.mark.parametrize("opens", ["Te spm. 2a: ", "Te 2a: ", "Ad 2a "])
def test_a_reference_in_dialect_or_without_a_stop_opens_the_answer(opens):
    """It is cut off, and the answer stands under its question."""
    placed = _place(f"{opens}Dei fleste held mål.")
    assert _of(placed)["Dei fleste held mål."] == "2a"


def test_a_sentence_that_opens_like_a_question_is_no_echo():
    """ "Hvem som …, må stå i planen" tells what is wanted."""
    asked = (Question(number="1", text="Hvem som skal følge opp tiltakene i kommunene, er det tydelig?"),)
    for line, noise in (("Hvem som skal følge opp tiltakene i kommunene, må stå i planen.", ""), ("Hvem skal følge opp tiltakene i kommunene?", "echo")):
        placed = questions.place(segment.cut(answer(line)), asked, encoder=False)
        assert [s.noise for s in placed] == [noise]


def test_a_question_at_a_sentences_end_makes_it_no_echo():
    """ "Strømmen betaler vi, har noen tenkt på det?" shares words with the questionnaire and asks nothing of it."""
    asked = (Question(number="1", text="Hva tenker dere om utstyret pasientene skal ha hjemme?"),)
    placed = questions.place(segment.cut(answer("Strømmen til alt utstyret hjemme er det pasientene som betaler, har noen tenkt på det?")), asked,
                             encoder=False)
    assert [s.noise for s in placed] == [""]
