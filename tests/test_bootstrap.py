"""Setting up with nothing but Python: standard library only, and only when the lock file changed."""

import ast
import re
import sys
import tomllib
from pathlib import Path

from pipeline import bootstrap

ROOT = Path(__file__).parents[1]


def test_it_imports_the_standard_library_alone():
    """The file runs before anything is installed."""
    tree = ast.parse(Path(bootstrap.__file__).read_text(encoding="utf-8"))
    names = {alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= set(sys.stdlib_module_names)


def test_a_changed_lock_file_means_installing_again(tmp_path, monkeypatch):
    """The environment's mark holds the hash of what was installed."""
    for name, value in (("LOCK", "requirements.lock"), ("PYTHON", "python"), ("MARK", "mark")):
        monkeypatch.setattr(bootstrap, name, tmp_path / value)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    for name in ("requirements.lock", "pyproject.toml", "python"):
        (tmp_path / name).write_text("en")
    assert not bootstrap._installed()
    (tmp_path / "mark").write_text(bootstrap._wanted())
    assert bootstrap._installed()
    (tmp_path / "requirements.lock").write_text("to")
    assert not bootstrap._installed()


def test_every_dependency_is_listed_with_its_licence_and_why():
    """docs/dependencies.md and pyproject.toml name the same packages, and the lock pins each."""
    wanted = {re.match(r"[\w.-]+", line)[0] for line in tomllib.loads(
        (ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]}
    rows = [line.split("|") for line in (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").splitlines()
            if line.startswith("| ")]
    listed = {row[1].strip(): row[2:4] for row in rows if row[1].strip() != "package"}
    assert set(listed) == wanted
    assert all(licence.strip() and why.strip() for licence, why in listed.values())
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").casefold()
    assert all(f"\n{name.casefold()}==" in f"\n{lock}" for name in wanted)
