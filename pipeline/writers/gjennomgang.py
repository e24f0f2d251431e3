"""``gjennomgang.html``: the reviewer's page, one self-contained file without network or server."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from pathlib import Path

from jinja2 import StrictUndefined, TemplateError as JinjaError
from jinja2.sandbox import SandboxedEnvironment

from pipeline import references
from pipeline.errors import TemplateError
from pipeline.model import CaseResult, Statement
from pipeline.norsk import date_text

NAME = "gjennomgang.html"
TEMPLATE = "gjennomgang.html"

KIND_WORDS = {
    "answer": "svar", "action_plan": "handlingsplan", "case_paper": "saksdokument", "earlier_case": "tidligere sak",
    "minutes": "referat", "email": "e-post", "archive": "pakkefil", "unknown": "ukjent",
}
STATUS_WORDS = {"ok": "lest", "failed": "kunne ikke leses", "unsupported": "ukjent filtype"}
TYPE_WORDS = {"substance": "utsagn", "no_remarks": "ingen merknader", "endorsement": "slutter seg til andre", "noise": "ikke innspill"}
NOISE_WORD = "ikke innspill"


def render(result: CaseResult, templates: Path) -> bytes:
    """The page as UTF-8. Raises TemplateError."""
    source = templates / TEMPLATE
    try:
        environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        page = environment.from_string(source.read_text(encoding="utf-8")).render(context(result))
    except OSError as error:
        raise TemplateError(f"Malen {source} kan ikke leses ({error.strerror}). Hent den tilbake fra pakken.") from None
    except JinjaError as error:
        raise TemplateError(f"Malen {source} har en feil: {error}. Rett den, eller hent den tilbake fra pakken.") from None
    return _with_policy(page).encode("utf-8", "replace")


def context(result: CaseResult) -> dict:
    """What the template can use."""
    titles = {t.key: t.title for t in result.settings.themes} | {"none": NOISE_WORD}
    passages = references.passages(result)
    statements = sorted(result.statements, key=lambda s: (not s.needs_review, s.source, s.start))
    voices = [s for s in statements if s.type != "noise"]
    used = {i for p in result.points for i in p.statement_ids}
    return {
        "case": result.settings.case, "name": result.name,
        "today": date_text(result.today) if result.today else "",
        "noun": result.settings.quantifiers.noun, "nouns": result.settings.quantifiers.noun_definite,
        "register": _register(result), "documents": [_document(d) for d in result.documents],
        "findings": [{"message": f.message, "source": f.source or "", "locator": f.locator or ""} for f in result.findings],
        "bodies": list(result.settings.body_names()),
        "matrix": _matrix(result),
        "themes": [{"key": t.key, "title": t.title, "points": [
            {"text": p.text, "quantifier": p.quantifier, "bodies": ", ".join(p.bodies), "review": p.needs_review,
             "opposes": bool(p.opposes), "evidence": list(p.statement_ids)} for p in result.points_of(t.key)]}
            for t in result.settings.themes],
        "statements": [_statement(s, titles, passages, used) for s in voices],
        "noise": [_statement(s, titles, passages, used) for s in statements if s.type == "noise"],
        "unsure": sum(s.needs_review for s in voices),
        "counts": {"statements": len(voices), "points": len(result.points), "measures": len(result.plan.rows)},
    }


def _register(result: CaseResult) -> list[dict]:
    documents = {name: [result.document(s) for s in sources] for name, sources in result.register.answers}
    silent = {b for b in result.register.answered
              if all(s.type in {"noise", "no_remarks"} for s in result.statements if b in s.bodies)}
    rows = []
    for name in result.settings.body_names():
        answers = documents.get(name, [])
        state = "mangler" if not answers else "for sent innkommet" if name in result.register.late else "har svart"
        if name in silent and answers:
            state += ", ingen merknader"
        days = [date_text(d.dated) for d in answers if d.dated]
        rows.append({"body": name, "state": state, "missing": not answers, "sources": [d.source for d in answers], "dated": days})
    return rows


def _document(d) -> dict:
    return {"source": d.source, "kind": KIND_WORDS[d.kind], "bodies": ", ".join(d.bodies), "status": STATUS_WORDS[d.status],
            "failed": d.status != "ok", "error": d.error or "", "why": d.recognised_by, "replaced": d.superseded_by or ""}


def _matrix(result: CaseResult) -> dict:
    """Statements per theme and body, with row and column sums; silence (0) told apart from "ingen merknader"."""
    import pandas as pd

    names, keys = list(result.settings.body_names()), [t.key for t in result.settings.themes]
    counted = Counter((s.theme, b) for s in result.statements if s.type in {"substance", "endorsement"} for b in s.bodies)
    table = pd.DataFrame(0, index=keys, columns=names, dtype=int)
    for (theme, body), n in counted.items():
        if theme in table.index and body in table.columns:
            table.loc[theme, body] = n
    nothing = {(q_theme, b) for s in result.statements if s.type == "no_remarks" and s.question for b in s.bodies
               for q_theme in result.settings.question(s.question).themes}
    return {
        "rows": [{"title": result.settings.theme(k).title, "sum": int(table.loc[k].sum()), "cells": [
            {"count": int(table.loc[k, n]), "no_remarks": (k, n) in nothing, "missing": n in result.register.missing}
            for n in names]} for k in keys],
        "sums": [int(table[n].sum()) for n in names],
    }


def _statement(s: Statement, titles: dict[str, str], passages: dict, used: set[str]) -> dict:
    return {
        "id": s.id, "text": s.text, "lead_in": s.lead_in, "body": ", ".join(s.bodies) or "ukjent avsender", "source": s.source,
        "locator": s.locator, "question": s.question or "", "theme": titles.get(s.theme, s.theme),
        "others": ", ".join(f"{titles.get(t.theme, t.theme)} {t.score:.0%}" for t in s.themes[1:3] if t.score >= 0.1),
        "confidence": f"{s.confidence:.0%}", "review": s.needs_review, "reason": s.review_reason, "type": TYPE_WORDS[s.type],
        "lang": s.language, "label": passages[s.id].label if s.id in passages else "",
        "used": s.id in used, "unused": s.unused or "", "noise": s.noise,
    }


def _with_policy(page: str) -> str:
    """Fill in the content security policy: only this page's own style and script, and nothing from outside."""
    def digest(tag: str) -> str:
        start = page.index(f"<{tag}>") + len(tag) + 2
        inner = page[start:page.index(f"</{tag}>", start)]
        return "'sha256-" + base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode() + "'"

    policy = f"default-src 'none'; style-src {digest('style')}; script-src {digest('script')}; base-uri 'none'; form-action 'none'"
    return page.replace("@@POLICY@@", policy, 1)
