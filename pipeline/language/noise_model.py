"""A small learned gate between noise and substance: character and word features and, where it loads, the encoder.

Trained once by ``python -m pipeline.language.noise_model`` on ``data/training/noise*.jsonl`` (scikit-learn);
the weights are stored beside the data, so that a run needs neither scikit-learn nor training. Why learned:
hand rules alone found .78 of the noise they were written for and .25 of unseen noise. Two logistic regressions,
one over letters, words and form, one over the encoder's vector, are added with weights fitted on voices left out.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from sklearn.linear_model import LogisticRegression

DATA = Path(__file__).parents[1] / "data"
WEIGHTS = DATA / "noise_weights.json"
SETTING = DATA / "noise_setting.json"  # written by ``python -m benchmarks.fit_noise``
TRAINING = "noise*.jsonl"
SUBSTANCE = "themes*.jsonl"  # the themes' training lines are substance in many voices
_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:[-/][^\W\d_]+)*|[^\w\s]")
_VERB = re.compile(r"^(?:er|var|blir|ble|blei|vart|vert|har|hadde|kan|kunne|bør|må|skal|skulle|vil|ville|får|fikk|"
                   r"fekk|gir|gjev|gjør|gjer|"
                   r"ser|står|går|trenger|treng|trengs|trengst|mangler|manglar|ønsker|ønskjer|ynskjer|mener|meiner|"
                   r"synes|synest|støtter|"
                   r"støttar|foreslår|føreslår|savner|saknar|krever|krev|fungerer|\w{4,}(?:ast|es))$")
_DEMAND = re.compile(
    r"^(?:bør|burde|må|trenger|treng|trengs|trengst|ønsker|ønskjer|ynskjer|behov|foreslår|føreslår|anbefaler|tilrår|"
    r"savner|saknar|mangler|"
    r"manglar|krever|krev|forventer|ber|prioritere|prioriteres|styrke|styrkes|flere|fleire|færre|mer|meir|mindre|"
    r"bedre|betre|tydelig|tydeleg|"
    r"uklar|uklart|viktig|viktige|viktigst|viktigaste|nødvendig|positivt|bekymret|bekymring|uenig|enig|einig|samd|"
    r"fortsatt|framleis|altfor|"
    r"heller|kutt|fjern|stryk|behold|lag|sett|ta|få|gjør|\w{3,}(?:ere|are))$")
_PROCESS = re.compile(r"^(?:møte|møtet|møter|møtte|behandlet|handsama|drøftet|drøfta|gjennomgått|sendt|vedlagt|"
                      r"vedlegg|vedtatt|vedteke|enstemmig|"
                      r"samrøystes|orientering|orienterte|referat|protokoll|godkjent|innkalling|dagsorden|saksliste|"
                      r"frist|fristen|utsatt|"
                      r"avholdt|gjennomført|deltok|deltakere|leder|leiar|hilsen|helsing|hei|takk|takkar|viser|"
                      r"syner)$")
_PAST = re.compile(r"^(?:ble|blei|vart|var|hadde|fikk|fekk|kom|stod|sto|\w{4,}(?:dde|tte|ette))$")
_TITLE = re.compile(r"^(?:vedrørende|vedrørande|vedr|angående|ang|høring|høyring|høringssvar|høyringssvar|høringsuttalelse|"
                    r"høyringsfråsegn|uttalelse|uttale|fråsegn|innspill|innspel|svar|tilbakemelding|merknader|merknadar|"
                    r"kommentarer|synspunkt|synspunkter|utkast|gjennomgang|rullering|revisjon|referat|protokoll)$")
_EVALUATION = re.compile(
    r"^(?:bra|god|godt|gode|dårlig|dårleg|lite|for|altfor|urealistisk|realistisk|relevant|relevante|vanskelig|vanskeleg|lett|"
    r"tung|tungt|nyttig|nyttige|svak|svakt|sterk|sterkt|rett|riktig|feil|fornøyd|fornøgde|misnøgd|skuffet|dessverre|"
    r"diverre|heldigvis|viktigere|heller|aldri|alltid|ingen|ikke|ikkje|neppe|men|likevel|derimot|fordi|utan|uten|dersom|hvis)$")
_VIEW = re.compile(r"^(?:skal|skulle|ingenting|anbefal\w*|tilrå\w*|beklag\w*|tilfreds|nøgd\w*|avklar\w*|uavklar\w*|bare|berre|kun|nok|§)$")
# The verbs of what is and was: of being, having, lying and living, and the strong verbs' past.
_TELLS = re.compile(
    r"^(?:er|e|æ|var|va|har|hadde|hev|ligger|ligg|bor|bur|består|fyller|fyllar|heter|heiter|teller|tel|omfatter|omfattar|"
    r"lå|låg|sto|stod|satt|sat|gikk|gjekk|kom|tok|ga|gav|sa|fant|dro|drog|skrev|skreiv|fekk|fikk|vant|leste|las|så|såg|"
    r"bygd|bygde|lagt|lagde|\w{2,}[^aeiouyæøåst]te)$")
_MONTH = re.compile(r"^(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)$")


def features(text: str) -> dict[str, float]:
    """Feature name -> value of one statement. Digits become 0 and names inside a sentence one sign, so that
    neither a year nor a place is learned by heart."""
    tokens = _TOKEN.findall(text.strip())
    masked: list[str] = []
    capitals = digits = names = 0
    for i, token in enumerate(tokens):
        if token[0].isdigit():
            digits += 1
            masked.append(re.sub(r"\d", "0", token) if len(token) < 6 else "00000")
        elif token[0].isupper():
            capitals += 1
            if i and token[1:].islower():
                names += 1
                masked.append("§n")
            elif token.isupper() and 1 < len(token) <= 6:
                masked.append("§a")
            else:
                masked.append(token.lower())
        else:
            masked.append(token.lower())
    words = [t for t in masked if t[0].isalnum() or t[0] == "§"]
    grams: set[str] = {f"w:{w}" for w in words}
    grams.update(f"b:{a} {b}" for a, b in pairwise(masked))
    for w in words:
        padded = f" {w} "
        for n in (3, 4):
            grams.update(f"c:{padded[i:i + n]}" for i in range(len(padded) - n + 1))
    value = 1 / math.sqrt(len(grams)) if grams else 0.0
    found = dict.fromkeys(sorted(grams), value)
    count = max(1, len(words))
    lower = words
    last = text.rstrip()[-1:] if text.strip() else ""
    form = {
        f"f:words{min(6, int(math.log2(count)))}": 1.0,
        f"f:end{last if last in '.:?!,;' else 'x'}": 1.0,
        "f:lower": float(text[:1].islower()),
        "f:names": min(1.0, names / count * 2),
        "f:capitals": min(1.0, capitals / count),
        "f:digits": min(1.0, digits / count * 2),
        "f:verb": float(any(_VERB.match(w) for w in lower)),
        "f:demand": float(any(_DEMAND.match(w) for w in lower)),
        "f:process": float(any(_PROCESS.match(w) for w in lower)),
        "f:month": float(any(_MONTH.match(w) for w in lower)),
        "f:we": float(any(w in ("vi", "me", "oss", "vår", "vårt", "våre") for w in lower)),
        "f:past": float(any(_PAST.match(w) for w in lower)),
        "f:title": float(bool(words) and bool(_TITLE.match(words[0])) and last not in ".!?"),
        "f:evaluation": float(any(_EVALUATION.match(w) for w in lower)),
        "f:fact": float(digits > 0 and not any(_DEMAND.match(w) or _EVALUATION.match(w) for w in lower)),
        "f:plain": float(count >= 4 and not any(_DEMAND.match(w) or _EVALUATION.match(w) for w in lower)),
        "f:label": float(count <= 3 and last not in ".!?" and not any(_VERB.match(w) or _DEMAND.match(w) for w in lower)),
        "f:colon": float(":" in text[:30] and last != ":"),
        "f:not": float(any(w in ("ikke", "ikkje", "ingen", "nei", "lite", "for") for w in lower)),
    }
    found.update({k: v for k, v in form.items() if v})
    return found


def only_tells(text: str) -> bool:
    """Whether a sentence tells what is or was, and no word of it demands, judges or asks."""
    tokens = [t.lower() for t in _TOKEN.findall(text)]
    if text.rstrip().endswith("?") or any(_DEMAND.match(t) or _EVALUATION.match(t) or _VIEW.match(t) for t in tokens):
        return False
    return any(_TELLS.match(t) or _PAST.match(t) for t in tokens)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What the encoder adds: weights over its vector, and the two log-odds' shares in the sum."""

    encoder: str  # fingerprint of the encoder that the weights belong to
    slope: Sequence[float]
    offset: float
    mix: tuple[float, float, float]  # of the words' log-odds, the vector's, constant


