"""Support for another body's answer."""

import pytest

from pipeline.config import Body
from pipeline.language.endorsement import find, left_out
from tests.language.answers import BODIES, QUESTIONS


def _find(text, **fields):
    return find(text, **{"own": ("Utvalg Nord",), "bodies": BODIES, "questions": QUESTIONS, **fields})


@pytest.mark.parametrize("text", [
    "Vi slutter oss til innspillet fra Sørregionen.",
    "Utvalget stiller seg bak svaret fra Utvalg Sør.",
    "Me sluttar oss til fråsegna frå Sørregionen.",
    "Elles sluttar FAU seg til det Sørregionen har skrive om ferja.",
    "Vi støtter Sørregionens innspill.",
    "Utvalg Nord er enig med Sørregionen.",
    "Vi gir vår tilslutning til uttalelsen fra Sørregionen.",
    "Samme som Sørregionen",
    "Utvalg Nord sluttar seg i det meste til svaret frå Sørregionen.",
    "Her støtter vi alt som Sørregionen skriver.",
    "Slutter oss ellers til det Sørregionen har skrevet.",
    "Utvalget støtter for øvrig det Sørregionen har skrevet.",
    "Det Sørregionen skriv, e vi enig i, kvart et ord.",
    "For øvrig vises det til Sørregionen, hvis syn vi deler.",
    "Her er vi helt enige med Utvalg Sør.",
    "Vi er i det vesentlige enige med Sørregionen i det de skriver.",
    "Helt enig med Sørregionen.",
    "Ellers støttes det Sørregionen sier om hva planen mangler.",
    "Utvalet sluttar seg i det vesentlege til fråsegna frå Sørregionen.",
    "Me er samde i det Sørregionen skriv.",
    "Sørregionen har skrevet det vi mener.",
    "Her har Sørregionen rett.",
    "Sørregionen seier det same som oss.",
    "Vi mener det samme som Sørregionen.",
    "Vi har ikke noe å legge til det Sørregionen skriver.",
    "Innspillet fra Sørregionen støttes fullt ut.",
    "Vi deler synet til Sørregionen.",
    "Utvalet stør fråsegna frå Sørregionen.",
    "Vi viser til svaret fra Sørregionen.",
    "Vi slutter oss helt og fullt til det Sørregionen skriver om ferja.",
    "Vi har lest det Sørregionen har sendt, og slutter oss til det.", "Nordigarden slutte seg te det som Sørregionen har skreve.",
    "Utvalet støttar det som Utvalg Sør seier om vegen.",
    "Vi stiller oss bak alt det Sørregionen påpeker.",
    "Vi viser til innspillet fra Sørregionen, som vi støtter.",
    "Me har lese fråsegna frå Sørregionen og sluttar oss heilt til den.",
    "Vi har sett uttalelsen fra Sørregionen og er helt enige.",
    "Vi gir vår fulle tilslutning til svaret fra Sørregionen.",
    "Uttalelsen fra Sørregionen dekker også våre synspunkter.",
    "Det Sørregionen har skrevet, og som vi fikk lese på forhånd, kan vi sette navnet vårt under.",
    "Alt Sørregionen skriv, kan vi skrive under på.",
    "Vi skriver under på svaret fra Sørregionen.",
    "Det Sørregionen har spelt inn om vegen, støttar vi.",
    "Det som er sagt fra Sørregionen om ferja, kunne vi ha skrevet selv.",
    "Vi har lest brevet fra Sørregionen og slutter oss til det som står der.", "Det Sørregionen skriv om ferja, stør utvalet fullt ut.",
    "For øvrig slutter begge utvalgene seg til det Sørregionen skriver om ferja.",
    "Utvalget slutter seg i det store og hele til det Sørregionen har skrevet.",
    "For øvrig slutter utvalget seg til det Sørregionen har uttalt om ferja.",
])
def test_endorsements_name_whom_they_support(text):
    """The supported body is found by name, alias and genitive, never the speaker."""
    assert _find(text).bodies == ("Utvalg Sør",)


