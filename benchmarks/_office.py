"""LibreOffice as an independent judge: converts a Word file, or accepts or rejects all of its tracked changes."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

_MACRO = '''<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Changes" script:language="StarBasic">
Sub Settle(folder As String, target As String, command As String, joined As String)
  Dim load(0) As New com.sun.star.beans.PropertyValue
  load(0).Name = "Hidden"
  load(0).Value = True
  Dim store(0) As New com.sun.star.beans.PropertyValue
  store(0).Name = "FilterName"
  store(0).Value = "MS Word 2007 XML"
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  names = Split(joined, ";")
  For i = 0 To UBound(names)
    document = StarDesktop.loadComponentFromURL(ConvertToURL(folder &amp; "/" &amp; names(i)), "_blank", 0, load())
    dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, Array())
    document.storeToURL(ConvertToURL(target &amp; "/" &amp; names(i)), store())
    document.close(True)
  Next i
End Sub
</script:module>
'''
_LIBRARY = '''<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Changes"/></library:library>
'''
_DIALOGS = _LIBRARY.replace('<library:element library:name="Changes"/>', "")
_LIBRARIES = '''<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple"
  library:link="false"/>
</library:libraries>
'''


def available() -> bool:
    """Whether LibreOffice is installed."""
    return shutil.which("soffice") is not None


class Office:
    """One LibreOffice profile of its own in a temporary folder; use as a context manager."""

    def __enter__(self) -> Office:
        self._folder = tempfile.TemporaryDirectory(prefix="office-")
        self.home = Path(self._folder.name)
        self._run("--terminate_after_init")  # makes the profile; what lies there before would be replaced
        standard = self.home / "profile" / "user" / "basic" / "Standard"
        standard.mkdir(parents=True, exist_ok=True)
        (standard / "Changes.xba").write_text(_MACRO, encoding="utf-8")
        (standard / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
        (standard / "dialog.xlb").write_text(_DIALOGS, encoding="utf-8")
        (standard.parent / "script.xlc").write_text(_LIBRARIES, encoding="utf-8")
        (standard.parent / "dialog.xlc").write_text(_LIBRARIES.replace("script.xlb", "dialog.xlb"), encoding="utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def convert(self, files: dict[str, bytes], *through: str) -> dict[str, bytes]:
        """Each .docx saved through the formats named: ``convert(files, "odt", "docx")``. Names: letters and digits."""
        for old, new in zip(("docx", *through), through, strict=False):
            source, out = self._folders()
            for name, data in files.items():
                (source / f"{name}.{old}").write_bytes(data)
            self._run("--convert-to", new, "--outdir", str(out), *(str(source / f"{name}.{old}") for name in files))
            files = {name: (out / f"{name}.{new}").read_bytes() for name in files}
        return files

    def settle(self, files: dict[str, bytes], *, accept: bool) -> dict[str, bytes]:
        """Each .docx with all tracked changes accepted or rejected by LibreOffice itself."""
        source, out = self._folders()
        for name, data in files.items():
            (source / f"{name}.docx").write_bytes(data)
        command = ".uno:AcceptAllTrackedChanges" if accept else ".uno:RejectAllTrackedChanges"
        names = ";".join(f"{name}.docx" for name in files)
        self._run(f'macro:///Standard.Changes.Settle("{source}","{out}","{command}","{names}")')
        return {name: (out / f"{name}.docx").read_bytes() for name in files}

    def _folders(self) -> tuple[Path, Path]:
        source, out = self.home / "in", self.home / "out"
        for folder in (source, out):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        return source, out

    def _run(self, *arguments: str) -> None:
        profile = f"-env:UserInstallation={(self.home / 'profile').as_uri()}"
        subprocess.run(
            ["soffice", profile, "--headless", "--norestore", *arguments],
            check=True, capture_output=True, timeout=600)
