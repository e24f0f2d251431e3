"""Filling Word templates strictly, marks, finishing: ``pipeline.writers._word``."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from pipeline.errors import TemplateError
from pipeline.writers import _word

DAY = date(2026, 2, 10)


def template(tmp_path, *lines, build=None):
    """A Word file with one paragraph a line; ``build(document)`` may add more."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if build:
        build(document)
    path = tmp_path / "mal.docx"
    document.save(path)
    return path


def changed(path, member: str, change) -> None:
    """Rewrites one member of a package; ``change``: bytes -> bytes."""
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    members[member] = change(members[member])
    with zipfile.ZipFile(path, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)


def texts(document) -> list[str]:
    return [p.text for p in document.paragraphs]


def reopened(document):
    return docx.Document(BytesIO(_word.to_bytes(document, title="Tittel", day=DAY)))


@pytest.mark.parametrize("text", [
    "<budsjett> og </w:p>", "Fisk & poteter <5 m>", "{{ passord }} {% for x in y %} {# nei #}", "{_{ a }_} {_% b %_}",
    "😀 👩‍⚕️", "שלום עולם", "مرحبا", "a « b » \"c\" 'd'", "&amp; &lt; &#123;", "\\a \\n %s {0}",
])
def test_a_respondents_text_comes_through_unharmed(tmp_path, text):
    """Markup, template code, emoji and right-to-left text stand in the document exactly as written."""
    path = template(tmp_path, "før {{ svar }} etter", "siste")
    document = reopened(_word.render(path, {"svar": text}))
    assert texts(document) == [f"før {text} etter", "siste"]


def test_forty_lines_keep_their_line_breaks(tmp_path):
    """A line break becomes Word's line break in the same paragraph, a tab Word's tab."""
    text = "\n".join(f"linje {i}\tkolonne" for i in range(40))
    document = _word.render(template(tmp_path, "{{ svar }}"), {"svar": text})
    assert texts(document) == [text]
    assert len(document.element.body.findall(f".//{qn('w:br')}")) == 39
    assert len(document.element.body.findall(f".//{qn('w:tab')}")) == 40


def test_characters_that_xml_cannot_hold_are_dropped(tmp_path):
    """Control characters, lone surrogates and forged marks go; private-use bullet glyphs become real bullets (trap 20)."""
    bad = "a\x00b\x0bc\ud800d\ufffee\ufdd1\ufde0\ufdd2f \uf0fc g"
    document = reopened(_word.render(template(tmp_path, "{{ svar }}"), {"svar": bad}, marks=_word.Marks()))
    assert texts(document) == ["abcdef • g"]


@pytest.mark.parametrize(("line", "named"), [
    ("Hei {{ navnn }} der", "navnn"), ("Sak {{ sak.nummr }} i år", "nummr"), ("Liste {{ liste }} her", "liste"),
    ("Feil {{ navn her", "ikke er avsluttet"), ("Feil {% if navn %} her", "endif"), ("{{ navn | finnesikke }}", "finnesikke"),
    ("{% frr x in liste %}", "frr"), ("{{ navn + 1 }}", "navn"), ("{{ navn.__class__.__mro__ }}", "__class__"),
    ("{{r navn }}", "{{r navn }}"), ("{%p if navn %} og tekst", "annen tekst"),
])
def test_a_bad_tag_is_refused_with_tag_and_paragraph(tmp_path, line, named):
    """Nothing is blanked or repaired: the error names file, tag and paragraph in Norwegian."""
    path = template(tmp_path, "god linje", line)
    with pytest.raises(TemplateError) as caught:
        _word.render(path, {"navn": "A", "sak": {"nummer": "1"}, "liste": ["x"]})
    message = str(caught.value)
    assert named in message
    assert message.startswith("Malen mal.docx har ")
    assert line in message
    assert "Rett det i Word" in message


def test_a_template_cannot_run_code(tmp_path):
    """Jinja's way to Python's own functions is closed."""
    path = template(tmp_path, "{{ ''.__class__.__base__.__subclasses__() }}")
    with pytest.raises(TemplateError):
        _word.render(path, {})


def test_safe_filter_does_not_exist(tmp_path):
    """A template cannot switch escaping off."""
    with pytest.raises(TemplateError, match="safe"):
        _word.render(template(tmp_path, "{{ svar | safe }}"), {"svar": "<b>"})


