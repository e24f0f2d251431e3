"""What each file is, whose answer it is, which version counts, who is missing."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline import intake
from pipeline.config import Body, FileRule
from pipeline.model import Block
from tests.make import document, settings

ANSWER = ("Vi viser til utsendt skjema.", "Vi mener at planen bør kortes ned.", "Utvalget ønsker færre tiltak.",
          "Det bør stå tydelig hvem som har ansvaret.")


def identify(*documents, plan=0.0, **changes):
    found, findings = intake.identify(documents, settings(**changes), lambda d: plan)
    return found, findings, intake.register(found, settings(**changes))


def case_fields(**fields):
    return replace(settings().case, **fields)


def kinds(findings):
    return [f.kind for f in findings]


def test_an_answer_is_known_by_its_letterhead():
    """A line with the body's name at the top is whose it is."""
    (d,), findings, register = identify(document("brev.docx", "RS Lister", "Innspill til planen", *ANSWER))
    assert (d.kind, d.bodies) == ("answer", ("RS Lister",))
    assert register.answered == ("RS Lister",)
    assert register.missing == ("RS Region Kristiansand", "RS Setesdal", "RS Østre Agder")
    assert not findings


def test_content_is_trusted_over_the_file_name_and_the_conflict_is_shown():
    """What the text says counts more than what the file is called."""
    (d,), findings, _ = identify(document("Setesdal.docx", "Innspill fra RS Lister", *ANSWER))
    assert d.bodies == ("RS Lister",)
    assert kinds(findings) == ["body_conflict"]


@pytest.mark.parametrize("source", ["svar lister.docx", "Lister/svar.docx"])
def test_file_and_folder_names_serve_when_the_text_is_silent(source):
    """Without any name in the text, the name of the file or folder tells."""
    (d,), _, _ = identify(document(source, *ANSWER))
    assert d.bodies == ("RS Lister",)


def test_a_title_may_write_the_name_in_small_letters():
    """ "Innspill fra park og drift" is the department's, though the words are ordinary ones; in a sentence they are."""
    bodies = (Body(name="Driftsavdelingen", aliases=("Park og drift",)), Body(name="Eldrerådet"))
    (d,), _, _ = identify(document("innspill.docx", "Innspill fra park og drift", *ANSWER), bodies=bodies)
    assert d.bodies == ("Driftsavdelingen",)
    (d,), _, _ = identify(document("innspill.docx", "Vi har lest innspillet fra park og drift.", *ANSWER), bodies=bodies)
    assert d.bodies == ()


def test_a_region_mentioned_is_not_a_region_speaking():
    """Trap 10: another body's name in running text does not make it the sender."""
    (d,), _, _ = identify(document(
        "brev.docx", "RS Setesdal", "Innspill til planen", *ANSWER,
        "Vi slutter oss til innspillet fra Lister.", "Samarbeidet med RS Østre Agder har vært godt."))
    assert d.bodies == ("RS Setesdal",)


@pytest.mark.parametrize("sentence", [
    "Vi slutter oss til uttalelsen fra RS Lister.", "Vi støtter uttalelsen fra RS Lister.", "Vi er enige i høringssvaret fra RS Lister.",
    "Me sluttar oss til fråsegna frå RS Lister.",
])
def test_the_body_agreed_with_is_not_the_sender(sentence):
    """An endorsement names another body; the letterhead, and else the file's name, tells whose the letter is."""
    (d,), _, register = identify(document("brev.docx", "RS Setesdal", "14.09.2025", sentence, "Planen må gjøres kortere."))
    assert d.bodies == ("RS Setesdal",)
    assert register.answered == ("RS Setesdal",)
    (d,), _, _ = identify(document("svar setesdal.txt", sentence, "Planen må gjøres kortere."))
    assert d.bodies == ("RS Setesdal",)


def test_an_attachment_without_a_name_is_whose_the_mail_is():
    """The rest of the answers, attached to a mail that only its signature names; and a sentence about a report is no report."""
    mail = document("sv.eml", "Hei! Her kjem svar på dei fem første, resten ligg i vedlegget.", *ANSWER, "Helsing Signe, leiar i RS Setesdal",
                    format="eml", container=True, properties=(("sender", "Signe <signe@post.example>"),))
    rest = document("sv.eml/svar 6-10.docx", "6. Vi saknar noko om dialyse.", "7. Rapporten bør vise tal for kvar kommune.",
                    "8. Hald møta på nett.", parent="sv.eml")
    found, findings, _ = identify(mail, rest)
    assert [(d.kind, d.bodies) for d in found] == [("answer", ("RS Setesdal",))] * 2 and "unknown_body" not in kinds(findings)


@pytest.mark.parametrize(("said", "whose"), [("Vedlagt følger notatet vårt, godkjent av styret.", ("RS Setesdal",)), ("Se vedlegg.", ())])
def test_an_attachment_is_whose_a_mail_says(said, whose):
    """A note without a name is its sender's where the mail says it is their own; others may be sent on by anyone."""
    mail = document("vs.eml", said, "Mvh Kari Li, for RS Setesdal", format="eml", container=True, properties=(("sender", "Kari <k@li.example>"),))
    found, _, _ = identify(mail, document("vs.eml/notat.docx", "Notat til planen", *ANSWER, parent="vs.eml"))
    assert found[1].kind == "answer" and found[1].bodies == whose


@pytest.mark.parametrize("opening", ["Hei! Vi i ungdomsrådet har hatt møte, og her er alt vi ble enige om:",
                                     "Ungdomsrådet i Vik omfatter alle skolene, og planen er lest."])
def test_who_opens_by_telling_who_they_are(opening):
    """In small letters, where only one such is asked, or by what they embrace."""
    (d,), _, _ = identify(document("innspill.eml", opening, *ANSWER), bodies=(Body(name="Ungdomsrådet i Vik"), Body(name="Vik vel")))
    assert d.bodies == ("Ungdomsrådet i Vik",)


def test_what_a_row_is_about_is_not_the_sender():
    """ "Butikken | Den må bestå, …" in the middle of a table speaks of the shop, which is asked too; the file says whose it is."""
    def row(n, about, said):
        return (Block(text=about, kind="cell", table=1, row=n, col=1), Block(text=said, kind="cell", table=1, row=n, col=2))

    rows = [b for n, (about, said) in enumerate((("Tema", "Hva vi mener"), ("Ferja", "Den må gå oftere om kvelden, ellers rekker vi ikke trening."),
                                                 ("Butikken", "Den bør få bygge ut mot kaia, for der er det best plass."),
                                                 ("Kaia", "Vi ønsker flere benker og mye mer lys på kaia.")), 1) for b in row(n, about, said)]
    shop, youth = Body(name="Nes Handel AS", aliases=("Butikken",)), Body(name="Nes ungdomsråd", aliases=("Ungdomsrådet",))
    (d,), _, _ = identify(document("ungdomsrådet.xlsx", *rows), bodies=(shop, youth))
    assert d.bodies == (youth.name,)


@pytest.mark.parametrize(("lines", "whose"), [
    (("Hei, og unnskyld at vi er sene.", "Eg svare for heile samhandlingsutvalget her i Setesdal.", *ANSWER,
      "På dette punktet slutte vi oss te det Lister har skrevet."), "RS Setesdal"),
    (("Te sekretariatet, fra utvalget i Setesdal", *ANSWER), "RS Setesdal"),
    (("RS Setesdal og nabokommunene. Møte 17. november på rådhuset. Til stede: Borghild Nymo, Torleif Haugan, Inga Vik, Per Sletten, Kari Holm.",
      *ANSWER), "RS Setesdal"),
])
def test_who_writes_in_the_first_lines(lines, whose):
    """Before whoever is agreed with below; in dialect; and before who was present, in one paragraph."""
    names = (Body(name="RS Setesdal", aliases=("Setesdal", "Utvalget i Setesdal")), Body(name="RS Lister", aliases=("Lister",)))
    (d,), _, _ = identify(document("svar.txt", *lines), bodies=names)
    assert d.bodies == (whose,)


def test_whom_a_long_paragraph_opens_with_is_spoken_of():
    """ "Det Lister skriv om ansvar, er vi einige i. …" in the first lines does not make it theirs; who signs does."""
    said = "Det Lister skriv om ansvar, er vi einige i. " + "Elles må planen bli kortare og lettare å finna fram i for dei som skal bruka han til dagleg. " * 2
    (d,), _, _ = identify(document("notat.txt", "Hei, her er notatet.", said, *ANSWER, "Hilsen Odd, RS Setesdal"),
                          bodies=(Body(name="RS Setesdal"), Body(name="RS Lister", aliases=("Lister",))))
    assert d.bodies == ("RS Setesdal",)


def test_a_bodys_whole_name_before_the_date_is_the_sender():
    """ "Nes fiskarlag, 3. mai 2030" says who; in "Nes, 3. mai 2030" it is the place, and the signature says who."""
    bodies = Body(name="Nes fiskarlag"), Body(name="Utvalget for Nes", aliases=("Nes",))
    for line, signed, whose in (("Nes fiskarlag, 3. mai 2030", "Ola Li", "Nes fiskarlag"),
                                ("Nes, 3. mai 2030", "For Nes fiskarlag, Ola Li", "Nes fiskarlag")):
        (d,), _, _ = identify(document("kai.txt", line, *ANSWER, signed), bodies=bodies)
        assert d.bodies == (whose,)


def test_a_joint_note_names_its_bodies():
    """ "Felles skriv fra X og Y om hogst" is from both."""
    (d,), _, _ = identify(document("skriv.odt", "Felles skriv fra RS Setesdal og RS Lister om hogst, 3. mai", *ANSWER))
    assert set(d.bodies) == {"RS Setesdal", "RS Lister"}


def test_whom_an_earlier_answer_was_made_with_is_not_the_sender():
    """ "Svaret vi laga saman med Lister" names the other; the mail's sender is whose this one is."""
    (d,), findings, _ = identify(document("tillegg.eml", "Dere har alt fått svaret vi laget i lag med Lister.", *ANSWER, format="eml", container=True,
                                          properties=(("sender", "Kari <post@setesdal.example>"),)))
    assert d.bodies == ("RS Setesdal",) and not findings


def test_a_partner_named_before_the_verb_is_not_the_subject():
    """ "I tillegg til uttalelsen med Lister vil vi …": the letterhead's body speaks."""
    (d,), findings, _ = identify(document(
        "brev.docx", "RS Setesdal", "Tilleggsinnspill", "I tillegg til fellesuttalelsen med Lister vil vi nevne dette.", *ANSWER))
    assert d.bodies == ("RS Setesdal",)
    assert not findings


