"""From a statement to its clauses, each on its way to a point: what is compared, what is printed, what it leans on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.config import Question, Wording
from pipeline.language import endorsement, grouping, measures, quantifiers, shorten, stance
from pipeline.language.themes import model_text
from pipeline.model import Statement
from pipeline.norsk import join_names

_BARE = re.compile(
    r"^(?P<word>ja|jo|jau|nei|delvis|til dels|både[- ]og|både ja og nei|tja)"
    r"(?P<rest>(?:[\s,.!–-]+(?:absolutt|definitivt|helt|klart|helt klart|selvfølgelig|selvsagt|sjølvsagt|"
    r"avgjort|det|de|dei|er|gjør|gjer|"
    r"kan|vi|me|det er de|det meiner|mener|i|hovedsak|hovudsak|stort|sett|stor|grad|noen|nokon|liten|ikke|ikkje|"
    r"alle|helst|alt|"
    r"delvis|og|både|for det meste|langt på vei|langt på veg|takk|egentlig|eigentleg))*)[\s.!]*$",
    re.IGNORECASE,
)
_BOXES = re.compile(r"(?P<label>[^☐☒☑✓✔.]{0,60}?)[\s:]*(?P<boxes>(?:[☐☒☑✓✔]\s*[^\s☐☒☑✓✔][^☐☒☑✓✔]*)+)")
_TICKED = re.compile(r"[☒☑✓✔]\s*([^☐☒☑✓✔]+)")
# What a box says that tells nothing without its question: "Noen", "Passer ikke", "Vet ikke".
_ON_A_SCALE = re.compile(
    r"(?:ja|nei|delvis|til dels|alle|alt|noen|nokre|noe|noko|litt|ingen|inga|mange|få|flere|fleire|de fleste|dei fleste|"
    r"(?:helt |heilt |litt |delvis )?(?:enig|einig|samd|uenig|usamd)|ofte|av og til|sjelden|sjeldan|aldri|alltid|bra|godt|dårlig|dårleg|"
    r"(?:vet|veit) (?:ikke|ikkje)|usikker|annet|anna|(?:passer|passar|gjelder|gjeld|stemmer)(?: (?:ikke|ikkje|godt|delvis|dårlig))?)",
    re.IGNORECASE)
_OPEN_QUESTION = re.compile(
    r"(?:(?:på|i|for|av|med|til|om)\s)?(?:hv(?:a|em|or|ordan|orfor|ilk\w+)|k(?:va|ven|or|orleis|vifor|vilk\w+)|når)\b", re.IGNORECASE)
_PLAIN_REST = re.compile(
    r"^(?:[\s,.!–-]+(?:absolutt|definitivt|helt klart|klart|selvfølgelig|selvsagt|sjølvsagt|avgjort|takk|det er "
    r"de|det mener vi|"
    r"det gjør vi|det kan vi|vi|kan|det))*[\s.!]*$",
    re.IGNORECASE,
)
_YES_NO = re.compile(
    r"^(?P<verb>er|var|har|kan|bør|skal|vil|må|får)\s+(?P<subject>(?:deres |dere sin |dykkar )?(?:rs|kommunen?|"
    r"utvalget|regionen|dere)\b|"
    r"(?!(?:det|de|dette|disse|den|dei|desse)\b)\w+(?:ene|ane|en|et|a))\s+(?P<rest>(?!(?:for|til|av|i|på|med|om|"
    r"hos|mellom|som|og)\b)\S.*?)\s*\?\s*$",
    re.IGNORECASE,
)
_SELF = re.compile(r"^(?:(?:deres|dykkar) .*|dere .*|rs|dere|utvalget|regionen|kommunen?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One clause of one statement on its way to a point."""

    statement: Statement
    number: int  # which clause of the statement
    text: str  # the clause as the point text is made from it
    compare: str  # the words that say what it is about
    stance: stance.Stance
    fixed: str = ""  # a ready point text (an answer yes or no to a question)
    unclear: bool = False  # leans on what is not in it
    resolved: bool = False  # a pronoun was replaced by what it stands for


def _ticked(text: str) -> str:
    """What is ticked, with its label: "☒ Ja ☐ Nei" says "Ja", "Behov: ☒ tid ☒ folk" "Behov: tid og folk".

    A text that is no row of boxes, or has none ticked, is returned as it is.
    """
    label, ticked = _boxes(text)
    if not ticked:
        return text
    colon = ":" if label and not shorten.complete(label) else ""  # "Mangler: ☒ tid" is a sentence, "Behov: ☒ tid" is none
    return f"{label}{colon} {join_names(ticked)}".strip()


