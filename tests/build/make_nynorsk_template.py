"""Makes templates/…-nynorsk.docx: the frames of saksfremlegg.docx and of the two attachments in nynorsk.

    python tests/build/make_nynorsk_template.py

Run once; afterwards the files are edited in Word like any other. A case uses them with ``template =
"saksfremlegg-nynorsk.docx"`` under ``[documents]``. What the program composes follows (``pipeline/phrases.py``).
"""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pipeline.writers import _word  # noqa: E402

# As they stand in a run of the bokmål template -> the same in nynorsk. Every one must be found.
WORDS = {
    "Møtedato": "Møtedato",
    "Saksbehandler": "Saksbehandlar",
    "Saksfremlegg til ": "Saksframlegg til ",
    "\tSaksfremlegg": "\tSaksframlegg",
    "Innhold": "Innhald",
    "Bakgrunn for saken": "Bakgrunn for saka",
    "gjelder for {{ plan.periode }}": "gjeld for {{ plan.periode }}",
    "legges frem for ": "blir lagd fram for ",
    "Saken legges frem for ": "Saka blir lagd fram for ",
    " med status for tiltakene": " med status for tiltaka",
    " og innspill fra {{ svarere }}": " og innspel frå {{ svarere }}",
    " med innspill fra {{ svarere }}": " med innspel frå {{ svarere }}",
    "Dette er vedtatt tidligere:": "Dette er vedteke tidlegare:",
    "Dette sier saksdokumentene om perioden:": "Dette seier saksdokumenta om perioden:",
    "er en del av grunnlaget.": "er ein del av grunnlaget.",
    "Det har disse satsingsområdene:": "Det har desse satsingsområda:",
    "Avsnitt som berører temaene i saken:": "Avsnitt som gjeld temaa i saka:",
    "Tidligere saksfremlegg i grunnlaget:": "Tidlegare saksframlegg i grunnlaget:",
    "Andre saksdokumenter": "Andre saksdokument",
    "%}Saksdokumenter{%": "%}Saksdokument{%",
    "Saksopplysninger": "Saksopplysningar",
    "Status på tiltakene er merket med farge og ord: ": "Status på tiltaka er merkt med farge og ord: ",
    "grønt": "grønt",
    " = gjennomført, ": " = gjennomført, ",
    " = startet opp og pågående, ": " = starta opp og i gang, ",
    "rødt": "raudt",
    " = ikke påbegynt": " = ikkje byrja på",
    "Tiltak uten farge mangler status": "Tiltak utan farge manglar status",
    "Oversikten står i vedlagte matrise (vedlegg 1).": "Oversikta står i matrisa som er lagd ved (vedlegg 1).",
    "Alle innspill er gjengitt i sin helhet i vedlegg 2.": "Alle innspel er attgjevne i heilskap i vedlegg 2.",
    "Vedlegg 2 er tomt inntil det kommer svar.": "Vedlegg 2 er tomt til det kjem svar.",
    "Status vedtatt handlingsplan": "Status for vedteken handlingsplan",
    "Under følger en kort oppsummering av status for hvert fokusområde. Tallene er hentet fra vedlegg 1.":
        "Under følgjer ei kort oppsummering av status for kvart fokusområde. Tala er henta frå vedlegg 1.",
    "Hovedmål": "Hovudmål",
    "Kort oppsummering status: ": "Kort oppsummering av status: ",
    "Prosess og innspill fra {{ svarere }}": "Prosess og innspel frå {{ svarere }}",
    "Spørsmålene som er sendt {{ svarere }}:": "Spørsmåla som er sende til {{ svarere }}:",
    "Under følger en oppsummering av innspillene etter tema. Tallene i parentes viser til avsnittene i vedlegg 2.":
        "Under følgjer ei oppsummering av innspela etter tema. Tala i parentes viser til avsnitta i vedlegg 2.",
    "Ulike syn:": "Ulike syn:",
    "Innspill som ikke er gjengitt": "Innspel som ikkje er attgjevne",
    "Sekretariatets vurderinger og forslag til oppfølging": "Vurderingane til sekretariatet og forslag til oppfølging",
    "[Fyll inn sekretariatets vurderinger og forslag til oppfølging]":
        "[Fyll inn vurderingane til sekretariatet og forslag til oppfølging]",
    "[Fyll inn bakgrunn: hvorfor saken legges frem, og tidligere vedtak]":
        "[Fyll inn bakgrunn: kvifor saka blir lagd fram, og tidlegare vedtak]",
    "[Fyll inn saksbehandler]": "[Fyll inn saksbehandlar]",
    "Forslag fra verktøyet – må vurderes av sekretariatet": "Forslag frå verktøyet – må vurderast av sekretariatet",
    "Bruk, endre eller slett punktene, og slett til slutt denne merkingen.":
        "Bruk, endre eller slett punkta, og slett til slutt denne merkinga.",
    "Saken gir grunnlag for å ta stilling til:": "Saka gir grunnlag for å ta stilling til:",
}
ATTACHMENT_1 = {
    "Sak {{ saksnummer }}.": "Sak {{ saksnummer }}.",
    "Laget {{ dato }} ut fra planen slik den er sendt inn.": "Laga {{ dato }} ut frå planen slik han er send inn.",
    "Status per fokusområde": "Status per fokusområde",
    "Tiltak uten status er ikke regnet som røde.": "Tiltak utan status er ikkje rekna som raude.",
    "Fargene i statuskolonnen betyr:": "Fargane i statuskolonnen tyder:",
    "Pågående (gult)": "I gang (gult)",
    "Ikke påbegynt (rødt)": "Ikkje byrja på (raudt)",
    "Mangler status": "Manglar status",
    "Betyr": "Tyder",
    "Antall tiltak": "Talet på tiltak",
    "Ansvarlig": "Ansvarleg",
}
ATTACHMENT_2 = {
    "Det er ikke kommet inn noen svar": "Det er ikkje kome inn svar",
    " Fristen var {{ frist }}.": " Fristen var {{ frist }}.",
    "Her står hvert svar i sin helhet, ordrett og i den målformen det er skrevet.":
        "Her står kvart svar i heilskap, ordrett og i den målforma det er skrive.",
    " Fristen for å svare var {{ frist }}.": " Fristen for å svare var {{ frist }}.",
    "De små tallene (som ": "Dei små tala (som ",
    ") er satt inn foran hvert utsagn, slik at saksfremlegget kan vise til dem («vedlegg 2, pkt. 1.1»). De grå linjene under "
    "avsnittene sier hvilke temaer utsagnene er sortert under. Alt annet er svarenes egen tekst. Topptekster, signaturer":
        ") er sette inn framfor kvart utsagn, slik at saksframlegget kan vise til dei («vedlegg 2, pkt. 1.1»). Dei grå linjene under "
        "avsnitta seier kva tema utsegnene er sorterte under. Alt anna er teksten i svara. Topptekstar, signaturar",
    ", kommentarer{%": ", kommentarar{%",
    " og annet som ikke er en del av selve svaret, står under «Øvrig tekst i filen».":
        " og anna som ikkje er ein del av sjølve svaret, står under «Annan tekst i fila».",
    "Hvem som har svart": "Kven som har svart",
    "Avsender": "Avsendar",
    "Fil": "Fil",
    "For sent": "For seint",
    "Ikke mottatt svar fra {{ mangler }}.": "Ikkje motteke svar frå {{ mangler }}.",
    "Nummer {{ ubrukte }} er ikke i bruk: Hver avsender har sitt faste nummer, også den som ikke har sendt eget svar.":
        "Nummer {{ ubrukte }} er ikkje i bruk: Kvar avsendar har sitt faste nummer, også den som ikkje har sendt eige svar.",
    "Erstattede versjoner": "Erstatta versjonar",
    "Disse versjonene er erstattet av et senere svar og er ikke gjengitt:":
        "Desse versjonane er erstatta av eit seinare svar og er ikkje attgjevne:",
    "Erstattet av {{ linje.av }}.": "Erstatta av {{ linje.av }}.",
    "Filer som ikke kunne leses": "Filer som ikkje kunne lesast",
    "Disse filene kan inneholde svar som mangler her:": "Desse filene kan innehalde svar som manglar her:",
    "Innhold": "Innhald",
}
ALT_TEXTS = {
    "Opplysninger om saken": "Opplysningar om saka",
    "Saksnummer, møtedato, sakstype, saksbehandler og arkivsaksnummer":
        "Saksnummer, møtedato, sakstype, saksbehandlar og arkivsaksnummer",
    "Spørreskjemaet": "Spørjeskjemaet",
    "Spørsmålene som er sendt ut, gruppert etter område": "Spørsmåla som er sende ut, grupperte etter område",
    "Status per fokusområde": "Status per fokusområde",
    "Antall tiltak per fokusområde fordelt på gjennomført, pågående, ikke påbegynt og uten status.":
        "Talet på tiltak per fokusområde fordelt på gjennomført, i gang, ikkje byrja på og utan status.",
    "Fargeforklaring": "Fargeforklaring",
    "Hva fargene i statuskolonnen betyr, og hvor mange tiltak som har hver status.":
        "Kva fargane i statuskolonnen tyder, og kor mange tiltak som har kvar status.",
    "Tiltak med status": "Tiltak med status",
    "Alle tiltak i handlingsplanen med nummer, ansvarlig, frist, status og kommentar, ordnet etter fokusområde og hovedmål.":
        "Alle tiltak i handlingsplanen med nummer, ansvarleg, frist, status og kommentar, ordna etter fokusområde og hovudmål.",
    "Oversikt over innspillene": "Oversikt over innspela",
    "Hvem som har svart, i hvilken fil, når svaret er datert, og om det kom etter fristen":
        "Kven som har svart, i kva fil, når svaret er datert, og om det kom etter fristen",
}


