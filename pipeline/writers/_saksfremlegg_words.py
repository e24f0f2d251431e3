"""What a case document's template can show: every name that may stand in a tag, and what it holds.

The field names are the tags' vocabulary, so they are Norwegian; a person reads and writes them in Word.
``check_template`` is run against these classes. Texts are whole phrases; an empty text means "nothing to say".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.config import Wording
from pipeline.norsk import capital, join_names

# Up to so many names or passage numbers stand in a bullet; all of them stand in its comment.
MOST_NAMES = 8
NO_BREAK = "\u00a0"  # a blank that no line ends at


@dataclass(frozen=True, slots=True, kw_only=True)
class Punkt:
    """A bullet: ``kvantor`` "Tre av fire RS", ``navn`` " (Lister og Setesdal)", ``kilde`` "(vedlegg 2, pkt. 1.4)"."""

    kvantor: str
    navn: str
    tekst: str
    kilde: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UliktSyn:
    """Points that contradict each other, to be shown together."""

    punkter: tuple[Punkt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Svarer:
    """One body's bullets in a theme that is listed per body; ``merknad`` when it has none."""

    navn: str
    punkter: tuple[Punkt, ...]
    merknad: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tema:
    """A theme section. ``tomt``: the sentence that stands where nobody has said anything."""

    tittel: str
    punkter: tuple[Punkt, ...]
    ulike_syn: tuple[UliktSyn, ...]
    svarere: tuple[Svarer, ...]
    merknader: tuple[str, ...]
    tomt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sporsmalsdel:
    """A block of the questionnaire, as printed on the form. ``med_nummer``: each question begins with its own number."""

    nummer: str
    tittel: str
    sporsmal: tuple[str, ...]
    med_nummer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hovedmal:
    """One goal with the number that the plan prints within its fokusområde ("3")."""

    nummer: str
    tekst: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fokusomrade:
    """``overskrift`` "Fokusområde 1: Rett kompetanse"; ``rode`` and ``uten_status`` name tiltak one by one."""

    overskrift: str
    hovedmal: tuple[Hovedmal, ...]
    status: str
    rodt_innledning: str
    rode: tuple[str, ...]
    uten_status_innledning: str
    uten_status: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plandel:
    """The action plan; ``figur`` is replaced by the status chart, ``samlet`` is one sentence on the whole plan."""

    tittel: str
    periode: str
    samlet: str
    fokusomrader: tuple[Fokusomrade, ...]
    figur: str
    mangler_status: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Forslag:
    """A suggestion of the tool's, with what it rests on. Never a recommendation of its own."""

    tekst: str
    grunnlag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitat:
    """A passage of an earlier paper: ``tekst`` verbatim, ``kilde`` "jf. sak 09/2024; «Saksfremlegg 2024», side 2"."""

    tekst: str
    kilde: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Saksdokument:
    """A case paper with the passages that touch the case's subjects."""

    tittel: str
    satsingsomrader: str
    sitater: tuple[Sitat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saksfremlegg:
    """Everything the template ``saksfremlegg.docx`` can use."""

    tittel: str
    organisasjon: str
    utvalg: str
    saksnummer: str
    motedato: str
    saksbehandler: str
    arkivsak: str
    sakstype: str
    dato: str
    frist: str
    innholdsfortegnelse: str
    svarer: str  # "RS"
    svarere: str  # "RS-ene"
    svarere_lang: str  # "regionale samhandlingsutvalg"
    bedt_om_svar: str  # "Fire regionale samhandlingsutvalg er bedt om innspill: …"
    har_svar: bool
    tidligere_vedtak: tuple[Sitat, ...]
    perioder: tuple[Sitat, ...]
    saksdokumenter: tuple[Saksdokument, ...]
    andre_saksdokumenter: str
    tidligere_saker: str
    plan: Plandel | None
    sporreskjema: tuple[Sporsmalsdel, ...]
    hvem_svarte: tuple[str, ...]
    temaer: tuple[Tema, ...]
    ikke_gjengitt: str
    forslag: tuple[Forslag, ...]
    vedtaksforslag: tuple[Forslag, ...]
    vedlegg: tuple[str, ...]


def short_name(name: str, wording: Wording) -> str:
    """ "RS Lister" as it stands after "Tre av fire RS": "Lister"."""
    lead = wording.noun.casefold() + " "
    return name[len(lead):] if name.casefold().startswith(lead) and len(name) > len(lead) else name


def short_names(names: Iterable[str], wording: Wording) -> str:
    """ "Lister, Setesdal og Østre Agder"."""
    return join_names([short_name(n, wording) for n in names])


def passage_list(labels: Sequence[str], show: Callable[[str], str] = str) -> str:
    """ "pkt. 1.4, 2.3 og 3.2", in order, each once; beyond ``MOST_NAMES`` shortened with the number left out.

    "pkt." stays on the line of the first number. ``show``: what to print for a label, a link to its passage, say.
    """
    ordered = sorted(set(labels), key=lambda label: [int(part) for part in label.split(".")])
    if not ordered:
        return ""
    shown, more = [show(label) for label in ordered[:MOST_NAMES]], len(ordered) - MOST_NAMES
    if more > 0:
        return f"pkt.{NO_BREAK}{', '.join(shown)} og {more} til"
    return f"pkt.{NO_BREAK}{join_names(shown)}"


def sentence(text: str) -> str:
    """Capital first letter and a full stop."""
    text = capital(text.strip())
    return text if text.endswith((".", "!", "?", "…")) else text + "."
