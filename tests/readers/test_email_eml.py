"""E-mail messages."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from other_corpus import mail

from pipeline.config import Limits
from pipeline.errors import OverLimit
from pipeline.readers import Options, email_eml

BODY = """Hei!

Utvalget har behandlet saken og mener at planen er for lang til å være et godt verktøy for ledere som
skal følge den opp.

Med vennlig hilsen
Ås Øvrebø
rådgiver

Den 1. okt. 2025 kl. 10.12 skrev Sekretariatet
<post@utvalg.example>:
> Vi ber om innspill innen fristen.
> Hilsen oss
"""


def read(message: EmailMessage | bytes):
    data = message if isinstance(message, bytes) else message.as_bytes()
    return email_eml.read(data, "svar.eml", Options())


def by_place(content) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for block in content.blocks:
        out.setdefault(block.place, []).append(block.text)
    return out


def test_body_signature_and_quote_are_told_apart() -> None:
    """Only the body can hold an answer."""
    places = by_place(read(mail(BODY)))
    assert places["body"] == [
        "Hei!",
        "Utvalget har behandlet saken og mener at planen er for lang til å være et godt "
        "verktøy for ledere som skal følge den opp.",
    ]
    assert places["signature"] == ["Med vennlig hilsen", "Ås Øvrebø", "rådgiver"]
    assert places["quoted"][-2:] == ["Vi ber om innspill innen fristen.", "Hilsen oss"]


def test_header_fields_are_properties_and_blocks() -> None:
    """The date is the sender's own day."""
    content = read(mail())
    assert dict(content.properties) == {
        "sender": "Ås Øvrebø <as@nord.example>",
        "sent": "2025-10-12",
        "subject": "Innspill",
    }
    assert "Emne: Innspill" in by_place(content)["properties"]
    assert content.container


@pytest.mark.parametrize(
    "quote",
    [
        "-----Opprinnelig melding-----\nFra: A\n\nGammel tekst",
        "Fra: A <a@x.example>\nSendt: 1. oktober 2025\nTil: B\nEmne: Innspill\n\nGammel tekst",
        "On Wed, Oct 1, 2025 at 10:12 A <a@x.example> wrote:\n> Gammel tekst",
        "________________________________\nFrom: A\nSent: Wednesday\nTo: B\nSubject: C\n\nGammel tekst",
    ],
)
def test_earlier_messages_in_every_program_s_way(quote: str) -> None:
    """Dividers, header blocks and "skrev"."""
    places = by_place(read(mail(f"Vi støtter planen slik den er.\n\n{quote}\n")))
    assert places["body"] == ["Vi støtter planen slik den er."]
    assert "Gammel tekst" in places["quoted"]


HEAD = "Fra: Sekretariatet <post@utvalg.example>\nSendt: 2. mai 2025 09:12\nEmne: Purring\n"


def test_answers_between_the_quoted_lines_of_an_earlier_message_are_the_body() -> None:
    """Below the head of the earlier message stand its questions, each with the answer that the writer put there."""
    text = f"Hei!\n\nSvarene står under.\n\nHilsen Ås\n\n{HEAD}\n> Vi minner om fristen.\n\n> 1 Er planen for lang?\n\nJa, altfor lang.\n\n> 2 Hva mangler?\n\nTolk.\n"
    places = by_place(read(mail(text)))
    assert places["body"][-2:] == ["Ja, altfor lang.", "Tolk."] and "Ja, altfor lang." not in places["quoted"]


def test_an_earlier_message_that_quotes_a_still_earlier_one_is_quoted_all_through() -> None:
    """One quotation below it is no row of answers; neither is one below a letter of the writer's own."""
    once = f"Hei, enig i dette.\n\n{HEAD}\nVi ber om svar.\n\n> Når er fristen?\n> Hilsen Ås\n\nMvh sekretariatet\n"
    assert "Mvh sekretariatet" not in by_place(read(mail(once)))["body"]
    own = "Planen er for lang og må bli kortere. " * 20
    long = f"{own}\n\n{HEAD}\n> Når er fristen?\n\nFredag.\n\n> Hvem leser svaret?\n\nVi gjør det.\n"
    assert "Fredag." not in by_place(read(mail(long)))["body"]


