"""Points that say the same in other words: joined when the vectors say so and stance allows it, else asked about."""

from __future__ import annotations

import json

import numpy as np
import pytest

from pipeline.config import Theme, Wording
from pipeline.language import build_grouping, encoder, grouping, meaning, points, train_encoder
from pipeline.model import Statement, ThemeScore

BODIES = ("RS Aust", "RS Vest", "RS Midt")


def _vectors(kinds: list[int]) -> np.ndarray:
    """Vectors that are nearly the same for texts of the same kind and at right angles for others."""
    rows = np.full((len(kinds), encoder.SIZE), 0.01, dtype=np.float32)
    for row, kind in enumerate(kinds):
        rows[row, kind] = 1.0
        rows[row, 300 + row] = 0.05
    return rows


def _joined(texts: list[str], kinds: list[int], listed: list[str] | None = None) -> list[list[int]]:
    clauses = grouping.prepare(texts, listed=listed)
    return meaning.join([[i] for i in range(len(texts))], clauses, meaning.measure(_vectors(kinds)))


def _statement(number: int, text: str, body: str) -> Statement:
    return Statement(id=f"s{number}", source=f"{body}.docx", start=0, end=len(text), text=text, locator="paragraph=1",
                     bodies=(body,), theme="format", themes=(ThemeScore(theme="format", score=0.9),), confidence=0.9)


OTHERS = ["Kartet mangler.", "Møtene er for lange.", "Tallene er fra i fjor.", "Skriften er liten.", "Fargene er bleke."]


def test_the_same_point_in_other_words_is_joined():
    """No word in common, but the vectors of the two are one: they are one point; the others stay alone."""
    texts = ["Dokumentet bør kortes ned.", "Teksten må bli mindre omfattende.", *OTHERS]
    assert [0, 1] in _joined(texts, [0, 0, 2, 3, 4, 5, 6])


def test_opposites_stay_apart_however_alike_their_vectors_are():
    """Stance goes before likeness: for and against are never one point."""
    texts = ["Planen bør kortes ned.", "Planen bør ikke kortes ned.", *OTHERS]
    assert [0, 1] not in _joined(texts, [0, 0, 2, 3, 4, 5, 6])


def test_items_of_one_list_stay_apart():
    """Two items of the same list are two things, whatever their vectors say."""
    texts = ["sårbehandling", "stell av sår", *OTHERS]
    assert [0, 1] not in _joined(texts, [0, 0, 2, 3, 4, 5, 6], listed=["liste", "liste", *[""] * 5])


def test_the_order_of_groups_does_not_matter():
    """The same clauses give the same groups in whatever order the groups are handed over."""
    texts = ["Dokumentet bør kortes ned.", "Teksten må bli mindre omfattende.", "Mindre tekst, takk.", *OTHERS]
    clauses = grouping.prepare(texts)
    meanings = meaning.measure(_vectors([0, 0, 0, 2, 3, 4, 5, 6]))
    groups = [[i] for i in range(len(texts))]
    assert meaning.join(groups, clauses, meanings) == meaning.join(groups[::-1], clauses, meanings)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_clauses_do_no_harm(count):
    """None, one or two clauses have no background to stand out from, and give no error."""
    texts = OTHERS[:count]
    found = meaning.join([[i] for i in range(count)], grouping.prepare(texts), meaning.measure(_vectors(list(range(count)))))
    assert sorted(i for group in found for i in group) == list(range(count))


def test_a_large_case_does_without(monkeypatch):
    """Above the limit nothing is encoded: words and concepts decide alone."""
    monkeypatch.setattr(meaning, "MOST", 1)

    def never(texts):
        raise AssertionError("encoded")

    statements = [_statement(n, text, BODIES[n % 3]) for n, text in enumerate(OTHERS)]
    made, _ = points.gather(statements, bodies=BODIES, answered=BODIES, themes=(Theme(key="format", title="Format"),),
                            wording=Wording(), measure=never)
    assert len(made) == len(OTHERS)


def test_bodies_are_counted_for_a_point_found_by_meaning():
    """Two bodies that say the same in different words make one bullet with both, not two."""
    texts = ["Dokumentet bør kortes ned.", "Teksten må bli mindre omfattende.", *OTHERS]
    statements = [_statement(n, text, BODIES[n % 3]) for n, text in enumerate(texts)]
    kinds = dict(zip(texts, [0, 0, 2, 3, 4, 5, 6], strict=True))
    made, _ = points.gather(statements, bodies=BODIES, answered=BODIES, themes=(Theme(key="format", title="Format"),),
                            wording=Wording(), measure=lambda asked: meaning.measure(_vectors([kinds[t] for t in asked])))
    assert any(p.bodies == ("RS Aust", "RS Vest") and set(p.statement_ids) == {"s0", "s1"} for p in made)


