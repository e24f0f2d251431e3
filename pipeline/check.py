"""``ssu check``: are the templates whole, and may this document be published?"""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from pipeline import privacy
from pipeline.config import Limits
from pipeline.errors import ConfigError, FileProblem
from pipeline.norsk import join_names
from pipeline.readers._common import Package, parse_xml

_TEXT_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml$")


def templates(folder: Path, chosen: str = "") -> list[str]:
    """What is wrong with the templates, one Norwegian sentence each; empty when they are in order.

    ``chosen``: the case document's template of a case (``documents.template``), checked besides the standard ones.
    """
    from pipeline.writers import all_writers, saksfremlegg

    checks = [(w.TEMPLATE, w.check if hasattr(w, "check") else None) for w in all_writers() if w.TEMPLATE]
    if chosen and chosen != saksfremlegg.TEMPLATE:
        checks.append((chosen, lambda where: saksfremlegg.check(where, chosen)))
    faults: list[str] = []
    for template, examine in checks:
        if not (folder / template).is_file():
            faults.append(f"Malen {folder / template} mangler. Hent den tilbake fra pakken eller en sikkerhetskopi.")
        elif examine:
            faults += [finding.message for finding in examine(folder)]
    return faults


def final(file: Path) -> list[str]:
    """Why ``file`` (docx) may not be published yet, one Norwegian sentence each; empty when it may.

    Looks for unfilled fields, suggestions that are still marked, comments, tracked changes, hidden text, document
    properties with names, and personal data. Raises ConfigError when the file is no Word document.
    """
    from pipeline.writers import saksfremlegg

    if not file.exists() and len(file.parts) == 1:
        drafts = sorted(Path("outputs").glob(f"*/{file.name}"))
        file = drafts[0] if len(drafts) == 1 else file
    try:
        data = file.read_bytes()
        package = Package(data, Limits())
        parts = {n: package.read(n) for n in package.names if n.startswith(("word/", "docProps/")) and n.endswith(".xml")}
    except FileNotFoundError:
        raise ConfigError(f"Fant ikke {file}. Skriv hele stien, for eksempel outputs/<sak>/saksfremlegg.docx.") from None
    except (OSError, FileProblem):
        raise ConfigError(f"{file.name} kan ikke leses som et Word-dokument. Lagre den som .docx.") from None

    problems: list[str] = []
    unfilled = list(dict.fromkeys(saksfremlegg.unfilled(data)))
    if unfilled:
        problems.append(f"Felt som ikke er fylt ut: {join_names(unfilled)}. Fyll dem ut i Word.")
    trees = {n: _tree(xml) for n, xml in parts.items()}
    texts = [t for n, t in trees.items() if _TEXT_PARTS.match(n) and t is not None]
    changes = sum(_count(t, "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange") for t in texts)
    if changes:
        problems.append(f"Sporede endringer som ikke er avgjort: {changes}. Godta eller avvis dem i Word (Se gjennom).")
    comments = sum(_count(t, "comment") for n, t in trees.items() if re.match(r"word/comments\.xml$", n) and t is not None)
    if comments:
        problems.append(f"Kommentarer med belegg: {comments}. Bruk den rene kopien, eller slett dem i Word (Se gjennom).")
    if any(_count(t, "vanish") for t in texts):
        problems.append("Dokumentet har skjult tekst. Vis og fjern den i Word (Fil > Informasjon > Inspiser dokument).")
    author = _properties(trees.get("docProps/core.xml"))
    if author:
        problems.append(f"Dokumentegenskapene navngir {join_names(author)}. Fjern dem (Fil > Informasjon > Inspiser dokument).")
    for number, paragraph in enumerate(_paragraphs(texts), 1):
        for hit in privacy.find(paragraph):
            if hit.certain or hit.kind.startswith("mulig"):
                problems.append(f"Avsnitt {number}: {hit.kind}. Sladd det, eller vurder om det kan stå.")
    return problems


def _tree(xml: bytes):
    try:
        return parse_xml(xml)
    except FileProblem:
        return None


def _count(tree, *names: str) -> int:
    return sum(1 for e in tree.iter() if isinstance(e.tag, str) and etree.QName(e).localname in names)


def _paragraphs(trees) -> list[str]:
    return [text for tree in trees for p in tree.iter("{*}p")
            if (text := "".join(t.text or "" for t in p.iter("{*}t"))).strip()]


def _properties(core) -> list[str]:
    if core is None:
        return []
    names = [e.text.strip() for e in core.iter("{*}creator", "{*}lastModifiedBy") if e.text and e.text.strip()]
    return list(dict.fromkeys(n for n in names if n.casefold() not in {"saksutkast", "python-docx"}))