def _boxes(text: str) -> tuple[str, list[str]]:
    """The label before a row of boxes and the words of those that are ticked; ("", []) for any other text."""
    found = _BOXES.fullmatch(text.strip())
    if not found:
        return "", []
    return found["label"].strip(), [t.strip(" ,;/") for t in _TICKED.findall(found["boxes"])]


def only_a_mark(statement: Statement, question: Question | None) -> bool:
    """Whether a statement is a mark on a scale ("☐ Ja ☒ Delvis", "Delvis.") under a question that asks for more than that.

    "Svarer «noen» på spørsmålet «Hvilke deler bruker dere?»" tells nobody anything where the answer goes on in words.
    """
    if question is None or not _OPEN_QUESTION.match(question.text):
        return False
    label, ticked = _boxes(statement.text)
    if ticked:
        return not label and all(_ON_A_SCALE.fullmatch(t.rstrip(".!")) for t in ticked)
    return _BARE.match(statement.text.strip()) is not None


def _only_with_its_like(side: stance.Stance, said: str) -> stance.Stance:
    """The stance of what is joined with nothing but the same words."""
    return replace(side, numbers=frozenset({said.lower()}), mixed=True)


def listed(part: Part) -> str:
    """The list that a fragment is an item of: the same file and introduction."""
    statement = part.statement
    if statement.kind not in {"item", "cell"} or shorten.complete(statement.text):
        return ""
    return f"{statement.source}|{statement.lead_in}|{statement.question}"


def read_as(parts: Sequence[Part]) -> list[str]:
    """The texts whose vectors stand for the clauses: a statement of one clause is read as themes read it."""
    several = {p.statement.id for p in parts if p.number > 0}
    return [p.compare if p.statement.id in several or p.fixed else model_text(p.statement) for p in parts]


