"""What is new since the version before: in files, statements, points and findings."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.model import CaseResult, Earlier, Finding, Point, Statement
from pipeline.norsk import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Falsy when nothing has changed. Pairs are (before, now)."""

    files: tuple[tuple[str, str], ...] = ()  # (source, "ny", "endret" or "borte")
    answered: tuple[str, ...] = ()
    gone_bodies: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    gone_statements: tuple[Statement, ...] = ()
    moved: tuple[tuple[str, Statement], ...] = ()  # (the theme before, the statement now)
    points: tuple[Point, ...] = ()
    changed: tuple[tuple[Point, Point], ...] = ()
    gone_points: tuple[Point, ...] = ()
    findings: tuple[Finding, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)


def news(result: CaseResult, earlier: Earlier) -> News:
    """What ``result`` has that ``earlier`` had not, and the other way round.

    Statements are the same when their ids are, which hold while file and words do. A point is the same when its
    words are, or else when most of its statements are.
    """
    had = {s.id: s for s in earlier.statements if s.type != "noise"}
    has = {s.id: s for s in result.statements if s.type != "noise"}
    same, fresh = _matched(result.points, earlier.points)
    matched = {was.id for was, _ in same}
    known = {(f.kind, f.message) for f in earlier.findings}
    return News(
        files=_files(result, earlier),
        answered=tuple(b for b in result.register.answered if b not in earlier.register.answered),
        gone_bodies=tuple(b for b in earlier.register.answered if b not in result.register.answered),
        statements=tuple(s for i, s in has.items() if i not in had),
        gone_statements=tuple(s for i, s in had.items() if i not in has),
        moved=tuple((had[i].theme, s) for i, s in has.items() if i in had and had[i].theme != s.theme),
        points=fresh,
        changed=tuple((was, now) for was, now in same
                      if (was.quantifier, was.text, was.theme) != (now.quantifier, now.text, now.theme)),
        gone_points=tuple(p for p in earlier.points if p.id not in matched),
        findings=tuple(f for f in result.findings if (f.kind, f.message) not in known),
    )


def _files(result: CaseResult, earlier: Earlier) -> tuple[tuple[str, str], ...]:
    had = {d.source: d.sha256 for d in earlier.documents}
    has = {d.source: d.sha256 for d in result.documents}
    found = [(s, "ny" if s not in had else "endret") for s, digest in has.items() if had.get(s) != digest]
    return (*found, *((s, "borte") for s in had if s not in has))


def _matched(points: tuple[Point, ...],
             before: tuple[Point, ...]) -> tuple[tuple[tuple[Point, Point], ...], tuple[Point, ...]]:
    """(points before and now that are the same, points that are new)."""
    left = {p.id: p for p in before}
    by_words: dict[tuple[str, str], list[Point]] = {}
    by_statement: dict[str, list[Point]] = {}
    for p in before:
        by_words.setdefault((p.theme, plain(p.text)), []).append(p)
        for i in p.statement_ids:
            by_statement.setdefault(i, []).append(p)
    found: dict[str, Point] = {}
    for now in points:
        was = next((p for p in by_words.get((now.theme, plain(now.text)), ()) if p.id in left), None)
        if was is not None:
            found[now.id] = left.pop(was.id)
    near = {(now.id, p.id): (now, p) for now in points if now.id not in found
            for i in now.statement_ids for p in by_statement.get(i, ()) if p.id in left}

    def likeness(pair: tuple[Point, Point]) -> tuple:
        """A statement with two demands stands in two points: then the words tell which is which."""
        now, was = pair
        return (len(set(now.statement_ids) & set(was.statement_ids)), now.theme == was.theme,
                SequenceMatcher(None, plain(was.text), plain(now.text)).ratio(), was.id, now.id)

    for now, was in sorted(near.values(), key=likeness, reverse=True):
        if now.id not in found and was.id in left:
            found[now.id] = left.pop(was.id)
    return (tuple((found[p.id], p) for p in points if p.id in found),
            tuple(p for p in points if p.id not in found))
