"""What a chart part says in words."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.readers._word_styles import LOCAL


def chart_lines(root) -> Iterator[str]:
    """What a chart says: its titles, then each series with its categories and values."""
    for title in root.iter("{*}title", "{*}legend", "{*}userShapes", "{*}txData"):
        text = " ".join(t.text or "" for t in title.iter("{*}t", "{*}v"))
        if text.strip():
            yield text
    for series in root.iter("{*}ser"):
        columns: dict[str, list[str]] = {}
        for child in series:
            kind = LOCAL[child.tag]
            if kind in ("tx", "cat", "val", "xVal", "yVal"):
                columns[kind] = [v.text or "" for v in child.iter("{*}v")]
        names = columns.get("cat") or columns.get("xVal") or []
        values = columns.get("val") or columns.get("yVal") or []
        pairs = [f"{a} {b}".strip() for a, b in zip(names, values, strict=False)] or names or values
        head = " ".join(columns.get("tx", []))
        yield f"{head}: {'; '.join(pairs)}" if head else "; ".join(pairs)
    for level in root.iter("{*}lvl"):
        points = [p.text or "" for p in level.iter("{*}pt") if LOCAL[p.tag] == "pt" and p.text and p.text.strip()]
        if points:
            yield "; ".join(points)
