"""What may be handed to a Word template: plain values, cleaned text, and the shape a template is checked against."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Mapping
from datetime import date

from pipeline.norsk import date_text

# Control characters, lone surrogates, and what overrides or embeds a text's direction: it would turn our own words
# after it around.
_UNFIT = "\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff"
_ILLEGAL = re.compile(f"[{_UNFIT}\ufdd0-\ufdef]")
_UNSHOWN = re.compile(f"[{_UNFIT}]")  # the marks stay
_PRIVATE = re.compile("[\ue000-\uf8ff]")

Shape = object  # a Mapping of names, a one-element list (a list of such), LEAF, or ANY
LEAF = None
ANY = ...


class Marked(str):
    """Text that holds marks. Joined to other text it becomes plain again, and its marks are dropped: mark last."""

    __slots__ = ()


def join_marked(*parts: str) -> Marked:
    """The parts as one text that keeps its marks. For texts composed of marked ones; others are cleaned first."""
    return Marked(_PRIVATE.sub("•", _UNSHOWN.sub("", "".join(parts))))


class Record(types.SimpleNamespace):
    """One group of values in a template: ``sak.nummer``. (A dict would offer its methods as values.)"""


def clean_text(text: str) -> str:
    """``text`` without what XML or the marks of this package cannot carry.

    Control characters, lone surrogates, direction overrides and the noncharacters U+FDD0-U+FDEF go; tab and line
    break stay.
    Private-use glyphs, which print as boxes outside their own font, become "•" (nine in ten are bullets).
    """
    return _PRIVATE.sub("•", _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def as_context(value: object) -> object:
    """Plain values for a template: dicts and dataclasses become ``Record``, strings are cleaned unless ``Marked``.

    Raises TypeError for anything else than text, numbers, dates, booleans, None, lists and groups of these.
    """
    if isinstance(value, str):
        return value if isinstance(value, Marked) else clean_text(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, Mapping):
        return Record(**{str(k): as_context(v) for k, v in value.items()})
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return Record(**{f.name: as_context(getattr(value, f.name)) for f in dataclasses.fields(value)})
    if isinstance(value, list | tuple):
        return [as_context(v) for v in value]
    raise TypeError(f"{type(value).__name__} cannot be shown by a Word template")


def shape_of(kind: object) -> Shape:
    """The names that a context of this dataclass offers; also a shape itself, or a set of plain names."""
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind if isinstance(kind, type) else type(kind))
        return {f.name: shape_of(hints[f.name]) for f in dataclasses.fields(kind)}
    if isinstance(kind, Mapping):
        return {name: shape_of(value) for name, value in kind.items()}
    if isinstance(kind, list):
        return [shape_of(kind[0] if kind else ANY)]
    if kind is ANY or kind is LEAF:
        return kind
    if isinstance(kind, set | frozenset | tuple):
        return dict.fromkeys(kind, ANY)
    if typing.get_origin(kind) in (tuple, list):
        return [shape_of(typing.get_args(kind)[0])]
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        inner = [a for a in typing.get_args(kind) if a is not types.NoneType]
        return shape_of(inner[0])
    return LEAF
