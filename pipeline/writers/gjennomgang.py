"""``gjennomgang.html``: the reviewer's page, one self-contained file without network or server.

It shows everything that the drafts rest on, and collects what the reviewer puts right as ``rettelser.json``, which the
next run reads (``review.corrections``). What respondents wrote reaches the page as text only.
"""

from __future__ import annotations

import base64
import bisect
import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

from jinja2 import StrictUndefined
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import SandboxedEnvironment

from pipeline import privacy, references
from pipeline.errors import TemplateError
from pipeline.model import CaseResult, Document, Earlier, Point, Statement
from pipeline.norsk import date_text, fold, join_names, place_text
from pipeline.writers._gjennomgang_news import news

NAME = "gjennomgang.html"
TEMPLATE = "gjennomgang.html"

# As in rettelser.json.
KIND_WORDS = {
    "answer": "svar", "action_plan": "handlingsplan", "case_paper": "saksdokument", "earlier_case": "tidligere sak",
    "minutes": "referat", "email": "e-post", "archive": "pakkefil", "unknown": "ukjent",
}
STATUS_WORDS = {"ok": "lest", "failed": "kunne ikke leses", "unsupported": "ukjent filtype"}
NOISE_WORD = "ikke et innspill"
NOISE_WORDS = {
    "echo": "spørsmålet gjentatt", "empty": "tomt", "page": "sidetall", "letterhead": "brevhode", "greeting": "hilsen",
    "opening": "innledning", "closing": "avslutning", "signature": "underskrift", "minutes": "møteprotokoll",
    "other_item": "annen sak", "background": "bakgrunn", "process": "saksgang", "heading": "overskrift",
    "label": "ledetekst", "lead_in": "innledning til en liste", "quoted": "sitat", "reference": "henvisning",
    "unanswered": "ubesvart", "header": "topptekst", "footer": "bunntekst", "comment": "kommentar i filen",
    "hidden": "skjult tekst", "alt": "bildetekst", "properties": "filegenskap", "embedded": "innebygd fil",
    "contents": "innholdsfortegnelse", "corrected": "rettet av dere",
}
CONTEXT = 300  # characters shown before and after a statement
BESIDE = 60  # characters shown before and after a possible personal datum
# A browser shows so many statements at ease; of a larger hearing, the rest stands in data/statements.jsonl.
SHOWN = 10_000
SHOWN_FINDS = 500


