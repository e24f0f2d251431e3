"""The evidence behind a bullet: the Word comment with every statement it rests on, and the visible reference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from pipeline.model import CaseResult, Point, Statement
from pipeline.norsk import place_text
from pipeline.phrases import Phrases
from pipeline.references import Passage, passages
from pipeline.writers._saksfremlegg_words import NO_BREAK, passage_list
from pipeline.writers._word import Marks, Piece, join_marked

VEDLEGG_2 = "vedlegg-2-innspill.docx"  # where the passages stand; its bookmarks are those of ``references``

# A point of a national hearing may rest on hundreds of statements; the rest is named by passage number.
MOST_QUOTES = 40


class Evidence:
    """Looks up statements and passages of one case, and marks texts with what they rest on."""

    def __init__(self, result: CaseResult, marks: Marks, say: Phrases) -> None:
        self.say = say
        self._marks = marks
        self._comments = result.settings.documents.comments
        self._statements: Mapping[str, Statement] = {s.id: s for s in result.statements}
        self._passages: Mapping[str, Passage] = passages(result)

    def statements(self, ids: Iterable[str]) -> list[Statement]:
        """The statements of these ids that the case has, in vedlegg 2's order."""
        found = [self._statements[i] for i in ids if i in self._statements]
        return sorted(found, key=lambda s: self._order(s.id))

    def references(self, ids: Iterable[str]) -> str:
        """ "vedlegg 2, pkt. 1.4 og 2.3", each number a link to its passage; or nothing when no passage is known.

        The links are marks: compose further text with ``_word.join_marked`` or ``mark_sentence``.
        """
        found = {p.label: p for i in ids if (p := self._passages.get(i))}
        numbers = passage_list(list(found), lambda label: self._marks.link(VEDLEGG_2, found[label].bookmark, label))
        return join_marked(self.say("vedlegg 2, ").replace(" ", NO_BREAK), numbers) if numbers else ""

    def mark_point(self, point: Point, ids: Iterable[str] | None = None, *, bookmark: str = "") -> str:
        """The point's text with bookmark ``ssu_<id>``, its comment, and its language when all evidence is nynorsk."""
        statements = self.statements(point.statement_ids if ids is None else ids)
        text: str = point.text
        if statements and (language := self.language_of(*statements)):
            text = self._marks.language(language, text)
        if self._comments:
            text = self._marks.comment(partial(self._comment, point.id, statements, unsure=point.needs_review), text)
        return self._marks.bookmark(bookmark or f"ssu_{point.id}", text)

    def mark_sentence(self, sentence: str, statements: list[Statement]) -> str:
        """A sentence about answers with the statements it rests on in a comment."""
        kept = join_marked(sentence)
        if not self._comments or not statements:
            return kept
        return self._marks.comment(partial(self._comment, "", statements), kept, whole=False)

    def _comment(self, point_id: str, statements: list[Statement], *, unsure: bool = False):
        say = self.say
        head = say("Belegg: {count}.", count=say.counted(len(statements), "ett utsagn", "utsagn"))
        head += say(" Usikkert, kontroller punktet mot kilden.") if unsure else ""
        paragraphs = [(Piece(text=head, bold=True),)]
        for s in statements[:MOST_QUOTES]:
            who = " og ".join(s.bodies) or say("Ukjent avsender")
            passage = self._passages.get(s.id)
            where = [s.source, place_text(s.locator, say)] + ([f"vedlegg 2, pkt. {passage.label}"] if passage else [])
            notes = [say("slutter seg til {who}", who=" og ".join(s.endorses))] if s.endorses else []
            notes += [say("sikkerhet {share}", share=f"{s.confidence:.0%}".replace("%", " %"))] if s.confidence else []
            notes += [say("temaet er usikkert")] if s.needs_review else []
            about = f" ({'; '.join(notes)})" if notes else ""
            paragraphs.append((Piece(text=who, bold=True), Piece(text=f": {', '.join(w for w in where if w)}{about}")))
            quote = f"{s.lead_in} {s.text}" if s.lead_in else s.text
            paragraphs.append((Piece(text=f"«{quote}»", language=self.language_of(s)),))
        if len(statements) > MOST_QUOTES:
            rest = [self._passages[s.id].label for s in statements[MOST_QUOTES:] if s.id in self._passages]
            paragraphs.append((Piece(text=say("Også: vedlegg 2, pkt. {passages}.", passages=", ".join(rest))),))
        if point_id:
            paragraphs.append((Piece(text=f"[ssu_{point_id}]"),))
        return tuple(paragraphs)

    def language_of(self, *texts: Statement) -> str:
        """The language tag of what is all in the other language than the document: nynorsk, or bokmål in a nynorsk one."""
        other, tag = ("nb", "nb-NO") if self.say.nynorsk else ("nn", "nn-NO")
        return tag if all(s.language == other for s in texts) else ""

    def _order(self, statement_id: str) -> list[int]:
        passage = self._passages.get(statement_id)
        return [int(n) for n in passage.label.split(".")] if passage else [10**9]
