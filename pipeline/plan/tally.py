"""The words of the statuses, and how many tiltak have each: per fokusområde and in all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.model import PlanRow

STATUSES = ("green", "yellow", "red", "unknown")
# The words of the field (domain.md, "Terms"): what a colour is called where the plan prints no word of its own.
STATUS_WORDS = {"green": "Gjennomført", "yellow": "Pågående", "red": "Ikke påbegynt", "unknown": "Mangler status"}
COLOUR_NAMES = {"green": "grønt", "yellow": "gult", "red": "rødt", "unknown": "uten farge"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many tiltak of each status one fokusområde (or the whole plan) has."""

    focus_number: str = ""
    focus_area: str = ""
    green: int = 0
    yellow: int = 0
    red: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        return self.green + self.yellow + self.red + self.unknown

    def of(self, status: str) -> int:
        """The count of one of ``STATUSES``."""
        return int(getattr(self, status))


def counts(rows: Sequence[PlanRow]) -> tuple[Counts, ...]:
    """Tiltak per fokusområde and status, fokusområder in printed order. No rows: an empty tuple."""
    return tuple(_count(group, group[0].focus_number, group[0].focus_area) for group in by_focus(rows))


def total(rows: Sequence[PlanRow]) -> Counts:
    """All tiltak of the plan by status."""
    return _count(rows, "", "")


def by_focus(rows: Sequence[PlanRow]) -> list[list[PlanRow]]:
    """The rows of each fokusområde, in printed order."""
    groups: dict[tuple[str, str], list[PlanRow]] = {}
    for row in rows:
        groups.setdefault((row.focus_number, row.focus_area), []).append(row)
    return list(groups.values())


def _count(rows: Iterable[PlanRow], number: str, title: str) -> Counts:
    found = dict.fromkeys(STATUSES, 0)
    for row in rows:
        found[row.status] += 1
    return Counts(focus_number=number, focus_area=title, **found)
