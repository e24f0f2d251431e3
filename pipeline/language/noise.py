"""What in an answer is no opinion: letterheads, greetings, minutes' wrapping, background, references; and what says "ingen merknader".

A gate before the themes. High-precision rules first, then a small learned model (``noise_model``) weighed by
where the statement stands. To lose a voice is the worst mistake here: what the gate is unsure of is marked for
review, and stays substance when it wishes or judges anything.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.config import Body, Question
from pipeline.language import endorsement, letters, minutes, noise_model, stance
from pipeline.language import noise_rules as rules
from pipeline.language.lemmas import content, words
from pipeline.language.memory import of_the_last
from pipeline.language.questionnaire import DEMAND
from pipeline.language.segment import identify
from pipeline.language.tables import cell as cell_of
from pipeline.model import BODY_PLACES, Document, Statement
from pipeline.norsk import plain

UNSURE = "kan være støy"
LEFT_OUT = "Ser ut som bakgrunn eller høflighet, og er ikke tatt med. Er det et innspill, rett typen."
_DROP = 2.2  # log-odds of noise
_NO_SIDE = 1.6  # from here on a sentence that takes no side is left out for a person to look at
_LIKELY = 3.0  # below it a person sees what was left out
_CERTAIN = 4.0  # below it a person sees what was left out although it denies, wishes or judges something
_DENIES = re.compile(r"\b(?:ingen|inga|ingenting|aldri|verken|korkje|uten|utan|ikke|ikkje)\b", re.IGNORECASE)
_DOUBT = 1.2  # from here on a person is asked; in made-up cases of other authors four of five are noise
# From here on a sentence that tells what is or was, and wishes and judges nothing, is left out for a person to look at.
_ONLY_TELLS = 0.4  # outside the questions; below one it may be what was asked for
_OPEN = (-2.5, 5.0)  # the log-odds between which the encoder is asked
# A second reading weighs all signs of the whole text, fitted on whole documents (``benchmarks.fit_noise``), in a text of some length.
_SOME_LENGTH = 10  # statements that the rules leave open
_SECOND, _SECOND_OF_VIEWS = 0.0, 0.8  # log-odds from which it leaves out what the first keeps; a person sees it
_KEEPS = 0.0  # below it keeps what the first leaves out
_OPEN_WHOLE = (-4.0, 4.0)
_LITTLE, _MOST = 1.4, 6.0  # log-odds: at most so much say few words, and others
_MANY = 20  # words
_FEW = 4  # words; so few tell little by themselves
_MOST_OF_FEW = 4.5  # log-odds: below a question even words like "Nes skole" may be what was asked for
_SAYS = 3  # words in front of a greeting on the same line that say something themselves
_SIGNS_OFF = re.compile(r",\s(?:med\s)?(?:venn?l[ei]g\s|beste\s)?(?:hilsen|helsing|mvh)\s+(?-i:[A-ZÆØÅ])[^.!?]*$", re.IGNORECASE)
# "Kartet på side 5 er galt": whoever tells of a place in the plan tells what is wrong there.
_OF_THE_PLAN = re.compile(r"(?:\bpå\s(?:side|s\.)|\b(?:i|under)\s(?:kapittel|kap\.|avsnitt|tabell|figur))\s\d|\bpå\s(?:forsid|framsid)\w+"
                          r"[^.]*[.!?]$", re.IGNORECASE)
_FEW_SURE = 3.2  # from here on they tell all the same: "Leder innledet til saken."; a person sees it all the same
_LONG = 1_500  # characters
_TITLED_ROWS = 3  # rows that show whether a column below a title holds labels; or numbered lines, whether they are titles
_TITLE, _SHORT_TITLE = 5, 2  # words of a numbered title, and of one that is so among others whatever its words are
_WHAT_IS = re.compile(r"(?:\d{1,2}\s+)?(?:det|dette|de|dei|områder?|tema(?:er)?|grupper?|ting)\s+som\s+\w+$", re.IGNORECASE)
_TWO_THINGS = re.compile(r"[A-ZÆØÅ]\w+ (?:og|eller) [a-zæøå]\w+")  # "Prioritering og ressurser", "Teknologi og mangler"
# "Områder utvalget savner", "Innsatser som bør bestå, endres eller utgå": a noun and a relative clause
_RELATIVE = re.compile(r"(?:\d{1,2}\.?\s+)?(?:det|dette|hva|kva|\w+(?:er|ar|ene|ane))\s(?:(?:som|vi|me)\s(?:(?:bør|må|skal|kan)\s)?|"
                       r"(?:utvalget|utvalet|rådet|styret|laget)\s)(?:(?!\b(?:bør|må|skal|kan|vil|er)\b)[^.!?]){2,60}$", re.IGNORECASE)
_ANYTHING_ELSE = re.compile(r"(?:andre|annet|anna|øvrige?|eventuelle|flere|fleire|noe|noko)\b", re.IGNORECASE)
_NO_KNOWLEDGE = re.compile(r",\s(?:for\s)?(?:vi|me|rådet|laget)\s(?:har|hadde)\s(?:ikke|ikkje|ingen"
                           r"|inga)\s(?:\w+\s)?(?:medlem\w*|erfaring\w*|kunnskap\w*"
                           r"|kompetanse|kjennskap|kjennskab|greie|peiling)\b[^,;]*$", re.IGNORECASE)  # "…, vi har ikke medlemmer der"
_WORKS = re.compile(r"\b(?:virker|verkar|fungerer|dekker|dekkjer|holder|held)\b", re.IGNORECASE)  # "ingen endringer, ordningen virker"
_NUMBER = re.compile(r"\(?\d{1,2}[a-h]?[.)]?")
_LABEL, _SHORT = 50, 200  # characters before a colon, and in all
# Reasons that an opinion in a sentence of some length speaks against.
_FORMAL = frozenset({"letterhead", "greeting", "signature", "process", "opening"})


def sift(statements: Sequence[Statement], document: Document, *, bodies: tuple[Body, ...],
         questions: tuple[Question, ...], titles: Collection[str] = (), encoder: bool = True) -> tuple[Statement, ...]:
    """The statements of one document with ``type``, ``noise`` (the reason), ``endorses`` and ``endorsed_questions`` set.

    Reasons: echo, empty, page, letterhead, greeting, opening, closing, signature, minutes, other_item, background,
    process, heading, label, lead_in, quoted, reference, unanswered, model, and the places of ``model.OTHER_PLACES``.
    Statements that are noise already stay so. A statement that endorses another body and goes on with a view of
    its own is cut in two, so there may be more statements than before. What stands in a table beside a label or
    below a head that is no question gets it as a heading. ``titles``: of the case's themes; a line that repeats one
    says nothing. ``encoder``: let the language model help where the
    words leave it open; without it, or where it does not load, words decide.
    """
    surroundings = _Surroundings(statements, document, questions)
    known_titles = {plain(title) for title in titles}
    by_number = {q.number: q for q in questions}
    sifted: list[Statement] = []
    open_: list[tuple[int, _Setting]] = []  # what only the model can tell: place in ``sifted``, setting
    for n, s in enumerate(statements):
        if s.lead_in and _is_name(s.lead_in, bodies):
            s = replace(s, lead_in="")
        setting = surroundings.of(n)
        if setting.labels:
            s = replace(s, headings=(*s.headings, *setting.labels))
        if s.type == "noise":
            sifted.append(s)
        elif s.place not in BODY_PLACES:
            sifted.append(replace(s, type="noise", noise=s.place))
        elif plain(_LEADING.sub("", s.text)) in known_titles:
            sifted.append(_noise(s, "heading"))
        elif judged := _judge(s, setting, bodies, by_number.get(s.question or ""), questions):
            sifted += judged
        else:
            open_.append((len(sifted), setting))
            sifted.append(s)
    for (at, _), judged in zip(open_, _by_model([(sifted[at], setting) for at, setting in open_], encoder=encoder), strict=True):
        sifted[at] = judged
    return identify(sifted)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """What is known of a statement from where it stands."""

    minutes: minutes.Place | None = None
    carried: bool = False  # it introduces list items that carry it
    closed: bool = False  # after the letter's closing
    attending: bool = False  # under "Til stede:"
    plan_column: bool = False  # in a column that repeats the plan, beside one with the answers
    labels: tuple[str, ...] = ()  # of a cell: what its row of the plan, its row's label or its column's head says
    label: bool = False  # itself such a label
    numbered_title: bool = False  # "3. Ansvar", above what is said of it
    title: bool = False  # above the first sentence of a letter
    first: int = 0  # among the first sentences of a document, which say who writes and why: 1 for the first of all
    early: bool = False  # before the first opinion
    before_answers: bool = False  # before the first question that the document answers
    edge: bool = False  # in a document without questions: before its first or after its last opinion
    tail: bool = False  # running text after the last opinion: thanks and greetings, whatever question stands above
    opening: bool = False  # among the first lines
    earlier_mail: bool = False  # below the head of an earlier mail, in a mail that was printed or copied
    formal_item: bool = False  # under a heading such as "Godkjenning av innkalling"
    last_heading: str = ""


class _Surroundings:
    """The document seen as a whole."""

    def __init__(self, statements: Sequence[Statement], document: Document, questions: Sequence[Question]) -> None:
        self._statements = statements
        self._minutes = minutes.read(statements, questions) if document.kind in ("answer", "minutes", "unknown") else None
        carried_by = {(s.lead_in, s.place) for s in statements if s.lead_in}
        self._settings: list[_Setting] = []
        asked = [n for n, s in enumerate(statements) if s.question is not None]
        first_asked = asked[0] if len(asked) >= 2 else 0
        held = [n for n, s in enumerate(statements) if s.place in BODY_PLACES and s.type != "noise" and s.kind != "heading"
                and len(s.text) <= _LONG and rules.OPINION.search(s.text) and not rules.THANKS.match(s.text)
                and not (n < 30 and rules.ABOUT_ANSWER.search(s.text))]
        cells = cell_labels(statements)
        earlier = _earlier_mail(statements, held)
        title, first = _beginning(statements)
        below = _numbered_titles(statements)
        extract = minutes.is_extract(statements)
        closed = attending = 0  # how many more short lines count
        for n, s in enumerate(statements):
            short = len(s.text.split()) <= 9
            if s.place in BODY_PLACES:
                if letters.closes(s.text):
                    closed, attending = 9, 0
                elif rules.ATTENDING.match(s.text):
                    attending = 40
                elif s.kind == "heading" or not short or s.question is not None:
                    attending = 0
                    if s.kind == "heading" or len(s.text.split()) > 12 or s.question is not None:
                        closed = 0
            self._settings.append(_Setting(
                minutes=self._minutes[n] if self._minutes else None,
                carried=(s.text, s.place) in carried_by,
                closed=closed > 0 and (letters.closes(s.text) or not rules.OPINION.search(s.text)),
                attending=attending > 0 and not rules.ATTENDING.match(s.text),
                plan_column=n in cells.plan,
                labels=cells.above.get(n, below.get(n, ())) if s.question is None or cells.plan else (),
                label=n in cells.labels,
                numbered_title=below.get(n) == (),
                title=n in title,
                first=first.get(n, 0),
                early=n < 30 and (n < first_asked or (not asked and (not held or n < held[0])) or n in title or n in first),
                before_answers=n < first_asked,
                edge=not asked and bool(held) and not held[0] <= n <= held[-1],
                tail=bool(held) and n > held[-1] and s.kind == "paragraph" and not s.lead_in,
                earlier_mail=n >= earlier,
                opening=n < 10,
                formal_item=not extract and any(minutes.formal(h) for h in s.headings[-1:]),
                last_heading=s.headings[-1] if s.headings else ""))
            closed, attending = max(0, closed - 1), max(0, attending - 1)

    def of(self, n: int) -> _Setting:
        return self._settings[n]


def _earlier_mail(statements: Sequence[Statement], opinions: Sequence[int]) -> int:
    """Where the mail begins that this one answers, its head and all; the number of statements when there is none.

    The readers of mails see to theirs; here it is one that was printed, or copied into a document. Above it must
    stand an opinion and the closing of the letter: a covering note over a forwarded answer has no opinion.
    """
    for n, s in enumerate(statements):
        if s.place not in BODY_PLACES or not opinions or n <= opinions[0]:
            continue
        head = sum(bool(rules.MAIL_HEAD.match(t.text)) for t in statements[n:n + 5]) >= 3 and rules.MAIL_HEAD.match(s.text)
        if (head or rules.EARLIER_MAIL.match(s.text)) and any(letters.closes(t.text) for t in statements[:n]):
            return n
    return len(statements)


def _beginning(statements: Sequence[Statement]) -> tuple[set[int], dict[int, int]]:
    """Indices of the lines above the first sentence; those of the first paragraph's sentences, counted from 1.

    Both empty where no sentence follows: a list of fragments has no title that can be told from them.
    """
    above: set[int] = set()
    for n, s in enumerate(statements[:60]):
        if s.place not in BODY_PLACES or s.type == "noise":
            continue
        if s.question is not None or s.kind in ("item", "cell") or len(above) > 12:
            break
        if len(s.text.split()) >= 6 and s.text.rstrip()[-1:] in ".!?":
            return above, {m: m - n + 1 for m in range(n, min(n + 4, len(statements))) if statements[m].block == s.block}
        above.add(n)
    return set(), {}


def _numbered_titles(statements: Sequence[Statement]) -> dict[int, tuple[str, ...]]:
    """By index, () for each of a series of short numbered lines that title what stands below them, and (title,) for that."""
    lines = [n for n, s in enumerate(statements) if s.place in BODY_PLACES and s.kind != "cell"]
    numbered = {n for n in lines if _NUMBER.fullmatch(statements[n].marker)}
    above = [n for n, after in pairwise(lines) if n in numbered and after not in numbered
             and statements[after].block != statements[n].block]
    titles = [n for n in above if _is_title(statements[n].text.rstrip(":"))]
    if len(titles) < _TITLED_ROWS or len(titles) < 0.75 * len(numbered):
        return {}
    titles = [n for n in above if n in titles or len(statements[n].text.split()) <= _SHORT_TITLE]  # "Veien videre", among them
    found: dict[int, tuple[str, ...]] = dict.fromkeys(titles, ())
    for start, end in pairwise([*titles, len(statements)]):
        for n in range(start + 1, end):
            if statements[n].kind == "heading":
                break
            found[n] = (statements[start].text,)
    return found


def _is_title(text: str) -> bool:
    """Whether a line is short and demands nothing; what is praised or missing stands below it: "Gode tiltak", "Det som mangler"."""
    if len(text.split()) > _TITLE or text[-1:] in ".!?":
        return False
    demands = DEMAND.search(text) or _RANKS.search(text) or stance.of(text).kind in ("wish", "rejection")
    return not demands or bool(_WHAT_IS.match(text) or _TWO_THINGS.fullmatch(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cells:
    """What is known of table cells, by the statements' indices."""

    plan: set[int]  # they repeat the plan, or say what is: in a column headed "Tiltak" or "I dag" beside one headed "Innspill"
    labels: set[int]  # they name what the cell beside them is about
    above: dict[int, tuple[str, ...]]  # what the label, the plan's row and the head of the column say