def test_a_forwarded_answer_is_the_body() -> None:
    """A mail that only passes on another one carries that one's text, and says so."""
    body = "Se under.\n\nFra: Per\nSendt: 1. oktober 2025\nTil: B\nEmne: Svar\n\nVi ønsker færre tiltak i planen.\n"
    content = read(mail(body, subject="VS: Svar"))
    assert by_place(content)["body"] == ["Se under.", "Vi ønsker færre tiltak i planen."]
    assert [f.kind for f in content.findings] == ["forwarded_message"]


FORWARDED = "Jeg synes båten bør gå oftere, også på søndager.\n"
COVER = "Hei, sender dette videre for Per, som ikke fikk det til å gå fra sin egen maskin. Det er hele laget som står bak, ikke bare han. Hilsen Eva i resepsjonen"


@pytest.mark.parametrize("head", [
    "Fra: Per\nSendt: 1. oktober 2025\nTil: Eva\nEmne: Svar\n\n", "Fra: Per\n\nSendt: 1. oktober 2025\n\nTil: Eva\n\nEmne: Svar\n\n",
    "Begin forwarded message:\n\nFrom: Per\nDate: 8 February 2025\nTo: Eva\nSubject: Svar\n\n",
    "-----Opprinneleg melding-----\nFrå: Per\nSendt: onsdag\nTil: Eva\nEmne: Svar\n\n",
])
def test_what_is_forwarded_below_a_covering_note_is_the_body(head: str) -> None:
    """The note may be some sentences long where it says nothing of the matter; the message's head may be set in every program's way."""
    content = read(mail(f"{COVER}\n\n{head}{FORWARDED}", subject="VS: Svar"))
    assert by_place(content)["body"][-1] == FORWARDED.strip()
    assert [f.kind for f in content.findings] == ["forwarded_message"]


HEAD_BEHIND_SIGNS = "Start på videresendt melding:\n\n> Fra: Per\n> Dato: 8. februar 2025\n> Til: Eva\n> Emne: Svar\n>\n"


@pytest.mark.parametrize("head", [HEAD_BEHIND_SIGNS, ""])
def test_what_is_forwarded_behind_signs_is_the_body(head: str) -> None:
    """As Apple Mail sends it, and where the writer has the answer quoted without its head; what is quoted there too is left out."""
    content = read(mail(f"Hei, her er svaret fra laget.\n\n{head}> Båten bør gå oftere.\n> Den må gå på søndager.\n>> Hva ønsker dere?\n"))
    assert by_place(content)["body"][-2:] == ["Båten bør gå oftere.", "Den må gå på søndager."]
    assert "Hva ønsker dere?" in by_place(content)["quoted"]
    assert [f.kind for f in content.findings] == ["forwarded_message"]


@pytest.mark.parametrize("text", [
    "Takk for minnet.\n\n> Dere må svare, og svaret bør komme snart. Vi minner om fristen.\n",
    "Vi mener planen er for lang.\n\n> Dere bør svare, og svaret må være kort.\n",
    "Vi svarer i morgen.\n\n> Dere bør svare.\n",
    "Takk.\n\nDen 3. okt. 2025 kl. 10.12 skrev Per <per@x.example>:\n> Dere bør svare, og svaret må være kort.\n",
])
def test_what_a_reply_quotes_is_no_answer(text: str) -> None:
    """An invitation, what stands under the writer's own view, a single sentence, and what an earlier message says, stay quoted."""
    content = read(mail(text))
    assert by_place(content)["quoted"] and not content.findings


@pytest.mark.parametrize("wish", ["Den nye kaia vil vi ha på vestsida.", "Vi vil ikke miste kveldsruta.", "Det trengs et skur til."])
def test_what_is_forwarded_may_wish_in_other_words(wish: str) -> None:
    """ "Vil vi ha" and "det trengs" are views as much as "bør"."""
    content = read(mail(f"{COVER}\n\nFra: Per\nSendt: 1. oktober 2025\nTil: Eva\nEmne: Svar\n\n{wish}\n", subject="VS: Svar"))
    assert by_place(content)["body"][-1] == wish


@pytest.mark.parametrize(("note", "message"), [
    (COVER.replace("Hilsen", "Vi mener planen er for lang. Hilsen"), FORWARDED), (COVER, "Vi minner om fristen, og ber om svar om hva som bør endres.\n"),
])
def test_who_answers_above_a_forwarded_message_is_not_passed_over(note: str, message: str) -> None:
    """A note with a view of its own, and one above an invitation, are the writer's own words."""
    content = read(mail(f"{note}\n\nFra: Per\nSendt: 1. oktober 2025\nTil: Eva\nEmne: Svar\n\n{message}", subject="VS: Svar"))
    assert message.strip() in by_place(content)["quoted"]


