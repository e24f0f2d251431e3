"""Filling a Word template: docxtpl made strict.

docxtpl's defaults lose text silently (it repairs broken XML by dropping the rest, and blanks what it does
not know). Here every such case is an ``errors.TemplateError`` that names the tag and its paragraph.
"""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import nsmap
from docx.oxml.parser import parse_xml
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateRuntimeError, TemplateSyntaxError
from jinja2 import TemplateError as JinjaError
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from pipeline.errors import TemplateError
from pipeline.model import Finding
from pipeline.writers._word_values import Record

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The only elements of the main namespace that hold text; text anywhere else is invisible in Word.
_TEXT_ELEMENTS = frozenset(W + name for name in ("t", "delText", "instrText", "delInstrText", "fldData"))
# The last word of a relationship's type -> the root of the part that it leads to.
_ROOTS = {"styles": "styles", "settings": "settings", "comments": "comments", "numbering": "numbering", "header": "hdr", "footer": "ftr"}
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#")
_RAW_TAG = re.compile(r"\{\{(?:r|p|tr|tc)\s")
_LINE = re.compile(r"\r\n|\r|\n")


def fill(template: Path, context: Mapping[str, object]):
    """The template filled with ``context`` (as from ``as_context``), as a python-docx Document.

    Raises TemplateError, in Norwegian, with the tag and its paragraph, when anything at all is amiss.
    """
    word = open_template(template)
    problems = list(layout_problems(word, template))
    if problems:
        raise TemplateError(problems[0].message)
    try:
        word.render(context, environment())
    except TemplateError:
        raise
    except (etree.XMLSyntaxError, ValueError, AttributeError, KeyError) as error:
        raise TemplateError(f"Malen {template.name} kan ikke fylles ut ({error}). "
                            "Rett malen i Word, eller hent den opprinnelige malen på nytt.") from error
    return word.docx


def environment() -> SandboxedEnvironment:
    """The only Jinja environment a template is ever given: sandboxed, strict, escaping."""
    env = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_shown)
    # "safe" and its kin would let an answer's text become markup.
    for name in ("safe", "xmlattr", "tojson", "urlize", "pprint"):
        env.filters.pop(name, None)
    return env


def _shown(value: object) -> object:
    if isinstance(value, StrictUndefined):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, str | int | float):
        return str(value)  # also takes away any claim of being safe markup
    raise TemplateRuntimeError("dette er en gruppe eller en liste, ikke en tekst")


def open_template(template: Path) -> _Strict:
    try:
        word = _Strict(template)
        word.init_docx()
        _ = word.docx.element.body  # another part may stand where the document should
        _refuse_strange_parts(word.docx.part)
        list(word.docx.styles)  # a style of an unknown type
        word.docx.core_properties.title = word.docx.core_properties.title
    except (PackageNotFoundError, FileNotFoundError):
        raise TemplateError(f"Fant ikke Word-malen {template}, eller den er ikke et Word-dokument. "
                            "Legg malen tilbake i mappen templates, lagret som .docx.") from None
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError, NotImplementedError, OSError,
            etree.XMLSyntaxError) as error:
        raise TemplateError(f"Word-malen {template.name} er skadet eller har feil filtype ({error}). "
                            "Åpne den i Word og lagre den som .docx, eller hent den opprinnelige på nytt.") from error
    return word


def _refuse_strange_parts(document) -> None:
    """Raise ValueError where a part of the document is of another kind than the relationship to it says."""
    for rels in (document.package.rels, *(part.rels for part in document.package.iter_parts())):
        if not all(isinstance(ident, str) and ident for ident in rels):
            raise ValueError("en forbindelse mellom delene er uten navn")
    for relationship in document.rels.values():
        root = _ROOTS.get(relationship.reltype.rsplit("/", 1)[-1])
        if root is None or relationship.is_external:
            continue
        part = relationship.target_part
        element = getattr(part, "element", None)
        if element is None or element.tag != W + root:
            raise ValueError(f"{part.partname} er ikke {root}")