def test_the_town_of_the_date_line_is_not_the_sender():
    """ "Lister, 3. mars" and "4580 Lister" say where; the signature or the file's name says who, and else the town."""
    (d,), findings, _ = identify(document(
        "brev.pdf", "Lister, 03.03.2025", "Innspill til planen", *ANSWER, "Med hilsen", "RS Setesdal",
        Block(text="RS Setesdal – Bruveien 4 – 4580 Lister – Org.nr. 912 345 678", place="footer")))
    assert d.bodies == ("RS Setesdal",) and not findings
    (d,), _, _ = identify(document("svar setesdal.txt", "Lister, den 3. mars 2025", *ANSWER))
    assert d.bodies == ("RS Setesdal",)
    (d,), _, _ = identify(document("brev.txt", "Lister, 3. mars 2025", *ANSWER))
    assert d.bodies == ("RS Lister",)


def test_addressees_do_not_speak():
    """Names on lines for recipients and copies are not senders."""
    (d,), _, _ = identify(document("brev.docx", "Til: RS Lister", "Kopi: RS Setesdal", "RS Østre Agder", *ANSWER))
    assert d.bodies == ("RS Østre Agder",)


def test_two_files_of_one_body_are_one_body():
    """Trap 3: a body that sends two files has answered once."""
    _, _, register = identify(
        document("lister 1.docx", "Innspill fra RS Lister", "Vi mener at språket bør bli enklere."),
        document("lister 2.docx", "Innspill fra RS Lister", "Vi ønsker mer penger til arbeidet."))
    assert register.answered == ("RS Lister",)
    assert dict(register.answers)["RS Lister"] == ("lister 1.docx", "lister 2.docx")


def test_a_joint_answer_counts_for_each_of_its_bodies():
    """Trap 4: a joint answer belongs to all who sign it, and is one file."""
    (d,), _, register = identify(document("felles.docx", "Felles innspill fra RS Lister og RS Setesdal", *ANSWER))
    assert d.bodies == ("RS Lister", "RS Setesdal")
    assert register.answered == ("RS Lister", "RS Setesdal")


def test_two_named_together_in_a_letter_of_one_are_not_both_speaking():
    """ "RS Lister og RS Setesdal har lang vei" says something of them; the letterhead says who writes."""
    (d,), _, _ = identify(document("brev.docx", "RS Setesdal", "RS Lister og RS Setesdal har lang vei til sykehuset.", *ANSWER))
    assert d.bodies == ("RS Setesdal",)


@pytest.mark.parametrize("line", [
    "RS Lister og RS Setesdal avgir felles uttalelse:", "RS Lister, samt RS Setesdal, har drøftet planen sammen.",
    "Innspill fra RS Lister på vegne av RS Lister og RS Setesdal", "Fråsegn frå RS Setesdal på vegner av RS Setesdal og RS Lister",
])
def test_those_who_speak_together_answer_together(line):
    """Two names before the verb, or on whose behalf one writes: both have answered."""
    (d,), _, _ = identify(document("brev.docx", line, *ANSWER))
    assert d.bodies == ("RS Lister", "RS Setesdal")


def test_no_remarks_to_minutes_is_no_answer():
    """Trap 7: "ingen merknader til referatet" answers the minutes, not the hearing."""
    (d,), _, register = identify(document(
        "svar.eml", "Hei, RS Lister har ingen merknader til referatet fra forrige møte.", "Hilsen Kari",
        format="eml", container=True, properties=(("sender", "RS Lister <post@lister.example>"),)))
    assert d.kind != "answer"
    assert "RS Lister" in register.missing


def test_a_short_mail_with_no_remarks_is_an_answer():
    """Silence is not agreement, but "ingen merknader" in writing is an answer."""
    (d,), _, register = identify(document(
        "svar.eml", "RS Lister har ingen merknader til handlingsplanen.", format="eml", container=True,
        properties=(("sender", "RS Lister <post@lister.example>"), ("subject", "Høring"))))
    assert (d.kind, d.bodies) == ("answer", ("RS Lister",))
    assert register.answered == ("RS Lister",)


def test_a_covering_note_is_a_mail_and_its_attachment_the_answer():
    """The sender of the mail tells whose the attachment is when the attachment does not."""
    mail = document("svar.eml", "Hei", "Vedlagt følger innspillet vårt.", "Hilsen Kari", format="eml", container=True,
                    properties=(("sender", "RS Lister <post@lister.example>"), ("sent", "2025-10-14")))
    letter = document("svar.eml/innspill.docx", "Innspill til handlingsplanen", *ANSWER, parent="svar.eml")
    (first, second), _, _ = identify(mail, letter)
    assert (first.kind, second.kind, second.bodies) == ("email", "answer", ("RS Lister",))
    assert second.dated == date(2025, 10, 14)


@pytest.mark.parametrize(("subject", "told"), [("VS: Svar", ["unplaced"]), ("SV: Svar", [])])
def test_a_forwarded_text_with_views_that_was_not_read_as_the_mails_own_is_told_of(subject, told):
    """An answer far down in a forwarded mail is nobody's silence; what a reply quotes is an earlier mail."""
    quoted = [Block(text=t, place="quoted") for t in (
        "Fra: Per", "Styret har hatt planen oppe på to møter i høst og kom fram til at den er for lang.", "Vi mener at halvparten kan strykes. "
        "Ferja bør gå oftere, og venterommet må få varme før vinteren kommer.")]
    mail = document("svar.eml", "Hei, se nedenfor.", format="eml", container=True, properties=(("subject", subject),))
    _, findings, _ = identify(replace(mail, blocks=(*mail.blocks, *quoted)))
    assert kinds(findings) == told


@pytest.mark.parametrize("lines", [
    ("Hei", "Vi minner om svarfristen 15. oktober. Vi har ikke mottatt innspill fra RS Lister.", "Mvh sekretariatet"),
    ("Purring: vi kan ikke se å ha mottatt svar fra RS Lister.",), ("Jeg er på ferie til 3. mars. Ved behov, ring Kari i RS Lister.",),
])
def test_a_reminder_and_an_automatic_reply_are_no_answer_of_the_body_they_name(lines):
    """Trap 6: who is reminded has not answered."""
    _, _, register = identify(document("purring.eml", *lines, format="eml", container=True))
    assert not register.answered


def test_an_answer_that_speaks_of_the_deadline_is_one():
    """ "Vi minner om at fristen …" beside demands is an opinion."""
    _, _, register = identify(document("svar.docx", "RS Lister", "Vi minner om at fristen var kort.", *ANSWER))
    assert register.answered == ("RS Lister",)


def test_the_letter_that_sends_the_questions_is_no_answer():
    """Its questions hold "bør" and "har RS": that is what is asked, not what the sender thinks."""
    asked = settings().questions
    (d,), findings, _ = identify(document(
        "oversendelse.docx", "Høring av handlingsplan", "Vi ber om svar på disse spørsmålene innen 15. oktober, gjerne etter drøfting i møte. "
        "Svaret sendes på e-post til sekretariatet, som svarer på spørsmål om skjemaet.", *(q.text for q in asked), "Med vennlig hilsen sekretariatet"))
    assert d.kind == "case_paper" and not findings


def test_a_revised_answer_replaces_the_first():
    """The later one counts, the first is listed as replaced."""
    found, findings, register = identify(
        document("lister.docx", "Innspill fra RS Lister", "Dato: 01.10.2025", *ANSWER),
        document("lister revidert.docx", "Revidert innspill fra RS Lister", "Dato: 08.10.2025", *ANSWER, "Planen er for lang."))
    assert register.superseded == ("lister.docx",)
    assert "superseded" in kinds(findings)
    assert found[1].superseded_by is None


@pytest.mark.parametrize("line", [
    "Vi ønsker en oppdatert oversikt over tiltakene.", "Planen er endelig blitt lesbar.", "Legevakta kan ikke erstattes av telefon i stedet for lege.",
    "Den reviderte planen er bedre.", "Høringssvar til utkast til plan", "Vi mener at utkastet er godt.",
])
def test_an_opinion_with_such_words_replaces_nothing(line):
    """ "Oppdatert", "i stedet for", "utkast" said of the plan: both letters of the body count."""
    first = document("a.docx", "RS Lister", "10.03.2025", *ANSWER)
    second = document("b.docx", "RS Lister", "20.03.2025", line, "Ferja må gå oftere.", "Skolen trenger flere lærere.")
    found, findings, _ = identify(first, second)
    assert not any(d.superseded_by for d in found) and kinds(findings) == ["several_answers"]


@pytest.mark.parametrize("line", [
    "Vi trekker tilbake vårt tidligere svar.", "Svaret trer i staden for det vi sende 10. mars.", "Oppdatert etter møte 19. mars",
    "Ny versjon av innspillet", "Uttalelsen er korrigert etter møtet i går.",
])
def test_a_letter_that_says_it_replaces_another(line):
    """Said of the answer: the first one no longer counts."""
    first = document("a.docx", "RS Lister", "10.03.2025", *ANSWER)
    second = document("b.docx", "RS Lister", "20.03.2025", line, "Ferja må gå oftere.", "Skolen trenger flere lærere.")
    found, _, register = identify(first, second)
    assert [d.superseded_by for d in found] == ["b.docx", None] and register.superseded == ("a.docx",)


def test_an_addition_does_not_replace():
    """A supplement stands beside the first answer."""
    _, _, register = identify(
        document("lister.docx", "Innspill fra RS Lister", *ANSWER),
        document("lister tillegg.docx", "Tillegg til innspill fra RS Lister", "Vi ønsker også bedre transport."))
    assert register.superseded == ()


def test_late_by_the_letters_own_date():
    """A letter dated after the deadline is late and still counted; the file's date plays no part."""
    case = case_fields(deadline=date(2025, 10, 15))
    _, findings, register = identify(
        document("a.docx", "Innspill fra RS Lister", "Dato: 16.10.2025", *ANSWER),
        document("b.docx", "Innspill fra RS Setesdal", "Dato: 15.10.2025", *ANSWER), case=case)
    assert register.late == ("RS Lister",)
    assert register.answered == ("RS Lister", "RS Setesdal")
    assert "late" in kinds(findings)


def test_the_deadline_in_the_text_is_not_the_letters_date():
    """Dates of meetings, deadlines and other letters are passed over."""
    (d,), _, _ = identify(document("a.docx", "Innspill fra RS Lister", "Frist: 15.10.2025", "Møte 7.10.2025",
                                   "Deres brev av 2.9.2025", "Lyngdal, 9. oktober 2025", *ANSWER))
    assert d.dated == date(2025, 10, 9)


def test_a_municipality_does_not_answer_for_its_region():
    """An answer on a municipality's letterhead has no body, and the finding says what to do."""
    (d,), findings, register = identify(document("brev.docx", "Farsund kommune", "Innspill til planen", *ANSWER))
    assert (d.kind, d.bodies) == ("answer", ())
    assert register.answered == ()
    assert "Farsund" in findings[0].message
    assert "case.toml" in findings[0].message


def test_the_action_plan_is_known_by_its_table():
    """A table of measures is the plan although bodies are named in it as responsible."""
    (d,), _, _ = identify(document("plan.xlsx", "Tiltak", "RS Lister", "RS Setesdal"), plan=0.9)
    assert (d.kind, d.bodies) == ("action_plan", ())