def cell_labels(statements: Sequence[Statement]) -> _Cells:
    """The tables of a document, read for what is label and what is content."""
    tables: dict[str, dict[tuple[int, int], list[int]]] = {}
    for n, s in enumerate(statements):
        if s.place in BODY_PLACES and (at := cell_of(s)) is not None:
            tables.setdefault(at[0], {}).setdefault(at[1:], []).append(n)
    found = _Cells(plan=set(), labels=set(), above={})
    for grid in tables.values():
        rows, columns = sorted({r for r, _ in grid}), sorted({c for _, c in grid})
        text = {at: " ".join(statements[n].text for n in members) for at, members in grid.items()}
        rows = rows[_head_row(text, rows, columns):]
        heads = {c: text.get((rows[0], c), "").strip() for c in columns}
        plan = {c for c, h in heads.items() if rules.PLAN_COLUMN.match(h)} if any(
            rules.ANSWER_COLUMN.match(h) for h in heads.values()) else set()
        if all(rules.NUMBER_COLUMN.match(heads[c]) for c in plan):
            plan = set()  # a number tells nothing of the plan: it is the row's, or the question's
        for (r, c), members in grid.items() if plan else ():
            if r > rows[0] and c in plan:
                found.plan.update(members)
            elif r == rows[0] and not rules.OPINION.search(text[r, c]):
                found.labels.update(members)
            elif r > rows[0]:
                about = " ".join(text[r, p] for p in sorted(plan) if (r, p) in grid and not rules.NUMBER.match(text[r, p]))
                found.above.update(dict.fromkeys(members, (about,) if about else ()))
        state = {c for c, h in heads.items() if rules.STATE_COLUMN.match(h)}
        wishes = [c for c, h in heads.items() if c not in state and rules.WISH_COLUMN.search(h)]
        for (r, c), members in grid.items() if state and wishes and not plan else ():
            if c in state:
                found.plan.update(members)
            elif r == rows[0]:
                found.labels.update(members)
        if not plan and len(columns) >= 2:
            _read_labels(grid, text, rows, columns, found)
    return found


