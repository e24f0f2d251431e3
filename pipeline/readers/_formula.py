"""Formulas of conditional formats, as far as people write them: comparisons, AND/OR/NOT and text functions.

``evaluate`` returns a value or raises Unknown; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

_TOKEN = re.compile(
    r"\s*(?:(?P<num>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?%?)|(?P<str>\"(?:[^\"]|\"\")*\")"
    r"|(?P<func>[A-Za-z_.]+(?:\.[A-Za-z]+)*)\s*(?=\()|(?P<ref>\$?[A-Za-z]{1,3}\$?\d{1,7}(?![\w(]))"
    r"|(?P<bool>TRUE|FALSE|SANN|USANN)\b|(?P<op><=|>=|<>|[=<>&+\-*/^(),;:]))",
    re.IGNORECASE,
)
_LEVELS = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))

Value = str | float | bool | None


class Unknown(Exception):
    """The formula uses something that is not understood here."""


@lru_cache(maxsize=512)
def _tokens(formula: str) -> tuple[tuple[str, str], ...]:
    out, at = [], 0
    text = formula.strip().removeprefix("=")
    if len(text) > 2000:
        raise Unknown
    while at < len(text):
        m = _TOKEN.match(text, at)
        if not m or m.end() == at:
            if text[at:].strip():
                raise Unknown
            break
        out.append((m.lastgroup or "", m[m.lastgroup or 0]))
        at = m.end()
    return tuple(out)


def evaluate(formula: str, cell: Callable[[int, int], Value], shift: tuple[int, int] = (0, 0)) -> Value:
    """The formula's value. ``cell(row, col)`` gives values, ``shift`` moves relative references."""
    parser = _Parser(_tokens(formula), cell, shift)
    try:
        value = parser.expression(0, 0)
    except _ValueError:
        return False  # an error value never satisfies a condition
    except (RecursionError, OverflowError, re.error) as error:
        raise Unknown from error
    if parser.at != len(parser.tokens):
        raise Unknown
    return value


class _Parser:
    def __init__(
        self, tokens: tuple[tuple[str, str], ...], cell: Callable[[int, int], Value], shift: tuple[int, int]
    ) -> None:
        self.tokens, self.cell, self.shift, self.at = tokens, cell, shift, 0

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("", "")

    def take(self, *texts: str) -> str | None:
        kind, text = self.peek()
        if kind == "op" and text in texts:
            self.at += 1
            return text
        return None

    def expression(self, level: int, depth: int) -> Value:
        if depth > 60:
            raise Unknown
        if level == len(_LEVELS):
            return self.unary(depth)
        left = self.expression(level + 1, depth + 1)
        while (op := self.take(*_LEVELS[level])) is not None:
            left = _apply(op, left, self.expression(level + 1, depth + 1))
        return left

    def unary(self, depth: int) -> Value:
        if self.take("-"):
            return -number(self.unary(depth + 1))
        if self.take("+"):
            return self.unary(depth + 1)
        kind, text = self.peek()
        self.at += 1
        if kind == "num":
            return float(text[:-1]) / 100 if text.endswith("%") else float(text)
        if kind == "str":
            return text[1:-1].replace('""', '"')
        if kind == "bool":
            return text.upper() in ("TRUE", "SANN")
        if kind == "ref":
            return self.cell(*self.where(text))
        if kind == "op" and text == "(":
            value = self.expression(0, depth + 1)
            self.need(")")
            return value
        if kind == "func":
            self.need("(")
            return self.call(text.upper(), depth)
        raise Unknown

    def need(self, text: str) -> None:
        if not self.take(text):
            raise Unknown

    def where(self, text: str) -> tuple[int, int]:
        m = re.fullmatch(r"(\$?)([A-Za-z]{1,3})(\$?)(\d+)", text)
        col, row = column_number(m[2]), int(m[4])
        return row + (0 if m[3] else self.shift[0]), col + (0 if m[1] else self.shift[1])

    def call(self, name: str, depth: int) -> Value:
        args: list[Value] = []
        if not self.take(")"):
            while True:
                try:
                    args.append(self.expression(0, depth + 1))
                except _ValueError as error:
                    args.append(error)  # type: ignore[arg-type]
                    while self.at < len(self.tokens) and self.peek()[1] not in (",", ";", ")"):
                        self.at += 1
                if self.take(")"):
                    break
                if not self.take(",", ";"):
                    raise Unknown
        if name in ("ISNUMBER", "ISERROR", "IFERROR"):
            failed = isinstance(args[0], Exception) if args else True
            if name == "ISERROR":
                return failed
            if name == "IFERROR":
                return args[1] if failed and len(args) > 1 else args[0]
            return not failed and isinstance(args[0], float | int) and not isinstance(args[0], bool)
        for arg in args:
            if isinstance(arg, Exception):
                raise arg
        function = _FUNCTIONS.get(name)
        if function is None:
            raise Unknown
        try:
            return function(*args)
        except TypeError as error:
            raise Unknown from error


