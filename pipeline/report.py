"""The run report: what is new, what needs a person, deadlines that have passed, and answers that are missing.

Made from what the run left under ``outputs/``: ``rapport.html`` for the screen and ``rapport.txt`` for mail and log.
Each case remembers in ``.ssu/rapport.json`` what the last report told, so that "new" means new to the reader. The same
state on the same day gives the same report, and a report without changes is not written again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline import store
from pipeline.config import Settings
from pipeline.norsk import capital, date_text, join_names, number_word

TEXT, HTML = "rapport.txt", "rapport.html"
MEMORY = "rapport.json"
SOON = 7  # days before a deadline that it is mentioned
SHOWN = 25  # lines of each kind; the rest is counted
URGENT = ("failed", "unsupported", "unknown_body", "body_conflict", "body_by_person", "body_by_traces", "outside_link")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One case in the report. All lines are whole Norwegian sentences."""

    case: str
    title: str = ""
    path: str = ""
    error: str = ""  # why nothing was written
    news: tuple[str, ...] = ()
    fresh: tuple[str, ...] = ()  # findings that the last report did not have, and what this run had to say
    person: tuple[str, ...] = ()  # what stays until a person has solved it
    deadlines: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    findings: int = 0

    @property
    def attention(self) -> tuple[str, ...]:
        """All that needs a person."""
        return (*((self.error,) if self.error else ()), *self.person, *self.fresh)


def entry(case: str, settings: Settings | None, target: Path, today: date, *, error: str = "",
          messages: Sequence[str] = ()) -> Entry:
    """What there is to tell of a case after its run.

    ``target``: its output folder; ``error``: why nothing was written; ``messages``: of the run (edited drafts, unfilled
    fields). Missing or damaged data files make a short entry, never an error.
    """
    title = settings.case.title if settings else ""
    register, run = _json(target / "data" / "register.json"), _json(target / "data" / "run.json")
    if error or not register:
        return Entry(case=case, title=title, path=str(target), error=error or "Saken er ikke kjørt ennå.")
    before = _json(target / store.OWN / MEMORY)
    answered, missing = tuple(map(str, _list(register, "answered"))), tuple(map(str, _list(register, "missing")))
    findings = [f for f in _list(register, "findings") if isinstance(f, dict)]
    told = {tuple(map(str, f)) for f in _list(before, "findings") if isinstance(f, list)}
    urgent = [f for f in findings if f.get("kind") in URGENT]
    fresh = [f for f in findings if f.get("kind") not in URGENT and _key(f) not in told]
    return Entry(
        case=case, title=title, path=str(target), news=tuple(_news(before, answered, _inputs(run))),
        fresh=(*messages, *(f"Nytt funn: {f.get('message', '')}" for f in fresh)),
        person=tuple(str(f.get("message", "")) for f in urgent), deadlines=tuple(_deadlines(settings, missing, today)),
        answered=answered, missing=missing, findings=len(findings))


def remember(target: Path) -> None:
    """Note what the report has told of the case in ``target``. Raises OSError when it cannot be written."""
    register, run = _json(target / "data" / "register.json"), _json(target / "data" / "run.json")
    if not register:
        return
    memory = {"answered": _list(register, "answered"), "inputs": _inputs(run),
              "findings": sorted(_key(f) for f in _list(register, "findings") if isinstance(f, dict))}
    data = _as_json(memory)
    path = target / store.OWN / MEMORY
    if not path.is_file() or path.read_bytes() != data:
        store.write_atomically(path, data)


def write(outputs: Path, entries: Sequence[Entry], today: date) -> Path | None:
    """Write the report into ``outputs`` when it says anything new; returns the page, or None when nothing was written.

    ``outputs`` is not made for the report alone. Raises OSError or store.OutputProblem.
    """
    if not outputs.is_dir() or not entries:
        return None
    store.sweep(outputs)
    memory = outputs / store.OWN / MEMORY
    standing = {e.case: [e.error, list(e.person), list(e.deadlines)] for e in entries}
    # a run of some of the cases says nothing about the others
    told = _json(memory).get("standing", {})
    told = told if isinstance(told, dict) else {}
    if not any(e.news or e.fresh for e in entries) and all(told.get(case) == told_ for case, told_ in standing.items()):
        return None
    written = store.Store(outputs).write({HTML: html(entries, today).encode("utf-8", "replace"),
                                          TEXT: text(entries, today).encode("utf-8", "replace")})
    for e in entries:
        if not e.error:
            remember(Path(e.path))
    store.write_atomically(memory, _as_json({"standing": told | standing}))
    return next(w.path for w in written if w.name == HTML)


def subject(entries: Sequence[Entry]) -> str:
    """The subject of the mail: what is most urgent, in one line."""
    failed = sum(1 for e in entries if e.error)
    person = sum(1 for e in entries if e.attention and not e.error)
    passed = sum(1 for e in entries if e.deadlines)
    parts = [f"{number_word(failed)} {'sak' if failed == 1 else 'saker'} uten utkast" if failed else "",
             f"{number_word(person)} {'sak' if person == 1 else 'saker'} å se på" if person else "",
             f"{number_word(passed)} {'frist' if passed == 1 else 'frister'} å følge opp" if passed else ""]
    return "SSU saksutkast: " + (join_names([p for p in parts if p]) or "utkastene er oppdatert")


