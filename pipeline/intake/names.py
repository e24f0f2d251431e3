"""Finding the configured bodies in text, names of files and addresses.

A municipality is not the body it lies in, and the name of a body is often an ordinary word
("lister"), so running text is matched with its capital letters, whole words, longest name first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from pipeline.config import Body
from pipeline.norsk import fold, other_forms, without_place

_REMEMBERED = 1 << 12  # texts
_BEGINNING = 7  # letters that names are looked up by
_DEFINITE = re.compile(r"(?:ene|ane|et|en|a)$")
# "Øvre Dal pensjonistlag", which its members call "pensjonistlaget i Øvre Dal"
_SOCIETY_OF = re.compile(r"(?P<where>[A-ZÆØÅ][\w-]+(?:\s[A-ZÆØÅ][\w-]+)?)\s"
                         r"(?P<what>[a-zæøå-]*(?:lag|forening|foreining|klubb|vel|råd|utvalg|utval|gruppe|nettverk|skole|skule))$")
# "NFF Nes", "NFF, avdeling Nes": a branch is called by its place with and without the word for it.
_BRANCH = re.compile(r"(?P<what>[A-ZÆØÅ]{2,}|\S*(?:forbundet|forbund|foreningen|forening|foreininga|foreining|laget)|.+?(?=,?\savd))"
                     r"(?:,?\savd(?:\.|eling)?)?\s(?P<where>[A-ZÆØÅ][\w-]+)$")
# "Naturvernforeningen i Nes", which others call "Nes naturvernforening"
_BARE = {"laget": "lag", "foreningen": "forening", "foreninga": "forening", "foreininga": "foreining", "klubben": "klubb", "rådet": "råd",
         "vellet": "vel", "utvalget": "utvalg", "utvalet": "utval", "gruppa": "gruppe", "gruppen": "gruppe", "koret": "kor",
         "korpset": "korps"}
_SOCIETY_AT = re.compile(rf"(?P<what>[A-ZÆØÅ][a-zæøå-]+?)(?P<end>{'|'.join(_BARE)})\s(?:i|på|for|ved)\s"
                         r"(?P<where>[A-ZÆØÅ][\w-]+(?:\s[A-ZÆØÅ][\w-]+)?)$")
_ENDINGS = ((("forening", "foreining"), ("a", "en")), (("gruppe",), ("a", "en")), (("klubb", "skole", "skule"), ("en",)))
_ACRONYM = 3  # letters
_INITIALS = 4  # letters: shorter words are too often something else
_LONG_PLACE = 7  # letters with the ending: "Åsdalen"
_SMALL = frozenset({"i", "ved", "og", "av", "pa", "til", "med", "for"})
_AT_END = re.compile(r"[A-ZÆØÅ][a-zæøå-]{4,} ([A-ZÆØÅ][\w-]+(?: [\w-]+)+)$")
_WORD = re.compile(r"(?<![\w-])\S")
_AT_PLACE = "i|ved|på|hos|for|fra|frå|til"
_PEOPLE_AT = re.compile(rf"(?:[Dd]ei?\s)?(\w+)\s(?:{_AT_PLACE})\s([A-ZÆØÅ][\w-]+)(?:\s([a-zæøå]+))?")
_AT_HOUSE = re.compile(r"(\w+)\s(?:ved|på|i)\s([A-ZÆØÅ][\w-]+)(?:\s[a-zæøå]+)+$")
_CAPITAL = re.compile(r"[A-ZÆØÅ][\w-]+")
_PROPER_WITHIN = re.compile(r"\w[a-zæøå-]{5,}\s(?:.*\s)?[A-ZÆØÅ]")
_HOUSES = r"\w*(?:skole|skule|barnehage|hjem|heim|hus|senter|sykehus|sjukehus|kirke|kyrkje|sokn|kommune|menighet|bydel)\w*"
# What stands before the people who write: "skrevet av 19", "vi som er", "hilsen".
_WRITER = re.compile(r"\b(?:(?:skrevet|skrive|skreve|laget|laga)\b.{0,60}?(?:\bav|\bsammen,?|\bsaman,?|,)|hilsen|helsing|mvh,?"
                     r"|(?:svar\w*|referat|protokoll|notat|uttale\w*) fr[aå]|(?:vi|me)(?: som er| er)?|oss)"
                     r"\s+(?:(?:\d+|alle|de|dei)\s+)?", re.IGNORECASE)
_WE_ARE_SO_MANY = re.compile(r"\b(?:vi|me)\s+(?:som\s+)?er\s+(?:\d+|\w{2,12})\s+", re.IGNORECASE)
# Words for the same people, by their beginnings; in a name they may stand at the end of a word ("Foreldrerådet", "Elevrådet").
_PEOPLE = (("ansatt", "tilsett", "personal", "medarbeid"), ("foreldr", "foresatt", "føresett"), ("elev",),
           ("pårørend", "pårørand"), ("beboer", "bebuar", "nabo", "granne", "husstand", "hushald"), ("lærer", "lærar"))
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
        stems: dict[str, set[str]] = {}
        for body in self.bodies:
            # "Råd for personer med funksjonsnedsettelse i Nes", in a letter without the place
            if stem := without_place(body.name):
                stems.setdefault(stem, set()).add(body.name)
        for stem, owners in stems.items():
            # nor is it that of one where others' names go on with several words: "Samarbeidsutvalg Nes", "Samarbeidsutvalg Ytre Nes"
            if len(owners) == 1 and not any(name.startswith(f"{stem} ") and found[0] not in owners for name, found in known.items()):
                known.setdefault(stem, (*owners, None))
        for name, found in list(known.items()):
            if found[1] is None and (m := _SOCIETY_OF.match(name)):
                for called in _called_at(m["what"], m["where"]):
                    known.setdefault(called, found)
            if found[1] is None and (m := _SOCIETY_AT.match(name)):
                known.setdefault(f"{m['where']} {m['what'].lower()}{_BARE[m['end']]}", found)
        heads: dict[tuple[str, str], set[str]] = {}
        for name, (body, place) in known.items():
            if place is None and (m := _AT_HOUSE.match(name)):
                heads.setdefault((m[1], m[2]), set()).add(body)
        for (people, place), owners in heads.items():  # "Elevrådet på Nes", of "Elevrådet ved Nes ungdomsskole"
            for at in ("ved", "på", "i") if len(owners) == 1 else ():
                known.setdefault(f"{people} {at} {place}", (*owners, None))
        for name, found in list(known.items()):
            if found[1] is None and (m := _BRANCH.match(name)):
                for branch in ("", "avd. ", "avd ", "avdeling "):
                    known.setdefault(f"{m['what']} {branch}{m['where']}", found)
        for name, found in list(known.items()):
            for other in other_forms(name):
                known.setdefault(other, found)
        return known

    @cached_property
    def _by_word(self) -> dict[str, set[str]]:
        """The words of the names, without their endings -> the bodies that have them."""
        found: dict[str, set[str]] = {}
        for name, (body, place) in self._known.items():
            for word in _label(name).split() if place is None else ():
                found.setdefault(_DEFINITE.sub("", word), set()).add(body)
        return found

    def only_one_called(self, word: str) -> str | None:
        """The one body in whose name an ordinary word stands: "velforeninga", when one association is asked; or "FAU", in capitals."""
        label = _label(word)
        stem = _DEFINITE.sub("", label)
        if len(stem) < _GLUED and not (word.isupper() and len(word) >= _ACRONYM):
            return None
        return _only(self._by_word.get(stem, ()) or self._by_word.get(label, ()))

    @cached_property
    def _by_initials(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for body in self.bodies:
            for name in (body.name, *body.aliases, *filter(None, [without_place(body.name)])):
                words = _label(name).split()
                for kept in (words, [w for w in words if w not in _SMALL], [w for w in words if w not in _SMALL - {"for"}]):
                    found.setdefault("".join(w[0] for w in kept), set()).add(body.name)
        return found

    def by_initials(self, text: str) -> str | None:
        """The one body whose initials stand as a word in a file's name: "merknader_rfpf.xlsx", "HNF høring.docx"."""
        return _only({body for word in _label(text).split() if len(word) >= _INITIALS for body in self._by_initials.get(word, ())})

    @cached_property
    def _by_place(self) -> dict[str, set[str]]:
        """Words of the names that are written with a capital letter -> the bodies that have them."""
        found: dict[str, set[str]] = {}
        for name, (body, place) in self._known.items():
            for word in _CAPITAL.findall(name) if place is None else ():
                found.setdefault(_label(word), set()).add(body)
        return found

    @cached_property
    def _farther(self) -> dict[str, set[str]]:
        """Places of several words that names end in, "Myra sør" of "Hytteforeningen Myra sør" -> the bodies that have them."""
        found: dict[str, set[str]] = {}
        for name, (body, place) in self._known.items():
            if place is None and (m := _AT_END.match(name)):
                found.setdefault(_label(m[1]), set()).add(body)
        return found

    def by_place(self, text: str) -> str | None:
        """The one body whose place a file names as a valley or a town is spoken of: "Åsdalen innspill.xlsx", from RS Øvre Åsdal.

        Of one word only in the definite form: "Agder fylkeskommune" and "Nesodden vel" are others than those who have the word in
        their names. Of several words as it is: "Merknader Myra sør.docx" is from "Hytteforeningen Myra sør"."""
        words = f" {_label(text)} "
        if farther := _only({body for place, bodies in self._farther.items() if f" {place} " in words for body in bodies}):
            return farther
        stems = [word[:-2] for word in _label(text).split() if word.endswith(("en", "et")) and len(word) >= _LONG_PLACE]
        return _only({body for stem in stems for body in self._by_place.get(stem, ())})

    def only_one_of(self, place: str) -> str | None:
        """The one body whose name begins with this place: "Nedre Brygge"."""
        wanted = _label(place)
        bodies = {body for name, (body, known) in self._known.items() if known is None and f"{_label(name)} ".startswith(f"{wanted} ")}
        return _only(bodies) if len(wanted) >= _GLUED else None

    @cached_property
    def _heads(self) -> list[tuple[str, re.Match[str]]]:
        """The names that say whom and where: "Elevrådet ved Nes skole"."""
        return [(body, m) for name, (body, place) in self._known.items() if place is None and (m := _PEOPLE_AT.match(name))]

    @cached_property
    def _people(self) -> dict[str, list[tuple[re.Pattern[str], str]]]:
        """By place, how a body's people may be called: "Personalet i Haugen barnehage" are the employees at Haugen."""
        found: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        houses: dict[tuple[str, str], set[str]] = {}
        for body, head in self._heads:
            houses.setdefault((body, head[2]), set()).update({head[3]} - {None})
        for body, head in self._heads:
            if group := _group(head):
                own = houses[body, head[2]]  # "i Haugen sykehjem" is another house than "i Haugen barnehage"
                other = rf"(?!\s(?!(?:{'|'.join(map(re.escape, own))})\b)(?:{_HOUSES}))" if own else ""
                called = rf"(?i:{'|'.join(group)})\w*\s+(?:{_AT_PLACE})\s+{re.escape(head[2])}\b{other}"
                found.setdefault(head[2], []).append((re.compile(called), body))
        return found

    def people_in(self, text: str) -> str | None:
        """The one body whose people write: "skrevet av 19 ansatte i Haugen", "vi foreldre på Nes"."""
        return _only({body for m in _WRITER.finditer(text) for word in dict.fromkeys(_CAPITAL.findall(text[m.end():]))
                      for pattern, body in self._people.get(word, ()) if pattern.match(text, m.end())})

    def people_at(self, text: str, place: str) -> str | None:
        """The one body whose people write ("vi er 23 husstander") in a letter from its place ("Granittveien, 1. mai")."""
        written = [text[m.end():].casefold() for m in _WE_ARE_SO_MANY.finditer(text)]
        return _only({body for body, stems in self._people_of.get(place, ()) for ahead in written if ahead.startswith(stems)})

    @cached_property
    def _people_of(self) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
        """By place, the bodies that are called by their people, and the beginnings of the words for those."""
        found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for body, head in self._heads:
            if group := _group(head):
                found.setdefault(head[2], []).append((body, group))
        return found

    @cached_property
    def _by_beginning(self) -> dict[str, list[tuple[str, str]]]:
        """(name, its letters) by the first of these, longest first: a hearing may ask thousands, and each text names few."""
        found: dict[str, list[tuple[str, str]]] = {}
        for name in sorted(self._known, key=len, reverse=True):
            letters = _letters(name)
            found.setdefault(letters[:_BEGINNING], []).append((name, letters))
        return found

    @cached_property
    def _lengths(self) -> list[int]:
        return sorted({len(beginning) for beginning in self._by_beginning})

    @cached_property
    def _rank(self) -> dict[str, int]:
        return {name: at for at, name in enumerate(sorted(self._known, key=len, reverse=True))}

    def _at(self, text: str, start: int) -> tuple[str, re.Match[str]] | None:
        """The longest name that stands in ``text`` at ``start``."""
        ahead = _letters(text[start:start + 4 * _BEGINNING])
        names = [n for length in self._lengths for n in self._by_beginning.get(ahead[:length], ())]
        if not names:
            return None
        ahead = _letters(text[start:start + 4 * max(len(name) for name, _ in names)])
        standing = [name for name, letters in names if ahead.startswith(letters)]  # only of these a pattern is made
        for name in sorted(standing, key=self._rank.__getitem__):
            if m := _pattern(name).match(text, start):
                return name, m
        return None

    @cached_property
    def _in_text(self) -> Callable[[str], tuple[Mention, ...]]:
        return lru_cache(maxsize=_REMEMBERED)(self._mentions)  # a document's blocks are asked for from several sides

    def in_text(self, text: str) -> list[Mention]:
        """Mentions in running text, in order. "Lister kommune" is a municipality only when configured as one."""
        return list(self._in_text(text))

    def _mentions(self, text: str) -> tuple[Mention, ...]:
        found: list[Mention] = []
        end = 0
        for word in _WORD.finditer(text):
            if word.start() < end or (hit := self._at(text, word.start())) is None:
                continue
            known, m = hit
            body, place = self._known[known]
            name, end = m.group(1), m.end()
            follows = re.match(r"\s+kommune(?:s|n|ns)?\b", text[end:])
            if place is None and follows and "kommune" not in fold(name):
                place = name  # "Kristiansand kommune" speaks for itself, not for the region of that name
            found.append(Mention(body, m.start(), end, place))
        return tuple(found)

    @cached_property
    def _labels(self) -> dict[str, list[tuple[int, str, str]]]:
        """(place in the settings, body, name as a label) by the first letters of the label."""
        labels: dict[str, list[tuple[int, str, str]]] = {}
        for at, (name, (body, place)) in enumerate(self._known.items()):
            wanted = _label(name)
            if place is not None or not wanted:
                continue
            forms = [wanted]
            if len(wanted) > _GLUED + 2 and " " not in wanted:  # "Ungdomsråd.xlsx" comes from "Ungdomsrådet"
                forms.append(_DEFINITE.sub("", wanted))
            forms.append(_without_small(wanted))
            for form in dict.fromkeys(forms):
                labels.setdefault(form.replace(" ", "")[:_BEGINNING], []).append((at, body, form))
        return labels

    @cached_property
    def _label_lengths(self) -> frozenset[int]:
        return frozenset(len(beginning) for beginning in self._labels)

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each body in the settings."""
        return {body.name: at for at, body in reversed(tuple(enumerate(self.bodies)))}

    def in_label(self, text: str, *, inside: bool = True) -> list[str]:
        """Bodies in a file or folder name or an address, whatever its case, signs and letters (ø, oe, o).

        ``inside``: also inside a longer word ("OstreAgderSvar"); in an address a longer word is another place's name.
        """
        labels = dict.fromkeys([_label(text), _label(text.lower().replace("oe", "o").replace("aa", "a"))])
        candidates: set[tuple[int, str, str]] = set()
        for length in self._label_lengths:
            for label in labels:
                letters = label.replace(" ", "")
                candidates.update(c for i in range(len(letters)) for c in self._labels.get(letters[i:i + length], ()))
        hits: dict[str, tuple[int, int]] = {}  # body -> (start, end) of its longest hit
        for _, body, wanted in sorted(candidates):
            glued = wanted.replace(" ", "")
            for label in labels:
                m = re.search(rf"(?<![^\W\d_]){re.escape(wanted)}(?![^\W\d_])", label) if wanted in label else None
                if m is None and len(glued) >= _GLUED and glued in (label.replace(" ", "") if inside else label.split()):
                    m = re.search(re.escape(glued), label.replace(" ", ""))
                if m and _length(m.span()) > _length(hits.get(body, (0, 0))):
                    hits[body] = m.span()
        return sorted((b for b, (s, e) in hits.items()
                       if not any(o != b and x <= s and e <= y and (x, y) != (s, e) for o, (x, y) in hits.items())),
                      key=lambda b: hits[b][0])

    def begins(self, text: str, body: str, word: int | None = None) -> bool:
        """Whether ``text`` begins with a name of ``body`` that has several words (or ``word`` letters), whatever its letters."""
        label = _label(text)
        names = [_label(name) for name, (one, place) in self._known.items() if place is None and one == body]
        return any((" " in wanted or (word and len(wanted) >= word)) and f"{label} ".startswith(f"{wanted} ")
                   for name in names for wanted in (name, _without_small(name)))

    def whole_of(self, text: str) -> str | None:
        """The one body all of whose municipalities, two or more, a file's name or a subject names: "Tarvik og Sundøy.txt"."""
        words = f" {_label(text)} "
        found = [body.name for body in self.bodies if len(body.municipalities) > 1
                 and all(f" {_label(place)} " in words for place in body.municipalities)]
        return _only(found)

    def municipalities_in(self, text: str) -> list[tuple[str, str]]:
        """(municipality, its body) for each municipality that ``text`` names as such."""
        return [(m.municipality, m.body) for m in self.in_text(text) if m.municipality]


