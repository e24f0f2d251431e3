"""Change valid files at random and see what breaks: ``python -m benchmarks.fuzz [--cases 20000] [--seed 1]``.

Readers: mutants of a valid file of every format go through ``sandbox.read_files`` as in a run. What must hold: every file
comes back, read or failed with a Norwegian reason; its text is clean and its blocks are where they say; nothing takes
longer or more memory than the limits. Settings, corrections, templates and edited drafts: mutants either work or raise
the error that names them. Every fault is printed with the seed that makes it again, and ``--keep DIR`` saves the files.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from benchmarks import generate

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "inputs" / "handlingsplan-2025"
BATCH = 40
SECONDS, MEMORY = 20, 700  # limits for one mutant: all seeds are small
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TOKENS = (b"\x00", b"\xff" * 8, b"-1", b"99999999999", b"%n%s", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"]]>", b"{{ 7*7 }}",
           b"{% for x in y %}", b"\r\n\r\n", "\u202e".encode(), "ÆØÅ".encode("latin-1"), "\ufeff".encode(), b"\\'ff", b"1e308", b"../../x",
           b"<w:p>", b"</w:p>", b'w:val="-2147483648"', b"endobj", b"stream\r\n", b"/Length 99999999", b"(" * 40, b"[" * 200)


@dataclass(kw_only=True)
class Result:
    cases: int = 0
    outcomes: Counter = field(default_factory=Counter)
    unforeseen: Counter = field(default_factory=Counter)  # exceptions that became a general failure of the one file
    broken: list[str] = field(default_factory=list)
    slowest: float = 0.0


def seeds() -> dict[str, bytes]:
    """A valid file for every reader, by a name with its ending."""
    found: dict[str, bytes] = {}
    for path in sorted(SAMPLE.rglob("*")):
        if path.is_file() and path.suffix in {".docx", ".pdf", ".xlsx", ".eml"} and path.stat().st_size < 300_000:
            found[f"prøve-{len(found)}{path.suffix}"] = path.read_bytes()
    settings = generate.config.load(ROOT / "config.toml")
    names = generate.body_names(3)
    one, two, three = generate.answers(3, bodies=names, questions=[q for q in settings.questions if q.themes], statements=12)
    text = generate.as_text(one)
    found |= {"svar.docx": generate.as_word(one), "svar.eml": generate.as_mail(two), "svar.txt": text.encode(),
              "svar-latin.txt": text.encode("latin-1", "replace"), "svar-16.txt": text.encode("utf-16"),
              "svar.rtf": _rtf(generate.as_text(three)), "svar.html": _html(generate.as_text(three)),
              "svar.csv": b"Sp\xf8rsm\xe5l;Svar\r\n1;Planen b\xf8r forenkles\r\n2;\"Ja; men\"\r\n"}
    with tempfile.TemporaryDirectory() as folder:
        generate.plan(Path(folder) / "plan.xlsx")
        found["plan.xlsx"] = (Path(folder) / "plan.xlsx").read_bytes()
    found["pakke.zip"] = generate._zip({"a.txt": text, "b/c.html": "<p>Vi støtter planen.</p>"})
    found |= _corpus()
    return found


def _corpus() -> dict[str, bytes]:
    """The formats that the tests build by hand, where the tests are at hand."""
    try:
        from tests.readers import other_corpus, word_corpus
    except ImportError:
        return {}
    made: dict[str, Callable[[], bytes]] = {
        "bok.xlsx": other_corpus.workbook, "bok.xls": other_corpus.biff, "post.msg": other_corpus.outlook, "svar.odt": other_corpus.odt,
        "bok.ods": other_corpus.ods}
    found = {}
    for name, build in made.items():
        found[name] = build()
    for i, construct in enumerate(word_corpus.constructs()):
        data = getattr(construct, "data", None)
        if isinstance(data, bytes) and i % 8 == 0:
            found[f"ord-{i}.docx"] = data
    return found


def _rtf(text: str) -> bytes:
    body = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text).replace("\n", "\\par\n")
    return b"{\\rtf1\\ansi " + body.encode("ascii") + b"}"


def _html(text: str) -> bytes:
    return ("<html><head><title>Svar</title></head><body>" + "".join(f"<p>{line}</p>" for line in text.splitlines())
            + "<table><tr><td>1</td><td>Ja</td></tr></table></body></html>").encode()


def mutate(data: bytes, chance: random.Random, others: Sequence[bytes] = ()) -> bytes:
    """A mutant of ``data``; a package is often opened and changed inside, so that more than the zip is tried."""
    if data[:2] == b"PK" and chance.random() < 0.8:
        changed = _inside(data, chance)
        if changed is not None:
            return changed
    if data[:1] in b"[{#" and chance.random() < 0.7:
        return _values(data, chance)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        data = _bytes(data, chance, others)
    return data


def _values(text: bytes, chance: random.Random) -> bytes:
    """Settings or corrections that are still well-formed, with a value of another type, a strange key, or a line twice."""
    for _ in range(chance.choice((1, 1, 3))):
        places = list(re.finditer(rb'"(?:[^"\\\n]|\\.)*"|(?<=[=:] )(?:\d[\d_.-]*|true|false|\[[^\]\n]*\])', text))
        if places:
            m = chance.choice(places)
            new = chance.choice((b'""', b"-1", b"99999999999999999999", b"true", b"[]", b"[[1]]", b"{}", b'"none"', b'"\\u0000"',
                                 b'"../../x"', b'"{k.__class__}"', b"2025-13-40", b"1e400", b'"' + b"x" * 5000 + b'"', b'"\xff"'))
            text = text[:m.start()] + new + text[m.end():]
        if chance.random() < 0.2:
            lines = text.splitlines(keepends=True)
            text = b"".join([*lines, chance.choice(lines)])
    return text


def _bytes(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    if not data:
        return chance.choice(_TOKENS)
    at = chance.randrange(len(data))
    end = min(len(data), at + chance.choice((1, 2, 8, 64, 1024, len(data))))
    match chance.randrange(8):
        case 0:
            return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1:]
        case 1:
            return data[:at]
        case 2:
            return data[:at] + data[end:]
        case 3:
            return data[:end] + data[at:end] * chance.choice((1, 2, 50)) + data[end:] if end - at < 5000 else data[at:] + data[:at]
        case 4:
            return data[:at] + chance.choice(_TOKENS) + data[at:]
        case 5:
            return data[:at] + b"\0" * (end - at) + data[end:]
        case 6 if others:
            other = chance.choice(others)
            return data[:at] + other[chance.randrange(len(other) or 1):]
        case _:
            numbers = list(re.finditer(rb"\d+", data))
            if not numbers:
                return data[:at] + chance.choice(_TOKENS) + data[end:]
            m = chance.choice(numbers)
            return data[:m.start()] + chance.choice((b"0", b"-1", b"4294967296", b"999999999", b"1.5")) + data[m.end():]


def _inside(data: bytes, chance: random.Random) -> bytes | None:
    """The package with one member changed: its bytes, its tags, its name, or gone."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            members = {n: package.read(n) for n in package.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    name = chance.choice(sorted(members)) if members else None
    if name is None:
        return None
    match chance.randrange(7):
        case 0:
            members.pop(name)
        case 1:
            members[chance.choice(("../../x", "x" * 300, "con.xml", name.upper()))] = members.pop(name)
        case 2:
            members[name] = _bytes(members[name], chance, list(members.values()))
        case 3:
            members[name] = members[chance.choice(sorted(members))]
        case _:
            members[name] = _tags(members[name], chance)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for member, content in members.items():
            package.writestr(zipfile.ZipInfo(member, generate.EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _tags(xml: bytes, chance: random.Random) -> bytes:
    """XML that often stays well-formed: an element is doubled, nested, emptied or taken out, an attribute changed."""
    elements = list(re.finditer(rb"<([\w:]+)(?:\s[^<>]*)?(?:/>|>[^<]*</\1>)", xml))
    attributes = list(re.finditer(rb'="([^"<>]*)"', xml))
    choice = chance.randrange(6)
    if elements and choice < 4:
        m = chance.choice(elements)
        whole, tag = m.group(), m.group(1)
        new = {0: b"", 1: whole * chance.choice((2, 300)), 2: (b"<" + tag + b">") * 200 + whole + (b"</" + tag + b">") * 200,
               3: b"<" + tag + b"/>"}[choice]
        return xml[:m.start()] + new + xml[m.end():]
    if attributes:
        m = chance.choice(attributes)
        value = chance.choice((b"", b"-1", b"999999999", b"x" * 5000, b"rId1", b"true", b"../../../etc/passwd", b"http://x.example/"))
        return xml[:m.start(1)] + value + xml[m.end(1):]
    return _bytes(xml, chance, ())


def read_mutants(count: int, seed: int, result: Result, keep: Path | None = None) -> None:
    """``count`` mutants through the sandbox, in batches of small cases."""

    from pipeline import config, readers, sandbox

    others = _largest()
    originals = seeds()
    names, values = list(originals), list(originals.values())
    # no OCR: it would be measured instead of the readers
    options = readers.Options(limits=config.Limits(seconds_per_file=SECONDS, memory_mb=MEMORY), reading=config.Reading(ocr=False))
    with tempfile.TemporaryDirectory(prefix="ssu-fuzz-") as folder:
        for first in range(0, count, BATCH):
            files = []
            for number in range(first, min(first + BATCH, count)):
                chance = random.Random(f"{seed}/{number}")
                name = names[number % len(names)]
                path = Path(folder) / f"{number % BATCH}"
                path.write_bytes(mutate(originals[name], chance, values))
                files.append(sandbox.InputFile(source=f"{number}/{name}", path=path))
            started = time.monotonic()
            try:
                documents = sandbox.read_files(files, options)
            except Exception as error:
                result.broken.append(f"frø {seed}, fil {first}–{first + len(files) - 1}: {type(error).__name__}: {error}")
                _keep(files, keep)
                continue
            result.slowest = max(result.slowest, time.monotonic() - started)
            result.cases += len(files)
            _judge(files, documents, seed, result, keep)
            for file in files:
                file.path.unlink(missing_ok=True)
            if first // BATCH % 25 == 24:
                print(f"{result.cases} prøvd, {len(result.broken)} brudd", file=sys.stderr, flush=True)
    peak = _largest()
    if peak > others:  # else it was none of the readers
        result.outcomes["største minne i en leseprosess, MiB"] = round(peak)
    if peak > max(others, MEMORY + 300):
        result.broken.append(f"en leseprosess brukte {peak:.0f} MiB")


def _largest() -> float:
    """MiB of the largest of this process and those it has started and seen end; these count what they shared with it at first."""
    import resource

    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def _judge(files, documents, seed: int, result: Result, keep: Path | None) -> None:
    found = {d.source for d in documents}
    for file in files:
        if file.source not in found:
            result.broken.append(f"frø {seed}: {file.source} er borte")
            _keep([file], keep)
    for d in documents:
        top = next((f for f in files if d.source == f.source or d.source.startswith(f.source + "/")), None)
        result.outcomes[f"{Path(top.source).suffix if top else '?'}: {'lest' if d.status == 'ok' else 'meldt som ' + d.status}"] += 1
        faults = []
        if d.status == "ok":
            if _ILLEGAL.search(d.text):
                faults.append("ulovlige tegn")
            if any(d.text[b.start:b.end] != b.text for b in d.blocks):
                faults.append("en blokk står ikke der den sier")
        elif not d.error:
            faults.append("feilet uten grunn")
        else:
            if m := re.search(r"uventet måte \((\w+)\)", d.error):
                result.unforeseen[f"{d.format}: {m[1]}"] += 1
            for words, name in (("til å krasje", "krasjet leseprosessen"), ("seconds_per_file", "tok for lang tid"),
                                ("memory_mb", "tok for mye minne")):
                if words in d.error:
                    result.outcomes[f"{Path(d.source).suffix}: {name}"] += 1
                    if top and name == "krasjet leseprosessen":  # the sandbox is there for it; worth a look all the same
                        _keep([top], keep)
        for fault in faults:
            result.broken.append(f"frø {seed}: {d.source}: {fault}")
            if top:
                _keep([top], keep)


def _keep(files, folder: Path | None) -> None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            if file.path.is_file():
                (folder / file.source.replace("/", "-")).write_bytes(file.path.read_bytes())


def others(count: int, seed: int, result: Result, keep: Path | None = None, *, documents: bool = True) -> None:
    """Mutants of settings, corrections, templates and an edited draft; templates and drafts are slow and fewer."""
    from pipeline import config
    from pipeline.errors import ConfigError, SaksutkastError, TemplateError

    targets: list[tuple[str, bytes, Callable[[Path], object], tuple[type[Exception], ...], int]] = [
        ("config.toml", (ROOT / "config.toml").read_bytes(), config.load, (ConfigError,), 4),
        ("case.toml", _CASE.encode(), lambda p: config.load(ROOT / "config.toml", p), (ConfigError,), 4),
    ]
    try:
        from pipeline.review import corrections

        targets.append(("rettelser.json", _CORRECTIONS.encode(), corrections.load, (ConfigError,), 4))
    except ImportError:
        pass
    targets += [(name, data, use, (TemplateError,), 1) for name, data, use in (_templates() if documents else ())]
    merging = _merging() if documents else None
    if merging is not None:
        targets.append(("utkast.docx", *merging, (SaksutkastError,), 1))
    turns = [target for target in targets for _ in range(target[4])]
    with tempfile.TemporaryDirectory(prefix="ssu-fuzz-") as name:
        for number in range(count):
            what, data, use, allowed, _ = turns[number % len(turns)]
            chance = random.Random(f"{seed}/andre/{number}")
            path = Path(name) / what
            path.write_bytes(mutate(data, chance))
            started = time.monotonic()
            try:
                use(path)
                result.outcomes[f"{what}: brukt"] += 1
            except allowed:
                result.outcomes[f"{what}: avvist"] += 1
            except Exception as error:
                where = traceback.extract_tb(error.__traceback__)[-1]
                result.broken.append(f"frø {seed}, {what} {number}: {type(error).__name__} i {Path(where.filename).name}:{where.lineno}")
                if keep is not None:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{number}-{what}").write_bytes(path.read_bytes())
            spent = time.monotonic() - started
            if spent > SECONDS:
                result.broken.append(f"frø {seed}, {what} {number}: tok {spent:.0f} s")
            result.slowest = max(result.slowest, spent)
            result.cases += 1


def _templates() -> Iterator[tuple[str, bytes, Callable[[Path], object]]]:
    """(name, content, use) of every template; use renders a made-up case with it."""
    import shutil

    from pipeline.writers import all_writers

    try:
        from tests.writers.sample_result import result as build
    except ImportError:
        return
    case = build()
    folder = Path(tempfile.mkdtemp(prefix="ssu-fuzz-mal-"))

    for writer in all_writers():
        if not getattr(writer, "TEMPLATE", None) or not (ROOT / "templates" / writer.TEMPLATE).is_file():
            continue

        def use(path: Path, writer=writer) -> None:
            where = folder / writer.TEMPLATE.replace(".", "-")
            if not where.is_dir():
                shutil.copytree(ROOT / "templates", where)
            shutil.copy(path, where / writer.TEMPLATE)
            writer.render(case, where)

        yield writer.TEMPLATE, (ROOT / "templates" / writer.TEMPLATE).read_bytes(), use


def _merging() -> tuple[bytes, Callable[[Path], object]] | None:
    """A draft that a person "edits" by accident, merged with a new one."""
    from datetime import date

    try:
        from pipeline.review.merge import merge
        from pipeline.writers import saksfremlegg
        from tests.writers.sample_result import result as build

        draft = saksfremlegg.render(build(), ROOT / "templates")
    except ImportError:
        return None
    return draft, lambda path: merge(draft, path.read_bytes(), draft, day=date(2025, 1, 1))


_CASE = """[case]
title = "Gjennomgang"
deadline = 2025-10-15
type = "drøftingssak"

[[bodies]]
name = "RS Nord"
aliases = ["Nord"]

[[themes]]
key = "a"
title = "Tema A"
examples = ["Planen bør nummereres"]

[[questions]]
number = "1"
text = "Hva mener dere?"
theme = "a"

[files]
"brev.pdf" = { kind = "answer", body = "RS Nord" }

[limits]
pages = 10

[quantifiers]
two = "To {noun} ({names})"
"""
_CORRECTIONS = json.dumps({
    "versjon": 1,
    "utsagn": [{"kilde": "svar.docx", "tekst": "Planen bør bli kortere.", "tema": "format"},
               {"kilde": "svar.docx", "tekst": "Med hilsen", "innspill": False, "forekomst": 2}],
    "samme": [[{"kilde": "a.docx", "tekst": "Kortere plan."}, {"kilde": "b.docx", "tekst": "Planen må kortes ned."}]],
    "ulike": [[{"kilde": "a.docx", "tekst": "Ja."}, {"kilde": "b.docx", "tekst": "Nei."}]],
    "filer": [{"fil": "brev.pdf", "type": "svar", "avsender": "RS Nord"}]}, ensure_ascii=False, indent=1)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=20_000, help="mutants for the readers")
    parser.add_argument("--others", type=int, default=2000, help="mutants of settings, corrections, templates and drafts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=None, help="folder for the files that broke something")
    given = parser.parse_args(arguments)
    result, started = Result(), time.monotonic()
    read_mutants(given.cases, given.seed, result, given.keep)
    others(given.others, given.seed, result, given.keep)
    print(json.dumps({"cases": result.cases, "seconds": round(time.monotonic() - started, 1), "slowest_batch": round(result.slowest, 1),
                      "outcomes": dict(sorted(result.outcomes.items())), "unforeseen": dict(result.unforeseen.most_common()),
                      "broken_count": len(result.broken), "broken": result.broken[:50]}, ensure_ascii=False, indent=1))
    return 1 if result.broken else 0


if __name__ == "__main__":
    sys.exit(main())
