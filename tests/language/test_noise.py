"""What is an opinion and what is not."""

from dataclasses import replace

import pytest

from pipeline.config import Question
from pipeline.language import noise, segment
from tests.language.answers import BODIES, QUESTIONS, answer, block, find, heading, item, kept, read, table


@pytest.mark.parametrize("line", [
    "Vår ref.: 25/1234-5", "Dykkar ref.:", "Saksbehandler: Eva Holm", "Dato: 3. mars 2025", "Fjellvik, 03.03.2025", "Postboks 12, 4999 Fjellvik",
    "Storgata 14", "Telefon 37 00 11 22", "postmottak@fjellvik.example.no", "Org.nr. 999 888 777", "Side 2 av 5", "Kopi til: Utvalg Sør",
    "Til: Sekretariatet", "Hei!", "Hei Marit,", "Mvh", "Med vennlig hilsen", "Venleg helsing", "Vedlegg: Referat", "Elektronisk godkjent",
    "Vi viser til brev av 3. mars om høring av planen.", "Vi syner til e-post av 2. mai.", "Takk for muligheten til å gi innspill.",
    "Me takkar for høvet til å kome med innspel.", "Saken ble behandlet i møte 12.10.2025.", "Ta kontakt dersom noe er uklart.",
    "Her er det endelige svaret fra Utvalg Nord.", "Det kommer i stedet for det foreløpige, som kan makuleres.", "Vedtaket var samrøystes.",
    "Sjå òg e-posten vår frå desember.", "Se bilder i egen e-post.", "Ærbødigst", "Med ærbødig hilsen", "Ikke behandlet", "n/a", "-", "Se svar på spørsmål 1.", "Samme som over", "Utvalg Nord", "Sendt fra min iPhone",
    "Forfall: Per Lie", "Møteleder: Kari Moe", "Enstemmig vedtatt", "Neste møte er 3. desember.", "Innkallingen ble godkjent.",
    "Eldrerådet i Fjellvik, v/ leder Kari Lund.", "Sendt 4. mai.", "Turlaget og velet har levert hver sin uttalelse, men vil ta opp dette sammen:",
    "Vi har sendt hvert vårt svar, men to saker vil vi stå sammen om.", "Saka var oppe på årsmøtet, som vi måtte flytte til skolen.",
    "Bruk denne i stedet for den vi sendte sist uke, nå har alle fått lest den.", "Svar inni spørsmåla.",
    "Fra strategien: «Vi skal samarbeide om gode tjenester i hele regionen.»",
])
def test_wrapping_is_noise(line):
    """Letterheads, references, greetings, closings, minutes' formalities, references elsewhere and quotes are no opinions."""
    (statement,) = read(line)
    assert statement.type == "noise" and statement.noise


@pytest.mark.parametrize("line", [
    "Møtene bør legges til dagtid.", "Saksbehandlere trenger opplæring.", "Telefontiden er for kort.", "Vedlegg 2 er uleselig.",
    "Ingen har ansvar for helheten.", "Ingen merknader til målene, men tiltakene er for svake.", "Vi har ingen tro på tiltaket.",
    "Dato for ferdigstillelse mangler på de fleste tiltakene.", "Støttes med forbehold om finansiering.", "Bør utgå", "Færre tiltak",
    "Takk for en god plan, den er lett å bruke.", "Planen sier «bør» der den skulle sagt «skal».", "Referatene må publiseres.",
    "Vi viser til vårt tidligere innspill om legevakt og mener fortsatt at den må ligge i vest.", "Me treng fleire folk.",
    "For kommunen er dette en stor belastning", "Eventuelt kan kommunen ta ansvaret", "Vennligst gjør planen kortere",
    "Byggestart i 2026 er ikke realistisk.", "Mobil dokumentasjon ute hos brukeren gir mer tid.", "1,5 årsverk", "Frist 2027, ikke 2026",
    "Hilsningsfrasene i malen kan strykes", "Vi held på Tangen, for der er det plass til både hall og bane.", "Lagene har sendt hvert sitt svar, men krever begge at ferja går.",
    "Kartet på side 5 har plassert byen i feil fylke.", "Vi har vært med fra første møte og er fornøyde med det.",
    "Planen ble lagt fram i møtet, og styret ønsker flere tiltak.", "Prosjektleder i full stilling", "Er det noen som har regnet på dette?", "Det står mye om strukturer og lite om mennesker.", "Adresselister bør ligge på nett.",
])
def test_opinions_that_look_like_wrapping_are_kept(line):
    """To lose a voice is worst: near-noise with a view of its own stays substance."""
    (statement,) = read(line)
    assert statement.type == "substance"


def test_a_letter_keeps_its_opinions_only():
    """From letterhead to signature, only the views are left."""
    sifted = read("Utvalg Nord", "Postboks 3", "4999 Fjellvik", "Vår ref. 25/88", "12.10.2025", heading("Innspill til rullering av planen"),
                  "Vi viser til brev av 1. september.", "Planen er for omfattende, og antall tiltak bør halveres.", "Vi savner mål for skolene.",
                  "Med vennlig hilsen", "Kari Lund", "leder", "Mob. 911 22 333")
    assert kept(sifted) == ["Planen er for omfattende, og antall tiltak bør halveres.", "Vi savner mål for skolene."]


@pytest.mark.parametrize("line", [
    "Ingen merknader.", "Vi har ingen innspill utover dette.", "Utvalget har ikkje merknader.", "Utover dette har Utvalg Nord ingen kommentarer.",
    "Ingen forslag til andre områder", "Nei, ingen flere kommentarer.", "Ikke noe å tilføye", "Her har vi ingen merknada, det kan jordmødran best sjøl.", "Til gebyra har hjelpekorpset ingen merknader.",
])
def test_trap_6_no_remarks_where_it_is_written(line):
    """Written "ingen merknader" is an answer of its own kind, never silence and never a point."""
    (statement,) = read(line)
    assert statement.type == "no_remarks"


@pytest.mark.parametrize("line", ["Ingen merknader til innkallingen.", "Det var ikke merknader til referatet.", "Ingen merknader til saklista",
                                  "Vedtak: Samrøystes vedteke.", "Årsmøtet godkjente regnskapet."])
def test_trap_7_no_remarks_to_minutes_is_no_answer(line):
    """ "Ingen merknader" to the notice or the minutes of a meeting says nothing about the hearing."""
    (statement,) = read(line)
    assert statement.type == "noise"


