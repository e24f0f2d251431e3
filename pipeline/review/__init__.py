"""The reviewer's Word file is sacred: what a person did to a draft, and how news reaches the edited file.

``compare`` tells what a person did; ``merge`` gives the person's file with the news as tracked changes and comments;
``changelog`` tells in Norwegian what came in and what was done with it. All work on bytes: no files, no store.
"""

from __future__ import annotations

from pipeline.review._ooxml import AUTHOR, CannotMerge
from pipeline.review.changelog import changelog
from pipeline.review.compare import Edits, Fate, compare, review, seen
from pipeline.review.merge import Change, Merged, merge

__all__ = ["AUTHOR", "CannotMerge", "Change", "Edits", "Fate", "Merged", "changelog", "compare", "merge", "review", "seen"]
