"""Who was asked, who answered, who is late or missing, and what of the answers is not among the points."""

from __future__ import annotations

from pipeline.model import CaseResult, Document
from pipeline.norsk import capital, date_text, join_names, number_word
from pipeline.writers._saksfremlegg_evidence import Evidence
from pipeline.writers._saksfremlegg_themes import without_remarks
from pipeline.writers._saksfremlegg_words import MOST_NAMES, Sporsmalsdel, counted, short_names


def asked_sentence(result: CaseResult) -> str:
    """ "Fire regionale samhandlingsutvalg er bedt om innspill: …, med frist 15. oktober 2025." or nothing."""
    bodies, case = result.settings.body_names(), result.settings.case
    if not bodies:
        return ""
    deadline = f", med frist {date_text(case.deadline)}" if case.deadline else ""
    if len(bodies) == 1:
        return f"{bodies[0]} er bedt om innspill{deadline}."
    noun = result.settings.quantifiers.noun_long
    # A hearing's long list of names stands once, where it is told who answered.
    names = f": {join_names(bodies)}" if len(bodies) <= MOST_NAMES else ""
    return f"{capital(number_word(len(bodies)))} {noun} er bedt om innspill{deadline}{names}."


def answered_sentences(result: CaseResult, evidence: Evidence) -> tuple[str, ...]:
    """Who answered, who did not, late, joint, replaced, unattributed, and who has no remarks at all."""
    register, wording = result.register, result.settings.quantifiers
    answers = [d for d in result.documents if d.current_answer]
    asked, answered = result.settings.body_names(), register.answered
    found: list[str] = []
    if not answered and not answers:
        return ("Ingen svar er kommet inn ennå.",)
    if answered:
        names = short_names(answered, wording)
        if len(asked) == 1 or len(answered) == 1:
            found.append(f"{join_names(answered)} har svart.")
        elif len(answered) == len(asked):
            found.append(f"Alle {number_word(len(asked))} {wording.noun} har svart: {names}.")
        else:
            share = f"{number_word(len(answered))} av {number_word(len(asked))}"
            found.append(f"{capital(share)} {wording.noun} har svart: {names}.")
    if register.missing:
        found.append(f"{join_names(register.missing)} har ikke svart.")
    for document in answers:
        if len(document.bodies) > 1:
            found.append(f"{join_names(document.bodies)} har gitt felles svar.")
    if register.late:
        deadline = result.settings.case.deadline
        after = f"fristen {date_text(deadline)}" if deadline else "fristen"
        what = "Svaret" if len(register.late) == 1 else "Svarene"
        found.append(f"{what} fra {join_names(register.late)} kom etter {after}.")
    found += [_replaced(result.document(source)) for source in register.superseded
              if any(d.source == source for d in result.documents)]
    unknown = [d.source for d in answers if not d.bodies]
    if unknown:
        found.append(f"{capital(counted(len(unknown), 'ett svar', 'svar'))} har ukjent avsender og er ikke regnet med: "
                     f"{join_names(unknown)}.")
    remarks = without_remarks(result, None)
    # "Ingen merknader til …" beside demands is about that one thing; only who says nothing else has no remarks.
    speaking = {b for s in result.statements if s.type in ("substance", "endorsement") for b in s.bodies}
    remarks = [s for s in remarks if not set(s.bodies) & speaking]
    nothing = [b for b in asked if any(b in s.bodies for s in remarks)]
    if nothing:
        reference = evidence.references([s.id for s in remarks])
        text = f"{join_names(nothing)} skriver at de ikke har merknader" + (f" ({reference})." if reference else ".")
        found.append(evidence.mark_sentence(text, remarks))
    return tuple(dict.fromkeys(found))


def unused_sentence(result: CaseResult, evidence: Evidence) -> str:
    """How many statements of substance are in no point, and where they stand; empty when there are none."""
    unused = [s for s in result.statements if s.unused and s.type in ("substance", "endorsement")]
    if not unused:
        return ""
    reference = evidence.references([s.id for s in unused])
    text = f"{capital(counted(len(unused), 'ett utsagn', 'utsagn'))} er ikke gjengitt i punktene over" \
           + (f", og kan leses i {reference}." if reference else ".")
    return evidence.mark_sentence(text, evidence.statements([s.id for s in unused]))


def questionnaire(result: CaseResult) -> tuple[Sporsmalsdel, ...]:
    """The questions grouped by block, numbered as the form prints them (also when it numbers two blocks alike)."""
    groups: list[tuple[str, str, list[str]]] = []
    for q in result.settings.questions:
        printed = q.printed or q.number
        if q.block and groups and groups[-1][1] == q.block and groups[-1][0] == printed:
            groups[-1][2].append(q.text)
        else:
            groups.append((printed, q.block, [q.text]))
    return tuple(Sporsmalsdel(nummer=n if n.endswith((".", ")")) else f"{n}.", tittel=title, sporsmal=tuple(texts))
                 for n, title, texts in groups)


def _replaced(document: Document) -> str:
    who = join_names(document.bodies) or "Avsenderen"
    return f"{who} har sendt et nytt svar som erstatter et tidligere ({document.source})."