def test_nei_answers_the_question_it_stands_under():
    """ "Nei" to "har dere forslag?" is no remarks; "nei" to a judgement question is a judgement; alone it is unsure."""
    sifted = read("Har utvalget forslag til forenklinger av planens oppsett?", "Nei.", "Er tiltakene fortsatt relevante?", "Nei")
    assert find(sifted, "Nei.").type == "no_remarks"
    assert find(sifted, "Nei").type == "substance"
    (alone,) = read("Nei.")
    assert alone.type == "substance" and alone.needs_review


def test_ja_before_the_proposals_is_a_lead_in():
    """ "Ja." to "har dere forslag?" says nothing; the proposals do."""
    sifted = read("Har utvalget forslag til forenklinger av planens oppsett?", "Ja.", "Kutt to kolonner.")
    assert kept(sifted) == ["Kutt to kolonner."]


def test_trap_9_a_reference_is_shown_to_the_reviewer():
    """ "Viser til vedlegg" is not read as empty: someone must look whether the content is there."""
    (statement,) = read("Vi viser til vedlagte uttalelse.")
    assert statement.noise == "reference" and statement.needs_review and statement.review_reason


def test_lead_ins_are_noise_only_when_their_items_carry_them():
    """ "Vi ønsker:" goes into its items; one with a judgement, and one without items, stays."""
    sifted = read("Vi ønsker:", item("flere folk"), "Planen er altfor lang og uklar, og vi ber derfor om:", item("en kortversjon"))
    assert find(sifted, "Vi ønsker:").noise == "lead_in"
    assert find(sifted, "Planen er altfor lang og uklar, og vi ber derfor om:").type == "substance"
    assert find(sifted, "flere folk").lead_in == "Vi ønsker:"


def test_furniture_is_noise_by_its_place():
    """Headers, footers, comments and quoted mails are never opinions, whatever they say."""
    for place in ("header", "footer", "comment", "quoted", "signature", "hidden"):
        (statement,) = read(block("Planen må kortes ned.", place=place))
        assert (statement.type, statement.noise) == ("noise", place)


def test_trap_8_reserved_support_is_no_endorsement():
    """Support with a forbehold stays a statement of its own, for review."""
    (statement,) = read("Vi slutter oss til innspillet fra Sørregionen med forbehold om finansiering.")
    assert statement.type == "substance" and statement.needs_review and statement.endorses == ()


def test_an_endorsement_and_an_own_view_are_cut_apart():
    """The own view after an endorsement is not lost."""
    sifted = read("Vi slutter oss til innspillet fra Sørregionen, men mener at fristene er for korte.")
    assert [(s.type, s.endorses) for s in sifted] == [("endorsement", ("Utvalg Sør",)), ("substance", ())]
    assert sifted[1].text == "men mener at fristene er for korte."
    assert sifted[0].id != sifted[1].id


def test_trap_5_many_measures_stay_text():
    """ "Mange tiltak" is an ordinary statement; nothing is counted here."""
    (statement,) = read("Mange tiltak er fortsatt relevante.")
    assert statement.type == "substance" and statement.endorses == ()


def test_comments_on_the_plans_rows_know_what_they_are_about():
    """In a table of tiltak and innspill the plan's column is a quote, and each comment carries its row."""
    sifted = read(*table(("Nr", "Tiltak", "Innspill"), ("1.1", "Felles legevakt for dalen", "Bør utgå"), ("1.2", "Hospitering", "Ingen merknader")))
    assert kept(sifted) == ["Bør utgå", "Ingen merknader"]
    assert "Felles legevakt for dalen" in find(sifted, "Bør utgå").headings[-1]
    assert find(sifted, "Ingen merknader").type == "no_remarks"


def test_a_heading_that_is_an_opinion_is_kept_for_review():
    """A view written as a heading is not lost."""
    sifted = read(heading("Vi trenger færre og tydeligere tiltak"), "Se listen under.")
    assert find(sifted, "Vi trenger færre og tydeligere tiltak").type == "substance"
    assert find(sifted, "Vi trenger færre og tydeligere tiltak").needs_review


def test_a_bodys_name_is_no_lead_in():
    """A list under a body's name does not carry the name as its introduction."""
    sifted = read("Utvalg Nord:", item("flere folk"), item("mer tid"))
    assert {s.lead_in for s in sifted} == {""}
    assert kept(sifted) == ["flere folk", "mer tid"]


def test_fragments_under_a_question_are_answers():
    """A single word under a question is an answer."""
    sifted = read("Hvilke ressurser kreves for å gjennomføre tiltakene?", item("Sjåfører"), item("Penger"), item("Lokaler"))
    assert kept(sifted) == ["Sjåfører", "Penger", "Lokaler"]


@pytest.mark.parametrize(("text", "type_", "reason"), [
    ("Regionen har mange store og små kommuner, og de mangler folk.", "substance", noise.UNSURE),
    ("Regionen har mange store og små kommuner.", "noise", noise.LEFT_OUT),
    ("Store kommuner", "substance", noise.UNSURE),
])
def test_doubt_is_for_a_person(text, type_, reason):
    """What the learned gate is unsure of is flagged; it stays substance when it wishes or judges, or is a fragment."""
    class Unsure:
        def logit(self, text):
            return (noise._DROP + noise._DOUBT) / 2 - 1.0  # what stands before the first answer gets 1.0 more

        def logits(self, texts):
            return [self.logit(t) for t in texts]

    statement = segment.cut(answer("Ett", "To", "Tre", "Fire", text))[-1]
    original = noise.noise_model.gate
    noise.noise_model.gate = Unsure
    try:
        (judged,) = noise._by_model([(statement, noise._Setting(before_answers=True))], encoder=False)
    finally:
        noise.noise_model.gate = original
    assert judged == replace(statement, type=type_, noise="model" if type_ == "noise" else "", needs_review=True, review_reason=reason)


def test_every_character_stays_in_one_statement():
    """Cutting and sifting lose nothing of an answer."""
    document = answer(heading("Ansvar"), "Er tiltakene fortsatt relevante? Ja, men se pkt. 2.", "Vi støtter svaret fra Sørregionen, men savner tall.")
    from pipeline.language import questions

    sifted = noise.sift(questions.place(segment.cut(document), QUESTIONS), document, bodies=BODIES, questions=QUESTIONS)
    covered = {i for s in sifted for i in range(s.start, s.end)}
    assert all(i in covered or document.text[i].isspace() for b in document.blocks for i in range(b.start, b.end))
    assert sum(s.end - s.start for s in sifted) == len(covered)
    assert len({s.id for s in sifted}) == len(sifted)