def _read_labels(grid: dict[tuple[int, int], list[int]], text: dict[tuple[int, int], str], rows: list[int],
                 columns: list[int], found: _Cells) -> None:
    """A first column of short names beside longer cells: labels. A first row of short names above longer ones: heads."""
    heads = [text[rows[0], c] for c in columns if (rows[0], c) in grid]
    below = [text[r, c] for r in rows[1:] for c in columns if (r, c) in grid and not rules.NUMBER.match(text[r, c])]
    headed = len(heads) >= 2 and bool(below) and _names(heads) and _longer(below, heads)
    every = columns
    columns = [c for c in columns if not all(rules.NUMBER.match(text[r, c]) for r in rows[headed:] if text.get((r, c), "").strip())]
    if len(columns) < 2:
        columns = every
    named = [r for r in rows if (r, columns[0]) in grid and any((r, c) in grid for c in columns[1:])]
    if named and rules.ANSWER_COLUMN.match(text[named[0], columns[0]]):
        named = named[1:] if len(named) > _TITLED_ROWS else []  # "Merknader til planen" above "Form", "Ansvar"; or the head of the answers
    beside = [" ".join(text[r, c] for c in columns[1:] if (r, c) in grid) for r in named]
    left = [text[r, columns[0]] for r in named]
    if len(named) >= 2 and _names(left) and _longer(beside, left):
        for r in named:
            if rules.OPINION.search(text[r, columns[0]]) and len(text[r, columns[0]].split()) > 4:
                continue
            found.labels.update(grid[r, columns[0]])
            for c in columns[1:]:
                for n in grid.get((r, c), ()):
                    found.above[n] = (text[r, columns[0]],)
    if headed:
        for c in every:
            found.labels.update(grid.get((rows[0], c), ()))
            for r in rows[1:]:
                for n in grid.get((r, c), ()):
                    if n not in found.labels and text.get((rows[0], c)):
                        found.above[n] = (text[rows[0], c], *found.above.get(n, ()))