def test_a_tag_split_by_a_hyperlink_is_refused(tmp_path):
    """The tag that docxtpl would lose the rest of the document over is named instead."""
    def build(document):
        paragraph = document.add_paragraph("se {{ sv")
        link = _word.element("w:hyperlink", anchor="x")
        link.append(_word.text_run("ar }} her"))
        paragraph._p.append(link)

    with pytest.raises(TemplateError, match="delt av en lenke"):
        _word.render(template(tmp_path, build=build), {"svar": "x"})


def test_a_missing_or_damaged_template_is_a_template_error(tmp_path):
    """A lost file and a file that is no Word document say what to do."""
    with pytest.raises(TemplateError, match="Legg malen tilbake"):
        _word.render(tmp_path / "borte.docx", {})
    (tmp_path / "rar.docx").write_bytes(b"PK\x03\x04 nei")
    with pytest.raises(TemplateError):
        _word.render(tmp_path / "rar.docx", {})


@pytest.mark.parametrize(("old", "new"), [
    (b"styles+xml", b"stiler+xml"),  # no longer known as styles
    (b"settings+xml", b"oppsett+xml"),
    (b"</Types>", b'<!-- --></Types>'),  # harmless
])
def test_a_part_that_is_not_what_it_should_be_is_a_template_error(tmp_path, old, new):
    """Found by random changes: the package opens, and fails only when a document is being made of it."""
    path = template(tmp_path, "{{ svar }}")
    changed(path, "[Content_Types].xml", lambda data: data.replace(old, new))
    if b"Types" in old:
        assert _word.render(path, {"svar": "x"})
    else:
        with pytest.raises(TemplateError, match="skadet"):
            _word.render(path, {"svar": "x"})


def test_styles_that_are_something_else_are_a_template_error(tmp_path):
    """A header where the styles should be."""
    path = template(tmp_path, "{{ svar }}")
    header = b'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    changed(path, "word/styles.xml", lambda _: header)
    with pytest.raises(TemplateError, match="styles"):
        _word.render(path, {"svar": "x"})


def test_only_plain_values_reach_a_template(tmp_path):
    """An object with methods is a programming error, not something to print."""
    with pytest.raises(TypeError):
        _word.render(template(tmp_path, "{{ x }}"), {"x": object()})


@dataclass(frozen=True)
class Line:
    name: str
    amount: int


@dataclass(frozen=True)
class Sheet:
    title: str
    lines: tuple[Line, ...]
    extra: Line | None


def test_check_template_finds_every_unknown_name_at_any_depth(tmp_path):
    """All wrong names are reported, also in loops and branches never taken, each with the nearest known one."""
    path = template(tmp_path, "{{ title }} {{ titel }}", "{%p for line in lines %}", "{{ line.name }} {{ line.amont }}",
                    "{%p endfor %}", "{% if extra %}{{ extra.nme }}{% endif %}")
    messages = [f.message for f in _word.check_template(path, Sheet)]
    assert len(messages) == 3
    assert any("«titel» (mente du «title»?)" in m for m in messages)
    assert any("«amont» (mente du «amount»?)" in m and "{{ line.name }} {{ line.amont }}" in m for m in messages)
    assert any("«nme»" in m for m in messages)


def test_check_template_is_silent_about_a_good_template(tmp_path):
    """Loops, conditions, loop variables and header fields that exist give no finding."""
    def build(document):
        document.sections[0].header.paragraphs[0].text = "{{ title }}"

    path = template(tmp_path, "{%p for line in lines %}", "{{ loop.index }} {{ line.name }}{% if not loop.last %},{% endif %}",
                    "{%p endfor %}", build=build)
    assert _word.check_template(path, Sheet) == ()


def test_check_template_looks_into_header_textbox_and_missing_file(tmp_path):
    """A wrong name in the header, a tag in a text box, and no file at all are findings, not crashes."""
    def header(document):
        document.sections[0].header.paragraphs[0].text = "{{ tulll }}"

    assert "tulll" in _word.check_template(template(tmp_path, build=header), Sheet)[0].message

    def box(document):
        run = document.add_paragraph().add_run()._r
        run.append(etree.fromstring(
            '<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">'
            '<v:textbox><w:txbxContent><w:p><w:r><w:t>{{ title }}</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict>'))

    assert "tekstboks" in _word.check_template(template(tmp_path, build=box), Sheet)[0].message
    assert _word.check_template(tmp_path / "nei.docx", Sheet)[0].kind == "template_missing"


