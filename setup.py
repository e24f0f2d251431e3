"""Puts a copy of config.toml and templates/ into the package, so that an installed wheel carries its own."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithTemplates(build_py):
    def run(self) -> None:
        super().run()
        root, shipped = Path(__file__).parent, Path(self.build_lib) / "pipeline" / "shipped"
        shutil.copytree(root / "templates", shipped / "templates", dirs_exist_ok=True)
        shutil.copy2(root / "config.toml", shipped / "config.toml")


setup(cmdclass={"build_py": BuildWithTemplates})
