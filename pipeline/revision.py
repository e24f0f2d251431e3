"""A draft that a person has edited: the new version is the person's file with the news as tracked changes."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.model import CaseResult
from pipeline.norsk import join_names, number_word
from pipeline.store import Store

MERGED = "saksfremlegg.docx"
LOG = "endringslogg.txt"
CORRECTIONS = "rettelser-fra-word.json"
MOST_LOGS = 50
_BETWEEN = f"\n\n{'=' * 60}\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What is to be written, and how: see ``store.Store.write``."""

    files: dict[str, bytes]
    drafts: dict[str, bytes] = field(default_factory=dict)
    settled: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()


def revise(store: Store, files: dict[str, bytes], result: CaseResult) -> Revision:
    """``files`` with the case document merged into the person's, when a person has edited it, and with the change log.

    Where there is nothing new for the person's file, no version is written: a bare draft beside it would look newer and
    lack the person's work. Without the draft that the person began from, or when the file cannot be merged, the fresh
    draft lies beside.
    """
    target, edited = store.target(MERGED)
    if edited is None:
        return Revision(files=files | _log_of_draft(store, files[MERGED], result, target))
    base = store.base(edited)
    if base is None or store.state(edited) != "edited":
        return Revision(files=files)
    from pipeline.review import CannotMerge, changelog, merge

    fresh = files[MERGED]
    try:
        merged = merge(base, (store.folder / edited).read_bytes(), fresh, day=result.today)
    except CannotMerge as error:
        return Revision(files=files, messages=(f"{edited}: nyhetene kunne ikke føres inn i dokumentet. {error}",))
    files, learnt = _with_corrections(store, files, result, base, edited)
    untouched = f"{edited} er endret av noen og er ikke rørt. Det er ikke noe nytt å føre inn."
    if not merged.news and store.state(target) == "ours":
        # What lies there has news that are none any more, or lacks what the person has done since.
        return Revision(files={**files, MERGED: merged.data}, drafts={MERGED: fresh},
                        messages=(f"{untouched} {target} er nå lik {edited}.", *learnt))
    if not merged.news:
        return Revision(files={n: d for n, d in files.items() if n != MERGED}, settled=(MERGED,),
                        messages=(untouched, *learnt))
    log = changelog(merged.changes, title=_title(result), day=result.today, incoming=_incoming(result), file=target, before=edited)
    tracked = sum(c.how == "tracked" for c in merged.changes)
    beside = sum(c.how == "comment" for c in merged.changes)
    return Revision(
        files={**files, MERGED: merged.data, LOG: _with_earlier(store, log, instead_of=target)}, drafts={MERGED: fresh}, messages=(
            f"{target} er {edited} med det nye som sporede endringer ({tracked}) og kommentarer ({beside}). "
            f"{edited} er ikke rørt. Hva som er nytt, står i {LOG}.", *learnt))


def _with_corrections(store: Store, files: dict[str, bytes], result: CaseResult, base: bytes,
                      edited: str) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """``files`` with a corrections file of what the person moved or joined in the Word file, ready for the case folder."""
    from pipeline import data_files
    from pipeline.review import compare, corrections, moves

    known = result.corrections or corrections.Corrections()
    themes = {t.title: t.key for t in result.settings.themes}
    found = moves.learnt(compare(base, (store.folder / edited).read_bytes()), themes, result.points, result.statements)
    both = moves.added_to(known, found)
    new = len(both) - len(known)
    if not new:
        return files, ()
    return {**files, CORRECTIONS: data_files.as_json(both.values())}, (
        f"Dere har flyttet eller slått sammen punkter i {edited}. {CORRECTIONS} har det som {number_word(new)} "
        f"{'rettelse' if new == 1 else 'rettelser'}. Legg den i sakens mappe som rettelser.json, så sorteres utsagnene slik neste gang.",)


def _log_of_draft(store: Store, fresh: bytes, result: CaseResult, target: str) -> dict[str, bytes]:
    """The change log of a draft that takes the place of an older one that nobody has touched."""
    before = store.base(target)
    if before is None or before == fresh:
        return {}
    from pipeline.review import CannotMerge, changelog, merge

    try:
        changes = merge(before, before, fresh, day=result.today).changes
    except CannotMerge:
        return {}
    if not changes:
        return {}
    log = changelog(changes, title=_title(result), day=result.today, incoming=_incoming(result), file=target, edited=False)
    return {LOG: _with_earlier(store, log)}


def _with_earlier(store: Store, log: str, *, instead_of: str = "") -> bytes:
    """``log`` above the logs of earlier versions. ``instead_of``: a version that is made anew, whose log goes."""
    path = store.folder / store.target(LOG)[0]
    try:
        earlier = path.read_text(encoding="utf-8").split(_BETWEEN) if store.state(path.name) == "ours" else []
    except (OSError, ValueError):
        earlier = []
    kept = [e.strip() for e in earlier if not (instead_of and f"Nyhetene står i {instead_of}." in e)]
    return (_BETWEEN.join([log.strip(), *kept][:MOST_LOGS]) + "\n").encode()


def _title(result: CaseResult) -> str:
    return result.settings.case.title or result.name


def _incoming(result: CaseResult) -> dict[str, list[str]]:
    """What came in since the last run, by heading."""
    if result.earlier is None:
        return {}
    had = {d.source: d for d in result.earlier.documents}
    answers = {d.source: d for d in result.documents if d.kind == "answer"}

    def named(document) -> str:
        return f"{join_names(document.bodies)} ({document.source})" if document.bodies else document.source

    return {
        "Nye svar": [named(d) for s, d in answers.items() if s not in had and not d.superseded_by],
        "Endrede svar": [named(d) for s, d in answers.items() if s in had and had[s].sha256 != d.sha256],
        "Erstattede svar": [named(d) for s, d in answers.items()
                            if d.superseded_by and not (s in had and had[s].superseded_by)],
        "Trukne svar": [named(d) for s, d in had.items() if d.kind == "answer" and s not in
                        {x.source for x in result.documents}],
        "Ny handlingsplan": [d.source for d in result.documents if d.kind == "action_plan"
                             and (d.source not in had or had[d.source].sha256 != d.sha256)],
    }
