"""Which theme a statement belongs to: the text's own evidence, weighed with the question it stands under.

Themes are the case's. One that is a standard theme (same key or title, and its description does not say
otherwise) is known from the training statements (``theme_model``); any other from its description and from the
case's own statements (``described``). The question is a log-prior with .8 on its themes, so that a statement under
the wrong question can still go by its content; where text and question pull apart, a person is asked. Last, the
sentences of a paragraph hear each other (``continuity``).
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property, lru_cache

import numpy as np

from pipeline.config import NO_THEME, Question, Theme
from pipeline.language import continuity, described, encoder, lexical, named, theme_model
from pipeline.language.theme_model import log_softmax
from pipeline.lemma import lemma
from pipeline.model import Statement, ThemeScore
from pipeline.norsk import fold, join_names, plain

log = logging.getLogger(__name__)

QUESTION_SHARE = 0.8  # prior mass on the question's themes; heavier loses what stands under the wrong heading
HEADING_SHARE = 0.5  # the same for a heading that is no known question but reads like a theme
OPEN_SHARE = 0.5  # where the question asks for anything else as well
_OPEN_END = re.compile(r"(?:\b(?:og|eller|samt)|[,;.:])\s+(?:er det |har dere |har de )?(?:noe |noko )?(?:annet|anna)\b"
                       r"|\b(?:øvrige|andre) (?:innspill|innspel|merknader|merknadar|kommentarer|kommentarar)\b", re.IGNORECASE)
NONE_PRIOR = -4.0  # log-odds: noise has been taken out before; on benchmarks/cases more of this gate stops no more noise
NONE_PRIOR_ANSWER = -6.0  # under a question, or where the themes are unknown to the trained model
ENDORSEMENT_TEXT = 0.25  # "we join Lister's answer" is worded like talk about process, whatever it joins
CLOSE = 0.5  # the second theme has at least this share of the first one's score: both are plausible
CONTRADICTS = 0.6  # how sure the text must be of a theme that the question does not feed
SAME_TEXT = 0.92  # likeness of letters from which a correction holds for a statement as well
# Up to so many statements each is encoded; above, only those that the words leave unsure. On held-out voices a third of
# the statements under questions are, and macro-F1 is the same to .001 (two thirds and .001 without questions).
ENCODE_ALL = 300
ENCODE_ALL_DESCRIBED = 4000  # words alone know little of a theme that is only described
SURE = 0.95
# Themes that are each sure, by what their descriptions say, to mean one of the standard themes are sorted by what was learnt of
# these as well. Three of some 110 cases of other authors with described themes are such: +.04 with questions, +.03 without, and a
# fourth that came after: +.08, +.02; more than this weight gains less. Where most themes are known by key or title it gains nothing.
MEANT, MEANT_WEIGHT, _FEW_TRAINED = 0.4, 0.25, 2
CHUNK = 5000  # statements scored at a time, so that memory does not grow with the hearing


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standard:
    """What the standard theme of this key is called, to tell whether a case means the same."""

    key: str
    title: str
    description: str


# The standard questionnaire's themes as the shipped training statements understand them.
STANDARD = (
    _Standard(key="format", title="Format og brukervennlighet",
              description="Oppsett, språk, lengde, nummerering, farger, presentasjon og om planen er enkel å bruke"),
    _Standard(key="relevance", title="Relevans og presisjon i tiltak",
              description="Om mål og tiltak fortsatt er aktuelle, konkrete, målbare, realistiske og tilpasset lokale "
                          "forhold"),
    _Standard(key="responsibility", title="Ansvarsplassering",
              description="Hvem som har ansvar for oppfølgingen, om ansvaret er tydelig, og hvem som bør involveres"),
    _Standard(key="resources", title="Prioritering og ressurser",
              description="Hva som bør prioriteres, tid, penger, folk, finansiering, samhandlingstilskudd og "
                          "kapasitet"),
    _Standard(key="health_technology", title="Områder for å ta i bruk helseteknologi",
              description="Velferdsteknologi, digitale løsninger, e-helse, digital hjemmeoppfølging, kunstig "
                          "intelligens"),
    _Standard(key="process", title="Prosess og eierskap",
              description="Hvordan planen lages og rulleres, forankring, medvirkning, rapportering og rollene til SSU "
                          "og RS"),
    _Standard(key="proposed_areas", title="Forslag til områder for nærmere tiltak",
              description="Nye fagområder, pasientgrupper og temaer som planen bør ta opp"),
)


class Sorter:
    """Sorts the statements of one case. Make one with ``for_case``; ``message`` tells why the encoder is not used."""

    def __init__(self, themes: tuple[Theme, ...], questions: tuple[Question, ...], model: theme_model.Model,
                 coder: encoder.Encoder | None, corrections: Sequence[tuple[str, str]], message: str) -> None:
        self._themes = themes
        self._questions = {q.number: q for q in questions}
        self._keys = [t.key for t in themes]
        self._model = model
        self._coder = coder
        self._corrections = tuple(corrections)
        self.message = message
        self._trained = {key: model.keys.index(meant) for key, meant in standard_keys(themes).items() if meant in model.keys}
        self._all_trained = len(self._trained) == len(themes)

    @classmethod
    def for_case(cls, themes: tuple[Theme, ...], questions: tuple[Question, ...], *, encoder: bool = True,
                 corrections: Sequence[tuple[str, str]] = ()) -> Sorter:
        """A sorter for these themes and questions.

        ``encoder=False``, or an encoder that does not load: words and letters alone; the reason is logged once and
        kept in ``message``. ``corrections``: statement text and theme key or "none".
        Raises FileNotFoundError or ValueError when the shipped weights are missing or damaged.
        """
        coder, message = None, ""
        if encoder:
            coder, message = _encoder()
        model = theme_model.load()
        if coder is not None and model.encoder != _fingerprint():
            coder, message = None, ("Språkmodellen passer ikke til de lagrede vektene, og temaene settes med "
                                    "ordlistemodellen alene. Installer programmet på nytt.")
        if message:
            log.warning(message)
        return cls(themes, questions, model, coder, corrections, message)

    def sort(self, statements: Sequence[Statement], *, review_below: float) -> tuple[Statement, ...]:
        """The statements in order, with themes set.

        ``substance`` and ``endorsement`` get every theme with a calibrated probability (falling, "none" included,
        sum 1), the others, and all in a case without themes, "none". ``needs_review`` is set where the score is below
        ``review_below``, where text and question disagree, or where two themes are close; what an earlier stage has
        flagged stays flagged.
        """
        chosen = [i for i, s in enumerate(statements) if s.type in ("substance", "endorsement")]
        out = [s if s.type in ("substance", "endorsement") else
               replace(s, theme=NO_THEME, themes=(ThemeScore(theme=NO_THEME, score=1.0),), confidence=1.0)
               for s in statements]
        if not chosen or not self._themes:
            return tuple(replace(s, theme=NO_THEME, themes=(ThemeScore(theme=NO_THEME, score=1.0),), confidence=1.0)
                         for s in out)
        picked = [statements[i] for i in chosen]
        scored = self._score(picked)
        for row, i in enumerate(chosen):
            out[i] = self._decide(picked[row], scored, row, review_below)
        return tuple(out)

    def probabilities(self, statements: Sequence[Statement]) -> np.ndarray:
        """Scores of the case's themes in configured order and "none" last, (n, themes + 1); for measuring."""
        return self._score(statements).final

    # -- scores ------------------------------------------------------------------------------------------------

    def _score(self, statements: Sequence[Statement]) -> _Scores:
        encode_all = len(statements) <= (ENCODE_ALL if self._all_trained else ENCODE_ALL_DESCRIBED)
        # Described themes learn from the whole case at once.
        step = CHUNK if self._all_trained else len(statements)
        parts = [self._score_part(statements[i : i + step], encode_all) for i in range(0, len(statements), step)]
        return _Scores(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(_Scores)))

    def _score_part(self, statements: Sequence[Statement], encode_all: bool) -> _Scores:
        texts = [model_text(s) for s in statements]
        rows = lexical.weighted(lexical.counts(texts), self._model.idf)
        prior = self._prior(statements)
        vectors = self._vectors(texts, rows, prior, encode_all)
        paragraphs, documents = list(continuity.paragraphs(statements)), [s.source for s in statements]
        voices = None  # what was learnt of the standard themes asks for none
        if not self._all_trained:
            voices = np.unique([" ".join(s.bodies) or s.source for s in statements], return_inverse=True)[1]
        text = self._text_scores(rows, vectors, prior, lambda shares: continuity.settled(shares, paragraphs, documents), voices)
        if not self._all_trained:
            text = log_softmax(text + named.scores(texts, self._described_by) + self._as_standard(rows, vectors))
        bare = np.array([lexical.says_nothing(t) for t in texts])
        text[bare] = -np.log(len(self._keys))
        joins = np.array([s.type == "endorsement" and s.question is not None for s in statements])
        text[joins] = log_softmax(ENDORSEMENT_TEXT * text[joins])
        odds = _by_what_is_known(self._model.none_odds, rows, vectors)
        under = np.array([s.question is not None or not self._all_trained for s in statements])
        none = 1 / (1 + np.exp(-(odds + np.where(under, NONE_PRIOR_ANSWER, NONE_PRIOR))))
        set_by_person = self._corrected(texts, statements, rows)
        own = np.exp(log_softmax(text + prior))
        for i, key in set_by_person.items():  # tells of its neighbours, too
            own[i] = _certain(len(self._keys), self._keys.index(key) if key != NO_THEME else None)
        posterior = continuity.settled(own, paragraphs, documents)
        final = np.concatenate([posterior * (1 - none[:, None]), none[:, None]], axis=1)
        for i, key in set_by_person.items():
            final[i] = _certain(len(self._keys) + 1, self._keys.index(key) if key != NO_THEME else len(self._keys))
        corrected = np.isin(np.arange(len(texts)), list(set_by_person))
        return _Scores(text=np.exp(log_softmax(text)), final=final, corrected=corrected)

    def _vectors(self, texts: list[str], rows: object, prior: np.ndarray, encode_all: bool) -> np.ndarray | None:
        """Raw vectors, a row of NaN for those that the words decide alone; None without encoder."""
        if self._coder is None:
            return None
        if encode_all:
            return self._coder.encode(texts)
        alone = np.exp(log_softmax(self._text_scores(rows, None, prior) + prior)).max(axis=1)
        unsure = np.flatnonzero(alone < SURE)
        vectors = np.full((len(texts), encoder.SIZE), np.nan, dtype=np.float32)
        vectors[unsure] = self._coder.encode([texts[i] for i in unsure])
        return vectors

    def _text_scores(self, rows: object, vectors: np.ndarray | None, prior: np.ndarray,
                     settle: Callable[[np.ndarray], np.ndarray] | None = None, voices: np.ndarray | None = None) -> np.ndarray:
        """Log-probabilities of the case's themes from the text, (n, k). ``settle``, ``voices``: as in ``described.scores``."""
        if vectors is not None:
            known = ~np.isnan(vectors[:, 0])
            if not known.all():
                out = self._text_scores(rows, None, prior)
                if known.any():
                    out[known] = self._text_scores(rows[known], vectors[known], prior[known],
                                                   voices=voices[known] if voices is not None else None)
                return out
        at = [self._trained.get(k) for k in self._keys]
        trained = [i for i, a in enumerate(at) if a is not None]
        if self._all_trained:
            return log_softmax(self._taught_model.text_scores(rows, vectors)[:, [a for a in at if a is not None]])
        words, protos = self._descriptions
        known = self._known if vectors is not None else replace(self._known, vectors=None)
        scores = described.scores(rows, vectors, words, protos, prior, self._model.mean, known=known, settle=settle,
                                  voices=voices)
        if len(trained) > 1:
            # How much falls to the trained themes together is decided by likeness, how it is shared among them by
            # what was learnt.
            inner = log_softmax(self._taught_model.text_scores(rows, vectors)[:, [at[i] for i in trained]])
            together = np.logaddexp.reduce(scores[:, trained], axis=1, keepdims=True)
            scores[:, trained] = together + log_softmax(inner)
        return scores

    def _as_standard(self, rows: object, vectors: np.ndarray | None) -> np.ndarray:
        """What the trained model says of the case's themes, (n, k), where each means a standard one by its description; else 0."""
        if self._meant is None:
            return np.zeros((rows.shape[0], len(self._keys)))
        return MEANT_WEIGHT * log_softmax(_by_what_is_known(self._model.text_scores, rows, vectors)[:, self._meant])

    @cached_property
    def _meant(self) -> list[int] | None:
        """For each theme the trained one that its description says, each another ("Hvem som gjør hva": responsibility); None
        where not all do, or where most bear the standard's key or title and are known by it."""
        from scipy.optimize import linear_sum_assignment

        if self._coder is None or len(self._trained) > _FEW_TRAINED or len(self._themes) > len(self._model.keys):
            return None
        shares = []
        for whole, _, *more in self._described_by:
            texts = [whole, *more]
            rows = lexical.weighted(lexical.counts(texts), self._model.idf)
            found = np.exp(log_softmax(self._model.text_scores(rows, self._coder.encode(texts))))
            shares.append((found[0] + found.mean(axis=0)) / 2)
        chosen = linear_sum_assignment(-np.array(shares))[1]
        return chosen.tolist() if min(row[at] for row, at in zip(shares, chosen, strict=True)) >= MEANT else None

    @cached_property
    def _described_by(self) -> list[list[str]]:
        return [_description(theme, self._questions.values()) for theme in self._themes]

    @cached_property
    def _descriptions(self) -> tuple[object, np.ndarray | None]:
        """The themes' descriptions as rows (k, COLUMNS) and vectors (k, 384): half the whole, half its items."""
        from scipy.sparse import csr_matrix, vstack

        words, vectors = [], []
        for texts in self._described_by:
            words.append(csr_matrix(lexical.weighted(lexical.counts(texts), self._model.idf).mean(axis=0)))
            if self._coder is not None:
                found = self._coder.encode(texts)
                vectors.append((found[0] + found[1:].mean(axis=0)) / 2)
        return vstack(words).tocsr(), np.stack(vectors) if vectors else None

    @cached_property
    def _known(self) -> described.Known:
        """The corrections that name a theme of this case."""
        texts = [t for t, k in self._corrections if k in self._keys]
        labels = np.zeros((len(texts), len(self._keys)))
        for i, key in enumerate(k for _, k in self._corrections if k in self._keys):
            labels[i, self._keys.index(key)] = 1
        rows = lexical.weighted(lexical.counts(texts), self._model.idf)
        return described.Known(rows=rows, vectors=self._coder.encode(texts) if self._coder else None, labels=labels)

    @cached_property
    def _taught_model(self) -> theme_model.Model:
        """The trained model with the corrections among its statements, each at weight 1 (more hurt, measured)."""
        if not len(self._known.labels) or not self._trained:
            return self._model
        labels = np.zeros((len(self._known.labels), len(self._model.keys)))
        for i, key in enumerate(self._keys):
            if key in self._trained:
                labels[:, self._trained[key]] = self._known.labels[:, i]
        return replace(self._model, sums=self._model.sums + lexical.class_sums(self._known.rows, labels))

    def _prior(self, statements: Sequence[Statement]) -> np.ndarray:
        """Log-prior of the case's themes, (n, k), from the question or a heading."""
        k = len(self._keys)
        out = np.full((len(statements), k), 1 / k)
        share = {number: OPEN_SHARE if _OPEN_END.search(q.text) else QUESTION_SHARE for number, q in self._questions.items()}
        for i, s in enumerate(statements):
            question = self._questions.get(s.question) if s.question is not None else None
            if question is not None and question.themes:
                out[i] = _share(k, [self._keys.index(t) for t in question.themes],
                                share[s.question] * min(1.0, max(0.0, s.question_score)))
            elif s.headings:
                found = self._heading_theme(s.headings)
                if found is not None:
                    out[i] = _share(k, [found], HEADING_SHARE)
        return np.log(out)

    def _heading_theme(self, headings: tuple[str, ...]) -> int | None:
        """The theme whose title or description the nearest telling heading repeats, or None."""
        for heading in reversed(headings):
            words = _content(heading)
            if not words or len(words) > 8:
                continue
            fits = [sum(value.get(w, 0.0) for w in words) / len(words) for value in self._heading_words]
            best = int(np.argmax(fits))
            if fits[best] >= 0.5 and sorted([0.0, *fits])[-2] < 0.8 * fits[best]:
                return best
        return None

    @cached_property
    def _heading_words(self) -> list[dict[str, float]]:
        """Per theme, what a word of a heading says for it: the title's words 1, the description's .8, shared ones less."""
        titles = [_content(t.title) for t in self._themes]
        all_words = [title | _content(t.description) for title, t in zip(titles, self._themes, strict=True)]
        spread = Counter(w for words in all_words for w in words)
        return [{w: (1.0 if w in title else 0.8) / spread[w] ** 0.5 for w in words}
                for title, words in zip(titles, all_words, strict=True)]

    # -- corrections -------------------------------------------------------------------------------------------

    def _corrected(self, texts: list[str], statements: Sequence[Statement], rows: object) -> dict[int, str]:
        """Index of a statement -> the theme (or "none") that a correction of it, or of one much like it, sets."""
        usable = [(t, k) for t, k in self._corrections if k in self._keys or k == NO_THEME]
        if not usable:
            return {}
        found = {}
        exact = {plain(t): k for t, k in usable}
        given = lexical.weighted(lexical.counts([t for t, _ in usable]), self._model.idf)
        likeness = np.asarray((rows @ given.T).todense()) / 2  # both halves have length 1
        for i, s in enumerate(statements):
            key = exact.get(plain(s.text), exact.get(plain(texts[i])))
            if key is None:
                near = int(np.argmax(likeness[i]))
                key = usable[near][1] if likeness[i, near] >= SAME_TEXT else None
            if key is not None:
                found[i] = key
        return found

    # -- decision ----------------------------------------------------------------------------------------------

    def _decide(self, s: Statement, scored: _Scores, row: int, review_below: float) -> Statement:
        keys = [*self._keys, NO_THEME]
        p = _rounded(scored.final[row])
        order = sorted(range(len(keys)), key=lambda i: (-p[i], i))
        themes = tuple(_theme_score(keys[i], p[i]) for i in order)
        reason = "" if scored.corrected[row] else self._doubt(s, scored.text[row], themes, review_below)
        return replace(
            s, theme=themes[0].theme, themes=themes, confidence=themes[0].score,
            needs_review=s.needs_review or bool(reason),
            review_reason=" ".join(r for r in (s.review_reason, reason) if r))

    def _doubt(self, s: Statement, text: np.ndarray, themes: tuple[ThemeScore, ...], review_below: float) -> str:
        """Why a person should look at the theme, in Norwegian, or ""."""
        first, second = themes[0], themes[1] if len(themes) > 1 else None
        question = self._questions.get(s.question) if s.question is not None else None
        says = int(np.argmax(text))
        elsewhere = question is not None and question.themes and self._keys[says] not in question.themes
        if elsewhere and text[says] >= CONTRADICTS:
            return (f"Teksten ligner mest på «{self._title(self._keys[says])}», men utsagnet står under spørsmål "
                    f"{question.number}. Velg tema.")
        if first.score < review_below:
            near = [self._title(t.theme) for t in themes[:2]]
            return f"Usikkert tema: {join_names([f'«{n}»' for n in near], ' eller ')}. Velg det som passer."
        if second is not None and second.score >= CLOSE * first.score:
            return (f"Utsagnet passer i både «{self._title(first.theme)}» og «{self._title(second.theme)}». "
                    "Kontroller hvor det bør stå.")
        return ""

    def _title(self, key: str) -> str:
        return next((t.title for t in self._themes if t.key == key), "ikke et innspill")