@pytest.mark.parametrize("title", [
    "Vedrørende forslag til ny ferdselsplan", "Uttalelse til forslag om sammenslåing av bibliotekene", "Fråsegn frå Utvalg Nord – ferdselsplan",
    "Utkast til ferdselsplan – synspunkt frå oss som bur her",
])
def test_what_a_letter_is_about_is_no_point(title):
    """A subject line above the first sentence is a title, however it is worded."""
    sifted = read("Fjellvik, 12.10.2025", title, "Broen ved skolen må få lys før vinteren kommer.", asked=())
    assert find(sifted, title).type == "noise"
    assert kept(sifted) == ["Broen ved skolen må få lys før vinteren kommer."]


def test_a_first_line_that_wishes_something_is_kept():
    """A title line with a demand, and fragments without any sentence, are answers."""
    assert "Innspill: fortau langs hele Storgata må prioriteres" in kept(
        read("Innspill: fortau langs hele Storgata må prioriteres", "Broen ved skolen må få lys før vinteren.", asked=()))
    assert kept(read("Lys på broen", "Fortau ved skolen", asked=())) == ["Lys på broen", "Fortau ved skolen"]


@pytest.mark.parametrize("opening", [
    "Fjellvik er ein fjellkommune med 2 300 innbyggjarar og to skular.", "Foreningen har 140 medlemmer fordelt på fire lag.",
    "Vi takker for at dere inviterer oss, det setter vi pris på.", "Eg har lese gjennom planen i helga og skriv det eg tenkjer.",
    "Undertegnede er prest i Fjellvik på femtende året.", "Det er kjekt å bli spurt om slikt.", "Vi begrenser oss til kapittelet om veier.",
    "Laget består av tjueto bønder på østsida.", "Her kommer det vi ble enige om på dugnaden.",
    "Hei igjen, nå er det meg med resten.", "Dette kommer i tillegg til skjemaet fra nabolaget.", "Årsmøtet oppnevnte ei lita nemnd på tre.",
    "Planen ble lagt fram av lederen, og alle fikk ordet to ganger.", "Kassereren vår har ført pennen.", "Her er det jeg vil ha sagt om veien.",
    "Notert slik det ble sagt rundt bordet.", "Dette brevet gjelder i stedet for det fra mai.",
    "Dette svaret er skrevet av styret etter et møte med medlemmene.", "Nedenfor følger våre kommentarer, kapittel for kapittel.",
])
def test_who_writes_and_why_is_no_point(opening):
    """The first sentence of a letter presents the sender, the occasion or the answer itself."""
    sifted = read("Utvalg Nord", opening, "Broen ved skolen må få lys før vinteren kommer.", "Bussen går for sjelden.", asked=())
    assert kept(sifted) == ["Broen ved skolen må få lys før vinteren kommer.", "Bussen går for sjelden."]


@pytest.mark.parametrize("opening", [
    "Med 2 300 innbyggere har vi ikke folk til dette.", "Vi takker for planen, men den kommer to år for sent.",
    "Kommunen har 140 ansatte som mangler opplæring i dette.", "Bussen slutter å gå klokka seks.", "Hvem skal betale for dette?",
])
def test_a_letter_may_begin_with_its_opinion(opening):
    """A first sentence with a judgement or a complaint is the answer."""
    assert opening in kept(read("Utvalg Nord", opening, "Broen ved skolen må få lys før vinteren kommer.", asked=()))


def test_labels_beside_answers_become_headings():
    """A column of short names beside longer cells: the names are no points, and each answer knows its own."""
    sifted = read(*table(("Skolevei", "Vi vil ha fortau helt fram til porten, også i Øvre bygd."),
                         ("Kollektiv", "Bussen bør gå hver time, også på lørdager og i ferier."),
                         ("Økonomi", "Pengene må følge oppgavene, ellers blir det ingenting av.")), asked=())
    assert len(kept(sifted)) == 3
    assert find(sifted, "Bussen bør gå hver time, også på lørdager og i ferier.").headings == ("Kollektiv",)


def test_heads_of_columns_become_headings():
    """Short names above longer cells name what the cells are about."""
    sifted = read(*table(("Skolevei", "Kollektiv"), ("Fortau helt fram til porten, takk, og lys ved broen.", "Bussen bør gå hver time hele året.")),
                  asked=())
    assert find(sifted, "Bussen bør gå hver time hele året.").headings == ("Kollektiv",)
    assert kept(sifted) == ["Fortau helt fram til porten, takk, og lys ved broen.", "Bussen bør gå hver time hele året."]


def test_cells_that_wish_something_are_no_labels():
    """A first column of demands beside their reasons is kept."""
    sifted = read(*table(("Innspill", "Begrunnelse"), ("Fortau i Øvre bygd", "Barna går i veikanten i mørket, og bilene kjører fort."),
                         ("Flere busser", "Ungdommene kommer seg ikke hjem fra trening.")), asked=())
    assert {"Fortau i Øvre bygd", "Flere busser"} <= set(kept(sifted))


def test_an_exception_from_an_endorsement_is_kept_for_review():
    """What a body does not join is shown beside what it joins."""
    sifted = read("Vi støtter innspillet fra Sørregionen, unntatt forslaget om å legge ned legevakten om natten.")
    assert [s.type for s in sifted] == ["endorsement", "substance"]
    assert all(s.needs_review for s in sifted) and "unntatt forslaget" in sifted[0].review_reason


def test_without_the_encoder_the_words_decide():
    """The gate works on words alone."""
    document = answer("Utvalg Nord", "Saken ble behandlet i utvalget i mars og sendt formannskapet.", "Bussen bør gå hver time.")
    sifted = noise.sift(segment.cut(document), document, bodies=BODIES, questions=(), encoder=False)
    assert "Bussen bør gå hver time." in kept(sifted)


@pytest.mark.parametrize("text", ["a" + " " * 30_000 + "b", "Vi har tiltak, " * 2_000, "Er det? " * 3_000, "«ord " * 6_000, "12 34 " * 5_000])
def test_a_very_long_line_is_taken_in_stride(text):
    """Pages without a line break are read like any text; a rule that is tried at every letter would take minutes here."""
    from pipeline.language import questions

    document = answer(text, "Bussen bør gå hver time.")
    sifted = noise.sift(questions.place(segment.cut(document), QUESTIONS, encoder=False), document, bodies=BODIES, questions=QUESTIONS, encoder=False)
    assert "Bussen bør gå hver time." in kept(sifted)


