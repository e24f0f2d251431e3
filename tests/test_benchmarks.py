"""The measuring tools make what they say they make, so that their figures can be trusted."""

import json
from dataclasses import asdict
from itertools import islice
from pathlib import Path

from benchmarks import generate, speed, understanding
from pipeline import config, readers
from pipeline.language import themes, train_accord

ROOT = Path(__file__).parent.parent


def test_a_generated_case_is_the_same_every_time(tmp_path):
    """Same arguments, same bytes; another seed, other answers."""
    def made(folder, seed):
        generate.make(folder, 6, statements=12, seed=seed, with_plan=False)
        return {p.name: p.read_bytes() for p in folder.iterdir()}

    one, again, other = made(tmp_path / "a", 1), made(tmp_path / "b", 1), made(tmp_path / "c", 2)
    assert one == again
    assert sum(one[n] != other[n] for n in one) == 6, "every answer differs; case.toml is the same"


def test_a_generated_case_can_be_read(tmp_path):
    """Word, mail and text hold the body's name and the sentences asked for; the settings know every body."""
    folder = generate.make(tmp_path / "sak", 8, bodies=4, statements=24)
    settings = config.load(ROOT / "config.toml", folder / "case.toml")
    assert len(settings.bodies) == 4
    answers = [p for p in sorted(folder.iterdir()) if p.name[0].isdigit()]
    assert {p.suffix for p in answers} == {".docx", ".eml", ".txt"}
    for path in answers:
        content = readers.read(path.read_bytes(), path.name, readers.Options())
        text = " ".join(b.text for b in content.blocks)
        name = next(b.name for b in settings.bodies if b.name in path.name)
        assert name in text
        assert text.count(".") >= 24
    assert (folder / "Handlingsplan.xlsx").is_file()


def test_names_of_bodies_are_different_and_none_is_in_another():
    """Five thousand can be asked, and no answer can be taken for another's."""
    names = generate.body_names(5000)
    assert len(set(names)) == 5000
    assert all(name.startswith("RS ") for name in names)


def test_growth_exponents():
    """Twice the answers in twice the time is 1, in four times the time 2."""
    small = speed.Measured(name="a", cpu=10, answers=100)
    assert speed.exponent(small, speed.Measured(name="b", cpu=20, answers=200)) == 1
    assert speed.exponent(small, speed.Measured(name="c", cpu=40, answers=200)) == 2


def test_the_page_shows_every_table():
    """Sample, sizes per stage with growth, peers, and which peers were not there."""
    page = speed.as_markdown({
        "machine": "2 kjerner", "sample": [vars(speed.Measured(name="uten nytt", wall=0.25, cpu=0.2, memory=25))],
        "sizes": [vars(speed.Measured(name=f"{n}", wall=n / 10, cpu=n / 10, memory=1, answers=n, stages={"lese filene": (n / 50, n / 50)}))
                  for n in (100, 1000)],
        "peers": [("bar lxml-løkke (gulvet)", "10 docx", 0.1, 99)]})
    assert "| uten nytt | 0,25 | 0,20 | 25 |" in page
    assert "n^1,00" in page
    assert "| lese filene | 2,00 | 20,00 | n^1,00 |" in page
    assert "Ikke installert da tallene ble tatt: markitdown, docx2python." in page
    assert json.dumps(page)


def test_what_is_not_measured_stays_on_the_page():
    """The large cases are run seldom, and the peers only where they are installed."""
    measured = asdict(speed.Measured(name="uten nytt", wall=0.2, answers=0))
    whole = speed.as_markdown({"machine": "2 kjerner", "load": 3.0, "sample": [measured], "sizes": [],
                               "peers": [("leser", "1 pdf", 0.5, 10)]})
    part = speed.as_markdown({"machine": "4 kjerner", "load": 0.0, "sample": [measured | {"wall": 0.1}], "sizes": [], "peers": []})
    page = speed.renewed(whole, part)
    assert "4 kjerner" in page and "2 kjerner" not in page and "ventet" not in page
    assert "| uten nytt | 0,10 |" in page and "| leser | 1 pdf | 0,50 | 10 |" in page
    assert page.index("## Eksempelsaken") < page.index("## Lesing")
    assert speed.renewed("", part) == part
    assert speed.renewed(whole, whole) == whole


def test_statements_to_be_understood_are_none_that_a_model_has_learnt():
    """Of cases for measuring only; when they are used up, the same of further places, each with an id of its own."""
    taught = set(train_accord.taught_cases())
    some = list(islice(understanding.said(), 6000))
    assert not {s.source.rpartition("(")[2].rstrip(")") for s, _ in some} & taught
    assert len({s.id for s, _ in some}) == len(some) and len({s.text for s, _ in some}) > 0.99 * len(some)
    assert {theme for _, theme in some} == {theme.key for theme in themes.STANDARD}


def test_sorting_by_words_alone_is_measured():
    """Seconds of each step, and macro-F1 above chance, without the language model."""
    some = list(islice(understanding.said(), 60))
    assert all(seconds >= 0 for seconds in understanding.measured([s for s, _ in some], model=False))
    assert understanding.macro_f1(some, asked_of=None) > 0.3
