"""Columns by meaning: which heading is the tiltak, the goal, the responsible, the status."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pipeline.norsk import fold
from pipeline.plan import marks
from pipeline.plan.grid import Cell, Grid

# Whole words, in bokmål and nynorsk. The order settles ties between roles.
_AREA = r"(?:fokus|satsings?|satsnings|innsats|tema|hoved|hovud|strategi|prioriterings?|risiko|resultat)områd\w*"
_WORDS = {
    "number": r"nr|nummer|løpenr|løpenummer|lnr|id|pkt|punkt|ref|\w*(?:tiltaks?|mål)s?(?:nr|nummer|id)",
    "subgoal": r"(?:del|under|resultat)mål\w*",
    "focus": rf"(?:hoved|hovud)?{_AREA}|fokus|tema\w{{0,2}}|satsing(?:er|ar)?|satsning(?:er)?|områd\w*|perspektiv\w*"
    r"|hovedtema|hovudtema|kapittel",
    "responsible": r"ansvar\w*|\w*ansvarlige?|\w*ansvarleg\w*|\w*eier\w?|\w*eigar\w?|hvem|kven|utføres|utførast|leder"
    r"|leiar|prosjektleder|prosjektleiar|enhet|instans",
    "comment": r"\w*kommentar\w*|\w*merknad\w*|notat\w*|\w*oppfølging\w*|\w*beskrivelse\w*|\w*skildring\w*|neste"
    r"|forklaring\w*|vurdering\w*|rapport\w*|opplysning\w*|tilleggsinfo\w*",
    "goal": r"(?:hoved|hovud|effekt|resultat|overordna|strategi|utviklings)?mål(?:sett?ing\w*|setjing\w*|et|ene|a)?"
    r"|hensikt|formål\w*|ambisjon\w*|visjon",
    "measure": r"\w*tiltak\w{0,3}|tiltaksbeskrivelse|aktivitet\w*|handling(?:er|ar)?|oppgave\w*|oppgåve\w*|aksjon\w*"
    r"|hva|kva|hvordan|korleis|innsats|prosjekt(?:er|et)?|delprosjekt\w*|leveranse\w*",
    "deadline": r"\w*frist\w*|tid|tids\w+|når|periode\w*|ferdig\w*|milepæl\w*|innen|innan|år|årstall|kvartal|dato"
    r"|slutt\w*|start|oppstart|gjennomføres|gjennomførast",
    "status": r"\w*status\w*|fremdrift\w*|framdrift\w*|trafikklys\w*|farge\w*|fargekode\w*|tilstand\w*|måloppn\w+"
    r"|gjennomføringsgrad|gjennomført|nivå|fullført|progresjon|måling",
}
_ROLES = {role: re.compile(words) for role, words in _WORDS.items()}
_GOAL_PHRASE = re.compile(r"(?:hva|kva) (?:skal|vil|ønsker|ønskjer)\b.*(?:oppnå|nå\b)")
_REMARK_PHRASE = re.compile(
    r"status\w*\s*[-/]?\s*(?:kommentar|beskriv|skildr|tekst)\w*|(?:kommentar|merknad|beskrivelse)\w*\s+(?:til|av|på|om)\s"
)
MAX_HEADING = 60


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns carry which role. ``one_hot``: column -> status, where each status has its own column."""

    roles: dict[str, tuple[int, ...]]
    headings: dict[int, str]
    one_hot: dict[int, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)  # role -> the column with its number
    splits: frozenset[int] = frozenset()  # columns headed "Ansvar/frist": who and when in one cell

    def first(self, role: str) -> int | None:
        return next(iter(self.roles.get(role, ())), None)

    def known(self) -> set[int]:
        return {c for columns in self.roles.values() for c in columns} | set(self.one_hot)

    def number_of(self, role: str) -> int | None:
        """The column that numbers ``role``, as ``with_numbers`` settled it."""
        return self.numbers.get(role)


