"""What styles, numbering and theme add to a paragraph: heading level, printed number, emphasis, colour.

Follows ECMA-376 part 1: styles 17.7, numbering 17.9, theme colours 17.3.2.6 and 17.18.97. Everything is looked
up only when a document asks for it, since most styles of a file are never used.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline import norsk

# "heading 2", "Overskrift 2", "Overskrift2", and the names that Office gives them in neighbouring languages
_HEADING = re.compile(
    r"(?:heading|overskrift|rubrik|überschrift|titre|otsikko|fyrirsögn)[\s_-]*([1-9])(?!\d)", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|tittel|hovedtittel|hovudtittel|titel|rubrik)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|contents|innhold|innhald|innh)[\s_-]*[1-9]", re.IGNORECASE)
_SUBTITLE = re.compile(r"(?:subtitle|undertittel|undertitel|underrubrik)", re.IGNORECASE)
_STYLES_HEAD = re.compile(rb"<w:styles\b[^>]*(?<!/)>")
_DEFAULT = re.compile(rb'<w:style (?=[^>]*w:type="paragraph")(?=[^>]*w:default="(?:1|true|on)")[^>]*>')
# Nearly every file is transitional: its attribute names are tried first.
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 30  # styles based on styles: more is a loop or an attack


class LocalNames(dict):
    """Qualified tag or attribute name -> local name, remembered."""

    def __missing__(self, tag: str) -> str:
        if len(self) > 50_000:  # a file of invented tags must not fill the worker's memory
            self.clear()
        local = tag.rpartition("}")[2] if isinstance(tag, str) else ""
        self[tag] = local
        return local


LOCAL = LocalNames()


def value(element, name: str = "val") -> str | None:
    """The attribute with this local name, whatever its namespace."""
    text = element.get(_W + name)
    if text is None:
        for key, text in element.items():
            if LOCAL[key] == name:
                return text
        return None
    return text


def is_on(element) -> bool:
    """A toggle property: present means on unless its value says otherwise."""
    return value(element) not in ("0", "false", "off", "none")


def number(text: str | None, default: int = 0) -> int:
    """The integer of an attribute, or ``default`` when it is absent or no integer of up to nine digits."""
    try:
        return int(text) if text is not None and len(text) <= 9 else default
    except ValueError:
        return default


@dataclass(slots=True)
class Style:
    """What a style gives, its ancestors included. ``heading`` is 0 for text, else 1–9."""

    heading: int = 0
    num_id: str | None = None
    num_level: int | None = None
    bold: bool = False
    hidden: bool = False
    contents: bool = False  # a line of the table of contents
    prompt: bool = False  # what Word shows in an empty control
    ids: tuple[str, ...] = ()


class Styles:
    """The styles of a document by id; a style that is not defined is known by its id alone."""

    def __init__(self, data: bytes | None, parse: Callable[[bytes], object]) -> None:
        """``data``: the styles part; ``parse`` gives the root of XML bytes, or None when they are damaged."""
        self._data, self._parse = data, parse
        self._head = _STYLES_HEAD.search(data) if data else None
        self._elements: dict[str, object] | None = None
        self._done: dict[str | None, Style] = {}

    def _element(self, key: str):
        """The ``w:style`` with this id, or None.

        A file lists hundreds of styles and uses three: each is cut out of the bytes and parsed alone (a third of
        the time of small files went here). Anything unusual, and the whole part is parsed.
        """
        if self._head is not None and self._elements is None:
            at = self._data.find(b'w:styleId="%b"' % key.encode())
            start, end = self._data.rfind(b"<w:style ", 0, max(at, 0)), self._data.find(b"</w:style>", at)
            if 0 < start < at < end and b">" not in self._data[start:at]:
                root = self._parse(self._head[0] + self._data[start:end] + b"</w:style></w:styles>")
                if root is not None and len(root):
                    return root[0]
        return self._all().get(key)

    def _all(self) -> dict[str, object]:
        if self._elements is None:
            self._elements = {}
            root = self._parse(self._data) if self._data else None
            for element in root.iterchildren("{*}style") if root is not None else ():
                self._elements.setdefault(value(element, "styleId") or "", element)
        return self._elements

    def _default(self) -> str | None:
        """The id of the default paragraph style."""
        if self._head is not None:
            m = _DEFAULT.search(self._data)
            key = m and re.search(rb'w:styleId="([^"&]*)"', m[0])
            return key[1].decode("utf-8", "replace") if key else None
        return next((key for key, e in self._all().items() if value(e, "type") == "paragraph"
                     and value(e, "default") in ("1", "true", "on")), None)

    def get(self, key: str | None) -> Style:
        """The style with this id; None asks for the default paragraph style."""
        style = self._done.get(key)
        if style is None:
            style = self._done[key] = self._resolve(key if key is not None else self._default())
        return style

    def _resolve(self, key: str | None) -> Style:
        style = Style()
        seen: list[str] = []
        outline = None
        bold = hidden = None
        own_name = ""
        while key and key not in seen and len(seen) < _DEEPEST:
            seen.append(key)
            element = self._element(key)
            parent, name = None, key
            for child in element if element is not None else ():
                kind = LOCAL[child.tag]
                if kind == "name":
                    name = value(child) or key
                elif kind == "basedOn":
                    parent = value(child)
                elif kind == "rPr":
                    for mark in child:
                        what = LOCAL[mark.tag]
                        if what == "b" and bold is None:
                            bold = is_on(mark)
                        elif what == "vanish" and hidden is None:
                            hidden = is_on(mark)
                elif kind == "pPr":
                    for mark in child:
                        what = LOCAL[mark.tag]
                        if what == "outlineLvl" and outline is None:
                            outline = number(value(mark), 9)
                        elif what == "numPr":
                            num_id, level = num_pr(mark)
                            style.num_id = num_id if style.num_id is None else style.num_id
                            style.num_level = level if style.num_level is None else style.num_level
            own_name = own_name or name
            style.heading = style.heading or _named_level(name)
            style.contents = style.contents or bool(_CONTENTS.fullmatch(name))
            key = parent
        if outline is not None:
            # 9 is "body text": said by a style that is based on a heading but is none by its own name
            style.heading = outline + 1 if outline < 9 else _named_level(own_name)
        style.prompt = re.sub(r"\W", "", own_name).lower() in ("placeholdertext", "plassholdertekst")
        style.bold, style.hidden, style.ids = bool(bold), bool(hidden), tuple(seen)
        return style


def _named_level(name: str) -> int:
    if m := _HEADING.match(name):
        return int(m[1])
    return 1 if _TITLE.fullmatch(name) else 2 if _SUBTITLE.fullmatch(name) else 0


def num_pr(element) -> tuple[str | None, int | None]:
    """(numId, level) of a ``numPr``; each None when not said."""
    num_id = level = None
    for child in element:
        kind = LOCAL[child.tag]
        if kind == "numId":
            num_id = value(child)
        elif kind == "ilvl":
            level = min(max(number(value(child)), 0), 8)
    return num_id, level


@dataclass(slots=True)
class _Level:
    fmt: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False
    restart: int | None = None
    style: str | None = None


class Numbering:
    """Automatic numbers as they are printed; keeps count, so ask once per paragraph, in order."""

    def __init__(self, root) -> None:
        """``root``: the numbering part, or None."""
        self._abstract: dict[str, object] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._nums: dict[str, tuple[str, dict[int, int], dict[int, object]]] = {}
        self._lists: dict[str, tuple[str, dict[int, int], dict[int, _Level]]] = {}
        self._by_style: dict[str, str] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()
        for element in root if root is not None else ():
            kind = LOCAL[element.tag]
            if kind == "abstractNum":
                key = value(element, "abstractNumId") or ""
                self._abstract.setdefault(key, element)
                for child in element:
                    if LOCAL[child.tag] == "styleLink":
                        self._by_style[value(child) or ""] = key
            elif kind == "num":
                self._add_num(element)

    def _add_num(self, element) -> None:
        abstract, starts, replaced = "", {}, {}
        for child in element:
            kind = LOCAL[child.tag]
            if kind == "abstractNumId":
                abstract = value(child) or ""
            elif kind == "lvlOverride":
                level = number(value(child, "ilvl"))
                for inner in child:
                    if LOCAL[inner.tag] == "startOverride":
                        starts[level] = number(value(inner), 1)
                    elif LOCAL[inner.tag] == "lvl":
                        replaced[level] = inner
        self._nums.setdefault(value(element, "numId") or "", (abstract, starts, replaced))

    def _definition(self, abstract: str) -> tuple[str, dict[int, _Level]]:
        """The levels of an abstract list, through its link to a list style."""
        for _ in range(3):
            link = next((value(c) for c in self._abstract.get(abstract, ()) if LOCAL[c.tag] == "numStyleLink"), None)
            if not link or link not in self._by_style:
                break
            abstract = self._by_style[link]
        if abstract not in self._levels:
            self._levels[abstract] = {
                number(value(child, "ilvl")): _level(child)
                for child in self._abstract.get(abstract, ()) if LOCAL[child.tag] == "lvl"
            }
        return abstract, self._levels[abstract]

    def marker(self, num_id: str, level: int | None, style_ids: tuple[str, ...]) -> tuple[str, int] | None:
        """(printed marker, level) of the next paragraph in list ``num_id``; None when it is in no list.

        ``level`` None: the level that one of ``style_ids`` is tied to, else the first.
        """
        if num_id not in self._nums:
            return None
        if num_id not in self._lists:
            abstract, starts, replaced = self._nums[num_id]
            abstract, levels = self._definition(abstract)
            self._lists[num_id] = abstract, starts, levels | {i: _level(e) for i, e in replaced.items()}
        abstract, starts, here = self._lists[num_id]
        if level is None:
            level = next((i for i, lvl in here.items() if lvl.style and lvl.style in style_ids), 0)
        if level not in here:
            return "", level
        counts = self._counts.setdefault(abstract, [None] * 10)
        if level in starts and (num_id, level) not in self._started:
            counts[level] = None
        self._started.add((num_id, level))
        for i in range(level + 1):
            if counts[i] is None:
                first = starts.get(i, here[i].start if i in here else 1)
                counts[i] = first - 1 if i == level else first
        counts[level] += 1
        for i in range(level + 1, 10):
            restart = here[i].restart if i in here else None
            if restart is None or (restart and level < restart):
                counts[i] = None
        return _printed(here, level, counts), level


def _level(element) -> _Level:
    level = _Level()
    for child in element:
        kind = LOCAL[child.tag]
        if kind == "numFmt":
            level.fmt = value(child) or "decimal"
        elif kind == "lvlText":
            level.text = value(child) or ""
        elif kind == "start":
            level.start = number(value(child), 1)
        elif kind == "isLgl":
            level.legal = is_on(child)
        elif kind == "lvlRestart":
            level.restart = number(value(child))
        elif kind == "pStyle":
            level.style = value(child)
        elif kind == "AlternateContent":  # formats newer than the schema, with a decimal fallback
            fmt = next((c for c in child.iter() if LOCAL[c.tag] == "numFmt"), None)
            level.fmt = value(fmt) or "decimal" if fmt is not None else level.fmt
    return level


def _printed(levels: dict[int, _Level], level: int, counts: list[int | None]) -> str:
    own = levels[level]
    if own.fmt == "bullet":
        return "•"

    def count(match: re.Match) -> str:
        i = int(match[1]) - 1
        if i > level or i not in levels:
            return ""
        fmt = "decimal" if own.legal and i != level else levels[i].fmt
        return _numeral(counts[i] or 0, fmt)

    return re.sub("%([1-9])", count, own.text).strip()


def _numeral(n: int, fmt: str) -> str:
    if fmt == "none" or n < 0:
        return ""
    if fmt in ("lowerLetter", "upperLetter"):
        text = chr(ord("a") + (n - 1) % 26) * min((n - 1) // 26 + 1, 20) if n else ""
        return text.upper() if fmt == "upperLetter" else text
    if fmt in ("lowerRoman", "upperRoman"):
        text = _roman(n)
        return text if fmt == "upperRoman" else text.lower()
    if fmt == "decimalZero":
        return f"{n:02d}"
    if fmt == "ordinal":
        return f"{n}."
    if fmt in ("cardinalText", "ordinalText"):
        return norsk.capital(norsk.number_word(n)) if fmt == "cardinalText" else f"{n}."
    return str(n)


def _roman(n: int) -> str:
    if not 0 < n < 4000:
        return str(n)
    out = []
    for figure, letters in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
                            (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        out.append(letters * (n // figure))
        n %= figure
    return "".join(out)


def roman(n: int) -> str:
    """1 -> "i": how endnotes are numbered unless the document says otherwise."""
    return _roman(n).lower()


# ST_HighlightColor (17.18.40) as Word draws it
HIGHLIGHTS = {
    "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF", "blue": "0000FF", "red": "FF0000",
    "darkBlue": "00008B", "darkCyan": "008B8B", "darkGreen": "006400", "darkMagenta": "800080", "darkRed": "8B0000",
    "darkYellow": "808000", "darkGray": "A9A9A9", "lightGray": "D3D3D3", "black": "000000",
}
_HEX = re.compile("[0-9A-Fa-f]{6}")
_THEME_NAMES = {
    "dark1": "dk1", "text1": "dk1", "tx1": "dk1", "light1": "lt1", "background1": "lt1", "bg1": "lt1",
    "dark2": "dk2", "text2": "dk2", "tx2": "dk2", "light2": "lt2", "background2": "lt2", "bg2": "lt2",
    "hyperlink": "hlink", "followedHyperlink": "folHlink",
}


class Theme:
    """The colours of the theme part, which is opened when a theme colour is first met."""

    def __init__(self, load: Callable[[], object]) -> None:
        """``load`` gives the root of the theme part, or None: then only plain colours resolve."""
        self._load = load
        self._colours: dict[str, str] | None = None

    def _read(self) -> None:
        self._colours = {}
        root = self._load()
        scheme = next(root.iter("{*}clrScheme"), ()) if root is not None else ()
        for entry in scheme:
            for colour in entry:
                text = value(colour, "lastClr") or value(colour) or ""
                if _HEX.fullmatch(text):
                    self._colours[LOCAL[entry.tag]] = text.upper()

    def colour(self, name: str, tint: str | None = None, shade: str | None = None) -> str | None:
        """"RRGGBB" of a theme colour, lightened by ``tint`` or darkened by ``shade`` (two hex digits), or None."""
        if self._colours is None:
            self._read()
        base = self._colours.get(_THEME_NAMES.get(name, name))
        if base is None:
            return None
        light = [(_byte(tint), True), (_byte(shade), False)]
        r, g, b = (int(base[i:i + 2], 16) / 255 for i in (0, 2, 4))
        h, lum, s = colorsys.rgb_to_hls(r, g, b)
        for part, to_white in light:
            if part is not None:
                lum = lum * part + (1 - part if to_white else 0)
        # cut off, not rounded: that is within one step of what Word writes for the colours of its own themes
        return "".join(f"{int(min(max(c, 0), 1) * 255 + 1e-9):02X}" for c in colorsys.hls_to_rgb(h, lum, s))

    def shading(self, element) -> str | None:
        """The colour that a ``w:shd`` shows, white and no shading as None (17.3.5, patterns mixed by their share)."""
        get = {LOCAL[k]: v for k, v in element.attrib.items()}
        pattern = get.get("val", "clear")
        back = self.colour(get["themeFill"], get.get("themeFillTint"), get.get("themeFillShade")) \
            if get.get("themeFill") else None
        back = back or _hex(get.get("fill"))
        if pattern in ("clear", "nil", "none"):
            return None if back == "FFFFFF" else back
        front = self.colour(get["themeColor"], get.get("themeTint"), get.get("themeShade")) \
            if get.get("themeColor") else None
        front = front or _hex(get.get("color"))
        share = 1.0 if pattern == "solid" else number(pattern[3:]) / 100 if pattern.startswith("pct") else 0.0
        if not share:
            return None if back == "FFFFFF" else back
        front = front or "000000"
        back = back or "FFFFFF"
        mixed = "".join(
            f"{round(int(front[i:i + 2], 16) * share + int(back[i:i + 2], 16) * (1 - share)):02X}" for i in (0, 2, 4))
        return None if mixed == "FFFFFF" else mixed

    def drawn(self, element) -> str | None:
        """The colour of a DrawingML ``solidFill``."""
        for colour in element:
            kind = LOCAL[colour.tag]
            if kind == "srgbClr":
                return _hex(value(colour))
            if kind == "schemeClr":
                return self.colour(value(colour) or "")
        return None

    def text(self, element) -> str | None:
        """The colour of a run's ``w:color``; automatic is None."""
        name = value(element, "themeColor")
        themed = self.colour(name, value(element, "themeTint"), value(element, "themeShade")) if name else None
        return themed or _hex(value(element))


def _hex(text: str | None) -> str | None:
    return text.upper() if text and _HEX.fullmatch(text) else None


def _byte(text: str | None) -> float | None:
    try:
        return int(text, 16) / 255 if text and len(text) <= 2 else None
    except ValueError:
        return None
