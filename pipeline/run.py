"""THE FLOW: a folder of answers becomes a draft case document. Read ``draft`` from top to bottom."""

from __future__ import annotations

import gc
import hashlib
import importlib.metadata
import json
import platform
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import __version__, config, errors, executor, revision, spare, store
from pipeline.intake.files import CASE_FILE, CORRECTIONS_FILE, CaseFolder
from pipeline.model import BODY_PLACES, CaseResult, Document, Earlier, Finding, Point, Statement
from pipeline.norsk import place_text

if TYPE_CHECKING:
    from pipeline import cache
    from pipeline.review import corrections

DATA = "data"
# Below so many answers, or statements, further processes cost more to start (2 s each) than they save.
_MANY = 150
_MANY_STATEMENTS = 8000
_TASK = 10  # answers that a process takes at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run of one case came to, for the command line."""

    case: str
    path: Path
    answered: int
    missing: int
    findings: tuple[Finding, ...]
    exit_code: int
    news: bool  # something was read and written; False: nothing had changed
    written: tuple[store.Written, ...] = ()
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How the flow tells what it is doing: ``stage`` once a stage, ``file`` once a file read."""

    stage: Callable[[str], None] = lambda text: None
    file: Callable[[str], None] = lambda source: None


def run_case(folder: CaseFolder, settings: config.Settings, outputs: Path, templates: Path,
             progress: Progress | None = None) -> Outcome:
    """Bring one case up to date. Raises an ``errors.SaksutkastError`` when nothing could be written."""
    progress = progress or Progress()
    target = outputs / folder.name
    inputs = {source: _hash(path) for source, path in folder.files}
    with store.hold(target), _crew(settings) as crew:
        kept = store.Store(target)
        basis = _basis(folder, settings, templates, inputs)
        last = _earlier(target)
        if last.get("basis") == basis and kept.current(last.get("names", [])):
            return _unchanged(folder, target, last)

        from pipeline import cache
        from pipeline.language import encoder
        from pipeline.review import earlier

        started = datetime.now(UTC)
        own = target / store.OWN
        meaning = settings.language.encoder and encoder.find() is not None  # what was understood without it is not all that can be
        with cache.understanding(own, (settings.bodies, settings.questions, _titles(settings), meaning)) as known:
            result = draft(folder, settings, progress, before=earlier.read(target / DATA), kept=own, hashes=inputs,
                           known=known, crew=crew)
        progress.stage("Skriver dokumentene")
        result, documents = in_pdf_too(result, documents_of(result, templates), templates, before=(target, last))
        revised = revision.revise(kept, documents | _data_files(result), result)
        written = kept.write(revised.files, drafts=revised.drafts, settled=revised.settled)
        code = exit_code(result)
        names = sorted({*revised.files, *revised.settled})
        store.write_atomically(target / DATA / "run.json", _run_json(
            result, basis=basis, inputs=inputs, names=names, written=written, started=started, exit_code=code))
    return Outcome(
        case=folder.name, path=target, answered=len(result.register.answered), missing=len(result.register.missing),
        findings=result.findings, exit_code=code, news=True, written=tuple(written), messages=_messages(result, written, revised))


def draft(folder: CaseFolder, settings: config.Settings, progress: Progress,
          before: Earlier | None = None, *, kept: Path | None = None, hashes: Mapping[str, str] | None = None,
          known: cache.Understood | None = None, crew: executor.Executor | None = None) -> CaseResult:
    """Everything that is found out about a case, before anything is written.

    ``before``: what the last run said; ``kept``: where readings are kept between runs (None: nowhere); ``hashes``:
    source -> SHA-256 of the inputs; ``known``: what was understood before; ``crew``: who helps. Raises NothingReadable when
    no file of the case can be read, ConfigError when its corrections cannot, InternalError when a promise is broken.
    """
    from pipeline import background, cache, intake, plan, readers, sandbox, source_checks
    from pipeline.language import segment
    from pipeline.review import corrections

    corrected = corrections.load(folder.folder / CORRECTIONS_FILE)
    progress.stage("Leser filene")
    options = readers.Options(limits=settings.limits, reading=settings.reading)
    documents = cache.read_files(
        sandbox.read_files, [sandbox.InputFile(source=source, path=path) for source, path in folder.files], options,
        progress.file, kept=kept, hashes=hashes)
    if not any(d.status == "ok" for d in documents):
        raise errors.NothingReadable(_nothing_readable(folder, documents))

    progress.stage("Finner ut hva filene er, og hvem som har svart")
    ruled, idle = corrections.with_files(settings, corrected, documents)
    documents, found = intake.identify(documents, ruled, plan.looks_like_plan)
    register = intake.register(documents, settings)

    progress.stage("Deler svarene i utsagn og sorterer dem i temaer")
    statements, decided = understand(documents, settings, corrected, known, crew)
    points, statements = gather(statements, settings, register.answered, decided, crew)

    progress.stage("Leser handlingsplanen")
    action_plan = plan.read(documents, plan_title=settings.case.plan_title)

    findings = (*_unread(documents), *_outside(folder), *_stray_corrections(folder), *_wording(settings),
                *(f for d in documents for f in d.findings), *found,
                *action_plan.findings, *_no_plan(action_plan), *source_checks.find(documents, settings),
                *_loose_ends(documents, statements), *idle, *decided.findings)
    subjects = [*(f"{t.title} {t.description}" for t in settings.themes),
                *dict.fromkeys(text for row in action_plan.rows for text in (row.focus_area, row.goal))]
    result = CaseResult(
        background=background.find(documents, subjects=subjects,
                                   sentences=lambda text: [text[a:b] for a, b in segment.sentences(text)]),
        name=folder.name, settings=settings, documents=documents, statements=statements, points=points,
        plan=action_plan, register=register, findings=findings, originals=dict(folder.files),
        earlier=before, corrections=corrected, today=datetime.now().date())
    keep_promises(result)
    return result


def understand(documents: Sequence[Document], settings: config.Settings, corrected: corrections.Corrections,
               known: cache.Understood | None = None, crew: executor.Executor | None = None,
               ) -> tuple[tuple[Statement, ...], corrections.Decisions]:
    """Every statement of every current answer: cut, placed under its question, sifted, corrected, sorted into themes."""
    from pipeline.language import encoder, themes
    from pipeline.review import corrections

    each = partial(statements_of, bodies=settings.bodies, questions=settings.questions, titles=_titles(settings),
                   encoder=settings.language.encoder)

    def of(answers: Sequence[Document]) -> Iterator[tuple[Statement, ...]]:
        if crew is None or (len(answers) <= _MANY and settings.execution.kind == "auto"):
            return map(each, answers)
        encoder.forget()  # the others have their own; it is loaded again for the themes
        spare.trim()
        # several at a time: with each task go the names of all bodies
        tasks = (answers[at:at + _TASK] for at in range(0, len(answers), _TASK))
        return chain.from_iterable(crew.map(partial(_all, each), tasks))

    answers = [d for d in documents if d.current_answer]
    statements = [s for found in (known.statements(answers, of) if known is not None else of(answers)) for s in found]
    if crew is not None:
        crew.rest()  # what its processes have loaded is as large as all that is in the answers
    decided = corrections.decide(corrected, statements, settings)
    sorter = themes.Sorter.for_case(settings.themes, settings.questions, encoder=settings.language.encoder,
                                    corrections=decided.lessons)
    found = sorter.sort(decided.retype(statements), review_below=settings.language.review_below)
    return decided.settle(found), decided


def _all(each: Callable[[Document], tuple[Statement, ...]], documents: Sequence[Document]) -> list[tuple[Statement, ...]]:
    return [each(d) for d in documents]


def statements_of(document: Document, bodies: tuple[config.Body, ...],
                  questions: tuple[config.Question, ...], titles: tuple[str, ...], encoder: bool = True) -> tuple[Statement, ...]:
    """The statements of one answer, cut, placed under its questions and sifted; runs in any process. ``titles``: of the themes."""
    from pipeline.language import noise, segment
    from pipeline.language import questions as under

    placed = under.place(segment.cut(document), questions, encoder=encoder)
    return tuple(noise.sift(placed, document, bodies=bodies, questions=questions, titles=titles, encoder=encoder))


def _titles(settings: config.Settings) -> tuple[str, ...]:
    return tuple(theme.title for theme in settings.themes)


def gather(statements: Sequence[Statement], settings: config.Settings, answered: tuple[str, ...],
           decided: corrections.Decisions, crew: executor.Executor | None = None,
           ) -> tuple[tuple[Point, ...], tuple[Statement, ...]]:
    """The points that the statements make, and the statements marked with why they are in none."""
    from pipeline.language import accord, encoder, meaning, points

    many = crew is not None and len(statements) > _MANY_STATEMENTS
    names = {n for b in settings.bodies for n in (*b.aliases, *b.municipalities)}
    if many:
        encoder.forget()  # so many clauses are not encoded
        spare.trim()
    gathered = points.gather(statements, names=names, bodies=settings.body_names(), answered=answered, themes=settings.themes,
                             wording=settings.quantifiers, questions=settings.questions,
                             together=decided.together, apart=decided.apart, map_themes=crew.map if many else map,
                             measure=meaning.of_texts if settings.language.encoder else None,
                             judge=accord.judge if settings.language.encoder else None,
                             language="nn" if settings.nynorsk else "nb")
    if many:
        crew.rest()
        spare.give_back()
    return gathered


def documents_of(result: CaseResult, templates: Path) -> dict[str, bytes]:
    """Every output document of the case, by file name."""
    from pipeline.writers import all_writers

    rendered: dict[str, bytes] = {}
    gc.freeze()  # what there is already is not gone through for each document
    try:
        for writer in all_writers():
            data = writer.render(result, templates)
            if data is not None:
                rendered[writer.NAME] = data
            spare.give_back()
    finally:
        gc.unfreeze()
    return rendered


def _crew(settings: config.Settings) -> executor.Executor:
    """Those who help with this run: as configured, and "auto" is further processes where there are further cores."""
    how = settings.execution
    kind = how.kind if how.kind != "auto" else "processes" if executor.cores() > 1 else "serial"
    return executor.make(kind, how.workers, how.scheduler)


def in_pdf_too(result: CaseResult, documents: dict[str, bytes], templates: Path,
               before: tuple[Path, Mapping[str, Any]] | None = None) -> tuple[CaseResult, dict[str, bytes]]:
    """The documents with a PDF beside each Word file when ``documents.pdf`` is on, and what could not be printed.

    ``before``: the output folder and what its run.json says; a Word file that is the same as then keeps its PDF.
    """
    if not result.settings.documents.pdf:
        return result, documents
    from pipeline import export

    words = {name: data for name, data in documents.items() if name.endswith(".docx")}
    printed, lacking = export.to_pdf(words, known=_printed(words, *before) if before is not None else {})
    if lacking:
        result = replace(result, findings=(*result.findings, *lacking))
        documents = documents_of(result, templates)
    return result, documents | printed


def _printed(words: Mapping[str, bytes], folder: Path, last: Mapping[str, Any]) -> dict[str, bytes]:
    """Name of a Word file -> its PDF from the last run, where both are as that run wrote them."""
    wrote = {o["path"]: o["sha256"] for o in last.get("outputs", ())} if last.get("version") == __version__ else {}
    found = {}
    for name, data in words.items():
        pdf = Path(name).with_suffix(".pdf").name
        if wrote.get(name) == store.sha256(data) and pdf in wrote and _hash(folder / pdf) == wrote[pdf]:
            found[name] = (folder / pdf).read_bytes()
    return found


def keep_promises(result: CaseResult) -> None:
    """Check what must hold of every case. Raises InternalError: a broken promise is our fault."""
    by_source = {d.source: d for d in result.documents}
    by_id = {s.id: s for s in result.statements}
    if len(by_id) != len(result.statements):
        raise errors.InternalError("To utsagn har fått samme id.")
    for s in result.statements:
        if by_source[s.source].text[s.start:s.end] != s.text:
            raise errors.InternalError(f"Et utsagn fra {s.source} er ikke ordrett.")
    used = set()
    for p in result.points:
        used.update(p.statement_ids)
        if not p.statement_ids or any(i not in by_id for i in p.statement_ids):
            raise errors.InternalError(f"Punktet {p.id} mangler belegg.")
        if set(p.bodies) != {b for i in p.statement_ids for b in by_id[i].bodies}:
            raise errors.InternalError(f"Punktet {p.id} navngir andre enn dem som har sagt det.")
    for s in result.statements:
        if s.type in {"substance", "endorsement"} and s.id not in used and not s.unused:
            raise errors.InternalError(f"Et utsagn fra {s.source} er verken brukt eller begrunnet utelatt.")


def exit_code(result: CaseResult) -> int:
    """6 while a document is unread or an answer has no known body, else 0."""
    unread = any(d.status != "ok" for d in result.documents)
    unclaimed = any(d.current_answer and not d.bodies for d in result.documents)
    return errors.IncompleteError.exit_code if unread or unclaimed else errors.OK


def coverage(result: CaseResult) -> dict[str, float]:
    """Per current answer: the share of its characters that stand in a statement, 0..1."""
    inside: Counter[str] = Counter()
    for s in result.statements:
        inside[s.source] += len("".join(s.text.split()))
    return {
        d.source: round(min(1.0, inside[d.source] / total), 4)
        for d in result.documents if d.current_answer
        if (total := sum(len("".join(b.text.split())) for b in d.blocks))
    }


def _loose_ends(documents: Sequence[Document], statements: Sequence[Statement]) -> list[Finding]:
    """A block of an answer that ended in no statement: must not happen, and is shown when it does."""
    covered: dict[str, set[int]] = {}
    for s in statements:
        covered.setdefault(s.source, set()).add(s.block)
    return [
        Finding(kind="not_covered", source=d.source, locator=b.locator,
                message=f"Et avsnitt i «{d.source}» ({place_text(b.locator)}) er ikke med i noe utsagn. Les det i vedlegg 2.")
        for d in documents if d.current_answer
        for i, b in enumerate(d.blocks)
        if b.text.strip() and b.place in BODY_PLACES and i not in covered.get(d.source, ())
    ]


def _unread(documents: Sequence[Document]) -> list[Finding]:
    return [Finding(kind=d.status, source=d.source,
                    message=f"«{d.source}» kunne ikke leses. {d.error}"
                            + (f" Filen kan være svaret fra {d.body}." if d.body else ""))
            for d in documents if d.status != "ok"]


def _outside(folder: CaseFolder) -> list[Finding]:
    return [Finding(kind="outside_link", source=source,
                    message=f"«{source}» er en snarvei ut av mappen og er ikke lest. Kopier selve filen inn i mappen.")
            for source in folder.outside]


def _no_plan(action_plan) -> list[Finding]:
    if action_plan.rows:
        return []
    return [Finding(kind="no_plan", message="Fant ingen handlingsplan blant filene. Vedlegg 1 og kapittel 2.1 er utelatt. "
                                            "Legg planen (Excel, Word eller PDF) i mappen og kjør på nytt.")]


def _wording(settings: config.Settings) -> list[Finding]:
    """Bodies of the case's own while the documents still call them by the standard word."""
    noun = settings.quantifiers.noun
    if noun != config.Wording().noun or not settings.bodies or any(noun.casefold() in f" {b.name.casefold()} " for b in settings.bodies):
        return []
    return [Finding(
        kind="wording",
        message=f"Dokumentene kaller avsenderne «{noun}», men ingen av dem heter det. Skriv ordet som passer, i case.toml under "
                "[quantifiers] (noun, noun_definite, noun_long), og utvalg og organisasjon under [case] (committee, organisation).")]