def _head_row(text: dict[tuple[int, int], str], rows: list[int], columns: list[int]) -> int:
    """Which row heads the columns: a title, or who answers, may stand above it."""
    for i, r in enumerate(rows[:6]):
        filled = [text[r, c] for c in columns if text.get((r, c), "").strip()]
        if len(columns) >= 3 and len(filled) >= max(2, 0.7 * len(columns)):
            return i if _names(filled) and not all(rules.NUMBER.match(t) for t in filled) else 0
    return 0


def _names(cells: Sequence[str]) -> bool:
    """Whether nearly all of the cells are names of things rather than statements."""
    plain = sum(len(c.split()) <= 8 and (c.rstrip()[-1:] not in ".!" or len(c.split()) <= 2) and not rules.OPINION.search(c) for c in cells)
    return plain >= 0.75 * len(cells)


def _longer(cells: Sequence[str], labels: Sequence[str]) -> bool:
    """Whether the cells say more than their labels."""
    return sum(len(c.split()) for c in cells) / len(cells) >= 2 * sum(len(c.split()) for c in labels) / len(labels)


def _judge(s: Statement, setting: _Setting, bodies: tuple[Body, ...], question: Question | None,
           questions: tuple[Question, ...]) -> list[Statement]:
    """The statement with its type; two when an endorsement and an own view share it; none when only the model can tell."""
    text = _unnumbered(s.text)
    if reason := _by_place(s, setting):
        return [_noise(s, reason)]
    if len(text) > _LONG:  # no letterhead, greeting or remark is that long; and the patterns are not made for it
        return [s]
    if supported := endorsement.find(text, own=s.bodies, bodies=bodies, questions=questions, question=s.question):
        return _endorsing(s, supported)
    if _no_remarks(text, question):
        if setting.formal_item or rules.ABOUT_MINUTES.search(text) or (setting.minutes and setting.minutes.part != "answer"):
            return [_noise(s, "minutes")]
        return [replace(s, type="no_remarks")]
    if rules.YES_NO.match(text):
        return [_bare_answer(s, question)]
    if s.kind == "cell" and rules.NUMBER.match(s.text) and not (question and rules.ASKS_A_NUMBER.search(question.text)):
        return [_noise(s, "label")]
    if setting.carried:
        generic = not rules.OPINION.search(_bare_lead_in(text)) or len(text.split()) <= 3
        return [_noise(s, "lead_in") if generic else s]
    if reason := _by_rule(s, bodies, setting):
        found = _noise(s, reason)
        if reason == "reference":
            found = replace(found, needs_review=True,
                            review_reason="Svaret viser til et annet sted. Se etter om innholdet der er med.")
        return [found]
    if s.kind == "heading":
        if rules.OPINION.search(text) and len(content(text)) >= 3 and not text.endswith(("?", ":")) and not (
                _WHAT_IS.match(text) or _RELATIVE.match(text)):
            return [_unsure(s, "Meningen står som overskrift.")]
        return [_noise(s, "heading")]
    return []


_LEADING = re.compile(r"^\s*(?:(?:kap(?:ittel|\.)?|punkt|tema)\s*)?\d{0,2}\s*[.):–-]?\s+(?=\w)", re.IGNORECASE)  # "6 Barn som trenger mer"


def _unnumbered(text: str) -> str:
    """The text without a number or bullet that the reader left in it ("2. Greit nok.")."""
    bare = re.sub(r"^\s*(?:\(?\d{1,2}[a-h]?[.)]\s+|[•▪●◦–*-]\s+)(?=\D)", "", text).strip()
    return bare or text.strip()


def _unsigned(text: str) -> str:
    """The text without the greeting that a writer put behind it on the same line: "Ferja går sjelden, hilsen Kari"."""
    m = _SIGNS_OFF.search(text)
    return text[:m.start()] if m and len(words(text[:m.start()])) >= _SAYS else text


