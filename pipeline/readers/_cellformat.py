"""How a cell's number reads on the page: dates as 12.10.2025, no ".0", percent, SANN/USANN."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

# ECMA-376 part 1, 18.8.30: built-in formats that show a date or a time
_DATES = frozenset([14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58])
_TIMES = frozenset([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56])
_PERCENTS = frozenset((9, 10))
_LITERAL = re.compile(r"\"[^\"]*\"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE)


@lru_cache(maxsize=2048)
def kind_of(number: int, code: str | None) -> str:
    """ "date", "time", "datetime", "percent" or "" for a number format."""
    if code is None:
        if number == 22:
            return "datetime"
        return "date" if number in _DATES else "time" if number in _TIMES else "percent" if number in _PERCENTS else ""
    bare = _LITERAL.sub("", code.split(";")[0]).lower()
    if "general" in bare or "standard" in bare or "@" in bare:
        return ""
    day = (
        any(c in bare for c in "dy")
        or bool(re.search(r"(?<![hs:])m{1,5}(?![:s])", bare) and not re.search("[hs]", bare) and "0" not in bare)
        or "å" in bare
    )
    clock = bool(re.search("[hst]", bare))
    if day and re.search("[hs]", bare):
        return "datetime"
    if day:
        return "date"
    if clock and re.search(r"h|s", bare):
        return "time"
    return "percent" if "%" in bare else ""


def show(value: float, kind: str, epoch_1904: bool = False) -> str:
    """The number as the reader of the page sees it; days since 1900 (or 1904) for dates."""
    if kind in ("date", "datetime", "time"):
        try:
            return _moment(value, kind, epoch_1904)
        except (OverflowError, ValueError):
            return plain(value)
    if kind == "percent":
        return f"{plain(round(value * 100, 10))} %"
    return plain(value)


def _moment(value: float, kind: str, epoch_1904: bool) -> str:
    if value < 0 or value > 2_958_466:  # the year 9999
        raise ValueError
    days, share = divmod(value, 1)
    seconds = round(share * 86400)
    if kind == "time" and value >= 1:
        return f"{int(round(value * 86400) // 3600)}:{int(round(value * 86400) % 3600 // 60):02d}"
    if kind == "time" or days == 0:
        return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"
    # Excel believes in 29 February 1900
    start = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 31) if days < 60 else datetime(1899, 12, 30)
    return moment(start + timedelta(days=int(days), seconds=seconds), kind == "datetime")


def moment(at: datetime, clock: bool) -> str:
    """ "12.10.2025", with " 08:30" when ``clock`` and it is not midnight."""
    text = f"{at.day:02d}.{at.month:02d}.{at.year}"
    return text + (f" {at.hour:02d}:{at.minute:02d}" if clock and (at.hour or at.minute or at.second) else "")


def plain(value: float) -> str:
    """ "3", "1.1", "0.333333333333333": at most fifteen digits, as Excel keeps them."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}"
