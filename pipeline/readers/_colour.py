"""Cell colours as the eye sees them: theme colours with tint, indexed colours, conditional formats.

Sources: ECMA-376 part 1, 18.8.3 (bgColor: tint), 18.8.27 (indexedColors), 20.1.6.2 (clrScheme).
"""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

_INDEXED = str.split(
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF "
    "800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF "
    "000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 "
    "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333"
)
_OFFICE_THEME = (
    "FFFFFF",
    "000000",
    "E7E6E6",
    "44546A",
    "4472C4",
    "ED7D31",
    "A5A5A5",
    "FFC000",
    "5B9BD5",
    "70AD47",
    "0563C1",
    "954F72",
)
# A theme colour's number in a sheet -> its name in the theme part. The first four stand in swapped pairs.
_THEME_ORDER = (
    "lt1",
    "dk1",
    "lt2",
    "dk2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
)


@dataclass(frozen=True, slots=True)
class Palette:
    """The workbook's own colours."""

    theme: tuple[str, ...] = _OFFICE_THEME
    indexed: tuple[str, ...] = tuple(_INDEXED)

    def colour(self, element) -> str | None:
        """ "RRGGBB" of an element with rgb, theme, indexed and tint; None for automatic or unknown."""
        if element is None or element.get("auto") in ("1", "true"):
            return None
        base = None
        rgb, theme, indexed = element.get("rgb"), element.get("theme"), element.get("indexed")
        if rgb and len(rgb) in (6, 8):
            base = rgb[-6:].upper()
        elif theme and theme.isdigit() and int(theme) < len(self.theme):
            base = self.theme[int(theme)]
        elif indexed and indexed.isdigit() and int(indexed) < len(self.indexed):
            base = self.indexed[int(indexed)]
        if base is None or any(c not in "0123456789ABCDEF" for c in base):
            return None
        try:
            return tinted(base, float(element.get("tint") or 0))
        except ValueError:
            return base


def palette(theme_root, styles_root) -> Palette:
    """From the parsed theme and styles parts, either of which may be None."""
    theme = list(_OFFICE_THEME)
    if theme_root is not None:
        scheme = next((e for e in theme_root.iter() if _local(e) == "clrScheme"), None)
        for slot in scheme if scheme is not None else ():
            if _local(slot) in _THEME_ORDER and len(slot):
                value = slot[0].get("lastClr") or slot[0].get("val") or ""
                if len(value) == 6:
                    theme[_THEME_ORDER.index(_local(slot))] = value.upper()
    indexed = list(_INDEXED)
    if styles_root is not None:
        own = next((e for e in styles_root.iter() if _local(e) == "indexedColors"), None)
        for i, entry in enumerate(own if own is not None else ()):
            value = (entry.get("rgb") or "")[-6:]
            if i < len(indexed) and len(value) == 6:
                indexed[i] = value.upper()
    return Palette(tuple(theme), tuple(indexed))


def tinted(rgb: str, tint: float) -> str:
    """Lighter (tint > 0) or darker by changing luminance; ECMA-376 18.8.3."""
    if not tint:
        return rgb
    h, light, s = colorsys.rgb_to_hls(*(int(rgb[i : i + 2], 16) / 255 for i in (0, 2, 4)))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(255 * min(max(v, 0), 1)):02X}" for v in colorsys.hls_to_rgb(h, min(max(light, 0), 1), s))


def between(low: str, high: str, share: float) -> str:
    """The colour at ``share`` (0..1) of the way from ``low`` to ``high``."""
    share = min(max(share, 0.0), 1.0)
    return "".join(
        f"{round(int(low[i : i + 2], 16) * (1 - share) + int(high[i : i + 2], 16) * share):02X}" for i in (0, 2, 4)
    )


def visible(rgb: str | None) -> str | None:
    """None for white and for no colour: neither tells the reader of a page anything."""
    return None if rgb in (None, "FFFFFF") else rgb


def _local(element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
