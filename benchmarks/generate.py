"""Make a case of any size: ``python -m benchmarks.generate FOLDER --answers 1000 [--bodies 1000] [--seed 1]``.

Every answer is a Word file, a mail or a text file from a body of its own (or the bodies in turn, as later versions,
when there are fewer bodies than answers), with a letterhead, the case's questions as headings, and
``--statements`` sentences drawn from a small grammar: the same demand comes in several wordings, some bodies are
against it, and every third sentence carries a local detail, so that texts neither all agree nor all differ.
The same arguments give the same bytes.
"""

from __future__ import annotations

import argparse
import random
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from html import escape
from io import BytesIO
from pathlib import Path

from pipeline import config

ROOT = Path(__file__).resolve().parent.parent
FORMATS = ("docx", "docx", "eml", "txt")
EPOCH = (2025, 1, 1, 0, 0, 0)

_FIRST = ("Alm", "Aur", "Berg", "Bjør", "Brat", "Dal", "Eik", "Elv", "Eng", "Fag", "Fjell", "Foss", "Fure", "Glom",
          "Gran", "Grøn", "Gul", "Hall", "Haug", "Hav", "Hei", "Holm", "Hval", "Hvit", "Kalv", "Kirke", "Klepp", "Kors",
          "Kråke", "Kvern", "Land", "Lang", "Lauv", "Leir", "Lind", "Lyng", "Mar", "Mid", "Mo", "Myr", "Mør", "Nes",
          "Nord", "Nor", "Ny", "Olde", "Ospe", "Ram", "Raud", "Rein", "Ring", "Rogne", "Rosse", "Røy", "Sand", "Selje",
          "Sjø", "Skar", "Skog", "Sol", "Stein", "Stor", "Strand", "Sund", "Svart", "Sør", "Tange", "Torv", "Ulve",
          "Vest", "Øst", "Øy")
_LAST = ("berget", "botn", "bygda", "båsen", "dalen", "eidet", "enga", "fallet", "fjorden", "flata", "fossen", "gården",
         "halsen", "hamn", "haugen", "havna", "heia", "hella", "hovda", "hylla", "høgda", "kollen", "landet", "leitet",
         "lia", "lunden", "løkka", "marka", "moen", "myra", "neset", "odden", "plassen", "ryggen", "rønninga", "røsta",
         "sanden", "seter", "sjøen", "skaret", "skogen", "slettet", "stad", "stranda", "straumen", "sundet", "svaet",
         "tangen", "tjønna", "toppen", "tunet", "vågen", "vang", "varden", "vatnet", "vegen", "vika", "vollen", "øra",
         "øya", "åkeren", "åmot", "åsen", "bekken", "brua", "bukta", "holmen", "kjosen", "skardet", "steinen", "viken",
         "ånes")

# theme -> (subjects, what is asked of them); each subject comes in several wordings
_DEMANDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "format": (
        ("oppsettet", "tabellen", "nummereringen av tiltakene", "språket i planen", "forsiden", "fargebruken",
         "innholdslisten", "malen for tiltakene", "lengden på planen", "lenkene i dokumentet"),
        ("bør forenkles", "må bli lettere å lese på skjerm", "fungerer godt i det daglige", "er lite egnet til oppfølging",
         "kan kortes ned til det halve", "bør få faste overskrifter")),
    "relevance": (
        ("tiltakene for eldre", "målene om tidlig innsats", "tiltaket om felles journal", "målet om trygg utskriving",
         "tiltakene for barn og unge", "delmålene om folkehelse", "tiltaket om ernæring", "målene for rehabilitering"),
        ("er fortsatt relevante", "er for generelle til å kunne måles", "må gjøres mer konkrete", "er utdatert",
         "passer dårlig for små kommuner", "bør beholdes slik de står")),
    "responsibility": (
        ("ansvaret for oppfølgingen", "rollen til legene", "ansvaret for opplæringen", "oppgaven med å rapportere",
         "eierskapet til hvert tiltak", "ansvaret mellom sykehus og kommune", "prosjektlederrollen"),
        ("må plasseres hos én navngitt leder", "er ikke tydelig nok", "er plassert riktig", "bør deles mellom partene",
         "må avklares før planen vedtas", "hører hjemme i kommunedirektørenes møte")),
    "resources": (
        ("midlene til fellesprosjekter", "stillingene som trengs", "tiden som er satt av", "finansieringen av tiltakene",
         "kapasiteten hos fagfolkene", "tilskuddet til samhandling", "reisetiden til møtene"),
        ("er ikke store nok", "må inn i neste budsjett", "bør prioriteres foran nye tiltak", "er realistisk beregnet",
         "må fordeles etter folketall", "kan hentes ved å avslutte gamle prosjekter")),
    "health_technology": (
        ("digital hjemmeoppfølging", "video mellom legevakt og sykehus", "trygghetsalarmer med sensor",
         "elektronisk medisindispenser", "felles plattform for velferdsteknologi", "deling av bilder av sår"),
        ("har størst potensial hos oss", "kan vi ta ansvar for som utviklingsprosjekt", "krever opplæring av ansatte",
         "bør prøves ut i to kommuner først", "kan vi ikke ta ansvar for nå", "må ha bedre nettdekning for å virke")),
    "process": (
        ("rulleringen av planen", "møtene i utvalget", "forankringen i kommunestyrene", "rapporteringen hvert halvår",
         "medvirkningen fra brukerne", "dialogen før planen vedtas", "saksgangen fram mot årsmøtet"),
        ("bør starte tidligere på året", "må følge budsjettprosessen", "fungerer bra", "er for tungvint",
         "bør legges til regionene", "må bli mer forpliktende")),
    "proposed_areas": (
        ("rus og psykisk helse", "palliativ behandling i hjemmet", "beredskap ved straumbrudd", "tannhelse hos eldre",
         "rekruttering av helsefagarbeidere", "språkhjelp for nye innbyggere", "pårørendes stilling"),
        ("bør bli et eget satsingsområde", "mangler i planen", "må få egne tiltak", "bør utredes nærmere",
         "kan vente til neste planperiode", "hører ikke hjemme i denne planen")),
}
_LEADS = ("", "", "", "Vi mener at ", "Etter vårt syn ", "RS-et ser at ", "Kommunene våre sier at ",
          "Det er enighet hos oss om at ", "Erfaringen vår er at ")