@pytest.mark.parametrize("line", [
    "Takk for hjelpen!", "Tusen takk for at dere tok dere tid.", "God kveld, og god sommer til dere alle!", "Vi nådde ikke svarfristen, men håper det går bra.",
    "Vi beklager at svaret kommer litt for sent.", "Uttalelsen erstatter den vi sendte 2. mai, da styret har fått nye tall.",
    "Denne utgaven kommer i stedet for brevet fra januar.", "(Dokumentet er ikke undertegnet)", "Innstillinga vart samrøystes vedteken.",
    "Skriv svaret i de hvite rutene.", "Skjemaet returneres på e-post innen fredag.", "Offl. § 13", "Journalført 3. mai", "☐ Ja ☐ Nei", "Alt godt",
    "Vi ønsker dere lykke til videre.", "Me set pris på å få uttale oss.", "Her kommer en rettet utgave, den første manglet side to.",
    "Vennligst se bort fra det forrige brevet.", "Vi har ikke grunnlag for å svare på dette.", "Styret fikk ikke tid til å diskutere spørsmålet.",
])
def test_what_a_letter_or_a_form_says_of_itself_is_noise(line):
    """Thanks, wishes, lateness, replacement and instructions are no opinions, though they hold words that opinions have."""
    (statement,) = read(line)
    assert statement.type == "noise"


@pytest.mark.parametrize("line", [
    "Vi nådde ikke målet om fem stillinger.", "Vi beklager at planen kommer så sent i året.", "Tiltaket erstatter ikke en lege på vakt.",
    "Dette kommer i tillegg til alt annet vi må gjøre.", "Skriv kortere.", "Sett av mer tid til møtene.", "God morgenrutine krever flere folk.",
    "Takk for maten er ikke nok.", "Vi har ikke kompetanse til å drive legevakt.",
    "Vi setter pris på at bussen går oftere.", "Vi ønsker oss en lykketelefon.",
])
def test_what_resembles_that_is_kept(line):
    """Demands and judgements in like words stay."""
    (statement,) = read(line)
    assert statement.type == "substance"


@pytest.mark.parametrize("line", [
    "Strandby kommune har lest utkastet og har ikke innvendinger.", "Styret har handsama planen i møte, og har ingen merknader.",
    "Ingenting å legge til.", "Ingen ting å bemerke.", "Vi har ingenting å tilføye.", "Ut over dette er det ingen kommentarer.",
    "Fra Strandby kommune foreligger det ingen innvendinger.", "Styret vedtok å ikke komme med merknader.", "Vi har vurdert planen, men har ingen innspill.",
    "Til spørsmålet om naboar har rådet ingen merknader.", "Ikkje noko å merke.",
    "Til innledningen, det vil si kapittel 1, har utvalget ingen merknader.", "Til kapitlet om støy har foretaket ingen merknader.", "Til kapittelet om støy har Strandnett ingen merknader.",
    "Om våking har besøksgruppa ingen mening.", "Nei, det får være nok.", "Dette kjenner vi for lite til, og vi har ingen merknader.", "Hvor bua bør ligge, har vi som kor ingen mening om.", "Hvor paviljongen skal stå, har vi ikke noe å si om.", "Fiskereglane blandar vi oss ikkje borti.", "Rullering: ingen kommentar fra oss.",
    "Til parkeringsavgifta har Strandby kommune ingen merknader.", "Bål er ikke vårt fag, og vi har ingen merknader.",
])
def test_no_remarks_after_what_was_done_first(line):
    """ "Har gått gjennom planen og har ikke merknader" is an answer, as is "ingenting å tilføye"."""
    (statement,) = read(line, asked=())
    assert statement.type == "no_remarks"


def test_nothing_to_remark_needs_no_question_that_asks_for_remarks():
    """ "Ikke noe å melde" says so itself, also below a question that asks for a judgement."""
    assert find(read("Er tiltakene fortsatt relevante?", "Ikke noe å melde."), "Ikke noe å melde.").type == "no_remarks"


def test_a_body_that_will_not_answer():
    """ "Avgir ikke høringssvar" is neither an opinion nor "ingen merknader"."""
    assert kept(read("Strandby kommune avgir ikke høringsuttalelse.", asked=())) == []
    assert kept(read("Sykehuset gir ikke svar på henvendelsene.", asked=()))


def test_remarks_after_what_was_done_first():
    """The same opening before a remark is none."""
    (statement,) = read("Styret har lest planen og har ikke innvendinger, men fristene er for korte.", asked=())
    assert statement.type == "substance"


def test_numbers_in_cells_are_no_answers():
    """A grade or a count beside an answer; but a number that was asked for is one."""
    sifted = read(*table(("Nr.", "Hva vi mente", "Hvor mange"), ("1", "Bussen må gå oftere om kvelden.", "14"), ("2", "Det er for mørkt ved skolen.", "9"),
                         ("3", "Lekeplassen bør få gjerde.", "9")), asked=())
    assert kept(sifted) == ["Bussen må gå oftere om kvelden.", "Det er for mørkt ved skolen.", "Lekeplassen bør få gjerde."]
    asked = (Question(number="1", text="Hvor mange plasser trengs?"), Question(number="2", text="Hvem skal drive tilbudet?"))
    sifted = read(*table(("Hvor mange plasser trengs?", "14"), ("Hvem skal drive tilbudet?", "Kommunen.")), asked=asked)
    assert kept(sifted) == ["14", "Kommunen."]


def test_a_title_above_the_heads_of_columns():
    """The row that heads the columns is found below a title and the sender's name."""
    sifted = read(*table(("Skjema for innspill", "", "", ""), ("Avsender", "Utvalg Nord", "", ""), ("Nr.", "Sak", "Kommentar", "Viktighet (1–3)"),
                         ("1", "Buss", "Bussen må gå oftere om kvelden.", "3"), ("2", "Lys", "Det er for mørkt ved skolen.", "1")), asked=())
    assert kept(sifted) == ["Bussen må gå oftere om kvelden.", "Det er for mørkt ved skolen."]


def test_the_senders_name_is_no_question():
    """A word that the name shares with a question does not make it one."""
    asked = (*QUESTIONS[:2], Question(number="9", text="Kan utvalg i nord ta ansvar?"))
    sifted = read(heading("UTVALG NORD"), "Helsefellesskapet v/sekretariatet", "Planen bør kortes ned.", asked=asked)
    assert kept(sifted) == ["Planen bør kortes ned."] and not any(s.question for s in sifted)


def test_the_mail_that_is_answered_below_a_printed_one():
    """A mail saved as a document carries the one it answers: what the secretariat wrote there is nobody's opinion."""
    own = ("Planen bør kortes ned.", "Mvh", "Eva Holm")
    below = ("Hei, de andre utvalgene mener at planen er for lang.", "Vi trenger svar på hvem som bør ha ansvaret.")
    head = ("Fra: Sekretariatet", "Sendt: 3. mars 2025", "Til: Eva Holm", "Emne: Purring")
    for lines in ((*own, *head, *below), (*own, "-----Opprinnelig melding-----", *below),
                  (*own, "Den tor. 3. mar. 2025 kl. 12.03 skrev Sekretariatet:", *below)):
        assert kept(read(*lines, asked=())) == ["Planen bør kortes ned."]