def test_a_body_is_called_by_its_name_without_the_place_where_no_other_is():
    """ "Byungdomsrådet" is the one in Vik; where two are called so, it names neither."""
    one, other = Body(name="Byungdomsrådet i Vik"), Body(name="Byungdomsrådet i Strandby")
    text = "Ellers slutter begge seg til det Byungdomsrådet skriver om ferja."
    assert _find(text, bodies=(*BODIES, one)).bodies == ("Byungdomsrådet i Vik",)
    assert _find(text, bodies=(*BODIES, one, other)) is None


@pytest.mark.parametrize("text", [
    "Vi støtter tiltakene i planen.",
    "Vi stiller oss bak målene om færre innleggelser.",
    "Vi støtter Sørregionen i at ansvaret må flyttes.",
    "Vi støtter at Sørregionen får prosjektet.",
    "Vi støtter tiltaket om ny ferje mellom Strandby og Sørregionen.",
    "Sørregionen har lang vei til sykehuset.",
    "Utvalg Nord slutter seg til planen.",
    "Sørregionen har rett til eget tilskudd.",
    "Sørregionen sier at det vi gjør er bortkastet.",
    "Vi viser til at Sørregionen har svart.",
    "Tiltakene i Sørregionen støttes av sykehuset.",
    "Vi deler utstyr med Sørregionen.",
    "Vi skriver under på at Sørregionen har lang vei.",
    "Skiltene i Sørregionen kan vi sette under en felles plan.",
    "Vi har lest uttalelsen fra Sørregionen og er enige om at dette haster.",
    "Innspillet fra Sørregionen dekker vår kommune dårlig.",
    "Det Sørregionen har foreslått om ferja, har vi ikke lest.",
])
def test_trap_10_a_body_mentioned_is_not_a_body_endorsed(text):
    """Support for measures, and points spelled out, are the body's own."""
    assert _find(text) is None


def test_questions_named_are_resolved():
    """A number means its question or its group; a subject means its block; else the question it stands under."""
    assert _find("Vi slutter oss til innspillet fra Sørregionen (punkt 1).").questions == ("1a", "1b")
    assert _find("Vi slutter oss til svaret fra Sørregionen på spørsmål 2a og 2c.").questions == ("2a", "2c")
    assert _find("Vi støtter innspillet fra Sørregionen når det gjelder ressurser.").questions == ("2d",)
    assert _find("Vi støtter innspillet fra Sørregionen.", question="2b").questions == ("2b",)
    assert _find("Vi støtter innspillet fra Sørregionen.").questions == ()


def test_an_unknown_number_is_not_read_as_the_whole_answer():
    """ "punkt 9" that the questionnaire lacks is shown to the reviewer."""
    assert _find("Vi slutter oss til innspillet fra Sørregionen, punkt 9.").unresolved or \
        _find("Vi slutter oss til innspillet fra Sørregionen punkt 9.").unresolved


@pytest.mark.parametrize("text", [
    "Vi slutter oss ikke til innspillet fra Sørregionen.",
    "Vi slutter oss til innspillet fra Sørregionen med forbehold om økonomi.",
    "Vi slutter oss til innspillet fra Sørregionen, men med forbehold om økonomi.",
])
def test_trap_8_forbehold_and_negation_are_seen(text):
    """Support that is refused or reserved is never plain support."""
    found = _find(text)
    assert found is None or found.reserved


def test_all_others_are_meant_by_the_others():
    """ "de andre regionene" is every body but the speaker."""
    assert _find("Vi slutter oss til innspillene fra de andre regionene.").bodies == ("Utvalg Sør", "Utvalg Midt")


def test_the_own_view_after_the_endorsement_is_found():
    """Where the body goes on with a view of its own, the endorsement ends."""
    text = "Vi slutter oss til innspillet fra Sørregionen, men mener at fristene er for korte."
    assert text[_find(text).end:].lstrip(" ,") == "men mener at fristene er for korte."


def test_an_exception_is_kept_visible():
    """Support but for one point counts for the other questions, and says what it leaves out."""
    found = _find("Vi er enige med Sørregionen, bortsett fra punkt 2.")
    assert found.questions == ("1a", "1b", "3") and found.exception == "bortsett fra punkt 2." and not found.reserved
    found = _find("Me sluttar oss til svaret frå Sørregionen, med unntak av punkt 9.")
    assert found.unresolved and found.questions == ()


