"""A draft that a person has edited: the new version is the person's file with the news as tracked changes."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.model import CaseResult
from pipeline.norsk import join_names
from pipeline.store import Store

MERGED = "saksfremlegg.docx"
LOG = "endringslogg.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What is to be written, and how: see ``store.Store.write``."""

    files: dict[str, bytes]
    drafts: dict[str, bytes] = field(default_factory=dict)
    settled: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()


def revise(store: Store, files: dict[str, bytes], result: CaseResult, *, same_basis: bool) -> Revision:
    """``files`` with the case document merged into the person's, when a person has edited it.

    ``same_basis``: nothing has come in since the last run, so there is only the draft itself to lay beside. Without
    the draft that the person began from, or when the file cannot be merged, the fresh draft lies beside as before.
    """
    target, edited = store.target(MERGED)
    base = store.base(edited) if edited else None
    if edited is None or base is None or store.state(edited) != "edited" or same_basis:
        return Revision(files=files)
    from pipeline.review import CannotMerge, changelog, merge

    fresh = files[MERGED]
    try:
        merged = merge(base, (store.folder / edited).read_bytes(), fresh, day=result.today)
    except CannotMerge as error:
        return Revision(files=files, messages=(f"{edited}: nyhetene kunne ikke føres inn i dokumentet. {error}",))
    if not merged.news and store.state(target) == "ours":
        return Revision(files=files)  # an older version of ours lies there and must not be taken for the news
    if not merged.news:
        return Revision(files={n: d for n, d in files.items() if n != MERGED}, settled=(MERGED,), messages=(
            f"{edited} er endret av noen og er ikke rørt. Det er ikke noe nytt å føre inn.",))
    log = changelog(merged.changes, title=result.settings.case.title or result.name, day=result.today,
                    incoming=_incoming(result), file=target, before=edited)
    tracked = sum(c.how == "tracked" for c in merged.changes)
    beside = sum(c.how == "comment" for c in merged.changes)
    return Revision(
        files={**files, MERGED: merged.data, LOG: log.encode()}, drafts={MERGED: fresh}, messages=(
            f"{target} er {edited} med det nye som sporede endringer ({tracked}) og kommentarer ({beside}). "
            f"{edited} er ikke rørt. Hva som er nytt, står i {LOG}.",))


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