def test_a_case_document_that_lists_bodies_is_no_answer():
    """An earlier case document sums up the regions' answers under their names; none of it is an answer."""
    (d,), _, register = identify(document(
        "sak.docx", "# 1 Bakgrunn for saken", "Planen gjennomgås.", "# 2 Saksopplysninger", "RS Lister:", "• Trygg hjemme",
        "RS Setesdal:", "• Digitale rom", "RS Østre Agder:", "• Sårstell", "# 3 Sekretariatets vurdering", "Vi anbefaler dette.",
        "# Forslag til vedtak"))
    assert d.kind == "earlier_case"
    assert register.answered == ()


def test_a_short_opinion_from_nobody_known_is_not_lost():
    """A few informal lines with an opinion are an answer without a body, told to the user."""
    (d,), findings, _ = identify(document("brev.txt", "Jeg er en nabo som mener at grillplassen må flyttes lenger inn."))
    assert (d.kind, d.bodies) == ("answer", ())
    assert kinds(findings) == ["unknown_body"]


def test_a_text_that_fits_nothing_is_told():
    """What is neither answer nor paper is named, never silently left out."""
    (d,), findings, _ = identify(document("lapp.txt", "Nøkkelen ligger i skuffen til venstre."))
    assert d.kind == "unknown"
    assert kinds(findings) == ["unplaced"]


def test_a_strategy_of_a_region_is_a_case_paper():
    """A strategy plan about a region is context, never that region's answer."""
    (d,), _, register = identify(document(
        "strategi.pdf", "# 1 Innledning", "Nettverket i Region Kristiansand skal styrke samarbeidet.", "# 2 Overordnet mål",
        "Målet er bærekraftige tjenester.", "# 3 Satsingsområder", "Kommunene skal dele kompetanse."))
    assert d.kind == "case_paper"
    assert register.answered == ()


def test_minutes_that_hold_the_answer_are_an_answer():
    """Minutes of a body in which the hearing is one item carry its answer."""
    (d,), _, _ = identify(document(
        "protokoll.docx", "Møteprotokoll RS Lister", "Til stede: Per, Kari", "Sak 4/25 Innspill til handlingsplanen",
        "Behandling:", "Utvalget mener at planen bør kortes ned.", "Utvalget ønsker færre tiltak.", "Ansvaret må bli tydeligere.",
        "Vedtak:", "Innspillet sendes SSU.", "Sak 5/25 Referatsaker (RS)"))
    assert (d.kind, d.bodies) == ("answer", ("RS Lister",))


def test_other_minutes_are_minutes():
    """Trap 11: RS as in "referatsak" is no body, and minutes without the answer are minutes."""
    (d,), _, register = identify(document(
        "protokoll.docx", "Møteprotokoll for kommunestyret", "Til stede: Per", "RS 12/25 Referatsak: brev om veg",
        "Votering: Enstemmig", "Vedtak: Tas til orientering."))
    assert d.kind == "minutes"
    assert register.answered == ()


def test_a_correction_in_case_toml_decides():
    """[files] gives a file its kind and body whatever was detected."""
    rule = FileRule(path="brev.docx", kind="answer", bodies=("RS Setesdal",))
    (d,), _, _ = identify(document("brev.docx", "RS Lister", *ANSWER), files=(rule,))
    assert d.bodies == ("RS Setesdal",)


def test_a_correction_of_a_file_that_is_not_there_is_a_finding():
    """A misspelt file name in case.toml is told, not ignored."""
    _, findings, _ = identify(document("brev.docx", "RS Lister", *ANSWER), files=(FileRule(path="bref.docx"),))
    assert "file_rule_unused" in kinds(findings)


def test_a_failed_file_is_nobodys_answer():
    """A file that cannot be read does not make its body answered."""
    (d,), _, register = identify(document("svar lister.docx", status="failed", error="Filen er skadet."))
    assert d.kind == "unknown"
    assert "RS Lister" in register.missing


@pytest.mark.parametrize("line", [
    "leder av RS Lister, til daglig virksomhetsleder for pleie og omsorg i en av kommunene", "sekretær for RS Lister",
])
def test_the_office_of_who_signs_tells_whose_the_answer_is(line):
    """The body may stand in the signature alone, in a long line of titles or in a part of a mail that is no answer."""
    letter = ("Kjære alle sammen", *ANSWER * 2, "Med ønske om en god høst", "Kari Nes", line, "Brevet sendes kun elektronisk.")
    (d,), findings, _ = identify(document("brev.pdf", *letter))
    assert (d.kind, d.bodies, findings) == ("answer", ("RS Lister",), ())
    signed = (Block(text="Mvh Kari", place="signature"), Block(text=line, place="signature"))
    (d,), findings, _ = identify(document("SV_ planen.eml", "Hei!", "tiltak 3 bra, behold", *signed, format="eml", container=True))
    assert (d.kind, d.bodies, findings) == ("answer", ("RS Lister",), ())


def test_a_signature_may_write_the_name_in_small_letters():
    """ "hovedtillitsvalgte i Fagforbundet og Delta" sign for the body of that name; "lister" is an ordinary word."""
    bodies = (Body(name="Hovedtillitsvalgte i fellesskap", aliases=("Hovedtillitsvalgte",)), Body(name="Lister"))
    letter = ("Hei Preben", *ANSWER * 2, "God helg!", "Ragnhild og Tor")
    (d,), _, _ = identify(document("svar.docx", *letter, "hovedtillitsvalgte i Fagforbundet og Delta"), bodies=bodies)
    assert d.bodies == ("Hovedtillitsvalgte i fellesskap",)
    (d,), _, _ = identify(document("svar.docx", *letter, "lister over tiltak ligger ved"), bodies=bodies)
    assert d.bodies == ()


def test_a_body_spoken_of_once_does_not_outrank_the_name_of_the_file():
    """Trap 5: "Lister har fått køen ned" in the file of another body is about Lister."""
    (d,), findings, _ = identify(document("RS Setesdal - svar.xlsx", "Ventetida må ned.", "Lister har fått den ned til tre uker.", *ANSWER))
    assert (d.bodies, findings) == (("RS Setesdal",), ())
    (d,), findings, _ = identify(document("RS Setesdal - svar.docx", "Lister har behandlet saken.", "Lister mener planen er for lang.", *ANSWER))
    assert (d.bodies, kinds(findings)) == (("RS Lister",), ["body_conflict"])


def test_minutes_of_a_body_with_an_item_that_is_its_answer():
    """Minutes under the body's name, in which one item is "svar til" the secretariat, hold the answer; without such an item none."""
    items = ("RS Lister – protokoll fra møte 4", "Til stede: Kari Nes, Per Dal", "Sak 21/26 Referatsaker", "Brevet ble tatt til orientering.")
    (d,), _, _ = identify(document("protokoll.odt", *items, "Sak 22/26 Handlingsplanen – svar til sekretariatet", *ANSWER[1:]))
    assert (d.kind, d.bodies) == ("answer", ("RS Lister",))
    (d,), _, _ = identify(document("protokoll.odt", *items, "Sak 22/26 Budsjett", "Vi mener budsjettet må vedtas.", "Utvalget ønsker færre møter."))
    assert d.kind == "minutes"


def test_a_mail_of_unknown_origin_that_says_much_is_never_passed_over():
    """A long one with many views is an answer whose body a person names; a short one with a view is shown as not placed."""
    views = ("Vi mener at planen bør kortes ned.", "Ansvaret må stå tydelig, og vi ønsker færre tiltak enn i dag.",
             "Det bør stå hvem som har ansvaret for hvert enkelt tiltak, og når det skal være ferdig.",
             "Kommunene må få dekket utgiftene sine før de får nye oppgaver av sykehuset.")
    (d,), findings, _ = identify(document("SV_ planen.eml", "Hei!", *views * 2, "Hilsen Kari", format="eml", container=True))
    assert (d.kind, d.bodies, kinds(findings)) == ("answer", (), ["unknown_body"])
    (d,), findings, _ = identify(document("SV_ planen.eml", "Hei!", *views[:2], "Ellers er det fint her, med sol hver eneste dag.", "Hilsen Kari",
                                          format="eml", container=True))
    assert (d.kind, kinds(findings)) == ("email", ["unplaced"])


def test_the_name_in_the_other_written_form_is_the_same_body():
    """ "Samhandlingsutval Aust" is "Samhandlingsutvalg Aust"; a joint answer of two such is theirs."""
    bodies = (Body(name="Samhandlingsutvalg Aust"), Body(name="Samhandlingsutvalg Midt"), Body(name="Vik bondeforening"))
    (d,), _, _ = identify(document("svar.pdf", "Felles svar frå Samhandlingsutval Aust og Samhandlingsutval Midt", *ANSWER), bodies=bodies)
    assert d.bodies == ("Samhandlingsutvalg Aust", "Samhandlingsutvalg Midt")
    (d,), _, _ = identify(document("svar.pdf", "Vik bondeforeining", *ANSWER), bodies=bodies)
    assert d.bodies == ("Vik bondeforening",)


def test_who_writes_may_say_so_in_a_sentence():
    """ "Det er vi i Lister som skriver" is Lister's; "Lister har lang vei" is about Lister."""
    (d,), _, _ = identify(document("brev.txt", "Det er vi i RS Lister som skriver dette.", *ANSWER))
    assert d.bodies == ("RS Lister",)
    (d,), _, _ = identify(document("brev.txt", "RS Lister ligger langt fra sykehuset.", *ANSWER))
    assert d.bodies == ()


def test_a_town_in_an_address_is_no_sender():
    """Trap 5: the street in the footer lies in a town that a body is named after."""
    footer = Block(text="Helsesamvirket – svarskjema – Sjukehusveien 1, Lister", place="footer")
    (d,), _, _ = identify(document("skjema.docx", footer, Block(text="Fylt ut for", kind="cell", table=1, row=1, col=1),
                                   Block(text="RS Setesdal", kind="cell", table=1, row=1, col=2), *ANSWER))
    assert d.bodies == ("RS Setesdal",)


def test_many_views_from_nobody_known_are_for_a_person_to_place():
    """A long answer whose sender is not known is never put aside as a paper of the case."""
    (d,), findings, _ = identify(document("brev.txt", *("Planen bør kortes ned, og ansvaret må stå tydelig for alle tiltak.",
                                                         "Vi ønsker færre møter og mer tid til dem som trenger det.") * 20))
    assert (d.kind, d.bodies, kinds(findings)) == ("answer", (), ["unknown_body"])