def render(result: CaseResult, templates: Path) -> bytes:
    """The page as UTF-8. Raises TemplateError."""
    source = templates / TEMPLATE
    values = context(result)
    try:
        environment = SandboxedEnvironment(
            autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        pieces = environment.from_string(source.read_text(encoding="utf-8")).generate(values)
        page = BytesIO()
        for piece in pieces:
            page.write(piece.encode("utf-8", "replace"))
    except OSError as error:
        raise TemplateError(f"Malen {source} kan ikke leses ({error.strerror}). Hent den tilbake fra pakken.") from None
    except (JinjaError, UnicodeDecodeError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise TemplateError(f"Malen {source} har en feil: {error}. Rett den, eller hent den tilbake "
                            "fra pakken.") from None
    return _with_policy(page.getvalue(), source)


def context(result: CaseResult) -> dict:
    """What the template can use."""
    titles = {t.key: t.title for t in result.settings.themes} | {"none": NOISE_WORD}
    changes = news(result, result.earlier) if result.earlier is not None else None
    fresh = {s.id for s in changes.statements} if changes is not None else set()
    cards = _Cards(result, titles, fresh)
    ordered = sorted(result.statements, key=lambda s: (not s.needs_review, s.type == "noise", s.source, s.start))
    shown = ordered[:SHOWN]
    voices = [s for s in ordered if s.type != "noise"]
    kept = {s.id for s in shown}
    finds = _personal_data(result)
    texts = {p.id: p.text for p in result.points}
    spoken = _spoken(result.statements)
    return {
        "case": result.settings.case, "name": result.name,
        "today": date_text(result.today) if result.today else "",
        "noun": result.settings.quantifiers.noun, "nouns": result.settings.quantifiers.noun_definite,
        "register": _register(result),
        "documents": [_document(d, spoken) for d in result.documents],
        "findings": [{"message": f.message, "source": f.source or "", "locator": place_text(f.locator or "")}
                     for f in result.findings],
        "bodies": list(result.settings.body_names()),
        "matrix": _matrix(result),
        "themes": [{"key": t.key, "title": t.title, "points": [_point(p, cards, kept, texts) for p in result.points_of(t.key)]}
                   for t in result.settings.themes],
        "statements": [cards.card(s) for s in shown],
        "left_out": len(ordered) - len(shown),
        "personal": finds[:SHOWN_FINDS], "personal_count": len(finds),
        "news": _news(changes, result.earlier, titles) if changes is not None else None,
        "counts": {
            "answered": len(result.register.answered), "asked": len(result.settings.bodies),
            "statements": len(voices), "unsure": sum(s.needs_review for s in voices), "points": len(result.points),
            "measures": len(result.plan.rows), "findings": len(result.findings), "personal": len(finds),
            "unused": sum(bool(s.unused) for s in voices), "new": len(fresh),
        },
        "data": _data(result),
    }


def _data(result: CaseResult) -> dict:
    """What the page's script needs to know; the statements it reads from the page itself."""
    corrections = result.corrections
    return {
        "sak": result.name, "temaer": [{"key": t.key, "title": t.title} for t in result.settings.themes],
        "avsendere": list(result.settings.body_names()), "typer": list(KIND_WORDS.values()),
        "rettelser": corrections.values() if corrections is not None else {},
    }


# --- statements and points ----------------------------------------------------------------------------------------


class _Cards:
    """The statements as the page shows them."""

    def __init__(self, result: CaseResult, titles: dict[str, str], fresh: set[str]) -> None:
        self._titles = titles
        self._fresh = fresh
        self._texts = {d.source: d.text for d in result.documents}
        self._passages = references.passages(result)
        self.by_id = {s.id: s for s in result.statements}
        self._points: dict[str, list[Point]] = {}
        for point in result.points:
            for i in point.statement_ids:
                self._points.setdefault(i, []).append(point)
        # Equal texts of one file are told apart by their number, as ``language.segment`` counts them.
        seen: Counter[tuple[str, str]] = Counter()
        number: dict[str, int] = {}
        for s in result.statements:
            seen[s.source, fold(s.text)] += 1
            number[s.id] = seen[s.source, fold(s.text)]
        self._occurrence = {s.id: number[s.id] for s in result.statements if seen[s.source, fold(s.text)] > 1}

    def label(self, s: Statement) -> str:
        return self._passages[s.id].label if s.id in self._passages else ""

    def occurrence(self, s: Statement) -> int | str:
        return self._occurrence.get(s.id, "")

    def card(self, s: Statement) -> dict:
        before, after = _around(self._texts.get(s.source, ""), s.start, s.end)
        noise = s.type == "noise"
        return {
            "id": s.id, "text": s.text, "lead_in": s.lead_in, "lang": s.language, "before": before, "after": after,
            "bodies": list(s.bodies), "body": ", ".join(s.bodies) or "ukjent avsender", "source": s.source,
            "place": place_text(s.locator), "question": s.question or "", "label": self.label(s),
            "occurrence": self.occurrence(s), "theme": "none" if noise else s.theme,
            "theme_title": self._now(s),
            "other": "" if s.type == "substance" else self._kind(s),
            "others": [f"{self._titles.get(t.theme, t.theme)} {_percent(t.score)}" for t in s.themes[1:3]
                       if t.score >= 0.1],
            "confidence": _percent(s.confidence), "score": f"{s.confidence:.2f}",
            "scored": s.type in {"substance", "endorsement"},
            "review": s.needs_review, "reason": s.review_reason, "noise": noise, "unused": s.unused or "",
            "new": s.id in self._fresh,
            "points": [{"id": p.id, "text": f"{p.quantifier}: {p.text}"} for p in self._points.get(s.id, ())],
        }

    def _now(self, s: Statement) -> str:
        """What the theme is now, in words."""
        return "ingen merknader" if s.type == "no_remarks" else self._titles.get(s.theme, s.theme)

    def _kind(self, s: Statement) -> str:
        if s.type == "endorsement":
            return f"slutter seg til {join_names(s.endorses)}" if s.endorses else "slutter seg til et annet svar"
        return "ingen merknader" if s.type == "no_remarks" else NOISE_WORDS.get(s.noise, "")


def _point(p: Point, cards: _Cards, shown: set[str], texts: dict[str, str]) -> dict:
    said = [cards.by_id[i] for i in p.statement_ids]
    return {
        "id": p.id, "text": p.text, "quantifier": p.quantifier, "review": p.needs_review, "opposes": bool(p.opposes),
        "similar": [{"id": i, "text": texts[i]} for i in p.similar_to if i in texts],
        "endorsed": ", ".join(p.endorsed_by),
        "evidence": [{"id": s.id, "text": s.text, "lang": s.language, "body": ", ".join(s.bodies), "source": s.source,
                      "label": cards.label(s), "occurrence": cards.occurrence(s), "shown": s.id in shown}
                     for s in said],
    }


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a passage, from the start of a sentence and up to a word's end."""
    before = text[max(0, start - CONTEXT):start]
    if start > CONTEXT:
        cuts = [before.find(mark) for mark in ("\n", ". ", "! ", "? ")]
        cut = min((c for c in cuts if 0 <= c < CONTEXT - 80), default=before.find(" "))
        before = "… " + before[cut + 1:].lstrip()
    after = text[end:end + CONTEXT]
    if len(text) > end + CONTEXT and " " in after:
        after = after[:after.rindex(" ")] + " …"
    return before.lstrip("\n"), after.rstrip("\n")


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


# --- who, what, how much ------------------------------------------------------------------------------------------


def _register(result: CaseResult) -> list[dict]:
    by_source = {d.source: d for d in result.documents}
    documents = {name: [by_source[s] for s in sources] for name, sources in result.register.answers}
    heard = {b for s in result.statements if s.type not in {"noise", "no_remarks"} for b in s.bodies}
    silent = set(result.register.answered) - heard
    without_remarks = {b for s in result.statements if s.type == "no_remarks" for b in s.bodies}
    voices = Counter(b for s in result.statements if s.type != "noise" for b in s.bodies)
    rows = []
    for name in result.settings.body_names():
        answers = documents.get(name, [])
        state = "mangler" if not answers else "for sent innkommet" if name in result.register.late else "har svart"
        if name in silent and answers:
            state += ", ingen merknader" if name in without_remarks else ", uten innspill"
        rows.append({
            "body": name, "state": state, "missing": not answers, "late": name in result.register.late,
            "sources": [d.source for d in answers], "dated": [date_text(d.dated) for d in answers if d.dated],
            "statements": voices[name]})
    return rows


def _document(d: Document, spoken: Mapping[str, tuple[int, int]]) -> dict:
    return {
        "source": d.source, "kind": KIND_WORDS[d.kind], "bodies": ", ".join(d.bodies), "status": STATUS_WORDS[d.status],
        "failed": d.status != "ok", "error": d.error or "", "why": d.recognised_by, "replaced": d.superseded_by or "",
        "unclaimed": d.current_answer and not d.bodies,
        "coverage": _coverage(d, *spoken.get(d.source, (0, 0))) if d.current_answer else None,
    }


def _spoken(statements: Sequence[Statement]) -> dict[str, tuple[int, int]]:
    """Source -> how many characters, blanks apart, are innspill, and how many are other text."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for s in statements:
        sums[s.source][s.type == "noise"] += _size(s.text)
    return {source: (voices, other) for source, (voices, other) in sums.items()}


def _coverage(d: Document, voices: int, other: int) -> dict:
    """How the characters of an answer, blanks apart, are shared: innspill, other text, and what is in no statement."""
    whole = sum(_size(b.text) for b in d.blocks) if d.blocks else _size(d.text)
    if not whole:
        return {"voices": "0 %", "other": "0 %", "loose": ""}
    loose = max(0, whole - voices - other) / whole
    return {"voices": _percent(voices / whole), "other": _percent(other / whole),
            "loose": f"{max(1, round(100 * loose))} %" if loose > 0.002 else ""}


def _size(text: str) -> int:
    return len("".join(text.split()))


def _matrix(result: CaseResult) -> dict:
    """Statements per theme and body, with row and column sums; silence (0) told apart from "ingen merknader"."""
    import pandas as pd

    names, keys = list(result.settings.body_names()), [t.key for t in result.settings.themes]
    pairs = [(s.theme, b) for s in result.statements if s.type in {"substance", "endorsement"} for b in s.bodies]
    said = pd.DataFrame(pairs, columns=["theme", "body"])
    table = pd.crosstab(said["theme"], said["body"]).reindex(index=keys, columns=names, fill_value=0).astype(int)
    nothing = {(q_theme, b) for s in result.statements if s.type == "no_remarks" and s.question for b in s.bodies
               for q_theme in result.settings.question(s.question).themes}
    most = max(1, int(table.to_numpy().max(initial=0)))
    return {
        "rows": [{"key": k, "title": result.settings.theme(k).title, "sum": int(table.loc[k].sum()), "cells": [
            {"body": n, "count": int(table.loc[k, n]), "level": math.ceil(4 * int(table.loc[k, n]) / most),
             "no_remarks": (k, n) in nothing, "missing": n in result.register.missing}
            for n in names]} for k in keys],
        "sums": [int(table[n].sum()) for n in names],
    }


def _personal_data(result: CaseResult) -> list[dict]:
    """Possible personal data in what vedlegg 1 and 2 will print, the certain first."""
    rows = []
    for d in result.documents:
        if not d.current_answer and d.source not in result.plan.sources:
            continue
        starts = [b.start for b in d.blocks]
        for hit in privacy.find(d.text):
            at = bisect.bisect_right(starts, hit.start) - 1
            line, end = d.text.rfind("\n", 0, hit.start) + 1, d.text.find("\n", hit.end)
            before, after = d.text[line:hit.start], d.text[hit.end:len(d.text) if end < 0 else end]
            if len(before) > BESIDE:
                before = "… " + before[-BESIDE:].partition(" ")[2]
            if len(after) > BESIDE:
                after = after[:BESIDE].rpartition(" ")[0] + " …"
            rows.append({
                "kind": hit.kind, "certain": hit.certain, "source": d.source,
                "place": place_text(d.blocks[at].locator) if at >= 0 else "",
                "before": before, "text": d.text[hit.start:hit.end], "after": after,
                "vedlegg": "vedlegg 2" if d.current_answer else "vedlegg 1"})
    return sorted(rows, key=lambda r: not r["certain"])


def _news(changes, earlier: Earlier, titles: dict[str, str]) -> dict:
    voices = Counter(b for s in changes.statements for b in s.bodies or ("ukjent avsender",))
    return {
        "made": date_text(earlier.made) if earlier.made else "", "empty": not changes,
        "files": [{"source": s, "what": what} for s, what in changes.files],
        "answered": changes.answered, "gone": changes.gone_bodies,
        "voices": [f"{body}: {n}" for body, n in sorted(voices.items())], "statements": len(changes.statements),
        "gone_statements": [{"text": s.text, "lang": s.language, "source": s.source} for s in changes.gone_statements],
        "moved": [{"id": s.id, "text": s.text, "lang": s.language, "was": titles.get(was, was),
                   "now": titles.get(s.theme, s.theme)} for was, s in changes.moved],
        "points": [{"id": p.id, "text": f"{p.quantifier}: {p.text}", "theme": titles.get(p.theme, p.theme)}
                   for p in changes.points],
        "changed": [{"id": p.id, "was": f"{was.quantifier}: {was.text}", "now": f"{p.quantifier}: {p.text}",
                     "theme": titles.get(p.theme, p.theme)} for was, p in changes.changed],
        "gone_points": [{"text": f"{p.quantifier}: {p.text}", "theme": titles.get(p.theme, p.theme)}
                        for p in changes.gone_points],
        "findings": [f.message for f in changes.findings],
    }


def _with_policy(page: bytes, source: Path) -> bytes:
    """Fill in the content security policy: only this page's own style and script, and nothing from outside."""
    def digest(tag: str) -> str:
        start = page.find(f"<{tag}>".encode()) + len(tag) + 2
        end = page.find(f"</{tag}>".encode(), start)
        if start < len(tag) + 2 or end < 0:
            raise TemplateError(f"Malen {source} mangler <{tag}>…</{tag}>. Hent den tilbake fra pakken.")
        return "'sha256-" + base64.b64encode(hashlib.sha256(page[start:end]).digest()).decode() + "'"

    policy = (f"default-src 'none'; style-src {digest('style')}; script-src {digest('script')}; base-uri 'none'; "
              "form-action 'none'")
    return page.replace(b"@@POLICY@@", policy.encode(), 1)
