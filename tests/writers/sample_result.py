"""A made-up case with everything a case document can show: agreement, disagreement, silence, late and missing answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.config import Body, CaseFields, Question, Settings, Theme
from pipeline.model import CaseResult, Document, Plan, PlanRow, Point, Register, Statement, ThemeScore

BODIES = ("RS Fjell", "RS Fjord", "RS Kyst", "RS Slette")

THEMES = (
    Theme(key="layout", title="Oppsett og lesbarhet"),
    Theme(key="duty", title="Hvem som har ansvaret"),
    Theme(key="tools", title="Verktøy i hverdagen", list_by_body=True),
    Theme(key="money", title="Penger og folk"),
    Theme(key="transport", title="Reise og avstand"),
)

QUESTIONS = (
    Question(number="1a", printed="1", block="Om planens form", text="Er planen lett å finne fram i?", themes=("layout",)),
    Question(number="1b", printed="1", block="Om planens form", text="Hva kan gjøres enklere?", themes=("layout",)),
    Question(number="2a", printed="1", block="Om innholdet", text="Er ansvaret plassert rett?", themes=("duty",)),
    Question(number="2b", printed="1", block="Om innholdet", text="Hvilke ressurser trengs?", themes=("money",)),
    Question(number="3", printed="2", block="Om verktøy", text="Hvilke verktøy er viktigst?", themes=("tools",)),
    Question(number="4", printed="4", block="", text="Hva betyr avstand for dere?", themes=("transport",)),
)

# source -> (bodies, language, [(id, question, theme, type, text)])
ANSWERS = {
    "svar-fjell.docx": (("RS Fjell",), "nb", [
        ("s01", "1a", "layout", "substance", "Tabellen er oversiktlig og lett å slå opp i."),
        ("s02", "1b", "layout", "substance", "Hvert tiltak bør få sitt eget nummer."),
        ("s03", "2a", "duty", "substance", "Det må stå et navn bak hvert tiltak."),
        ("s04", "3", "tools", "substance", "Felles bookingsystem for møterom."),
        ("s05", "2b", "money", "substance", "Penger må være på plass før arbeidet starter."),
    ]),
    "brev/svar fjord.pdf": (("RS Fjord",), "nn", [
        ("s06", "1a", "layout", "substance", "Tabellen er tung å lese på skjerm."),
        ("s07", "1b", "layout", "substance", "Tiltaka bør nummererast."),
        ("s08", "2a", "duty", "substance", "Ansvaret bør knytast til namngjevne personar."),
        ("s09", "3", "tools", "substance", "Me treng ei felles kontaktliste som alltid er oppdatert."),
        ("s10", "4", "transport", "no_remarks", "Ingen merknader."),
    ]),
    "epost.eml/svar.docx": (("RS Kyst",), "nb", [
        ("s11", "1b", "layout", "substance", "Nummerering av tiltakene savnes."),
        ("s12", "2a", "duty", "endorsement", "Vi slutter oss til svaret fra RS Fjell om ansvar."),
        ("s13", "2b", "money", "substance", "Penger kan ikke være et vilkår for å starte, med forbehold om lovpålagte oppgaver."),
        ("s14", "2b", "money", "substance", "Dette kommer vi tilbake til."),
    ]),
}

ROWS = (
    ("1.1.1", "Møteplasser", "Alle kjenner hverandre", "Årlig samling for alle ledere", "green", "Avholdt i mars"),
    ("1.1.2", "Møteplasser", "Alle kjenner hverandre", "Felles kalender", "yellow", ""),
    ("1.2.1", "Møteplasser", "Korte veier", "Vaktordning på tvers av kommunegrenser", "red", ""),
    ("1.3.1", "Møteplasser", "Alle kjenner hverandre", "Fadderordning for nyansatte", "red", "Utsatt til neste år"),
    ("2.1.1", "Læring", "Kunnskap deles", "Felles kursrekke", "green", ""),
    ("2.1.2", "Læring", "Kunnskap deles", "Hospitering", "unknown", ""),
    ("2.2.1", "Læring", "Øvelser hvert år", "Beredskapsøvelse", "red", ""),
)


def settings(**changes) -> Settings:
    """The sample's settings; keywords replace fields of ``Settings``."""
    base = Settings(
        case=CaseFields(title="Gjennomgang av samarbeidsplanen", number="12/2026", meeting_date=date(2026, 3, 5),
                        deadline=date(2026, 2, 1), type="drøftingssak", plan_title="Samarbeidsplan 2025–2027",
                        committee="Samarbeidsrådet", organisation="Helsefellesskapet Eksempel"),
        bodies=tuple(Body(name=name) for name in BODIES), themes=THEMES, questions=QUESTIONS)
    return replace(base, **changes)


