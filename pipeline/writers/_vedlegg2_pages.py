"""Pictures of scanned pages, drawn in a process of its own: native libraries meet strangers' files there, not here."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from pipeline.config import Limits

MOST_PAGES = 60  # per answer; the text of further pages is there all the same
_DPI = 110
_QUALITY = 70
_FEW_LETTERS = 20  # a page with fewer is a picture of text
_FRAME = struct.Struct("<II")
_START = "from pipeline.writers import _vedlegg2_pages; _vedlegg2_pages.serve()"


def pictures(data: bytes, kind: str, limits: Limits) -> list[tuple[int, bytes]]:
    """(page from 1, JPEG) of the pages that are pictures of text. ``kind``: "pdf" or "image".

    Nothing when the file cannot be drawn within the limits of one file; pages done before that are kept.
    """
    root = str(Path(__file__).resolve().parents[2])
    code = f"import sys; sys.path[:0] = [{root!r}]; {_START}"
    try:
        done = subprocess.run(  # noqa: S603 - this same Python; nothing of an input is in the command
            [sys.executable, "-c", code, kind, str(limits.memory_mb), str(limits.seconds_per_file)], input=data,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=limits.seconds_per_file + 10, check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0))
    except subprocess.TimeoutExpired as late:
        return _frames(late.stdout or b"")
    except OSError:
        return []
    return _frames(done.stdout)


def _frames(stream: bytes) -> list[tuple[int, bytes]]:
    found, at = [], 0
    while at + _FRAME.size <= len(stream):
        page, size = _FRAME.unpack_from(stream, at)
        at += _FRAME.size
        if at + size > len(stream):
            break
        found.append((page, stream[at:at + size]))
        at += size
    return found


def serve() -> None:
    """The child: a file on standard input, pages on standard output."""
    kind, memory, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    data = sys.stdin.buffer.read()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)  # what a library prints must not get between the frames
    if sys.platform.startswith("linux"):
        import resource
        import signal

        most = (memory + 300) * 2**20
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most if hard < 0 else min(most, hard), hard))
        signal.alarm(seconds)
    for page, image in _pdf(data) if kind == "pdf" else _image(data):
        buffer = BytesIO()
        image.save(buffer, "JPEG", quality=_QUALITY, dpi=(_DPI, _DPI))
        out.write(_FRAME.pack(page, buffer.tell()) + buffer.getvalue())
        out.flush()


def _pdf(data: bytes):
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    made = 0
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        text = page.get_textpage()
        letters = sum(not c.isspace() for c in text.get_text_range())
        text.close()
        if letters < _FEW_LETTERS and made < MOST_PAGES and next(page.get_objects(max_depth=4), None) is not None:
            made += 1
            scale = min(_DPI / 72, 2600 / max(page.get_width(), page.get_height(), 1))
            yield number, page.render(scale=scale, grayscale=True).to_pil().convert("L")
        page.close()


def _image(data: bytes):
    from PIL import Image, ImageOps

    from pipeline.readers.image import MAX_PIXELS

    image = Image.open(BytesIO(data))
    for number in range(1, min(getattr(image, "n_frames", 1), MOST_PAGES) + 1):
        image.seek(number - 1)
        if image.width * image.height > MAX_PIXELS:
            continue
        page = ImageOps.exif_transpose(image)
        if page.mode in ("RGBA", "LA", "PA", "P"):
            page = Image.alpha_composite(Image.new("RGBA", page.size, "white"), page.convert("RGBA"))
        page = page.convert("L")
        page.thumbnail((1300, 1300))
        yield number, page
