"""Does Word open this file without offering to repair it? Order of elements, and everything that must be found by name.

The order of children is that of ECMA-376 part 1, annex A (transitional). ``problems`` returns one English sentence a
fault; an empty list means that nothing was found.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from io import BytesIO

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"

_BORDERS = "top left start bottom right end insideH insideV tl2br tr2bl between bar"
# Children in the order of the schema; a child that is not named here may not stand there at all.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
           "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
           "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
           "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
           "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
           "vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange",
    "numPr": "ilvl numId numberingChange ins",
    "tbl": "bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd tblPr tblGrid tr",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
             "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "tr": "tblPrEx trPr tc sdt",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark "
            "headers cellIns cellDel cellMerge tcPrChange",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tcBorders": "top start left bottom end right insideH insideV tl2br tr2bl",
    "pBdr": "top left bottom right between bar",
    "tblCellMar": "top start left bottom end right",
    "tcMar": "top start left bottom end right",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
              "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
             "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "tblStylePr": "pPr rPr tblPr trPr tcPr",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "num": "abstractNumId lvlOverride",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "settings": "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries "
                "displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts "
                "embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges "
                "bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors "
                "activeWritingStyle proofState formsDesign attachedTemplate linkStyles stylePaneFormatFilter "
                "stylePaneSortMethod documentType mailMerge revisionView trackRevisions doNotTrackMoves doNotTrackFormatting "
                "documentProtection autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop autoHyphenation "
                "consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle "
                "defaultTableStyle evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets "
                "drawingGridHorizontalSpacing drawingGridVerticalSpacing displayHorizontalDrawingGridEvery "
                "displayVerticalDrawingGridEvery doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin "
                "drawingGridVerticalOrigin doNotShadeFormData noPunctuationKerning characterSpacingControl "
                "printTwoOnOne strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore savePreviewPicture "
                "doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText "
                "doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt showXMLTags "
                "alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids mathPr "
                "attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats doNotAutoCompressPictures "
                "forceUpgrade captions readModeInkLockDown smartTagType schemaLibrary shapeDefaults doNotEmbedSmartTags "
                "decimalSymbol listSeparator",
}
# Elements that must come first among their siblings when they are there, by parent.
FIRST = {"p": "pPr", "r": "rPr", "tc": "tcPr"}
_IDS_OF_REFERENCES = tuple(R + n for n in ("id", "embed", "link", "pict"))


def problems(data: bytes) -> list[str]:
    """What is wrong with the package of a Word file."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = {n: package.read(n) for n in package.namelist()}
    except zipfile.BadZipFile:
        return ["not a zip file"]
    found = [f"{n} stands twice in the package" for n, k in Counter(parts.keys()).items() if k > 1]
    trees = {}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = etree.fromstring(content)
            except etree.XMLSyntaxError as error:
                found.append(f"{name} is not well-formed: {error}")
    found += _content_types(parts, trees)
    for name, root in trees.items():
        if name.endswith(".rels"):
            found += _relations(name, root, parts)
        elif name.startswith("word/") and root.tag.startswith(W):
            found += _order(name, root)
            found += _references(name, root, trees)
    found += _ids(trees)
    return found


def _content_types(parts, trees) -> list[str]:
    types = trees.get("[Content_Types].xml")
    if types is None:
        return ["[Content_Types].xml is missing"]
    endings = {d.get("Extension", "").lower() for d in types.iter(TYPES + "Default")}
    named = {o.get("PartName", "").lstrip("/") for o in types.iter(TYPES + "Override")}
    found = [f"{n} has a content type but is not there" for n in sorted(named - set(parts))]
    return found + [f"{n} has no content type" for n in parts if n != "[Content_Types].xml" and not n.endswith("/")
                    and n not in named and n.rsplit(".", 1)[-1].lower() not in endings]


def _relations(name: str, root, parts) -> list[str]:
    base = posixpath.dirname(posixpath.dirname(name))
    found = [f"{name}: id {i} twice" for i, k in Counter(r.get("Id") for r in root).items() if k > 1]
    for rel in root.iter(RELS + "Relationship"):
        target = rel.get("Target", "")
        if rel.get("TargetMode") == "External":
            continue
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))
        if path not in parts:
            found.append(f"{name}: {rel.get('Id')} leads to {path}, which is not there")
    return found