def _without_small(label: str) -> str:
    """ "elevradet storas" for "elevradet pa storas", where several words are left."""
    words = [word for word in label.split() if word not in _SMALL]
    return " ".join(words) if len(words) > 1 else label


def _called_at(what: str, where: str) -> list[str]:
    """"pensjonistlaget i Dalen", "pensjonistlaget her på Neset" for "Dalen pensjonistlag"."""
    ends = next((ends for words, ends in _ENDINGS if what.endswith(words)), ("et",))
    definite = [what.removesuffix("e") + end for end in ends]
    return [f"{noun} {here}{at} {where}" for noun in definite for here in ("", "her ") for at in ("i", "på", "for", "fra", "frå")]


def _group(head: re.Match[str]) -> tuple[str, ...] | None:
    """The words for the people that a body is called by, if it is."""
    return next((g for g in _PEOPLE if any(stem in head[1].lower() for stem in g)), None)


def _only(bodies: Collection[str]) -> str | None:
    return next(iter(bodies)) if len(bodies) == 1 else None


def _letters(text: str) -> str:
    return "".join(text.split()).lower()


@cache
def _pattern(name: str) -> re.Pattern[str]:
    written = [name, name.upper(), name[:1].upper() + name[1:]]
    if _PROPER_WITHIN.match(name):  # "leder i foreldrerådet ved Nes skole", "vi i pårørendelaget Lyset"
        written.append(name[:1].lower() + name[1:])
    forms = "|".join(re.escape(n) for n in written).replace(r"\ ", r"\s+")
    return re.compile(rf"({forms})(?:s|['’]s?|-regionen)?(?![\w])")


@lru_cache(maxsize=1 << 16)
def _label(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text).translate(_ASCII)))


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0]