def test_html_is_read_when_plain_text_is_a_stub() -> None:
    """Some programs leave only a notice in the plain part."""
    html = "<p>Vi mener at ansvaret må ligge hos kommunedirektøren.</p><ul><li>Gjelder alle tiltak</li></ul>"
    assert by_place(read(mail("Vises i HTML", html=html * 3)))["body"][0].startswith("Vi mener at ansvaret")
    assert by_place(read(mail("\n", html=html)))["body"] == [
        "Vi mener at ansvaret må ligge hos kommunedirektøren.",
        "Gjelder alle tiltak",
    ]


def test_plain_text_is_preferred_to_html() -> None:
    """The same words are not read twice."""
    assert by_place(read(mail("Vi støtter planen.", html="<p>Vi støtter planen.</p>")))["body"] == [
        "Vi støtter planen."
    ]


def test_attachments_and_messages_inside() -> None:
    """A message inside is a file of its own."""
    inner = mail("Det første brevet.", subject="Første")
    content = read(mail(attachments=[("svar å.docx", b"abc"), ("../../x", b"d")], inner=inner))
    assert [a.name for a in content.attachments] == ["svar å.docx", "../../x", "melding.eml"]
    assert by_place(email_eml.read(content.attachments[2].data, "m.eml", Options()))["body"] == ["Det første brevet."]
    assert "Det første brevet." not in by_place(content)["body"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_a_whole_mail_in_another_encoding(encoding: str) -> None:
    """Some archives save mails as UTF-16."""
    data = mail("Vi ønsker møter på Ås.").as_bytes().decode().encode(encoding)
    assert email_eml.sniff(data, "x") == 3
    assert by_place(read(data))["body"] == ["Vi ønsker møter på Ås."]


@pytest.mark.parametrize("charset", ["x-unknown", "iso-8859-1", "us-ascii", "windows-1252", ""])
def test_wrong_and_missing_charsets(charset: str) -> None:
    """The bytes decide when the label is wrong."""
    kind = f"; charset={charset}" if charset else ""
    data = f"From: a@x.example\nSubject: S\nContent-Type: text/plain{kind}\n\nRådet støtter ønsket – på nytt.".encode(
        "cp1252"
    )
    assert by_place(read(data))["body"] == ["Rådet støtter ønsket – på nytt."]


def test_flowed_text_is_joined() -> None:
    """RFC 3676: a line that ends in a blank goes on."""
    data = (
        b"From: a@x.example\nSubject: S\nContent-Type: text/plain; format=flowed\n\nVi vil ha \nfaerre tiltak \n"
        b"i planen.\nTakk."
    )
    assert by_place(read(data))["body"] == ["Vi vil ha faerre tiltak i planen.", "Takk."]


def test_raw_letters_in_headers() -> None:
    """Headers that are not encoded as they should be."""
    content = read("From: Åse <a@x.example>\nSubject: =?x-unknown?q?Sv=E5r?=\n\nHei der".encode())
    assert dict(content.properties)["sender"] == "Åse <a@x.example>"


def test_too_many_parts() -> None:
    """The limit is named."""
    message = mail(attachments=[(f"{i}.txt", b"x") for i in range(40)])
    with pytest.raises(OverLimit, match="files_per_archive"):
        email_eml.read(message.as_bytes(), "x.eml", Options(limits=Limits(files_per_archive=5)))


def test_inline_logos_are_left_out_but_scans_are_not() -> None:
    """A small picture shown in the signature is no document; a large one may be the answer."""
    message = mail()
    for name, size in (("logo.png", 500), ("skann.png", 60_000)):
        message.add_attachment(b"x" * size, maintype="image", subtype="png", filename=name, cid=f"<{name}>")
    assert [a.name for a in read(message).attachments] == ["skann.png"]


def test_a_name_in_an_alphabet_that_there_is_none_of_is_taken_as_it_stands() -> None:
    """The alphabet's own name was damaged: the attachment is still there."""
    message = EmailMessage()
    message.set_content(BODY)
    message.add_attachment(b"Vi stoetter planen.", maintype="text", subtype="plain", filename="navn.txt")
    data = message.as_bytes().replace(b'filename="navn.txt"', 'filename="=?u\u00a0tf-8?q?navn.txt?="'.encode())
    assert [a.data for a in read(data).attachments] == [b"Vi stoetter planen."]