def test_the_board_of_a_body_speaks_for_it_and_a_longer_name_in_an_address_is_another():
    """ "Klubbstyret i X hadde planen på bordet" is X's; "granstadsjukehus" in an address is not the body Granstad."""
    bodies = (Body(name="LHU Granstad", aliases=("Granstad",)), Body(name="Pleierforbundet ved Granstad sjukehus", aliases=("Pleierforbundet",)))
    mail = {"format": "eml", "container": True, "properties": (("sender", "Hege Lund <hege.lund@granstadsjukehus.example>"),)}
    (d,), _, _ = identify(document("svar.eml", "Hei!", "Klubbstyret i Pleierforbundet hadde planen på bordet mandag.", *ANSWER, **mail), bodies=bodies)
    assert d.bodies == ("Pleierforbundet ved Granstad sjukehus",)
    (d,), _, _ = identify(document("svar.eml", "Hei!", *ANSWER, **mail), bodies=bodies)
    assert d.bodies == ()


@pytest.mark.parametrize("line", [
    "RS Lister (Lyngdal og Farsund kommuner). Fylt ut av Kari Nes 4.2.26, godkjent på sirkulasjon.",
    "Møteprotokoll RS Lister, 10. februar 2026 kl. 9–11.30, Hesten helsehus.",
])
def test_a_first_line_of_several_sentences_is_a_letterhead(line):
    """Who, when and by whom in one line at the top."""
    (d,), _, _ = identify(document("Svarskjema handlingsplan LP.docx", line, "Sak 7/26 Høring av plan", *ANSWER))
    assert (d.kind, d.bodies) == ("answer", ("RS Lister",))


def test_a_memo_is_an_answer_when_a_body_stands_at_its_foot():
    """A file called "høringsnotat" with a body's name and address below it is that body's answer."""
    (d,), _, _ = identify(document("høringsnotat_v3.pdf", "Notat: planen sett fra dalen", *ANSWER, "Vi må få svar på dette før høsten.",
                                          "RS Lister, Skolegata 11, 4999 Lyngvik, tlf. 70 30 40 50"))
    assert (d.kind, d.bodies) == ("answer", ("RS Lister",))


def test_a_memo_full_of_views_is_for_a_person_when_nobody_signs_it():
    """It is no case paper because it is called one: a person says whose it is."""
    (d,), findings, _ = identify(document("notat.docx", "Notat om planen", *ANSWER, "Vi må få svar på dette før høsten.", "Tiltak 4 bør strykes."))
    assert (d.kind, d.bodies) == ("answer", ())
    assert "unknown_body" in kinds(findings)


def test_a_mail_that_opens_with_whom_it_agrees_is_its_senders():
    """ "Det X skriver, slutter vi oss til" is by whoever says it: "styret i Y har …"."""
    (d,), _, _ = identify(document(
        "svar.eml", "Hei!", "Styret i RS Setesdal har fått planen lest opp av ei datastemme som ikke kunne uttale halvparten av ordene i den.",
        "Det RS Lister skriver om gratis utskrift, slutter vi oss til.", *ANSWER, format="eml", container=True))
    assert d.bodies == ("RS Setesdal",)


@pytest.mark.parametrize("opening", ["RS Setesdal hadde møte på lørdag, og fjorten av nitten møtte.", "RS Setesdal møttes på Vegårshei i vår."])
def test_who_held_the_meeting_speaks(opening):
    """ "X hadde møte" opens X's own answer; "X hadde lang vei" is about X."""
    (d,), _, _ = identify(document("svar.eml", "God morgen.", opening, *ANSWER, format="eml", container=True))
    assert d.bodies == ("RS Setesdal",)
    (d,), _, _ = identify(document("svar.txt", "RS Setesdal hadde lang vei i fjor.", *ANSWER))
    assert d.bodies == ()


def test_a_body_in_small_letters_in_a_signature_of_a_short_letter():
    """ "Hilsen Kari, skriver i grendelaget" tells whose it is, when one body only has that name."""
    bodies = (Body(name="Ytre grendelag", aliases=("Grendelaget",)), Body(name="Nes skole"))
    (d,), _, _ = identify(document("svar.txt", "Til kommunen", *ANSWER, "Hilsen Kari, skriver i grendelaget"), bodies=bodies)
    assert d.bodies == ("Ytre grendelag",)


def test_the_head_of_a_column_names_what_stands_below_it():
    """A workbook with a row a body and a column a question: the first column is headed "Utvalg"."""
    cells = [Block(text=text, kind="cell", table=1, row=row, col=col) for row, texts in enumerate(
        (("Utvalg", "Form", "Tiltak", "Ansvar", "Penger", "Digitalt", "Samarbeid"),
         ("RS Setesdal", "Planen må kortes ned.", "Vi ønsker færre tiltak.", "Vi mener det er uklart.", "Det må midler til.", "Bra.", "Bør bli bedre.")), 1)
        for col, text in enumerate(texts, 1)]
    (d,), _, _ = identify(document("samlet besvarelse.xlsx", *cells))
    assert d.bodies == ("RS Setesdal",)


def test_minutes_of_one_item_about_the_plan_are_the_answer():
    """A council's minutes in which the plan is the item are its answer, also when few of its points say "bør"."""
    (d,), _, _ = identify(document(
        "Møtereferat 14. oktober.odt", "# RS Setesdal, referat fra møte 14.10.2026", "Til stede: Ingrid, Jonas, Sumaya.",
        "Sak 22: Handlingsplanen. Thea leste høyt, og så gikk vi rundt bordet.", "RS Setesdal mener:", "Flere kurs, og de skal være korte",
        "Ingen tiltak uten navn på", "Utvalget ønsker færre møter", "Skjemaet må bort"))
    assert (d.kind, d.bodies) == ("answer", ("RS Setesdal",))


def test_a_silent_body_that_speaks_in_minutes_is_asked_about():
    """Minutes that are taken for no answer, of a body that has answered in no other way: a person is told."""
    minutes = ("# Møteprotokoll RS Setesdal", "Til stede: Per, Kari", *(f"Sak {n}/26 Orientering" for n in range(1, 6)),
               "RS Setesdal mener at veien bør brøytes.", "Møtet ble hevet.")
    (d,), findings, _ = identify(document("protokoll.docx", *minutes))
    assert d.kind == "minutes" and "perhaps_an_answer" in kinds(findings)
    assert "RS Setesdal" in next(f.message for f in findings if f.kind == "perhaps_an_answer")
    _, findings, _ = identify(document("protokoll.docx", *minutes), document("svar.docx", "RS Setesdal", "Innspill til planen", *ANSWER))
    assert "perhaps_an_answer" not in kinds(findings)


def test_minutes_full_of_views_are_the_answer_of_who_is_silent():
    """A youth council's minutes of little else than views count, with word of it; beside another answer, or thin, they do not."""
    minutes = ("# Referat fra møte i RS Setesdal", "Til stede: Iben, Jonatan og Amira", "Sak 1: Skal veien flyttes?",
               *(f"Veien ved bekk {n} bør ligge der den ligger, og det må komme lys." for n in range(1, 6)), "Sak 2: Bussen", "Sak 3: Hvis det blir sånn likevel",
               "Bussen må ha belter.")
    (d,), findings, _ = identify(document("referat.odt", *minutes))
    assert (d.kind, d.bodies) == ("answer", ("RS Setesdal",))
    assert ["minutes" in f.message for f in findings if f.kind == "perhaps_an_answer"] == [True]
    (d, _), findings, _ = identify(document("referat.odt", *minutes), document("svar.docx", "RS Setesdal", "Innspill til planen", *ANSWER))
    assert d.kind == "minutes" and "perhaps_an_answer" not in kinds(findings)
    (d,), _, _ = identify(document("referat.odt", *minutes, *(f"Punkt {n} ble gjennomgått av lederen i ro og mak før kaffen." for n in range(30))))
    assert d.kind == "minutes"


def test_a_body_is_named_by_all_of_its_municipalities():
    """ "Tarvik og Sundøy.txt" comes from the region of those two; one of them alone is a municipality."""
    bodies = (Body(name="RSU Sundet", municipalities=("Sundøy", "Tarvik")), Body(name="RSU Elva", municipalities=("Elvestad", "Myrbø")))
    (d,), _, _ = identify(document("Tarvik og Sundøy.txt", "Her er det vi kom fram til på kaia.", *ANSWER), bodies=bodies)
    assert d.bodies == ("RSU Sundet",)
    (d,), _, _ = identify(document("Tarvik.txt", "Her er det vi kom fram til på kaia.", *ANSWER), bodies=bodies)
    assert d.bodies == ()


def test_a_place_in_a_files_name_is_the_one_body_of_that_place():
    """ "Åsdalen innspill.xlsx" is from RS Øvre Åsdal where no other is asked there; the municipality Åsdal is not the region."""
    upper, fjord = Body(name="RS Øvre Åsdal", municipalities=("Åsdal", "Rognlia")), Body(name="RS Fjorden")
    for name, bodies, whose in (("Åsdalen innspill.xlsx", (upper, fjord), (upper.name,)), ("Åsdal innspill.xlsx", (upper, fjord), ()),
                                ("Åsdalen innspill.xlsx", (upper, Body(name="RS Nedre Åsdal")), ())):
        (d,), _, _ = identify(document(name, *ANSWER), bodies=bodies)
        assert d.bodies == whose


def test_a_place_of_several_words_in_a_files_name_is_the_one_body_of_that_place():
    """ "Skjema Myra sør.docx" is from Hytteforeningen Myra sør, unless two are called so; "Myra" alone is another place."""
    cabins, owners = Body(name="Hytteforeningen Myra sør"), Body(name="Grunneierlaget Myra sør")
    for name, bodies, whose in (("Skjema Myra sør.docx", (cabins,), (cabins.name,)), ("Skjema Myra sør.docx", (cabins, owners), ()),
                                ("Skjema Myra.docx", (cabins,), ())):
        (d,), _, _ = identify(document(name, *ANSWER), bodies=bodies)
        assert d.bodies == whose


def test_a_short_answer_that_asks_for_a_thing_to_be_put_off_is_an_answer():
    """ "En utsettelse av nye satser" is a wish; "vi ber om utsatt frist" is no answer, though a demand may stand beside it."""
    (d,), _, _ = identify(document("brev.docx", "RS Lister", "En utsettelse av de nye satsene bør vedtas.", "Vi ønsker flere møter.",
                                   "Reglene bør bli kortere.", "Vi foreslår et eget skjema."))
    assert d.kind == "answer"
    for asks in ("Vi ber om utsatt frist til 15. mai, da utvalget må møtes først.", "Vi må dessverre søke om utsettelse av svarfristen."):
        (d,), _, _ = identify(document("brev.docx", "RS Lister", asks))
        assert d.kind == "case_paper"


@pytest.mark.parametrize("closing", [
    ("Kari Li, leder RS Lister", "Ola Vik, leder RS Setesdal"), ("Kari Li, leder RS Lister Ola Vik, nestleder, RS Setesdal",),
    ("Kari Li, sekretær for RS Lister", "Ola Vik, leiar i RS Setesdal"),
])
def test_two_whose_officers_sign_answer_together(closing):
    """A joint answer may name its bodies in the signatures alone."""
    (d,), _, _ = identify(document("felles.docx", "Felles svar", *ANSWER, "Med hilsen", *closing))
    assert d.bodies == ("RS Lister", "RS Setesdal")