def with_numbers(columns: Columns, grid: Grid, first_row: int) -> Columns:
    """``columns`` with each number column given to what it numbers.

    A column to the left of a title numbers that title. One number column alone numbers the tiltak when it changes with
    every tiltak, wherever it stands.
    """
    places = columns.roles.get("number", ())
    measure = columns.first("measure")
    if not places or measure is None:
        return columns
    if len(places) == 1:
        rows = [(cells, {c.col: c for c in cells}) for row, cells in grid.rows if row >= first_row]
        tiltak = sum(1 for _, by_col in rows if measure in by_col and by_col[measure].lines)
        own = [by_col[places[0]] for _, by_col in rows if places[0] in by_col and by_col[places[0]].lines]
        tall = sum(cell.row_span > 1 for cell in own)
        if len({c.text for c in own}) * 5 >= tiltak * 4 and tall * 5 <= len(own):
            return replace(columns, numbers={"measure": places[0]})
    titles = {col: role for role in ("focus", "goal", "subgoal", "measure") for col in columns.roles.get(role, ())}
    numbers: dict[str, int] = {}
    for place in places:
        right = min((col for col in titles if col > place), default=None)
        if right is not None:
            numbers[titles[right]] = place
    if "measure" not in numbers and not numbers:
        numbers["measure"] = places[0]
    return replace(columns, numbers=numbers)


@lru_cache(maxsize=8192)
def roles_of(label: str) -> tuple[tuple[str, int], ...]:
    """(role, strength) of a heading, best first: 3 the whole heading, 2 its first word, 1 a later word."""
    label = fold(label)
    if "#" in label and not re.search(r"\w", label):
        return (("number", 3),)
    words = re.findall(r"[^\W\d_]+", label)
    if not words:
        return ()
    if len(label) > MAX_HEADING or len(words) > 8:
        words = words[:1]  # a heading with its explanation: only what it begins with can be trusted
    text = " ".join(words)
    if _GOAL_PHRASE.match(text):
        return (("goal", 3),)
    if _REMARK_PHRASE.match(text):
        return (("comment", 3),)
    if re.fullmatch(r"(?:tiltak|mål|delmål|hovedmål|hovudmål)s? (?:nr|nummer|id)", text):
        return (("number", 3),)
    found: dict[str, tuple[int, int]] = {}
    for at, a_word in enumerate(words):
        for order, (role, pattern) in enumerate(_ROLES.items()):
            if pattern.fullmatch(a_word):
                strength = 3 if len(words) == 1 else 2 if at == 0 else 1
                if role not in found or strength > found[role][0]:
                    found[role] = (strength, -at * 100 - order)
    ranked = sorted(found.items(), key=lambda item: item[1], reverse=True)
    return tuple((role, strength) for role, (strength, _) in ranked)


HEADER_ROWS = 40  # how far down the first heading row is looked for


def has_header(grid: Grid) -> bool:
    """Whether the table has the headings of an action plan in its first rows."""
    return any(header_at(grid, index) for index in range(min(len(grid.rows), HEADER_ROWS)))


def header_at(grid: Grid, index: int, known: Columns | None = None) -> tuple[Columns, int] | None:
    """The columns and the number of rows that the heading takes, when ``grid.rows[index]`` is a heading row.

    ``known``: the headings so far; a later heading row must repeat them or be beyond doubt.
    """
    filled = [c for c in grid.rows[index][1] if c.lines]
    long = sum(len(c.text) > MAX_HEADING for c in filled)
    if len(filled) < 2 or long * 3 > len(filled) or any(len(c.text) > 4 * MAX_HEADING for c in filled):
        return None
    depth = _depth(grid, index, filled)
    # Most rows are no heading: look closer only at those with at least two words of headings in them.
    if depth == 1 and sum(_may_head(c.text) for c in filled) < 2:
        return None
    labels = _labels(grid, index, depth)
    columns = _assign(labels)
    # A tiltak may well begin with "Oppgave" or hold the word "frist": some cells must be nothing but a heading.
    strength = {
        col: 3 if col in columns.one_hot else max((n for _, n in roles_of(label)[:1]), default=0)
        for col, label in labels.items()
    }
    strong = sum(n == 3 for n in strength.values())
    sure = {col for col, n in strength.items() if n > 1}
    matched = sum(
        len(c.text) <= MAX_HEADING and any(col in sure for col in range(c.col, c.col + c.col_span)) for c in filled
    )
    if not _is_plan_header(columns) or matched < 2 + bool(long) or (matched < 3 and matched * 2 < len(filled)):
        return None
    if strong < 2 and strong + matched < 4:
        return None
    if known is not None and strong < 3 and len(set(labels.values()) & set(known.headings.values())) < 2:
        return None
    return columns, depth


def _may_head(label: str) -> bool:
    return bool(_status_heading(label)) or any(strength > 1 for _, strength in roles_of(label)[:1])


def _is_plan_header(columns: Columns) -> bool:
    has = {role for role, places in columns.roles.items() if places} | ({"status"} if columns.one_hot else set())
    return "measure" in has and len(has - {"number"}) >= 2


