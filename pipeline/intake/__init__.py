"""Intake: which files a case has, what each one is, whose it is, which version counts, who is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from pipeline.config import Settings
from pipeline.intake import kinds, people, places, traces, versions, whose
from pipeline.intake.files import CaseFolder, find_cases, is_input
from pipeline.intake.names import Names
from pipeline.model import Document, Finding, Register
from pipeline.norsk import date_text, fold, join_names

_MOST_PAIRS = 4_000_000  # of documents and bodies, each with a likeness: above it only names that stand where one is looked for tell
_SAYS_SOMETHING = 15  # words of a document from which it is looked for traces of who writes

__all__ = ["CaseFolder", "Names", "find_cases", "identify", "is_input", "register"]


def identify(documents: Sequence[Document], settings: Settings,
             plan_score: Callable[[Document], float]) -> tuple[tuple[Document, ...], tuple[Finding, ...]]:
    """Give every document its kind, bodies, date and version.

    ``plan_score`` tells how much a document looks like an action plan (0..1). Order is kept.
    """
    names = Names(settings.bodies)
    rules = {fold(rule.path): rule for rule in settings.files}
    by_source = {d.source: d for d in documents}
    findings: list[Finding] = []
    known: dict[str, Document] = {}
    speaking: dict[str, tuple[str, ...]] = {}  # files with views that are taken for no answer -> the bodies that speak in their text
    full: dict[str, Document | None] = {}  # those of them that are minutes of little else than views -> the mail they came in

    @cache  # a mail's are asked for with each of its attachments
    def cues_of(source: str) -> kinds.Cues:
        return kinds.cues(by_source[source], settings.questions)

    @cache
    def own_voice(source: str) -> whose.Voice:
        return whose.voice_of(by_source[source], names)

    mails = {d.source: mail_of(d, by_source) for d in documents}
    voices = {d.source: voice_in(d, mails[d.source], names) for d in documents}
    speaks = [d for d in documents if d.status == "ok" and fold(d.source) not in rules and cues_of(d.source).own_words >= _SAYS_SOMETHING]
    traced = _traced(speaks, mails, voices, settings)

    likely: set[str] = set()  # answers whose body the traces tell
    # Children first: whether a mail's own text is an answer depends on what is attached to it.
    for document in sorted(documents, key=lambda d: -d.source.count("/") if d.parent else 1):
        mail = mails[document.source]
        rule = rules.get(fold(document.source))
        seen = cues_of(document.source)
        voice, trace = voices[document.source], traced.get(document.source)
        if mail and not voice.level and (said := own_voice(mail.source)).bodies and (
                cues_of(mail.source).own_opinions >= kinds.DEMANDS_IN_COVER or whose.sends_its_own(mail)):
            voice = whose.Voice(bodies=said.bodies, level=whose.LEVELS[2])  # the answer that the mail begins, or says is its sender's
        told = voice
        # of two who write together the traces may tell one, but not so surely
        if voice.bodies or (trace and trace.sure >= traces.OVERRULES_PLAIN) or not whose.is_joint(document):
            voice = _weighed(voice, trace)
        headings = whose.bodies_as_headings(document, names)
        many = headings >= min(3, max(2, len(settings.bodies)))
        kind, why = kinds.kind_of(document, seen, body_known=bool(voice.bodies), letterhead=voice.in_text,
                                  many_bodies_as_headings=many, plan_score=plan_score(document))
        if kind == "email":
            child_answers = any(d.kind == "answer" for d in known.values() if d.parent == document.source)
            if kinds.mail_holds_answer(seen, body_known=bool(voice.bodies), child_answers=child_answers):
                kind, why = "answer", "svar i selve e-posten"
                if child_answers and rule is None and kinds.only_wishes(seen):
                    findings.append(_covering(document, taken=True))
            elif not child_answers and rule is None and document.status == "ok" and (
                    kinds.mail_may_hold_answer(seen) or kinds.forwards_views(document, settings.questions)):
                findings.append(_unplaced(document))
            elif child_answers and rule is None and seen.demands and not seen.not_an_answer:
                findings.append(_covering(document, taken=False))
        if kind in ("minutes", "case_paper") and rule is None and (voice.in_text or voice.traced) and (seen.views or seen.resolves):
            speaking[document.source] = voice.bodies
            if kind == "minutes" and not many and kinds.minutes_full_of_views(seen):
                full[document.source] = mail
        elif rule is None and not voice.bodies and not many and kinds.may_hold_answer(kind, seen):
            findings.append(_unplaced(document))  # of nobody known
        bodies = voice.bodies if kind == "answer" else ()
        if kind == "answer" and document.container and not bodies:
            of_children = {d.bodies for d in known.values() if d.parent == document.source and d.kind == "answer"}
            bodies = of_children.pop() if len(of_children) == 1 else ()
        if document.status != "ok":
            kind, why, bodies = "unknown", "kunne ikke leses", voice.bodies
        if rule is not None:
            kind = rule.kind or ("answer" if rule.bodies else kind)
            bodies = rule.bodies if rule.bodies is not None else (voice.bodies if kind == "answer" else ())
            why = "bestemt i case.toml eller rettelser.json"
        elif kind == "answer":
            if voice.bodies or not bodies:
                findings += _by_traces(document, told, trace) if trace and voice.traced else _voice_findings(document, voice, trace)
                likely |= {document.source} if voice.traced else set()
                if trace and _doubts(voice, trace):
                    findings.append(_doubted(document, voice, trace))
            if voice.level:
                why += f"; avsender fra {voice.level}"
        known[document.source] = replace(
            document, kind=kind, bodies=bodies, recognised_by=why,
            dated=versions.dated(document, mail) if kind == "answer" else None)

    findings = _by_their_senders(known, by_source, findings)
    findings += [_unplaced(d) for d in known.values() if d.kind == "unknown" and d.status == "ok" and d.text.strip()]
    heard = {body for d in known.values() if d.kind == "answer" and d.status == "ok" for body in d.bodies}
    for source, bodies in sorted(speaking.items(), key=lambda found: found[0] not in full):
        if heard & set(bodies) or known[source].status != "ok":
            continue
        findings.append(_perhaps_an_answer(source, bodies, taken=source in full))
        if source in full:
            known[source] = replace(known[source], kind="answer", bodies=bodies, dated=versions.dated(by_source[source], full[source]),
                                    recognised_by="møtereferat fullt av synspunkter, fra noen som ellers ikke har svart")
            heard |= set(bodies)
    answers = [known[d.source] for d in documents if known[d.source].kind == "answer" and d.status == "ok"]
    replaced, more = versions.resolve(answers, {rule.path: rule.replaces for rule in settings.files
                                                if rule.replaces is not None}, likely)
    findings += more
    deadline = settings.case.deadline
    for answer in replaced:
        late = bool(deadline and answer.dated and answer.dated > deadline)
        known[answer.source] = replace(answer, late=late)
        if late and answer.superseded_by is None:
            findings.append(Finding(
                kind="late", source=answer.source,
                message=f"«{answer.source}» er datert {date_text(answer.dated)}, etter fristen {date_text(deadline)}. "
                        "Svaret er tatt med og merket som for sent innkommet."))
    for rule in settings.files:
        if fold(rule.path) not in {fold(d.source) for d in documents}:
            findings.append(Finding(
                kind="file_rule_unused", message=f"case.toml eller rettelser.json omtaler filen «{rule.path}», som ikke finnes i saken. "
                                                 "Rett navnet eller fjern linjen."))
    result = tuple(known[d.source] for d in documents)
    return result, tuple(findings)


def register(documents: Sequence[Document], settings: Settings) -> Register:
    """Who has answered, who is missing, who is late, which answers are replaced."""
    current = [d for d in documents if d.current_answer]
    order = settings.body_names()
    answers: dict[str, list[Document]] = {name: [] for name in order}
    for document in current:
        for name in dict.fromkeys(document.bodies):
            if name in answers:
                answers[name].append(document)
    return Register(
        answered=tuple(n for n in order if answers[n]),
        missing=tuple(n for n in order if not answers[n]),
        late=tuple(n for n in order if answers[n] and all(d.late for d in answers[n])),
        superseded=tuple(d.source for d in documents if d.superseded_by is not None),
        answers=tuple((n, tuple(d.source for d in answers[n])) for n in order if answers[n]),
    )


def mail_of(document: Document, by_source: dict[str, Document]) -> Document | None:
    """The mail that a document came in, if any."""
    return next((p for p in _parents(document, by_source) if p.container and p.property("sender")), None)


def voice_in(document: Document, mail: Document | None, names: Names) -> whose.Voice:
    """Who speaks in a document that came in ``mail``."""
    return whose.voice_of(document, names, sender=mail.property("sender") if mail else "", subject=mail.property("subject") if mail else "")


def _traced(documents: Sequence[Document], mails: dict[str, Document | None], voices: dict[str, whose.Voice],
            settings: Settings) -> dict[str, traces.Trace]:
    """The body that the traces in each document point at."""
    if len(documents) * len(settings.bodies) > _MOST_PAIRS:
        return {}
    compared = traces.Traces(settings.bodies)
    return traces.assigned(((d.source, compared.features(d, places.cues_in(d, mails[d.source]), whose.rank(voices[d.source])))
                            for d in documents), settings.body_names())


def _weighed(voice: whose.Voice, trace: traces.Trace | None) -> whose.Voice:
    """Who speaks, the traces heard: where nobody is named, or they are surer than what is. A municipality does not answer for its body."""
    if trace is None or trace.body in voice.bodies or (voice.municipality and voice.municipality[1] == trace.body):
        return voice
    plain = (voice.level == whose.LEVELS[0] and not voice.once) or len(voice.bodies) > 1
    taken = trace.sure >= (traces.TAKEN if not voice.bodies else traces.OVERRULES_PLAIN if plain else traces.OVERRULES)
    return whose.Voice(bodies=(trace.body,), level=trace.place, traced=True) if taken else voice


def _doubts(voice: whose.Voice, trace: traces.Trace) -> bool:
    """Whether the traces point elsewhere than the name that is used, and nothing else does."""
    return bool(voice.bodies) and not voice.conflicts and trace.body not in voice.bodies and trace.sure >= traces.DOUBTS


def _parents(document: Document, by_source: dict[str, Document]):
    while document.parent is not None and document.parent in by_source:
        document = by_source[document.parent]
        yield document


def _by_their_senders(known: dict[str, Document], by_source: dict[str, Document], findings: list[Finding]) -> list[Finding]:
    """Give answers of nobody known to the bodies for which their sender, or all who sign, sign another one; changes ``known``.

    Returns the findings, those of an unknown sender exchanged for what a person should look at.
    """
    answers = [d for d in known.values() if d.kind == "answer" and d.status == "ok"]
    signed_by = answers + _covering_mails(answers, known)
    for document in [d for d in answers if not d.bodies]:
        mail = next((p for p in _parents(document, by_source) if p.container and p.property("sender")), None)
        person = people.sender(document, mail)
        bodies = people.body_of(person, document.source, signed_by) if person else ()
        signed = [] if bodies else [people.body_of(one, document.source, signed_by) for one in people.signers(document)]
        if signed and all(signed):  # a letter of two may be signed by one of each
            bodies = tuple(dict.fromkeys(body for found in signed for body in found))
        if not bodies or not any(f.source == document.source and f.kind == "unknown_body" for f in findings):
            continue
        known[document.source] = replace(
            document, bodies=bodies,
            recognised_by=f"{document.recognised_by}; den som sender eller undertegner, har også gjort det med et annet svar")
        findings = [f for f in findings if f.source != document.source or f.kind != "unknown_body"]
        findings.append(Finding(
            kind="body_by_person", source=document.source,
            message=f"«{document.source}» sier ikke hvem den er fra, men er sendt eller undertegnet av noen som også har undertegnet eller "
                    f"sendt svar fra {join_names(bodies)}, og er regnet som deres. Er det feil, rett det i case.toml."))
    return findings


def _covering_mails(answers: Sequence[Document], known: dict[str, Document]) -> list[Document]:
    """The covering mails of answers, each with the bodies of what it brings where these are the same."""
    brought: dict[str, set[tuple[str, ...]]] = {}
    for answer in answers:
        if answer.parent is not None and answer.bodies:
            brought.setdefault(answer.parent, set()).add(answer.bodies)
    return [replace(known[source], bodies=min(found)) for source, found in brought.items()
            if len(found) == 1 and known[source].kind == "email"]


def _unplaced(document: Document) -> Finding:
    return Finding(
        kind="unplaced", source=document.source,
        message=f"«{document.source}» er lest, men ikke gjenkjent som svar eller saksdokument, og er ikke tatt med. Er det et svar, "
                f"skriv [files] \"{document.source}\" = {{ kind = \"answer\", body = \"…\" }} i case.toml.")


def _covering(document: Document, *, taken: bool) -> Finding:
    """A covering mail wants something itself; ``taken``: it is counted as a part of the answer."""
    if taken:
        text = (f"«{document.source}» er følgebrev til et svar, men ønsker eller mener noe selv og er tatt med i svaret. "
                f"Hører det ikke med, skriv [files] \"{document.source}\" = {{ kind = \"email\" }} i case.toml.")
    else:
        text = (f"«{document.source}» er regnet som følgebrev til vedlegget sitt og er ikke tatt med, men teksten ønsker eller mener noe. "
                f"Hører det med i svaret, skriv [files] \"{document.source}\" = {{ kind = \"answer\" }} i case.toml.")
    return Finding(kind="covering_mail", source=document.source, message=text)


def _perhaps_an_answer(source: str, bodies: tuple[str, ...], *, taken: bool) -> Finding:
    """A silent body speaks in a file; ``taken``: it is counted as the answer all the same."""
    who = join_names(bodies)
    if taken:
        text = (f"«{source}» er et møtereferat, men er regnet som svaret fra {who}, som ikke har svart på annen måte. Er det ikke svaret, "
                f"skriv [files] \"{source}\" = {{ kind = \"minutes\" }} i case.toml.")
    else:
        text = (f"«{source}» er ikke regnet som et svar, men {who} taler i den og har ikke svart på annen måte. Er det svaret, "
                f"skriv [files] \"{source}\" = {{ kind = \"answer\" }} i case.toml.")
    return Finding(kind="perhaps_an_answer", source=source, message=text)


def _by_traces(document: Document, told: whose.Voice, trace: traces.Trace) -> list[Finding]:
    """An answer taken for a body's by its traces; ``told``: who is named in it, if anybody."""
    named = (f": {told.level} peker på {join_names(told.bodies)}, men {trace.place} tyder mer på {trace.body}" if told.bodies
             else f" sier ikke rett ut hvem svaret er fra, men {trace.place} tyder på {trace.body}")
    return [Finding(kind="body_by_traces", source=document.source,
                    message=f"«{document.source}»{named}, og svaret er regnet som deres. Er det feil, rett det i case.toml.")]


