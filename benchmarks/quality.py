"""How well whole cases are understood: the real pipeline on cases with gold labels.

``python -m benchmarks.quality [CASE…] [--errors [KIND …]]`` runs ``pipeline.run.draft`` on every case under
``benchmarks/cases`` (or those named) and prints one figure a line, one case a column. ``--errors`` lists what was
wrong, all of it or only the kinds named. The cases are made by ``benchmarks.cases.build``; nobody trains or tunes
on them, and their sentences must stay out of the training data.

How the figures are counted (all shares are of gold segments unless said otherwise):

- a gold segment (sentence, list item, cell) is found in the extracted text by its characters without white space;
  its statement is the predicted one with the largest overlap, at least half of the segment or of the statement (of an
  endorsement: one that endorses);
- *segmentation*: exactly one statement overlaps more than a tenth, and intersection / union of the two is >= 0.8;
- *theme*: a prediction is right when it is among the segment's acceptable themes. Macro-F1 is over the themes of the
  gold; a substance segment taken for noise, or not found, is a miss. ``F1 with noise`` counts noise that was given a
  theme as a false positive of that theme. "Text only" is the same with no question in the settings;
- *grouping*: pairs of substance segments of different bodies; predicted together when they share a point. Themes
  with ``list_by_body`` are not joined by design: pairs left apart there do not count. *suggestions right*: of the pairs of
  points that a person is asked about, those that hold statements of one group (*or opposed*: of one or of two opposed);
  *joined or suggested*: the pairs of segments of one group that share a point or stand in two that are asked about.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CASES = Path(__file__).with_name("cases")
ANSWERS = "answers/"
NONE = "none"
OVERLAP = 0.8  # intersection / union of a segment and its statement for them to be the same segment
TOUCHES = 0.1  # a statement with less of a segment than this only brushes it
COVERAGE = 0.8  # the surest share of statements over which ``sure`` accuracy is taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One line of ``gold.jsonl``."""

    source: str
    text: str
    body: tuple[str, ...]
    type: str
    theme: str = NONE
    themes: tuple[str, ...] = (NONE,)
    question: str | None = None
    group: str | None = None
    opposes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """A gold segment and the predicted statement that holds it (None: there is none)."""

    gold: Gold
    statement: object | None  # pipeline.model.Statement or the like
    found: bool  # the text stands in the extracted text at all
    same: bool  # the two are the same segment


@dataclass(slots=True, kw_only=True)
class Share:
    """Hits out of a total; adds up over cases."""

    hits: float = 0
    total: float = 0

    def add(self, hit: bool, weight: float = 1) -> None:
        self.hits += weight * hit
        self.total += weight

    @property
    def value(self) -> float | None:
        return self.hits / self.total if self.total else None


@dataclass(slots=True, kw_only=True)
class Result:
    """The figures of one case: shares (which add up), plain figures (which do not) and what was wrong."""

    shares: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    figures: dict[str, float | None] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    errors: list[tuple[str, str]] = field(default_factory=list)  # (kind, line)

    def wrong(self, kind: str, gold: Gold, why: str) -> None:
        self.errors.append((kind, f"{gold.source.removeprefix(ANSWERS)}: «{gold.text}» {why}"))