@dataclass(frozen=True, slots=True)
class _Scores:
    text: np.ndarray  # (n, k) probabilities from the text alone
    final: np.ndarray  # (n, k + 1)
    corrected: np.ndarray  # (n,) bool


def _by_what_is_known(score: Callable[[object, np.ndarray | None], np.ndarray], rows: object, vectors: np.ndarray | None) -> np.ndarray:
    """``score`` of each statement: by words and vector where it has one (no row of NaN), by words alone elsewhere."""
    out = score(rows, None)
    if vectors is not None:
        known = ~np.isnan(vectors[:, 0])
        out[known] = score(rows[known], vectors[known])
    return out


def model_text(s: Statement) -> str:
    """What the model reads: a list item with the clause that introduces it."""
    lead = s.lead_in.strip()
    return f"{lead} {s.text}" if lead and fold(lead) not in fold(s.text) else s.text


def _description(theme: Theme, questions: Iterable[Question]) -> list[str]:
    """Title and description, then each thing that the description lists, the questions that feed it alone, and the examples."""
    whole = f"{theme.title}: {theme.description}" if theme.description else theme.title
    items = [i.strip() for i in _LIST.split(theme.description) if len(i.strip()) > 2]
    asked = [q.text for q in questions if q.themes == (theme.key,)]
    return [whole, theme.title, *items, *asked, *theme.examples]