def test_a_forwarded_answer_below_a_covering_note_is_kept():
    """A note without an opinion over the head of a mail: the answer is what follows."""
    sifted = read("Her er svaret.", "Mvh", "Eva Holm", "Fra: Utvalg Nord", "Sendt: 3. mars 2025", "Til: Eva Holm", "Planen bør kortes ned.", asked=())
    assert "Planen bør kortes ned." in kept(sifted)


@pytest.mark.parametrize("line", [
    "Det ble visst litt langt, men slik er det når alle får skrive.", "Riktig god jul fra oss alle på brygga",
    "Med songarhelsing", "Med kameratslig hilsen", "Etter fullmakt", "Ha det bra så lenge", "Beklager rotet.", "Alt godt fra oss på laget", "Klem fra Sander", "Tusen takk for at vi fikk være med!", "Vi takker ellers for at vi fikk uttale oss.",
    "Ring Anne Brit på 951 00 222 dersom noko er uklart", "Ha en fin høstferie!", "Vedtatt mot én stemme.", "Rett utskrift bekreftes", "Kommunen meiner",
    "Sendt fra mobilen min, som er like gammal som løypemaskina", "Så til det folk ikke tror er reiseliv:", "Arkivsak", "26/1190", "Møtedato", "Odd-Geir, korpsleder", "Kim Arve Bø, enhetsleder", "Dokumentet er godkjent elektronisk og treng ikkje underskrift.",
    "Fjernmøte 11. februar, alle til stades utanom legevakta", "Skjemaet er utfylt etter delegert myndighet.",
    "Politisk behandling har ikke funnet sted.", "Rådmannen har ikkje teke stilling til alle delar av utkastet.", "Numrene følger deres.", "ps. beklager at dette vart levert på ein søndag", "KS-sak 61/26 Strategi for frivillig arbeid",
])
def test_what_wraps_an_answer_in_other_words(line):
    """Closings, labels of a case's papers, signatures and what an answer says of itself are no points."""
    sifted = read("Broen ved skolen må få lys før vinteren.", "Veien må brøytes.", line, asked=())
    assert find(sifted, line).type == "noise"


@pytest.mark.parametrize("line", [
    "Takk for at dere vil rydde, men det må skje før jul.", "Alle til stede i møtet mente at broen må ha lys.", "Beklager, men dette må sendes tilbake.",
    "Takk for at dere spør oss i år, det gjorde dere ikke sist.", "Så nei takk til flere benker.", "Ingen vil takke dere for å flytte broen.", "Sjå over benkane ein gong i året.", "Numrene må følge planen.", "Det ble for langt mellom holdeplassene, så det må dere se på.", "Med flere biler blir det trangt.",
])
def test_what_only_begins_like_that_is_kept(line):
    """A wish in such words stays."""
    assert find(read("Broen ved skolen må få lys før vinteren.", line, "Veien må brøytes.", asked=()), line).type == "substance"


def test_thanks_below_the_last_answer_are_no_answer():
    """The question above does not make an answer of a greeting; a fragment below it is one."""
    asked = "Hvilke ressurser kreves for å gjennomføre tiltakene?"
    sifted = read(asked, "Vi trenger flere sjåfører.", "Tusen takk for at vi fikk være med i år også!")
    assert kept(sifted) == ["Vi trenger flere sjåfører."]
    assert kept(read(asked, "Sjåfører og lokaler til opplæringen.")) == ["Sjåfører og lokaler til opplæringen."]


def test_an_extract_of_minutes_holds_one_item():
    """Under "Særutskrift" the headings of the one item are the answer's own, "Eventuelt" too."""
    sifted = read("Særutskrift av møteprotokoll", "Til stede: Hege Rognli, Pål Iversen", heading("Sak 11/27 Uttalelse til utkast til plan"),
                  heading("Språk og oppsett"), "Utvalget ber om færre forkortelser.", heading("Eventuelt"), "Tolk mangler i planen.", asked=())
    assert {"Utvalget ber om færre forkortelser.", "Tolk mangler i planen."} <= set(kept(sifted))


def test_an_extract_of_several_items_is_the_answer_in_all_of_them():
    """What was taken out of the minutes for the secretariat counts, item by item; "Orientering" and "Eventuelt" aside."""
    sifted = read("Eldrerådet – utskrift av møteprotokoll", "Møtende: Unni Hagelund", heading("Sak 18/27 Orientering om planutkastet"),
                  "Sjefen viste lysbilder.", heading("Sak 19/27 Den som bor hjemme"), "Rådet ber om hjemmebesøk til alle over 77 år, og det må gjøres nå.",
                  heading("Sak 20/27 Sykehjem"), "Dobbeltrom godtas ikke, heller ikke i byggetida.", heading("Sak 22/27 Eventuelt"),
                  "Sommerturen går til fyret.", asked=())
    assert kept(sifted) == ["Rådet ber om hjemmebesøk til alle over 77 år, og det må gjøres nå.", "Dobbeltrom godtas ikke, heller ikke i byggetida."]


def test_a_column_of_what_is_beside_one_of_what_ought_to_be():
    """ "Slik er det nå" explains "Slik vil vi ha det", and is no point."""
    sifted = read(*table(("Tema", "Slik er det nå", "Slik vil vi ha det"), ("Bad", "Fire deler bad i gamlefløya.", "Eget bad til alle."),
                         ("Mat", "Middagen kommer halv ett.", "Middag klokka tre, som hjemme.")), asked=())
    assert kept(sifted) == ["Eget bad til alle.", "Middag klokka tre, som hjemme."]


def test_a_request_to_be_told_is_no_closing():
    """ "Gi beskjed om hva som skjedde" is a wish; "gi beskjed hvis det er noe" is politeness."""
    asked = "Hvilke ressurser kreves for å gjennomføre tiltakene?"
    sifted = read(asked, "Vi trenger flere sjåfører.", "Gi beskjed om hva som skjedde med det vi sa i fjor.",
                  "Ring hjem når noe har skjedd, ikke skriv det i en perm.", "Gi gjerne beskjed hvis det er noe.")
    assert kept(sifted)[1:] == ["Gi beskjed om hva som skjedde med det vi sa i fjor.", "Ring hjem når noe har skjedd, ikke skriv det i en perm."]


def test_a_name_below_the_wishes_for_the_weekend_is_a_signature():
    """ "God helg" closes a mail as "hilsen" does, and a first name alone below it has said nothing."""
    sifted = read("Hvilke ressurser kreves for å gjennomføre tiltakene?", "Vi trenger flere sjåfører.", "God helg når den kommer!", "Torill")
    assert kept(sifted) == ["Vi trenger flere sjåfører."]


