"""Vedlegg 2: every answer in full, word for word, sender by sender, with numbered passages and their themes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from zipfile import ZipFile

from docx.oxml.ns import qn

from pipeline.errors import TemplateError
from pipeline.model import CaseResult, Finding
from pipeline.phrases import Phrases
from pipeline.writers import _vedlegg2_words as words
from pipeline.writers import _word
from pipeline.writers._saksfremlegg_publish import clean_copy as publishable
from pipeline.writers._vedlegg2_answers import Composer
from pipeline.writers._vedlegg2_complete import check as check_complete
from pipeline.writers._vedlegg2_originals import Originals
from pipeline.writers._vedlegg2_pictures import Pictures

NAME = "vedlegg-2-innspill.docx"
TEMPLATE = "vedlegg-2-innspill.docx"

def render(result: CaseResult, templates: Path, *, comments: bool = True) -> bytes:
    """The attachment as docx; without answers it says so. ``comments``: False leaves the answers' comments out.

    Raises errors.TemplateError when the template cannot be filled, errors.InternalError when the finished
    document lacks a word of an answer.
    """
    marks = _word.Marks()
    day = result.today or date(1980, 1, 1)
    parts = words.sections(result)
    template = _word.template_for(templates, TEMPLATE, nynorsk=result.settings.nynorsk)
    say = Phrases(nynorsk=template.name != TEMPLATE)
    places: dict[str, object] = {}
    context = words.front(
        result, parts, say, comments=comments and _has_comments(result),
        contents=marks.block(lambda document, paragraph: places.update(contents=paragraph)),
        answers=marks.block(lambda document, paragraph: places.update(answers=paragraph)))
    document = _word.render(template, context, marks=marks, day=day)
    for table in document.tables:  # only ours are there yet
        _word.add_table_text(table._tbl, say("Hvem som har svart"),
                             say("Avsender, fil, dato, om svaret kom for sent, og merknader."))
    styles = _styles(document, template)
    if parts and "answers" not in places:
        raise TemplateError(f"Malen {TEMPLATE} mangler merket {{{{ innspill }}}}, der svarene skal stå. "
                            "Sett det inn i et eget avsnitt i Word, eller hent den opprinnelige malen på nytt.")
    contents = _word.Contents(document, levels=1) if "contents" in places else None
    before, after = _around(document, places["answers"]._p if "answers" in places else None)
    _take(contents, before)
    if "answers" in places:
        _write_answers(document, places["answers"]._p, result, parts, styles, say, contents, comments=comments)
        _name_tables(document.element.body, say)
    _take(contents, after)
    if contents is not None:
        contents.write(places["contents"])
    data = _word.to_bytes(document, title=context.tittel, day=day, subject=say("Innspill i sin helhet"),
                          identifier=f"saksutkast/{result.name}/{NAME}")
    check_complete(data, [d for part in parts for d in part.documents], comments=comments,
                   added=frozenset(styles[name] for name in words.ADDED))
    return data


def clean_copy(data: bytes) -> bytes:
    """The finished file for publication: without the answers' comments, bookmarks and traces of its making.

    Works on a file that a person has edited too. Raises errors.TemplateError when it is no readable Word document.
    """
    from io import BytesIO

    import docx

    cleaned = publishable(data)
    document = docx.Document(BytesIO(cleaned))
    ids = {style.name: style.style_id for style in document.styles}
    gone = {ids.get(words.COMMENT), ids.get(words.COMMENT_LABEL)} - {None}
    removed = [p for p in document.element.body.iter(qn("w:p")) if p.style in gone]
    for paragraph in removed:
        before = paragraph.getprevious()
        following = paragraph.getnext()
        paragraph.getparent().remove(paragraph)
        if before is not None and before.tag == qn("w:p") and before.style == ids.get(words.OTHER_TITLE) and (
                following is None or following.tag != qn("w:p") or following.style not in gone | {
                    ids.get(words.OTHER_LABEL), ids.get(words.OTHER)}):
            before.getparent().remove(before)
    if not removed:
        return cleaned
    out = BytesIO()
    document.save(out)
    with ZipFile(BytesIO(cleaned)) as package:  # as they were: see _word_finish on core properties
        kept = {name: package.read(name) for name in package.namelist() if name.startswith("docProps/")}
    return _word.stable_zip(out.getvalue(), replacing=kept)


def check(templates: Path) -> tuple[Finding, ...]:
    """What is wrong with the template: unknown or broken tags, and styles that the answers need."""
    found: tuple[Finding, ...] = ()
    for file in _word.templates_of(templates, TEMPLATE):
        faults = _word.check_template(file, words.Vedlegg2)
        if not faults:
            import docx

            try:
                _styles(docx.Document(str(file)), file)
            except TemplateError as error:
                faults = (Finding(kind="template_style", message=str(error), source=file.name),)
        found += faults
    return found


def _write_answers(document, at, result: CaseResult, parts, styles: dict[str, str], say: Phrases,
                   contents: _word.Contents | None, *, comments: bool) -> None:
    """All answers in place of the paragraph ``at`` (a w:p)."""
    originals = Originals(result.originals, result.documents, result.settings)
    composer = Composer(result, styles, say, Pictures(document).drawing)
    # in a frame of the template's, the answers count among what stands in it
    shelf = _word.Shelf(document, document.part, before=at) if at.getparent() is document.element.body else None

    def finish(root) -> None:
        _take(contents, root.iter(qn("w:p")))
        _name_tables(root, say)
        _word.finish(root)

    for part in parts:
        made = composer.section(part, originals.look, comments=comments)
        if shelf is not None:
            shelf.put(made, finish)
            continue
        for one in made:
            at.addprevious(one)
            _take(contents, one.iter(qn("w:p")))
    at.getparent().remove(at)


def _take(contents: _word.Contents | None, paragraphs: Iterable) -> None:
    for paragraph in paragraphs if contents is not None else ():
        contents.take(paragraph)


def _around(document, at) -> tuple[list, list]:
    """The paragraphs before and after the paragraph ``at``; all of them before when there is none."""
    paragraphs = list(document.element.body.iter(qn("w:p")))
    here = paragraphs.index(at) if at is not None else len(paragraphs)
    return paragraphs[:here], paragraphs[here + 1:]


def _name_tables(root, say: Phrases) -> None:
    for table in root.iter(qn("w:tbl")):
        if table.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}") is None:
            _word.add_table_text(table, say("Tabell i svaret"))


def _styles(document, template: Path) -> dict[str, str]:
    """Style name -> id of every style that the answers need. Raises TemplateError when one is missing."""
    known = {style.name: style.style_id for style in document.styles}
    missing = [name for name in words.STYLES if name not in known]
    if missing:
        raise TemplateError(f"Malen {template.name} mangler stilen «{missing[0]}». "
                            "Lag en stil med dette navnet i Word, eller hent den opprinnelige malen på nytt.")
    return {name: known[name] for name in words.STYLES}


def _has_comments(result: CaseResult) -> bool:
    return any(b.place == "comment" for d in result.documents if d.current_answer for b in d.blocks)