def _order(name: str, root) -> list[str]:
    found = []
    for node in root.iter():
        if not isinstance(node.tag, str) or not node.tag.startswith(W):
            continue
        local = node.tag.removeprefix(W)
        names = [c.tag.removeprefix(W) for c in node if isinstance(c.tag, str) and c.tag.startswith(W)]
        if local in ORDER:
            order = ORDER[local].split()
            known = [n for n in names if n in order]
            if len(known) < len(names) and local not in ("tbl", "tr"):
                found.append(f"{name}: {local} may not hold {sorted(set(names) - set(order))}")
            ranks = [order.index(n) for n in known]
            if ranks != sorted(ranks):
                found.append(f"{name}: children of {local} out of order: {names}")
            single = [n for n, k in Counter(known).items() if k > 1 and n not in _REPEATED]
            if single:
                found.append(f"{name}: {local} holds {single} more than once")
        if local in FIRST and FIRST[local] in names[1:]:
            found.append(f"{name}: {FIRST[local]} is not first in {local}")
        if local == "tc" and (not names or names[-1] != "p"):
            found.append(f"{name}: a cell does not end with a paragraph")
        if local == "body" and "sectPr" in names and names[-1] != "sectPr":
            found.append(f"{name}: sectPr is not last in the body")
        if local == "t" and node.text and node.text != node.text.strip() and not node.get(
                "{http://www.w3.org/XML/1998/namespace}space"):
            found.append(f"{name}: a text loses its blanks: {node.text[:40]!r}")
    return found


_REPEATED = frozenset({
    "tr", "tc", "sdt", "style", "abstractNum", "num", "lvl", "lvlOverride", "tblStylePr", "headerReference",
    "footerReference", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "numPicBullet",
    "activeWritingStyle", "attachedSchema", "smartTagType",
})


def _references(name: str, root, trees) -> list[str]:
    rels = trees.get(f"{posixpath.dirname(name)}/_rels/{posixpath.basename(name)}.rels")
    known = {r.get("Id") for r in rels} if rels is not None else set()
    return [f"{name}: {node.tag.rsplit('}', 1)[-1]} refers to {node.get(a)}, which is no relation"
            for node in root.iter() for a in _IDS_OF_REFERENCES
            if isinstance(node.tag, str) and node.get(a) is not None and node.get(a) not in known]


def _ids(trees) -> list[str]:
    found = []
    document = trees.get("word/document.xml")
    if document is None:
        return ["word/document.xml is missing"]
    for what, values in (
            ("bookmark id", [b.get(W + "id") for b in document.iter(W + "bookmarkStart")]),
            ("bookmark name", [(b.get(W + "name") or "").lower() for b in document.iter(W + "bookmarkStart")]),
            ("drawing id", [d.get("id") for d in document.iter(DOC_PR)])):
        found += [f"{what} {v} is used {k} times" for v, k in Counter(values).items() if k > 1]
    starts = Counter(b.get(W + "id") for b in document.iter(W + "bookmarkStart"))
    ends = Counter(b.get(W + "id") for b in document.iter(W + "bookmarkEnd"))
    if starts != ends:
        found.append(f"bookmarks without begin or end: {sorted((starts - ends) + (ends - starts))[:5]}")
    long = [b.get(W + "name") for b in document.iter(W + "bookmarkStart") if not re.fullmatch(r"\w{1,40}", b.get(W + "name") or "")]
    found += [f"bookmark name {n!r} is not legal" for n in long]
    comments = trees.get("word/comments.xml")
    known = {c.get(W + "id") for c in comments} if comments is not None else set()
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        used = [c.get(W + "id") for c in document.iter(W + tag)]
        if sorted(used) != sorted(known):
            found.append(f"{tag} does not fit the comments: {sorted(set(used) ^ known)[:5]}")
    styles = trees.get("word/styles.xml")
    ids = {s.get(W + "styleId") for s in styles.iter(W + "style")} if styles is not None else set()
    used = {n.get(W + "val") for n in document.iter(W + "pStyle", W + "rStyle", W + "tblStyle")}
    found += [f"style {s} does not exist" for s in sorted(used - ids)]
    numbering = trees.get("word/numbering.xml")
    lists = {n.get(W + "numId") for n in numbering.iter(W + "num")} if numbering is not None else set()
    used = {n.get(W + "val") for root in (document, styles) if root is not None for n in root.iter(W + "numId")}
    found += [f"list {n} does not exist" for n in sorted(used - lists - {"0"})]
    return found
