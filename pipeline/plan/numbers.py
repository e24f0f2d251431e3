"""Numbers: printed hierarchical ones are kept, the rest is made as fokusområde.hovedmål.tiltak ("1.3.2")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.norsk import plain
from pipeline.plan.cells import RawRow

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}


@dataclass(slots=True)
class Place:
    """Where a tiltak stands: "1", "1.3", "1.3.2"; "" where the plan has no such level."""

    focus: str = ""
    goal: str = ""
    measure: str = ""


def number_rows(rows: Sequence[RawRow]) -> list[Place]:
    """One place a row, in the rows' order. A number is never given twice unless the plan prints it twice."""
    rows = list(rows)
    focus_keys = _focus_keys(rows)
    goal_keys = _goal_keys(rows, focus_keys)
    printed = [_dotted(row.number) for row in rows]
    keep = _kept(printed)
    focus_numbers = _focus_numbers(rows, focus_keys, printed if keep else [""] * len(rows))
    goal_numbers = _goal_numbers(rows, focus_keys, goal_keys, focus_numbers, printed if keep else [""] * len(rows))
    used = {number for number in printed if keep and number}
    places, running = [], Counter()
    for at, row in enumerate(rows):
        focus = focus_numbers.get(focus_keys[at], "")
        goal = goal_numbers.get(goal_keys[at], "") if row.goal else ""
        if keep and printed[at]:
            number = printed[at]
        else:
            group = (goal or focus,)
            lead = goal or focus
            while True:
                running[group] += 1
                number = ".".join(p for p in (lead, str(running[group])) if p)
                if number not in used:
                    break
            used.add(number)
        places.append(Place(focus, goal, number))
    return places


def _dotted(number: str) -> str:
    """ "1.3.2a" of " 1.3.2 a."; "" for a number that has one level only."""
    match = re.fullmatch(r"\s*(\d{1,2}(?:\.\d{1,2}){1,3})\s?([a-hA-H]?)\.?\s*", number)
    return match[1] + match[2].lower() if match else ""


def _kept(printed: Sequence[str]) -> bool:
    """Printed numbers count when nearly all tiltak have one, and nearly all differ (not where 1.10 became 1.1)."""
    have = [n for n in printed if n]
    return len(have) * 5 >= len(printed) * 4 and len(set(have)) * 10 >= len(have) * 8


def _focus_keys(rows: Sequence[RawRow]) -> list[str]:
    return [plain(f"{row.focus_no} {row.focus}") for row in rows]


def _goal_keys(rows: Sequence[RawRow], focus_keys: Sequence[str]) -> list[tuple]:
    """A goal that comes back after another one is a new goal, unless the whole list is unsorted."""
    runs: dict[str, list[tuple]] = {}
    for focus, row in zip(focus_keys, rows, strict=True):
        run = (plain(row.goal), row.goal_no, row.goal_run)
        if run not in runs.setdefault(focus, []):
            runs[focus].append(run)
    unsorted = {focus for focus, found in runs.items() if len(found) > 2 * len({r[:2] for r in found})}
    return [
        (focus, plain(row.goal), row.goal_no, 0 if focus in unsorted else row.goal_run)
        for focus, row in zip(focus_keys, rows, strict=True)
    ]


def _ordinal(text: str) -> str:
    """The last level of a printed ordinal in figures: "3" of "1.3", "4" of "IV", "2" of "B"; "" for none."""
    last = text.strip(" .:)").rsplit(".", 1)[-1]
    if last.isdigit():
        return str(int(last))
    if last.upper() in _ROMAN:
        return str(_ROMAN[last.upper()])
    return str(ord(last.upper()) - 64) if len(last) == 1 and last.isalpha() else ""


def _shared_prefix(numbers: Sequence[str], levels: int) -> str:
    """ "1.3" when all numbers with more levels begin with it, else ""."""
    found = {".".join(re.sub("[a-h]$", "", n).split(".")[:levels]) for n in numbers if n.count(".") >= levels}
    return found.pop() if len(found) == 1 and all(n.count(".") >= levels for n in numbers) else ""


def _focus_numbers(rows: Sequence[RawRow], keys: Sequence[str], printed: Sequence[str]) -> dict[str, str]:
    numbers: dict[str, str] = {}
    for key in dict.fromkeys(keys):
        members = [at for at, k in enumerate(keys) if k == key]
        row = rows[members[0]]
        if not row.focus and not row.focus_no:
            numbers[key] = (
                _shared_prefix([printed[at] for at in members if printed[at]] or [""], 1)
                if any(printed[at].count(".") >= 2 for at in members)
                else ""
            )
            continue
        own = _ordinal(row.focus_no) or _shared_prefix([printed[at] for at in members if printed[at]] or [""], 1)
        taken = set(numbers.values())
        if not own or own in taken:
            own = str(next(n for n in range(len(taken) + 1, 10_000) if str(n) not in taken))
        numbers[key] = own
    return numbers


def _goal_numbers(
    rows: Sequence[RawRow],
    focus_keys: Sequence[str],
    goal_keys: Sequence[tuple],
    focus_numbers: dict[str, str],
    printed: Sequence[str],
) -> dict[tuple, str]:
    numbers: dict[tuple, str] = {}
    ordinals: dict[str, set[str]] = {}
    for key in dict.fromkeys(goal_keys):
        members = [at for at, k in enumerate(goal_keys) if k == key]
        row, focus_key = rows[members[0]], focus_keys[members[0]]
        if not row.goal:
            continue
        focus = focus_numbers.get(focus_key, "")
        taken = ordinals.setdefault(focus_key, set())
        from_tiltak = _shared_prefix([printed[at] for at in members if printed[at]] or [""], 2 if focus else 1)
        own = _ordinal(row.goal_no) or _ordinal(from_tiltak)
        if not own or own in taken:
            own = str(next(n for n in range(len(taken) + 1, 10_000) if str(n) not in taken))
        taken.add(own)
        numbers[key] = f"{focus}.{own}" if focus else own
    return numbers
