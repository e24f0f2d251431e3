"""Makes templates/saksfremlegg-nynorsk.docx: the frame of templates/saksfremlegg.docx in nynorsk.

    python tests/build/make_nynorsk_template.py

Run once; afterwards the file is edited in Word like any other. A case uses it with ``template =
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
ALT_TEXTS = {
    "Opplysninger om saken": "Opplysningar om saka",
    "Saksnummer, møtedato, sakstype, saksbehandler og arkivsaksnummer":
        "Saksnummer, møtedato, sakstype, saksbehandlar og arkivsaksnummer",
    "Spørreskjemaet": "Spørjeskjemaet",
    "Spørsmålene som er sendt ut, gruppert etter område": "Spørsmåla som er sende ut, grupperte etter område",
}


def main(source: Path = ROOT / "templates" / "saksfremlegg.docx",
         target: Path = ROOT / "templates" / "saksfremlegg-nynorsk.docx") -> None:
    document = Document(str(source))
    # The longest first, each tried at every place once: a short phrase may stand inside a longer one.
    phrases = re.compile("|".join(re.escape(p.replace("\t", "")) for p in sorted(WORDS, key=len, reverse=True)))
    known = {bokmal.replace("\t", ""): nynorsk.replace("\t", "") for bokmal, nynorsk in WORDS.items()}
    used: set[str] = set()

    def nynorsk(match: re.Match) -> str:
        used.add(match[0])
        return known[match[0]]

    section = document.sections[0]
    for root in (document.element.body, section.header._element, section.footer._element):
        for node in root.iter(qn("w:t")):
            node.text = phrases.sub(nynorsk, node.text or "")
        for node in root.iter(qn("w:tblCaption"), qn("w:tblDescription")):
            node.set(qn("w:val"), ALT_TEXTS[node.get(qn("w:val"))])
    if lost := sorted(set(known) - used):
        raise SystemExit(f"Not in the bokmål template any more: {lost}")
    target.write_bytes(_word.to_bytes(document, title="Mal for saksframlegg", day=date(2025, 1, 1), language="nn-NO"))


if __name__ == "__main__":
    main()