def test_an_exception_in_words_is_a_view_of_its_own():
    """What is left out may be an opinion: the endorsement ends where it begins."""
    text = "Vi støtter innspillet fra Sørregionen, unntatt forslaget om å legge ned legevakten om natten."
    found = _find(text)
    assert text[found.end:].lstrip(" ,").startswith("unntatt forslaget") and not found.reserved


def test_a_bare_reference_is_told_from_support():
    """ "Viser til svaret fra …" may be meant as support: the reviewer is asked."""
    assert _find("Vi viser til svaret fra Sørregionen.").only_refers
    assert not _find("Vi støtter svaret fra Sørregionen.").only_refers


def test_a_long_text_is_no_endorsement():
    """Patterns are not run over pages of text."""
    assert _find("Vi slutter oss til innspillet fra Sørregionen. " * 100) is None


@pytest.mark.parametrize(("text", "what"), [
    ("men ikke til kravet om bemanning.", "kravet om bemanning"), ("med unntak av det som står om ferja.", "det som står om ferja"),
    ("unnateke framlegget om nattevakt", "framlegget om nattevakt"), ("men mener at fristene er for korte.", ""), ("unntatt at prisen er høy", ""),
])
def test_what_an_exception_leaves_out(text, what):
    """A thing that is named, not a view that is argued."""
    assert left_out(text) == what


@pytest.mark.parametrize("tail", ["så det treng vi ikkje gjenta.", "og det trenger vi ikke å gjenta her."])
def test_what_need_not_be_said_again_denies_nothing(tail):
    """The "ikke" belongs to the repeating, not to the support; one that denies still does."""
    found = _find(f"Om ansvaret er vi heilt samde med det Sørregionen skriv, {tail}")
    assert found.bodies == ("Utvalg Sør",) and not found.reserved
    assert _find("Vi støtter ikke det Sørregionen skriver om ansvaret.").reserved


@pytest.mark.parametrize("text", [
    "I det Sørregionen skriv om aspirantane, er vi samde.", "Først: vi har lest det som Sørregionen har skrivi, og det stiller vi oss bak.",
    "Om teknologi har Sørregionen alt skrevet det meste, og vi slutter oss til det.", "Det Sørregionen har skreve, er vi enig i.",
])
def test_support_behind_what_was_written(text):
    """The other's words come first, in dialect as well."""
    found = _find(text)
    assert found.bodies == ("Utvalg Sør",) and not found.reserved


def test_an_exception_after_the_others_words():
    """ "Det X skriver, er vi enige i, bortsett fra …" supports with an exception, as the other order does."""
    text = "Det Sørregionen har skrevet, er vi enige i, bortsett fra parkeringen de vil legge rett utenfor stueveggen vår."
    found = _find(text)
    assert found.bodies == ("Utvalg Sør",) and not found.reserved
    assert text[found.end:].lstrip(" ,").startswith("bortsett fra parkeringen") and found.exception.startswith("bortsett fra")
    assert _find("Det Sørregionen skriver, er vi enige i, unntatt punkt 2.").questions == ("1a", "1b", "3")


def test_a_name_in_the_other_written_form_is_known():
    """ "Skulekorpset" is the body that the settings call "Skolekorpset"."""
    korps = (Body(name="Nes skolekorps", aliases=("Skolekorpset",)), Body(name="Utvalg Nord"))
    found = find("Vi sluttar oss til det skulekorpset har svart.", own=("Utvalg Nord",), bodies=korps, questions=())
    assert found.bodies == ("Nes skolekorps",)


@pytest.mark.parametrize("who", ["formannskapet", "kommunestyret", "bystyret", "eldrerådet", "laget", "velforeninga"])
def test_who_endorses_behind_the_verb(who):
    """ "Når det gjelder X, slutter formannskapet seg til …": whoever decides for the body."""
    found = find(f"Når det gjelder måling, slutter {who} seg til uttalelsen fra Lungelaget.", own=("Nes kommune",),
                 bodies=(Body(name="Lungelaget"), Body(name="Nes kommune")), questions=(), question=None)
    assert found is not None and found.bodies == ("Lungelaget",)
