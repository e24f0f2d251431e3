"""Regular places that hold questions."""

from pipeline.config import Question
from pipeline.language import questionnaire, questions, segment, slots
from pipeline.language.questionnaire import Hit, Piece
from tests.language.answers import QUESTIONS, answer, block, heading, table

FORM = questionnaire.Form(QUESTIONS)


def _settled(*blocks, known: dict[str, int]):
    """Text -> questions of each piece after settling, where ``known`` are found by their words."""
    pieces = [Piece(s, Hit((known[s.text],), 0.9) if s.text in known else None) for s in segment.cut(answer(*blocks))]
    slots.settle(pieces, FORM, encoder=False)
    return {p.statement.text: p.hit.questions if p.hit else None for p in pieces}


def test_the_rest_of_a_questions_cell_is_no_answer():
    """An explanation beside the question in its cell belongs to the form."""
    found = _settled(*table(("Relevans? Tenk på hele perioden", "Ja"), ("Presisjon?", "Nei")), known={"Relevans?": 2, "Presisjon?": 3})
    assert found["Tenk på hele perioden"] == (2,)


def test_a_table_with_few_known_questions_is_left_alone():
    """One hit among many cells is a chance."""
    found = _settled(*table(("Buss", "Ja"), ("Tog", "Nei"), ("Ferje", "Nei"), ("Relevans", "Ja")), known={"Relevans": 2})
    assert found["Buss"] is None and found["Ferje"] is None


def test_a_form_whose_known_questions_are_in_step_says_which_the_others_are():
    """Rows that frame the form in any words stand before and after its questions."""
    asked = [(f"Rad {n}", "Ja") for n in range(len(QUESTIONS))]
    found = _settled(*table(("Slik ble det til", "To møter"), *asked, ("Hilsen", "Kari")), known={"Rad 1": 1, "Rad 3": 3})
    assert [found[f"Rad {n}"] for n in range(len(QUESTIONS))] == [(n,) for n in range(len(QUESTIONS))]
    assert found["Slik ble det til"] == () == found["Hilsen"]


def test_the_head_row_is_no_answer():
    """ "Hva vi ble spurt om | Hva vi svarer" over known questions is neither question nor answer."""
    found = _settled(*table(("Dette ble vi spurt om", "Hva vi svarer"), ("Relevans", "Ja"), ("Presisjon", "Nei")),
                     known={"Relevans": 2, "Presisjon": 3})
    assert found["Dette ble vi spurt om"] == () and found["Hva vi svarer"] == ()


def test_a_number_column_names_the_question():
    """A number beside the question text, in a column of its own, is the row's question."""
    found = _settled(*table(("2a", "Holder de mål?", "Ja"), ("2b", "Skjønner vi dem?", "Nei")), known={"2a": 2, "2b": 3})
    assert found["Ja"] is None and found["2a"] == (2,)


def test_the_number_tells_of_a_label_whose_words_mislead():
    """ "2c Presist" among labels that bear their questions' numbers is question 2c; where the numbers are the respondent's own it is not."""
    rows = (("2a Treffer", "Ja"), ("2b Mål", "Nei"), ("2c Presist", "Nei"), ("2d Midler", "Nei"))
    for known, whose in (({"2a Treffer": 2, "2b Mål": 3, "2c Presist": 3, "2d Midler": 5}, (4,)),
                         ({"2a Treffer": 4, "2b Mål": 5, "2c Presist": 3, "2d Midler": 2}, (3,))):
        pieces = [Piece(s, Hit((known[s.text],), 0.6) if s.text in known else None) for s in segment.cut(answer(*table(*rows)))]
        slots._numbered(pieces, slots._groups(pieces)[0][0], FORM)
        assert next(p.hit.questions for p in pieces if p.statement.text == "2c Presist") == whose


def test_a_lone_question_in_a_letter_is_not_the_form():
    """A respondent's own question among headings stays what it is."""
    found = _settled(heading("Relevans"), "Ja.", "Hvem skal betale for dette?", heading("Presisjon"), "Nei.",
                     known={"Relevans": 2, "Presisjon": 3})
    assert found["Hvem skal betale for dette?"] is None


