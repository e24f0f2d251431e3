"""What must hold of every merge, whatever the person did and whatever came in."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from io import BytesIO

from pipeline.review import Merged
from pipeline.review._ooxml import AUTHOR
from tests.review.settle import comments, lines, numbered_comments, read, settled, threads

_MAY_CHANGE = ("word/document.xml", "word/comments.xml", "word/commentsExtended.xml", "[Content_Types].xml", "word/_rels/document.xml.rels")


def check(base: bytes, mine: bytes, fresh: bytes, merged: Merged) -> None:
    """Nothing that the person did is lost or altered, and all that is new can be seen."""
    keeps_the_persons_file(base, mine, merged)
    shows_the_news(base, mine, fresh, merged)
    says_nothing_twice(mine, fresh, merged)


def keeps_the_persons_file(base: bytes, mine: bytes, merged: Merged) -> None:
    """Rejecting gives the person's file line by line; accepting takes away no line that the person wrote."""
    for author in (None, AUTHOR):
        before = settled(mine, accept=False, author=author)
        after = settled(merged.data, accept=False, author=author)
        assert lines(after, styles=True) == lines(before, styles=True)
    ours = set(read(base, accept=True))
    theirs = Counter(line for line in read(mine, accept=True) if line not in ours)
    left = Counter(read(merged.data, accept=True))
    assert not theirs - left, "a person's line is gone after accepting"
    said = Counter(comments(mine)) - Counter(comments(merged.data))
    assert not any(author != AUTHOR for author, _ in said), "a comment is gone or altered"
    texts = {text for _, text in said}
    reopened = Counter(threads(mine)) - Counter(threads(merged.data))
    assert not any(texts.isdisjoint((text, answered)) for _, text, _, answered in reopened), "a comment is opened again"
    gone = _proposed(mine) - _proposed(merged.data)
    assert all(any(i in text for i in gone) for _, text in said), "a comment of ours is gone from a text that stands"
    old, new = (zipfile.ZipFile(BytesIO(d)) for d in (mine, merged.data))
    for name in old.namelist():
        if name not in _MAY_CHANGE:
            assert new.read(name) == old.read(name), name
    twice = {i for i, n in Counter(_ids(merged.data)).items() if n > 1}
    assert not twice - {i for i, n in Counter(_ids(mine)).items() if n > 1}, "two changes or comments share an id"


def _proposed(data: bytes) -> set[str]:
    """The ids in our comments at text that is only proposed."""
    from tests.review.settle import W, body

    at = {r.get(W + "id") for p in body(data).iter(W + "p") if next(p.iter(W + "ins"), None) is not None
          for r in p.iter(W + "commentReference")}
    return {i for number, text in numbered_comments(data) if number in at for i in re.findall(r"\[ssu_\w+\]", text)}


def shows_the_news(base: bytes, mine: bytes, fresh: bytes, merged: Merged) -> None:
    """Every line of the new draft that the old one did not have can be read after accepting, or in a comment, or is
    accounted for as left out because the person took its place out."""
    known = set(read(base, accept=True))
    news = [line for line in read(fresh, accept=True) if line not in known]
    accepted = " ¶ ".join(read(merged.data, accept=True))
    told = " ¶ ".join(text for author, text in comments(merged.data) if author == AUTHOR)
    accounted = " ¶ ".join(c.after for c in merged.changes if c.how == "left_out")
    for line in news:
        seen = line in accepted or line in told or line in accounted or _only_the_reference_is_told(line, told)
        assert seen, f"not to be seen anywhere: {line}"
    assert not news or merged.changes


def says_nothing_twice(mine: bytes, fresh: bytes, merged: Merged) -> None:
    """After accepting, no line stands more often than in the person's file or in the new draft. (A short one may: where
    one of the person's stays as it is under another heading than gets ours.)"""
    before, new = (Counter(read(d, accept=True)) for d in (mine, fresh))
    after = Counter(read(merged.data, accept=True))
    twice = [line for line, n in after.items() if n > max(before[line], new[line]) and len(line) > 50]
    assert not twice, f"said twice: {twice[0]}"


def _only_the_reference_is_told(line: str, told: str) -> bool:
    return "pkt. " in line and "Henvisningen er nå" in told and line.split("pkt. ")[-1].strip(" ).") in told


def _ids(data: bytes) -> list[str]:
    from tests.review.settle import W, body

    found = []
    for node in body(data).iter(W + "ins", W + "del", W + "pPrChange", W + "tcPrChange", W + "bookmarkStart"):
        if node.get(W + "author") in (None, AUTHOR):
            found.append(f"change {node.get(W + 'id')}")
    found += [f"comment {n.get(W + 'id')}" for n in body(data).iter(W + "commentReference")]
    return found