_TAILS = ("", "", "", "", ", særlig i {place}", ", slik {place} har gjort siden {year}", ", og det haster",
          ", men bare hvis sykehuset er med", ", med forbehold om finansiering", " for at de {n} kommunene skal klare det",
          ", jamfør arbeidet i {place} i {year}", " fordi avstandene er lange")
_GREETINGS = ("Vi viser til brev om gjennomgang av planen og sender her vårt innspill.",
              "Takk for muligheten til å gi innspill til planen.",
              "Saken er behandlet i møte, og innspillet følger her.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer before it is a file: ``parts`` are (heading, sentences)."""

    body: str
    when: date
    greeting: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]


def body_names(count: int) -> list[str]:
    """``count`` invented names of bodies, none twice."""
    names = [f"RS {first}{last}" for first in _FIRST for last in _LAST]
    random.Random(0).shuffle(names)
    if count > len(names):
        names += [f"{name} {n}" for n in range(2, 2 + count // len(names)) for name in names]
    return names[:count]


def sentence(theme: str, chance: random.Random) -> str:
    """One sentence about ``theme``; an unknown theme gets one of the known ones'."""
    subjects, demands = _DEMANDS.get(theme) or _DEMANDS[chance.choice(sorted(_DEMANDS))]
    lead, tail = chance.choice(_LEADS), chance.choice(_TAILS)
    text = lead + chance.choice(subjects) + " " + chance.choice(demands) + tail.format(
        place=chance.choice(_FIRST) + chance.choice(_LAST), year=chance.randint(2012, 2025), n=chance.randint(2, 14))
    return text[0].upper() + text[1:] + "."


def answers(count: int, *, bodies: Sequence[str], questions: Sequence[config.Question], statements: int = 30,
            seed: int = 1) -> Iterator[Answer]:
    """``count`` answers; the body of the i-th is ``bodies[i % len(bodies)]``."""
    for i in range(count):
        chance = random.Random(f"{seed}/{i}")
        share = [statements // len(questions) + (k < statements % len(questions)) for k in range(len(questions))]
        parts = tuple((f"{q.printed or q.number}. {q.text}",
                       tuple(sentence(q.themes[0] if q.themes else "", chance) for _ in range(n)))
                      for q, n in zip(questions, share, strict=True) if n)
        yield Answer(body=bodies[i % len(bodies)], when=date(2025, 9, 1) + timedelta(days=i % 30 + i // len(bodies)),
                     greeting=chance.choice(_GREETINGS), parts=parts)


def as_text(answer: Answer) -> str:
    head = [answer.body, f"Dato: {answer.when:%d.%m.%Y}", "", f"Innspill fra {answer.body}", "", answer.greeting, ""]
    return "\n".join(head + [line for heading, lines in answer.parts for line in (heading, "", " ".join(lines), "")])


def as_mail(answer: Answer) -> bytes:
    mail = EmailMessage()
    mail["From"] = f"{answer.body} <post@{answer.body.split()[1].lower().encode('ascii', 'ignore').decode()}.example>"
    mail["To"] = "sekretariatet@example.org"
    mail["Subject"] = f"Innspill fra {answer.body}"
    mail["Date"] = f"{answer.when:%a, %d %b %Y} 12:00:00 +0100"
    mail.set_content(as_text(answer))
    return mail.as_bytes()


def as_word(answer: Answer) -> bytes:
    """A small docx written directly: thousands of them are needed."""
    def paragraph(text: str, style: str = "") -> str:
        look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f'<w:p>{look}<w:r><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r></w:p>'

    body = [paragraph(answer.body), paragraph(f"Dato: {answer.when:%d.%m.%Y}"),
            paragraph(f"Innspill fra {answer.body}", "Heading1"), paragraph(answer.greeting)]
    for heading, lines in answer.parts:
        body += [paragraph(heading, "Heading2"), paragraph(" ".join(lines))]
    return _zip({
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WML}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_WML}.styles+xml"/></Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/relationships/styles" Target="styles.xml"/></Relationships>',
        "word/styles.xml": f'{_XML}<w:styles xmlns:w="{_W}">' + "".join(
            f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/>'
            f'<w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr></w:style>' for n in (1, 2)) + "</w:styles>",
        "word/document.xml": f'{_XML}<w:document xmlns:w="{_W}" xmlns:r="{_OFFICE}/relationships"><w:body>{"".join(body)}</w:body></w:document>',
    })


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def _zip(parts: dict[str, str]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name, EPOCH), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def plan(path: Path, *, rows: int = 30, seed: int = 1) -> None:
    """An action plan with its status as cell colour only."""
    from openpyxl import Workbook
    from openpyxl.styles import PatternFill

    chance = random.Random(seed)
    book = Workbook()
    sheet = book.active
    sheet.title = "Handlingsplan"
    sheet.append(["Nr", "Fokusområde", "Hovedmål", "Tiltak", "Ansvarlig", "Frist", "Status"])
    for i in range(rows):
        area, goal, n = i // 10 + 1, i % 10 // 5 + 1, i % 5 + 1
        theme = sorted(_DEMANDS)[i % len(_DEMANDS)]
        subject = chance.choice(_DEMANDS[theme][0])
        sheet.append([f"{area}.{goal}.{n}", f"Fokusområde {area}: {sorted(_DEMANDS)[area]}", f"Hovedmål {area}.{goal}",
                      f"Følge opp {subject} i {chance.choice(_FIRST)}{chance.choice(_LAST)}", "Sykehuset og kommunene", "2026", None])
        sheet.cell(i + 2, 7).fill = PatternFill("solid", fgColor=chance.choice(("92D050", "FFFF00", "FF0000")))
    book.properties.created = datetime(*EPOCH)
    saved = BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as package:  # openpyxl notes the hour of saving
        parts = {name: re.sub(r"(<dcterms:modified[^>]*>)[^<]*", r"\g<1>2025-01-01T00:00:00Z", package.read(name).decode())
                 for name in package.namelist()}
    path.write_bytes(_zip(parts))


def make(folder: Path, count: int, *, bodies: int | None = None, statements: int = 30, seed: int = 1,
         formats: Sequence[str] = FORMATS, with_plan: bool = True) -> Path:
    """Write a case into ``folder`` (made when missing) and return it. ``bodies``: how many are asked (``count``)."""
    folder.mkdir(parents=True, exist_ok=True)
    names = body_names(bodies or count)
    settings = config.load(ROOT / "config.toml")
    questions = [q for q in settings.questions if q.themes]
    for i, answer in enumerate(answers(count, bodies=names, questions=questions, statements=statements, seed=seed)):
        form = formats[i % len(formats)]
        data = {"docx": as_word, "eml": as_mail, "txt": lambda a: as_text(a).encode()}[form](answer)
        (folder / f"{i + 1:05d} {answer.body}.{form}").write_bytes(data)
    listed = "".join(f'[[bodies]]\nname = "{name}"\naliases = ["{name.removeprefix("RS ")}"]\n\n' for name in names)
    (folder / "case.toml").write_text(
        f'[case]\ntitle = "Gjennomgang av planen"\nnumber = "1/2025"\ndeadline = 2025-12-31\n\n{listed}', encoding="utf-8")
    if with_plan:
        plan(folder / "Handlingsplan.xlsx", seed=seed)
    return folder


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--answers", type=int, default=100)
    parser.add_argument("--bodies", type=int, default=None)
    parser.add_argument("--statements", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    print(make(given.folder, given.answers, bodies=given.bodies, statements=given.statements, seed=given.seed))


if __name__ == "__main__":
    main()
