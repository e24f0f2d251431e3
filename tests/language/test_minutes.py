"""Minutes that hold an answer as one item among many."""

import pytest

from pipeline.language import minutes, segment
from tests.language.answers import QUESTIONS, answer, heading, item, kept, read


@pytest.mark.parametrize("line", ["Sak 14/25 Høring", "14/2025: Høring", "PS 3/25 Uttalelse", "Saksnr. 7/25 – Plan", "SAK 4 Innspill"])
def test_items_open_with_their_number(line):
    """The usual ways of numbering items are known."""
    assert minutes.starts_item(line)


@pytest.mark.parametrize("line", [
    "Saken er viktig.", "Saksbehandlere trenger opplæring.", "14 tiltak er for mange.",
    "Vi viser til sak 14/25 og mener at planen må endres.",
])
def test_sentences_open_no_item(line):
    """A sentence about a sak is no title."""
    assert not minutes.starts_item(line)


MINUTES = (
    "Protokoll", "Til stede:", "Anne Vold, Fjellvik", "Per Lie, Strandby",
    heading("Sak 21/25 Godkjenning av innkalling"), "Ingen merknader til innkallingen.",
    heading("Sak 22/25 Orienteringer"), "Legevakten bør flyttes, sa brannsjefen.",
    heading("Sak 23/25 Innspill til planen"), "Saksopplysninger:", "Planen gjelder ut 2027.", "Behandling:", "Vedtak:",
    "Tiltakene må tallfestes og knyttes til ansvarlig leder.", "Votering:", "Enstemmig.",
    heading("Sak 24/25 Eventuelt"), "Utvalget bør kjøpe kaffe.")


def test_only_the_item_that_answers_is_substance():
    """Other items, attendance, background and voting are noise, however opinionated."""
    assert kept(read(*MINUTES)) == ["Tiltakene må tallfestes og knyttes til ansvarlig leder."]


def test_trap_7_no_remarks_to_the_notice_is_no_answer():
    """ "Ingen merknader til innkallingen" is the minutes' wrapping; "ingen merknader" in the answering item is an answer."""
    sifted = read(*MINUTES[:-4], "Ingen merknader.", *MINUTES[-4:])
    assert [s.text for s in sifted if s.type == "no_remarks"] == ["Ingen merknader."]


def test_minutes_of_nothing_but_views_are_the_answer_all_through():
    """A youth council with an item for the matter, one for the bus and one for what comes after; thin items stay outside."""
    lines = (heading("Sak 1: Er tiltakene fortsatt relevante?"), "Tiltakene må tallfestes.",
             heading("Sak 2: Bussen"), "Bussen må ha belter.", "Turen bør ikke ta mer enn førti minutter.", "Vi mangler sykkelvei.",
             heading("Sak 3: Hvis det blir sånn"), "Den nye delen må være ferdig.", "Uteplassen er dårlig.", "Skolen bør bli grendehus.")
    assert len(kept(read("Referat fra elevrådet", *lines))) == 7
    assert kept(read("Referat fra elevrådet", *lines, heading("Sak 4: Basar"), "Basaren er på lørdag.", "Kakene må stå kjølig.")) == ["Tiltakene må tallfestes."]


def test_items_without_any_view_are_outside_where_another_is_full_of_views():
    """No title tells which item holds the answer; where none is full of views, everything is kept."""
    bought = (heading("Sak 18 Kjøp av telt"), "Vedtatt.")
    views = (heading("Sak 19 Skog og stier"), "Stiene må merkes.", "Bålplassen bør flyttes.", "Vi mangler benker.")
    assert kept(read("Referat fra ungdomsrådet", *bought, *views, asked=())) == list(views[1:])
    assert "Vedtatt." in kept(read("Referat fra ungdomsrådet", *bought, *views[:2], asked=()))


def test_trap_11_rs_numbers_are_referatsaker():
    """ "RS 12/25" numbers a referatsak and speaks for no body."""
    sifted = read("Protokoll", heading("RS 12/25 Brev fra fylket"), "Fylket bør svare.", heading("PS 13/25 Høring av planen"),
                  "Planen må kortes ned.")
    assert kept(sifted) == ["Planen må kortes ned."]


def test_numbered_titles_without_sak_are_items_too():
    """Minutes that number their items 1, 2, 3 are read the same way."""
    sifted = read("Referat fra møte", item("Godkjenning av innkalling", "1."), "Godkjent.", item("Innspill til planen", "2."),
                  "Målene er for vage.", item("Eventuelt", "3."), "Kaffen bør bli bedre.")
    assert kept(sifted) == ["Målene er for vage."]


def test_minutes_without_a_recognised_answer_are_kept():
    """When no item looks like the answer nothing is dropped for being another item."""
    statements = segment.cut(answer("Sak 1/25 Kaffe", "Den bør bli bedre.", "Sak 2/25 Te", "Den bør bli varmere."))
    assert minutes.read(statements, ()) is None


def test_an_answer_that_is_no_minutes_has_no_places():
    """A letter is not minutes."""
    assert minutes.read(segment.cut(answer("Vi mener planen er god.", "Færre tiltak.")), QUESTIONS) is None
