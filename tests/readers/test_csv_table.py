"""Tables saved as text."""

from __future__ import annotations

import pytest

from pipeline.config import Limits
from pipeline.errors import OverLimit, Unreadable
from pipeline.readers import Options, csv_table


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ('Tiltak;Svar\nKurs;"a, b\nc"\n', "x.csv"),
        ('Tiltak,Svar\nKurs,"a, b\nc"\n', "x.csv"),
        ('Tiltak\tSvar\nKurs\t"a, b\nc"\n', "x.tsv"),
        ('sep=|\nTiltak|Svar\nKurs|"a, b\nc"\n', "x.csv"),
    ],
)
def test_every_divider(source: str, name: str) -> None:
    """Found from how evenly it divides; line breaks in a cell are paragraphs."""
    blocks = csv_table.read(source.encode("cp1252"), name, Options()).blocks
    assert [(b.row, b.col, b.text) for b in blocks] == [
        (1, 1, "Tiltak"),
        (1, 2, "Svar"),
        (2, 1, "Kurs"),
        (2, 2, "a, b"),
        (2, 2, "c"),
    ]


def test_limits_and_emptiness() -> None:
    """With the setting's name."""
    with pytest.raises(OverLimit, match=r"limits\.cells"):
        csv_table.read(b"a;b\nc;d\n", "x.csv", Options(limits=Limits(cells=3)))
    with pytest.raises(Unreadable, match="tom"):
        csv_table.read(b";;\n;;\n", "x.csv", Options())