def _doubted(document: Document, voice: whose.Voice, trace: traces.Trace) -> Finding:
    return Finding(kind="body_conflict", source=document.source,
                   message=f"«{document.source}»: {voice.level} peker på {join_names(voice.bodies)}, men {trace.place} på {trace.body}. "
                           f"{join_names(voice.bodies)} er brukt. Er det feil, rett det i case.toml.")


def _voice_findings(document: Document, voice: whose.Voice, trace: traces.Trace | None) -> list[Finding]:
    source = document.source
    if not voice.bodies:
        likely = trace.body if trace and trace.sure >= traces.SUGGESTED and not voice.municipality else ""
        remedy = f"Skriv [files] \"{source}\" = {{ kind = \"answer\", body = \"{likely or '…'}\" }} i case.toml."
        remedy = f"{trace.place[:1].upper()}{trace.place[1:]} kan tyde på {likely}. Stemmer det? {remedy}" if likely and trace else remedy
        if voice.municipality:
            place, body = voice.municipality
            text = (f"«{source}» ser ut til å være fra {place} kommune, som hører til {body}. En kommune svarer ikke for {body}. "
                    f"Gjelder svaret likevel for {body}? {remedy}")
        else:
            text = f"«{source}» ser ut som et svar, men avsenderen er ikke blant dem som er spurt. {remedy}"
        return [Finding(kind="unknown_body", message=text, source=source)]
    return [
        Finding(kind="body_conflict", source=source,
                message=f"«{source}»: {voice.level} peker på {join_names(voice.bodies)}, men {level} på {join_names(other)}. "
                        f"{join_names(voice.bodies)} er brukt. Er det feil, rett det i case.toml.")
        for level, other in voice.conflicts
    ]
