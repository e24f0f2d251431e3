"""Setting up with nothing but Python: standard library only, and only when the lock file changed."""

import ast
import sys
from pathlib import Path

from pipeline import bootstrap


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
