"""A very small driver for headless Chromium: the DevTools protocol over a pipe, standard library only."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--remote-debugging-pipe")
_PATIENCE = 60.0  # seconds for one answer, on a busy machine


def program() -> str | None:
    """The browser's path, or None when it is not installed (or the system has no such pipes)."""
    return None if os.name == "nt" else next(filter(None, map(shutil.which, NAMES)), None)


class BrowserError(AssertionError):
    """The browser reported an error, or did not answer."""


class Browser:
    """One browser process; ``page`` opens a file in a new tab."""

    def __enter__(self) -> Browser:
        self._profile = tempfile.mkdtemp(prefix="ssu-chromium-")
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()
        # Chromium reads from 3 and writes to 4: numbers that are taken here, so a step between makes them.
        ends = [fcntl.fcntl(fd, fcntl.F_DUPFD, 10) for fd in (theirs_in, theirs_out)]
        step = "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); os.execv(sys.argv[3], sys.argv[3:])"
        self._process = subprocess.Popen(
            [sys.executable, "-c", step, *map(str, ends), program(), *_FLAGS, f"--user-data-dir={self._profile}", "about:blank"],
            pass_fds=ends, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for fd in (theirs_in, theirs_out, *ends):
            os.close(fd)
        self._number, self._rest, self.events = 0, b"", []
        return self

    def __exit__(self, *_) -> None:
        with contextlib.suppress(BrowserError, OSError):
            self.call("Browser.close")
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._in)
        os.close(self._out)
        shutil.rmtree(self._profile, ignore_errors=True)

    def call(self, method: str, session: str | None = None, **parameters):
        """The result of a DevTools command. Raises BrowserError."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters} | ({"sessionId": session} if session else {})
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while (answer := self._read()).get("id") != self._number:
            self.events.append(answer)
        if "error" in answer:
            raise BrowserError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def _read(self) -> dict:
        end = time.monotonic() + _PATIENCE
        while b"\0" not in self._rest:
            if not select.select([self._in], [], [], max(0.0, end - time.monotonic()))[0]:
                raise BrowserError("The browser does not answer.")
            more = os.read(self._in, 1 << 20)
            if not more:
                raise BrowserError("The browser has ended.")
            self._rest += more
        message, _, self._rest = self._rest.partition(b"\0")
        return json.loads(message)

    def wait(self, event: str, session: str) -> dict:
        """The next event of this name, or one that has come already."""
        while True:
            for i, e in enumerate(self.events):
                if e.get("method") == event and e.get("sessionId") == session:
                    return self.events.pop(i)
            self.events.append(self._read())

    def page(self, file: Path, width: int = 1360, height: int = 900) -> Page:
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "DOM", "Accessibility"):
            self.call(f"{domain}.enable", session)
        self.call("Emulation.setDeviceMetricsOverride", session, width=width, height=height, deviceScaleFactor=1, mobile=False)
        # Nothing is downloaded; what the page would save is kept where a test can read it.
        self.call("Page.addScriptToEvaluateOnNewDocument", session, source="""
            window.savedTexts = [];
            URL.createObjectURL = (blob) => { window.savedTexts.push(blob.text()); return "#"; };
            HTMLAnchorElement.prototype.click = function () { window.savedName = this.download; };""")
        page = Page(self, session, target)
        page.open(file)
        return page


class Page:
    """One tab."""

    def __init__(self, browser: Browser, session: str, target: str) -> None:
        self._browser, self._session, self._target = browser, session, target

    def open(self, file: Path) -> None:
        self.call("Page.navigate", url=file.resolve().as_uri())
        self._browser.wait("Page.loadEventFired", self._session)

    def close(self) -> None:
        self._browser.call("Target.closeTarget", targetId=self._target)

    def call(self, method: str, **parameters):
        return self._browser.call(method, self._session, **parameters)

    def js(self, expression: str):
        """The value of an expression (or of its promise). Raises BrowserError with the script's own error."""
        done = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True, userGesture=True)
        if "exceptionDetails" in done:
            raise BrowserError(done["exceptionDetails"].get("exception", {}).get("description", "the script failed"))
        return done["result"].get("value")

    def key(self, name: str, code: int, text: str = "") -> None:
        """Press and release a key."""
        self.call("Input.dispatchKeyEvent", type="keyDown", key=name, windowsVirtualKeyCode=code, text=text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=name, windowsVirtualKeyCode=code)

    def events(self, name: str) -> list[dict]:
        """The parameters of all events of this name so far."""
        return [e["params"] for e in self._browser.events if e.get("method") == name and e.get("sessionId") == self._session]

    def choose(self, selector: str, value: str) -> None:
        """Choose in a list, or type in a field, as a person would: focus, value, then what the browser tells the page."""
        self.js(f"""(() => {{ const e = document.querySelector({json.dumps(selector)}); e.focus(); e.value = {json.dumps(value)};
            if (e.value !== {json.dumps(value)}) throw new Error("there is no such choice");
            for (const kind of ["input", "change"]) e.dispatchEvent(new Event(kind, {{ bubbles: true }})); }})()""")

    def click(self, selector: str) -> None:
        self.js(f"""(() => {{ const e = document.querySelector({json.dumps(selector)});
            if (!e || e.disabled) throw new Error("cannot be clicked: " + {json.dumps(selector)});
            e.dispatchEvent(new MouseEvent("click", {{ bubbles: true, cancelable: true }})); }})()""")

    def visible(self) -> list[str]:
        """The ids of the statements that are shown."""
        return self.js("[...document.querySelectorAll('#list > li')].filter(e => e.checkVisibility()).map(e => e.id)")

    def save(self) -> str:
        """Press save; the text of the file that the page makes."""
        self.js("document.querySelector('button.save').click()")
        assert self.js("window.savedName") == "rettelser.json"
        return self.js("window.savedTexts[window.savedTexts.length - 1]")
