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
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from pipeline.config import Question, Theme, Wording
from pipeline.language import accord, grouping, meaning, measures, quantifiers, regroup, shorten, stance, supporters
from pipeline.language.parts import Part, PartMaker, listed, only_a_mark, read_as
from pipeline.model import Point, Statement

if TYPE_CHECKING:
    import numpy as np

# A second theme counts when its score is at least this, and at least this share of the first's.
SECOND_THEME = 0.30
SECOND_SHARE = 0.60
CLAUSE_THEME = 0.10  # the least score of a theme that one of several clauses may move to
_NO_CONTEXT = "Forstås ikke uten sammenheng: les det i svaret, og ta det inn for hånd om det er et innspill."
_IN_WORDS = "Avkryssingen eller det korte svaret er utdypet med ord under samme spørsmål."
_OPPOSES_ALL_PAIRS = 300
# Likeness of two points from which a person is asked whether they are about the same thing, where words are all there is.
MAYBE = 0.11
_MOST_SIMILAR = 4
_TOGETHER = 6  # points in a row about the same thing; longer chains are about many things
# The title of an answer tells nothing of what a sentence in it is about: "Høringssvar fra …", "Frå grendelaget, om …".
_TITLE = re.compile(r"^(?:fra|frå)\s|høringssvar|høyringssvar|uttalelse|uttale\b|fråsegn|innspill|innspel|tilbakemelding|\bsvar(?:brev)?\b|"
                    r"^(?:notat|eventuelt|ymse|diverse|annet|anna)$",
                    re.IGNORECASE)
_COMPARED_MEMBERS = 5
_MARGIN = 1e-5  # more than scores are rounded by


# What keeps together clauses that words or vectors have joined, by the probabilities of ``accord``: where words are not sure, that
# of saying the same; where they are, that the opposite is not likely, and that they have something in common. Chosen on
# twelve evaluation cases by others (it parts eleven of thirteen opposites, five of ten others, and six of 32 that do say the same) and
# on the gold groups, whose F1 stays above .80.
AGREE, OPPOSED, UNLIKE = 0.4, 0.7, 0.05
SURE_WORDS, CERTAIN_WORDS = 0.2, 1.0  # log-odds of ``grouping.certainty``


def surely_agree(one: grouping.Clause, other: grouping.Clause, rest: bool) -> bool:
    """Whether nobody need be asked if two clauses of a group agree: they demand the same of the same measures, or the words are certain.

    These are enough where both make the same recurring argument, and among the ``rest`` of a large group.
    """
    if one.verdict is not None and one.verdict == other.verdict:
        return True
    return (rest or (bool(one.argument) and one.argument == other.argument)) and grouping.certainty(one, other) > CERTAIN_WORDS


def margin(one: grouping.Clause, other: grouping.Clause, shares: np.ndarray) -> float:
    """By how much two clauses of a group pass what keeps them together. ``shares``: as of ``accord``, (3,)."""
    if grouping.certainty(one, other) < SURE_WORDS:
        return float(shares[accord.SAME]) - AGREE
    return float(min(OPPOSED - shares[accord.OPPOSITE], shares[accord.SAME] - UNLIKE))


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
    judge: accord.Judge | None = None,
    language: str = "nb",
) -> tuple[tuple[Point, ...], tuple[Statement, ...]]:
    """The points of all statements, and the statements with ``unused`` set where one is in no point.

    ``bodies``: all configured bodies in order; ``answered``: those that have answered. Points come per
    configured theme, those of most bodies first; in a theme with ``list_by_body`` the points of the first
    body come first, then those that the second makes without it, and so on. The same
    statements give the same points whatever their order.
    ``together``, ``apart``: pairs of statement ids that a person has said make the same point, or do not; they
    go before likeness and stance. Points that may be about the same thing, for or against, but not surely enough to be
    joined or opposed, name each other in ``similar_to``; of points that as many bodies make, they stand together.
    ``map_themes``: a ``map`` that may group the themes' clauses in other processes.
    ``names``: further names that the settings know, of municipalities, which keep their capital letter.
    ``measure``: how alike texts are in meaning, for points that say the same in other words; None, or a case of more
    than ``meaning.MOST`` clauses: words and concepts alone. ``judge``: who is asked whether clauses that are joined do say
    the same, where vectors are compared. ``language``: "nb" or "nn", that of the case document, in
    which a point is worded where any of its statements is.
    """
    maker = _Maker(bodies, answered, {t.key: t for t in themes}, wording, {q.number: q for q in questions}, names, language)
    return maker.gather(statements, together, apart, map_themes, measure, judge)