def plan(rows=ROWS) -> Plan:
    """The sample's action plan: two areas, three red tiltak (one followed up), one without status."""
    return Plan(title="Samarbeidsplan", period="2025–2027", sources=("plan.xlsx",), rows=tuple(
        PlanRow(number=n, focus_area=area, goal=goal, measure=measure, status=status, comment=comment,
                focus_number=n.split(".")[0], goal_number=n.rsplit(".", 1)[0], source="plan.xlsx", locator=f"sheet=Plan;cell=D{i}")
        for i, (n, area, goal, measure, status, comment) in enumerate(rows, 2)))


def answer(source: str, bodies: tuple[str, ...], language: str, lines) -> tuple[Document, tuple[Statement, ...]]:
    """A document of one line a statement, and the statements with their offsets."""
    text, statements = "", []
    for i, (ident, question, theme, kind, line) in enumerate(lines, 1):
        start = len(text)
        text += line + "\n"
        statements.append(Statement(
            id=ident, source=source, start=start, end=start + len(line), text=line, locator=f"page=1;paragraph={i}",
            bodies=bodies, language=language, question=question, type=kind, theme="none" if kind == "no_remarks" else theme,
            themes=(ThemeScore(theme=theme, score=0.9),), confidence=0.9,
            endorses=("RS Fjell",) if kind == "endorsement" else (),
            unused="forstås ikke uten sammenheng" if ident == "s14" else None))
    return Document(source=source, sha256="0" * 64, text=text, kind="answer", bodies=bodies, language=language), tuple(statements)


POINTS = (
    Point(id="p01", theme="layout", text="hvert tiltak bør få sitt eget nummer", bodies=("RS Fjell", "RS Fjord", "RS Kyst"),
          quantifier="Tre av fire RS", statement_ids=("s02", "s07", "s11")),
    Point(id="p02", theme="layout", text="tabellen er oversiktlig og lett å slå opp i", bodies=("RS Fjell",),
          quantifier="RS Fjell", statement_ids=("s01",), opposes=("p03",)),
    Point(id="p03", theme="layout", text="tabellen er tung å lese på skjerm", bodies=("RS Fjord",), quantifier="RS Fjord",
          statement_ids=("s06",)),
    Point(id="p04", theme="duty", text="det må stå et navn bak hvert tiltak", bodies=("RS Fjell", "RS Fjord", "RS Kyst"),
          quantifier="Tre av fire RS", statement_ids=("s03", "s08", "s12"), endorsed_by=("RS Kyst",)),
    Point(id="p05", theme="tools", text="felles bookingsystem for møterom", bodies=("RS Fjell",), quantifier="RS Fjell",
          statement_ids=("s04",)),
    Point(id="p06", theme="tools", text="ei felles kontaktliste som alltid er oppdatert", bodies=("RS Fjord",),
          quantifier="RS Fjord", statement_ids=("s09",)),
    Point(id="p07", theme="money", text="penger må være på plass før arbeidet starter", bodies=("RS Fjell",),
          quantifier="RS Fjell", statement_ids=("s05",), opposes=("p08",)),
    Point(id="p08", theme="money", text="penger kan ikke være et vilkår for å starte, med forbehold om lovpålagte oppgaver",
          bodies=("RS Kyst",), quantifier="RS Kyst", statement_ids=("s13",), opposes=("p07",), reservation=True),
)


def result(**changes) -> CaseResult:
    """The whole sample; keywords replace fields of ``CaseResult``."""
    documents, statements = [], []
    for source, (bodies, language, lines) in ANSWERS.items():
        document, found = answer(source, bodies, language, lines)
        documents.append(document)
        statements += found
    documents += [
        Document(source="gammelt svar.docx", sha256="1" * 64, kind="answer", bodies=("RS Fjord",), superseded_by="brev/svar fjord.pdf"),
        Document(source="sak_2024.docx", sha256="2" * 64, kind="earlier_case"),
        Document(source="strategi.pdf", sha256="3" * 64, kind="case_paper", properties=(("title", "Strategi for samarbeid"),)),
        Document(source="plan.xlsx", sha256="4" * 64, kind="action_plan"),
    ]
    base = CaseResult(
        name="prøvesak", settings=settings(), documents=tuple(documents), statements=tuple(statements), points=POINTS,
        plan=plan(), today=date(2026, 2, 10),
        register=Register(answered=BODIES[:3], missing=BODIES[3:], late=("RS Kyst",), superseded=("gammelt svar.docx",),
                          answers=tuple((b[0], (s,)) for s, (b, _, _) in ANSWERS.items())))
    return replace(base, **changes)


def empty_result(**changes) -> CaseResult:
    """The same case before anything has come in: no answers, no plan."""
    return result(documents=(), statements=(), points=(), plan=Plan(), register=Register(missing=BODIES), **changes)