def _stray_corrections(folder: CaseFolder) -> list[Finding]:
    """A browser names a second download "rettelser (1).json"; only the exact name is read."""
    stray = sorted(p.name for p in folder.folder.glob("rettelser*.json") if p.name != CORRECTIONS_FILE)
    return [Finding(kind="stray_corrections", message=f"«{name}» er ikke lest, fordi rettelser bare leses fra {CORRECTIONS_FILE}. "
                                                      f"Gi filen det navnet, og la den erstatte den gamle.") for name in stray]


def _nothing_readable(folder: CaseFolder, documents: Sequence[Document]) -> str:
    if not documents:
        return f"Saken «{folder.name}» har ingen filer. Legg svarene og saksdokumentene i {folder.folder}."
    named = " ".join(f"«{d.source}»: {d.error}" for d in documents)
    return f"Ingen av filene i saken «{folder.name}» kan leses, og ingenting er skrevet. {named}"


def _hash(path: Path) -> str:
    try:
        return store.file_sha256(path)
    except OSError:
        return ""  # gone or locked: reading it will say so


def _basis(folder: CaseFolder, settings: config.Settings, templates: Path, inputs: dict[str, str]) -> str:
    """A hash over all that the drafts depend on: inputs, settings, templates, corrections and code version."""
    parts = [__version__, settings.fingerprint(), json.dumps(sorted(inputs.items())), json.dumps(folder.outside)]
    extra = sorted(p for p in templates.iterdir() if p.is_file()) if templates.is_dir() else []
    parts += [f"{p.name}:{_hash(p)}" for p in [*extra, folder.folder / CASE_FILE, folder.folder / CORRECTIONS_FILE]]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()


