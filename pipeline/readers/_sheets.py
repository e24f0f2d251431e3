"""What the spreadsheet readers share: names that say nothing, and the finding about hidden cells."""

from __future__ import annotations

import re

from pipeline.model import Finding

_DEFAULT_NAME = re.compile(r"(ark|sheet|tabell?e?|table|blad|feuil|hoja)\s?\d+", re.IGNORECASE)


def says_something(title: str) -> bool:
    """Whether a sheet's name is its writer's own, not the program's ("Ark1")."""
    return not _DEFAULT_NAME.fullmatch(title)


def hidden_finding(title: str, cells: int) -> tuple[Finding, ...]:
    """The finding about ``cells`` hidden cells with text, or none."""
    if not cells:
        return ()
    return (
        Finding(
            kind="hidden_text",
            locator=f"sheet={title}",
            message=f"Arket «{title}» har skjulte rader eller kolonner, eller er selv skjult ({cells} celler med "
            "tekst). De er ikke regnet som svar. Vis dem og legg filen inn på nytt hvis de skal med.",
        ),
    )
