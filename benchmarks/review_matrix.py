"""The whole matrix of the merge: reviewers' actions × editors × news, each judged by the tests' guarantees.

``python -m benchmarks.review_matrix`` prints a table by editor and every failure. With LibreOffice installed, its
round trips are two of the editors, and its own accepting and rejecting is compared with ours for every merge.
``--seeds N`` does each action at N places, ``--no-office`` leaves LibreOffice out.
"""

from __future__ import annotations

import argparse
import time
from datetime import date

from benchmarks import _office
from pipeline.review import Merged, merge
from tests.review import guarantees, reviewer
from tests.review.news import NEWS, draft
from tests.review.settle import lines, read, settled

DAY = date(2026, 2, 20)


def main() -> int:
    """Run the matrix; returns the number of failed cells, at most 1 as an exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--no-office", action="store_true")
    arguments = parser.parse_args()
    edits = {f"{action}{seed}": reviewer.edited(draft(), action, seed=seed)
             for action in reviewer.ACTIONS for seed in range(arguments.seeds)}
    office = None if arguments.no_office or not _office.available() else _office.Office().__enter__()
    try:
        failures = 0
        for editor, files in _editors(edits, office).items():
            failures += _judge(editor, files, office)
    finally:
        if office:
            office.__exit__(None, None, None)
    return min(failures, 1)


def _editors(edits: dict[str, bytes], office) -> dict[str, dict[str, bytes]]:
    editors = {
        "as saved": edits,
        "ids stripped": {n: reviewer.without_ids(d) for n, d in edits.items()},
        "bookmarks copied": {n: reviewer.copied_bookmarks(d) for n, d in edits.items()},
    }
    if office:
        editors["LibreOffice docx"] = office.convert(edits, "docx")
        editors["LibreOffice odt"] = office.convert(edits, "odt", "docx")
        editors["LibreOffice odt, ids stripped"] = {
            n: reviewer.without_ids(d) for n, d in editors["LibreOffice odt"].items()}
    return editors


def _judge(editor: str, files: dict[str, bytes], office) -> int:
    began, failed, wrong, cells = time.perf_counter(), 0, 0, 0
    tracked = told = 0
    for news in NEWS:
        merged: dict[str, Merged] = {}
        for name, mine in files.items():
            cells += 1
            try:
                merged[name] = merge(draft(), mine, draft(news), day=DAY)
                guarantees.check(draft(), mine, draft(news), merged[name])
            except Exception as error:  # each failure is a cell of the table
                failed += 1
                print(f"  {editor} | {news} | {name}: {type(error).__name__} {str(error)[:200]}")
                continue
            tracked += sum(c.how == "tracked" for c in merged[name].changes)
            told += sum(c.how == "comment" for c in merged[name].changes)
        if office and merged:
            wrong += _second_opinion(editor, news, files, {n: m.data for n, m in merged.items() if m.news}, office)
    print(f"{editor}: {cells} cells, {failed} failed, {wrong} where LibreOffice settles otherwise; {tracked} tracked, "
          f"{told} comments, {time.perf_counter() - began:.0f} s", flush=True)
    return failed + wrong


def _second_opinion(editor: str, news: str, files: dict[str, bytes], merged: dict[str, bytes], office) -> int:
    """LibreOffice's own accepting and rejecting against what they should leave."""
    wrong = 0
    rejected, accepted = office.settle(merged, accept=False), office.settle(merged, accept=True)
    for name, data in merged.items():
        for settled_by_office, wanted, what in ((rejected[name], read(files[name], accept=False), "rejecting"),
                                                (accepted[name], read(data, accept=True), "accepting")):
            found = [line for line in lines(settled(settled_by_office, accept=True)) if line]
            if found != wanted:
                wrong += 1
                differ = (i for i, (a, b) in enumerate(zip(found, wanted, strict=False)) if a != b)
                at = next(differ, min(len(found), len(wanted)))
                print(f"  {editor} | {news} | {name}: {what} at line {at}: {found[at:at + 1]} for {wanted[at:at + 1]}")
    return wrong


if __name__ == "__main__":
    raise SystemExit(main())
