from __future__ import annotations

import argparse
from collections import Counter

from benchmarks.senders import ORDER, cases, measured


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.senders", description="Whose each answer is.")
    parser.add_argument("cases", nargs="*", metavar="CASE")
    parser.add_argument("--errors", action="store_true", help="list what was wrong")
    given = parser.parse_args()
    total: Counter[str] = Counter()
    for case in cases():
        if given.cases and case.name not in given.cases:
            continue
        counts, errors = measured(case)
        total += counts
        print(f"{case.name}: {counts['right']} of {counts['files']}")
        for line in errors if given.errors else ():
            print(f"  {line}")
    for name in ORDER:
        share = f" ({100 * total[name] / total['files']:.1f} %)" if name in ORDER[1:6] and total["files"] else ""
        print(f"{name}: {total[name]}{share}")


if __name__ == "__main__":
    main()