class _ValueError(Exception):
    """Excel's #VALUE!: a text that is not found, say."""


def text(value: Value) -> str:
    """As Excel joins it into text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def number(value: Value) -> float:
    """As Excel calculates with it. Raises Unknown for text that is no number."""
    if value is None or value == "":
        return 0.0
    try:
        return float(value)
    except ValueError as error:
        raise Unknown from error


def compare(op: str, left: Value, right: Value) -> bool:
    """Excel's comparison: numbers before text, text without regard to case, an empty cell equals 0 and ""."""
    if left is None:
        left = "" if isinstance(right, str) else 0.0
    if right is None:
        right = "" if isinstance(left, str) else 0.0

    def key(v: Value) -> tuple[int, float | str]:
        if isinstance(v, bool):
            return 2, float(v)
        return (1, v.casefold()) if isinstance(v, str) else (0, float(v))

    a, b = key(left), key(right)
    return {"=": a == b, "<>": a != b, "<": a < b, ">": a > b, "<=": a <= b, ">=": a >= b}[op]


def _apply(op: str, left: Value, right: Value) -> Value:
    if op in _LEVELS[0]:
        return compare(op, left, right)
    if op == "&":
        return text(left) + text(right)
    a, b = number(left), number(right)
    try:
        return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b, "^": lambda: a**b}[op]()
    except (ZeroDivisionError, OverflowError) as error:
        raise _ValueError from error


def _search(needle: Value, hay: Value, start: Value = 1.0) -> float:
    pattern = re.escape(text(needle).casefold()).replace(r"\*", ".*").replace(r"\?", ".")
    m = re.compile(pattern, re.DOTALL).search(text(hay).casefold(), max(int(number(start)) - 1, 0))
    if m is None:
        raise _ValueError
    return float(m.start() + 1)


def _find(needle: Value, hay: Value, start: Value = 1.0) -> float:
    at = text(hay).find(text(needle), max(int(number(start)) - 1, 0))
    if at < 0:
        raise _ValueError
    return float(at + 1)


def _truth(value: Value) -> bool:
    return bool(number(value)) if not isinstance(value, bool) else value


_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "AND": lambda *a: all(_truth(v) for v in a),
    "OR": lambda *a: any(_truth(v) for v in a),
    "NOT": lambda a: not _truth(a),
    "IF": lambda a, b=True, c=False: b if _truth(a) else c,
    "ISBLANK": lambda a: a is None,
    "ISTEXT": lambda a: isinstance(a, str),
    "LEN": lambda a: float(len(text(a))),
    "TRIM": lambda a: " ".join(text(a).split()),
    "UPPER": lambda a: text(a).upper(),
    "LOWER": lambda a: text(a).lower(),
    "LEFT": lambda a, n=1.0: text(a)[: int(number(n))],
    "RIGHT": lambda a, n=1.0: text(a)[-int(number(n)) :] if number(n) else "",
    "MID": lambda a, s, n: text(a)[int(number(s)) - 1 : int(number(s)) - 1 + int(number(n))],
    "EXACT": lambda a, b: text(a) == text(b),
    "SEARCH": _search,
    "FIND": _find,
    "VALUE": number,
    "MOD": lambda a, b: number(a) % number(b) if number(b) else 0.0,
    "ABS": lambda a: abs(number(a)),
}


def column_number(letters: str) -> int:
    """ "A" -> 1, "AA" -> 27."""
    n = 0
    for letter in letters.upper():
        n = n * 26 + ord(letter) - 64
    return n


def column_letters(n: int) -> str:
    """1 -> "A", 27 -> "AA"."""
    out = ""
    while n:
        n, rest = divmod(n - 1, 26)
        out = chr(65 + rest) + out
    return out