def test_marks_become_bookmark_comment_and_language(tmp_path):
    """The evidence follows its value into whatever paragraph and format the template gives it."""
    def build(document):
        paragraph = document.add_paragraph()
        paragraph.add_run("{{ lead }}").bold = True
        paragraph.add_run(": {{ text }}").italic = True

    marks = _word.Marks()
    text = marks.bookmark("ssu_p-1", marks.comment(((_word.Piece(text="Kilde\nher", bold=True),),), marks.language("nn-NO", "ikkje so")))
    document = reopened(_word.render(template(tmp_path, build=build), {"lead": "Tre", "text": text}, marks=marks, day=DAY))
    paragraph = document.paragraphs[0]
    assert paragraph.text == "Tre: ikkje so"
    tagged = [r for r in paragraph.runs if r._r.find(f".//{qn('w:lang')}") is not None]
    assert [r.text for r in tagged] == ["ikkje so"] and tagged[0].italic
    names = [b.get(qn("w:name")) for b in document.element.iter(qn("w:bookmarkStart"))]
    assert names == ["ssu_p_1"]
    [comment] = list(document.comments)
    assert comment.author == "Saksutkast" and comment.text == "Kilde\nher" and comment.timestamp.date() == DAY
    kids = [c.tag for c in paragraph._p]
    assert kids.index(qn("w:commentRangeStart")) < kids.index(qn("w:r"))
    assert kids.index(qn("w:commentRangeEnd")) > max(i for i, r in enumerate(paragraph._p) if "ikkje" in "".join(r.itertext()))


def test_two_marked_values_in_one_paragraph_keep_apart(tmp_path):
    """A template that sets two points in one paragraph gives each bookmark its own words."""
    marks = _word.Marks()
    context = {"a": marks.bookmark("ssu_a", "første"), "b": marks.bookmark("ssu_b", "andre")}
    document = _word.render(template(tmp_path, "{{ a }} og {{ b }}"), context, marks=marks)
    covered = {}
    open_names: dict[str, str] = {}
    for child in document.paragraphs[0]._p:
        if child.tag == qn("w:bookmarkStart"):
            open_names[child.get(qn("w:id"))] = child.get(qn("w:name"))
        elif child.tag == qn("w:bookmarkEnd"):
            open_names.pop(child.get(qn("w:id")))
        for name in open_names.values():
            covered[name] = covered.get(name, "") + "".join(t.text for t in child.iter(qn("w:t")))
    assert covered == {"ssu_a": "første", "ssu_b": "andre"}


def test_the_same_bookmark_twice_gets_two_names(tmp_path):
    """Word drops the second of two equal bookmarks, so the second gets a number."""
    marks = _word.Marks()
    value = marks.bookmark("ssu_a", "x")
    document = _word.render(template(tmp_path, "{{ a }}", "{{ a }}"), {"a": value}, marks=marks)
    names = [b.get(qn("w:name")) for b in document.element.iter(qn("w:bookmarkStart"))]
    assert names == ["ssu_a", "ssu_a_2"]


def test_a_block_mark_hands_over_its_paragraph(tmp_path):
    """What is inserted stands where the tag stood."""
    marks = _word.Marks()
    figure = marks.block(lambda document, paragraph: paragraph.add_run("FIGUR"))
    document = _word.render(template(tmp_path, "før", "{{ figur }}", "etter"), {"figur": figure}, marks=marks)
    assert texts(document) == ["før", "FIGUR", "etter"]