@pytest.mark.parametrize("line", ["Utvalg Nord (UN)", "Fjellvik kommune", "Nord sokn"])
def test_a_bodys_name_with_what_it_is_stays_a_name(line):
    """An abbreviation in brackets or the kind of body behind the name makes no statement of it."""
    assert find(read("Broen må få lys.", line, "Veien må brøytes.", asked=()), line).type == "noise"


def test_a_place_that_was_asked_for_is_an_answer():
    """ "Fjellvik skole" under a question may be where it should be."""
    asked = (Question(number="1", text="Hvor bør kurset holdes?"), Question(number="2", text="Hva mangler?"))
    assert find(read("Hvor bør kurset holdes?", "Nord skole", "Hva mangler?", "Mer tid.", asked=asked), "Nord skole").type == "substance"


def test_thanks_for_being_heard_below_a_heading_are_no_answer():
    """Whatever question stands above, thanks for the chance to answer say nothing of it."""
    asked = "Hvilke ressurser kreves for å gjennomføre tiltakene?"
    sifted = read(asked, "Vi takker for anledningen til å uttale oss, og for at fristen ikke falt på en søndag.", "Vi trenger flere sjåfører.")
    assert kept(sifted) == ["Vi trenger flere sjåfører."]


@pytest.mark.parametrize("told", ["Foreningen fylte hundre år i fjor høst.", "Bestefar var med og la skinnene i 1931.", "Det var benker der før brannen i 1987."])
def test_what_only_tells_is_left_out_for_a_person(told):
    """History and figures between the views are no point; what the gate is not sure of, a person sees."""
    s = find(read("Broen ved skolen må få lys før vinteren.", told, "Veien må brøytes.", asked=()), told)
    assert s.type == "noise" or s.needs_review
    (alone,) = [t for t in read("Utvalg Nord", told, "Broen ved skolen må få lys før vinteren.", asked=()) if t.text == told]
    assert alone.type == "noise"


@pytest.mark.parametrize("told", [
    "Kaptein Brekke malte rekkverket rødt i 1974, og han sang mens han gjorde det.", "På dugnaden i april vant Sverre vaffeljernet.",
    "I fjor haust stod ein bukk på trammen og såg inn.", "Svigerfar min kjørte melkebilen i trettito år.",
])
def test_anecdotes_are_no_points(told):
    """What happened once, to somebody, says nothing of what should be done."""
    s = find(read("Broen ved skolen må få lys før vinteren.", told, "Veien må brøytes.", "Skolen trenger flere lærere.", asked=()), told)
    assert s.type == "noise"


@pytest.mark.parametrize("told", [
    "Rekkverket på brua er tatt av isen, og ungene går på utsiden.", "I fjor haust fekk to av fem elevar ikkje plass på bussen.",
    "Melkebilen kommer ikke fram når det snør.",
])
def test_complaints_told_as_facts_are_kept(told):
    """What is wrong today is an answer though nothing is asked for."""
    s = find(read("Broen ved skolen må få lys før vinteren.", told, "Veien må brøytes.", "Skolen trenger flere lærere.", asked=()), told)
    assert s.type == "substance"


@pytest.mark.parametrize("complaint", ["Bussen slutter å gå klokka seks.", "Hvem betaler for dette?", "Taket lekker.", "Kjelleren er våt."])
def test_what_complains_is_kept(complaint):
    """A fact that is told because something must be done about it is an answer, also first in a letter."""
    assert complaint in kept(read("Utvalg Nord", complaint, "Broen ved skolen må få lys før vinteren.", asked=()))


def test_what_denies_is_never_left_out_unseen():
    """ "X har ingenting å gjøre" resembles "X har ingenting å tilføye": a person sees it."""
    s = find(read("Utvalg Nord", "Ungdommen har ingenting å gjøre.", "Broen ved skolen må få lys før vinteren.", asked=()), "Ungdommen har ingenting å gjøre.")
    assert s.type == "substance" or s.needs_review


def test_no_remarks_to_a_part_of_the_plan():
    """ "Til kapitlet om forskning har vi ingen merknader" is an answer of its own kind; with a "men" it is a view."""
    (statement,) = read("Til kapitlet om forskning har vi ingen merknader.")
    assert statement.type == "no_remarks"
    (statement,) = read("Til kapitlet om forskning har vi ingen merknader, men det er for langt.")
    assert statement.type == "substance"


@pytest.mark.parametrize(("line", "type_"), [
    ("Til det som står om båtplasser, har grendalaget ingen merknader.", "no_remarks"),
    ("Om hestene har vi ingen merknader, de er bare pene å se på.", "no_remarks"),
    ("Om hjorten hadde rådet ingen merknader.", "no_remarks"), ("Ut over dette har vi ikke noe felles å bemerke.", "no_remarks"),
    ("Nei, ikke noe mer herfra.", "no_remarks"), ("Ingenting utover det som står over.", "no_remarks"),
    ("Om hjorten har laget ingen merknader, vi har ikke medlemmer i skogen.", "no_remarks"),
    ("Ingen endringer ønskes, ordningen virker etter hensikten.", "substance"), ("Ingen endringer ønskes.", "no_remarks"), ("Ut over dette har vi ikke noe felles bibliotek.", "substance"),
    ("Til målene har vi ingen merknadar ut over det vi skreiv i vår.", "no_remarks"),
    ("Om hestene har vi ingen merknader, de bør bare holdes innenfor gjerdet.", "substance"),
])
def test_no_remarks_to_a_part_may_say_a_little_more(line, type_):
    """Whoever has none, and what is added; a wish in it is a view."""
    (statement,) = read(line)
    assert statement.type == type_


def test_a_name_and_an_office_below_the_answer():
    """Whatever the office is called; a fragment of an answer is longer or ends otherwise."""
    sifted = read("Broen ved skolen må få lys før vinteren.", "Veien må brøytes.", "Kjersti Hauge, politioverbetjent", asked=())
    assert find(sifted, "Kjersti Hauge, politioverbetjent").type == "noise"


def test_two_names_and_their_offices_in_a_cell_of_answers():
    """Who filled in the workbook stands below the last answer, whatever question is above."""
    asked = (Question(number="1", text="Hva mangler på torget?"), Question(number="2", text="Hva er viktigst?"))
    sifted = read(*table(("Hva mangler på torget?", "Benker."), ("Hva er viktigst?", "Flere trær."), ("", "Saida og Jonas, leder og nestleder")), asked=asked)
    assert kept(sifted) == ["Benker.", "Flere trær."]


