"""Conditional formats of one sheet, evaluated: which cells they colour, and how.

Known: cellIs, containsText and its kin, blanks, expressions (see ``_formula``), colour scales, and
icon sets of the traffic-light kind. Others leave the cell as it is.
Source: ECMA-376 part 1, 18.3.1.10 (cfRule), 18.18.12 (types).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.readers import _colour
from pipeline.readers._formula import Unknown, Value, column_number, compare, evaluate, number, text

_OPERATORS = {
    "equal": "=",
    "notEqual": "<>",
    "lessThan": "<",
    "greaterThan": ">",
    "lessThanOrEqual": "<=",
    "greaterThanOrEqual": ">=",
}
_RED, _YELLOW, _GREEN, _BLACK = "FF0000", "FFC000", "00B050", "000000"
ICONS = dict.fromkeys(("3TrafficLights1", "3TrafficLights2", "3Signs", "3Symbols", "3Symbols2", "3Flags"), (_RED, _YELLOW, _GREEN))
ICONS["4TrafficLights"] = (_BLACK, _RED, _YELLOW, _GREEN)


@dataclass(slots=True)
class Rule:
    kind: str
    priority: int
    areas: tuple[tuple[int, int, int, int], ...]  # top, left, bottom, right
    formulas: tuple[str, ...] = ()
    operator: str = ""
    text: str = ""
    fill: str | None = None
    stop: bool = False
    points: tuple[tuple[str, str], ...] = ()  # of a scale or icon set: (type, value)
    colours: tuple[str, ...] = ()
    reverse: bool = False
    bounds: tuple[float, ...] = field(default=())

    def covers(self, row: int, col: int) -> bool:
        return any(t <= row <= b and left <= col <= r for t, left, b, r in self.areas)


def rules(element, dxfs: Sequence[str | None], palette: _colour.Palette, fill_of: Callable) -> list[Rule]:
    """The rules of one ``conditionalFormatting`` element, in either of Excel's two spellings."""
    sqref = element.get("sqref") or next((e.text for e in element if _local(e) == "sqref"), "") or ""
    areas = tuple(a for a in map(_area, sqref.replace("$", "").split()) if a)
    out = []
    for r in (e for e in element if _local(e) == "cfRule"):
        dxf = r.get("dxfId") or ""
        fill = dxfs[int(dxf)] if dxf.isdigit() and int(dxf) < len(dxfs) else None
        inline = next((e for e in r if _local(e) == "dxf"), None)
        if inline is not None:
            own = next((e for e in inline if _local(e) == "fill"), None)
            fill = fill_of(own) if own is not None else fill
        rule = Rule(
            kind=r.get("type") or "",
            priority=int(p) if (p := r.get("priority") or "0").isdigit() else 0,
            areas=areas,
            formulas=tuple((e.text or "").strip() for e in r if _local(e) in ("formula", "f")),
            operator=r.get("operator") or "",
            text=r.get("text") or "",
            fill=fill,
            stop=r.get("stopIfTrue") in ("1", "true"),
        )
        scale = next((e for e in r if _local(e) in ("colorScale", "iconSet")), None)
        if scale is not None:
            rule.points = tuple(
                (e.get("type") or "", e.get("val") or next((f.text or "" for f in e if _local(f) == "f"), ""))
                for e in scale
                if _local(e) == "cfvo"
            )
            rule.reverse = scale.get("reverse") in ("1", "true")
            if _local(scale) == "iconSet":
                rule.colours = ICONS.get(scale.get("iconSet") or "3TrafficLights1", ())
            else:
                rule.colours = tuple(palette.colour(e) or "FFFFFF" for e in scale if _local(e) == "color")
        if areas:
            out.append(rule)
    return out


def apply(found: list[Rule], cells: Sequence) -> None:
    """Sets ``cell.fill`` (cells with row, col, value) to what the first fitting rule paints."""
    values: dict[tuple[int, int], Value] = {(c.row, c.col): c.value for c in cells}
    found = sorted(found, key=lambda r: r.priority)
    for rule in found:
        if rule.colours:
            numbers = sorted(
                float(c.value)
                for c in cells
                if isinstance(c.value, float) and not isinstance(c.value, bool) and rule.covers(c.row, c.col)
            )
            rule.bounds = tuple(_bounds(rule, numbers))
    for cell in cells:
        for rule in found:
            if not rule.covers(cell.row, cell.col):
                continue
            fill = _painted(rule, cell.row, cell.col, cell.value, values)
            if fill is not None:
                cell.fill = fill or cell.fill
                if fill or rule.stop:
                    break