class _Strict(DocxTemplate):
    """docxtpl that refuses instead of repairing, and that leaves the text it is given alone."""

    def render_xml_part(self, src_xml, part, context, jinja_env=None):
        source = Source(self, Path(str(self.template_file)), src_xml, patched=True)
        try:
            xml = jinja_env.from_string(source.xml).render(vars(context) if isinstance(context, Record) else context)
        except TemplateSyntaxError as error:
            raise TemplateError(_sentence(source.path, *source.syntax(error))) from error
        except (JinjaError, TypeError, ZeroDivisionError) as error:
            raise TemplateError(_sentence(source.path, *source.failure(error))) from error
        self._refuse_broken(xml, source.path)
        # Deliberately without docxtpl's "{_{" escapes and its rewriting of control characters:
        # both would change an answer's own text.
        return xml

    def _refuse_broken(self, xml: str, path: Path) -> None:
        try:
            tree = etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False))
        except etree.XMLSyntaxError as error:
            line = _LINE.split(xml)[max((error.lineno or 1) - 1, 0):][:1]
            paragraph = _plain(line[0]) if line else ""
            raise TemplateError(_sentence(path, "et merke som går på tvers av celler, lenker eller avsnitt, "
                                          "så dokumentet blir ugyldig", paragraph)) from error
        for element in tree.iter():
            if not isinstance(element.tag, str) or not element.tag.startswith(W):
                continue
            inside = element.text if element.tag not in _TEXT_ELEMENTS else ""
            stray = (inside or "").strip() or (element.tail or "").strip()
            if stray:
                raise TemplateError(_sentence(
                    path, "et merke som legger tekst utenfor et avsnitt, der Word ikke viser den", stray[:80]))

    def fix_tables(self, xml):
        # The recovering parser above us is harmless here: _refuse_broken has parsed the same text strictly.
        return parse_xml(etree.tostring(super().fix_tables(xml)))

    def fix_docpr_ids(self, tree):
        for number, drawing in enumerate(tree.iter(f"{{{nsmap['wp']}}}docPr"), 1001):
            drawing.set("id", str(number))

    def render_properties(self, context, jinja_env=None):
        """Properties are set afterwards, unescaped; see ``_word_finish``."""

    def render_footnotes(self, context, jinja_env=None):
        """Tags in footnotes are refused by ``layout_problems``."""


class Source:
    """One part's Jinja source, one line a paragraph, with the way back from a line to tag and paragraph."""

    def __init__(self, word: _Strict, path: Path, xml: str, *, patched: bool = False) -> None:
        self.path = path
        self.xml = re.sub(r"<w:p([ >])", r"\n<w:p\1", xml if patched else word.patch_xml(xml))
        self._lines = _LINE.split(self.xml)
        self._paragraphs = [text for text, _ in _paragraphs(word)]

    def place(self, line: int, needle: str = "") -> tuple[str, str]:
        """(tag, text of its paragraph) nearest to what stands on this line and mentions ``needle``."""
        text = _plain(self._lines[min(line, len(self._lines)) - 1]) if line else ""
        tags = [t for t in _TAG.findall(text) if needle in t] or _TAG.findall(text)
        tag = tags[-1] if tags else text.strip()[:60]
        core = re.sub(r"\W+", "", tag)
        paragraph = next((p for p in self._paragraphs if core and core in re.sub(r"\W+", "", p)), text.strip())
        return tag, paragraph

    def syntax(self, error: TemplateSyntaxError) -> tuple[str, str]:
        tag, paragraph = self.place(error.lineno or 0)
        reason = error.message or ""
        if m := re.search(r"unknown tag '(\w+)'", reason):
            return f"kommandoen «{m[1]}» i merket {tag}, som ikke finnes eller står på feil sted", paragraph
        if m := re.search(r"Unexpected end of template.*?(endfor|endif|end\w+)", reason, re.DOTALL):
            opened = "for" if "endfor" in reason else "if"
            return f"en «{opened}» som aldri avsluttes (det mangler «{m[1]}»)", paragraph
        if m := re.search(r"No filter named '(\w+)'", reason):
            return f"filteret «{m[1]}» i merket {tag}, som ikke finnes", paragraph
        return f"merket {tag}, som har skrivefeil", paragraph

    def failure(self, error: Exception) -> tuple[str, str]:
        line, trace = 0, error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == "<template>":
                line = trace.tb_lineno
            trace = trace.tb_next
        text = str(error)
        name = (re.search(r"no attribute '(\w+)'", text) or re.search(r"'(\w+)' is undefined", text) or [None, ""])[1]
        tag, paragraph = self.place(line, name)
        if isinstance(error, UndefinedError):
            return f"det ukjente navnet «{name or text}» i merket {tag}", paragraph
        if isinstance(error, SecurityError):
            return f"merket {tag}, som bruker noe en mal ikke har lov til", paragraph
        return f"merket {tag}, som ikke kan fylles ut ({text})", paragraph