def _by_theme(points: Iterable[Point]) -> Iterable[list[Point]]:
    groups: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        groups[point.theme].append(point)
    return groups.values()


def _first_about_it(points: Iterable[Point], place: dict[str, tuple]) -> dict[str, str]:
    """Point -> the first, by ``place``, of those that it shares theme and number of bodies with and that are about the same.

    About the same are points that are opposed or may be asked about, and those about the same as these, ``_TOGETHER`` at most.
    """
    first = {p.id: p.id for p in points}
    many = dict.fromkeys(first, 1)

    def root(name: str) -> str:
        while first[name] != name:
            first[name] = name = first[first[name]]
        return name

    alike = {p.id: (p.theme, len(p.bodies)) for p in points}
    for point in points:
        for other in (*point.opposes, *point.similar_to):
            if alike.get(other) == alike[point.id]:
                one, two = sorted((root(point.id), root(other)), key=lambda name: (place[name], name))
                if one != two and many[one] + many[two] <= _TOGETHER:
                    first[two] = one
                    many[one] += many[two]
    return {name: root(name) for name in first}


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
        self.proper: frozenset[str]  # this and the maker come with the statements
        self.maker: PartMaker

    def gather(
        self,
        statements: Sequence[Statement],
        together: Collection[tuple[str, str]] = (),
        apart: Collection[tuple[str, str]] = (),
        map_themes: Callable[..., Iterable[list[list[int]]]] = map,
        measure: Callable[[Sequence[str]], meaning.Meanings | None] | None = None,
        judge: accord.Judge | None = None,
    ) -> tuple[tuple[Point, ...], tuple[Statement, ...]]:
        unused: dict[str, str] = {}
        substance = []
        placed_by_hand = {i for pair in together for i in pair}
        marks = {s.id for s in statements if s.type == "substance" and s.id not in placed_by_hand
                 and only_a_mark(s, self.questions.get(s.question or ""))}
        worded = {(s.source, s.question) for s in statements if s.type == "substance" and s.id not in marks}
        for statement in statements:
            if statement.type == "substance":
                in_words = statement.id in marks and (statement.source, statement.question) in worded
                reason = self._not_usable(statement) or (_IN_WORDS if in_words else None)
                if reason:
                    unused[statement.id] = reason
                else:
                    substance.append(statement)
        substance.sort(key=self._place)
        left_out = supporters.exceptions(statements)
        self.proper = shorten.proper_words([s.text for s in substance], self.bodies) | self.names
        self.maker = PartMaker(self.questions, self.wording, self.proper, left_out)
        parts: list[Part] = []
        before: Statement | None = None
        for statement in substance:
            made = self.maker.of(statement, before)
            before = statement
            if not made and statement.id in placed_by_hand:
                side = stance.of(statement.text)
                made = [Part(statement, 0, statement.text, statement.text, side, unclear=True)]
            if not made:
                unused[statement.id] = _NO_CONTEXT
            parts.extend(made)
        clauses = grouping.prepare([p.compare for p in parts], [p.stance for p in parts], [listed(p) for p in parts],
                                   [measures.verdict(p.text, p.statement.text) for p in parts])
        meanings = None
        texts = read_as(parts)
        if measure is not None and 1 < len(parts) <= meaning.MOST:
            meanings = measure(texts)
        groups: list[tuple[str, list[int]]] = []
        own = {key: [i for i, part in enumerate(parts) if part.statement.theme == key] for key in self.themes}
        alike = map_themes(grouping.cluster, [[clauses[i] for i in mine] for mine in own.values()])
        for (key, mine), found in zip(own.items(), alike, strict=True):
            first = [[mine[i] for i in group] for group in found]
            if meanings is not None:
                first = meaning.join(first, clauses, meanings)
            groups.extend((key, group) for group in self._with_visitors(key, first, parts, clauses))
        groups = self._moved(groups, parts, clauses)
        if judge is not None and meanings is not None:
            groups = self._agreeing(groups, parts, clauses, texts, judge)
        decided = grouping.with_verdicts([group for _, group in groups], clauses)  # whatever theme each was given
        groups = [(theme, group) for (theme, _), group in zip(groups, decided, strict=True) if group]
        owners = [(p.statement.id, p.statement.theme) for p in parts]
        groups = regroup.rearranged(groups, owners, clauses, together, apart)
        points, members = self._points(groups, parts, clauses)
        points = self._oppose(points, members, clauses)
        points = self._similar(points, members, clauses, apart, meanings)
        endorsing = supporters.Supporters(self.bodies, self.answered, self.wording, left_out, self._place, self._in_order,
                                          {key: theme.title for key, theme in self.themes.items()})
        points, reasons = endorsing.add(
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

    # -- clauses into groups

    def _with_visitors(
        self, theme: str, groups: list[list[int]], parts: list[Part], clauses: list[grouping.Clause]
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
        self, groups: list[tuple[str, list[int]]], parts: list[Part], clauses: list[grouping.Clause]
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

    def _agreeing(
        self, groups: list[tuple[str, list[int]]], parts: list[Part], clauses: list[grouping.Clause], texts: list[str], judge: accord.Judge
    ) -> list[tuple[str, list[int]]]:
        """The groups, parted where ``judge`` finds that not all say the same."""
        def ranked(group: list[int]) -> list[int]:
            total = grouping.total([clauses[i] for i in group])
            return sorted(group, key=lambda i: (-round(grouping.dot(clauses[i].vector, total), 9), i))

        def sure(i: int, j: int, rest: bool) -> bool:
            return parts[i].statement.id == parts[j].statement.id or texts[i] == texts[j] or surely_agree(clauses[i], clauses[j], rest)

        found = accord.agreeing([ranked(group) for _, group in groups], texts, lambda i, j, shares: margin(clauses[i], clauses[j], shares),
                                sure, judge)
        return [(theme, part) for (theme, _), some in zip(groups, found, strict=True) for part in some]

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
            if score >= best_score and not any(
                not grouping.joinable(clauses[i], clauses[j])
                or grouping.certainty(clauses[i], clauses[j]) < grouping.CERTAIN for j in group
            ):
                best, best_score = group, score
        return best

    # -- groups into points

    def _points(
        self, groups: list[tuple[str, list[int]]], parts: list[Part], clauses: list[grouping.Clause]
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

    def _text(self, part: Part, making: tuple[str, ...]) -> str:
        if part.fixed:
            return part.fixed
        voice = self.maker.voice(part.statement)
        if len(making) > 1:
            voice = replace(voice, name=self.wording.noun_definite)
        text = shorten.point_text(part.text, voice=voice, language=part.statement.language)
        if part.unclear:
            question = self.questions.get(part.statement.question or "")
            heading = part.statement.headings[-1] if part.statement.headings else ""
            context = question.text if question else heading if not _TITLE.search(heading) else ""
            if context:
                text = f"{text} (om «{context.strip(' .:')}»)"
        return text

    def _clearest(
        self, group: list[int], parts: list[Part], clauses: list[grouping.Clause], making: tuple[str, ...]
    ) -> int:
        """The index of the clause that says the group's point best."""
        total = grouping.total([clauses[i] for i in group])
        decided = len(group) > 1 and all(clauses[i].verdict is not None for i in group)

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
            score -= 1.5 if len(making) > 1 and self.wording.noun_definite in text else 0.0  # what one body says of itself
            score -= 0.25 * max(0, words - 16) + (1.5 if words < 3 else 0.0)
            # "Tiltak 4 og 11 bør bli ett" says it all; what surrounds such a verdict is each body's own story
            score -= 0.4 * max(0, words - 8) if decided else 0.0
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
        """The points with those of their theme that may be about the same thing, likeliest first."""
        told_apart = {frozenset(pair) for pair in apart}
        found = _Neighbours()

        def may_ask(one: Point, other: Point) -> bool:
            return not (
                set(one.bodies) == set(other.bodies)
                or other.id in one.opposes
                or set(one.statement_ids) <= set(other.statement_ids)
                or set(other.statement_ids) <= set(one.statement_ids)
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
                    found.add(one, other, meaning.about(some, others, clauses, meanings), least=meaning.ASK)
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

    def _ordered(self, points: list[Point], statements: dict[str, Statement]) -> tuple[Point, ...]:
        order = {key: i for i, key in enumerate(self.themes)}
        place = {p.id: self._place(statements[p.statement_ids[0]]) for p in points}
        beside = _first_about_it(points, place)

        def key(point: Point) -> tuple:
            first = place[point.id]
            if self.themes[point.theme].list_by_body:
                own = [b for b in point.bodies if b not in point.endorsed_by]
                return order[point.theme], self.rank.get(own[0], len(self.rank)), 0, first, point.id
            return order[point.theme], 0, -len(point.bodies), place[beside[point.id]], first, point.id

        return tuple(sorted(points, key=key))
