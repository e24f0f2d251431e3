"""Word XML in the order that the schema demands, and the few elements python-docx has no words for."""

from __future__ import annotations

from copy import deepcopy

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

# Children of w:rPr and w:pPr in schema order (ECMA-376 part 1, CT_RPr and CT_PPr).
_RUN = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath rPrChange")
_PARAGRAPH = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange")
RUN_ORDER = tuple(qn(f"w:{name}") for name in _RUN.split())
PARAGRAPH_ORDER = tuple(qn(f"w:{name}") for name in _PARAGRAPH.split())


def element(tag: str, /, **attributes: object):
    """``element("w:lang", val="nb-NO")``: an element of python-docx's own classes."""
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def put(parent, child, order: tuple[str, ...]):
    """``child`` into ``parent`` at its place in ``order``, in place of an older one of its name."""
    for old in parent.findall(child.tag):
        parent.remove(old)
    rank = order.index(child.tag)
    for i, sibling in enumerate(parent):
        if sibling.tag in order and order.index(sibling.tag) > rank:
            parent.insert(i, child)
            return child
    parent.append(child)
    return child


def run_properties(run):
    """The run's w:rPr, made when it has none."""
    found = run.find(qn("w:rPr"))
    if found is None:
        found = element("w:rPr")
        run.insert(0, found)
    return found


def set_language(run, language: str) -> None:
    """Tag one w:r with a language such as "nn-NO"."""
    put(run_properties(run), element("w:lang", val=language), RUN_ORDER)


def text_run(text: str, *, like=None, bold: bool = False, language: str = "", style: str = ""):
    """A w:r with ``text`` (line breaks and tabs as Word's own), formatted as the run ``like``."""
    run = element("w:r")
    old = like.find(qn("w:rPr")) if like is not None else None
    if old is not None:
        run.append(deepcopy(old))
    if style:
        put(run_properties(run), element("w:rStyle", val=style), RUN_ORDER)
    if bold:
        put(run_properties(run), element("w:b"), RUN_ORDER)
    if language:
        set_language(run, language)
    add_text(run, text)
    return run


def add_text(run, text: str) -> None:
    """``text`` appended to a w:r, with w:br for line breaks and w:tab for tabs."""
    for i, line in enumerate(text.split("\n")):
        if i:
            run.append(element("w:br"))
        for j, piece in enumerate(line.split("\t")):
            if j:
                run.append(element("w:tab"))
            if piece:
                node = element("w:t")
                node.text = piece
                node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                run.append(node)


def field(instruction: str, result: str, *, like=None) -> list:
    """The runs of a complex field: begin, instruction, separator, the result shown until Word renews it, end."""
    def char(kind: str):
        run = text_run("", like=like)
        run.append(element("w:fldChar", fldCharType=kind))
        return run

    code = text_run("", like=like)
    node = element("w:instrText")
    node.text = f" {instruction} "
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    code.append(node)
    return [char("begin"), code, char("separate"), text_run(result, like=like), char("end")]
