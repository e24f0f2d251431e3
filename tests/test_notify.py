"""Mail is off until a server is named; then the report is sent, and a refusal is said in Norwegian."""

import smtplib
from dataclasses import dataclass, replace

import pytest

from pipeline import notify


@dataclass(frozen=True)
class Mail:
    server: str = "post.example.no"
    port: int = 587
    security: str = "starttls"
    sender: str = "ssu@example.no"
    recipients: tuple[str, ...] = ("a@example.no", "b@example.no")
    user: str = ""


class Server:
    """Stands for smtplib.SMTP; keeps what was done to it."""

    def __init__(self, trail, fail=None):
        self.trail, self.fail = trail, fail

    def __call__(self, host, port, **options):
        self.trail.append(("connect", host, port, sorted(options)))
        return self

    def _do(self, *what):
        self.trail.append(what)
        if self.fail and what[0] == self.fail[0]:
            raise self.fail[1]

    def starttls(self, context):
        self._do("starttls", context.verify_mode.name)

    def login(self, user, password):
        self._do("login", user, password)

    def send_message(self, message):
        self._do("send", message)

    def quit(self):
        self._do("quit")

    def close(self):
        self._do("close")


def served(monkeypatch, fail=None):
    trail = []
    monkeypatch.setattr(smtplib, "SMTP", Server(trail, fail))
    monkeypatch.setattr(smtplib, "SMTP_SSL", Server(trail, fail))
    return trail


@pytest.mark.parametrize("off", [{"server": ""}, {"server": "  "}, {"recipients": ()}])
def test_mail_is_off_without_a_server_or_a_recipient(monkeypatch, off):
    """Nothing is connected to."""
    trail = served(monkeypatch)
    mail = replace(Mail(), **off)
    assert not notify.wanted(mail)
    notify.send(mail, "emne", "tekst")
    assert trail == []


def test_the_report_is_sent_encrypted_to_all_recipients(monkeypatch):
    """With a certificate that is checked, and text and page as alternatives."""
    trail = served(monkeypatch)
    notify.send(Mail(), "SSU saksutkast: én sak å se på", "teksten æøå", "<p>siden</p>")
    assert [step[0] for step in trail] == ["connect", "starttls", "send", "quit", "close"]
    assert trail[1] == ("starttls", "CERT_REQUIRED")
    message = trail[2][1]
    assert message["To"] == "a@example.no, b@example.no"
    assert message["Subject"] == "SSU saksutkast: én sak å se på"
    assert message.get_body(("plain",)).get_content().strip() == "teksten æøå"
    assert "<p>siden</p>" in message.get_body(("html",)).get_content()


def test_the_password_comes_from_the_environment(monkeypatch):
    """It never stands in config.toml."""
    trail = served(monkeypatch)
    monkeypatch.setenv(notify.PASSWORD, "hemmelig")
    notify.send(replace(Mail(), user="ssu", security="tls", port=465), "e", "t")
    assert ("login", "ssu", "hemmelig") in trail


@pytest.mark.parametrize(("fail", "words"), [
    (("login", smtplib.SMTPAuthenticationError(535, b"nei")), "mail.user"),
    (("send", smtplib.SMTPRecipientsRefused({})), "mail.recipients"),
    (("starttls", smtplib.SMTPNotSupportedError()), "mail.security"),
    (("send", TimeoutError()), "mail.server"),
])
def test_a_refusal_says_what_to_look_at(monkeypatch, fail, words):
    """The run is done all the same: the error carries the exit code 0."""
    trail = served(monkeypatch, fail)
    with pytest.raises(notify.MailNotSent, match=words.replace(".", r"\.")) as caught:
        notify.send(replace(Mail(), user="ssu"), "e", "t")
    assert caught.value.exit_code == 0
    assert trail[-1] == ("close",), "no connection is left open"


def test_an_unknown_security_is_refused_before_anything_is_sent(monkeypatch):
    """A spelling mistake must not mean an open line."""
    trail = served(monkeypatch)
    with pytest.raises(notify.MailNotSent):
        notify.send(replace(Mail(), security="startls"), "e", "t")
    assert "send" not in [step[0] for step in trail]


def test_line_breaks_cannot_add_headers():
    """A case named with a line break and a header stays one subject."""
    message = notify.compose("a@b.no", ["c@d.no"], "sak\r\nBcc: x@y.no", "t")
    assert message["Bcc"] is None
    assert message["Subject"] == "sak Bcc: x@y.no"
