"""Bodies that endorse another's answer, added to the points that answer makes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.config import Wording
from pipeline.language import endorsement, lemmas, quantifiers
from pipeline.model import Point, Statement

_LIMITED = "Slutter seg til et svar med unntak eller forbehold: vurder for hånd hvilke punkter det gjelder."
_LIMITED_ENDORSEMENT = re.compile(
    r"\b(?:med unntak|unntatt|bortsett fra|med forbehold|men ikke|men ikkje|ikke når det gjelder|delvis|i "
    r"hovedsak|i hovudsak|(?:i|for) det meste|"
    r"(?:det )?meste(?:parten)? av|mye av|mykje av|(?:store |noen |enkelte )?dele?r av|mange av|flere av|fleire av|"
    r"noe av|noko av|resten av|(?:det|dei?) (?:øvrige?|andre) (?:i|av)|alt annet (?:i|som)|alt anna (?:i|som))\b",
    re.IGNORECASE,
)
# "… innspillet fra Lister om nummerering": only what is about that.
_ABOUT = re.compile(
    r"\b(?:om|når det gjelder|når det gjeld|i spørsmålet om|på punktet om|knyttet til|knytt til|vedrørende|angående)"
    r"\s+(?P<topic>(?:(?!,\s+(?:slutt|støtt|stør|still|tiltr|er|vil|har|men|så|og\s+(?:vi|me))\w*\b)"
    r"(?!\s+(?:e|er|æ|slutt[ea]r|støtt[ea]r|stør|still[ea]r|del[ea]r|har|vil|kan)\s+(?:vi|me|rs|rådet|styret|utvalget|utvalet)\b)[^.;:]){3,120})",
    re.IGNORECASE)
# Words for the hearing itself limit nothing: "innspillet om handlingsplanen".
_GENERAL = frozenset(w[:6] for w in ("handlingsplan", "plan", "planen", "høring", "høyring", "sak", "saken", "innspill",
                                             "rullering", "revisjon"))
# Words that only name a part of an answer: "unntatt forslaget om", "ikke tiltakene i punkt 3".
_NAMING = frozenset(w[:6] for w in ("forslag", "forslaget", "framlegg", "punktet", "kravet", "avsnitt", "delen", "tiltak", "tiltaket",
                                    "spørsmål", "gjelder", "gjeld", "står", "skriver"))


def _stems(text: str) -> frozenset[str]:
    """Beginnings of the content words: "nummerering" and "nummereres" are about the same."""
    return frozenset(w[:6] for w in lemmas.content(text) if len(w) > 3)


def _topic(statement: Statement) -> frozenset[str]:
    """What an endorsement is limited to, or nothing when it is for the whole answer or for named questions."""
    if statement.endorsed_questions:
        return frozenset()
    about = _ABOUT.search(statement.text)
    return _stems(about["topic"]) - _GENERAL if about else frozenset()


def exceptions(statements: Sequence[Statement]) -> dict[str, Statement]:
    """Id of each statement that only says what the endorsement right before it leaves out -> that endorsement."""
    ends = {(s.source, s.end): s for s in statements if s.type == "endorsement"}
    found = {}
    for s in statements:
        before = next((e for gap in range(4) if (e := ends.get((s.source, s.start - gap)))), None)
        if before is not None and s.type == "substance" and endorsement.left_out(s.text):
            found[s.id] = before
    return found


class Supporters:
    """Adds endorsing bodies to points. ``place``: the reading order of statements; ``in_order``: bodies as configured."""

    def __init__(self, bodies: tuple[str, ...], answered: tuple[str, ...], wording: Wording, left_out: Mapping[str, Statement],
                 place: Callable[[Statement], tuple], in_order: Callable[[Iterable[str]], tuple[str, ...]],
                 titles: Mapping[str, str]) -> None:
        """``titles``: those of the themes, by key; "om teknologien" may name one."""
        self._bodies, self._answered, self._wording, self._left_out = bodies, answered, wording, left_out
        self._place, self._in_order, self._titles = place, in_order, {key: title.lower() for key, title in titles.items()}

    def add(
        self, points: list[Point], endorsements: list[Statement], substance: dict[str, Statement]
    ) -> tuple[list[Point], dict[str, str]]:
        """Endorsing bodies added to the points they endorse, through chains; and why an endorsement changes nothing."""
        reasons: dict[str, str] = {}
        usable = []
        for statement in sorted(endorsements, key=self._place):
            reason = self._no_endorsement(statement)
            if reason:
                reasons[statement.id] = reason
            else:
                usable.append(statement)
        by_id = {p.id: p for p in points}
        supporters: dict[str, dict[str, list[str]]] = {p.id: {} for p in points}  # point -> body -> endorsement ids
        asked = {p.id: {substance[i].question for i in p.statement_ids if i in substance} for p in points}
        said = {(b, p.theme, p.text) for p in points for b in p.bodies}
        topics = {s.id: _topic(s) for s in usable}
        # In the words of the answers: a point's own text may name its body.
        said_in = {p.id: _stems(" ".join(substance[i].text for i in p.statement_ids if i in substance)) for p in points}
        excepted = {
            e.id: _stems(endorsement.left_out(substance[i].text)) - _GENERAL - _NAMING
            for i, e in self._left_out.items()
            if i in substance
        }
        for statement in [s for s in usable if s.id in excepted]:
            theirs = [p for p in points if set(p.bodies) & set(statement.endorses)]
            if not any(excepted[statement.id] & said_in[p.id] for p in theirs):
                usable.remove(statement)
                reasons[statement.id] = _LIMITED
        changed = True
        while changed:  # a chain of endorsements is as long as there are bodies at most
            changed = False
            for statement in usable:
                for point in points:
                    makers = set(point.bodies) | set(supporters[point.id])
                    if not makers & set(statement.endorses):
                        continue
                    if statement.endorsed_questions and not asked[point.id] & set(statement.endorsed_questions):
                        continue
                    if topics[statement.id] and not self._is_about(topics[statement.id], point, said_in[point.id]):
                        continue
                    if excepted.get(statement.id, frozenset()) & said_in[point.id]:
                        continue
                    for body in statement.bodies:
                        own_view = (
                            any(body in by_id[o].bodies for o in point.opposes)
                            or (body, point.theme, point.text) in said
                        )
                        known = (
                            supporters[point.id].setdefault(body, [])
                            if body not in point.bodies and not own_view
                            else None
                        )
                        if known is not None and statement.id not in known:
                            known.append(statement.id)
                            changed = True
        done = []
        for point in points:
            extra = {b: ids for b, ids in supporters[point.id].items() if ids}
            if extra:
                making = self._in_order([*point.bodies, *extra])
                ids = tuple(
                    dict.fromkeys([*point.statement_ids, *(i for b in self._in_order(extra) for i in extra[b])])
                )
                point = replace(
                    point,
                    bodies=making,
                    endorsed_by=self._in_order(extra),
                    statement_ids=ids,
                    quantifier=quantifiers.phrase(making, self._bodies, self._answered, self._wording),
                )
            done.append(point)
        used = {i for p in done for i in p.statement_ids}
        for statement in usable:
            if statement.id not in used:
                names = ", ".join(statement.endorses)
                reasons[statement.id] = (
                    f"Slutter seg til {names}, men det er ingen punkter derfra å slutte seg til, eller svareren "
                    f"sier det samme selv."
                )
        return done, reasons

    def _is_about(self, topic: frozenset[str], point: Point, said: frozenset[str]) -> bool:
        """Whether a point is about what an endorsement is limited to: in its words, or in its theme's title."""
        return bool(topic & said) or any(len(stem) >= 5 and stem in self._titles.get(point.theme, "") for stem in topic)

    def _no_endorsement(self, statement: Statement) -> str | None:
        if not statement.bodies:
            return "Avsenderen er ukjent: si hvem filen er fra under [files] i case.toml."
        others = [b for b in statement.endorses if b not in statement.bodies]
        if not others:
            return "Slutter seg til et svar, men det går ikke fram hvems: vurder det for hånd."
        silent = [b for b in others if b not in self._answered]
        if len(silent) == len(others):
            return f"Slutter seg til svaret fra {', '.join(silent)}, som ikke har svart."
        if _LIMITED_ENDORSEMENT.search(statement.text):
            return _LIMITED
        return None