def _depth(grid: Grid, index: int, filled: list[Cell]) -> int:
    """2 where the heading has a second row: tall cells beside a wide one with its own parts below."""
    if index + 1 >= len(grid.rows) or grid.rows[index + 1][0] != filled[0].row + 1:
        return 1
    wide = [c for c in filled if c.col_span > 1]
    tall = [c for c in filled if c.row_span > 1]
    below = [c for c in grid.rows[index + 1][1] if c.lines]
    if not below or not (wide or tall):
        return 1
    under_wide = all(any(w.col <= c.col < w.col + w.col_span for w in wide) for c in below)
    short = all(len(c.text) <= 30 for c in below)
    return 2 if under_wide and short and wide else 1


def _labels(grid: Grid, index: int, depth: int) -> dict[int, str]:
    row = grid.rows[index][0]
    here = {(c.row, c.col): c for _, cells in grid.rows[index : index + depth] for c in cells}
    labels: dict[int, list[str]] = {}
    for at in range(row, row + depth):
        for col in range(1, grid.width + 1):
            cell = here.get((at, col)) or grid.cover.get((at, col))
            # A heading merged over two columns names both only when they are told apart below it.
            if cell is None or not cell.lines or (depth == 1 and cell.col != col):
                continue
            parts = labels.setdefault(col, [])
            if cell.text not in parts:
                parts.append(cell.text)
    return {col: " ".join(parts) for col, parts in labels.items()}


def _assign(labels: dict[int, str]) -> Columns:
    one_hot = _one_hot(labels)
    wishes = {col: roles_of(label) for col, label in labels.items() if col not in one_hot}
    roles: dict[str, list[int]] = {}
    splits = set()
    for col in sorted(wishes):
        if wishes[col]:
            roles.setdefault(wishes[col][0][0], []).append(col)
            named_roles = {role for role, _ in wishes[col]}
            if {"responsible", "deadline"} <= named_roles and wishes[col][0][0] == "responsible":
                splits.add(col)
    _prefer_strong(roles, wishes)
    if not roles.get("measure"):
        _second_choice(roles, wishes)
    if len(roles.get("goal", ())) > 1 and not roles.get("subgoal"):
        roles["goal"], roles["subgoal"] = roles["goal"][:1], roles["goal"][1:2]
    if roles.get("subgoal") and not roles.get("goal"):
        roles["goal"] = roles.pop("subgoal")
    keep_all = ("number", "status", "comment")
    return Columns(
        {role: tuple(cols if role in keep_all else cols[:1]) for role, cols in roles.items()},
        dict(labels),
        one_hot,
        splits=frozenset(splits),
    )


def _prefer_strong(roles: dict[str, list[int]], wishes: dict[int, tuple[tuple[str, int], ...]]) -> None:
    """Among columns of one role, the surest heading first; status columns by the latest year in the heading."""
    for role, cols in roles.items():
        if role != "number":
            cols.sort(key=lambda c: (-wishes[c][0][1], c))


def _second_choice(roles: dict[str, list[int]], wishes: dict[int, tuple[tuple[str, int], ...]]) -> None:
    """No heading says tiltak first: take one that says it second, a description, or the finest goal column."""
    for col in sorted(wishes):
        if any(role == "measure" for role, _ in wishes[col][1:]):
            roles[wishes[col][0][0]].remove(col)
            roles["measure"] = [col]
            return
    others = sum(bool(roles.get(role)) for role in ("status", "responsible", "deadline"))
    if roles.get("subgoal") and others:
        roles["measure"] = [roles["subgoal"].pop(0)]
    elif roles.get("comment") and others >= 2:
        roles["measure"] = [roles["comment"].pop(0)]
    elif roles.get("goal") and others >= 2:
        roles["measure"] = [roles["goal"].pop()]


def _one_hot(labels: dict[int, str]) -> dict[int, str]:
    """Columns headed by the statuses themselves ("Ikke startet", "Pågår", "Gjennomført"): at least two of them."""
    found = {col: status for col, label in labels.items() if (status := _status_heading(label))}
    return found if len(set(found.values())) >= 2 else {}


@lru_cache(maxsize=8192)
def _status_heading(label: str) -> str | None:
    bare = re.sub(r"^\s*status\s+", "", fold(label))
    if len(bare.split()) > 4 or any(role in ("comment", "measure", "goal") for role, _ in roles_of(bare)):
        return None
    return marks.meaning(bare)
