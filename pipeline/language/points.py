"""From statements to points: one demand or judgement each, with everybody who makes it.

Every substance statement ends in a point or gets ``unused`` with a reason, so that no voice disappears.
Bodies are counted, never statements; a joint answer counts each of its bodies once; silence counts for
nothing. The texts of points come from ``shorten``, the grouping from ``grouping`` and ``stance``.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from pipeline.config import Question, Theme, Wording
from pipeline.language import endorsement, grouping, lemmas, meaning, measures, quantifiers, regroup, shorten, stance
from pipeline.language.themes import model_text
from pipeline.model import Point, Statement

# A second theme counts when its score is at least this, and at least this share of the first's.
SECOND_THEME = 0.30
SECOND_SHARE = 0.60
CLAUSE_THEME = 0.10  # the least score of a theme that one of several clauses may move to
_NO_CONTEXT = "Forstås ikke uten sammenheng: les det i svaret, og ta det inn for hånd om det er et innspill."
_LIMITED = "Slutter seg til et svar med unntak eller forbehold: vurder for hånd hvilke punkter det gjelder."
_OPPOSES_ALL_PAIRS = 300
# Likeness of two points from which a person is asked whether they say the same, where words are all there is. On cases
# of other authors a fifth of such pairs did.
MAYBE = 0.11
_MOST_SIMILAR = 3
_COMPARED_MEMBERS = 5
_MARGIN = 1e-5  # more than scores are rounded by

_BARE = re.compile(
    r"^(?P<word>ja|jo|jau|nei|delvis|til dels|både[- ]og|både ja og nei|tja)"
    r"(?P<rest>(?:[\s,.!–-]+(?:absolutt|definitivt|helt|klart|helt klart|selvfølgelig|selvsagt|sjølvsagt|"
    r"avgjort|det|de|dei|er|gjør|gjer|"
    r"kan|vi|me|det er de|det meiner|mener|i|hovedsak|hovudsak|stort|sett|stor|grad|noen|nokon|liten|ikke|ikkje|"
    r"alle|helst|alt|"
    r"delvis|og|både|for det meste|langt på vei|langt på veg|takk|egentlig|eigentleg))*)[\s.!]*$",
    re.IGNORECASE,
)
_BOX = re.compile(r"^[☐☒☑✓✔]\s*\S")
_TICKED = re.compile(r"[☒☑✓✔]\s*([^☐☒☑✓✔]+)")
_PLAIN_REST = re.compile(
    r"^(?:[\s,.!–-]+(?:absolutt|definitivt|helt klart|klart|selvfølgelig|selvsagt|sjølvsagt|avgjort|takk|det er "
    r"de|det mener vi|"
    r"det gjør vi|det kan vi|vi|kan|det))*[\s.!]*$",
    re.IGNORECASE,
)
_YES_NO = re.compile(
    r"^(?P<verb>er|var|har|kan|bør|skal|vil|må|får)\s+(?P<subject>(?:deres |dere sin |dykkar )?(?:rs|kommunen?|"
    r"utvalget|regionen|dere)\b|"
    r"(?!(?:det|de|dette|disse|den|dei|desse)\b)\w+(?:ene|ane|en|et|a))\s+(?P<rest>(?!(?:for|til|av|i|på|med|om|"
    r"hos|mellom|som|og)\b)\S.*?)\s*\?\s*$",
    re.IGNORECASE,
)
_SELF = re.compile(r"^(?:(?:deres|dykkar) .*|dere .*|rs|dere|utvalget|regionen|kommunen?)$", re.IGNORECASE)
_LIMITED_ENDORSEMENT = re.compile(
    r"\b(?:med unntak|unntatt|bortsett fra|med forbehold|men ikke|men ikkje|ikke når det gjelder|delvis|i "
    r"hovedsak|i hovudsak)\b",
    re.IGNORECASE,
)


# "… innspillet fra Lister om nummerering": only what is about that.
_ABOUT = re.compile(
    r"\b(?:om|når det gjelder|når det gjeld|i spørsmålet om|på punktet om|knyttet til|knytt til|vedrørende|angående)"
    r"\s+(?P<topic>(?:(?!,\s+(?:slutt|støtt|stør|still|tiltr|er|vil|har|men|og\s+(?:vi|me))\w*\b)[^.;:]){3,120})",
    re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Part:
    """One clause of one statement on its way to a point."""

    statement: Statement
    number: int  # which clause of the statement
    text: str  # the clause as the point text is made from it
    compare: str  # the words that say what it is about
    stance: stance.Stance
    fixed: str = ""  # a ready point text (an answer yes or no to a question)
    unclear: bool = False  # leans on what is not in it
    resolved: bool = False  # a pronoun was replaced by what it stands for


def _ticked(text: str) -> str:
    """The one box that is ticked of "☒ Ja ☐ Nei"; any other text as it is."""
    ticked = _TICKED.findall(text) if _BOX.match(text) else []
    return ticked[0].strip(" ,;/") if len(ticked) == 1 else text


def _stems(text: str) -> frozenset[str]:
    """Beginnings of the content words: "nummerering" and "nummereres" are about the same."""
    return frozenset(w[:6] for w in lemmas.content(text) if len(w) > 3)


def _topic(statement: Statement) -> frozenset[str]:
    """What an endorsement is limited to, or nothing when it is for the whole answer or for named questions."""
    if statement.endorsed_questions:
        return frozenset()
    about = _ABOUT.search(statement.text)
    return _stems(about["topic"]) - _GENERAL if about else frozenset()


def _exceptions(statements: Sequence[Statement]) -> dict[str, Statement]:
    """Id of each statement that only says what the endorsement right before it leaves out -> that endorsement."""
    ends = {(s.source, s.end): s for s in statements if s.type == "endorsement"}
    found = {}
    for s in statements:
        before = next((e for gap in range(4) if (e := ends.get((s.source, s.start - gap)))), None)
        if before is not None and s.type == "substance" and endorsement.left_out(s.text):
            found[s.id] = before
    return found


# Words for the hearing itself limit nothing: "innspillet om handlingsplanen".
_GENERAL = frozenset(w[:6] for w in ("handlingsplan", "plan", "planen", "høring", "høyring", "sak", "saken", "innspill",
                                             "rullering", "revisjon"))
# Words that only name a part of an answer: "unntatt forslaget om", "ikke tiltakene i punkt 3".
_NAMING = frozenset(w[:6] for w in ("forslag", "forslaget", "framlegg", "punktet", "kravet", "avsnitt", "delen", "tiltak", "tiltaket",
                                    "spørsmål", "gjelder", "gjeld", "står", "skriver"))


def gather(
    statements: Sequence[Statement],
    *,
    bodies: tuple[str, ...],
    answered: tuple[str, ...],
    themes: tuple[Theme, ...],
    wording: Wording,
    questions: Sequence[Question] = (),
    together: Collection[tuple[str, str]] = (),
    apart: Collection[tuple[str, str]] = (),
    map_themes: Callable[..., Iterable[list[list[int]]]] = map,
    names: Collection[str] = (),
    measure: Callable[[Sequence[str]], meaning.Meanings | None] | None = None,
    language: str = "nb",
) -> tuple[tuple[Point, ...], tuple[Statement, ...]]:
    """The points of all statements, and the statements with ``unused`` set where one is in no point.

    ``bodies``: all configured bodies in order; ``answered``: those that have answered. Points come per
    configured theme, those of most bodies first; in a theme with ``list_by_body`` the points of the first
    body come first, then those that the second makes without it, and so on. The same
    statements give the same points whatever their order.
    ``together``, ``apart``: pairs of statement ids that a person has said make the same point, or do not; they
    go before likeness and stance. Points that may say the same, but not surely enough to be joined, name each
    other in ``similar_to``. ``map_themes``: a ``map`` that may group the themes' clauses in other processes.
    ``names``: further names that the settings know, of municipalities, which keep their capital letter.
    ``measure``: how alike texts are in meaning, for points that say the same in other words; None, or a case of more
    than ``meaning.MOST`` clauses: words and concepts alone. ``language``: "nb" or "nn", that of the case document, in
    which a point is worded where any of its statements is.
    """
    maker = _Maker(bodies, answered, {t.key: t for t in themes}, wording, {q.number: q for q in questions}, names, language)
    return maker.gather(statements, together, apart, map_themes, measure)


def _listed(part: _Part) -> str:
    """The list that a fragment is an item of: the same file and introduction."""
    statement = part.statement
    if statement.kind not in {"item", "cell"} or shorten.complete(statement.text):
        return ""
    return f"{statement.source}|{statement.lead_in}|{statement.question}"


def _read_as(parts: Sequence[_Part]) -> list[str]:
    """The texts whose vectors stand for the clauses: a statement of one clause is read as themes read it."""
    several = {p.statement.id for p in parts if p.number > 0}
    return [p.compare if p.statement.id in several or p.fixed else model_text(p.statement) for p in parts]


def _by_theme(points: Iterable[Point]) -> Iterable[list[Point]]:
    groups: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        groups[point.theme].append(point)
    return groups.values()


class _Neighbours:
    """The points that are most like each point, ``_MOST_SIMILAR`` at most."""

    def __init__(self) -> None:
        self._nearest: dict[str, list[tuple[float, str]]] = defaultdict(list)  # (-likeness, id), the likest first

    def wants(self, one: Point, other: Point, at_most: float) -> bool:
        """Whether a likeness of ``at_most`` could make either a neighbour of the other."""
        return any(len(near) < _MOST_SIMILAR or near[-1][0] >= -at_most for near in (self._nearest[one.id], self._nearest[other.id]))

    def add(self, one: Point, other: Point, likeness: float, *, least: float) -> None:
        if likeness >= least:
            for mine, theirs in ((one, other), (other, one)):
                self._nearest[mine.id] = sorted([*self._nearest[mine.id], (-round(likeness, 6), theirs.id)])[:_MOST_SIMILAR]

    def named(self, points: list[Point]) -> list[Point]:
        """The points, those that are each other's neighbours naming each other."""
        names = {key: [other for _, other in near] for key, near in self._nearest.items()}
        mutual = {key: tuple(o for o in near if key in names[o]) for key, near in names.items()}
        return [replace(p, similar_to=mutual[p.id]) if mutual.get(p.id) else p for p in points]