def layout_problems(word: _Strict, path: Path) -> Iterator[Finding]:
    """What docxtpl would lose or break because of where a tag stands."""
    for text, paragraph in _paragraphs(word):
        if "{" not in text and "}" not in text:
            continue
        tags = _TAG.findall(text)
        if _LOOSE.search(_TAG.sub("", text)):
            yield finding(path, "et merke som ikke er avsluttet (mangler «}}» eller «%}», "
                                 "eller så står begynnelse og slutt i hvert sitt avsnitt)", text)
            continue
        if not tags:
            continue
        if any(a.tag == W + "txbxContent" for a in paragraph.iterancestors()):
            yield finding(path, f"merket {tags[0]} i en tekstboks, der det ikke blir fylt ut. Flytt det ut av boksen",
                           text)
        for tag in tags:
            if _RAW_TAG.match(tag):
                yield finding(path, f"merket {tag}, som begynner med r, p, tr eller tc. "
                                     "Sett et mellomrom etter «{{»", text)
        if re.search(r"\{[%#]p\s", text) and (_TAG.sub("", text).strip() or len(tags) > 1):
            yield finding(path, f"merket {tags[0]} i et avsnitt med annen tekst, som ville blitt borte. "
                                 "La merket stå alene på linjen", text)
        row = next(paragraph.iterancestors(W + "tr"), None)
        if re.search(r"\{[%#]tr\s", text) and row is not None:
            rest = "".join(t.text or "" for t in row.iter(W + "t"))
            if _TAG.sub("", rest).strip() or len(_TAG.findall(rest)) > 1:
                yield finding(path, f"merket {tags[0]} i en tabellrad med annen tekst, som ville blitt borte. "
                                     "La merket stå alene i raden", text)
        for tag in _split_tags(paragraph, text):
            yield finding(path, f"merket {tag}, som er delt av en lenke eller et felt. Skriv det på nytt som tekst",
                           text)
    for part in word.docx.part.package.iter_parts():
        name = str(part.partname)
        if re.search(r"/(comments|footnotes|endnotes)\d*\.xml$", name) and re.search(rb"\{\{|\{%", part.blob):
            yield finding(path, "et merke i en merknad eller fotnote, der det ikke blir fylt ut", name)


def _split_tags(paragraph, text: str) -> Iterator[str]:
    owners: list[object] = []
    for t in paragraph.iter(W + "t"):
        if next(t.iterancestors(W + "p")) is paragraph:
            run = t.getparent()
            owners += [run.getparent() if run is not None else None] * len(t.text or "")
    for m in _TAG.finditer(text):
        if len({id(o) for o in owners[m.start():m.end()]}) > 1:
            yield m[0]


def _paragraphs(word: _Strict) -> list[tuple[str, object]]:
    """Text and element of every paragraph of body, headers and footers; nested paragraphs' text left out."""
    roots = [word.docx.element.body]
    roots += [part.element if hasattr(part, "element") else parse_xml(part.blob)
              for uri in (word.HEADER_URI, word.FOOTER_URI) for _, part in word.get_headers_footers(uri)]
    found = []
    for root in roots:
        for paragraph in root.iter(W + "p"):
            text = "".join(t.text or "" for t in paragraph.iter(W + "t")
                           if next(t.iterancestors(W + "p")) is paragraph)
            found.append((text, paragraph))
    return found


def sources(word: _Strict) -> Iterator[str]:
    yield word.get_xml()
    for uri in (word.HEADER_URI, word.FOOTER_URI):
        for _, part in word.get_headers_footers(uri):
            yield word.get_part_xml(part)


def _plain(xml: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", xml))


def _sentence(path: Path, what: str, paragraph: str) -> str:
    shown = " ".join(paragraph.split())
    shown = shown[:120] + "…" if len(shown) > 120 else shown
    where = f" Avsnittet: «{shown}»." if shown else ""
    return f"Malen {path.name} har {what}.{where} Rett det i Word, eller hent den opprinnelige malen på nytt."


def finding(path: Path, what: str, paragraph: str) -> Finding:
    return Finding(kind="template_tag", message=_sentence(path, what, paragraph), source=path.name)
