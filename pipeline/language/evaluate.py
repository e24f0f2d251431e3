"""How good the themes are, measured on voices that the model has not seen: what ``ssu eval`` prints.

The training statements carry the voice that wrote them. Voices are dealt into groups; each group is sorted by
a model trained on the others, through the same ``Sorter`` that a case uses. Random rows would flatter: one voice's
sentences resemble each other. Two cases with other themes, of which only descriptions are known, come last.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pipeline import config
from pipeline.errors import ConfigError
from pipeline.language import build, theme_model, themes, train_encoder
from pipeline.language.theme_model import NONE, Example, Model
from pipeline.model import Statement

CASES = Path(__file__).resolve().parent.parent / "data" / "eval"
REVIEW_BELOW = config.Language().review_below
CORRECTED = 0.1  # share of a group's statements that are corrected when the effect of corrections is measured
# Which theme the questions of the training statements ("q") feed: the standard questionnaire.
QUESTIONS = tuple(
    config.Question(number=number, text=number, themes=(theme,)) for number, theme in (
        ("1a", "format"), ("1b", "format"), ("2a", "relevance"), ("2b", "relevance"), ("2c", "responsibility"),
        ("2d", "resources"), ("2e", "resources"), ("2f", "proposed_areas"), ("3a", "health_technology"),
        ("3b", "health_technology"), ("3c", "health_technology"), ("4", "process")))


class StoredVectors:
    """Stands in for the encoder: gives the stored vectors of the training statements."""

    def __init__(self, rows: Sequence[Example], model: Model) -> None:
        self._of = {r.text: v for r, v in zip(rows, model.vectors.astype(np.float32), strict=True)}

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """(n, 384); raises KeyError for a text that is no training statement."""
        return np.stack([self._of[t] for t in texts]) if texts else np.zeros((0, 384), dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One way of sorting all themed statements: what was decided about each."""

    name: str
    decided: tuple[Statement, ...]

    @property
    def themes(self) -> list[str]:
        return [s.theme for s in self.decided]

    @property
    def confidence(self) -> np.ndarray:
        return np.array([s.confidence for s in self.decided])


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Everything that ``report`` prints. ``rows``: the themed statements in the order of the runs."""

    rows: tuple[Example, ...]
    keys: tuple[str, ...]
    runs: dict[str, Run]
    corrected: tuple[float, float] | None  # macro-F1 of the rest without and with corrections; None: not measured
    noise_kept: float  # share of noise that would be taken for a point if nothing else stopped it
    points_lost: float  # share of themed statements that end as "none"
    how: str  # Norwegian: what was measured


def macro_f1(truth: Sequence[str], found: Sequence[str], keys: Sequence[str]) -> float:
    """Mean F1 over ``keys``."""
    from sklearn.metrics import f1_score

    return float(f1_score(truth, found, labels=list(keys), average="macro", zero_division=0))


def coverage_accuracy(truth: Sequence[str], found: Sequence[str], confidence: np.ndarray, share: float) -> float:
    """Accuracy among the ``share`` of statements with the highest confidence."""
    order = np.argsort(-confidence, kind="stable")[: max(1, round(share * len(confidence)))]
    return float(np.mean([truth[i] == found[i] for i in order]))


def statements(rows: Sequence[Example], *, with_question: bool) -> list[Statement]:
    """The training statements as a case would hand them over."""
    return [Statement(id=r.id, source=r.id, start=0, end=len(r.text), text=r.text, locator="", language=r.language,
                      question=r.question if with_question else None, question_score=1.0) for r in rows]


def measure(folder: Path = theme_model.FOLDER) -> Measured:
    """Train without each group of voices and sort it; about half a minute."""
    rows = theme_model.examples(folder)
    shipped = theme_model.load(folder / "themes.npz")
    more = build.words_only(shipped.keys, folder / "points")
    vectors = shipped.vectors.astype(np.float32)
    stored = StoredVectors(rows, shipped)
    case_themes = tuple(config.Theme(key=s.key, title=s.title, description=s.description) for s in themes.STANDARD)
    fold = build.folds([r.voice for r in rows])
    found: dict[str, dict[int, Statement]] = {n: {} for n in ("begge", "begge+q", "ord", "ord+q")}
    noise_kept, rest = [], ([], [], [])
    for f in np.unique(fold):
        inside, outside = np.flatnonzero(fold != f), np.flatnonzero(fold == f)
        model = replace(build.train([rows[i] for i in inside], vectors[inside], keys=shipped.keys, mix=False, more=more),
                        mix=shipped.mix, none_mix=shipped.none_mix)
        group = [rows[i] for i in outside]
        for coder, name in ((stored, "begge"), (None, "ord")):
            sorter = themes.Sorter(case_themes, QUESTIONS, model, coder, (), "")
            for question, ending in ((False, ""), (True, "+q")):
                decided = sorter.sort(statements(group, with_question=question), review_below=REVIEW_BELOW)
                found[name + ending].update(zip(outside.tolist(), decided, strict=True))
        noise_kept += [found["begge"][i].theme != NONE for i in outside.tolist() if rows[i].label == NONE]
        # every tenth themed statement is corrected; the others show what that is worth
        themed = [i for i in outside.tolist() if rows[i].label != NONE]
        given = themed[:: round(1 / CORRECTED)]
        others = [i for i in themed if i not in set(given)]
        corrections = [(rows[i].text, rows[i].label) for i in given]
        sorter = themes.Sorter(case_themes, QUESTIONS, model, stored, corrections, "")
        after = sorter.sort(statements([rows[i] for i in others], with_question=False), review_below=REVIEW_BELOW)
        rest[0].extend(rows[i].label for i in others)
        rest[1].extend(found["begge"][i].theme for i in others)
        rest[2].extend(s.theme for s in after)
    themed = [i for i, r in enumerate(rows) if r.label != NONE]
    runs = {n: Run(name=n, decided=tuple(d[i] for i in themed)) for n, d in found.items()}
    return Measured(
        rows=tuple(rows[i] for i in themed), keys=shipped.keys, runs=runs,
        corrected=(macro_f1(rest[0], rest[1], shipped.keys), macro_f1(rest[0], rest[2], shipped.keys)),
        noise_kept=float(np.mean(noise_kept)) if noise_kept else 0.0,
        points_lost=float(np.mean([t == NONE for t in runs["begge"].themes])),
        how=f"{len(themed)} utsagn fra {len({r.voice for r in rows})} stemmer, delt i {build.FOLDS} grupper. Hver "
            "gruppe sorteres av en modell som er trent på de andre.")


def measure_file(path: Path, *, encoder: bool = True) -> Measured:
    """Sort the labelled statements of a JSON Lines file with the shipped model; nothing is trained.

    A line has ``text`` and ``label`` (or ``labels``), and may have ``q`` (a question of the standard form) and
    ``lang``. Raises ConfigError that names the line.
    """
    keys = theme_model.load().keys
    rows = _own_rows(path, keys)
    case_themes = tuple(config.Theme(key=s.key, title=s.title, description=s.description) for s in themes.STANDARD)
    found: dict[str, tuple[Statement, ...]] = {}
    for name, use in (("begge", encoder), ("ord", False)):
        sorter = themes.Sorter.for_case(case_themes, QUESTIONS, encoder=use)
        for question, ending in ((False, ""), (True, "+q")):
            found[name + ending] = sorter.sort(statements(rows, with_question=question), review_below=REVIEW_BELOW)
    themed = [i for i, r in enumerate(rows) if r.label != NONE]
    noise = [found["begge"][i].theme != NONE for i, r in enumerate(rows) if r.label == NONE]
    runs = {n: Run(name=n, decided=tuple(d[i] for i in themed)) for n, d in found.items()}
    return Measured(
        rows=tuple(rows[i] for i in themed), keys=keys, runs=runs, corrected=None,
        noise_kept=float(np.mean(noise)) if noise else 0.0,
        points_lost=float(np.mean([t == NONE for t in runs["begge"].themes])),
        how=f"{len(themed)} utsagn fra {path.name}, sortert av modellen som følger med. Utsagn som også står blant "
            "treningsutsagnene, gjør tallene for høye.")


def _own_rows(path: Path, keys: Sequence[str]) -> list[Example]:
    numbers = {q.number for q in QUESTIONS}
    rows = []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: filen kan ikke leses ({error}). Oppgi en JSON Lines-fil i UTF-8.") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            labels = tuple(row.get("labels") or [row["label"]])
            text = str(row["text"])
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ConfigError(f'{path}: linje {number} må være et JSON-objekt med «text» og «label».') from None
        for label in labels:
            if label not in (*keys, NONE):
                raise ConfigError(f"{path}: linje {number} har temaet «{label}». Bruk {', '.join(keys)} eller {NONE}.")
        question = row.get("q") if row.get("q") in numbers else None
        rows.append(Example(id=str(row.get("id", number)), text=text, labels=labels, question=question,
                            language=str(row.get("lang", "nb")), voice=str(row.get("voice", path.stem))))
    if not any(r.label != NONE for r in rows):
        raise ConfigError(f"{path}: filen har ingen utsagn med tema.")
    return rows


def described_cases(folder: Path = CASES, *, encoder: bool = True) -> list[tuple[str, int, float, float]]:
    """(case, statements, macro-F1 from the text, with questions) for each case whose themes are only described."""
    out = []
    for path in sorted(folder.glob("*.jsonl")):
        settings = config.load(path.with_suffix(".toml"))
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        sorter = themes.Sorter.for_case(settings.themes, settings.questions, encoder=encoder)
        figures = []
        for question in (False, True):
            examples = [Example(id=r["id"], text=r["text"], labels=tuple(r["labels"]), language=r["lang"],
                                question=r["q"], voice=r["voice"]) for r in rows]
            decided = sorter.sort(statements(examples, with_question=question), review_below=REVIEW_BELOW)
            figures.append(macro_f1([e.label for e in examples], [s.theme for s in decided],
                                    [t.key for t in settings.themes]))
        out.append((path.stem, len(rows), figures[0], figures[1]))
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """How statements drawn from one held-out case were made points: shares of pairs of a theme, and opposites made one."""

    case: str
    statements: int
    precision: float | None  # None: nothing was joined
    recall: float
    opposites: int  # pairs
    asked: float | None  # share of the pairs asked about that are about the same thing; None: none was asked about


_DRAWS = range(100, 104)  # of each case; other draws than ``build_grouping`` learns from


def joined(names: Sequence[str] = train_encoder.HELD_OUT) -> list[Joined]:
    """Points made of answers drawn from cases that the encoder has not been taught with; some gave ``meaning`` its few weights
    (``build_grouping.DRAWN_FROM``, in other draws of the same texts).

    Empty where the encoder does not load.
    """
    from pipeline.language import build_grouping, grouping, meaning, shorten

    out = []
    for name in names:
        statements = hit = found = wanted = opposites = asked = asked_right = 0
        for case in (build_grouping.drawn(name, number) for number in _DRAWS):
            meanings = meaning.of_texts(case.texts)
            if meanings is None:
                return []
            clauses = grouping.prepare([shorten.core(t) for t in case.texts])
            where: dict[int, list[int]] = {}  # clause -> its group
            for theme in dict.fromkeys(case.themes):
                own = [i for i, t in enumerate(case.themes) if t == theme]
                first = [[own[i] for i in group] for group in grouping.cluster([clauses[i] for i in own])]
                where |= {i: group for group in meaning.join(first, clauses, meanings) for i in group}
            statements += len(case.texts)
            for i, j in case.pairs():
                same, together, opposite = case.same(i, j), where[i] is where[j], case.opposite(i, j)
                hit, found, wanted = hit + (same and together), found + together, wanted + same
                opposites += together and opposite
                if not together and meaning.about_odds(i, j, clauses, meanings) >= meaning.ASK:
                    asked, asked_right = asked + 1, asked_right + (same or opposite)
        out.append(Joined(case=name, statements=statements, precision=hit / found if found else None,
                          recall=hit / wanted, opposites=opposites, asked=asked_right / asked if asked else None))
    return out


def report(data: Path | None = None, *, encoder: bool = True) -> str:
    """The figures as Norwegian text: on the training statements, held out by voice, or on ``data`` (``measure_file``).

    Raises ConfigError when ``data`` cannot be used, FileNotFoundError when the shipped data is missing.
    """
    if data is not None:
        return render(measure_file(data, encoder=encoder), ())
    return render(measure(), described_cases(encoder=encoder), joined() if encoder else ())


def render(m: Measured, described: Sequence[tuple[str, int, float, float]], made: Sequence[Joined] = ()) -> str:
    """The figures of ``measure``, ``described_cases`` and ``joined`` as text."""
    truth = [r.label for r in m.rows]
    best = m.runs["begge+q"]
    lines = [
        "Temakvalitet",
        m.how,
        "",
        f"{'Makro-F1 over temaene':34}{'tekst':>16}{'med spørsmål':>20}",
        *(_row(label, m, truth, name) for label, name in (
            ("Ordlistemodell alene", "ord"), ("Ordlistemodell og språkmodell", "begge"))),
        "(95 % konfidensintervall i parentes, trukket over stemmer)",
        "",
        f"{'Tema (med spørsmål)':22}{'presisjon':>11}{'dekning':>10}{'F1':>8}{'antall':>9}",
        *_per_theme(truth, best.themes, m.keys),
        "",
        "Forveksling (rad: riktig tema, kolonne: valgt tema, i samme rekkefølge, sist «none»)",
        *_confusion(truth, best.themes, m.keys),
        "",
        "Treffsikkerhet når bare de sikreste tas med (andel tatt med: tekst / med spørsmål)",
        "   ".join(f"{share:.0%}: {_covered(truth, m.runs['begge'], share)} / {_covered(truth, best, share)}"
                   for share in (1.0, 0.9, 0.8, 0.7, 0.5)),
        _calibration(truth, best),
        _flags(truth, best),
        "",
        f"{'Makro-F1 per målform og form':34}{'antall':>8}{'tekst':>9}{'med spørsmål':>15}",
        *_slices(m, truth),
        "",
        f"Innspill som feilaktig ble «none»: {m.points_lost:.1%}. Støy som ville blitt regnet som innspill uten "
        f"støyfilteret foran: {m.noise_kept:.0%}.",
    ]
    if m.corrected is not None:
        lines.append(
            f"Rettelser: når hvert tiende utsagn er rettet, går makro-F1 for de andre fra {m.corrected[0]:.3f} til "
            f"{m.corrected[1]:.3f} (tekst). Det rettede utsagnet følger alltid rettelsen.")
    if described:
        lines += ["", f"{'Saker der temaene bare er beskrevet':34}{'antall':>8}{'tekst':>9}{'med spørsmål':>15}",
                  *(f"{name:34}{n:>8}{text:>9.3f}{question:>15.3f}" for name, n, text, question in described)]
    if made:
        lines += ["", f"{'Punkter i saker språkmodellen ikke har lært av':46}{'antall':>8}{'presisjon':>11}{'dekning':>9}"
                      f"{'spurt, om samme':>17}{'motsatte slått sammen':>23}",
                  *(f"{j.case:46}{j.statements:>8}{_share(j.precision):>11}{j.recall:>9.3f}{_share(j.asked):>17}{j.opposites:>23}"
                    for j in made)]
    return "\n".join(lines) + "\n"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _row(label: str, m: Measured, truth: list[str], name: str) -> str:
    cells = []
    for run in (m.runs[name], m.runs[name + "+q"]):
        low, high = _interval([r.voice for r in m.rows], truth, run.themes, m.keys)
        cells.append(f"{macro_f1(truth, run.themes, m.keys):.3f} ({low:.2f}–{high:.2f})")
    return f"{label:34}{cells[0]:>16}{cells[1]:>20}"


def _interval(voices: list[str], truth: list[str], found: list[str], keys: Sequence[str]) -> tuple[float, float]:
    """95 % interval of macro-F1 by drawing voices with replacement, 200 times, always the same draws."""
    random = np.random.default_rng(0)
    names = sorted(set(voices))
    table = np.zeros((len(names), len(keys), 3))  # per voice and theme: right, labelled, chosen
    for voice, t, f in zip(voices, truth, found, strict=True):
        v = names.index(voice)
        table[v, keys.index(t), 1] += 1
        if f in keys:
            table[v, keys.index(f), 2] += 1
            table[v, keys.index(f), 0] += t == f
    figures = []
    for _ in range(200):
        total = table[random.integers(len(names), size=len(names))].sum(axis=0)
        figures.append(np.mean(2 * total[:, 0] / np.maximum(total[:, 1] + total[:, 2], 1)))
    low, high = np.quantile(figures, [0.025, 0.975])
    return float(low), float(high)


def _per_theme(truth: list[str], found: list[str], keys: Sequence[str]) -> list[str]:
    from sklearn.metrics import precision_recall_fscore_support

    p, r, f, n = precision_recall_fscore_support(truth, found, labels=list(keys), zero_division=0)
    return [f"{k:22}{p[i]:>11.2f}{r[i]:>10.2f}{f[i]:>8.2f}{n[i]:>9}" for i, k in enumerate(keys)]


def _confusion(truth: list[str], found: list[str], keys: Sequence[str]) -> list[str]:
    from sklearn.metrics import confusion_matrix

    table = confusion_matrix(truth, found, labels=[*keys, NONE])
    return [f"{k:22}" + "".join(f"{n:>5}" for n in table[i]) for i, k in enumerate(keys)]


def _covered(truth: list[str], run: Run, share: float) -> str:
    return f"{coverage_accuracy(truth, run.themes, run.confidence, share):.3f}"


def _calibration(truth: list[str], run: Run) -> str:
    right = np.array([t == f for t, f in zip(truth, run.themes, strict=True)])
    bins = np.clip((run.confidence * 10).astype(int), 0, 9)
    error = sum(abs(right[bins == b].mean() - run.confidence[bins == b].mean()) * (bins == b).mean()
                for b in np.unique(bins))
    return f"Oppgitt sikkerhet {run.confidence.mean():.3f}, faktisk {right.mean():.3f}; kalibreringsfeil {error:.3f}."


def _flags(truth: list[str], run: Run) -> str:
    flagged = np.array([s.needs_review for s in run.decided])
    wrong = np.array([t != f for t, f in zip(truth, run.themes, strict=True)])
    caught = flagged[wrong].mean() if wrong.any() else 1.0
    return f"Merket for gjennomgang: {flagged.mean():.0%} av utsagnene; {caught:.0%} av feilene er blant dem."


def _slices(m: Measured, truth: list[str]) -> list[str]:
    length = [len(r.text.split()) for r in m.rows]
    asked = {q.number: set(q.themes) for q in QUESTIONS}
    groups = {
        "under et spørsmål": [r.question is not None for r in m.rows],
        "derav under et annet temas": [r.question in asked and not asked[r.question] & set(r.labels) for r in m.rows],
        "bokmål": [r.language == "nb" for r in m.rows], "nynorsk": [r.language == "nn" for r in m.rows],
        "stikkord (til 4 ord)": [n <= 4 for n in length], "korte (5–12 ord)": [5 <= n <= 12 for n in length],
        "lange (over 12 ord)": [n > 12 for n in length],
        "flere temaer (hovedtemaet)": [len(r.labels) > 1 for r in m.rows],
    }
    out = []
    for name, mask in groups.items():
        at = [i for i, hit in enumerate(mask) if hit]
        if not at:
            continue
        cells = [macro_f1([truth[i] for i in at], [m.runs[n].themes[i] for i in at], m.keys)
                 for n in ("begge", "begge+q")]
        out.append(f"{name:34}{len(at):>8}{cells[0]:>9.3f}{cells[1]:>15.3f}")
    return out


def main() -> None:
    import sys

    sys.stdout.write(report())


if __name__ == "__main__":
    main()