def _earlier(target: Path) -> dict:
    try:
        return json.loads((target / DATA / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _unchanged(folder: CaseFolder, target: Path, earlier: dict) -> Outcome:
    register = json.loads((target / DATA / "register.json").read_text(encoding="utf-8"))
    code = int(earlier.get("exit_code", errors.OK))
    kept = store.Store(target)
    return Outcome(
        case=folder.name, path=target, answered=len(register["answered"]), missing=len(register["missing"]),
        findings=tuple(Finding(**f) for f in register["findings"]), exit_code=code, news=False,
        messages=tuple(_beside(target / blocked, target / version) for name in earlier.get("names", [])
                       for version, blocked in [kept.target(name, writing=False)] if blocked))


def _data_files(result: CaseResult) -> dict[str, bytes]:
    from pipeline import data_files

    return data_files.render(result)


def _run_json(result: CaseResult, *, basis: str, inputs: dict[str, str], names: Sequence[str],
              written: Sequence[store.Written], started: datetime, exit_code: int) -> bytes:
    from pipeline import data_files

    libraries = ("python-docx", "docxtpl", "pypdfium2", "spacy", "pandas", "onnxruntime")
    return data_files.as_json({
        "version": __version__,
        "settings": result.settings.fingerprint(),
        "basis": basis,
        "python": platform.python_version(),
        "libraries": {name: importlib.metadata.version(name) for name in libraries},
        "inputs": [{"source": s, "sha256": h} for s, h in sorted(inputs.items())],
        "outputs": [{"path": w.path.relative_to(w.path.parents[1] if w.name.startswith(DATA) else w.path.parent).as_posix(),
                     "sha256": store.file_sha256(w.path)} for w in written],
        "names": list(names),
        "coverage": coverage(result),
        "exit_code": exit_code,
        "started": started.isoformat(timespec="seconds"),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
    })


def _beside(edited: Path, new: Path) -> str:
    return (f"{edited.name} er endret av noen etter at den ble skrevet, og er ikke rørt. "
            f"Det nye utkastet ligger i {new}.")


def _messages(result: CaseResult, written: Sequence[store.Written], revised: revision.Revision) -> tuple[str, ...]:
    from pipeline.writers import saksfremlegg

    messages = [*revised.messages, *(_beside(w.beside, w.path) for w in written if w.beside and w.name not in revised.drafts)]
    drafts = [w for w in written if w.name == saksfremlegg.NAME]
    unfilled = saksfremlegg.unfilled(drafts[0].path.read_bytes()) if drafts else []
    if unfilled:
        messages.append(f"{drafts[0].path.name} har felt som må fylles ut: {', '.join(dict.fromkeys(unfilled))}.")
    return tuple(messages)