class Squeezed:
    """A text without white space, with the way from its offsets to the original's."""

    def __init__(self, text: str) -> None:
        self.at = [i for i, c in enumerate(text) if not c.isspace()]
        self.text = "".join(text[i] for i in self.at)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The squeezed offsets of an original span."""
        return bisect_left(self.at, start), bisect_left(self.at, end)

    def find(self, wanted: str, start: int) -> tuple[int, int] | None:
        """The squeezed span of ``wanted`` at or after ``start``; a page head may stand inside a long text."""
        wanted = "".join(wanted.split())
        at = self.text.find(wanted, start)
        if at >= 0:
            return at, at + len(wanted)
        head, tail = wanted[:24], wanted[-24:]
        at = self.text.find(head, start) if len(wanted) >= 48 else -1
        end = self.text.find(tail, at) if at >= 0 else -1
        if end >= 0 and end + len(tail) - at <= len(wanted) + 250:
            return at, end + len(tail)
        return None


def align(gold: Sequence[Gold], texts: Mapping[str, str], statements: Iterable) -> list[Aligned]:
    """Each gold segment with its statement. ``texts``: source -> extracted text; statements have source, start, end."""
    squeezed = {source: Squeezed(text) for source, text in texts.items()}
    predicted = defaultdict(list)
    for s in statements:
        if s.source in squeezed:
            predicted[s.source].append((*squeezed[s.source].span(s.start, s.end), s))
    cursor: Counter[str] = Counter()
    aligned = []
    for g in gold:
        text = squeezed.get(g.source)
        span = text and (text.find(g.text, cursor[g.source]) or text.find(g.text, 0))
        if not span:
            aligned.append(Aligned(gold=g, statement=None, found=False, same=False))
            continue
        cursor[g.source] = max(cursor[g.source], span[1])
        touching = []
        for start, end, statement in predicted[g.source]:
            common = min(end, span[1]) - max(start, span[0])
            if common > TOUCHES * (span[1] - span[0]) or (common > 0 and common == end - start):
                union = max(end, span[1]) - min(start, span[0])
                touching.append((common, common / union, end - start, statement))
        # an endorsement with an exception is two statements: the one that endorses counts, however short
        best = max(touching, key=lambda t: (g.type == "endorsement" == t[3].type, t[0]), default=None)
        holds = best is not None and best[0] * 2 >= min(span[1] - span[0], best[2])
        aligned.append(Aligned(gold=g, statement=best[3] if holds else None, found=True,
                               same=len(touching) == 1 and touching[0][1] >= OVERLAP))
    return aligned


def main_gold(aligned: Sequence[Aligned]) -> dict[str, Gold]:
    """Statement id -> the gold segment that it mostly is (the longest of those it holds)."""
    held: dict[str, Gold] = {}
    for a in aligned:
        if a.statement is not None and len(a.gold.text) > len(getattr(held.get(a.statement.id), "text", "")):
            held[a.statement.id] = a.gold
    return held


def macro_f1(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Mean F1 over the classes that occur as gold, ``none`` left out; pairs are (gold, predicted)."""
    hit, gold, predicted = Counter(), Counter(), Counter()
    for right, guess in pairs:
        gold[right] += 1
        predicted[guess] += 1
        hit[right] += right == guess
    classes = [c for c in gold if c != NONE]
    if not classes:
        return None
    return sum(2 * hit[c] / (gold[c] + predicted[c]) for c in classes) / len(classes)


def _theme_of(statement: object | None) -> str:
    return NONE if statement is None else statement.theme


def _judged(gold: Gold, statement: object | None) -> tuple[str, str]:
    """(gold, predicted) theme, where any acceptable theme counts as the gold one."""
    guess = _theme_of(statement)
    return (guess, guess) if guess in gold.themes else (gold.theme, guess)


def score_themes(result: Result, aligned: Sequence[Aligned], prefix: str = "") -> None:
    """Theme figures over substance; ``prefix`` tells the runs apart ("text only ")."""
    substance = [a for a in aligned if a.gold.type == "substance"]
    pairs = [_judged(a.gold, a.statement) for a in substance]
    held = main_gold(aligned)
    noise = [(NONE, a.statement.theme) for a in aligned
             if a.gold.type == "noise" and a.statement is not None and held[a.statement.id] is a.gold]
    result.figures[f"{prefix}theme macro-F1"] = macro_f1(pairs)
    result.figures[f"{prefix}F1 with noise"] = macro_f1([*pairs, *noise])
    for a, (right, guess) in zip(substance, pairs, strict=True):
        result.shares[f"{prefix}theme accuracy"].add(right == guess)
        if right != guess:
            sure = f" ({a.statement.confidence:.2f})" if a.statement is not None else ""
            result.wrong(f"{prefix.strip().replace(' ', '-')}-theme".lstrip("-"), a.gold,
                         f"{'/'.join(a.gold.themes)} -> {guess}{sure}")


def score_sureness(result: Result, aligned: Sequence[Aligned]) -> None:
    """What the tool asks to be reviewed, and how right it is where it does not ask."""
    known = [(a, right == guess) for a in aligned if a.gold.type == "substance" and a.statement is not None
             for right, guess in [_judged(a.gold, a.statement)]]
    for a, right in known:
        result.shares["needs review"].add(a.statement.needs_review)
        if not a.statement.needs_review:
            result.shares["accuracy outside review"].add(right)
    ranked = sorted(known, key=lambda k: -k[0].statement.confidence)
    for _, right in ranked[:round(COVERAGE * len(ranked))]:
        result.shares["accuracy at 80 % coverage"].add(right)


