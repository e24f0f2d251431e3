"""A person's word on which statements make the same point goes before likeness and stance."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import Theme, Wording
from pipeline.language import points, regroup
from pipeline.model import Statement, ThemeScore

BODIES = ("RS Nord", "RS Sør", "RS Øst")
THEMES = (Theme(key="roads", title="Veier"), Theme(key="staff", title="Folk"))


def statement(ident: str, body: str, text: str, theme: str = "roads") -> Statement:
    return Statement(id=ident, source=f"{body}.docx", start=int(ident[1:]) * 200, end=int(ident[1:]) * 200 + len(text), text=text,
                     locator="", bodies=(body,), theme=theme, themes=(ThemeScore(theme=theme, score=0.9),),
                     block=int(ident[1:]) * 3)


SAID = (
    statement("s1", "RS Nord", "Bussen bør gå oftere om kvelden."),
    statement("s2", "RS Sør", "Bussen må gå oftere om kvelden."),
    statement("s3", "RS Øst", "Bussene bør gå oftere på kveldstid."),
    statement("s4", "RS Øst", "Det trengs flere sykepleiere på natt.", "staff"),
    statement("s5", "RS Nord", "Dette."),
)


def gathered(**pairs) -> list[tuple[str, set[str]]]:
    found, _ = points.gather(SAID, bodies=BODIES, answered=BODIES, themes=THEMES, wording=Wording(), **pairs)
    return [(p.theme, set(p.statement_ids)) for p in found]


def test_without_corrections_likeness_decides():
    """The three about the bus are one point, the fifth says nothing alone."""
    assert gathered() == [("roads", {"s1", "s2", "s3"}), ("staff", {"s4"})]


def test_statements_set_apart_are_in_different_points():
    """One is taken out, and the bodies are counted anew."""
    apart = {("s1", "s3"), ("s2", "s3")}
    assert gathered(apart=apart) == [("roads", {"s1", "s2"}), ("roads", {"s3"}), ("staff", {"s4"})]
    found, _ = points.gather(SAID, bodies=BODIES, answered=BODIES, themes=THEMES, wording=Wording(), apart=apart)
    assert found[0].quantifier == "To RS (Nord og Sør)"


def test_statements_put_together_are_one_point_under_the_theme_of_most():
    """Across themes, the theme that most of the named statements have takes the point."""
    assert gathered(together={("s1", "s2"), ("s1", "s4"), ("s2", "s4")}) == [("roads", {"s1", "s2", "s3", "s4"})]


def test_statement_that_says_nothing_alone_can_be_put_to_a_point():
    """What was left out because it cannot be read alone becomes evidence when a person says where it belongs."""
    made = gathered(together={("s4", "s5")})
    assert [ids for _, ids in made if "s5" in ids] == [{"s4", "s5"}]


def test_unknown_statements_are_passed_over():
    """Pairs of statements that make no point change nothing."""
    assert gathered(together={("s1", "s9")}, apart={("s8", "s9")}) == gathered()


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_every_pair_is_heeded_and_nothing_lost(data):
    """Whatever is said: no clause is lost or doubled, joined are joined, and those set apart are apart."""
    from pipeline.language import grouping

    size = data.draw(st.integers(2, 8))
    owners = [(f"s{data.draw(st.integers(0, size))}", data.draw(st.sampled_from(["roads", "staff"]))) for _ in range(size)]
    clauses = grouping.prepare([f"ord{i} felles" for i in range(size)])
    cut = data.draw(st.integers(0, size))
    groups = [(theme, [i]) for i, (_, theme) in enumerate(owners) if i >= cut] + ([("roads", list(range(cut)))] if cut else [])
    names = sorted({o for o, _ in owners})
    pairs = list(combinations(names, 2))
    together = set(data.draw(st.lists(st.sampled_from(pairs), max_size=3))) if pairs else set()
    apart = set(data.draw(st.lists(st.sampled_from(pairs), max_size=3))) if pairs else set()
    joined = regroup._chains(together, set(names))
    apart = {(a, b) for a, b in apart if not any({a, b} <= set(chain) for chain in joined)}
    made = regroup.rearranged(groups, owners, clauses, together, apart)
    assert sorted(i for _, g in made for i in g) == list(range(size))
    held = [{owners[i][0] for i in g} for _, g in made]
    for chain in joined:
        assert any(set(chain) <= h for h in held)
    for a, b in apart:
        assert not any({a, b} <= h for h in held)


def test_order_of_groups_does_not_matter_for_points():
    """The same statements in another order give the same points under the same corrections."""
    pairs = {"together": {("s1", "s4")}, "apart": {("s2", "s3")}}
    one, _ = points.gather(SAID, bodies=BODIES, answered=BODIES, themes=THEMES, wording=Wording(), **pairs)
    two, _ = points.gather(SAID[::-1], bodies=BODIES, answered=BODIES, themes=THEMES, wording=Wording(), **pairs)
    assert one == two


@pytest.mark.parametrize("group", [[0, 1, 2], [2, 1, 0]])
def test_nothing_said_changes_nothing(group):
    """Without pairs the groups are handed back."""
    groups = [("roads", group)]
    assert regroup.rearranged(groups, [], [], (), ()) is groups
