"""Workbooks of Excel 97."""

from __future__ import annotations

import struct

import pytest
from other_corpus import biff, compound

from pipeline.config import Limits
from pipeline.errors import OverLimit, Unreadable
from pipeline.readers import Options, calc_xls


def test_values_shading_and_spans() -> None:
    """Colours come from the file's own records, values from calamine."""
    blocks = calc_xls.read(biff(), "plan.xls", Options()).blocks
    cells = {b.locator.partition("cell=")[2]: b for b in blocks if b.kind == "cell"}
    assert {k: b.text for k, b in cells.items()} == {
        "A1": "Tiltak",
        "B1": "Status",
        "A2": "Møteplass på tvers",
        "B2": "",
        "A3": "Kurs",
        "B3": "3",
        "A4": "gammel rad",
        "A5": "Felles",
    }
    assert (cells["B2"].fill, cells["B3"].fill, cells["A2"].fill) == ("00FF00", "FFFF00", None)
    assert (cells["A5"].row_span, cells["A5"].col_span) == (2, 2)
    assert cells["A4"].place == "hidden"
    assert blocks[0].text == "Plan"


def test_comments_and_boxes() -> None:
    """calamine has neither."""
    blocks = calc_xls.read(biff(), "plan.xls", Options()).blocks
    assert [(b.place, b.text) for b in blocks if b.place in ("comment", "textbox")] == [
        ("textbox", "Merknad i boks"),
        ("comment", "Husk frist"),
    ]


def test_passwords_limits_and_damage() -> None:
    """Each with its reason."""
    locked = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 5, 0, 0, 0, 6) + struct.pack("<HHH", 0x002F, 2, 0)
    with pytest.raises(Unreadable, match="passordbeskyttet"):
        calc_xls.read(compound({"Workbook": locked.ljust(4096, b"\0")}), "x.xls", Options())
    with pytest.raises(OverLimit, match=r"limits\.cells"):
        calc_xls.read(biff(), "x.xls", Options(limits=Limits(cells=2)))
    with pytest.raises(Unreadable):
        calc_xls.read(compound({"Workbook": b"\xff" * 5000}), "x.xls", Options())


@pytest.mark.parametrize("chain", [48, 60])
def test_a_chain_of_sectors_that_comes_back_to_itself_is_damage(chain: int) -> None:
    """calamine follows the directory's and the small streams' table round and round until there is no memory left."""
    data = bytearray(biff())
    table = 512 * (1 + struct.unpack_from("<I", data, 76)[0])
    (first,) = struct.unpack_from("<I", data, chain)
    if first >= 0xFFFFFFFA:  # no such chain in this file: one that begins in its own first sector
        (first,) = struct.unpack_from("<I", data, 48)
        struct.pack_into("<I", data, chain, first)
    struct.pack_into("<I", data, table + 4 * first, first)
    with pytest.raises(Unreadable, match="skadet"):
        calc_xls.read(bytes(data), "plan.xls", Options())