def _by_place(s: Statement, setting: _Setting) -> str:
    """The reason that follows from where the statement stands alone; "" when there is none."""
    where = setting.minutes
    if where is not None:
        if where.part in ("before", "title"):
            return "minutes"
        if where.part == "other":
            return "other_item"
        if where.section == "label":
            return "label"
        if where.section == "vote" and not rules.OPINION.search(s.text) and not _no_remarks(s.text, None):
            return "minutes"
        if where.section == "background" and s.question is None and not rules.SPEAKS.search(s.text):
            return "background"
    if setting.formal_item and s.question is None:
        return "minutes"
    if setting.earlier_mail:
        return "quoted"
    if setting.plan_column:
        return "quoted"
    if setting.numbered_title or (setting.label and s.question is None):
        return "label"
    if setting.attending and len(s.text.split()) <= 14 and not rules.OPINION.search(s.text):
        return "minutes"
    if setting.closed and letters.closes(s.text):
        return "closing"
    if setting.closed and len(s.text.split()) <= 12 and not s.text.rstrip().endswith("?"):
        return "signature"
    return ""


def _by_rule(s: Statement, bodies: tuple[Body, ...], setting: _Setting) -> str:
    text = _unnumbered(s.text).strip("*_ ")
    opinion = len(text.split()) >= 5 and ":" not in text[:40] and rules.OPINION.search(rules.WISHES_WELL.sub("", _ASIDE.sub("", text)))
    if (s.question is None or setting.tail) and rules.OF_ITSELF.fullmatch(text):
        return "opening"
    for reason, pattern in rules.RULES:
        if opinion and reason in _FORMAL:
            continue
        if pattern.fullmatch(text) or (text[-1:] in ".!" and pattern.fullmatch(text.rstrip(" .!"))):
            return reason
    if s.kind == "paragraph" and s.question is None and not s.lead_in and rules.BARE_TITLE.match(text):
        return "signature"
    dated = s.kind in ("paragraph", "item") and s.question is None and not s.lead_in
    if dated and rules.DAY_ALONE.fullmatch(f"{s.marker} {s.text}".strip()):
        return "letterhead"  # "25. september" was read as an item
    if minutes.starts_item(s.text, s.marker) and not rules.OPINION.search(text):
        return "minutes"
    if _is_name(text, bodies, asked=s.question is not None):
        return "heading"
    who, comma, whose = text.partition(", ")
    if comma and _WHO_SIGNS.fullmatch(who) and _is_name(whose, bodies):
        return "signature"  # "Nils B., Utvalg Nord"
    if rules.QUOTE.match(text) and (text[0] not in "«\"“”" or len(text.split()) >= 6):
        return "quoted"
    if setting.title and rules.SUBJECT.match(text) and text[-1:] not in ".!?" and not rules.VOICED.search(text):
        return "heading"
    if rules.TITLE_LINE.match(text) and not s.question and (setting.opening or s.kind == "heading") and len(text.split()) <= 20:
        return "heading"
    if len(text.split()) <= 35 and rules.THANKS.match(text) and rules.FOR_BEING_HEARD.search(text) and not rules.WISH.search(text):
        return "opening"  # also below a heading
    if s.kind in ("paragraph", "heading", "cell") and not s.lead_in and rules.WHAT_WE_THINK.match(text):
        return "heading"
    if s.kind == "cell" and (m := rules.WHO_THINKS.fullmatch(text)) and _is_name(m["who"], bodies):
        return "heading"
    if setting.opening and s.kind in ("paragraph", "heading") and s.question is None and rules.TO_WHOM.match(text):
        return "letterhead"
    if rules.ADDRESSEE.match(text) and not rules.OPINION.search(text) and s.question is None:
        return "letterhead"
    outside = ((s.question is None and (setting.early or setting.closed or setting.edge)) or setting.tail) and len(text.split()) <= 35
    if outside and not rules.WISH.search(text):
        if rules.THANKS.match(text) and not rules.THANKS_BUT.search(text) and (
                rules.OCCASION.search(text) or not rules.OPINION.search(text)):
            return "closing" if setting.closed else "opening"
        if rules.FOLLOWS.match(text):
            return "opening"
    if _only_name_and_title(text) and (s.question is None or _NAMES.fullmatch(text.partition(",")[0])):
        return "signature"
    if (setting.edge or setting.tail) and s.kind == "paragraph" and (
            (len(text) < 100 and _NAME_AND_OFFICE.fullmatch(text))
            or (s.question is None and setting.tail and _FIRST_NAME.fullmatch(text))):
        return "signature"
    return ""


# "Kjersti Hauge, politioverbetjent", "Ove Lindset (sekretær)": whatever the office is called
_NAME_AND_OFFICE = re.compile(
    r"(?:[A-ZÆØÅ][\w.-]*\s){1,3}[A-ZÆØÅ][\w-]+(?:,\s[a-zæøå][\w-]{4,}(?:\s(?:i|for|ved|på|av|hos)\s(?:\S+\s){0,3}\S+)?|\s\([a-zæøå][^()]{3,40}\))")
_WHO_SIGNS = re.compile(r"(?:[A-ZÆØÅ][\w.-]*\s){1,3}[A-ZÆØÅ][\w.-]*")
_FIRST_NAME = re.compile(r"[A-ZÆØÅ][a-zæøåéèäö]{2,11}")  # alone below the last opinion


_NAMES = re.compile(r"[A-ZÆØÅ][\w.-]*(?:\s(?:og\s)?[A-ZÆØÅ][\w.-]*){1,4}")  # "Saida og Jonas"


def _only_name_and_title(text: str) -> bool:
    """ "Kari Berg, rådgiver": names and a title, no verb."""
    parts = text.replace(",", " ").replace("/", " ").split()
    if not 2 <= len(parts) <= 8 or not rules.TITLE.search(text) or text.endswith((".", "?", "!")):
        return False
    capitals = sum(p[0].isupper() for p in parts)
    return capitals >= 2 and not rules.OPINION.search(text)