@pytest.mark.parametrize("line", [
    "Høringsnotatet tar ikke stilling til hvem som skal betale.", "Planen tar ikke stilling til støy fra veien.",
    "Vi tar ikke stilling til navnet, vi ønsker bare at skolen blir stående.", "Til nå har departementet ikke kommet med forslag til finansiering.",
    "Vi har ingen merknader (§ 4 bør strykes).",
    "Det vi ikke liker: parkering på skoleveien", "Det vi mener, behold skolen", "I valget av ferjer har vi ingenting å si, og det er feil.",
    "Museet må bestå, hvordan overlater vi til fylket.", "Vi vil ha gangbru, resten overlater vi til kommunen.",
    "Det er galt at slike saker har vi ingenting å si om.", "Stryk kapittel 4: ingen andre kommentarer.", "Nei til steinbrudd: ellers ingen merknader.",
    "Museet først: ingen kommentarer utover det.", "Til planen, som er altfor lang, har vi ingen merknader.",
    "Nedbygging: ingen kommentar, dette er under enhver kritikk.",
])
def test_what_only_looks_like_no_remarks_or_a_title_is_kept(line):
    """Criticism of what takes no stand, and demands in brackets or behind a colon, are views."""
    assert find(read("Broen ved skolen må få lys før vinteren.", line, "Veien må brøytes.", asked=()), line).type == "substance"


def test_a_long_line_behind_an_office_is_read_at_once():
    """A name, an office and four hundred letters: no search that grows with the fourth power."""
    line = "Kari Berg, leder i " + "b" * 400 + " c d e f"
    assert read("Veien må brøytes.", line, asked=())


def test_a_line_of_many_colons_is_read_at_once():
    """Label upon label: no search that calls itself for each."""
    assert read("Veien må brøytes.", "a: " * 5_000 + "ingen merknader", asked=())


@pytest.mark.parametrize("line", ["Svein", "Ole Nes (kasserer)", "Kari Moe, rådgiver (borte på mandager)", "Nesvik, første mandag i august",
                                  "13. august"])
def test_who_signs_and_when_below_the_last_opinion(line):
    """A first name alone, a name with its office in brackets, a place and a day without a number."""
    sifted = read("Broen ved skolen må få lys før vinteren.", "Veien må brøytes.", line, asked=())
    assert kept(sifted) == ["Broen ved skolen må få lys før vinteren.", "Veien må brøytes."]


@pytest.mark.parametrize(("line", "kind"), [
    ("Det vi synes, punkt for punkt", "noise"), ("Kva styret ikkje likar", "noise"), ("Det vi vil ha er gatelys.", "substance"),
    ("Det vi ikke liker, bør bort", "substance"),
])
def test_a_title_of_what_we_think_is_no_point(line, kind):
    """ "Det vi mener" stands above the views; a sentence that goes on is one."""
    sifted = read("Broen ved skolen må få lys før vinteren.", line, "Veien må brøytes.", asked=())
    assert find(sifted, line).type == kind


def test_no_to_whether_more_should_have_been_asked():
    """ "Er det noe vi har glemt?" "Nei." says that there is nothing more to say."""
    asked = (Question(number="1", text="Hva mangler på torget?"), Question(number="2", text="Er det noe vi burde ha spurt om?"))
    assert find(read("Hva mangler på torget?", "Benker.", asked[1].text, "Nei.", asked=asked), "Nei.").type == "no_remarks"


@pytest.mark.parametrize(("line", "kind"), [
    ("Når det gjelder gjerdet, har vi ingen merknader.", "no_remarks"), ("Hvor benkene skal stå, har rådet ingen merknader til.", "no_remarks"),
    ("Rådet har ingen formening om fargen på benkene.", "no_remarks"), ("Om benker har vi itte noe å si.", "no_remarks"), ("Om benker har jeg ingen mening.", "no_remarks"), ("Når det gjelder gjerdet, har vi ingen tro på det.", "substance"),
    ("Vi har ingen mening om fargen, men benkene må ha rygg.", "substance"),
])
def test_no_remarks_to_what_a_sentence_begins_with(line, kind):
    """What it is about may stand first, behind a comma; a "men" or a refusal makes it a point."""
    assert find(read("Broen ved skolen må få lys før vinteren.", line, "Veien må brøytes.", asked=()), line).type == kind


def test_a_name_and_its_body_sign():
    """ "Nils B., Utvalg Nord" below the last answer is no answer to it."""
    asked = (Question(number="1", text="Hva mangler på torget?"), Question(number="2", text="Hva er viktigst?"))
    sifted = read("Hva mangler på torget?", "Benker.", "Hva er viktigst?", "Flere trær.", "Nils B., Utvalg Nord", asked=asked)
    assert kept(sifted) == ["Benker.", "Flere trær."]


@pytest.mark.parametrize(("line", "kind"), [
    ("Leder refererte fra utkastet.", "noise"), ("Innspillet ble enstemmig godkjent.", "noise"), ("Sekretæren leste opp innspillene.", "noise"),
    ("Taket lekker.", "substance"), ("Planen er ulesbar.", "substance"), ("Utsett saken.", "substance"),
])
def test_a_few_words_about_the_meeting_are_no_point(line, kind):
    """Few words tell little, unless nothing but a meeting is told of; a short complaint or demand stays."""
    sifted = read("Broen ved skolen må få lys før vinteren.", line, "Veien må brøytes.", asked=())
    assert find(sifted, line).type == kind


@pytest.mark.parametrize("line", [
    "God påske når den tid kommer, hilsen Anders, leder i vellet", "Ring 905 00 999 om noe er uklart (ikke i helga).",
    "Kari Moe, rådgiver (jobber ikke tirsdager)", "Innspillet ble vedtatt mot ingen stemmer.", "Vedtak: Merknadene over blir sendt kommunen.",
    "Vedtak: Samrøystes som ovanfor.", "God morra!", "Vedtatt mot null stemmer.", "Sett kryss og begrunn svaret.", "Skriv ikke under denne streken",
])
def test_more_that_frames_an_answer(line):
    """Greetings with a name, how to reach us, what was decided of the answer itself, what the form says."""
    sifted = read("Broen ved skolen må få lys før vinteren.", line, "Veien må brøytes.", asked=())
    assert find(sifted, line).type == "noise"


@pytest.mark.parametrize("line", [
    "Hei, håper det er greit at dette kommer ti minutter før fristen.", "Vi rakk fem spørsmål, resten ligger i vedlegget.",
    "Vi er få og skriver derfor ikke så mye.", "Vi har satt oss ned sammen og gir ett svar.", "Se derfor bort fra det første og bruk dette.", "Jeg svarer rett under spørsmålene deres, da går det fort.",
    "Laget har 96 medlemmer, og de er ikke alltid enige.",
])
def test_how_the_answer_came_about_and_who_we_are(line):
    """Before the first opinion, what tells of the answer itself or counts the members is no point."""
    assert find(read(line, "Broen ved skolen må få lys før vinteren.", "Veien må brøytes.", asked=()), line).type == "noise"