def test_contents_list_headings_with_their_numbers(tmp_path):
    """The table of contents holds its entries, each linked to a heading; Word is not asked to update fields."""
    def build(document):
        document.add_heading("Første", 1)
        document.add_heading("{{ navn }}", 2)
        document.add_paragraph("tekst")

    marks = _word.Marks()
    contents = marks.block(lambda document, paragraph: _word.write_contents(document, paragraph))
    document = reopened(_word.render(template(tmp_path, "{{ innhold }}", build=build), {"innhold": contents, "navn": "Andre & <to>"},
                                     marks=marks))
    links = list(document.element.iter(qn("w:hyperlink")))
    assert ["".join(t.text for t in link.iter(qn("w:t"))) for link in links] == ["Første", "Andre & <to>"]
    targets = {b.get(qn("w:name")) for b in document.element.iter(qn("w:bookmarkStart"))}
    assert {link.get(qn("w:anchor")) for link in links} <= targets
    assert b"updateFields" not in document.settings.element.xml.encode()
    kinds = [f.get(qn("w:fldCharType")) for f in document.element.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", *["begin", "separate", "end"] * 2, "end"]


def test_contents_know_their_pages_only_when_they_are_counted(tmp_path):
    """Each entry ends in a page field for its own heading that shows nothing yet: no number, no leader to nowhere."""
    def build(document):
        document.add_heading("Første", 1)
        document.add_heading("Andre", 1)

    marks = _word.Marks()
    contents = marks.block(lambda document, paragraph: _word.write_contents(document, paragraph))
    document = reopened(_word.render(template(tmp_path, "{{ innhold }}", build=build), {"innhold": contents}, marks=marks))
    links = list(document.element.iter(qn("w:hyperlink")))
    codes = ["".join(c.text for c in link.iter(qn("w:instrText"))).split() for link in links]
    assert codes == [["PAGEREF", link.get(qn("w:anchor")), "\\h"] for link in links]
    assert [[t.text for t in link.iter(qn("w:t"))] for link in links] == [["Første"], ["Andre"]]
    tabs = [t for p in document.element.iter(qn("w:p")) for t in p.iter(qn("w:tab")) if t.get(qn("w:val"))]
    assert [t.get(qn("w:leader")) for t in tabs] == [None, None]


def test_finished_file_is_norwegian_titled_and_stable(tmp_path):
    """nb-NO in the defaults, no English left, title unescaped, the author's name ours, equal bytes each time."""
    path = template(tmp_path, "{{ x }}")

    def made() -> bytes:
        return _word.to_bytes(_word.render(path, {"x": "y"}), title="Fisk & <chips>", day=DAY, identifier="id-1")

    data = made()
    assert data == made()
    document = docx.Document(BytesIO(data))
    lang = document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    assert lang.get(qn("w:val")) == "nb-NO"
    others = {x.get(qn("w:val")) for x in document.styles.element.iter(qn("w:lang"))}
    assert not any(v and v.startswith("en") for v in others)
    with zipfile.ZipFile(BytesIO(data)) as package:
        core = etree.fromstring(package.read("docProps/core.xml"))
        assert {i.date_time for i in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    values = {etree.QName(c).localname: c.text for c in core}
    assert values["title"] == "Fisk & <chips>" and values["identifier"] == "id-1"
    assert values["creator"] == values["lastModifiedBy"] == "Saksutkast"
    assert values["created"] == values["modified"] == "2026-02-10T00:00:00Z"
    namespaces = {etree.QName(c).namespace for c in core if etree.QName(c).localname == "lastModifiedBy"}
    assert namespaces == {"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"}


def test_a_nynorsk_template_stays_nynorsk(tmp_path):
    """The template's own Norwegian is kept; only other languages become nb-NO."""
    def build(document):
        document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}").set(qn("w:val"), "nn-NO")

    document = reopened(_word.render(template(tmp_path, "x", build=build), {}))
    assert document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}").get(qn("w:val")) == "nn-NO"


def test_header_rows_repeat_and_short_rows_hold_together(tmp_path):
    """A table that has a header row repeats it; a row taller than a page may still break."""
    def build(document):
        table = document.add_table(rows=1, cols=2)
        table.rows[0].cells[0].text = "Hode"
        table.add_row().cells[0].text = "{%tr for x in xs %}"
        table.add_row().cells[0].text = "{{ x }}"
        table.add_row().cells[0].text = "{%tr endfor %}"

    document = reopened(_word.render(template(tmp_path, build=build), {"xs": ["kort", "langt " * 500]}))
    rows = document.tables[0].rows
    assert [r.cells[0].text[:5] for r in rows] == ["Hode", "kort", "langt"]
    marks = [{c.tag for c in r._tr.trPr} if r._tr.trPr is not None else set() for r in rows]
    assert qn("w:tblHeader") in marks[0] and qn("w:tblHeader") not in marks[1]
    assert qn("w:cantSplit") in marks[1] and qn("w:cantSplit") not in marks[2]


