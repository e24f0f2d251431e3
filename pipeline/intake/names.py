"""Finding the configured bodies in text, names of files and addresses.

A municipality is not the body it lies in, and the name of a body is often an ordinary word
("lister"), so running text is matched with its capital letters, whole words, longest name first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from pipeline.config import Body
from pipeline.norsk import fold

_GLUED = 7  # letters: shorter names are not looked for inside other words ("OstreAgderSvar.docx")
_ASCII = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "é": "e", "á": "a", "š": "s", "đ": "d",
                        "ŋ": "n", "č": "c"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A body's (or one of its municipalities') name in a text, with its offsets there."""

    body: str
    start: int
    end: int
    municipality: str | None = None


@dataclass(frozen=True)
class Names:
    """Finds bodies by name or alias."""

    bodies: tuple[Body, ...]

    @cached_property
    def _known(self) -> dict[str, tuple[str, str | None]]:
        known: dict[str, tuple[str, str | None]] = {}
        for body in self.bodies:
            for place in body.municipalities:
                known.setdefault(f"{place} kommune", (body.name, place))
                known.setdefault(f"{place} kommunestyre", (body.name, place))
        for body in self.bodies:
            for name in (body.name, *body.aliases):
                known[name] = (body.name, None)
        return known

    @cached_property
    def _in_text(self) -> re.Pattern[str]:
        def either_case(name: str) -> str:
            return f"{re.escape(name)}|{re.escape(name.upper())}|{re.escape(name[:1].upper() + name[1:])}"

        names = sorted(self._known, key=len, reverse=True)
        spaced = (either_case(n).replace(r"\ ", r"\s+") for n in names)
        return re.compile(r"(?<![\w-])(?:" + "|".join(f"({n})" for n in spaced) + r")(?:s|['’]s?|-regionen)?(?![\w])"
                          if names else r"(?!)")

    @cached_property
    def _order(self) -> list[tuple[str, str | None]]:
        return [self._known[n] for n in sorted(self._known, key=len, reverse=True)]

    def in_text(self, text: str) -> list[Mention]:
        """Mentions in running text, in order. "Lister kommune" is a municipality only when configured as one."""
        found = []
        for m in self._in_text.finditer(text):
            body, place = self._order[m.lastindex - 1]
            name = m.group(m.lastindex)
            follows = re.match(r"\s+kommune(?:s|n|ns)?\b", text[m.end():])
            if place is None and follows and "kommune" not in fold(name):
                place = name  # "Kristiansand kommune" speaks for itself, not for the region of that name
            found.append(Mention(body, m.start(), m.end(), place))
        return found

    def in_label(self, text: str) -> list[str]:
        """Bodies in a file or folder name or an address, whatever its case, signs and letters (ø, oe, o)."""
        labels = [_label(text), _label(text.replace("oe", "o").replace("aa", "a"))]
        hits: dict[str, tuple[int, int]] = {}  # body -> (start, end) of its longest hit
        for name, (body, place) in self._known.items():
            wanted = _label(name)
            if place is not None or not wanted:
                continue
            for label in labels:
                m = re.search(rf"(?<![^\W\d_]){re.escape(wanted)}(?![^\W\d_])", label)
                glued = wanted.replace(" ", "")
                if m is None and len(glued) >= _GLUED:
                    m = re.search(re.escape(glued), label.replace(" ", ""))
                if m and _length(m.span()) > _length(hits.get(body, (0, 0))):
                    hits[body] = m.span()
        return sorted((b for b, (s, e) in hits.items()
                       if not any(o != b and x <= s and e <= y and (x, y) != (s, e) for o, (x, y) in hits.items())),
                      key=lambda b: hits[b][0])

    def municipalities_in(self, text: str) -> list[tuple[str, str]]:
        """(municipality, its body) for each municipality that ``text`` names as such."""
        return [(m.municipality, m.body) for m in self.in_text(text) if m.municipality]


def _label(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text).translate(_ASCII)))


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0]