def _painted(rule: Rule, row: int, col: int, value: Value, values: dict[tuple[int, int], Value]) -> str | None:
    """The colour, "" where the rule holds without a colour, None where it does not hold."""
    if rule.colours:
        if not isinstance(value, float) or not rule.bounds:
            return None
        return _icon(rule, value) if rule.kind == "iconSet" else _scaled(rule, value)
    try:
        return (rule.fill or "") if _holds(rule, row, col, value, values) else None
    except Unknown:
        return None


def _holds(rule: Rule, row: int, col: int, value: Value, values: dict[tuple[int, int], Value]) -> bool:
    top, left = min(a[0] for a in rule.areas), min(a[1] for a in rule.areas)
    shift = (row - top, col - left)

    def formula(i: int) -> Value:
        if i >= len(rule.formulas):
            raise Unknown
        return evaluate(rule.formulas[i], lambda r, c: values.get((r, c)), shift)

    shown = text(value).casefold()
    match rule.kind:
        case "cellIs":
            if rule.operator in ("between", "notBetween"):
                low, high = formula(0), formula(1)
                inside = compare(">=", value, low) and compare("<=", value, high)
                return inside == (rule.operator == "between") and value is not None
            if value is None and rule.operator not in ("equal", "notEqual"):
                return False
            return compare(_OPERATORS.get(rule.operator, "="), value, formula(0))
        case "containsText" | "notContainsText" | "beginsWith" | "endsWith" if rule.text:
            needle = rule.text.casefold()
            return {
                "containsText": needle in shown,
                "notContainsText": needle not in shown,
                "beginsWith": shown.startswith(needle),
                "endsWith": shown.endswith(needle),
            }[rule.kind]
        case "containsBlanks":
            return not shown.strip()
        case "notContainsBlanks":
            return bool(shown.strip())
        case "expression" | "containsText" | "notContainsText" | "beginsWith" | "endsWith":
            result = formula(0)
            return result is True or (isinstance(result, float) and result != 0)
    return False


def _bounds(rule: Rule, numbers: list[float]) -> Iterator[float]:
    """The numbers at which a scale's or icon set's points stand; none when they cannot be known."""
    if not numbers:
        return
    low, high = numbers[0], numbers[-1]
    out = []
    for kind, value in rule.points:
        try:
            v = number(evaluate(value, lambda r, c: None)) if value else 0.0
        except Unknown:
            return
        if kind in ("min", "autoMin"):
            out.append(low)
        elif kind in ("max", "autoMax"):
            out.append(high)
        elif kind == "percent":
            out.append(low + (high - low) * v / 100)
        elif kind == "percentile":
            at = (len(numbers) - 1) * v / 100
            below = int(at)
            above = min(below + 1, len(numbers) - 1)
            out.append(numbers[below] + (numbers[above] - numbers[below]) * (at - below))
        else:
            out.append(v)
    if len(out) == len(rule.colours):
        yield from out


def _icon(rule: Rule, value: float) -> str:
    colours = rule.colours[::-1] if rule.reverse else rule.colours
    return next((c for c, bound in list(zip(colours, rule.bounds, strict=True))[:0:-1] if value >= bound), colours[0])


def _scaled(rule: Rule, value: float) -> str:
    points = list(zip(rule.bounds, rule.colours, strict=True))
    if value <= points[0][0]:
        return points[0][1]
    for (a, low), (b, high) in pairwise(points):
        if value <= b:
            return _colour.between(low, high, (value - a) / (b - a) if b > a else 1.0)
    return points[-1][1]


def _area(ref: str) -> tuple[int, int, int, int] | None:
    m = re.fullmatch(r"([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?", ref)
    if m:
        left, top = column_number(m[1]), int(m[2])
        return top, left, int(m[4] or top), column_number(m[3]) if m[3] else left
    m = re.fullmatch(r"([A-Z]{1,3}):([A-Z]{1,3})", ref)
    if m:
        return 1, column_number(m[1]), 1_048_576, column_number(m[2])
    m = re.fullmatch(r"(\d+):(\d+)", ref)
    return (int(m[1]), 1, int(m[2]), 16_384) if m else None


def _local(element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