@lru_cache(maxsize=1 << 16)
def _theme_score(theme: str, score: float) -> ThemeScore:
    """One object for all statements with this score: with four decimals there are few."""
    return ThemeScore(theme=theme, score=score)


def _share(k: int, chosen: list[int], share: float) -> np.ndarray:
    """``share`` on the chosen themes, the rest evenly on all."""
    row = np.full(k, (1 - share) / k)
    row[chosen] += share / len(chosen)
    return row


def _certain(k: int, chosen: int | None) -> np.ndarray:
    """A row of k probabilities with nearly all on the chosen one, or even."""
    row = np.full(k, 1 / k if chosen is None else 0.01 / max(k - 1, 1))
    if chosen is not None:
        row[chosen] = 0.99
    return row


def _rounded(p: np.ndarray) -> list[float]:
    """Four decimals that still sum to 1."""
    out = [round(float(v), 4) for v in p / p.sum()]
    top = int(np.argmax(out))
    out[top] = round(out[top] + 1 - sum(out), 4)
    return out


_LIST = re.compile(r",|;|\.(?=\s|$)| og ")
_STOP = frozenset({
    "og", "i", "på", "til", "av", "for", "med", "om", "å", "en", "et", "ei", "det", "de", "som", "er", "den", "vi",
    "kan", "skal", "har", "der", "tema", "område", "områder", "spørsmål",
})


def _content(text: str) -> frozenset[str]:
    """The lemmas of a title's content words."""
    words = (t for t in lexical.tokens(text) if t not in _STOP and not t.isdigit())
    return frozenset(lemma(t) for t in words)


def standard_keys(themes: tuple[Theme, ...]) -> dict[str, str]:
    """The case's theme key -> the key of the standard theme that it means, for those that mean one."""
    found: dict[str, str] = {}
    for theme in themes:
        for standard in STANDARD:
            same_title = _content(theme.title) == _content(standard.title)
            if standard.key not in found.values() and (same_title or (theme.key == standard.key and _means(theme, standard))):
                found[theme.key] = standard.key
    return found


def _means(theme: Theme, standard: _Standard) -> bool:
    """Whether a theme with a standard key is that theme: its words meet the standard's title or description."""
    own = _content(f"{theme.title} {theme.description}")
    return bool(_content(theme.title) & _content(standard.title)) or len(own & _content(standard.description)) >= 2


def _encoder() -> tuple[encoder.Encoder | None, str]:
    try:
        return encoder.load(), ""
    except encoder.EncoderUnavailable as error:
        return None, str(error)


@cache
def _fingerprint() -> str:
    return encoder.fingerprint()
