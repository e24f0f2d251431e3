"""Reading single elements of WordprocessingML: branches, controls, symbols, what holds text."""

from __future__ import annotations

import re

from pipeline.readers._common import clean
from pipeline.readers._word_styles import LOCAL, is_on, value
from pipeline.readers._word_symbols import glyph


def symbol(element) -> str:
    code = value(element, "char") or ""
    try:
        return glyph(int(code, 16), value(element, "font") or "") if len(code) <= 6 else ""
    except ValueError:
        return ""


def branch(element):
    """The one branch of an ``mc:AlternateContent`` that is read: the first that says something."""
    branches = [c for c in element if LOCAL[c.tag] in ("Choice", "Fallback")]
    spoken = ("{*}t", "{*}sym", "{*}textpath", "{*}relIds", "{*}chart", "{*}footnoteReference")
    return next((b for b in branches if next(b.iter(*spoken), None) is not None), branches[0] if branches else None)


def plain(element) -> str:
    return "".join(e.text or "" if LOCAL[e.tag] == "t" else symbol(e) for e in element.iter("{*}t", "{*}sym"))


def has_text(element) -> bool:
    return any(e.text and not e.text.isspace() for e in element.iter("{*}t"))


def holds_objects(element) -> bool:
    """Whether there is more in a control than its text."""
    return element is not None and next(
        element.iter("{*}drawing", "{*}pict", "{*}object", "{*}tbl", "{*}sdt"), None) is not None


def result_follows(begin) -> bool:
    """Whether a form field's displayed text stands between its ``separate`` and ``end``."""
    run = begin.getparent()
    for _ in range(12):
        run = run.getnext() if run is not None else None
        if run is None:
            return False
        for mark in run.iter("{*}fldChar"):
            if value(mark, "fldCharType") == "end":
                return False
        if has_text(run):
            return True
    return False


def control(element) -> tuple[dict, object]:
    """(properties, content) of an ``sdt``.

    Properties: name, placeholder, checked ("0"/"1"), choices (displayed texts), value (what a list or date is set
    to), binding (dict of xpath, storeItemID, prefixMappings spread into the properties).
    """
    found: dict = {}
    content = None
    for child in element:
        kind = LOCAL[child.tag]
        if kind == "sdtContent":
            content = child
        elif kind == "sdtPr":
            for c in child:
                what = LOCAL[c.tag]
                if what == "alias":
                    found["name"] = clean(value(c) or "")
                elif what == "showingPlcHdr":
                    found["placeholder"] = is_on(c)
                elif what == "checkbox":
                    mark = next((m for m in c if LOCAL[m.tag] == "checked"), None)
                    found["checked"] = "1" if mark is not None and is_on(mark) else "0"
                elif what in ("dropDownList", "comboBox"):
                    pairs = {value(i, "value") or "": value(i, "displayText") or value(i, "value") or ""
                             for i in c if LOCAL[i.tag] == "listItem"}
                    found["choices"] = tuple(text for stored, text in pairs.items() if stored)
                    last = value(c, "lastValue")
                    if last:
                        found["value"] = pairs.get(last, last)
                elif what == "date":
                    found["value"] = norwegian_date(value(c, "fullDate") or "")
                elif what == "dataBinding":
                    found["binding"] = True
                    for key, text in c.attrib.items():
                        found[LOCAL[key]] = text
    return found, content


def norwegian_date(stamp: str) -> str:
    m = re.match(r"(\d{4})-(\d{2})-(\d{2})", stamp)
    return f"{m[3]}.{m[2]}.{m[1]}" if m else ""
