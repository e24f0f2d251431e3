"""What ``ssu status`` tells of a case, from the last run and what lies in the folders now."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline import store
from pipeline.config import Settings
from pipeline.intake.files import CaseFolder
from pipeline.norsk import join_names


def lines(folder: CaseFolder, settings: Settings, output: Path) -> list[str]:
    """The lines for one case, in Norwegian."""
    title = f"{folder.name}" + (f" – {settings.case.title}" if settings.case.title else "")
    try:
        register = json.loads((output / "data" / "register.json").read_text(encoding="utf-8"))
        run = json.loads((output / "data" / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return [title, f"  Ikke kjørt ennå. {len(folder.files)} filer venter. Kjør: ssu run {folder.name}"]
    told = [
        title,
        f"  Har svart:    {_names(register['answered'])}",
        f"  Mangler:      {_names(register['missing'])}",
        f"  For sent:     {_names(register['late'])}",
        f"  Erstattet:    {_names(register['superseded'])}",
        f"  Funn:         {len(register['findings'])}",
    ]
    seen = {i["source"]: i["sha256"] for i in run["inputs"]}
    here = dict(folder.files)
    new = [s for s in here if s not in seen]
    gone = [s for s in seen if s not in here]
    if new:
        told.append(f"  Nye filer som venter: {join_names(new)}")
    if gone:
        told.append(f"  Filer som er borte siden sist: {join_names(gone)}")
    kept = store.Store(output)
    told.append(f"  Sist kjørt:   {run['finished'].replace('T', ' ')[:16]} (UTC)")
    for name in run["names"]:
        for version in kept.versions(name):
            if not version.startswith("data/"):
                opened = ", åpen nå" if store.is_open(output / version) else ""
                told.append(f"  {version}: {about_version(kept, version)}{opened}")
    return told


def about_version(kept: store.Store, version: str) -> str:
    """ "som skrevet", "endret av noen (2 omformulert; 5 forslag venter)" or what else a file is now."""
    touched = kept.state(version) == "edited"
    word = version.endswith(".docx") and (touched or kept.merged(version))
    told = [t for t in (_edits(kept, version) if touched else "", *(_for_review(kept, version) if word else ())) if t]
    if touched:
        return f"endret av noen ({'; '.join(told)})" if told else "endret av noen"
    return ", ".join(["deres fil med nyheter" if kept.merged(version) else "som skrevet", *told])


def _edits(kept: store.Store, version: str) -> str:
    """ "2 omformulert, 1 slettet" for a Word file that can be compared with the draft it was begun from."""
    from pipeline.review import CannotMerge, compare

    base = kept.base(version)
    if base is None:
        return ""
    try:
        counts = compare(base, (kept.folder / version).read_bytes()).counts()
    except (CannotMerge, OSError):
        return ""
    return ", ".join(f"{counts[kind]} {word}" for kind, word in _EDITS if counts[kind])


def _for_review(kept: store.Store, version: str) -> tuple[str, ...]:
    """ "12 av 40 punkter er sett på": all our comments at them are resolved; "5 forslag venter": places where a tracked
    change of ours is neither accepted nor rejected."""
    from pipeline.review import CannotMerge, review

    try:
        done, points, n = review((kept.folder / version).read_bytes())
    except (CannotMerge, OSError):
        return ()
    return (f"{done} av {points} punkter er sett på" if done else "", f"{n} forslag venter" if n else "")


_EDITS = (("reworded", "omformulert"), ("moved", "flyttet"), ("merged", "slått sammen"), ("deleted", "slettet"),
          ("added", "lagt til"), ("comments", "kommentarer"))


def _names(names: list[str]) -> str:
    return join_names(names) if names else "ingen"