class _Maker:
    def __init__(
        self,
        bodies: tuple[str, ...],
        answered: tuple[str, ...],
        themes: dict[str, Theme],
        wording: Wording,
        questions: dict[str, Question],
        names: Collection[str] = (),
        language: str = "nb",
    ) -> None:
        self.language = language
        self.names = frozenset(n for n in names if re.fullmatch(r"[A-ZÆØÅ][\w-]+", n))
        self.bodies = bodies
        self.answered = answered
        self.themes = themes
        self.wording = wording
        self.questions = questions
        self.rank = {name: i for i, name in enumerate(bodies)}
        self.proper: frozenset[str] = frozenset()
        self.left_out: dict[str, Statement] = {}  # a statement that only says what an endorsement leaves out -> that one

    def gather(
        self,
        statements: Sequence[Statement],
        together: Collection[tuple[str, str]] = (),
        apart: Collection[tuple[str, str]] = (),
        map_themes: Callable[..., Iterable[list[list[int]]]] = map,
        measure: Callable[[Sequence[str]], meaning.Meanings | None] | None = None,
    ) -> tuple[tuple[Point, ...], tuple[Statement, ...]]:
        unused: dict[str, str] = {}
        substance = []
        for statement in statements:
            if statement.type == "substance":
                reason = self._not_usable(statement)
                if reason:
                    unused[statement.id] = reason
                else:
                    substance.append(statement)
        substance.sort(key=self._place)
        self.left_out = _exceptions(statements)
        self.proper = shorten.proper_words([s.text for s in substance], self.bodies) | self.names
        parts: list[_Part] = []
        placed_by_hand = {i for pair in together for i in pair}
        before: Statement | None = None
        for statement in substance:
            made = self._parts(statement, before)
            before = statement
            if not made and statement.id in placed_by_hand:
                side = stance.of(statement.text)
                made = [_Part(statement, 0, statement.text, statement.text, side, unclear=True)]
            if not made:
                unused[statement.id] = _NO_CONTEXT
            parts.extend(made)
        clauses = grouping.prepare([p.compare for p in parts], [p.stance for p in parts], [_listed(p) for p in parts],
                                   [measures.verdict(p.text, p.statement.text) for p in parts])
        meanings = None
        if measure is not None and 1 < len(parts) <= meaning.MOST:
            meanings = measure(_read_as(parts))
        groups: list[tuple[str, list[int]]] = []
        own = {key: [i for i, part in enumerate(parts) if part.statement.theme == key] for key in self.themes}
        alike = map_themes(grouping.cluster, [[clauses[i] for i in mine] for mine in own.values()])
        for (key, mine), found in zip(own.items(), alike, strict=True):
            first = [[mine[i] for i in group] for group in found]
            if meanings is not None:
                first = meaning.join(first, clauses, meanings)
            groups.extend((key, group) for group in self._with_visitors(key, first, parts, clauses))
        groups = self._moved(groups, parts, clauses)
        decided = grouping.with_verdicts([group for _, group in groups], clauses)  # whatever theme each was given
        groups = [(theme, group) for (theme, _), group in zip(groups, decided, strict=True) if group]
        owners = [(p.statement.id, p.statement.theme) for p in parts]
        groups = regroup.rearranged(groups, owners, clauses, together, apart)
        points, members = self._points(groups, parts, clauses)
        points = self._oppose(points, members, clauses)
        points = self._similar(points, members, clauses, apart, meanings)
        points, reasons = self._endorse(
            points, [s for s in statements if s.type == "endorsement"], {s.id: s for s in substance}
        )
        unused |= reasons
        used = {i for p in points for i in p.statement_ids}

        def marked(s: Statement) -> Statement:
            why = None
            if s.id not in used and s.type in {"substance", "endorsement"}:
                why = unused.get(s.id, "Er ikke tatt inn i noe punkt: vurder det for hånd.")
            return s if s.unused == why else replace(s, unused=why)

        return self._ordered(points, {s.id: s for s in statements}), tuple(marked(s) for s in statements)

    def _not_usable(self, statement: Statement) -> str | None:
        if not statement.bodies:
            return "Avsenderen er ukjent: si hvem filen er fra under [files] i case.toml."
        if statement.theme not in self.themes:
            return "Hører ikke til noen av sakens temaer: velg et tema for utsagnet om det er et innspill."
        return None

    def _place(self, statement: Statement) -> tuple:
        """Reading order: bodies as configured, then file and place; independent of the order given."""
        first = min((self.rank.get(b, len(self.rank)) for b in statement.bodies), default=len(self.rank))
        return first, statement.source, statement.start, statement.id

    # -- statements into clauses

    def _parts(self, statement: Statement, before: Statement | None) -> list[_Part]:
        bare = self._bare_answer(statement) or self._exception(statement)
        if bare is not None:
            return [bare]
        voice = self._voice(statement)
        whole = shorten.with_lead_in(statement.text, statement.lead_in)
        resolved = None
        if before is not None and before.source == statement.source and statement.block - before.block in {0, 1}:
            resolved = shorten.resolve(whole, before.text)
        made = []
        for number, clause in enumerate(shorten.clauses(resolved or whole)):
            compare = shorten.core(clause, voice)
            content, scales, _ = grouping.features(compare)
            unclear = shorten.unresolved(compare)
            condition = statement.question is not None and shorten.only_condition(clause)
            says_little = not content or (unclear and len(content) < 2) or condition or self._short_verdict(statement, clause, content)
            if says_little and measures.verdict(clause, statement.text) is None:
                placed = self._in_context(statement, clause, number, condition or bool(scales) or (bool(content) and not unclear))
                if placed is not None:
                    made.append(placed)
                continue
            # An introduction such as "Vi ønsker:" makes a demand of a bare noun.
            lead = statement.lead_in if len(statement.lead_in.split()) <= 10 else ""
            side = stance.of(f"{lead.rstrip(':')} {compare}" if lead and whole == statement.text.strip() else compare)
            made.append(_Part(statement, number, clause, compare, side, unclear=unclear, resolved=resolved is not None))
        return made

    def _short_verdict(self, statement: Statement, clause: str, content: Iterable[str]) -> bool:
        """ "Spot on" under "Er tiltakene presise?": a word or two that the question alone explains."""
        question = self.questions.get(statement.question or "")
        return (
            question is not None
            and shorten.word_count(clause) <= 2
            and all(c.startswith("~") for c in content)
            and bool(re.match(r"(?:er|kan|bør|vil|skal|fungerer|dekker|gir)\b", question.text, re.IGNORECASE))
        )

    def _in_context(self, statement: Statement, clause: str, number: int, says_something: bool) -> _Part | None:
        """A clause that is understood only from the question or heading it stands under; None when there is none."""
        if not says_something or shorten.word_count(clause) < 1:
            return None
        said = shorten.finish(clause, self.proper)
        side = stance.of(clause)
        if side.kind == "neutral":
            side = replace(side, numbers=frozenset({said.lower()}), mixed=True)  # joins only its like
        question = self.questions.get(statement.question or "")
        if question is not None:
            compare = f"{question.text} {clause}"
            return _Part(
                statement,
                number,
                clause,
                compare,
                side,
                unclear=True,
                fixed=f"svarer «{said}» på spørsmålet «{question.text}»",
            )
        if statement.headings:
            heading = statement.headings[-1].strip(" .:")
            return _Part(
                statement,
                number,
                clause,
                f"{heading} {clause}",
                side,
                unclear=True,
                fixed=f"«{said}» (under «{heading}»)",
            )
        return None

    def _bare_answer(self, statement: Statement) -> _Part | None:
        """ "Ja." under a question, as what it says; None when the statement is more than that or has no question."""
        found = _BARE.match(_ticked(statement.text.strip()))
        question = self.questions.get(statement.question or "")
        if not found or question is None:
            return None
        word = found["word"].lower()
        plain = word in {"ja", "jo", "jau", "nei"} and bool(_PLAIN_REST.match(found["rest"]))
        side = stance.of(question.text.rstrip(" ?"))
        if word == "nei":
            side = stance.negated(side)
        elif word not in {"ja", "jo", "jau"} or re.search(
            r"\b(?:delvis|ikke|ikkje|noen|nokon|liten)\b", found["rest"], re.IGNORECASE
        ):
            side = replace(side, mixed=True)
        fixed = self._declarative(question.text, word) if plain else ""
        if not fixed and plain:
            fixed = f"svarer {'nei' if word == 'nei' else 'ja'} på spørsmålet «{question.text}»"
        elif not fixed:
            fixed = f"svarer «{shorten.finish(_ticked(statement.text.strip()))}» på spørsmålet «{question.text}»"
        return _Part(statement, 0, statement.text, question.text, side, fixed=fixed)

    def _exception(self, statement: Statement) -> _Part | None:
        """ "Unntatt forslaget om X" after an endorsement, as what both say; None for any other statement."""
        if statement.id not in self.left_out:
            return None
        what = endorsement.left_out(statement.text)
        others = " og ".join(b for b in self.left_out[statement.id].endorses if b not in statement.bodies)
        said = f"sluttar seg til svaret frå {others}, unnateke {what}" if statement.language == "nn" else (
            f"slutter seg til svaret fra {others}, unntatt {what}")
        side = replace(stance.of(what), numbers=frozenset({said.lower()}), mixed=True)  # joins only its like
        return _Part(statement, 0, statement.text, what, side, fixed=said)

    def _declarative(self, question: str, word: str) -> str:
        """The question as a statement where its grammar is certain ("Er tiltakene aktuelle?"), else ""."""
        found = _YES_NO.match(question.strip())
        if not found or re.search(r"\b(?:eller|hvorfor|hvordan|deres|dere)\b", found["rest"], re.IGNORECASE):
            return ""
        verb, subject, rest = found["verb"].lower(), found["subject"], found["rest"]
        if word == "nei":
            if (
                re.match(
                    r"(?:fortsatt|fremdeles|framleis|også|alle|noen|nokon|tilstrekkelig.* og)\b", rest, re.IGNORECASE
                )
                or verb == "må"
            ):
                return ""
            rest = f"ikke {rest}"
        if _SELF.match(subject):
            return f"{verb} {rest}"
        return shorten.small_first(f"{subject} {verb} {rest}", self.proper)

    def _voice(self, statement: Statement) -> shorten.Voice:
        names = tuple(
            dict.fromkeys(n for b in statement.bodies for n in (b, quantifiers.bare_name(b, self.wording)) if n)
        )
        name = statement.bodies[0] if len(statement.bodies) == 1 else self.wording.noun_definite
        return shorten.Voice(name=name, names=names, proper=self.proper)

    # -- clauses into groups

    def _with_visitors(
        self, theme: str, groups: list[list[int]], parts: list[_Part], clauses: list[grouping.Clause]
    ) -> list[list[int]]:
        """The theme's groups of indices into ``parts``, with those whose second theme it is where they fit."""
        totals: list[grouping.Vector] = []
        visits: list[tuple[list[int], int]] = []
        for i, part in enumerate(parts):
            if part.statement.theme != theme and self._second_theme(part.statement) == theme:
                totals = totals or [grouping.total([clauses[j] for j in group]) for group in groups]
                fitting = self._best_group(i, groups, totals, clauses)
                if fitting is not None:
                    visits.append((fitting, i))
        for group, i in visits:
            group.append(i)
        return groups

    def _moved(
        self, groups: list[tuple[str, list[int]]], parts: list[_Part], clauses: list[grouping.Clause]
    ) -> list[tuple[str, list[int]]]:
        """A clause of several that stands alone in its statement's theme goes to its like in another of its themes."""
        totals: dict[str, tuple[list[list[int]], list[grouping.Vector]]] = {}
        several = {p.statement.id for p in parts if p.number > 0}
        kept = []
        moves: list[tuple[list[int], int]] = []
        for theme, group in groups:
            part = parts[group[0]]
            if len(group) == 1 and part.statement.id in several:
                others = {s.theme for s in part.statement.themes if s.score >= CLAUSE_THEME and s.theme != theme}
                for other in sorted(others - set(totals)):
                    there = [g for t, g in groups if t == other]
                    totals[other] = there, [grouping.total([clauses[j] for j in g]) for g in there]
                near = [(g, v) for other in sorted(others) for g, v in zip(*totals[other], strict=True)]
                best = self._best_group(group[0], [g for g, _ in near], [v for _, v in near], clauses)
                if best is not None:
                    moves.append((best, group[0]))
                    continue
            kept.append((theme, group))
        for group, i in moves:
            if i not in group:
                group.append(i)
        return kept

    def _second_theme(self, statement: Statement) -> str | None:
        scores = [s for s in statement.themes if s.theme in self.themes]
        if len(scores) < 2 or scores[1].score < max(SECOND_THEME, SECOND_SHARE * scores[0].score):
            return None
        return next((s.theme for s in scores if s.theme != statement.theme), None)

    def _best_group(
        self, i: int, groups: list[list[int]], totals: list[grouping.Vector], clauses: list[grouping.Clause]
    ) -> list[int] | None:
        best, best_score = None, grouping.THRESHOLD
        vector = clauses[i].vector
        for group, summed in zip(groups, totals, strict=True):
            score = grouping.dot(vector, summed) / len(group)
            if score >= best_score and not any(grouping.apart(clauses[i], clauses[j]) for j in group):
                best, best_score = group, score
        return best

    # -- groups into points

    def _points(
        self, groups: list[tuple[str, list[int]]], parts: list[_Part], clauses: list[grouping.Clause]
    ) -> tuple[list[Point], dict[str, list[int]]]:
        points: list[Point] = []
        members: dict[str, list[int]] = {}
        for theme, group in groups:
            evidence = sorted({(parts[i].statement.id, parts[i].number) for i in group})
            identity = "p" + hashlib.sha256(repr((theme, evidence)).encode()).hexdigest()[:10]
            making = self._in_order(b for i in group for b in parts[i].statement.bodies)
            best = self._clearest(group, parts, clauses, making)
            ids = tuple(
                dict.fromkeys(
                    parts[i].statement.id
                    for i in sorted(group, key=lambda i: (self._place(parts[i].statement), parts[i].number))
                )
            )
            points.append(
                Point(
                    id=identity,
                    theme=theme,
                    text=self._text(parts[best], making),
                    bodies=making,
                    quantifier=quantifiers.phrase(making, self.bodies, self.answered, self.wording),
                    statement_ids=ids,
                    reservation=parts[best].stance.reserved,
                    needs_review=parts[best].unclear
                    or parts[best].resolved
                    or all(parts[i].statement.needs_review for i in group),
                )
            )
            members[identity] = group
        return points, members

    def _in_order(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(set(names), key=lambda b: (self.rank.get(b, len(self.rank)), b)))

    def _text(self, part: _Part, making: tuple[str, ...]) -> str:
        if part.fixed:
            return part.fixed
        voice = self._voice(part.statement)
        if len(making) > 1:
            voice = replace(voice, name=self.wording.noun_definite)
        text = shorten.point_text(part.text, voice=voice, language=part.statement.language)
        if part.unclear:
            question = self.questions.get(part.statement.question or "")
            context = question.text if question else part.statement.headings[-1] if part.statement.headings else ""
            if context:
                text = f"{text} (om «{context.strip(' .:')}»)"
        return text

    def _clearest(
        self, group: list[int], parts: list[_Part], clauses: list[grouping.Clause], making: tuple[str, ...]
    ) -> int:
        """The index of the clause that says the group's point best."""
        total = grouping.total([clauses[i] for i in group])

        def worth(i: int) -> tuple:
            part = parts[i]
            text = self._text(part, making)
            words = shorten.word_count(text)
            score = 2.0 * grouping.dot(clauses[i].vector, total) / len(group)
            score += 4.0 if part.statement.language == self.language else 0.0
            score += 1.0 if shorten.complete(text) and not shorten.subjectless(text) else 0.0
            score -= 5.0 if part.unclear else 0.0
            score -= 2.0 if part.resolved else 0.0
            score -= 2.0 if part.fixed else 0.0
            score -= 3.0 if shorten.first_person(text) else 0.0
            score -= 0.25 * max(0, words - 16) + (1.5 if words < 3 else 0.0)
            score -= 1.5 if text.endswith("?") else 0.0
            score -= 0.5 if part.statement.needs_review else 0.0
            score -= 0.5 if any(w in self.proper for w in re.findall(r"\w+", text)) else 0.0
            return score, -words, text

        return max(group, key=worth)

    # -- points and each other

    def _oppose(
        self, points: list[Point], members: dict[str, list[int]], clauses: list[grouping.Clause]
    ) -> list[Point]:
        against: dict[str, set[str]] = defaultdict(set)
        for same in _by_theme(points):
            heads = [clauses[members[p.id][0]] for p in same]
            compared = [[clauses[k] for k in members[p.id][:_COMPARED_MEMBERS]] for p in same]
            sides = [tuple({grouping.side_of(c): c for c in some}.values()) for some in compared]
            outer = [grouping.outline([c.object for c in some]) for some in compared]
            for i, j in grouping.candidates(heads, _OPPOSES_ALL_PAIRS):
                if not any(grouping.contrary(a, b) for a in sides[i] for b in sides[j]) or (
                    not any(c.argument or c.verdict for c in compared[i])
                    and grouping.dot(outer[i], outer[j]) < grouping.OPPOSED_OBJECT - _MARGIN
                ):
                    continue
                if any(grouping.opposed(a, b) for a in compared[i] for b in compared[j]):
                    against[same[i].id].add(same[j].id)
                    against[same[j].id].add(same[i].id)
        return [replace(p, opposes=tuple(sorted(against[p.id]))) if p.id in against else p for p in points]

    def _similar(
        self,
        points: list[Point],
        members: dict[str, list[int]],
        clauses: list[grouping.Clause],
        apart: Collection[tuple[str, str]],
        meanings: meaning.Meanings | None,
    ) -> list[Point]:
        """The points with those of their theme that may say the same, likeliest first."""
        told_apart = {frozenset(pair) for pair in apart}
        found = _Neighbours()

        def may_ask(one: Point, other: Point) -> bool:
            return not (
                set(one.bodies) == set(other.bodies)
                or other.id in one.opposes
                or grouping.contrary(clauses[members[one.id][0]], clauses[members[other.id][0]])
                or (told_apart
                    and any(frozenset((a, b)) in told_apart for a in one.statement_ids for b in other.statement_ids))
            )

        for same in _by_theme(points):
            if meanings is None:
                self._alike_in_words(same, members, clauses, may_ask, found)
                continue
            for one, other in combinations(same, 2):
                some, others = members[one.id], members[other.id]
                if meaning.near(some, others, meanings) and may_ask(one, other):
                    found.add(one, other, meaning.average(some, others, clauses, meanings), least=meaning.ASK)
        return found.named(points)

    def _alike_in_words(
        self,
        same: list[Point],
        members: dict[str, list[int]],
        clauses: list[grouping.Clause],
        may_ask: Callable[[Point, Point], bool],
        found: _Neighbours,
    ) -> None:
        heads = [clauses[members[p.id][0]] for p in same]
        compared = [[clauses[k].vector for k in members[p.id][:_COMPARED_MEMBERS]] for p in same]
        outer = [grouping.outline(some) for some in compared]
        pairs = []
        for i, j in grouping.candidates(heads, _OPPOSES_ALL_PAIRS):
            at_most = grouping.dot(outer[i], outer[j]) + _MARGIN
            if at_most >= MAYBE:
                pairs.append((-at_most, i, j))
        for at_most, i, j in sorted(pairs):
            if found.wants(same[i], same[j], -at_most) and may_ask(same[i], same[j]):
                score = max(grouping.dot(a, b) for a in compared[i] for b in compared[j])
                found.add(same[i], same[j], score, least=MAYBE)

    def _endorse(
        self, points: list[Point], endorsements: list[Statement], substance: dict[str, Statement]
    ) -> tuple[list[Point], dict[str, str]]:
        """Endorsing bodies added to the points they endorse, through chains; and why an endorsement changes nothing."""
        reasons: dict[str, str] = {}
        usable = []
        for statement in sorted(endorsements, key=self._place):
            reason = self._no_endorsement(statement)
            if reason:
                reasons[statement.id] = reason
            else:
                usable.append(statement)
        by_id = {p.id: p for p in points}
        supporters: dict[str, dict[str, list[str]]] = {p.id: {} for p in points}  # point -> body -> endorsement ids
        asked = {p.id: {substance[i].question for i in p.statement_ids if i in substance} for p in points}
        said = {(b, p.theme, p.text) for p in points for b in p.bodies}
        topics = {s.id: _topic(s) for s in usable}
        # In the words of the answers: a point's own text may name its body.
        said_in = {p.id: _stems(" ".join(substance[i].text for i in p.statement_ids if i in substance)) for p in points}
        excepted = {
            e.id: _stems(endorsement.left_out(substance[i].text)) - _GENERAL - _NAMING
            for i, e in self.left_out.items()
            if i in substance
        }
        for statement in [s for s in usable if s.id in excepted]:
            theirs = [p for p in points if set(p.bodies) & set(statement.endorses)]
            if not any(excepted[statement.id] & said_in[p.id] for p in theirs):
                usable.remove(statement)
                reasons[statement.id] = _LIMITED
        changed = True
        while changed:  # a chain of endorsements is as long as there are bodies at most
            changed = False
            for statement in usable:
                for point in points:
                    makers = set(point.bodies) | set(supporters[point.id])
                    if not makers & set(statement.endorses):
                        continue
                    if statement.endorsed_questions and not asked[point.id] & set(statement.endorsed_questions):
                        continue
                    if topics[statement.id] and not topics[statement.id] & said_in[point.id]:
                        continue
                    if excepted.get(statement.id, frozenset()) & said_in[point.id]:
                        continue
                    for body in statement.bodies:
                        own_view = (
                            any(body in by_id[o].bodies for o in point.opposes)
                            or (body, point.theme, point.text) in said
                        )
                        known = (
                            supporters[point.id].setdefault(body, [])
                            if body not in point.bodies and not own_view
                            else None
                        )
                        if known is not None and statement.id not in known:
                            known.append(statement.id)
                            changed = True
        done = []
        for point in points:
            extra = {b: ids for b, ids in supporters[point.id].items() if ids}
            if extra:
                making = self._in_order([*point.bodies, *extra])
                ids = tuple(
                    dict.fromkeys([*point.statement_ids, *(i for b in self._in_order(extra) for i in extra[b])])
                )
                point = replace(
                    point,
                    bodies=making,
                    endorsed_by=self._in_order(extra),
                    statement_ids=ids,
                    quantifier=quantifiers.phrase(making, self.bodies, self.answered, self.wording),
                )
            done.append(point)
        used = {i for p in done for i in p.statement_ids}
        for statement in usable:
            if statement.id not in used:
                names = ", ".join(statement.endorses)
                reasons[statement.id] = (
                    f"Slutter seg til {names}, men det er ingen punkter derfra å slutte seg til, eller svareren "
                    f"sier det samme selv."
                )
        return done, reasons

    def _no_endorsement(self, statement: Statement) -> str | None:
        if not statement.bodies:
            return "Avsenderen er ukjent: si hvem filen er fra under [files] i case.toml."
        others = [b for b in statement.endorses if b not in statement.bodies]
        if not others:
            return "Slutter seg til et svar, men det går ikke fram hvems: vurder det for hånd."
        silent = [b for b in others if b not in self.answered]
        if len(silent) == len(others):
            return f"Slutter seg til svaret fra {', '.join(silent)}, som ikke har svart."
        if _LIMITED_ENDORSEMENT.search(statement.text):
            return _LIMITED
        return None

    def _ordered(self, points: list[Point], statements: dict[str, Statement]) -> tuple[Point, ...]:
        order = {key: i for i, key in enumerate(self.themes)}

        def key(point: Point) -> tuple:
            first = self._place(statements[point.statement_ids[0]])
            if self.themes[point.theme].list_by_body:
                own = [b for b in point.bodies if b not in point.endorsed_by]
                return order[point.theme], self.rank.get(own[0], len(self.rank)), 0, first, point.id
            return order[point.theme], 0, -len(point.bodies), first, point.id

        return tuple(sorted(points, key=key))