@pytest.mark.parametrize(("head", "kind"), [("Dette mener vi", "noise"), ("Utvalg Nord mener", "noise"), ("Dette mener vi er galt.", "substance")])
def test_the_head_of_a_column_of_answers(head, kind):
    """ "Dette mener vi" and the body's name with "mener" stand above the answers."""
    found = read(*table(("Tema", head), ("Bro", "Broen må få lys.")), asked=())
    assert find(found, head).type == kind


@pytest.mark.parametrize("line", [
    "Dette mener vi: Ferja må gå oftere.", "Skriv ikke under på avtalen med staten.", "Fylles ut av legen selv og ikke av sekretæren",
    "Sett kryss over hele kapittel 3", "La skolen stå, hilsen Ola Nordmann i Vika", "Ferja går sjelden, hilsen Kari Moe på Nes",
    "Ring 22 33 44 55 når legen ikke svarer, og ingen tar telefonen.", "Kontakt på 37 00 11 22 er umulig etter klokka tre",
    "Punktene er vedtatt i strid med loven.", "Innspillene er sendt til feil kommune.", "Innspillene ble sendt tre uker etter fristen.",
    "Svarene følger ikke pasienten hjem.", "Svarene kommer for sent fra sykehuset.", "Se bort fra det gamle sykehuset, og bygg nytt.",
    "Vi har ingen mening om planen fordi den er uleselig", "Når det gjelder ferja, har vi ikke merknader utover at den går for sjelden.",
])
def test_views_in_the_words_of_frames_stay(line):
    """What looks like a heading, a form's instruction, a signature, a decision or «ingen merknader», and says more than that."""
    sifted = read("Broen ved skolen må få lys før vinteren.", line, "Veien må brøytes.", asked=())
    assert any(s.type == "substance" for s in sifted if s.text in line)


def test_a_day_that_was_read_as_an_item():
    """ "25. september" at the head of a letter has the marker of a list's item."""
    found = read(block("september", kind="item", marker="25."), "Broen ved skolen må få lys før vinteren.", asked=())
    assert find(found, "september").type == "noise"


@pytest.mark.parametrize(("line", "kind"), [
    ("Til styringsgruppa for skoleplanen", "noise"), ("Til kommunestyret i Nes", "noise"), ("Til kommunen må det komme flere lærere", "substance"),
])
def test_whom_a_letter_is_to(line, kind):
    """The line of the addressee at the head of a letter, not a sentence that begins so."""
    assert find(read(line, "Broen ved skolen må få lys før vinteren.", "Veien må brøytes.", asked=()), line).type == kind


def _numbered(*titles):
    return [line for n, (title, *said) in enumerate(titles, 1) for line in (block(title, kind="item", marker=f"{n}."), *(item(one) for one in said))]


def test_numbered_titles_above_lists_are_no_points():
    """ "1. Oppsett" stands above what is said of it, and tells what that is about; praise in a title says what stands below."""
    said = _numbered(("Oppsett", "Skriften er for liten."), ("Gode tiltak", "Skolebesøkene."), ("Det som mangler", "Vi savner mål for veiene."))
    sifted = read(*said, asked=())
    assert kept(sifted) == ["Skriften er for liten.", "Skolebesøkene.", "Vi savner mål for veiene."]
    assert find(sifted, "Skolebesøkene.").headings[-1] == "Gode tiltak"


def test_numbered_titles_of_two_things_are_no_points():
    """ "Prioritering og penger" wants nothing, nor does the short last one among such."""
    said = _numbered(("Oppsett og språk", "Skriften er for liten."), ("Prioritering og penger", "Broen må først."),
                     ("Skilt og mangler", "Skiltene er borte."), ("Videre arbeid", "Vi vil være med."))
    assert kept(read(*said, asked=())) == ["Skriften er for liten.", "Broen må først.", "Skiltene er borte.", "Vi vil være med."]


@pytest.mark.parametrize("titles", [
    (("Behold ferja", "Den er full hver dag."), ("Flere benker", "De gamle må sitte."), ("Steng kaia", "Den er råtten.")),
    (("Benker",), ("Lys ved skolen",), ("Gangbru", "Den må tåle snø.")),
    (("Sykkelsti",), ("Ferge",), ("Leskur ved kaia",)),
])
def test_numbered_demands_are_points(titles):
    """What demands is no title, and a list of short wishes has nothing below each."""
    assert {title for title, *_ in titles} <= set(kept(read(*_numbered(*titles), asked=())))


def test_a_heading_of_what_is_missing_is_no_point():
    """ "6 Områder som mangler" stands above them; "Planen mangler mål for barn" is a view, heading or not."""
    sifted = read(heading("6 Områder som mangler"), "Barna til de syke.", heading("Planen mangler mål for barn"), "De bør telles.", asked=())
    assert find(sifted, "6 Områder som mangler").type == "noise" and find(sifted, "Planen mangler mål for barn").type == "substance"


@pytest.mark.parametrize(("title", "kind"), [
    ("Områder utvalget savner", "noise"), ("Innsatser som bør bestå, endres eller utgå", "noise"), ("Det som må gjøres først", "noise"),
    ("Tiltakene som mangler frist, må bort", "substance"), ("Kommunene må betale mindre", "substance"),
])
def test_a_noun_with_its_relative_clause_is_a_heading_only(title, kind):
    """What else stands as a heading and demands is a view."""
    assert find(read(heading(title), "Barna til de syke.", "De bør telles.", asked=()), title).type == kind


def test_no_under_a_label_that_asks_for_more_is_no_remarks():
    """ "Andre innspill?" "Nei."."""
    asked = (Question(number="1", text="Hva mangler på torget?"), Question(number="2", text="Andre innspill?"))
    assert find(read("Hva mangler på torget?", "Benker.", "Andre innspill?", "Nei.", asked=asked), "Nei.").type == "no_remarks"


@pytest.mark.parametrize("line", ["6 Barn som trenger mer", "Barn som trenger mer:", "Kap. 6 Barn som trenger mer"])
def test_a_themes_title_is_no_point(line):
    """Those who answer by the themes of the case write their titles above what they say."""
    document = answer(line, "Barn som trenger mer hjelp, må få det.")
    sifted = noise.sift(segment.cut(document), document, bodies=BODIES, questions=(), titles=("Barn som trenger mer",), encoder=False)
    assert [s.noise for s in sifted] == ["heading", ""]