def test_as_many_headings_as_questions_in_their_order():
    """What is known of the headings stands where it should: the others are the questions of their places."""
    asked = tuple(Question(number=str(n), text=text) for n, text in enumerate((
        "Hva må til for flere butikker og kunder i sentrum?", "Bør hovedgata stenges for biler?", "Hvor høyt bør det kunne bygges?",
        "Hva er viktigst for at dere skal trives?", "Har dere andre merknader til planen?"), 1))
    lines = [b for title, text in (("Flere butikker og kunder", "Gårdeierne må få et dytt."), ("Gata og parkering", "Varebiler må slippe til."),
                                   ("Etasjer", "Fem er greit."), ("Trivsel", "Flere benker."), ("Andre merknader", "Bygg mindre boliger."))
             for b in (heading(title), block(text))]
    placed = questions.place(segment.cut(answer(*lines)), asked, encoder=False)
    assert {s.text: s.question for s in placed if s.kind != "heading"} == {
        "Gårdeierne må få et dytt.": "1", "Varebiler må slippe til.": "2", "Fem er greit.": "3", "Flere benker.": "4", "Bygg mindre boliger.": "5"}


ROADS = tuple(Question(number=str(n), text=text) for n, text in enumerate((
    "Hvor ofte bør veiene feies og vaskes om våren?", "Hva bør gjelde for parkering ved skoler og butikker?",
    "Hvem skal klippe hekkene, og hva bør det koste?", "Er det noe annet dere vil ta opp?"), 1))


def _asked(*rows):
    placed = questions.place(segment.cut(answer(*table(*rows))), ROADS, encoder=False)
    return {s.text: s.question for s in placed}


def test_a_forms_rows_between_who_and_when_are_the_questions():
    """The rows that ask who answers and who signs are none; the others are as many as the questions, in their order and words."""
    found = _asked(("Hvem svarer?", "Grendelaget"), ("Møtedato", "3. mai"), ("Feiing og vask av veiene", "Hver uke."), ("Parkering ved skoler", "Forby det."),
                   ("Klipping av hekker", "Eieren selv."), ("Annet", "Mer lys."), ("Underskrift", "E. Li"))
    assert [found[text] for text in ("Hver uke.", "Forby det.", "Eieren selv.", "Mer lys.")] == ["1", "2", "3", "4"]


def test_rows_of_ones_own_are_no_questions_for_being_as_many():
    """Only where the words of most rows speak for it."""
    found = _asked(("Benker", "Flere."), ("Lys", "Mer."), ("Gjerder", "Færre."), ("Annet", "Blomster."))
    assert found["Flere."] is None and found["Færre."] is None


def test_short_headings_in_the_questions_order_are_the_questions():
    """One is known, the others are each most like the question of their place; the answer's title stands above them."""
    titles = (("Svar frå grendelaget", "Vi er 40 hus."), ("Vask", "Kvar vår."), ("Parkering ved skuler", "Forby det."), ("Klipping", "Eigaren sjølv."),
              ("Anna", "Meir lys."))
    placed = questions.place(segment.cut(answer(*(b for title, text in titles for b in (heading(title), block(text))))), ROADS, encoder=False)
    found = {s.text: s.question for s in placed}
    assert [found[text] for text in ("Vi er 40 hus.", "Kvar vår.", "Forby det.", "Eigaren sjølv.", "Meir lys.")] == [None, "1", "2", "3", "4"]


def test_headings_each_most_like_the_question_at_its_place_are_the_questions():
    """Though none is known by its words; in another order they are the respondent's own."""
    def asked(*titles):
        placed = questions.place(segment.cut(answer(*(b for n, title in enumerate(titles) for b in (heading(title), block(f"Svar nummer {n}."))))),
                                 ROADS[:3], encoder=False)
        return [s.question for s in placed if s.text.startswith("Svar")]

    titles = ("Vask og våren", "Skoler og annet", "Hekkene og annet")
    assert asked(*titles) == ["1", "2", "3"]
    assert asked(titles[2], titles[0], titles[1]) == [None, None, None]


def test_the_head_above_the_labels_is_none_of_them():
    """ "Spørsmål" above as many labels as there are questions."""
    found = _asked(("Spørsmål", "Svar"), ("Feie og vaske veiene om våren", "Hver uke."), ("Bilene", "Forby det."),
                   ("Hvem skal klippe hekkene", "Eieren selv."), ("Hundene", "Mer lys."))
    assert [found[text] for text in ("Hver uke.", "Forby det.", "Eieren selv.", "Mer lys.")] == ["1", "2", "3", "4"]
