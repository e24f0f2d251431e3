"""Damaged files of every kind end as that file's failure, never as the run's.

The short version of ``python -m benchmarks.fuzz``, which does the same with tens of thousands of mutants.
"""

from dataclasses import replace

import pytest

from benchmarks import fuzz
from pipeline import config, sandbox


def test_mutants_of_every_format_are_read_or_reported():
    """Each comes back once, clean, with its blocks in place, or with a reason."""
    result = fuzz.Result()
    fuzz.read_mutants(120, 42, result)
    assert result.broken == []
    assert result.cases == 120
    told = " ".join(result.outcomes)
    assert "lest" in told and "meldt som failed" in told


def test_every_reader_has_a_seed():
    """A new format takes part in the fuzzing."""
    from pipeline import readers

    names = {reader.NAME for reader in readers.all_readers()}
    seen = {readers.find(data, name).NAME for name, data in fuzz.seeds().items()}
    # pictures need an OCR engine, and .doc an office program
    assert names - seen <= {"image", "doc", "legacy_doc", "bilde"}


def test_mutants_of_settings_and_corrections_are_used_or_refused():
    """Only with the error that names them."""
    result = fuzz.Result()
    fuzz.others(300, 42, result, documents=False)
    assert result.broken == []
    assert result.outcomes["config.toml: brukt"] and result.outcomes["config.toml: avvist"]


@pytest.mark.parametrize("fault", ["lost", "dirty", "shifted", "silent", "raises"])
def test_the_fuzzing_notices_what_it_looks_for(monkeypatch, fault):
    """A lost file, illegal characters, wrong offsets, a failure without a reason, a crash: each is reported."""
    real = sandbox.read_files

    def broken(files, options):
        documents = real(files, options)
        good = next(d for d in documents if d.status == "ok" and d.blocks and d.blocks[0].text)
        match fault:
            case "lost":
                return tuple(d for d in documents if d is not documents[0])
            case "dirty":
                changed = replace(good, text=good.text + "\x01")
            case "shifted":
                changed = replace(good, text="x" + good.text)
            case "silent":
                changed = replace(good, status="failed", error=None)
            case _:
                raise ValueError(fault)
        return tuple(changed if d is good else d for d in documents)

    monkeypatch.setattr(sandbox, "read_files", broken)
    result = fuzz.Result()
    fuzz.read_mutants(40, 42, result)
    assert result.broken


def test_a_mutant_is_the_same_for_the_same_seed():
    """So that a fault can be made again."""
    import random

    data = (fuzz.ROOT / "config.toml").read_bytes()
    assert fuzz.mutate(data, random.Random("7/1")) == fuzz.mutate(data, random.Random("7/1"))
    assert config.load(fuzz.ROOT / "config.toml").themes
