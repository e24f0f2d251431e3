"""One made-up plan, written in many layouts and colourings as blocks, as a reader would give them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Block, Document, assemble


@dataclass(frozen=True)
class Item:
    """One planted tiltak. ``status`` is green, yellow, red or unknown."""

    focus: str
    goal: str
    measure: str
    responsible: str
    deadline: str
    status: str
    comment: str = ""


FOCI = ("Trygge overganger", "Folk nok", "En åpen dør")
PLAN = (
    Item(
        FOCI[0],
        "Innbyggerne møter ett samlet tilbud",
        "Lage felles sjekkliste ved utskriving",
        "Sykehuset",
        "2024",
        "green",
    ),
    Item(
        FOCI[0],
        "Innbyggerne møter ett samlet tilbud",
        "Prøve ut kveldsåpent mottak",
        "Bykommunen",
        "2025",
        "yellow",
        "Etter sommeren",
    ),
    Item(
        FOCI[0],
        "Innbyggerne møter ett samlet tilbud",
        "Kartlegge ventetid hos fastlegene",
        "Fastlegerådet",
        "2026",
        "red",
    ),
    Item(FOCI[0], "Færre unødige turer", "Innføre videomøter med hjemmetjenesten", "Dalkommunen", "2024", "green"),
    Item(FOCI[0], "Færre unødige turer", "Samkjøre pasientreiser i indre bygder", "Reisekontoret", "2026", "red"),
    Item(FOCI[1], "Vi deler på fagfolkene", "Opprette felles vikarpool", "Personalnettverket", "2025", "red"),
    Item(FOCI[1], "Vi deler på fagfolkene", "Bytte hospitanter to uker i året", "Sykehuset", "2025", "red"),
    Item(FOCI[1], "Flere blir i jobben", "Tilby veiledning til nyutdannede", "Universitetet", "2025", "yellow"),
    Item(FOCI[1], "Flere blir i jobben", "Utrede heltid i turnus", "Kystkommunen", "2026", "unknown"),
    Item(FOCI[2], "Alle vet hva vi gjør", "Gi ut et nyhetsbrev hvert kvartal", "Sekretariatet", "2024", "green"),
    Item(FOCI[2], "Alle vet hva vi gjør", "Lage en felles nettside", "Sekretariatet", "2026", "red"),
    Item(FOCI[2], "Brukerne er med", "Åpne et felles brukerpanel", "Brukerrådet", "2025", "green"),
    Item(FOCI[2], "Brukerne er med", "Holde et årlig folkemøte", "Sekretariatet", "2025", "yellow"),
)
NUMBERS = (
    "1.1.1",
    "1.1.2",
    "1.1.3",
    "1.2.1",
    "1.2.2",
    "2.1.1",
    "2.1.2",
    "2.2.1",
    "2.2.2",
    "3.1.1",
    "3.1.2",
    "3.2.1",
    "3.2.2",
)
COUNTS = ((2, 1, 2, 0), (0, 1, 2, 1), (2, 1, 1, 0))  # green, yellow, red, unknown per fokusområde

SHADES = {
    "strong": {"green": "00B050", "yellow": "FFFF00", "red": "FF0000"},
    "pale": {"green": "E2EFDA", "yellow": "FFF2CC", "red": "F8CBCB"},
    "orange": {"green": "92D050", "yellow": "ED7D31", "red": "C00000"},
    "excel": {"green": "C6EFCE", "yellow": "FFEB9C", "red": "FFC7CE"},
}
WORDS = {"green": "Gjennomført", "yellow": "Pågår", "red": "Ikke startet", "unknown": ""}


class Table:
    """Cells of one table, put where they are wanted; ``blocks`` gives them in reading order."""

    def __init__(self, number: int = 1, sheet: str = "") -> None:
        self.number, self.sheet = number, sheet
        self.cells: dict[tuple[int, int], Block] = {}

    def put(
        self,
        row: int,
        col: int,
        text: str = "",
        fill: str | None = None,
        *,
        rows: int = 1,
        cols: int = 1,
        bold: bool = False,
        place: str = "body",
    ) -> None:
        cell = f"{chr(64 + col)}{row}"
        locator = f"sheet={self.sheet};cell={cell}" if self.sheet else f"table={self.number};row={row};col={col}"
        self.cells[row, col] = Block(
            text=text,
            kind="cell",
            table=self.number,
            row=row,
            col=col,
            row_span=rows,
            col_span=cols,
            fill=fill,
            bold=bold,
            locator=locator,
            place=place,
        )

    def line(self, row: int, texts: Sequence[str], fill: str | None = None, **how) -> None:
        for col, text in enumerate(texts, 1):
            self.put(row, col, text, fill, **how)

    def blocks(self) -> list[Block]:
        return [self.cells[key] for key in sorted(self.cells)]


def document(
    *parts: Table | Block,
    source: str = "handlingsplan.xlsx",
    title: str = "",
    format: str = "xlsx",
    kind: str = "action_plan",
    **fields,
) -> Document:
    """A document read as an action plan from tables and paragraphs in the given order."""
    blocks: list[Block] = []
    for part in parts:
        blocks += part.blocks() if isinstance(part, Table) else [part]
    text, placed = assemble(blocks)
    return Document(
        source=source,
        sha256="0" * 64,
        format=format,
        text=text,
        blocks=placed,
        kind=kind,
        properties=(("title", title),) if title else (),
        **fields,
    )


HEADINGS = ("Fokusområde", "Hovedmål", "Tiltak", "Ansvarlig", "Frist", "Status", "Kommentar")
Paint = Callable[[Item, int], tuple[str, str | None]]  # the status cell's text and fill


def flat(
    paint: Paint,
    items: Sequence[Item] = PLAN,
    *,
    headings: Sequence[str] = HEADINGS,
    first_row: int = 1,
    sheet: str = "Plan",
    row_fill: Callable[[Item, int], str | None] | None = None,
    measure_fill: Paint | None = None,
) -> Table:
    """One row a tiltak, fokusområde and hovedmål merged down where they repeat."""
    table = Table(sheet=sheet)
    table.line(first_row, headings, "1F4E79", bold=True)
    at = first_row
    for order, item in enumerate(items):
        at += 1
        base = row_fill(item, order) if row_fill else None
        for col, key in ((1, lambda i: i.focus), (2, lambda i: (i.focus, i.goal))):
            if order == 0 or key(items[order - 1]) != key(item):
                span = sum(1 for other in items[order:] if key(other) == key(item))
                table.put(at, col, (item.focus, item.goal)[col - 1], base if row_fill else "D9E1F2", rows=span)
        status, fill = paint(item, order)
        table.put(at, 3, item.measure, (measure_fill(item, order)[1] if measure_fill else None) or base)
        table.put(at, 4, item.responsible, base)
        table.put(at, 5, item.deadline, base)
        table.put(at, 6, status, fill or base)
        table.put(at, 7, item.comment, base)
    return table


def by_colour(shade: str) -> Paint:
    return lambda item, order: ("", SHADES[shade].get(item.status))


def by_words(words: dict[str, str]) -> Paint:
    return lambda item, order: (words[item.status], None)


def without(items: Sequence[Item], **changes) -> list[Item]:
    return [replace(item, **changes) for item in items]