@pytest.mark.parametrize(("shares", "together"), [([0.1, 0.85, 0.05], False), ([0.8, 0.1, 0.1], True), (None, True)])
def test_what_is_joined_is_asked_about(shares, together):
    """Whoever judges that two say the opposite parts them; one who cannot tell leaves them as they are."""
    texts = ["Dokumentet bør kortes ned.", "Teksten må bli mindre omfattende.", *OTHERS]
    statements = [_statement(n, text, BODIES[n % 3]) for n, text in enumerate(texts)]
    kinds = dict(zip(texts, [0, 0, 2, 3, 4, 5, 6], strict=True))
    made, _ = points.gather(statements, bodies=BODIES, answered=BODIES, themes=(Theme(key="format", title="Format"),),
                            wording=Wording(), measure=lambda asked: meaning.measure(_vectors([kinds[t] for t in asked])),
                            judge=lambda pairs: np.tile(shares, (len(pairs), 1)) if shares else None)
    assert any(len(p.bodies) == 2 for p in made) == together


def test_what_is_surely_about_the_same_is_joined_where_stance_allows_it():
    """Near each other beside all neighbours and in like words; one that wants things as they are, or is content, stays apart."""
    first = "Tilskuddet til hallen bør gå rett til klubbene."
    for other, together in (("Det bør gå et tilskudd til hallen rett ut til klubbene våre.", True),
                            ("Tilskuddet til hallen bør fortsatt gå samlet til kommunen.", False)):
        texts = [first, other, *OTHERS]
        assert ([0, 1] in _joined(texts, [0, 0, 2, 3, 4, 5, 6])) is together, other


def test_for_and_against_are_about_the_same():
    """Whether two clauses are about one thing is asked without stance: near neighbours are, others are not."""
    texts = ["Planen bør kortes ned.", "Planen bør ikke kortes ned.", *OTHERS]
    clauses, meanings = grouping.prepare(texts), meaning.measure(_vectors([0, 0, 2, 3, 4, 5, 6]))
    assert meaning.about([0], [1], clauses, meanings) > meaning.ASK > meaning.about([0], [2], clauses, meanings)


def test_points_about_the_same_are_asked_about_and_stand_together():
    """Two views that stance parts are no one point: each names the other, and the one follows the other."""
    texts = ["Nattbåten må gå.", *OTHERS, "Vi trenger ingen båt om natta, slik vi ser det."]
    statements = [_statement(n, text, BODIES[n % 3 if n < 6 else 1]) for n, text in enumerate(texts)]
    kinds = dict(zip(texts, [0, 2, 3, 4, 5, 6, 0], strict=True))
    made, _ = points.gather(statements, bodies=BODIES, answered=BODIES, themes=(Theme(key="format", title="Format"),),
                            wording=Wording(), measure=lambda asked: meaning.measure(_vectors([kinds[t] for t in asked])))
    said = {p.statement_ids: p for p in made}
    one, other = said[("s0",)], said[("s6",)]
    assert other.id in (*one.similar_to, *one.opposes)
    assert abs(made.index(one) - made.index(other)) == 1


@pytest.mark.parametrize(("file", "train"), [(meaning.WEIGHTS, build_grouping.train_meaning),
                                             (meaning.ABOUT_WEIGHTS, build_grouping.train_about)])
def test_weights_belong_to_the_signs_and_the_encoder(file, train):
    """The stored weights are those that training on the gold in the package gives."""
    stored = json.loads(file.read_text(encoding="utf-8"))
    learnt = train()
    assert stored.keys() == learnt.keys()
    assert all(abs(weight - stored[name]) < 0.1 for name, weight in learnt.items())


def test_training_cases_are_whole_and_the_held_out_ones_their_own():
    """Every case has themes, points and opposites; no text of a held-out case stands in a taught one."""
    cases = train_encoder.cases()
    assert len(cases) >= 25
    texts = {name: {text for group in case.groups for text, _ in (*group.same, *group.opposite, *group.near)}
             for name, case in cases.items()}
    assert sum(map(len, texts.values())) >= 7000
    for name in train_encoder.HELD_OUT:
        assert all(not texts[name] & other for taught, other in texts.items() if taught != name)
    assert all(group.same for case in cases.values() for group in case.groups)
    assert all(sum(bool(group.opposite) for group in case.groups) >= 20 for case in cases.values())


def test_a_training_line_without_a_voice_is_named(tmp_path):
    """A line that is not whole stops the training with its file and text."""
    (tmp_path / "a.jsonl").write_text('{"case": "a", "themes": [{"key": "t", "title": "T"}]}\n'
                                      '{"theme": "t", "point": "p", "same": ["uten stemme"]}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.jsonl.*uten stemme"):
        train_encoder.cases(tmp_path)


def test_an_argument_without_a_contrary_keeps_nothing_apart():
    """A clause that makes a known argument with no contrary side is not against one that makes none."""
    plain, known = grouping.prepare(["Kartet bør henge på veggen.", "Delmål og tiltak bør nummereres."])
    assert known.argument and not plain.argument
    assert not grouping.contrary_arguments(known, plain)
    assert meaning._may_join([0], [1], [known, plain])
