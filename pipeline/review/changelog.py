"""What is new since the last version, in Norwegian and ready to paste into an e-mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pipeline.norsk import capital, date_text, join_names, number_word
from pipeline.review.merge import COMMENT, LEFT_OUT, PRESENT, TRACKED, Change

_LONGEST = 220
_KINDS = {"added": "Nytt", "changed": "Endret", "removed": "Ut", "moved": "Flyttet til dette temaet",
          "evidence": "Nytt belegg"}
_WHY = {"reworded": "dere har endret teksten", "moved": "dere har flyttet teksten",
        "merged": "dere har slått sammen punkter", "touched": "dere har arbeidet i teksten",
        "deleted": "dere har tatt ut teksten", "kept": "", "": ""}


def changelog(changes: Sequence[Change], *, title: str, day: date, incoming: Mapping[str, Sequence[str]] | None = None,
              file: str = "", before: str = "", edited: bool = True) -> str:
    """The change log of one version as plain text.

    ``incoming``: what came in, by heading ("Nye svar": ["RS Setesdal (brev.pdf)"], "Erstattede svar", "Trukne svar",
    "Ny handlingsplan"); empty lists are passed over. ``file``: the new version's name; ``before``: the file it was
    made from. ``edited``: False for a draft that takes the place of one that nobody has touched.
    """
    lines = [f"{title}: nytt per {date_text(day)}", ""]
    told = [(heading, list(items)) for heading, items in (incoming or {}).items() if items]
    if told:
        lines.append("Kommet inn siden sist")
        lines += [f"- {heading}: {join_names(items)}" for heading, items in told]
        lines.append("")
    tracked = [c for c in changes if c.how == TRACKED]
    comments = [c for c in changes if c.how == COMMENT]
    left = [c for c in changes if c.how == LEFT_OUT]
    if not tracked and not comments:
        lines += ["Saksfremlegget: ingenting av dette endrer teksten.", ""]
    elif file:
        basis = f" Den bygger på {before}, som ikke er rørt." if before else ""
        settle = " Sporede endringer kan godtas eller avvises i Word." if edited else ""
        lines += [f"Nyhetene står i {file}.{basis}{settle}", ""]
    if not edited:
        tracked, comments = [*tracked, *comments], []
    lines += _part("Ført inn som sporede endringer" if edited else "Endret i utkastet", tracked)
    lines += _part("Står i merknader, fordi dere har arbeidet i teksten", comments, why=True)
    lines += _part("Ikke ført inn, fordi dere har tatt ut eller skrevet om teksten", left, why=True)
    present = sum(c.how == PRESENT and c.kind != "evidence" for c in changes)
    if present:
        many = "Én nyhet" if present == 1 else f"{capital(number_word(present))} nyheter"
        lines += [f"{many} sto allerede i filen deres.", ""]
    if edited and any(c.how == TRACKED and c.kind in ("added", "removed") and c.section == (c.after or c.before) for c in changes):
        lines += ["Overskrifter er endret: oppdater innholdsfortegnelsen i Word (klikk i den og trykk F9).", ""]
    return "\n".join(lines).rstrip() + "\n"


def _part(heading: str, changes: Sequence[Change], *, why: bool = False) -> list[str]:
    if not changes:
        return []
    lines = [heading]
    for section in dict.fromkeys(c.section for c in changes):
        lines.append(f"  {section or 'Innledningen'}")
        for c in (c for c in changes if c.section == section):
            reason = f" ({_WHY[c.why]})" if why and _WHY[c.why] else ""
            lines.append(f"  - {_KINDS[c.kind]}: {_told(c)}{reason}")
    return [*lines, ""]


def _told(change: Change) -> str:
    who = f" [nå også {join_names(change.who)}]" if change.who and change.kind in ("changed", "evidence") else ""
    return f"«{_cut(change.after or change.before)}»{who}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"