class Gate:
    """The trained gate. ``probability(text)`` is that of noise, 0..1."""

    def __init__(self, weights: Mapping[str, float], bias: float, meaning: Meaning | None = None) -> None:
        self.weights = weights
        self.bias = bias
        self.meaning = meaning

    def logit(self, text: str) -> float:
        """The log-odds of noise from the words alone."""
        weights = self.weights
        return self.bias + sum(value * weights[name] for name, value in features(text).items() if name in weights)

    def logits(self, texts: Sequence[str]) -> list[float]:
        """The log-odds of noise from words and meaning; from the words alone where the encoder does not load."""
        words = [self.logit(t) for t in texts]
        coder = _encoder(self.meaning.encoder) if self.meaning and texts else None
        if coder is None:
            return words
        import numpy as np

        one, other, constant = self.meaning.mix
        vectors = coder.encode(texts).astype(np.float64) @ np.asarray(self.meaning.slope) + self.meaning.offset
        # Rounded: the last bits of a sum may differ between processors, and a threshold stands behind it.
        return [round(one * w + other * float(v) + constant, 4) for w, v in zip(words, vectors, strict=True)]

    def probability(self, text: str) -> float:
        return 1 / (1 + math.exp(-self.logit(text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The weight of what the words say, and of each sign of where a statement stands; all in log-odds of noise."""

    words: float
    letters: float  # of the words without the encoder
    constant: float
    signs: Mapping[str, float]

    def total(self, signs: Mapping[str, float]) -> float:
        """The log-odds from the signs alone, rounded as those of ``Gate.logits``."""
        return round(self.constant + sum(value * self.signs.get(name, 0.0) for name, value in signs.items()), 4)


@cache
def setting() -> Setting:
    """The stored weights of the setting."""
    return Setting(**json.loads(SETTING.read_text(encoding="utf-8")))


@cache
def _encoder(fingerprint: str):
    """The encoder when it loads and is the one that the weights were made with; else None."""
    from pipeline.language import encoder

    try:
        return encoder.load() if encoder.fingerprint() == fingerprint else None
    except (encoder.EncoderUnavailable, OSError):
        return None  # language.themes tells the user


@cache
def gate() -> Gate:
    """The gate with the stored weights."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    meaning = stored.get("meaning")
    return Gate(stored["weights"], stored["bias"], Meaning(**{**meaning, "mix": tuple(meaning["mix"])}) if meaning else None)


def rows(folder: Path = DATA / "training") -> list[dict]:
    """The training lines: text, label (noise | substance | no_remarks | endorsement), noise (reason), voice, lang."""
    def lines(pattern: str) -> list[dict]:
        return [json.loads(line) for file in sorted(folder.glob(pattern))
                for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]

    substance = [{"text": r["text"], "label": "substance", "noise": "", "voice": r.get("voice", "start"), "lang": r.get("lang", "nb")}
                 for r in lines(SUBSTANCE) if r["label"] != "none"]
    return lines(TRAINING) + substance


def fingerprint(data: Sequence[dict]) -> str:
    """A hash of what training sees."""
    text = json.dumps([(r["text"], r["label"]) for r in data], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def train(data: Sequence[dict], *, strength: float = 20.0, keep: int = 2) -> Gate:
    """A gate from training lines. Endorsements count as substance here, "ingen merknader" as noise.

    ``strength``: the inverse of the regularisation. ``keep``: a feature must stand in so many lines.
    """
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    found = [features(r["text"]) for r in data]
    counts = Counter(name for f in found for name in f)
    kept = [{k: v for k, v in f.items() if counts[k] >= keep} for f in found]
    y = np.array([_is_noise(r) for r in data])
    vectors = DictVectorizer(sparse=True)
    x = vectors.fit_transform(kept)
    x.indices, x.indptr = x.indices.astype("int32"), x.indptr.astype("int32")  # liblinear takes no others
    model = LogisticRegression(C=strength, solver="liblinear", class_weight="balanced", random_state=0)
    model.fit(x, y)
    weights = {name: round(float(w), 3) for name, w in zip(vectors.feature_names_, model.coef_[0], strict=True) if abs(w) >= 0.02}
    return Gate(weights, round(float(model.intercept_[0]), 3))


def folds(data: Sequence[dict], parts: int = 5) -> Iterable[tuple[list[int], list[int]]]:
    """(indices to train on, indices left out): voices are never split, which makes the figures honest."""
    voices = sorted({r["voice"] for r in data}, key=lambda v: hashlib.sha256(v.encode()).hexdigest())
    part = {v: i % parts for i, v in enumerate(voices)}
    for k in range(parts):
        yield ([i for i, r in enumerate(data) if part[r["voice"]] != k], [i for i, r in enumerate(data) if part[r["voice"]] == k])


def train_meaning(data: Sequence[dict]) -> Meaning:
    """The encoder's part, its share fitted on voices that neither part was trained on. Needs the encoder."""
    from sklearn.linear_model import LogisticRegression

    from pipeline.language import encoder

    vectors = _vectors(data)
    mix = LogisticRegression(class_weight="balanced").fit(held_out(data, vectors), [_is_noise(r) for r in data])
    final = _over_vectors(data, vectors, range(len(data)))
    return Meaning(encoder=encoder.fingerprint(), slope=[round(float(w), 4) for w in final.coef_[0]],
                   offset=round(float(final.intercept_[0]), 4),
                   mix=(round(float(mix.coef_[0][0]), 3), round(float(mix.coef_[0][1]), 3), round(float(mix.intercept_[0]), 3)))


def held_out(data: Sequence[dict], vectors: np.ndarray | None = None) -> np.ndarray:
    """Log-odds of noise for each line from the words and from the encoder, (n, 2), by gates that have not seen its voice."""
    import numpy as np

    vectors = _vectors(data) if vectors is None else vectors
    both = np.zeros((len(data), 2))
    for known, left in folds(data):
        words = train([data[i] for i in known])
        both[left, 0] = [words.logit(data[i]["text"]) for i in left]
        both[left, 1] = _over_vectors(data, vectors, known).decision_function(vectors[left])
    return both


def _vectors(data: Sequence[dict]) -> np.ndarray:
    from pipeline.language import encoder

    return encoder.load().encode([r["text"] for r in data]).astype("float64")


def _over_vectors(data: Sequence[dict], vectors: np.ndarray, rows: Sequence[int]) -> LogisticRegression:
    from sklearn.linear_model import LogisticRegression

    mean = vectors[rows].mean(axis=0)  # without it the penalty falls on what all vectors share
    model = LogisticRegression(C=10.0, class_weight="balanced", max_iter=2000)
    model.fit(vectors[rows] - mean, [_is_noise(data[i]) for i in rows])
    model.intercept_ = model.intercept_ - model.coef_ @ mean
    return model


def _is_noise(row: Mapping[str, str]) -> bool:
    return row["label"] in ("noise", "no_remarks")


def main() -> None:
    """Train on all lines and store the weights."""
    data = rows()
    trained = train(data)
    meaning = train_meaning(data)
    WEIGHTS.write_text(json.dumps({
        "fingerprint": fingerprint(data), "bias": trained.bias, "weights": trained.weights,
        "meaning": {"encoder": meaning.encoder, "slope": meaning.slope, "offset": meaning.offset, "mix": meaning.mix},
    }, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