def test_nothing_but_text_elements_holds_text(tmp_path):
    """No fragment of a tag is left outside the elements that Word shows."""
    document = reopened(_word.render(template(tmp_path, "{%p if ja %}", "a{% if ja %}b{% else %}c{% endif %}", "{%p endif %}"),
                                     {"ja": True}))
    assert texts(document) == ["ab"]
    assert not re.search(r"\{[{%]", document.element.xml)


def test_direction_overrides_go_so_that_our_own_words_stay_readable():
    """An answer cannot turn the text after it around; right-to-left letters themselves stay."""
    assert _word.clean_text("a\u202eb\u2066c שלום\u200f") == "abc שלום\u200f"


@pytest.mark.parametrize("value", ["", "x" * 200, "1.5", "٣", "9" * 40])
def test_a_number_that_cannot_be_read_is_as_if_it_were_not_there(value):
    """Found by random changes of templates: levels and starts of lists are whatever a damaged file says."""
    document = docx.Document()
    heading = document.add_heading("Overskrift", 1)
    for tag in ("w:outlineLvl", "w:ilvl", "w:start"):
        for part in (document.part.element, document.part.numbering_part.element, document.styles.element):
            for node in part.iter(qn(tag)):
                node.set(qn("w:val"), value)
    for level in document.part.numbering_part.element.iter(qn("w:lvl")):
        level.set(qn("w:ilvl"), value)
    headings = _word.Headings(document)
    assert headings.level(heading._p) is None
    assert headings.number(heading._p) == ""


def test_what_is_set_aside_is_in_the_file_as_if_it_had_stood_in_the_tree():
    """Byte for byte, with pictures' own namespaces, letters of all kinds, and text that looks like the mark."""
    def parts():
        for i in range(40):
            paragraph = _word.element("w:p")
            paragraph.append(_word.text_run(f"{i} æøå 😀 <!--ssu-aside--> & ]]>" * 60, language="en-GB" if i == 3 else ""))
            if i % 7 == 0:
                etree.SubElement(paragraph, "{urn:other}thing", nsmap={"o": "urn:other"}).append(_word.element("w:r"))
                etree.SubElement(paragraph, "{urn:x}thing")
            yield paragraph

    def made(aside: bool) -> bytes:
        document = docx.Document()
        last = document.add_paragraph("sist")._p
        document.add_paragraph("etter")
        if aside:
            shelf = _word.Shelf(document, document.part, before=last)
            for paragraph in parts():
                shelf.put([paragraph], _word.finish)
        else:
            for paragraph in parts():
                last.addprevious(paragraph)
        return _word.to_bytes(document, title="Tittel", day=DAY)

    assert made(aside=True) == made(aside=False)


def test_comments_are_set_aside_and_stand_in_the_file(tmp_path):
    """In order, after those that the template has."""
    marks = _word.Marks()
    said = [marks.comment(((_word.Piece(text=f"belegg {i}"),),), f"punkt {i}") for i in range(3)]
    path = template(tmp_path, "{{ a }}", "{{ b }}", "{{ c }}",
                    build=lambda d: d.add_comment(d.add_paragraph("mal").runs[0], text="fra malen", author="A"))
    document = _word.render(path, dict(zip("abc", said, strict=True)), marks=marks, day=DAY)
    assert not any("belegg" in c.text for c in document.comments)  # not in the tree
    assert [c.text for c in reopened(document).comments] == ["fra malen", "belegg 0", "belegg 1", "belegg 2"]


@pytest.mark.parametrize("part", ["word/_rels/document.xml.rels", "_rels/.rels"])
def test_a_connection_without_a_name_is_a_damaged_template(tmp_path, part):
    """Between the template's parts; the file could not be written afterwards."""
    path = template(tmp_path, "{{ svar }}")
    changed(path, part, lambda data: b' Idx="'.join(data.rsplit(b' Id="', 1)))
    with pytest.raises(TemplateError, match="skadet"):
        _word.render(path, {"svar": "x"})


def test_a_comment_is_made_when_it_is_written(tmp_path):
    """Once, in its place: until then there is only what it is made of."""
    marks, asked = _word.Marks(), []
    said = marks.comment(lambda: asked.append(1) or ((_word.Piece(text="belegg"),),), "punkt")
    assert not asked
    document = _word.render(template(tmp_path, "{{ a }}"), {"a": said}, marks=marks, day=DAY)
    assert asked == [1]
    assert [c.text for c in reopened(document).comments] == ["belegg"]
