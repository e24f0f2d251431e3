"""Which files are inputs, and of which case."""

import os
import sys

import pytest

from pipeline.errors import ConfigError
from pipeline.intake.files import find_cases, is_input


@pytest.mark.parametrize("name", [".skjult", "~$svar.docx", "Thumbs.db", "desktop.ini", "case.toml", "rettelser.json",
                                  "rettelser (1).json"])
def test_files_of_the_system_and_settings_are_no_inputs(name):
    """Lock files, system files and the case's own settings are never read as answers."""
    assert not is_input(name)


def test_each_folder_is_a_case_and_loose_files_are_one_more(tmp_path):
    """Subfolders of a case belong to it; files directly in inputs/ form the default case."""
    (tmp_path / "a" / "svar").mkdir(parents=True)
    (tmp_path / "a" / "svar" / "x.txt").write_text("x")
    (tmp_path / "løst.txt").write_text("x")
    (tmp_path / "~$løst.txt").write_text("x")
    cases = find_cases(tmp_path, "sak")
    assert [(c.name, [s for s, _ in c.files]) for c in cases] == [("a", ["svar/x.txt"]), ("sak", ["løst.txt"])]


def test_an_unknown_case_is_named_with_those_that_exist(tmp_path):
    """A misspelt case name gets the list of cases."""
    (tmp_path / "a").mkdir()
    with pytest.raises(ConfigError, match=r"«b».*a"):
        find_cases(tmp_path, "sak", ("b",))


def test_a_case_may_be_named_by_its_folder(tmp_path):
    """The shell completes a name to "inputs/a/"."""
    (tmp_path / "a").mkdir()
    assert [c.name for c in find_cases(tmp_path, "sak", ("inputs/a/",))] == ["a"]


def test_loose_files_beside_a_folder_of_the_same_name_are_an_error(tmp_path):
    """Two cases cannot share one output folder."""
    (tmp_path / "sak").mkdir()
    (tmp_path / "x.txt").write_text("x")
    with pytest.raises(ConfigError, match="sak"):
        find_cases(tmp_path, "sak")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_out_of_the_folder_are_named_and_not_followed(tmp_path):
    """A link may not bring files from elsewhere into a case."""
    secret = tmp_path / "hemmelig.txt"
    secret.write_text("x")
    case = tmp_path / "inputs" / "a"
    case.mkdir(parents=True)
    os.symlink(secret, case / "lenke.txt")
    os.symlink(tmp_path, case / "mappe")
    (case / "ekte.txt").write_text("x")
    os.symlink(case / "ekte.txt", case / "innenfor.txt")
    found = find_cases(tmp_path / "inputs", "sak")[0]
    assert [s for s, _ in found.files] == ["ekte.txt", "innenfor.txt"]
    assert found.outside == ("lenke.txt", "mappe")