def test_an_office_may_stand_right_before_the_body():
    """ "Sekretær RS Lister" in a long signature, without "for" between."""
    (d,), _, _ = identify(document("svar.eml", *ANSWER, "Mvh Gunn-Anita Solbakken Pedersen, sekretær RS Lister, tlf. 991 00 112"))
    assert d.bodies == ("RS Lister",)


def test_a_committee_explained_between_commas_speaks():
    """ "Samarbeidsutvalet for X, det vil seie kommunane A og B, har drøfta": what stands between the commas is an aside."""
    (d,), _, _ = identify(document(
        "Innspel endeleg (2).docx", "Samarbeidsutvalet for RS Setesdal, det vil seie kommunane øvst i dalen saman med den avdelinga som sjukehuset har der, "
        "har drøfta planen to gonger og vil seie dette om han.", *ANSWER))
    assert d.bodies == ("RS Setesdal",)


def test_small_letters_after_for_and_after_from():
    """ "Hilsen Marianne, for pårørendegruppa ved heimen" and "Notat frå kommuneoverlegen, 9.9." name who answers."""
    bodies = (Body(name="Pårørendegruppa ved Bakketun"), Body(name="Kommuneoverlegen i Hegg", aliases=("Kommuneoverlegen",)))
    (d,), _, _ = identify(document("svar.txt", "Takk for at dere spør.", *ANSWER,
                                   "Vennlig hilsen Marianne Lid, for pårørendegruppa ved Bakketun. Sendt fra Outlook for Android"), bodies=bodies)
    assert d.bodies == ("Pårørendegruppa ved Bakketun",)
    (d,), _, _ = identify(document("ko_0909.txt", "Notat frå kommuneoverlegen, 9.9.2028. Unntatt ikkje offentlegheit.",
                                   "Eg rår til at ein held oppe eitt av husa.", "Tilsynet må aukast.", "Det trengst ein koordinator."), bodies=bodies)
    assert (d.kind, d.bodies) == ("answer", ("Kommuneoverlegen i Hegg",))


def test_a_covering_note_that_goes_on_is_an_answer_too():
    """What did not get into the attachment is said in the mail; a plain covering note is none."""
    def mail(text):
        return identify(document("VS svar.eml", "Hei!", text, "Helsing Jorunn, leiar i RS Setesdal", format="eml", container=True,
                                 properties=(("sender", "Jorunn <j@post.example>"),)),
                        document("VS svar.eml/svar.docx", "RS Setesdal", "Innspill til planen", *ANSWER, parent="VS svar.eml"))[0][0]
    assert mail("Ein ting som ikkje kom med i vedlegget: vi ønskjer møta på nett frå oktober til mars.").kind == "answer"
    assert mail("Her kjem svaret frå oss i øyane, som vedlegg.").kind == "email"


@pytest.mark.parametrize(("text", "kind", "told"), [
    ("Her er svaret vårt som vedlegg. Møtene bør holdes på nett.", "answer", ["covering_mail"]),
    ("Her er svaret vårt som vedlegg. Vi vil gjerne at noen fra sekretariatet kommer hit en gang i året.", "answer", ["covering_mail"]),
    ("Her er svaret vårt som vedlegg. Det må behandles i styret før det er endelig.", "email", ["covering_mail"]),
    ("Her er svaret vårt som vedlegg. Vi håper innspillene er til nytte. God helg!", "email", []),
    ("Her er svaret vårt som vedlegg. Møtene bør holdes på nett, planen må bli kortere, og vi foreslår en frist.", "answer", []),
    ("Her er svaret vårt som vedlegg. Ring gjerne.", "email", []),
])
def test_a_wish_in_a_covering_note_is_not_passed_over(text, kind, told):
    """One wish beside the attached answer counts, and is shown to a person; what is wished of the sending does not."""
    mail = document("mail.eml", "Hei!", text, "Hilsen Jorunn, leder i RS Setesdal", format="eml", container=True)
    found, findings, _ = identify(mail, document("mail.eml/svar.docx", "RS Setesdal", "Innspill til planen", *ANSWER, parent="mail.eml"))
    assert found[0].kind == kind and kinds(findings) == told


@pytest.mark.parametrize(("subject", "attachment", "text"), [
    ("Svar", "svar_endelig.docx", "En ting kom ikke med i vedlegget: vi ønsker at møtene holdes på nett om vinteren."),
    ("Revidert svar", "svar.docx", "Vedlagte svar erstatter det vi sendte før. Vi ønsker dessuten at møtene holdes på nett om vinteren."),
])
def test_a_mail_and_its_attachment_never_replace_each_other(subject, attachment, text):
    """Words of a final or corrected answer say so of an earlier one; what the mail adds and what it carries both count."""
    mail = document("mail.eml", "Hei!", text, "Hilsen Jorunn, leder i RS Setesdal", format="eml", container=True, properties=(("subject", subject),))
    letter = document(f"mail.eml/{attachment}", "RS Setesdal", "Innspill til planen", *ANSWER, parent="mail.eml")
    found, _, register = identify(mail, letter)
    assert [d.kind for d in found] == ["answer", "answer"] and not register.superseded


@pytest.mark.parametrize(("opening", "closing", "body"), [
    ("Vi som sitt i utvalget for Skjerva og Naustnes har hatt planen oppe te kaffen.", "Hilsen oss, v/ Torleif", "GSU Skjervet"),
    ("Me på Nedre Brygge har hatt årsmøte, kaffi og krangel.", "Helsing Målfrid", "Nedre Brygge velforening"),
    ("Vi i vellet på Nedre Brygge vil ha lys.", "Helsing Målfrid", "Nedre Brygge velforening"),
    ("Det skrivast i all hast.", "Helsing Målfrid, skrivar i velforeninga", "Nedre Brygge velforening"),
    ("Takk for at brukarrådet får uttale seg.", "Magnhild Eikås, leiar i brukarrådet", "Brukerrådet ved Nes sykehus"),
    ("Råd for personer med funksjonsnedsettelse, sak 18/27", "Rett utskrift: L. Moen, sekretær", "Råd for personer med funksjonsnedsettelse i Nes"),
    ("Dette har vi i pausen skrevet sammen, 14 tilsette ved Lia.", "Takk!", "Personalet på Lia aldersheim"),
    ("Takk for sist.", "Hilsen foreldra i Dalen", "Foreldrerådet i Dalen barnehage"),
    ("Hei på dokker!", "Hilsen Borgny og de andre i brukerrådet ved Nes", "Brukerrådet ved Nes sykehus"),
    ("Her e svaret fra brukerrådet herute, skrivi på kjøkkenet.", "Takk!", "Brukerrådet ved Nes sykehus"),
    ("Vi e elleve bruk her, og her e det Nedre Brygge velforening vil si.", "Takk!", "Nedre Brygge velforening"),
    ("Brukerrådet er elleve personer, og dette kom vi fram til på onsdag.", "Takk!", "Brukerrådet ved Nes sykehus"),
    ("Jeg var bademester til 2019, sitter nå i Nedre Brygge velforening og er bedt om å skrive.", "Takk!", "Nedre Brygge velforening"),
    ("Hei!", "Helsing Rolf Inge Eikeland, Nedre Brygge velforening avd. nord og sør for elva", "Nedre Brygge velforening"),
])
def test_other_ways_to_say_who_we_are(opening, closing, body):
    """By all municipalities, by the place of one body, by what only one is called, in the other written form, without the place.

    And by whose people they are."""
    bodies = (Body(name="GSU Skjervet", municipalities=("Skjerva", "Naustnes")), Body(name="GSU Lomdalen", municipalities=("Lomdal", "Hegglid")),
              Body(name="Nedre Brygge velforening"), Body(name="Brukerrådet ved Nes sykehus", aliases=("Brukerrådet",)),
              Body(name="Råd for personer med funksjonsnedsettelse i Nes"), Body(name="Personalet på Lia aldersheim"),
              Body(name="Foreldrerådet i Dalen barnehage"), Body(name="Foreldrerådet i Myra barnehage"))
    (d,), _, _ = identify(document("brev til kommunen.txt", opening, *ANSWER, closing), bodies=bodies)
    assert d.bodies == (body,)


def test_a_committee_is_named_by_its_municipalities_in_the_head():
    """ "Samarbeidsutvalg for Skjerva og Naustnes" over the minutes is the committee of those two."""
    bodies = (Body(name="GSU Skjervet", municipalities=("Skjerva", "Naustnes")), Body(name="GSU Lomdalen", municipalities=("Lomdal", "Hegglid")))
    (d,), _, _ = identify(document("utskrift sak 18.odt", "Geografisk samarbeidsutvalg for Skjerva og Naustnes", "Møte 29. oktober 2026", *ANSWER), bodies=bodies)
    assert d.bodies == ("GSU Skjervet",)
    (d,), _, _ = identify(document("brev.odt", "Til kommunene Skjerva og Naustnes", *ANSWER), bodies=bodies)
    assert d.bodies == ()


@pytest.mark.parametrize("end", [
    ("Kopi til:", "Ola Vik, leder RS Setesdal", "Eva Dal, leder RS Østre Agder"),
    ("Har dere spørsmål, kontakt", "Ola Vik, sekretær RS Setesdal", "Eva Dal, sekretær RS Lister"),
    ("Til stede:", "Kari Li, leder RS Lister", "Ola Vik, leder RS Setesdal (observatør)"),
    ("Vi ber om møte med leder RS Setesdal og leder RS Østre Agder",),
])
def test_lists_of_officers_are_no_senders(end):
    """Copies, contacts and those who were present do not answer with who wrote the letter."""
    (d,), _, _ = identify(document("brev.docx", "RS Lister", "Innspill til planen", *ANSWER, *end))
    assert d.bodies == ("RS Lister",)


@pytest.mark.parametrize("name", ["Agder fylkeskommune.docx", "Velforeninga Agder.docx", "Østre Toten innspill.docx", "Innspill Region Sør.docx"])
def test_a_word_of_a_name_in_a_files_name_is_not_the_body(name):
    """Others have the same word in their names."""
    (d,), findings, _ = identify(document(name, *ANSWER))
    assert d.bodies == () and kinds(findings) == ["unknown_body"]


@pytest.mark.parametrize(("text", "answer"), [
    ("Her er svaret fra en av kommunene våre.", "Bykle kommune"), ("Vedlagt svar fra brukerutvalget. RS Setesdal har fått kopi.", "Brukerutvalget"),
])
def test_what_a_mail_only_passes_on_is_not_its_senders(text, answer):
    """An attachment of somebody else in a mail without an answer of its own is for a person to place."""
    mail = document("sv.eml", "Hei!", text, "Hilsen Kari, leder i RS Setesdal", format="eml", container=True, properties=(("sender", "Kari <k@x.no>"),))
    found, findings, _ = identify(mail, document("sv.eml/svar.docx", answer, "Innspill til planen", *ANSWER, parent="sv.eml"))
    assert found[1].bodies == () and "unknown_body" in kinds(findings)


