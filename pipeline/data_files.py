"""The machine-readable outputs under ``data/``: JSON Lines, UTF-8, one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable

from pipeline.model import CaseResult, Document, Finding, PlanRow, Point, Statement


def render(result: CaseResult) -> dict[str, bytes]:
    """Every data file but run.json, by its path under the case's output folder."""
    return {
        "data/documents.jsonl": _lines(map(_document, result.documents)),
        "data/statements.jsonl": _lines(map(_statement, result.statements)),
        "data/points.jsonl": _lines(map(_point, result.points)),
        "data/matrix.jsonl": _lines(map(_row, result.plan.rows)),
        "data/register.json": as_json(_register(result)),
    }


def as_json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _lines(records: Iterable[dict]) -> bytes:
    return b"".join((json.dumps(r, ensure_ascii=False) + "\n").encode("utf-8", "replace") for r in records)


def _document(d: Document) -> dict:
    return {
        "source": d.source, "kind": d.kind, "bodies": d.bodies, "body": d.body, "status": d.status, "error": d.error,
        "format": d.format, "parent": d.parent, "dated": d.dated.isoformat() if d.dated else None, "late": d.late,
        "superseded_by": d.superseded_by, "language": d.language, "recognised_by": d.recognised_by,
        "sha256": d.sha256, "text": d.text,
    }


def _statement(s: Statement) -> dict:
    return {
        "id": s.id, "bodies": s.bodies, "body": s.bodies[0] if s.bodies else None, "source": s.source,
        "start": s.start, "end": s.end, "locator": s.locator, "question": s.question, "text": s.text, "type": s.type,
        "theme": s.theme, "themes": [{"theme": t.theme, "score": round(t.score, 4)} for t in s.themes],
        "confidence": round(s.confidence, 4), "needs_review": s.needs_review, "unused": s.unused,
        "noise": s.noise or None, "review_reason": s.review_reason or None, "lead_in": s.lead_in or None,
        "language": s.language, "place": s.place, "endorses": s.endorses,
    }


def _point(p: Point) -> dict:
    return {
        "id": p.id, "theme": p.theme, "text": p.text, "bodies": p.bodies, "quantifier": p.quantifier,
        "statement_ids": p.statement_ids, "opposes": p.opposes, "endorsed_by": p.endorsed_by, "similar_to": p.similar_to,
        "reservation": p.reservation, "needs_review": p.needs_review,
    }


def _row(r: PlanRow) -> dict:
    return {
        "number": r.number, "focus_area": r.focus_area, "goal": r.goal, "subgoal": r.subgoal, "measure": r.measure,
        "responsible": r.responsible, "deadline": r.deadline, "status": r.status, "status_text": r.status_text,
        "comment": r.comment, "fill": r.fill, "extra": r.extra, "source": r.source, "locator": r.locator, "also_in": r.also_in,
    }


def finding(f: Finding) -> dict:
    return {"kind": f.kind, "message": f.message, "source": f.source, "locator": f.locator}


def _register(result: CaseResult) -> dict:
    r = result.register
    return {
        "answered": r.answered, "missing": r.missing, "late": r.late, "superseded": r.superseded,
        "answers": dict(r.answers),
        "findings": [finding(f) for f in result.findings],
    }