def _is_name(text: str, bodies: tuple[Body, ...], *, asked: bool = False) -> bool:
    """Whether the text is little else than a body's or a municipality's name. ``asked``: "Nes skole" may answer "hvor?"."""
    bare = re.sub(r"\s*\([\w. -]{1,12}\)$", "", text.strip(" :.*")).lower()
    if len(bare) > 80:
        return False
    names = _names_of(bodies)
    for prefix in ("rs ", "regionalt samhandlingsutvalg ", "regionalt samhandlingsutval ", "svar fra ", "svar frå ", "fra ", "frå ",
                   "innspill fra ", "innspel frå ", "utvalg: ", "region: ", "kommune: ", "navn på utvalg: ", "avsender: "):
        bare = bare.removeprefix(prefix)
    first, _, last = bare.rpartition(" ")
    return bare in names or f"rs {bare}" in names or (first in names and (last == "kommune" or (not asked and last in _WHAT_IT_IS)))


# What may follow a body's name in an answer and not in the settings, or the other way round.
_WHAT_IT_IS = frozenset({"fylkeskommune", "sykehjem", "sjukeheim", "sykehus", "sjukehus", "skole", "skule", "barnehage",
                         "menighet", "sokn", "bydel", "krins", "avdeling"})


@of_the_last
def _names_of(bodies: tuple[Body, ...]) -> frozenset[str]:
    """The names of all bodies in lower case; a hearing may ask thousands."""
    return frozenset(n.lower() for b in bodies for n in (b.name, *b.aliases, *b.municipalities))


_WHICH = re.compile(r"(?:hvor|kor|kvar|hvem|kven|når|hvordan|korleis|hvilk\w+|kva|om)\s", re.IGNORECASE)  # "hvor bua bør ligge"
_ASIDE = re.compile(r" ?\([^()]{1,80}\)")
_RANKS = re.compile(r"\b(?:først|fyrst|sist|heller|nei|ja|bort|vekk)\b", re.IGNORECASE)
_TAKES_SIDES = re.compile(r"\b(?:imot|mot|støtte\w*|støttar|u?enige?|u?einige?|stryk\w*)\b", re.IGNORECASE)


_LEAVES_IT = re.compile(r"([^,;]{12,90}),\s(?:det|dette|den|de|dei)\s(?:\w+\s){1,4}(?:best|bedre|betre)(?:\s(?:selv|sjøl|sjølve?))?\.?$",
                        re.IGNORECASE)
_DIALECT = re.compile(r"\b(merknad|kommentar|innvending)a\b", re.IGNORECASE)


def _no_remarks(text: str, question: Question | None) -> bool:
    text = _DIALECT.sub(r"\1er", text)
    # "Her har vi ingen merknader, det kan jordmødrene best selv."
    if m := _LEAVES_IT.match(text):
        return _no_remarks(m[1], question)
    if (m := rules.READ_NO_REMARKS.match(text)) and not rules.OPINION.search(m["tail"]) and not rules.TURN.search(m["tail"]):
        return True
    if rules.TURN.search(text):
        return False
    asked = question is not None and bool(rules.ASKS_FOR.search(question.text)) and bool(
        rules.YES_NO_QUESTION.match(question.text) or _ANYTHING_ELSE.match(question.text))
    stands = rules.TAKES_NO_STAND.match(text)
    if rules.NOTHING_TO_REMARK.match(text) or rules.NOTHING_TO_SAY.match(text) or (stands and not rules.WISH.search(stands["tail"])):
        return True
    if rules.BARE_NO_REMARKS.match(text):
        judged = question is not None and bool(rules.YES_NO_QUESTION.match(question.text))
        return asked or (not judged and not re.fullmatch(r"nei[.!]?", text, re.IGNORECASE))
    if rules.NO_REMARKS_INVERTED.match(text):
        return True
    to = rules.NO_REMARKS_TO.match(text)
    if to and not any(rules.OPINION.search(part) or rules.WISH.search(part) for part in (to["what"], _NO_KNOWLEDGE.sub("", to["tail"]))):
        return True
    left = rules.LEFT_TO_OTHERS.match(text)
    if left and (_WHICH.match(left["what"]) or not (rules.OPINION.search(left["what"]) or rules.WISH.search(left["what"]))):
        return True
    label, colon, rest = text.partition(": ")
    if colon and "," not in rest and len(text) <= _SHORT and _only_names(label) and _no_remarks(rest, None):
        return True  # "Utprøving: ingen kommentar fra oss nå."
    aside = _ASIDE.search(text)  # "(vi skjønte det ikke helt)"
    if aside and (rules.WISH.search(aside[0]) or _TAKES_SIDES.search(aside[0])):
        return False
    m = rules.NO_REMARKS.match(text.replace(aside[0], "") if aside else text)
    return bool(m) and not rules.OPINION.search(m["tail"]) and not _WORKS.search(m["tail"])


def _only_names(label: str) -> bool:
    """Whether a label says what the rest is about, and nothing of it: not "Behold ferja", "Nei til vindkraft", "Ferja først"."""
    side = stance.of(label)
    told = rules.OPINION.search(label) or _RANKS.search(label)
    return len(label) <= _LABEL and side.kind == "neutral" and side.fragment and not told


def _bare_answer(s: Statement, question: Question | None) -> Statement:
    """ "Ja.", "Delvis": an answer only together with its question."""
    if question is None:
        return _unsure(s, "Svaret forstås ikke uten spørsmålet, og spørsmålet er ikke funnet.")
    asked_for = rules.ASKS_FOR.search(question.text) and question.text.lower().startswith("har")
    if asked_for and re.match(r"(?:ja|jo|jepp)\b", s.text, re.IGNORECASE):
        return _noise(s, "lead_in")  # "Har dere forslag?" "Ja.": the proposals follow
    if not rules.YES_NO_QUESTION.match(question.text):
        return _unsure(s, "Kort svar på et åpent spørsmål.")
    return s