def text(entries: Sequence[Entry], today: date, *, findings: bool = True) -> str:
    """The report as plain text. ``findings=False`` leaves out what may quote a file (for mail)."""
    out = [f"Rapport fra SSU saksutkast, {date_text(today)}", ""]
    for e in entries:
        out += [f"{e.case}: {e.title}" if e.title else e.case, f"  {_state(e)}"]
        for heading, lines in _sections(e, findings):
            out += [f"  {heading}:", *(f"  - {line}" for line in lines)]
        out += [f"  Utkastene ligger i {e.path}" if not e.error else "", ""]
    return "\n".join(out).rstrip() + "\n"


def html(entries: Sequence[Entry], today: date) -> str:
    """The report as one self-contained page; everything from outside is shown as text."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_PAGE).render(
        today=date_text(today), cases=[(e, _state(e), _sections(e, True)) for e in entries])


def _sections(e: Entry, findings: bool) -> list[tuple[str, list[str]]]:
    attention = list(e.attention)
    if attention and not findings:
        attention = [f"{capital(number_word(len(attention)))} forhold står i {HTML} på maskinen." if len(attention) > 1
                     else f"Ett forhold står i {HTML} på maskinen."]
    parts = [("Dette må noen se på", attention), ("Frister", list(e.deadlines)),
             ("Nytt siden sist", list(e.news))]
    return [(heading, lines if len(lines) <= SHOWN else [*lines[:SHOWN], f"… og {len(lines) - SHOWN} til; se gjennomgang.html."])
            for heading, lines in parts if lines]


def _state(e: Entry) -> str:
    if e.error:
        return "Ingen utkast skrevet."
    asked = len(e.answered) + len(e.missing)
    answers = f"{len(e.answered)} av {asked} har svart" if asked else "Ingen er satt opp som spurt"
    return f"{answers}, {e.findings} funn." + ("" if e.news or e.fresh else " Ingenting nytt.")


def _news(before: dict, answered: Sequence[str], inputs: dict[str, str]) -> list[str]:
    if not before:
        return [f"Saken er ny: {len(inputs)} filer lest." if len(inputs) != 1 else "Saken er ny: én fil lest."]
    old = {str(k): str(v) for k, v in before.get("inputs", {}).items()} if isinstance(before.get("inputs"), dict) else {}
    known = set(map(str, _list(before, "answered")))
    lines = []
    if new := [b for b in answered if b not in known]:
        lines.append(f"Nytt svar fra {join_names(new)}.")
    for words, names in (("Ny fil", [s for s in inputs if s not in old]),
                         ("Endret fil", [s for s in inputs if s in old and old[s] != inputs[s]]),
                         ("Fil tatt bort", [s for s in old if s not in inputs])):
        lines += [f"{words}: {name}." for name in sorted(names)]
    return lines


def _deadlines(settings: Settings | None, missing: Sequence[str], today: date) -> list[str]:
    deadline = settings.case.deadline if settings else None
    if deadline is None or not missing:
        return []
    # a national hearing has thousands
    who = join_names(list(missing)) if len(missing) <= SHOWN else f"{len(missing)} som er spurt"
    days = (deadline - today).days
    if days < 0:
        return [f"Fristen {date_text(deadline)} er ute. Mangler svar fra {who}. Send purring, eller gå videre uten."]
    if days <= SOON:
        when = "i dag" if days == 0 else "i morgen" if days == 1 else f"om {number_word(days)} dager"
        return [f"Fristen {date_text(deadline)} er {when}. Mangler svar fra {who}."]
    return []


def _inputs(run: dict) -> dict[str, str]:
    return {str(i.get("source", "")): str(i.get("sha256", "")) for i in _list(run, "inputs") if isinstance(i, dict)}


def _key(finding: dict) -> tuple[str, str, str]:
    return str(finding.get("kind")), str(finding.get("source")), str(finding.get("locator"))


def _as_json(value: dict) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _list(value: dict, key: str) -> list:
    found = value.get(key)
    return found if isinstance(found, list) else []


def _json(path: Path) -> dict:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


_PAGE = """<!doctype html>
<html lang="nb">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rapport fra SSU saksutkast, {{ today }}</title>
<style>
body { font: 16px/1.5 Calibri, Carlito, "Segoe UI", sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
h2 { margin-bottom: 0; border-top: 1px solid #767676; padding-top: 1rem; }
h3 { margin: 1rem 0 0; font-size: 1rem; }
ul { margin-top: .25rem; }
.state, .path { margin: .25rem 0; color: #444; }
</style>
</head>
<body>
<main>
<h1>Rapport fra SSU saksutkast, {{ today }}</h1>
{% for case, state, sections in cases %}
<section>
<h2>{{ case.title or case.case }}</h2>
<p class="state">{% if case.title %}{{ case.case }}. {% endif %}{{ state }}</p>
{% for heading, lines in sections %}
<h3>{{ heading }}</h3>
<ul>
{% for line in lines %}
<li>{{ line }}</li>
{% endfor %}
</ul>
{% endfor %}
{% if not case.error %}
<p class="path">Utkastene ligger i {{ case.path }}</p>
{% endif %}
</section>
{% endfor %}
</main>
</body>
</html>
"""