def score_segments(result: Result, aligned: Sequence[Aligned], points: Iterable) -> None:
    """Text found, segments, bodies, noise, types and questions."""
    used = {i for p in points for i in p.statement_ids}
    held = main_gold(aligned)
    for a in aligned:
        g, s = a.gold, a.statement
        result.shares["text found"].add(a.found)
        if not a.found:
            result.wrong("text", g, "is not in the extracted text")
        result.shares["segmentation, all"].add(a.same)
        if g.type == "noise":
            shown = s is not None and held[s.id] is g and s.id in used
            taken = s is not None and held[s.id] is g and s.type == "substance"
            result.shares["noise shown as point"].add(shown)
            result.shares["noise taken for an answer"].add(taken)
            if taken or shown:
                why = f"shown as a point under {s.theme}" if shown else f"taken for {s.theme}, unused"
                result.wrong("noise", g, why)
            continue
        result.shares["segmentation"].add(a.same)
        if not a.same:
            result.wrong("segment", g, f"-> «{s.text}»" if s is not None else "-> no statement")
        right = s is not None and set(s.bodies) == set(g.body)
        result.shares["body"].add(right)
        if not right:
            result.wrong("body", g, f"{', '.join(g.body)} -> {', '.join(s.bodies) if s is not None else 'nobody'}")
        if g.question is not None:
            result.shares["question"].add(s is not None and s.question == g.question)
            if s is None or s.question != g.question:
                result.wrong("question", g, f"{g.question} -> {s.question if s is not None else 'no statement'}")
        kind = s.type if s is not None else "no statement"
        if g.type == "substance":
            lost = kind in {"noise", "no_remarks", "no statement"}
            result.shares["substance lost as noise"].add(lost)
            if lost:
                result.wrong("lost", g, f"({g.theme}) taken for {kind} {getattr(s, 'noise', '')}".rstrip())
        else:
            result.shares[f"{g.type} recall"].add(kind == g.type)
            if kind != g.type:
                result.wrong("type", g, f"{g.type} -> {kind}")


def score_groups(result: Result, aligned: Sequence[Aligned], points: Iterable, by_body: set[str]) -> None:
    """Pairs of substance segments of different bodies: together in gold, together in a point.

    ``by_body``: the themes that list their points per body.
    """
    points_of = defaultdict(set)
    suggested: dict[frozenset[str], bool] = {}  # two points that a person is asked about -> they hold one group
    opposed: set[frozenset[str]] = set()
    for p in points:
        suggested |= {frozenset((p.id, other)): False for other in p.similar_to}
        for i in p.statement_ids:
            points_of[i].add(p.id)
    said = [a for a in aligned if a.gold.type == "substance"]
    hit = found = wanted = asked = 0
    for a, b in itertools.combinations(said, 2):
        if set(a.gold.body) & set(b.gold.body):
            continue
        gold = a.gold.group is not None and a.gold.group == b.gold.group
        one, other = (points_of[s.id] if s is not None else set() for s in (a.statement, b.statement))
        together = bool(one & other)
        if gold and not together and {a.gold.theme, b.gold.theme} & by_body:
            continue
        wanted += gold
        found += together
        hit += gold and together
        against = _against(a.gold, b.gold) or _against(b.gold, a.gold)
        if (gold or against) and not together:
            offered = {pair for p in one for o in other if (pair := frozenset((p, o))) in suggested}
            asked += gold and bool(offered)
            if gold:
                suggested |= dict.fromkeys(offered, True)
            else:
                opposed |= offered
        if gold != together:
            result.wrong("group", a.gold, f"{'wrongly joined with' if together else 'not joined with'} «{b.gold.text}»")
        if together and against:
            result.counts["opposite pairs merged"] += 1
            result.wrong("opposite", a.gold, f"merged with «{b.gold.text}»")
    result.counts["opposite pairs merged"] += 0
    result.counts["_group hits"], result.counts["_group found"], result.counts["_group wanted"] = hit, found, wanted
    result.counts["_group asked"] = asked
    for pair, right in suggested.items():
        result.shares["suggestions right"].add(right)
        result.shares["suggestions right or opposed"].add(right or pair in opposed)


def _against(one: Gold, other: Gold) -> bool:
    return one.opposes is not None and one.opposes == other.group


def score_coverage(result: Result, statements: Iterable, points: Iterable, dropped: set[str]) -> None:
    """Every statement with substance in a point or unused with a reason; none from replaced answers (``dropped``)."""
    used = {i for p in points for i in p.statement_ids}
    for s in statements:
        if s.type in {"substance", "endorsement"}:
            result.shares["coverage"].add(s.id in used or bool(s.unused))
            result.shares["statements unused"].add(s.id not in used)
        result.counts["statements from replaced files"] += s.source in dropped
    result.counts["points"] = len(list(points))


def group_figures(counts: Mapping[str, int]) -> dict[str, float | None]:
    """Pairwise precision, recall and F1 from the counts of ``score_groups``."""
    hit, found, wanted = (counts[f"_group {k}"] for k in ("hits", "found", "wanted"))
    return {"grouping precision": hit / found if found else None,
            "grouping recall": hit / wanted if wanted else None,
            "grouping F1": 2 * hit / (found + wanted) if found + wanted else None,
            "joined or suggested": (hit + counts["_group asked"]) / wanted if wanted else None}


