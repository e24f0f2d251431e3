"""OpenDocument spreadsheets."""

from __future__ import annotations

from other_corpus import ods, opendocument

from pipeline.readers import Options
from pipeline.readers import ods as reader


def test_cells_as_shown() -> None:
    """Dates and numbers, repeated rows and cells, shading of an empty cell, hidden rows; no million empty rows."""
    blocks = reader.read(ods(), "plan.ods", Options()).blocks
    shown = [(b.locator.partition("cell=")[2], b.place, b.fill, b.text) for b in blocks if b.kind == "cell"]
    assert shown == [
        ("A1", "body", None, "Tiltak"),
        ("B1", "body", None, "Status"),
        ("A2", "body", None, "Kurs"),
        ("B2", "body", "C00000", ""),
        ("C2", "body", None, "12.10.2025"),
        ("D2", "body", None, "3"),
        ("A3", "hidden", None, "skjult rad"),
        ("A4", "body", None, "ja"),
        ("B4", "body", None, "ja"),
        ("A5", "body", None, "ja"),
        ("B5", "body", None, "ja"),
    ]


def test_comments_without_author_and_findings() -> None:
    """The author's name stands first in comments that came from Excel."""
    content = reader.read(ods(), "plan.ods", Options())
    assert [b.text for b in content.blocks if b.place == "comment"] == ["avklares"]
    assert [f.kind for f in content.findings] == ["hidden_text"]
    assert dict(content.properties) == {"title": "Svar 2025"}


def test_conditional_formats() -> None:
    """LibreOffice's own spelling of the conditions, also in a sheet whose name has a blank."""
    rows = "".join(
        f"<table:table-row><table:table-cell><text:p>{v}</text:p></table:table-cell></table:table-row>"
        for v in ("Rød", "pågår", "ferdig")
    )
    namespace = 'xmlns:c="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    formats = "".join(
        f'<c:condition c:apply-style-name="{s}" c:value="{v}"/>'
        for s, v in (
            ("R", "=&quot;Rød&quot;"),
            ("Y", "contains-text(&quot;pågår&quot;)"),
            ("G", "formula-is([.$A1]=&quot;Ferdig&quot;)"),
        )
    )
    styles = "".join(
        f'<style:style style:name="{s}" style:family="table-cell"><style:table-cell-properties fo:background-color="#{c}"/>'
        "</style:style>"
        for s, c in (("R", "ff0000"), ("Y", "ffff00"), ("G", "00b050"))
    )
    data = opendocument(
        "spreadsheet",
        f"""<office:body><office:spreadsheet><table:table table:name="Ny plan">{rows}
<c:conditional-formats {namespace}><c:conditional-format c:target-range-address="'Ny plan'.A1:'Ny plan'.A3">{formats}
</c:conditional-format></c:conditional-formats></table:table></office:spreadsheet></office:body>""",
        styles,
    )
    blocks = reader.read(data, "plan.ods", Options()).blocks
    assert [b.fill for b in blocks if b.kind == "cell"] == ["FF0000", "FFFF00", "00B050"]