@pytest.mark.parametrize("head", ["Plan for samarbeid mellom Skjerva og Naustnes", "Ny legevakt i kommunene Skjerva og Naustnes",
                                  "Høring: felles regionplan for Skjerva og Naustnes"])
def test_a_title_about_the_municipalities_is_no_committee(head):
    """What the plan is for does not tell who writes."""
    (d,), _, _ = identify(document("brev.odt", head, *ANSWER, "Hilsen Bygdelaget"), bodies=(
        Body(name="GSU Skjervet", municipalities=("Skjerva", "Naustnes")), Body(name="GSU Lomdalen", municipalities=("Lomdal", "Hegglid"))))
    assert d.bodies == ()


@pytest.mark.parametrize(("line", "bodies"), [
    ("Her er svaret fra Nedre Brygge velforening, som har rundt 640 medlemmer.", ("Nedre Brygge velforening",)),
    ("Dette er det Nedre Brygge velforening vil si.", ("Nedre Brygge velforening",)), ("Vi i Nedre Brygge velforening takker.", ("Nedre Brygge velforening",)),
    ("Dette er fra Nedre Brygge velforening, som holder stien åpen.", ("Nedre Brygge velforening",)),
    ("Hei, her e det Nedre Brygge velforening som skriv.", ("Nedre Brygge velforening",)), ("Dette er et ord som skriver seg fra byen.", ()),
    ("Felles tillegg fra Nedre Brygge velforening og Ungdomsrådet. Det kommer ved siden av resten.", ("Nedre Brygge velforening", "Ungdomsrådet")),
    ("Møtebok fra møte i ungdomsrådet 19. april", ("Ungdomsrådet",)), ("Vi støtter det Nedre Brygge velforening mener om lys.", ()),
])
def test_who_writes_and_whom_one_agrees_with(line, bodies):
    """ "Vi i X", "svaret fra X", "møte i x" tell who writes; "det X mener" does not."""
    (d,), _, _ = identify(document("brev.docx", "Hei!", line, *ANSWER), bodies=(Body(name="Nedre Brygge velforening"), Body(name="Ungdomsrådet")))
    assert d.bodies == bodies


@pytest.mark.parametrize(("line", "bodies"), [
    ("Ungdomsrådet har drevet kiosken i hundre år.", ()), ("Ungdomsrådet har behandlet saken i to møter.", ("Ungdomsrådet",)),
])
def test_what_another_has_done_for_long_is_said_of_it(line, bodies):
    """Far down in a letter "har drevet kiosken" is about whom it names; "har behandlet saken" is by them."""
    (d,), _, _ = identify(document("brev.docx", "Hei!", *ANSWER, line, *ANSWER, "Kiosken trenger tak.", "Hilsen Per"),
                          bodies=(Body(name="Nedre Brygge velforening"), Body(name="Ungdomsrådet")))
    assert d.bodies == bodies


def test_a_letter_full_of_requests_is_no_covering_letter():
    """ "Vi ber dere om å …" from nobody known, many times, is for a person and not among the papers."""
    wishes = [f"Vi ber dere om å gjøre noe med punkt {n}, og det må skje snart." for n in range(8)]
    (d,), findings, _ = identify(document("brev.odt", "Ærede medlemmer", *wishes))
    assert d.kind == "answer" and kinds(findings) == ["unknown_body"]


@pytest.mark.parametrize(("head", "line", "bodies"), [
    ("Granittveien, 1. mai 2027", "Vi er 23 husstander som bor ved banen.", ("Naboene i Granittveien",)),
    ("Granittveien, 1. mai 2027", "Banen er for mørk.", ()), ("Myrveien, 1. mai 2027", "Vi er 23 husstander som bor ved banen.", ()),
])
def test_neighbours_who_write_from_their_street(head, line, bodies):
    """Who they are and the place of the date together name the body; one of them alone does not."""
    (d,), _, _ = identify(document("brev.pdf", head, line, *ANSWER), bodies=(Body(name="Naboene i Granittveien"), Body(name="Grasrota IL")))
    assert d.bodies == bodies


@pytest.mark.parametrize("text", [
    "Vi mener planen er relevant for Nes.", "Forslaget får store følger for de ansatte i Haugen barnehage.", "Vi støtter elevene på Nes.",
    "Skrevet av 19 ansatte i Haugen sykehjem.", "Elevrådet ved Nes skole er en god samarbeidspartner, og vi heier på dem.",
    "Elevrådet ved Nes skole er en gruppe som bestemmer for mye, synes vi.", "Elevrådet ved Nes skole er 38 elever som ikke snakker for oss.",
    "Her er det Elevrådet ved Nes skole som bremser, mener vi.",
])
def test_people_who_are_only_mentioned_do_not_write(text):
    """The people of a body are its voice where they write, not where others write of them, nor those of another house."""
    bodies = (Body(name="Elevrådet ved Nes skole"), Body(name="Personalet i Haugen barnehage", aliases=("De ansatte i Haugen",)))
    (d,), _, _ = identify(document("brev.txt", text, *ANSWER), bodies=bodies)
    assert d.bodies == ()


def test_a_word_that_two_bodies_share_tells_nothing():
    """ "Skrivar i velforeninga" where two such are asked is for a person."""
    bodies = (Body(name="Nedre Brygge velforening"), Body(name="Øvre Brygge velforening"))
    (d,), findings, _ = identify(document("brev.txt", "Takk for sist.", *ANSWER, "Helsing Målfrid, skrivar i velforeninga"), bodies=bodies)
    assert d.bodies == () and kinds(findings) == ["unknown_body"]


def test_a_file_may_be_named_by_a_bodys_initials():
    """ "merknader_rfpf_hegg.xlsx" is from the Råd for personer med funksjonsnedsettelse; letters that fit two are for a person."""
    council = Body(name="Råd for personer med funksjonsnedsettelse i Hegg")
    (d,), _, _ = identify(document("merknader_rfpf_hegg.txt", "Rådet behandlet saken på nett.", *ANSWER), bodies=(council, Body(name="Hegg eldreråd")))
    assert d.bodies == (council.name,)
    (d,), _, _ = identify(document("merknader_rfpf.txt", *ANSWER), bodies=(council, Body(name="Råd for pasienter med funksjonsfall i Nes")))
    assert d.bodies == ()


DALEN = (Body(name="Øvre Dalen pensjonistlag"), Body(name="Ungdomsrådet"))


@pytest.mark.parametrize(("opening", "bodies"), [
    ("Eg heiter Torgeir og skriv for pensjonistlaget her i Øvre Dalen.", ("Øvre Dalen pensjonistlag",)),
    ("Jeg svarer på vegne av pensjonistlaget i Øvre Dalen.", ("Øvre Dalen pensjonistlag",)),
    ("Vi mener at det lenge har vært sagt at pensjonistlaget i Øvre Dalen bør få et eget møterom, og at ungdommen bør få det samme.", ()),
    ("Til: Formannskapet. Fra: Ungdomsrådet v/ Kari Lund. Dato: 3. mai 2028", ("Ungdomsrådet",)),
    ("Til: Ungdomsrådet. Dato: 3. mai 2028", ()),
])
def test_a_society_may_be_called_by_its_place_and_a_line_may_say_to_and_from(opening, bodies):
    """ "Pensjonistlaget i Dalen" is Dalen pensjonistlag; whom a letter is to is not whom it is from."""
    (d,), _, _ = identify(document("brev.txt", opening, *ANSWER), bodies=DALEN)
    assert d.bodies == bodies


def test_who_signs_one_answer_sends_the_next():
    """An addition that names nobody is the body's whose other letter its sender signs, and a person is told so."""
    letter = document("svar.docx", "RS Lister", "Innspill til planen", *ANSWER, "Eva Rognes, leder")
    def mail(sender):
        return document("tillegg.eml", "Vi ber om at dette føyes til vårt innspill.", *(f"Vi mener at tiltak {n} bør opp til ny vurdering hvert "
                        "år, og at det må stå hvem som har ansvaret for å gjøre det og når det skal være ferdig." for n in range(4)), "Eva", format="eml", container=True, properties=(("sender", sender), ("subject", "Uttalelse")))
    found, findings, register = identify(letter, mail("Eva Rognes <eva@kommunen.example>"))
    assert found[1].bodies == ("RS Lister",) and kinds(findings) == ["several_answers", "body_by_person"][::-1]
    assert register.answered == ("RS Lister",)
    other = document("annet.docx", "RS Setesdal", "Innspill til planen", *ANSWER, "Til stede: Eva Rognes")
    for more, sender in (((), "Eva Li <eva@kommunen.example>"), ((other,), "Eva Rognes <eva@kommunen.example>"), ((), "eva@kommunen.example")):
        found, findings, _ = identify(letter, mail(sender), *more)
        assert found[1].bodies == () and "unknown_body" in kinds(findings)


@pytest.mark.parametrize("line", ["En ting glemte jeg å få med i vedlegget: møtene må holdes på nett.", "Ett punkt falt ut, nemlig at møtene må holdes på nett.",
                                  "Vi vil også legge til at møtene bør holdes på nett.", "En ting vi glemte i skjemaet: kaffe på møtene, ellers sovner folk.",
                                  "Det som ikke kom med i vedtaket, er at flere vil møtes på nett."])
def test_what_was_forgotten_makes_a_covering_note_an_answer(line):
    """It is said to be a part of the answer."""
    mail = document("mail.eml", "Hei!", "Her er svaret.", line, "Hilsen Jorunn, leder i RS Setesdal", format="eml", container=True)
    found, _, _ = identify(mail, document("mail.eml/svar.docx", "RS Setesdal", "Innspill til planen", *ANSWER, parent="mail.eml"))
    assert (found[0].kind, found[0].bodies) == ("answer", ("RS Setesdal",))


def test_rev_and_a_number_in_a_files_name_is_a_later_version():
    """ "uttalelse rev2.pdf" replaces the first; a revue is no revision."""
    first = document("uttalelse.pdf", "RS Lister", *ANSWER)
    _, _, register = identify(first, document("uttalelse rev2.pdf", "RS Lister", "Planen er for lang.", *ANSWER[:2]))
    assert register.superseded == ("uttalelse.pdf",)
    _, _, register = identify(first, document("uttalelse revy.pdf", "RS Lister", "Planen er for lang.", *ANSWER[:2]))
    assert not register.superseded


def test_a_covering_note_without_a_name_is_whose_its_attachment_is():
    """What the note wishes is the body's that the attachment names."""
    mail = document("mail.eml", "Hei!", "Her er svaret. Møtene bør holdes på nett.", "Mvh Jorunn", format="eml", container=True)
    found, findings, _ = identify(mail, document("mail.eml/svar.docx", "RS Setesdal", "Innspill til planen", *ANSWER, parent="mail.eml"))
    assert (found[0].kind, found[0].bodies, kinds(findings)) == ("answer", ("RS Setesdal",), ["covering_mail"])