def score(gold: Sequence[Gold], texts: Mapping[str, str], statements: Sequence, points: Sequence,
          without_questions: Sequence = (), dropped: set[str] = frozenset(), by_body: set[str] = frozenset()) -> Result:
    """All figures of one case; ``without_questions`` are the statements of the run without questions."""
    result = Result()
    aligned = align(gold, texts, statements)
    score_segments(result, aligned, points)
    score_themes(result, aligned)
    if without_questions:
        score_themes(result, align(gold, texts, without_questions), "text only ")
    score_sureness(result, aligned)
    score_groups(result, aligned, points, by_body)
    score_coverage(result, statements, points, dropped)
    result.figures |= group_figures(result.counts)
    return result


def gold_of(name: str) -> list[Gold]:
    """The labels of one case."""
    return [Gold(**{k: tuple(v) if isinstance(v, list) else v for k, v in g.items()}) for g in lines(CASES / name / "gold.jsonl")]


def drafted(name: str):
    """The draft that the pipeline makes of one case of ``benchmarks/cases``."""
    from pipeline import config, run
    from pipeline.intake import files

    folder, = files.find_cases(CASES, "sak", (name,))
    # Only answers/ is the case; source.txt and the gold lie beside it.
    folder = replace(folder, files=tuple(f for f in folder.files if f[0].startswith(ANSWERS)))
    return run.draft(folder, config.load(ROOT / "config.toml", folder.folder / files.CASE_FILE), run.Progress())


def run_case(name: str) -> Result:
    """The pipeline on one case of ``benchmarks/cases``, and its figures."""
    from pipeline import config, run
    from pipeline.intake import files
    from pipeline.review.corrections import Corrections

    draft = drafted(name)
    settings = config.load(ROOT / "config.toml", CASES / name / files.CASE_FILE)
    bare, _ = run.understand(draft.documents, replace(settings, questions=()), Corrections())
    known = {d["source"]: d for d in lines(CASES / name / "documents.jsonl")}
    result = score(
        gold_of(name), {d.source: d.text for d in draft.documents}, draft.statements, draft.points, bare,
        {source for source, d in known.items() if d["kind"] != "answer"},
        {t.key for t in settings.themes if t.list_by_body})
    spoken = {b for d in known.values() for b in d["bodies"]}
    silent = [b for b in settings.body_names() if b not in spoken]
    result.counts["register wrong"] = len(set(draft.register.missing) ^ set(silent))
    return result


def lines(path: Path) -> list[dict]:
    """The records of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def overall(results: Sequence[Result]) -> Result:
    """Shares and counts added up; macro-F1 as the mean over the cases (their themes differ)."""
    total = Result()
    for result in results:
        for name, share in result.shares.items():
            total.shares[name].hits += share.hits
            total.shares[name].total += share.total
        total.counts.update(result.counts)
    for name in dict.fromkeys(n for r in results for n in r.figures):
        values = [v for r in results if (v := r.figures.get(name)) is not None]
        total.figures[name] = sum(values) / len(values) if values else None
    total.figures |= group_figures(total.counts)
    return total


ORDER = (
    "text found", "body", "segmentation", "segmentation, all", "noise shown as point", "noise taken for an answer",
    "substance lost as noise", "theme macro-F1", "F1 with noise", "theme accuracy", "text only theme macro-F1",
    "text only F1 with noise", "text only theme accuracy", "question", "no_remarks recall", "endorsement recall",
    "grouping precision", "grouping recall", "grouping F1", "opposite pairs merged", "suggestions right",
    "suggestions right or opposed", "joined or suggested",
    "needs review",
    "accuracy outside review", "accuracy at 80 % coverage", "coverage", "statements unused", "points",
    "statements from replaced files", "register wrong",
)


def table(columns: Mapping[str, Result]) -> str:
    """The figures, one a line; shares and F1 in per cent, counts as they are."""
    rows = [["", *columns]]
    for name in ORDER:
        rows.append([name, *(_shown(r, name) for r in columns.values())])
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(w) if i == 0 else cell.rjust(w)
                               for i, (cell, w) in enumerate(zip(row, widths, strict=True))) for row in rows)


def _shown(result: Result, name: str) -> str:
    if name in result.counts:
        return str(result.counts[name])
    value = result.shares[name].value if name in result.shares else result.figures.get(name)
    return "–" if value is None else f"{100 * value:.1f}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__.splitlines()[0])
    parser.add_argument("cases", nargs="*", metavar="CASE")
    parser.add_argument("--errors", nargs="*", metavar="KIND", help="list what was wrong (all kinds, or those named)")
    given = parser.parse_args(arguments)
    names = given.cases or sorted(p.parent.name for p in CASES.glob("*/gold.jsonl"))
    results = {name: run_case(name) for name in names}
    if given.errors is not None:
        for name, result in results.items():
            for kind, line in sorted(result.errors):
                if not given.errors or kind in given.errors:
                    print(f"{name} [{kind}] {line}")
        print()
    print(table({**results, "all": overall(list(results.values()))}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
