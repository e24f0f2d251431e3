"""What a document is: told from its content first, then from its name and folder.

Every cue is a word of Norwegian administration (bokmål and nynorsk), never a body's or a case's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.config import Question
from pipeline.lemma import lemma
from pipeline.model import Block, Document
from pipeline.norsk import fold, plain, tells_forwarding

_FEW_WORDS = 600  # of minutes that may hold an answer
_FEW_ITEMS = 2  # of a meeting: in so few the plan is what it was about
_VIEWS = 6  # so many beside the questions, and one in so few words, ask for more than answers: "vi ber dere om å …"
_SAYS_SOMETHING = 25  # words of a covering mail with "disse to ble glemt i skjemaet:"
DEMANDS_IN_COVER = 3  # so many in a mail beside an attached answer are more than "ta kontakt dersom noe må avklares"
_WORDS_A_VIEW, _WORDS_A_VIEW_IN_MINUTES = 60, 30  # at most so many words for each opinion or demand in a text full of them
TOP = 18  # blocks: letterhead, title and the first sentences of a letter

_SPEAKS, _WORDS_A_WE = 6, 50  # so often, and once in so many words, do people who write of themselves say "vi", "oss", "jeg"
_WE = re.compile(r"\b(?:vi|oss|me|jeg|meg|eg|æ|mæ|vår|vårt|våre|mi|min|mitt|mine)\b")
_CASE_HEADINGS = re.compile(
    r"^(?:\d[\d.]*\s*)?(?:bakgrunn(?: for saken)?|saksopplysninger|saksopplysningar|saksutredning|saksutgreiing"
    r"|sekretariatets? (?:vurdering|forslag|tilråding)\w*.*|administrasjonens vurdering\w*|vurdering(?:er|ar)?"
    r"|forslag til vedtak|framlegg til vedtak|innstilling|tilråding|status vedtatt.*|konklusjon)\s*:?$")
# "Utvalget ble enige om dette svaret:", above a list: minutes that hold an answer
_RESOLVES = re.compile(
    r"(?:\b(?:svar\w*|fråsegn\w*|\w*uttal\w*|innspill|innspel|merknader|merknadar|vedtak\w*|vedteke|vedtatt|enige?|einige?|samde?|sender?|sende"
    r"|mener|meiner|ønsker|ønskjer)\b[^.:]{0,60}|\b(?:mener|meiner|svarer|svarar|vedtok)(?: at)?):$")
_CASE_TITLE = re.compile(r"\b(?:saksfremlegg|saksframlegg|saksfremstilling|saksframstilling|saksutredning|sakspapir)\w*")
_MINUTES = re.compile(
    r"\b(?:møteprotokoll|protokoll|møtereferat|referat|møtebok|møteinnkalling|innkalling|saksliste|møteprotokol)\b")
_ATTENDANCE = re.compile(r"^(?:til ?stede|møtende|frammøtte|deltakere|deltakarar|forfall|ikke møtt|møteleder|møteleiar"
                         r"|votering|behandling|vedtak|møtedato|møtestad|møtested)\b")
_ITEM = re.compile(r"^(?:pol|ps|rs|os)?[ -]?sak\s*(?:nr\.?\s*)?\d{1,4}\b")
_ANSWER = re.compile(
    r"\b(?:innspill|innspel|høringsuttalelse|høyringsuttale|høyringsfråsegn|høringssvar|høyringssvar|fråsegn|uttalelse"
    r"|uttale|tilbakemelding|tilbakemeldingar|høringsinnspill|høyringsinnspel|svarskjema|kommentarer|merknader|merknadar)\b")
_ADDRESS_OPENING = re.compile(
    r"\b(?:vi viser til|me viser til|viser til (?:brev|brevet|henvendelse|e-post|deres|dykkar|høring|høyring|utsendt)"
    r"|det vises til|det vert vist til|takk for|takker for|takkar for|deres ref|dykkar ref|vår ref|vår referanse)\b")
_OPINION = re.compile(
    r"\b(?:vi|me|jeg|eg|rs|utvalget|utvalet|rådet|styret|kommunen|nettverket|foreningen|foreninga)\s+(?:\w+\s+)?"
    r"(?:mener|meiner|ønsker|ønskjer|foreslår|støtter|stør|anbefaler|tilrår|ser|savner|saknar|etterlyser|etterlyser"
    r"|vurderer|opplever|opplev|har|er|vil|kan|trenger|treng)\b")
_DEMAND = re.compile(r"\b(?:bør|må|ønskes|ønskjer|ønsker|mener|meiner|foreslår|foreslås|anbefales|savnes|savner|støttes|støtter)\b")
_PAPER = re.compile(
    r"\b(?:strategi|strategiplan|strategidokument|rapport|utredning|utgreiing|veileder|rettleiar|retningslinjer|årsmelding"
    r"|årsrapport|årsberetning|temaplan|kommunedelplan|handlingsplan|samarbeidsavtale|mandat|forskrift|rundskriv|stortingsmelding"
    r"|høringsnotat|høyringsnotat|notat|presentasjon|planprogram|milepælsplan|vedtekter)\w*")
_CHAPTERS = re.compile(r"^(?:\d[\d.]*\s*)?(?:innledning|innleiing|innledning/bakgrunn|bakgrunn|sammendrag|samandrag|forord|føreord"
                       r"|formål|visjon|overordnet mål|overordna mål|satsings?områder?|satsingsområde.*|strategier.*|innhold"
                       r"|utfordringsbilde.*|kilder|referanser|litteratur)\s*:?$")
_INVITATION = re.compile(r"\b(?:ber(?:es)? (?:dere|dykk|rs|utvalgene|om (?:innspill|tilbakemelding|svar|uttalelse))|frist for"
                         r"|svarfrist|høringsfrist|høyringsfrist|innen fristen|inviterer|inviteres|sendes (?:herved )?på høring"
                         r"|blir sendt på høyring|frist:)")
_NOT_AN_ANSWER = re.compile(
    r"\b(?:utsatt frist|utsett frist|om (?:\w+ )?(?:utsettelse|utsetjing)"
    r"|(?:utsettelse|utsetjing) (?:av|på|for) (?:svar|frist|hørings|høyrings)\w*|fristutsett\w*"
    r"|automatisk svar|autosvar|fraværsmelding|ikke på kontoret|ikkje på kontoret"
    r"|kommer tilbake (?:til|med)|kjem attende (?:til|med)|bekrefter (?:herved )?mottak|stadfestar mottak|mottatt brevet)\b")
# A reminder names the body that has not answered. Without any demand of its own: answers may speak of the deadline too.
_REMINDER = re.compile(
    r"\b(?:minner (?:herved |igjen )?om (?:at )?(?:svar|hørings|høyrings)?frist\w*|purr(?:ing|er)\b|påminnelse om"
    r"|(?:ikke|ikkje) (?:mottatt|motteke|fått|registrert) (?:noe |noko )?(?:svar|innspill|innspel|uttale\w*)|(?:ikke|ikkje) se å ha mottatt"
    r"|manglar? (?:framleis |fortsatt )?svar fr[aå])")
# "En ting vi glemte i skjemaet: …", "det som ikke kom med i vedtaket, er at …": whatever follows is part of the answer
_FORGOT = re.compile(r"\b(?:vi|me|jeg|eg|æ)\s+(?:glemte|gløymde|gløymte|glømte)\s+(?:\w+\s+){0,3}?"
                     r"(?:i|på)\s+(?:vedlegget|skjemaet|brevet|svaret)\s*:"
                     r"|\bsom\s+(?:ikke|ikkje)\s+(?:kom|er|ble|blei|vart)\s+(?:tatt\s+|teke\s+)?(?:med|plass)\s+i\s+\w+,\s(?:er|var)\s(?:at|et|eit|en|ein)\b")
_WISHES = r"(?:vil|ønsker|ønskjer|mener|meiner|må|bør|foreslår|føreslår)"
_SAYS_MORE = re.compile(
    r"\b(?:ikke|ikkje)\s+(?:\w+\s+){0,2}?(?:i|med i|på)\s+"
    r"(?:vedlegget|skjemaet|brevet|svaret|vedtaket|fråsegna|uttalelsen|uttalen|protokollen)\b"
    r"|\b(?:glemte|gløymde|gløymte|glømte)\s+(?:vi|me|jeg|eg|æ|å)\b|\b(?:falt|fall|falle|datt)\s+ut\b|\b(?:ble|blei|vart)\s+(?:glemt|gløymt|utelatt|utelate)\b"
    r"|\b(?:vi|me|jeg|eg)\s+(?:vil|må|ønsker å|ønskjer å)\s+(?:(?:også|og|òg)\s+)?"
    r"(?:ha sagt|få sagt|si|seie|peke på|peike på|nevne|nemne|legge til|leggje til|tilføye|føye|tilføre)\b"
    r"|\b(?:en|ein|ei) (?:ting|sak) (?:til|som (?:ikke|ikkje))\b|\b(?:ikke|ikkje) plass til\b"
    rf"|\b(?:i tillegg|dessuten|ellers|elles|for øvrig) {_WISHES} (?:vi|me)\b|\b(?:vi|me) {_WISHES} (?:\w+ )?(?:dessuten|i tillegg)\b"
    r"|\b(?:resten|de andre svarene|dei andre svara) (?:ligger|ligg|er|følger|følgjer|kommer|kjem) (?:i|som) vedlegg"
    r"|\butenom det som står i (?:vedlegget|skjemaet|brevet)\b")
# What a covering mail wants beside the answer, in a sentence that is not about the sending itself
_WISH = re.compile(r"\b(?:bør|burde|må|ønskes|ønskjer|ønsker|mener|meiner|foreslår|foreslås|føreslår|savner|saknar|etterlyser"
                   r"|vil gjerne|skulle gjerne|kunne tenke|håper|håpar|ber om|altfor)\b")
_FINDS = re.compile(r"\b(?:vi|me|jeg|eg) (?:synes|synest|syns)\b|\b(?:synes|synest|syns) (?:vi|me|jeg|eg)\b")
_ENDORSES = re.compile(r"\b(?:slutter|sluttar|stiller|stillar) (?:vi |me )?(?:oss|seg)\b")
_OF_SENDING = re.compile(
    r"\b(?:kontakt\w*|ring\w*|forbehold|atterhald|mottak\w*|mottatt|motteke|kvitter\w*|bekreft\w*|stadfest\w*|vedlegg\w*|vedlagt\w*|skjema\w*|spørsmål"
    r"|uklar\w*|avklar\w*|oppklar\w*|innspill\w*|innspel\w*|\w*svar\w*|\w*uttale\w*|merknad\w*|behandl\w*|handsam\w*|vedta\w*|godkjen\w*|forsinke\w*"
    r"|beklag\w*|ettersend\w*|e-?post\w*|fil|filen|fila|lykke til|snakkes|til nytte|greit|ok|i orden|"
    r"god (?:lesing|helg|påske|jul|sommer|sumar))\b")
_AWAY = re.compile(r"\b(?:(?:jeg|eg) (?:er|har) (?:nå |no )?(?:på )?(?:ferie|bortreist|fri|permisjon|ute av kontoret|avspasering)"
                   r"|out of office)\b")
_OF_PLAN = r"|\b(?:\w*plan(?:en|a)?|\w*plan(?:utkast|forslag|framlegg)\w*|\w*strategi(?:en)?)\b"
_NO_REMARKS_TO_PAPERS = re.compile(
    r"ingen (?:merknad(?:er|ar)?|kommentar(?:er|ar)?|innvending(?:er|ar)?)\s+(?:til|på)\s+(?:\w+\s+){0,3}?"
    r"(?:referatet?|protokollen?|møteprotokollen|møteboka|møteboken|innkalling(?:a|en)?|dagsorden|sakslist[ae]n?|møtereferatet)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """What the text of a document shows; counts unless said otherwise."""

    words: int  # outside greetings and echoed questions
    questions: int  # configured questions whose text stands in the document
    case_headings: int
    case_title: bool
    minutes: bool  # the word in title or top
    attendance: int
    items: int  # numbered items of a meeting
    answer_words: int  # in the top
    address: bool  # "Vi viser til …"
    opinions: int
    demands: int
    paper: bool  # strategy, report … in the top
    chapters: int
    invitation: bool
    not_an_answer: bool
    only_papers_remark: bool
    says_more: bool  # "ikke med i vedlegget", "i tillegg vil vi": a covering note that goes on
    wishes: int  # sentences beside what echoes the questionnaire that want something and are not about the sending
    own_opinions: int  # opinions and demands beside what echoes the questionnaire
    own_words: int  # words beside what echoes the questionnaire
    speaks: int  # "vi", "oss", "jeg"
    resolves: bool  # "utvalget ble enige om dette svaret:", and more below it

    @property
    def views(self) -> int:
        """Opinions and demands."""
        return self.opinions + self.demands


def cues(document: Document, questions: Sequence[Question]) -> Cues:
    """The cues of one document."""
    body = [b for b in document.blocks if b.text and b.place not in {"properties", "quoted", "comment", "alt"}]
    top = [fold(b.text) for b in body[:TOP]]
    lines = [fold(b.text) for b in body]
    echoes = echoed(body, questions)
    text = " ".join(lines)
    rest = " ".join(line for i, line in enumerate(lines) if i not in echoes)
    own = len(rest.split())
    headings = [line for line, b in zip(lines, body, strict=True) if len(line) < 90]
    return Cues(
        words=len(text.split()),
        questions=len(set(echoes.values())),
        case_headings=len({m.group() for line in headings if (m := _CASE_HEADINGS.match(line))}),
        case_title=any(_CASE_TITLE.search(line) for line in top if len(line) < 120),
        minutes=any(_MINUTES.search(line) and len(line) < 100 for line in top),
        attendance=len({m.group() for line in headings if (m := _ATTENDANCE.match(line))}),
        items=sum(bool(_ITEM.match(line)) for line in lines),
        answer_words=sum(bool(_ANSWER.search(line)) for line in [*top, fold(document.property("subject"))]),
        address=any(_ADDRESS_OPENING.search(line) for line in lines[:30]),
        opinions=len(_OPINION.findall(text)),
        demands=len(_DEMAND.findall(text)),
        paper=any(_PAPER.search(line) for line in [*top[:6], fold(document.property("title"))]
                  if len(line) < 110 and not line.endswith(".")),
        chapters=len({m.group() for line in headings if (m := _CHAPTERS.match(line))}),
        invitation=bool(_INVITATION.search(text)),
        not_an_answer=(bool(_NOT_AN_ANSWER.search(text)) and own < 120 and len(_DEMAND.findall(rest)) < DEMANDS_IN_COVER) or (
            bool(_REMINDER.search(text) or _AWAY.search(text)) and own < 80 and not _DEMAND.search(text)),
        says_more=bool(_SAYS_MORE.search(text) or _FORGOT.search(text)),
        only_papers_remark=bool(_NO_REMARKS_TO_PAPERS.search(text)) and own < 60,
        wishes=len(_ENDORSES.findall(rest)) + len(_FINDS.findall(rest)) + len(_FORGOT.findall(rest)) + sum(
            bool(_WISH.search(one)) and not _OF_SENDING.search(one) for one in re.split(r"[.!?]\s", rest)),
        own_opinions=len(_OPINION.findall(rest)) + len(_DEMAND.findall(rest)),
        own_words=own,
        speaks=len(_WE.findall(rest)),
        resolves=any(_RESOLVES.search(line) for line in lines[:-2]),
    )


def echoed(blocks: Sequence[Block], questions: Sequence[Question]) -> dict[int, str]:
    """Index of a block -> number of the question whose text it repeats (four fifths of the words' lemmas)."""
    wanted = {q.number: _lemmas(q.text) for q in questions}
    found: dict[int, str] = {}
    for i, block in enumerate(blocks):
        words = _lemmas(block.text)
        if len(words) < 3:
            continue
        for number, asked in wanted.items():
            if len(asked) >= 3 and len(words & asked) >= 0.8 * len(asked):
                found[i] = number
                break
    return found


def kind_of(document: Document, seen: Cues, *, body_known: bool, letterhead: bool, many_bodies_as_headings: bool,
            plan_score: float) -> tuple[str, str]:
    """(kind, the Norwegian reason). ``letterhead``: a body speaks in the document's own text."""
    name = plain(document.source.rsplit("/", 1)[-1].replace("_", " ").replace("-", " "))
    if document.format == "zip":
        return "archive", "pakkefil"
    if not seen.words:
        return ("email", "e-post uten tekst") if document.container else ("unknown", "ingen tekst")
    opinionated = seen.views
    answers_questions = seen.questions >= 2 and seen.own_words >= 3 * seen.questions
    if document.container:
        return "email", "e-post"
    if plan_score >= 0.6 and not answers_questions and not (letterhead and seen.answer_words and opinionated > 3):
        return "action_plan", "tabell med tiltak, ansvar og status"
    case_document = seen.case_headings >= 3 or (seen.case_title and seen.case_headings >= 2)
    own_answer = letterhead and (seen.answer_words or seen.attendance) and not many_bodies_as_headings
    if case_document and not own_answer:
        return "earlier_case", "overskrifter som i et saksfremlegg"
    if seen.only_papers_remark or (seen.not_an_answer and not answers_questions):
        return "case_paper", "kort melding uten innspill"
    minutes = (seen.minutes or seen.attendance >= 3 or _MINUTES.search(name)) and not (seen.answer_words and seen.address)
    if minutes:
        holds_answer = answers_questions or (seen.questions and opinionated >= 2)
        of_plan = opinionated >= 8 or (letterhead and seen.items <= _FEW_ITEMS)
        about = _ANSWER.pattern + r"|\bhøring\b|\bhøyring\b|\bsvar(?:et)? (?:til|på)\b" + (_OF_PLAN if of_plan else "")
        about_hearing = body_known and (opinionated >= 3 or seen.resolves) and re.search(about, f"{fold(document.text)} {name}")
        if (holds_answer or about_hearing) and not many_bodies_as_headings:
            return "answer", "referat eller protokoll som inneholder svaret"
        return "minutes", "møtereferat, protokoll eller innkalling"
    if answers_questions and not (seen.invitation and not letterhead and not seen.own_opinions):
        return "answer", "svar på spørsmålene i saken"
    paper = (seen.paper or seen.chapters >= 2 or (_PAPER.search(name) and not _ANSWER.search(name))) and not seen.address
    # A "notat" may be an answer, and one whose sender is not found is for a person, not for the pile of papers.
    full_of_views = _full_of_views(seen, _VIEWS, _WORDS_A_VIEW)
    if paper and not seen.answer_words and (seen.chapters >= 2 or seen.words > 1200 or not (body_known or full_of_views)):
        return "case_paper", "plan, strategi, rapport eller annet saksdokument"
    if seen.questions >= 3 and not letterhead:
        return "case_paper", "spørreskjema eller oversendelsesbrev uten svar"
    if seen.invitation and not body_known and not _dense(seen, seen.own_opinions, _VIEWS, _WORDS_A_VIEW):
        return "case_paper", "oversendelsesbrev"
    if body_known and (letterhead or seen.answer_words or seen.address or opinionated or seen.own_words >= 3):
        if paper and not letterhead and not seen.answer_words and opinionated < 2:
            return "case_paper", "plan, strategi, rapport eller annet saksdokument"
        return "answer", "innspill fra en kjent avsender"
    if seen.answer_words and (seen.address or opinionated >= 2):
        return "answer", "utformet som et innspill"
    if seen.address and opinionated >= 3:
        return "answer", "utformet som et svarbrev"
    personal = _dense(seen, seen.speaks, _SPEAKS, _WORDS_A_WE) and opinionated and not (seen.invitation or paper)
    if not minutes and (full_of_views or personal) and not seen.chapters:
        return "answer", "mulig innspill fra en ukjent avsender"
    if seen.words > 250 or paper:
        return "case_paper", "saksdokument uten kjent avsender"
    if opinionated and seen.own_words >= 6 and not seen.chapters:
        return "answer", "mulig innspill"
    return "unknown", "verken avsender eller type er gjenkjent"


def _full_of_views(seen: Cues, least: int, words: int) -> bool:
    """Whether a document holds so many views at least, and one in so many words."""
    return _dense(seen, seen.views, least, words) and not seen.invitation


def _dense(seen: Cues, views: int, least: int, words: int) -> bool:
    return views >= least and views * words >= seen.own_words


def minutes_full_of_views(seen: Cues) -> bool:
    """Whether minutes hold little else than views."""
    return _full_of_views(seen, 8, _WORDS_A_VIEW_IN_MINUTES)


def forwards_views(document: Document, questions: Sequence[Question]) -> bool:
    """Whether what a mail forwards, and was not read as its text, says so much that a person must look at it."""
    if not tells_forwarding(document.property("subject")):
        return False
    forwarded = tuple(b._replace(place="body") for b in document.blocks if b.place == "quoted")
    return mail_may_hold_answer(cues(replace(document, blocks=forwarded), questions))


def may_hold_answer(kind: str, seen: Cues) -> bool:
    """Whether minutes or a paper of nobody known may be an answer, so that a person must look at it."""
    return (kind == "minutes" and _minutes_may_hold_views(seen)) or (kind == "case_paper" and _note_may_hold_answer(seen))


def _minutes_may_hold_views(seen: Cues) -> bool:
    """Whether minutes hold many views, or say what was sent."""
    short = seen.words <= _FEW_WORDS and not seen.invitation
    return _full_of_views(seen, 8, _WORDS_A_VIEW) or (short and (seen.resolves or _dense(seen, seen.views, 3, _WORDS_A_VIEW)))


def _note_may_hold_answer(seen: Cues) -> bool:
    """Whether a paper is short, and in the first person or with a view."""
    return (_SAYS_SOMETHING <= seen.own_words <= _FEW_WORDS // 2 and (seen.views > 0 or seen.speaks > 1) and not seen.chapters
            and not (seen.invitation or seen.not_an_answer or seen.only_papers_remark))


def mail_holds_answer(seen: Cues, *, body_known: bool, child_answers: bool) -> bool:
    """Whether a mail's own text is an answer. Beside an attached answer it must say much to count as more
    than a covering note."""
    if seen.only_papers_remark or seen.not_an_answer or not seen.words:
        return False
    if _says_much(seen, child_answers) or (child_answers and seen.wishes > 0):
        return True
    if child_answers:
        return False
    if body_known:
        return seen.own_words >= 3
    return seen.views >= (3 if seen.answer_words else 5) and seen.own_words >= 60 and (
        bool(seen.answer_words) or not seen.invitation)


def only_wishes(seen: Cues) -> bool:
    """Whether a mail beside an attached answer is an answer too for a wish or two in its covering note only."""
    return not _says_much(seen, True)


def _says_much(seen: Cues, child_answers: bool) -> bool:
    """Whether a mail answers the questions, or says more than a covering note does."""
    if seen.questions >= 2 and seen.own_words >= 3 * seen.questions:
        return True
    opinionated = seen.views
    return child_answers and ((opinionated >= 4 and seen.own_words >= 80) or seen.demands >= DEMANDS_IN_COVER
                              or (seen.says_more and (opinionated > 0 or seen.own_words >= _SAYS_SOMETHING)))


def mail_may_hold_answer(seen: Cues) -> bool:
    """Whether a mail that was taken for none says so much that a person must look at it."""
    return seen.own_words >= 25 and seen.views >= 1 and not (
        seen.invitation or seen.not_an_answer or seen.only_papers_remark)


_STOP = frozenset((
    "og", "i", "på", "for", "er", "en", "et", "ei", "eit", "som", "til", "av", "med", "det", "de", "den", "har", "kan", "om", "å", "at",
    "seg", "sin", "sitt", "sine", "dere", "deres", "vi", "me", "dykk", "dykkar", "hvordan", "korleis", "hva", "kva", "hvilke", "noe",
    "noko", "herunder", "eller", "være", "vere", "bli", "blir",
))


def _lemmas(text: str) -> frozenset[str]:
    return frozenset(lemma(w) for w in plain(text).split() if w not in _STOP)
