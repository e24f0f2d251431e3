"""Imports point one way, modules stay small, and starting the command stays cheap."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def test_imports_point_one_way():
    """The layers of pyproject.toml hold: siblings do not import each other, nobody imports upwards."""
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_code_is_clean():
    """Ruff, its security rules included, has nothing to say."""
    done = subprocess.run([sys.executable, "-m", "ruff", "check", "."], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["status"]])
def test_light_commands_load_no_heavy_library(arguments, tmp_path):
    """Help and status must be there at once: no spaCy, pandas, scikit-learn or onnxruntime."""
    heavy = {"spacy", "pandas", "sklearn", "onnxruntime", "docx", "pdfplumber", "openpyxl"}
    (tmp_path / "inputs").mkdir()
    (tmp_path / "config.toml").write_text("")
    code = (f"import os, sys; os.chdir({str(tmp_path)!r}); sys.path.insert(0, {str(ROOT)!r}); from pipeline.cli import main; "
            f"main({arguments!r}); print(sorted({heavy!r} & set(sys.modules)), file=sys.stderr)")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip().splitlines()[-1] == "[]"


def test_the_flow_is_readable_in_one_function():
    """``run.draft`` shows the whole way from files to points, within a screen."""
    text = (ROOT / "pipeline" / "run.py").read_text(encoding="utf-8")
    body = text.split("def draft(")[1].split("\ndef ")[0]
    assert len(body.splitlines()) <= 55
    steps = ["sandbox.read_files", "intake.identify", "understand(", "gather(", "plan.read", "keep_promises"]
    places = [body.index(step) for step in steps]
    assert places == sorted(places)