def _bare_lead_in(text: str) -> str:
    """A lead-in without the words that every lead-in has."""
    return re.sub(r"\b(?:vi|me|rs|utvalget|utvalet|regionen|ønsker|ønskjer|ynskjer|mener|meiner|foreslår|føreslår|"
                  r"anbefaler|tilrår|vil|peke|trekke|fram|frem|særlig|"
                  r"følgende|følgjande|forslag|innspill|innspel|behov for|behov|det er|viktig\w*|er|bør|må|trenger|"
                  r"treng|savner|saknar|støtter|støttar|at|prioriter\w*|synes|synest|krever|krev)\b",
                  " ", text, flags=re.IGNORECASE)


def _endorsing(s: Statement, found: endorsement.Endorsement) -> list[Statement]:
    if found.reserved:
        return [_unsure(s, "Tilslutning til et annet innspill, med forbehold eller nektelse.")]
    supports = replace(s, type="endorsement", endorses=found.bodies, endorsed_questions=found.questions)
    if found.unresolved:
        supports = replace(supports, needs_review=True,
                           review_reason="Tilslutningen viser til et punkt som ikke finnes i spørsmålene.")
    if found.exception:
        supports = replace(supports, needs_review=True, review_reason=f"Tilslutningen har et unntak: «{found.exception}».")
    if found.only_refers:
        supports = replace(supports, needs_review=True, review_reason="Svaret viser bare til et annet innspill. "
                           "Se etter om det er ment som tilslutning.")
    rest = s.text[found.end:]
    start = found.end + len(rest) - len(rest.lstrip(" ,;"))
    own = s.text[start:]
    if len(words(own)) < 4:
        return [supports]
    first = replace(supports, text=s.text[:start].rstrip(), end=s.start + len(s.text[:start].rstrip()))
    rest = replace(s, text=own, start=s.start + start, marker="", lead_in="")
    return [first, _unsure(rest, "Unntak fra tilslutningen i setningen foran.") if found.exception else rest]


def _by_model(asked: Sequence[tuple[Statement, _Setting]], *, encoder: bool) -> list[Statement]:
    """The learned gate, weighed by where each statement stands; in a text of some length a second reading of the whole has a say."""
    gate, weights = noise_model.gate(), noise_model.setting()
    texts = [_unsigned(_unnumbered(s.text)) for s, _ in asked]
    place = [_odds_of_place(s, setting) for s, setting in asked]
    long = len(asked) >= _SOME_LENGTH
    views, signs = signs_of_whole(asked) if long else ([], [])
    rest = list(map(weights.total, signs))
    odds = [gate.logit(t) for t in texts]
    letters_alone = list(map(_capped, odds, texts))
    # The encoder takes a hundred times as long as the words: it is asked where it can make a difference.
    unsure = [i for i, t in enumerate(texts) if (_OPEN[0] <= odds[i] + place[i] <= _OPEN[1] or place[i] >= _DOUBT
                                                 or (long and _OPEN_WHOLE[0] <= weights.words * odds[i] + rest[i] <= _OPEN_WHOLE[1]))
              and (len(words(t)) > _FEW or odds[i] >= _DROP)] if encoder else []
    for i, value in zip(unsure, gate.logits([texts[i] for i in unsure]), strict=True):
        odds[i] = value
    judged = []
    for i, (s, _) in enumerate(asked):
        read = _first_reading(s, texts[i], odds[i], place[i])
        if long:
            whole = weights.words * _capped(odds[i], texts[i]) + weights.letters * letters_alone[i] + rest[i]
            limit = _SECOND_OF_VIEWS if views[i] in _VIEWS else _SECOND
            if read.type != "noise" and len(words(texts[i])) > _FEW and whole >= limit:
                read = _noise(_unsure(s, LEFT_OUT), "model")
            elif read.type == "noise" and whole < _KEEPS:
                read = _unsure(s, UNSURE)
        if read.type == "noise" and len(words(texts[i])) > _FEW and _OF_THE_PLAN.search(texts[i]):
            read = _unsure(s, UNSURE)
        judged.append(read)
    return judged


def signs_of_whole(asked: Sequence[tuple[Statement, _Setting]]) -> tuple[list[str], list[dict[str, float]]]:
    """What each statement shows of a view (``_view``), and its signs for the second reading."""
    views = [_view(s) for s, _ in asked]
    return views, list(map(_signs, asked, views, _company(asked, views)))


def _first_reading(s: Statement, text: str, odds: float, place: float) -> Statement:
    """What the words say, weighed by where the statement stands."""
    few = len(words(text)) <= _FEW
    total = (max(-_LITTLE, min(_LITTLE, odds)) if _tells_little(text, odds) else min(odds, _MOST_OF_FEW) if few else odds) + place
    side = stance.of(s.text).kind if total >= _ONLY_TELLS and not few else "neutral"
    view = rules.OPINION.search(s.text) or rules.WISH.search(s.text) or side in {"wish", "rejection"}
    short = few and s.text.rstrip().endswith(".")
    if total >= (_LIKELY if short or (view and not few) else _DROP):  # "Taket lekker." may well be a complaint
        seen = short or total < _LIKELY or (total < _CERTAIN and (view or side != "neutral" or _DENIES.search(s.text)))
        return _noise(_unsure(s, LEFT_OUT) if seen else s, "model")
    if not few and not view and (
            (total >= _NO_SIDE and side == "neutral" and not s.text.rstrip().endswith("?"))
            or (total >= (_ONLY_TELLS if s.question is None else _DOUBT) and noise_model.only_tells(s.text))):
        return _noise(_unsure(s, LEFT_OUT), "model")
    return _unsure(s, UNSURE) if total >= _DOUBT else s