def main(templates: Path = ROOT / "templates") -> None:
    for name, words, title in (("saksfremlegg", WORDS, "Mal for saksframlegg"),
                               ("vedlegg-1-handlingsplan", ATTACHMENT_1, "Mal for vedlegg 1"),
                               ("vedlegg-2-innspill", ATTACHMENT_2, "Mal for vedlegg 2")):
        translate(ROOT / "templates" / f"{name}.docx", templates / f"{name}-nynorsk.docx", words, title)


def translate(source: Path, target: Path, words: dict[str, str], title: str) -> None:
    document = Document(str(source))
    # The longest first, each tried at every place once: a short phrase may stand inside a longer one.
    phrases = re.compile("|".join(re.escape(p.replace("\t", "")) for p in sorted(words, key=len, reverse=True)))
    known = {bokmal.replace("\t", ""): nynorsk.replace("\t", "") for bokmal, nynorsk in words.items()}
    used: set[str] = set()

    def nynorsk(match: re.Match) -> str:
        used.add(match[0])
        return known[match[0]]

    section = document.sections[0]
    # A header that is not there would be made by looking at it.
    edges = [edge._element for edge in (section.header, section.footer) if not edge.is_linked_to_previous]
    for root in (document.element.body, *edges):
        for node in root.iter(qn("w:t")):
            node.text = phrases.sub(nynorsk, node.text or "")
        for node in root.iter(qn("w:tblCaption"), qn("w:tblDescription")):
            node.set(qn("w:val"), ALT_TEXTS[node.get(qn("w:val"))])
    if lost := sorted(set(known) - used):
        raise SystemExit(f"Not in {source.name} any more: {lost}")
    target.write_bytes(_word.to_bytes(document, title=title, day=date(2025, 1, 1), language="nn-NO"))


if __name__ == "__main__":
    main()