class PartMaker:
    """Cuts statements into clauses. ``questions``: by number; ``proper``: words that keep their capital letter.

    ``left_out``: id of each statement that only says what an endorsement leaves out -> that endorsement.
    """

    def __init__(self, questions: Mapping[str, Question], wording: Wording, proper: frozenset[str],
                 left_out: Mapping[str, Statement]) -> None:
        self._questions, self._wording, self._proper, self._left_out = questions, wording, proper, left_out

    def of(self, statement: Statement, before: Statement | None) -> list[Part]:
        """The statement's clauses; none when it is not understood without what surrounds it. ``before``: the statement before it."""
        said = _ticked(statement.text)
        bare = self._bare_answer(statement, said.strip()) or self._exception(statement)
        if bare is not None:
            return [bare]
        voice = self.voice(statement)
        if said != statement.text and not shorten.complete(said):
            return [self._in_context(statement, said, 0, True) or self._ticked_alone(statement, said)]
        whole = shorten.with_lead_in(said, statement.lead_in)
        resolved = None
        if before is not None and before.source == statement.source and statement.block - before.block in {0, 1}:
            resolved = shorten.resolve(whole, before.text)
        made = []
        for number, clause in enumerate(shorten.clauses(resolved or whole)):
            compare = shorten.core(clause, voice)
            content, scales, _ = grouping.features(compare)
            unclear = shorten.unresolved(compare)
            condition = statement.question is not None and shorten.only_condition(clause)
            says_little = not content or (unclear and len(content) < 2) or condition or self._short_verdict(statement, clause, content)
            if says_little and measures.verdict(clause, statement.text) is None:
                placed = self._in_context(statement, clause, number, condition or bool(scales) or (bool(content) and not unclear))
                if placed is not None:
                    made.append(placed)
                continue
            # An introduction such as "Vi ønsker:" makes a demand of a bare noun.
            lead = statement.lead_in if len(statement.lead_in.split()) <= 10 else ""
            side = stance.of(f"{lead.rstrip(':')} {compare}" if lead and whole == statement.text.strip() else compare)
            made.append(Part(statement, number, clause, compare, side, unclear=unclear, resolved=resolved is not None))
        return made

    def _short_verdict(self, statement: Statement, clause: str, content: Iterable[str]) -> bool:
        """ "Spot on" under "Er tiltakene presise?": a word or two that the question alone explains."""
        question = self._questions.get(statement.question or "")
        return (
            question is not None
            and shorten.word_count(clause) <= 2
            and all(c.startswith("~") for c in content)
            and bool(re.match(r"(?:er|kan|bør|vil|skal|fungerer|dekker|gir)\b", question.text, re.IGNORECASE))
        )

    def _in_context(self, statement: Statement, clause: str, number: int, says_something: bool) -> Part | None:
        """A clause that is understood only from the question or heading it stands under; None when there is none."""
        if not says_something or shorten.word_count(clause) < 1:
            return None
        said = shorten.finish(clause, self._proper)
        side = stance.of(clause)
        if side.kind == "neutral":
            side = _only_with_its_like(side, said)
        question = self._questions.get(statement.question or "")
        if question is not None:
            compare = f"{question.text} {clause}"
            return Part(
                statement,
                number,
                clause,
                compare,
                side,
                unclear=True,
                fixed=f"svarer «{said}» på spørsmålet «{question.text}»",
            )
        if statement.headings:
            heading = statement.headings[-1].strip(" .:")
            return Part(
                statement,
                number,
                clause,
                f"{heading} {clause}",
                side,
                unclear=True,
                fixed=f"«{said}» (under «{heading}»)",
            )
        return None

    def _ticked_alone(self, statement: Statement, said: str) -> Part:
        """A ticked box with neither question nor heading, told as just that."""
        fixed = f"har krysset av for «{said}»"
        return Part(statement, 0, statement.text, said, _only_with_its_like(stance.of(said), said), fixed=fixed)

    def _bare_answer(self, statement: Statement, said: str) -> Part | None:
        """ "Ja." under a question, as what it says; None when it ("said") is more than that, or has no question."""
        found = _BARE.match(said)
        question = self._questions.get(statement.question or "")
        if not found or question is None:
            return None
        word = found["word"].lower()
        plain = word in {"ja", "jo", "jau", "nei"} and bool(_PLAIN_REST.match(found["rest"]))
        side = stance.of(question.text.rstrip(" ?"))
        if word == "nei":
            side = stance.negated(side)
        elif word not in {"ja", "jo", "jau"} or re.search(
            r"\b(?:delvis|ikke|ikkje|noen|nokon|liten)\b", found["rest"], re.IGNORECASE
        ):
            side = replace(side, mixed=True)
        fixed = self._declarative(question.text, word) if plain else ""
        if not fixed and plain:
            fixed = f"svarer {'nei' if word == 'nei' else 'ja'} på spørsmålet «{question.text}»"
        elif not fixed:
            fixed = f"svarer «{shorten.finish(said)}» på spørsmålet «{question.text}»"
        return Part(statement, 0, statement.text, question.text, side, fixed=fixed)

    def _exception(self, statement: Statement) -> Part | None:
        """ "Unntatt forslaget om X" after an endorsement, as what both say; None for any other statement."""
        if statement.id not in self._left_out:
            return None
        what = endorsement.left_out(statement.text)
        others = " og ".join(b for b in self._left_out[statement.id].endorses if b not in statement.bodies)
        said = f"sluttar seg til svaret frå {others}, unnateke {what}" if statement.language == "nn" else (
            f"slutter seg til svaret fra {others}, unntatt {what}")
        return Part(statement, 0, statement.text, what, _only_with_its_like(stance.of(what), said), fixed=said)

    def _declarative(self, question: str, word: str) -> str:
        """The question as a statement where its grammar is certain ("Er tiltakene aktuelle?"), else ""."""
        found = _YES_NO.match(question.strip())
        if not found or re.search(r"\b(?:eller|hvorfor|hvordan|deres|dere)\b", found["rest"], re.IGNORECASE):
            return ""
        verb, subject, rest = found["verb"].lower(), found["subject"], found["rest"]
        if word == "nei":
            if (
                re.match(
                    r"(?:fortsatt|fremdeles|framleis|også|alle|noen|nokon|tilstrekkelig.* og)\b", rest, re.IGNORECASE
                )
                or verb == "må"
            ):
                return ""
            rest = f"ikke {rest}"
        if _SELF.match(subject):
            return f"{verb} {rest}"
        return shorten.small_first(f"{subject} {verb} {rest}", self._proper)

    def voice(self, statement: Statement) -> shorten.Voice:
        """Who speaks in the statement, for the wording of its point."""
        names = tuple(
            dict.fromkeys(n for b in statement.bodies for n in (b, quantifiers.bare_name(b, self._wording)) if n)
        )
        name = statement.bodies[0] if len(statement.bodies) == 1 else self._wording.noun_definite
        return shorten.Voice(name=name, names=names, proper=self._proper)