def _capped(odds: float, text: str) -> float:
    """What the words say, within bounds: few of them tell little, unless they tell it very plainly."""
    most = _LITTLE if _tells_little(text, odds) else _MOST
    return max(-most, min(most, odds))


def _tells_little(text: str, odds: float) -> bool:
    """Whether a text is too short for its words to tell: one, "Sykkelsti", never is long enough."""
    count = len(words(text))
    return count <= _FEW and (odds < _FEW_SURE or count == 1)


def _view(s: Statement) -> str:
    """What a sentence shows of a view: "wish" or "rejection" (``stance``), "opinion" (its words), another stance, or "neutral"."""
    side = stance.of(s.text).kind
    return side if side != "neutral" or not (rules.OPINION.search(s.text) or rules.WISH.search(s.text)) else "opinion"


def _company(asked: Sequence[tuple[Statement, _Setting]], views: Sequence[str]) -> list[str]:
    """Of each statement, what else its paragraph holds: "views", "others" without any, or "none"."""
    held: dict[tuple[str, int], list[bool]] = {}
    for (s, _), view in zip(asked, views, strict=True):
        held.setdefault((s.source, s.block), []).append(view in _VIEWS)
    found = []
    for (s, _), view in zip(asked, views, strict=True):
        all_ = held[s.source, s.block]
        found.append("none" if len(all_) == 1 else "views" if sum(all_) > (view in _VIEWS) else "others")
    return found


_VIEWS = frozenset({"wish", "rejection", "opinion"})


def _signs(asked: tuple[Statement, _Setting], view: str, company: str) -> dict[str, float]:
    """The signs of noise and substance beside the words of a statement: where it stands, and what it shows of a view."""
    s, setting = asked
    free = s.question is None and not s.text.rstrip().endswith("?")
    wish, judges, tells = bool(rules.WISH.search(s.text)), bool(rules.OPINION.search(s.text)), noise_model.only_tells(s.text)
    count = len(words(s.text))
    found = {
        "asked": s.question is not None and not setting.tail,
        "asked surely": s.question_score if s.question is not None and not setting.tail else 0.0,
        "lead-in": bool(s.lead_in),
        "item": s.kind == "item",
        "cell": s.kind == "cell",
        "labelled": bool(setting.labels),
        "question": s.text.rstrip().endswith("?"),
        "outside": setting.early or setting.edge or setting.closed or setting.before_answers,
        "before the answers": setting.before_answers,
        "edge": setting.edge,
        "tail": setting.tail,
        "title": setting.title and s.question is None,
        "closed": setting.closed,
        "minutes": setting.minutes is not None and s.question is None,
        "background": bool(rules.BACKGROUND_HEADING.match(setting.last_heading)),
        "first": free and setting.first == 1 and not judges,
        "among the first": free and setting.first > 0,
        "about the answer": free and setting.early and bool(rules.ABOUT_ANSWER.search(s.text)) and not wish,
        "greets": free and setting.early and bool(rules.GREETS.match(s.text)),
        "early facts": free and setting.early and not judges and bool(rules.FACTS.search(s.text)),
        "facts": free and not judges and bool(rules.FACTS.search(s.text)),
        "no view": view == "neutral",
        "wishes": view in {"wish", "rejection"},
        "judges": judges,
        "only tells": tells,
        "tells without view": tells and view == "neutral",
        "alone": company == "none",
        "beside views": company == "views",
        "beside views without one": company == "views" and view not in _VIEWS,
        "of people": bool(_OF_PEOPLE.search(s.text)),
        "names": min(len(_NAME_INSIDE.findall(s.text)), 3),
        "few words": count <= _FEW,
        "many words": count > _MANY,
    }
    return {name: float(value) for name, value in found.items() if value}


_NAME_INSIDE = re.compile(r"(?<=[\w,] )[A-ZÆØÅ][a-zæøåéèäö]+")
# "Naboen min", "eg", "faren": a sentence about somebody in particular is more often a story than a demand.
_OF_PEOPLE = re.compile(r"\b(?:jeg|eg|min|mi|mitt|mine|han|hun|ho|mora|moren|faren|dattera|datteren|sønnen|sonen|kona|mannen|naboen)\b",
                        re.IGNORECASE)


def _odds_of_place(s: Statement, setting: _Setting) -> float:
    """The log-odds of noise that follow from where a statement stands."""
    odds = 0.0
    if s.question is not None and not setting.tail:
        odds -= 1.0 + 1.5 * s.question_score
    if s.lead_in:
        odds -= 2.5
    if s.kind == "item" and s.question is None and not s.lead_in:
        odds -= 0.5
    if not (setting.early or setting.edge or setting.closed or setting.before_answers):
        odds -= 0.6  # between the first and the last opinion there is little noise
    if setting.before_answers:
        odds += 1.0
    if setting.edge:
        odds += 0.7
    if s.question is None and len(s.text) <= _LONG and not s.text.rstrip().endswith("?"):
        opinion = rules.OPINION.search(s.text)
        if setting.first:
            odds += 1.8 if setting.first == 1 and not opinion else 0.7
        if setting.early and rules.ABOUT_ANSWER.search(s.text) and not rules.WISH.search(s.text):
            odds += 4.0
        if setting.early and rules.GREETS.match(s.text):
            odds += 1.5
        if not opinion and rules.FACTS.search(s.text):
            odds += 4.0 if setting.early else 1.5
    if setting.title and s.question is None:
        odds += 1.5
    if setting.closed:
        odds += 1.5
    if setting.minutes is not None and s.question is None:
        odds += 0.5
    if rules.BACKGROUND_HEADING.match(setting.last_heading):
        odds += 2.0
    return odds


def _noise(s: Statement, reason: str) -> Statement:
    return replace(s, type="noise", noise=reason)


def _unsure(s: Statement, reason: str) -> Statement:
    return replace(s, needs_review=True, review_reason=reason)