SOCIETIES = (Body(name="FAU ved Liåsen skole"), Body(name="Nesgrend eldreråd", aliases=("Eldrerådet i Nesgrend",)),
             Body(name="Pårørendelaget Lyset"), Body(name="Foreldreutvalget ved Moen skole"), Body(name="Senter for barne- og ungdomsvern Nordlia"))


@pytest.mark.parametrize(("lines", "body"), [
    (("Jeg er mor til tre og leder i foreldreutvalget ved Moen skole, der det går 310 elever. Vi hadde planen oppe på to møter, og dette "
      "ble vi enige om.", *ANSWER), "Foreldreutvalget ved Moen skole"),
    (("Jeg er enig med lederen i foreldreutvalget ved Moen skole, som jeg traff på møtet. Planen er ikke god, og det er mye som mangler her "
      "ennå, etter det jeg kan se.", *ANSWER), None),
    (("Hei! Jeg skriver for oss i pårørendelaget Lyset.", *ANSWER, "Hilsen Anne"), "Pårørendelaget Lyset"),
])
def test_a_name_may_begin_in_a_small_letter_inside_a_sentence(lines, body):
    """ "foreldreutvalget ved Moen skole" is the body of that name."""
    (d,), _, _ = identify(document("brev.txt", *lines), bodies=SOCIETIES)
    assert d.bodies == ((body,) if body else ())


def test_a_name_in_a_pages_head_may_be_broken_over_two_lines():
    """The address beside it stands between the halves."""
    head = tuple(Block(text=text, place="header") for text in ("Senter for barne-", "Sjøgata 3, 4999 Nordlia", "og ungdomsvern Nordlia"))
    letter = document("brev.pdf", "Uttalelse", *ANSWER)
    (d,), _, _ = identify(replace(letter, blocks=(*head, *letter.blocks)), bodies=SOCIETIES)
    assert d.bodies == ("Senter for barne- og ungdomsvern Nordlia",)


@pytest.mark.parametrize(("signature", "bodies"), [
    ("Eva Li, FAU, og Ola Vik, eldrerådet", ("FAU ved Liåsen skole", "Nesgrend eldreråd")),
    ("Eva Li, mor, og Ola Vik, besteforelder", ()),
])
def test_a_joint_letter_may_be_signed_in_one_line(signature, bodies):
    """Each person stands with the name that the body goes by."""
    (d,), _, _ = identify(document("brev.docx", "Felles brev om skoleveien", *ANSWER, signature), bodies=SOCIETIES)
    assert d.bodies == bodies


def test_who_writes_behind_whom_it_is_to():
    """ "Til sekretariatet fra RS Lister v/ Kari Li" is no mere addressee."""
    (d,), _, _ = identify(document("notat.docx", "Til sekretariatet fra RS Lister v/ rådgiver Kari Li, 3.9.2025", "Merknader", *ANSWER))
    assert d.bodies == ("RS Lister",)
    (d,), _, _ = identify(document("notat.docx", "Til RS Lister fra sekretariatet", "Merknader", *ANSWER))
    assert d.bodies != ("RS Lister",)


def test_a_joint_letter_may_name_its_bodies_in_small_letters_or_in_the_subject():
    """ "Felles brev fra eldrerådet og pårørendelaget lyset", "Felles tillegg frå RS Lister og RS Setesdal"."""
    (d,), _, _ = identify(document("brev.docx", "Nesgrend, 3. mai 2025", "Felles brev fra pårørendelaget lyset og eldrerådet i nesgrend", *ANSWER),
                          bodies=SOCIETIES)
    assert set(d.bodies) == {"Nesgrend eldreråd", "Pårørendelaget Lyset"}
    (d,), _, _ = identify(document("brev.docx", "Felles brev fra Pårørendelaget Lyset og eldrerådet", *ANSWER), bodies=SOCIETIES)
    assert set(d.bodies) == {"Nesgrend eldreråd", "Pårørendelaget Lyset"}
    mail = document("svar.eml", "Hei", "Vi vil legge til noe sammen.", *ANSWER, "Mvh Eva og Ola", format="eml", container=True,
                    properties=(("subject", "Felles tillegg frå RS Lister og RS Setesdal"), ("sender", "Eva <eva@post.example>")))
    assert identify(mail)[0][0].bodies == ("RS Lister", "RS Setesdal")
    about = replace(mail, properties=(("subject", "Spørsmål om RS Lister og RS Setesdal"), ("sender", "Eva <eva@post.example>")))
    assert identify(about)[0][0].bodies == ()


def test_two_who_say_that_they_agree_in_this_answer_together():
    """ "Historielaget og eldrerådet har funnet sammen om dette", under a title that names neither."""
    bodies = (Body(name="Nes historielag"), Body(name="Nes velforening"), Body(name="Vik velforening"))
    for who, whose in (("Historielaget og eldrerådet", ("Nes historielag", "Nes eldreråd")), ("Historielaget og velforeningen", ())):
        (d,), _, _ = identify(document("stoy.docx", "Felles brev om støy", f"{who} er sjelden enige, men har funnet sammen om dette:", *ANSWER),
                              bodies=(*bodies, Body(name="Nes eldreråd")))
        assert set(d.bodies) == set(whose)


def test_a_files_name_may_call_the_body_by_an_ordinary_word():
    """ "Svar fra tillitsvalgte.xlsx" is from the one body that has the word in its name."""
    shop, others = Body(name="De tillitsvalgte ved Nes bibliotek"), Body(name="De tillitsvalgte ved Vik skole")
    for bodies, whose in (((shop,), (shop.name,)), ((shop, others), ())):
        (d,), _, _ = identify(document("Svar fra tillitsvalgte.xlsx", *ANSWER), bodies=bodies)
        assert d.bodies == whose


def test_a_school_may_be_called_by_its_place():
    """ "Elevrådet på Moen spurte alle …. Her er det vi fikk vite" is by the pupils at Moen, where one such is asked."""
    pupils, others = Body(name="Elevrådet ved Moen ungdomsskole"), Body(name="Elevrådet ved Moen barneskole")
    said = "Elevrådet på Moen spurte alle klassene, og 80 svarte. Her er det vi kom fram til."
    for bodies, whose in (((pupils,), (pupils.name,)), ((pupils, others), ())):
        (d,), _, _ = identify(document("buss.txt", "Hei!", said, *ANSWER), bodies=bodies)
        assert d.bodies == whose


def test_who_writes_of_themselves_is_heard():
    """A long letter in the first person of nobody known is an answer that a person is asked about, not a paper of the case."""
    lines = tuple(f"Vi går {n} kilometer hjem til oss fra skolen, og da blir vi våte og jeg fryser på {part}, så fiks veien vår."
                  for n, part in enumerate(("hendene", "føttene", "ørene", "nesa", "tærne", "knærne", "fingrene", "kinnene", "haka", "armene"), 2))
    assert sum(len(line.split()) for line in lines) > 220
    (d,), findings, _ = identify(document("vei.txt", "Hei kommune!", *lines, "Det bør skje nå.", "Hilsen to gutter", *lines[:3]))
    assert d.kind == "answer" and kinds(findings) == ["unknown_body"]
    facts = tuple(line.replace("Vi går", "Det er").replace("oss", "byen").replace("vi", "de").replace("jeg", "noen").replace("vår", "der") for line in lines)
    (d,), _, _ = identify(document("vei.txt", "Om veien", *facts, "Det bør skje nå.", *facts[:3]))
    assert d.kind == "case_paper"


VIEWS = tuple(f"{thing} må bli bedre, og vi vil ha {n} til." for n, thing in enumerate(
    ("Fortauet", "Bussen", "Lyset", "Gjerdet", "Benken", "Stien", "Brøytingen", "Skiltet", "Broen"), 3))


def test_minutes_that_their_name_calls_an_answer_are_one():
    """ "Uttalelse UR.odt" holds the youth council's minutes, in fragments."""
    lines = ("Protokoll fra RS Setesdal, 27. september 2025", "Til stede: Amina, Thea", "Huset må få egen inngang.", "Vi mener døra må være grønn.",
             "Vi vil ha to voksne på jobb.", "Toaletter for alle.")
    for name, kind in (("uttalelse rs.odt", "answer"), ("møte 4.odt", "minutes")):
        (d,), _, _ = identify(document(name, *lines))
        assert d.kind == kind


def test_minutes_of_a_bodys_meeting_are_the_bodys():
    """ "Referat fra FAU-møte" where one such is asked; minutes of nobody known that are full of views are told of."""
    lines = ("1. Kommunens plan for sykkel", "Dette vil vi svare:", *VIEWS)
    (d,), _, _ = identify(document("referat.odt", "Referat fra FAU-møte nr. 3", "Til stede: 1A, 2B, 3A", *lines), bodies=SOCIETIES)
    assert (d.kind, d.bodies) == ("answer", ("FAU ved Liåsen skole",))
    (d,), findings, _ = identify(document("referat.odt", "Referat fra styremøte nr. 3", "Til stede: Kari, Ola", *lines), bodies=SOCIETIES)
    assert (d.kind, kinds(findings)) == ("minutes", ["unplaced"])


def test_a_reply_to_a_reminder_is_from_the_one_reminded():
    """The quoted reminder says whose answer was missing, where nothing else says who writes."""
    mail = document("SV purring.eml", "Hei, her er svarene.", *ANSWER, "Helsing Berit", format="eml", container=True,
                    properties=(("sender", "Berit <berit@flat.example>"), ("subject", "SV: purring")))
    quoted = Block(text="Vi kan ikke se å ha mottatt svar fra RS Setesdal.", place="quoted")
    (d,), _, _ = identify(replace(mail, blocks=(*mail.blocks, quoted)))
    assert (d.kind, d.bodies) == ("answer", ("RS Setesdal",))
    both = replace(mail, blocks=(*mail.blocks, quoted, quoted._replace(text="Vi har heller ikke fått svar fra RS Lister.")))
    assert identify(both)[0][0].bodies == ()


def test_a_name_may_lack_its_small_word_and_a_joint_letter_may_name_both_in_its_head():
    """ "FRA FAU LIÅSEN SKOLE" is FAU ved Liåsen skole; "Nes turlag, Postboks 4" above "Nes eldreråd, rådhuset" are both."""
    (d,), _, _ = identify(document("videresendt.txt", "Hei, jeg sender dette videre.", "FRA FAU LIÅSEN SKOLE", *ANSWER), bodies=SOCIETIES)
    assert d.bodies == ("FAU ved Liåsen skole",)
    (d,), _, _ = identify(document("brev.docx", "Pårørendelaget Lyset, Postboks 4, Nordlia", "Nesgrend eldreråd, rådhuset", "3. mai 2025",
                                   "Felles henvendelse", *ANSWER), bodies=SOCIETIES)
    assert set(d.bodies) == {"Pårørendelaget Lyset", "Nesgrend eldreråd"}


