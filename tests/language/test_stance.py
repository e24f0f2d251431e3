"""Which side a clause takes: praise against criticism, for against, never the number of negations."""

from pathlib import Path

import pytest

from pipeline.language import shorten, stance

HERE = Path(__file__).parent


def pairs(name: str) -> list[tuple[str, str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [tuple(part.strip() for part in line.split("||")) for line in lines if line.strip()]


def compatible(one: str, other: str) -> bool:
    return stance.compatible(stance.of(shorten.core(one)), stance.of(shorten.core(other)))


@pytest.mark.parametrize(("one", "other"), pairs("opposites.txt"))
def test_opposite_views_are_never_compatible(one, other):
    """Trap 8: negation, antonyms, too much against too little, keep against remove, whom, when, how many."""
    assert not compatible(one, other)
    assert not compatible(other, one)


@pytest.mark.parametrize(("one", "other"), pairs("agreeing.txt"))
def test_views_that_agree_in_other_words_are_compatible(one, other):
    """A demand for better agrees with criticism of today, however many negations each has."""
    assert compatible(one, other)


def test_a_demand_for_clarity_is_criticism_and_opposes_praise():
    """The example of the field: three criticise, one of them with a negation, and one praises."""
    critics = [
        stance.of(t)
        for t in (
            "Ansvaret må plasseres tydeligere.",
            "Ansvaret er ikke tydelig nok plassert.",
            "Ansvaret bør definerast klarare enn i dag.",
        )
    ]
    praise = stance.of("Ansvaret er tydelig plassert.")
    assert {c.kind for c in critics} == {"criticism"}
    assert praise.kind == "praise"
    assert all(stance.contradicts(c, praise) for c in critics)


@pytest.mark.parametrize(
    "text",
    [
        "Vi støtter forslaget, med forbehold om finansiering.",
        "Sammenslåing er greit så lenge tilbudet blir i bygda.",
        "Planen kan vedtas, forutsatt at staten betaler.",
        "Vi er med, men bare hvis vi får hjelp.",
        "Ordninga bør halde fram under føresetnad av at ho blir evaluert.",
    ],
)
def test_a_reservation_is_seen(text):
    """A forbehold keeps a clause apart from those without it."""
    assert stance.of(text).reserved
    assert shorten.reserved(text)
    assert not stance.compatible(stance.of(text), stance.of("Vi støtter forslaget."))


def test_ikke_bare_is_no_negation():
    """ "Ikke bare", "ikke minst" add; they do not deny."""
    assert stance.of("Navn må stå, ikke bare etat.").kind == "wish"


def test_many_measures_is_no_direction():
    """ "Flere av tiltakene" counts things; "flere tiltak" asks for more."""
    assert not any(scale == "mengde" for scale, _ in stance.of("Flere av tiltakene er aktuelle.").wants)
    assert ("mengde", 1) in stance.of("Det trengs flere tiltak.").wants


def test_no_to_a_question_turns_its_stance():
    """The answer no to "er tiltakene aktuelle" criticises."""
    assert stance.negated(stance.of("Er tiltakene aktuelle")).kind == "criticism"
    assert stance.negated(stance.of("Kan dere ta ansvaret")).wants == {("evne", 1)}


def test_a_group_keeps_every_side_it_has():
    """A pooled side refuses whatever one of its members refuses."""
    side = stance.Side(stance.of("Ordningen er rettferdig."))
    side.add(stance.Side(stance.of("Ordningen er bra.")))
    assert not side.compatible(stance.Side(stance.of("Ordningen er urettferdig.")))
    assert not side.compatible(stance.Side(stance.of("Ordningen er dårlig.")))
    assert side.compatible(stance.Side(stance.of("Ordningen er god.")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Det må følge stillinger med til bydelene.", "Nye oppgaver kan ikke legges til bydelene uten at det følger stillinger med."),
        ("Stillingar må på plass fyrst.", "Me kan ikkje ta imot fleire oppgåver utan å få stillingar."),
        ("Brøytinga er det lite å utsetje på.", "Det er brøytet ofte nok."),
        ("Vi savner ikke flere kurs.", "Kurstilbudet er godt nok."),
        ("Vi er ikke i tvil om at grunneierne må høres.", "Grunneierne må høres."),
    ],
)
def test_two_negations_that_come_to_a_demand_or_to_praise_oppose_neither(one, other):
    """ "Kan ikke … uten at", "lite å utsette på", "savner ikke" and "ikke i tvil om" are read as what they mean."""
    a, b = (stance.of(shorten.core(t)) for t in (one, other))
    assert not stance.opposite(a, b)
    assert not stance.opposite(b, a)


def test_what_must_come_first_is_a_condition():
    """ "Ikke vedtas uten endringer" is a demand for changes, kept apart from plain demands."""
    clause = stance.of("Planen bør ikke vedtas uten endringer.")
    assert clause.kind == "wish"
    assert clause.conditional


def test_enough_of_a_thing_is_not_a_thing_that_is_good():
    """ "Det er ryddet nok" wants no more of it, "ryddingen er det ingenting å utsette på" praises how it is done."""
    assert not compatible("Det er ryddet nok.", "Ryddingen er det ingenting å utsette på.")


def test_not_before_is_no_offer():
    """ "Kan ikke … før" says what must come first; it offers nothing."""
    clause = stance.of("Vi kan ikke ta imot flere anlegg før finansieringen er avklart.")
    assert clause.kind != "praise"
    assert ("evne", -1) not in clause.wants


def test_equal_parts_of_stances_are_one_object():
    """Most are empty, and a large hearing has a hundred thousand clauses."""
    one, other = stance.of("Planen bør bli kortere."), stance.of("Møtene bør bli kortere.")
    assert one.wants and one.wants == other.wants and one.wants is other.wants
    assert one.numbers is other.numbers


@pytest.mark.parametrize("text", ["det er urett å betale like mye", "det er feil at foretaket har ansvaret", "det er meningsløst å bygge ut skolen"])
def test_calling_a_thing_wrong_rejects_it(text):
    """ "Urett å betale" is against paying, though the sentence has no negation."""
    assert stance.of(text).kind == "rejection"
    assert stance.of("det er feil å si at planen er for lang").kind != "rejection"


@pytest.mark.parametrize(("one", "other"), [
    ("Kommunen går inn for et besøksbidrag.", "Besøksbidrag trur vi ikke på."), ("Vi tror på felles vakt.", "Felles vakt tror vi ikke på."),
    ("Hjulet på side 4 må vekk.", "Hjulet på side 4 liker vi."), ("Tabellen bør bort.", "Tabellen likar vi."), ("Tabellen liker vi ikke.", "Tabellen liker vi."),
])
def test_away_with_it_is_against_liking_it(one, other):
    """ "Må vekk" removes, "liker" supports: never one point."""
    assert not stance.compatible(stance.of(one), stance.of(other))


@pytest.mark.parametrize("told", ["Skjemaet spør om det samme tre steder, og ingen av rutene tåler mer enn førti tegn.", "Skjemaet krasjer på mobilen."])
def test_praise_is_not_joined_with_what_is_only_told(told):
    """What is told of a thing that another praises may well be a complaint; a judgement in words unknown may be joined."""
    assert not stance.Side(stance.of("Skjemaet fungerer utmerket.")).compatible(stance.Side(stance.of(told)))
    assert stance.Side(stance.of("Ordningen er god.")).compatible(stance.Side(stance.of("Ordningen er rettferdig.")))


def test_more_than_a_number_measures():
    """ "Mer enn førti" asks for nothing; "mer enn en" and "flere" may."""
    assert not any(scale == "mengde" for scale, _ in stance.of("Ingen av rutene tåler mer enn førti tegn.").wants)
    assert any(scale == "mengde" for scale, _ in stance.of("Det trengs flere buss-stopp.").wants)


@pytest.mark.parametrize(("one", "other"), [
    ("Forbudet kan ikke aksepteres.", "Forbudet er vi svært glade for, og det må ikke utvannes."),
    ("Vi støtter at alt samles på ett sted.", "Skal alt samlast på ein stad, er det slutt for våre, så det seier vi tvert nei te."),
    ("Vi sier ja til å samle alt der.", "Det seier me nei til å samle."), ("Ordningen bør avvikles.", "Ordningen må ikke røres."),
])
def test_opposites_in_everyday_words(one, other):
    """Gladness, "ikke utvannes", "tvert nei te" and a supposed case before the comma are read as what they say."""
    assert not stance.compatible(stance.of(one), stance.of(other))


def test_what_is_supposed_is_not_wished_for():
    """ "Skal noe stå øverst, må det være barn" wishes for the second part; "skal kortes ned, er for lang" for the first."""
    assert stance.of("Skal vi klare dette, må det penger på bordet.").kind == "wish"
    assert ("mengde", -1) in stance.of("Skal kortes ned, er for lang nå i dag.").wants


@pytest.mark.parametrize(("one", "other"), [
    ("Rapportering hvert kvartal er passe.", "To rapporter i året holder lenge, fire er å måle seg i hjel."),
    ("Kvartalsvis rapportering har vi inga innvending mot.", "Rapportering kvart kvartal er altfor ofte for små kommunar."),
    ("Vi er overrasket over at noen vil fjerne ordningen.", "Ordningen er nå rutine og kan fjernes."),
])
def test_opposites_about_how_often_and_whether_at_all(one, other):
    """Having nothing against a thing is no criticism of it, and surprise at its removal is no wish for it."""
    assert not stance.Side(stance.of(one)).compatible(stance.Side(stance.of(other)))


def test_a_threat_is_no_demand_and_enough_is_not_more():
    """ "Steng gata, så stenger vi" only supposes; "det holder med ambulansebåten" has enough."""
    assert not stance.compatible(stance.of("Steng gata, så stenger vi butikkene."), stance.of("Ja, steng den!"))
    assert not stance.of("Skriv kort, så folk leser det.").conditional
    assert not stance.compatible(stance.of("Det holder med ambulansebåten om natta."), stance.of("Det må være mer enn ambulansebåten om natta."))


@pytest.mark.parametrize(("text", "kept"), [
    ("Tilskuddet bør framleis delast ut samla.", True), ("Møtene bør være slik som i dag.", True), ("Ordningen må bestå.", True),
    ("Tilskuddet bør gå rett ut til lagene.", False), ("Slik det er i dag, går det ikke.", False),
])
def test_what_wants_things_as_they_are(text, kept):
    """A demand to go on as before is told from one for something new."""
    assert stance.keeps(text) is kept


@pytest.mark.parametrize(("one", "other"), [
    ("Vi rår ifrå å utvide sonen.", "Sonen bør utvides."), ("Det rår vi ifrå.", "Det støtter vi."),
    ("Vedlegg 3 bør ut av planen.", "Vedlegg 3 bør stå i planen."), ("Vi vil ikke ha rundkjøring her, for da kan ikke bussen snu.", "Vi vil ha rundkjøring her."),
    ("Vakten bør settes ut til et privat firma.", "Kommunen bør holde vakt selv."),
    ("Innkjøring må være tillatt hele dagen.", "Innkjøring bør bare være tillatt før klokka ni."),
    ("Ikke begynn med et prøveår.", "Det bør være et prøveår."), ("Vi vil itte ha bane her.", "Vi vil ha bane her."),
    ("Noen leder treng vi ikkje bruke pengar på, det er folk vi manglar.", "Laget trenger en leder på heltid."),
    ("Vakten bør settes ut til et privat firma.", "Vakten bør ligge hos kommunen."), ("Møtene bør holdes på Teams.", "Møtene bør være fysiske."),
])
def test_opposed_in_words_much_alike(one, other):
    """A verb that advises against, out and in, a reason that denies something else, who does it and how much of the day."""
    assert not stance.compatible(stance.of(one), stance.of(other))


@pytest.mark.parametrize(("text", "supports"), [
    ("Vi er uroa for at det manglar ressursar.", False), ("Vi er bekymret for den nye veien.", False), ("Vi er redde for at det blir dyrt.", False),
    ("Vi er for en gangvei.", True), ("Rådet er helt for at veien bygges.", True),
])
def test_who_fears_is_not_for(text, supports):
    """ "Vi er for" supports; "vi er uroa for" complains."""
    assert (("støtte", 1) in stance.of(text).wants) is supports


@pytest.mark.parametrize(("one", "other"), [
    ("Karakterer stresser elevene.", "Karakterer motiverer elevene."), ("Vindmøllene gir arbeidsplasser.", "Vindmøllene ødelegger utsikten."),
])
def test_what_no_list_of_words_tells_shows_no_side(one, other):
    """Two statements that neither demand nor judge show nothing in common: likeness alone never makes them one point."""
    assert not stance.agreement(stance.of(one), stance.of(other))


@pytest.mark.parametrize(("one", "other", "how"), [
    ("Planen bør kortes ned.", "Planen er altfor lang.", "plain"),
    ("Vi ønsker en felles brosjyre.", "Felles brosjyre.", "likely"),
    ("Legg en rampe ved døra.", "Rampe ved døra.", "likely"),
    ("Brosjyren må gis ut på nytt.", "Vi mangler en brosjyre.", "possible"),
    ("Rapportering hvert halvår er bra.", "Vi støtter rapportering hvert halvår.", "possible"),
    ("Planen er god.", "Planen må skrives om.", ""),
])
def test_how_plainly_two_are_on_one_side(one, other, how):
    """More of the same is plain; a noun alone asks for the thing; what tells nothing is no agreement."""
    assert stance.agreement(stance.of(one), stance.of(other)) == how


@pytest.mark.parametrize("text", [
    "Gjerdet må bygges først, for øst for elva går ingen trygt.", "Gjerdet må bygges, da ingen ellers tør gå der.",
    "Gjerdet må bygges, så ingen går seg bort.", "Gjerdet bør, i den grad det ikke finnes fra før, bygges.",
    "Gjerdet må bygges, siden ingen vil ha sauer i hagen.", "Gjerdet er ikke nevnt, og det må bygges.",
    "Ingen har bygd gjerdet, så det må kommunen gjøre.", "Gjerdet må bygges av kommunen, ikke av bøndene.",
])
def test_what_is_denied_beside_a_demand_does_not_turn_it(text):
    """A reason, a result, what is wrong today and what is refused beside the thing leave the demand a demand."""
    assert stance.of(text).kind == "wish"


def test_what_is_refused_beside_the_thing_opposes_it():
    """ "…, ikke etter folketall" is against folketall, also in the other spelling, unless both refuse it."""
    refusing, asking = stance.of("Midlene må fordeles etter avstand, ikke etter folketal."), stance.of("Midlene må fordeles etter folketall.")
    assert not stance.compatible(refusing, asking)
    assert not stance.Side(refusing).compatible(stance.Side(asking))
    assert stance.compatible(refusing, stance.of("Midlene må fordeles etter avstand og ikke etter folketall."))


@pytest.mark.parametrize(("text", "reserved"), [
    ("Utvalget forutsetter at leien følger prisene.", False), ("Dette forutsetter at staten betaler.", True),
    ("Vi støtter forslaget, men forutsetter at staten betaler.", True),
    ("Så lenge kartene ikke stemmer, tegner vi alt to ganger.", False), ("Sammenslåing er greit så lenge tilbudet blir i bygda.", True),
])
def test_what_is_demanded_or_deplored_is_no_reservation(text, reserved):
    """ "Vi forutsetter at" begins a demand, "så lenge … ikke" a complaint."""
    assert stance.of(text).reserved is reserved


@pytest.mark.parametrize("text", ["Fjernvarme er greit.", "Vi la inn fjernvarme i fjor.", "Bussen stopper ved skolen.", "Familier flytter hit om våren.",
                                  "Kiosken ligger rett ved kaia."])
def test_words_that_only_look_like_keeping_or_praise(text):
    """A bus that stops and people that move take nothing away."""
    assert ("bestå", -1) not in stance.of(text).wants
    assert ("god", -1) not in stance.of(text).wants or "greit" in text
