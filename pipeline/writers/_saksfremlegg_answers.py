"""Who was asked, who answered, who is late or missing, and what of the answers is not among the points."""

from __future__ import annotations

import re

from pipeline.model import CaseResult, Document
from pipeline.norsk import capital, date_text, join_names, number_word
from pipeline.phrases import Phrases
from pipeline.writers._saksfremlegg_evidence import Evidence
from pipeline.writers._saksfremlegg_themes import without_remarks
from pipeline.writers._saksfremlegg_words import MOST_NAMES, Sporsmalsdel, short_names

# A block whose title is numbered itself: "A. Planens form", "2 Folk og grunn".
_OWN_NUMBER = re.compile(r"(?:[A-ZÆØÅ][.)]|\d+[.)]?)\s+\S")


def asked_sentence(result: CaseResult, say: Phrases) -> str:
    """ "Fire regionale samhandlingsutvalg er bedt om innspill: …, med frist 15. oktober 2025." or nothing."""
    bodies, case = result.settings.body_names(), result.settings.case
    if not bodies:
        return ""
    deadline = say(", med frist {day}", day=date_text(case.deadline)) if case.deadline else ""
    if len(bodies) == 1:
        return say("{who} er bedt om innspill{deadline}.", who=bodies[0], deadline=deadline)
    noun = result.settings.quantifiers.noun_long
    # A hearing's long list of names stands once, where it is told who answered.
    names = f": {join_names(bodies)}" if len(bodies) <= MOST_NAMES else ""
    return say("{count} {noun} er bedt om innspill{deadline}{names}.", count=capital(number_word(len(bodies))), noun=noun,
               deadline=deadline, names=names)


def answered_sentences(result: CaseResult, evidence: Evidence) -> tuple[str, ...]:
    """Who answered, who did not, late, joint, replaced, unattributed, and who has no remarks at all."""
    register, wording = result.register, result.settings.quantifiers
    say = evidence.say
    answers = [d for d in result.documents if d.current_answer]
    asked, answered = result.settings.body_names(), register.answered
    found: list[str] = []
    if not answered and not answers:
        return (say("Ingen svar er kommet inn ennå."),)
    if answered:
        names = short_names(answered, wording)
        if len(asked) == 1 or len(answered) == 1:
            found.append(say("{names} har svart.", names=join_names(answered)))
        elif len(answered) == len(asked) <= MOST_NAMES:  # their names stand where it is told who was asked
            found.append(say("Alle {n} {noun} har svart.", n=number_word(len(asked)), noun=wording.noun))
        elif len(answered) == len(asked):
            found.append(say("Alle {n} {noun} har svart: {names}.", n=number_word(len(asked)), noun=wording.noun, names=names))
        else:
            found.append(say("{k} av {n} {noun} har svart: {names}.", k=capital(say.number(len(answered))),
                             n=number_word(len(asked)), noun=wording.noun, names=names))
    if register.missing:
        found.append(say("{names} har ikke svart.", names=join_names(register.missing)))
    for document in answers:
        if len(document.bodies) > 1:
            found.append(say("{names} har gitt felles svar.", names=join_names(document.bodies)))
    if register.late:
        deadline = result.settings.case.deadline
        what = "Svaret" if len(register.late) == 1 else "Svarene"
        after = " {day}" if deadline else ""
        found.append(say(what + " fra {names} kom etter fristen" + after + ".", names=join_names(register.late),
                         day=date_text(deadline) if deadline else ""))
    found += [_replaced(result.document(source), say) for source in register.superseded
              if any(d.source == source for d in result.documents)]
    unknown = [d.source for d in answers if not d.bodies]
    if unknown:
        found.append(say("{count} har ukjent avsender og er ikke regnet med: {names}.",
                         count=capital(say.counted(len(unknown), "ett svar", "svar")), names=join_names(unknown)))
    remarks = without_remarks(result, None)
    # "Ingen merknader til …" beside demands is about that one thing; only who says nothing else has no remarks.
    speaking = {b for s in result.statements if s.type in ("substance", "endorsement") for b in s.bodies}
    remarks = [s for s in remarks if not set(s.bodies) & speaking]
    nothing = [b for b in asked if any(b in s.bodies for s in remarks)]
    if nothing:
        reference = evidence.references([s.id for s in remarks])
        text = say("{names} skriver at de ikke har merknader", names=join_names(nothing)) \
            + (f" ({reference})." if reference else ".")
        found.append(evidence.mark_sentence(text, remarks))
    return tuple(dict.fromkeys(found))


def unused_sentence(result: CaseResult, evidence: Evidence) -> str:
    """How many statements of substance are in no point, and where they stand; empty when there are none."""
    unused = [s for s in result.statements if s.unused and s.type in ("substance", "endorsement")]
    if not unused:
        return ""
    reference = evidence.references([s.id for s in unused])
    say = evidence.say
    if len(unused) == 1:
        text = say("Ett utsagn er ikke gjengitt i punktene over")
    else:
        text = say("{count} er ikke gjengitt i punktene over", count=capital(say.counted(len(unused), "ett utsagn", "utsagn")))
    text += say(", og kan leses i {reference}.", reference=reference) if reference else "."
    return evidence.mark_sentence(text, evidence.statements([s.id for s in unused]))


def questionnaire(result: CaseResult, say: Phrases) -> tuple[Sporsmalsdel, ...]:
    """The questions grouped by block, numbered as the form prints them (also when it numbers two blocks alike).

    The number stands by the block where the block has one number, else by each question. A form without blocks is one.
    """
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    for q in result.settings.questions:
        asked = (_numbered(q.printed or q.number), q.text)
        if q.block and groups and groups[-1][0] == q.block:
            groups[-1][1].append(asked)
        else:
            groups.append((q.block, [asked]))
    found = []
    if len(groups) > 1 and not any(title for title, _ in groups):
        groups = [(say("Hele skjemaet"), [asked for _, group in groups for asked in group])]
    for title, asked in groups:
        numbers = {number for number, _ in asked}
        if len(numbers) > 1 or _OWN_NUMBER.match(title):
            found.append(Sporsmalsdel(nummer="", tittel=title, med_nummer=True,
                                      sporsmal=tuple(f"{n} {text}" for n, text in asked)))
        else:
            found.append(Sporsmalsdel(nummer=numbers.pop(), tittel=title, sporsmal=tuple(text for _, text in asked)))
    return tuple(found)


def _numbered(number: str) -> str:
    """ "3" -> "3.", but "2.1" and "b)" as they are."""
    return number if number.endswith((".", ")")) or "." in number else f"{number}."


def _replaced(document: Document, say: Phrases) -> str:
    who = join_names(document.bodies) or say("Avsenderen")
    return say("{who} har sendt et nytt svar som erstatter et tidligere ({source}).", who=who, source=document.source)