def test_an_endorsement_in_a_covering_note_is_a_part_of_the_answer():
    """ "Ellers slutter vi oss til RS Lister" says what no attachment does."""
    mail = document("mail.eml", "Hei!", "Her er svaret. Ellers slutter vi oss til RS Lister.", "Mvh Jorunn", format="eml", container=True)
    found, _, _ = identify(mail, document("mail.eml/svar.docx", "RS Setesdal", "Innspill til planen", *ANSWER, parent="mail.eml"))
    assert (found[0].kind, found[0].bodies) == ("answer", ("RS Setesdal",))


def test_a_letter_of_two_may_be_signed_by_one_of_each():
    """Who signs is known from the letters, and the covering mails, that they signed before."""
    first = document("lister.docx", "Innspill fra RS Lister", *ANSWER, "Med hilsen Kari Li, leder")
    mail = document("svar.eml", "Hei! Vedlagt er svaret vårt.", "Hilsen Ola Vik", format="eml", container=True,
                    properties=(("sender", "Styret <post@flat.example>"),))
    second = replace(document("svar.eml/svar.docx", "Innspill fra RS Setesdal", *ANSWER), parent="svar.eml")
    joint = document("felles.odt", "Felles tillegg fra to utvalg", *ANSWER, "Kari Li og Ola Vik")
    found, findings, _ = identify(first, mail, second, joint)
    assert found[3].bodies == ("RS Lister", "RS Setesdal")
    assert "body_by_person" in kinds(findings)
    one_unknown = document("felles.odt", "Felles tillegg fra to utvalg", *ANSWER, "Kari Li og Per Moen")
    assert identify(first, mail, second, one_unknown)[0][3].bodies == ()


@pytest.mark.parametrize("line", ["Her er det vi kom fram til i RS Setesdal.", "Her kjem svara frå utvalet i Setesdal, skrivne på mobil.",
                                  "Dette ble vi enige om i møtet i RS Setesdal."])
def test_a_mail_may_say_where_it_was_agreed(line):
    """ "Det vi kom fram til i RS …", "svara frå utvalet i …"."""
    (d,), _, _ = identify(document("svar.eml", "Hei! " + line, *ANSWER, "Mvh Eva", format="eml", container=True,
                                   properties=(("sender", "Eva <eva@post.example>"), ("subject", "SV: spørsmål"))))
    assert d.bodies == ("RS Setesdal",)


@pytest.mark.parametrize("line", ["Jeg vil også si at tre uker er knapt.", "Vi bad om møte og fekk ikkje svar, det synest vi er leitt."])
def test_a_covering_mail_that_also_says_what_it_finds_is_a_part_of_the_answer(line):
    """ "Jeg vil også si at …", "… synest vi er …"."""
    mail = document("svar.eml", "Hei! Vedlagt er svaret vårt.", line, format="eml", container=True,
                    properties=(("sender", "Styret <post@flat.example>"),))
    found, _, _ = identify(mail, replace(document("svar.eml/svar.docx", "Innspill fra RS Setesdal", *ANSWER), parent="svar.eml"))
    assert (found[0].kind, found[0].bodies) == ("answer", ("RS Setesdal",))


@pytest.mark.parametrize(("lines", "body"), [
    (("Æ skriv på vegne av RS Setesdal, det e seint på kvelden.", *ANSWER), "RS Setesdal"),
    (("Ingen buss går tidlig nok til at en elev kan nå en time i Lister og være hjemme samme dag.", *ANSWER,
      "Utfylt av Kari Berg, oppvekst og helse, RS Setesdal, 8.10.2025, på nettbrett i bussen hjem."), "RS Setesdal"),
])
def test_who_fills_in_an_answer_tells_whose_it_is(lines, body):
    """In dialect, and at the foot of a form whose rows name another body's place."""
    (d,), _, _ = identify(document("svar.xlsx", *lines))
    assert d.bodies == (body,)


def test_a_preliminary_answer_says_whose_it_is_in_small_letters():
    """ "Foreløpig svar fra eldrerådet i nesgrend" is replaced by the final one."""
    first = document("svar_v1.txt", "Foreløpig svar fra eldrerådet i nesgrend", *ANSWER)
    final = document("svar_v2.txt", "Nesgrend eldreråd, 31.03.2025", "Dette svaret trer i stedet for det vi sendte 12. mars.", *ANSWER)
    found, _, _ = identify(first, final, bodies=SOCIETIES)
    assert [(d.bodies, d.superseded_by) for d in found] == [(("Nesgrend eldreråd",), "svar_v2.txt"), (("Nesgrend eldreråd",), None)]


def test_a_name_may_lack_the_place_at_its_end():
    """ "Felles merknader fra eldrerådet og Funksjonshemmedes forbund" where the latter is asked as "… forbund Nesgrend"."""
    asked = (*SOCIETIES, Body(name="Funksjonshemmedes forbund Nesgrend"))
    (d,), _, _ = identify(document("brev.docx", "Felles merknader fra Nesgrend eldreråd og Funksjonshemmedes forbund", *ANSWER), bodies=asked)
    assert set(d.bodies) == {"Nesgrend eldreråd", "Funksjonshemmedes forbund Nesgrend"}


def test_what_was_forgotten_in_the_form_is_a_part_of_the_answer():
    """A covering mail whose sentences ask for nothing, but which says that they were left out."""
    mail = document("svar.eml", "Hei, svaret vårt ligger vedlagt, men disse to ble glemt i skjemaet:", "Fedre finnes bare i ett bilde, og det er uskarpt.",
                    "Et spørreskjema til alle mødre gir mange treff og ingen samtaler.", format="eml", container=True,
                    properties=(("sender", "Styret <post@flat.example>"),))
    found, _, _ = identify(mail, replace(document("svar.eml/svar.docx", "Innspill fra RS Setesdal", *ANSWER), parent="svar.eml"))
    assert (found[0].kind, found[0].bodies) == ("answer", ("RS Setesdal",))


def test_two_who_sign_beside_each_other_are_two():
    """ "Kari Li    Ola Vik" in one line."""
    first, second = (document(f"{who[0]}.docx", f"Innspill fra {who[1]}", *ANSWER, f"Med hilsen {who[0]}, leder")
                     for who in (("Kari Li", "RS Lister"), ("Ola Vik", "RS Setesdal")))
    found, _, _ = identify(first, second, document("felles.odt", "Felles tillegg fra to utvalg", *ANSWER, "Kari Li Ola Vik"))
    assert found[2].bodies == ("RS Lister", "RS Setesdal")


COMMUNE = (Body(name="Nesgrend kommune", aliases=("Nesgrend",)), Body(name="Ungdomsrådet i Nesgrend"), Body(name="Nesgrend turlag", aliases=("Turlaget",)),
           Body(name="Fjell Alpin AS"), Body(name="Naturvernforeningen i Ås"), Body(name="Seksjon for veg og bru"), Body(name="Bondelaget i fylket"))


@pytest.mark.parametrize(("lines", "body"), [
    # on the municipality's paper, by its secretary
    (("Hei! Som sekretær for ungdomsrådet sender eg over det dei vart samde om i går.", *ANSWER, "Hilsen Siri Li, rådgiver", "Nesgrend kommune"),
     "Ungdomsrådet i Nesgrend"),
    # a society by its place
    (("Eg sit i styret i Ås naturvernforening og svarar for heile styret.", *ANSWER), "Naturvernforeningen i Ås"),
    (("Fornavn: Rune", "Etternavn: Li", "Kommune: Nesgrend", "Eg sit i styret i Ås naturvernforening, og svarar for heile styret.", *ANSWER),
     "Naturvernforeningen i Ås"),
])
def test_who_sends_for_whom_and_where_they_live(lines, body):
    """ "Som sekretær for …" goes before the paper; a person's municipality in a form is not who answers."""
    (d,), _, _ = identify(document("svar.eml" if "sekretær" in lines[0] else "svar.txt", *lines), bodies=COMMUNE)
    assert d.bodies == (body,)


def test_an_answer_to_anothers_answer_is_not_the_others():
    """ "Tilsvar til turlagets uttalelse.docx", with the other in its title and in its first sentence."""
    (d,), findings, _ = identify(document(
        "Tilsvar til turlagets uttalelse.docx", "# Tilsvar til uttalelsen fra Nesgrend turlag",
        "Turlaget har lagt uttalelsen sin ut på nettet, og siden selskapet vårt er nevnt der, svarer vi.", *ANSWER,
        "Tonje Li, daglig leder, alpinanlegget"), bodies=COMMUNE)
    assert "Nesgrend turlag" not in d.bodies
    assert d.bodies or "unknown_body" in {f.kind for f in findings}


def test_who_gets_a_copy_does_not_answer():
    """Though the file is called after it."""
    (d,), findings, _ = identify(document("Bondelaget i fylket kopi.docx", *ANSWER, "Kari Li, leder", "Kopi: Bondelaget i fylket"), bodies=COMMUNE)
    assert d.bodies == () and "unknown_body" in {f.kind for f in findings}


def test_a_committee_that_a_sentence_is_about_does_not_write_it():
    """ "Utvalget for Nes og Vik ønsker …, men da blir de liggende hos oss" holds all of its municipalities, and "oss"."""
    asked = (Body(name="Utvalget for Nes og Vik", municipalities=("Nes", "Vik")), Body(name="Ungdomsrådet i Nesgrend"))
    (d,), _, _ = identify(document(
        "svar.docx", "Til sekretariatet", "De fire sengene i vår femte etasje er fulle til enhver tid hele året. "
        "Utvalget for Nes og Vik vil ikke flytte noen på fredager, men da blir de hos oss.", ANSWER[1], ANSWER[3]), bodies=asked)
    assert d.bodies == ()


def test_what_one_person_sent_is_replaced():
    """ "Bruk dette i stedet for det jeg sendte i januar"."""
    first = document("Ungdom 1.txt", "Fra Ungdomsrådet i Nesgrend, 20. januar 2025", *ANSWER)
    then = document("nytt.txt", "Fra Ungdomsrådet i Nesgrend, 12. februar 2025", "Bruk dette i stedet for det jeg sendte i januar.", *ANSWER)
    found, _, _ = identify(first, then, bodies=COMMUNE)
    assert [d.superseded_by for d in found] == ["nytt.txt", None]


def test_a_joint_title_may_hold_a_name_with_and_in_it():
    """ "Felles svar fra seksjon for veg og bru og turlaget"."""
    (d,), _, _ = identify(document("svar.pdf", "# Felles svar fra seksjon for veg og bru og turlaget", *ANSWER), bodies=COMMUNE)
    assert set(d.bodies) == {"Seksjon for veg og bru", "Nesgrend turlag"}
