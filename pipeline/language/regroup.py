"""What a person has said about points: these statements make the same one, those do not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from pipeline.language.grouping import Clause, dot

Pairs = Collection[tuple[str, str]]
Groups = list[tuple[str, list[int]]]  # (theme, indices of clauses)


def rearranged(groups: Groups, owners: Sequence[tuple[str, str]], clauses: Sequence[Clause], together: Pairs,
               apart: Pairs) -> Groups:
    """The groups with the statements of each pair in ``together`` in one group, and those of ``apart`` in two.

    ``owners``: (statement id, its theme) of each clause. Of a statement with several clauses, the one that is most
    like the others is joined. Joined groups become one, under the theme that most of the joined statements have.
    Pairs of statements without a clause here are passed over; where both are said, ``together`` holds.
    """
    if not together and not apart:
        return groups
    place: dict[int, int] = {}
    for n, (theme, group) in enumerate(groups):
        for i in group:  # a clause may stand in a second theme as well; its own counts
            if i not in place or theme == owners[i][1]:
                place[i] = n
    of_statement: dict[str, list[int]] = defaultdict(list)
    for i, (statement, _) in enumerate(owners):
        if i in place:
            of_statement[statement].append(i)
    joined = [_picked(chain, of_statement, clauses) for chain in _chains(together, of_statement)]
    merged = _joined(groups, place, joined, owners)
    unit = {i: chain[0] for chain in joined for i in chain}  # clauses that stay together whatever is split
    enemies: dict[str, set[str]] = defaultdict(set)
    for a, b in apart:
        enemies[a].add(b)
        enemies[b].add(a)
    return [(theme, part) for theme, group in merged for part in _split(group, owners, clauses, unit, enemies)]


def _chains(pairs: Pairs, known: Collection[str]) -> list[list[str]]:
    """The statements that pairs join, each chain sorted."""
    head: dict[str, str] = {}

    def of(one: str) -> str:
        while head.setdefault(one, one) != one:
            one = head[one]
        return one

    for a, b in sorted(pairs):
        if a in known and b in known and of(a) != of(b):
            head[max(of(a), of(b))] = min(of(a), of(b))
    chains: dict[str, list[str]] = defaultdict(list)
    for one in sorted(head):
        chains[of(one)].append(one)
    return [chain for chain in chains.values() if len(chain) > 1]


def _picked(chain: list[str], of_statement: dict[str, list[int]], clauses: Sequence[Clause]) -> list[int]:
    """One clause of each statement: the one most like those of the others."""
    def likeness(i: int, statement: str) -> float:
        return sum(dot(clauses[i].vector, clauses[j].vector) for other in chain if other != statement
                   for j in of_statement[other])

    return [max(of_statement[s], key=lambda i: (likeness(i, s), -i)) for s in chain]


def _joined(groups: Groups, place: dict[int, int], joined: list[list[int]],
            owners: Sequence[tuple[str, str]]) -> Groups:
    now = {n: {n} for n in range(len(groups))}  # group -> the groups it has become one with
    theme = {n: key for n, (key, _) in enumerate(groups)}
    for chain in joined:
        whole = frozenset().union(*(now[place[i]] for i in chain))
        present = {theme[n] for n in whole}
        votes = Counter(owners[i][1] for i in chain if owners[i][1] in present) or Counter(present)
        # A tie goes to the theme that comes first.
        best = max(votes, key=lambda key: (votes[key], -min(n for n in whole if theme[n] == key)))
        for n in whole:
            now[n] = set(whole)
            theme[n] = best
    return [(theme[n], sorted(i for m in sorted(now[n]) for i in groups[m][1])) for n in now if n == min(now[n])]


def _split(group: list[int], owners: Sequence[tuple[str, str]], clauses: Sequence[Clause], unit: dict[int, int],
           enemies: dict[str, set[str]]) -> list[list[int]]:
    here = {owners[i][0] for i in group}
    if not any(enemies[s] & here for s in here if s in enemies):
        return [group]
    units: dict[object, list[int]] = defaultdict(list)
    for i in group:
        units[unit.get(i, owners[i][0])].append(i)
    parts: list[list[int]] = []
    for some in units.values():
        foes = frozenset().union(*(enemies.get(owners[i][0], frozenset()) for i in some))
        foes -= {owners[i][0] for i in some}
        fitting = [p for p in parts if not any(owners[j][0] in foes for j in p)]
        if fitting:
            max(fitting, key=lambda p: (_likeness(some, p, clauses), -parts.index(p))).extend(some)
        else:
            parts.append(list(some))
    return [sorted(p) for p in parts]


def _likeness(some: list[int], others: list[int], clauses: Sequence[Clause]) -> float:
    theirs = [clauses[j].vector for j in others]
    return sum(dot(mine, vector) for mine in (clauses[i].vector for i in some) for vector in theirs) / (len(some) * len(others))
