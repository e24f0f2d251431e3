"""The run report by e-mail: off until a server is named in config.toml, and then the only use of a network.

The message holds names of cases, bodies and files and what is to be done, never what anyone has answered.
"""

from __future__ import annotations

import contextlib
import os
import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Protocol

from pipeline.errors import SaksutkastError

PASSWORD = "SSU_SMTP_PASSWORD"  # noqa: S105 - the name of the environment variable
SECURITY = ("starttls", "tls", "none")
SECONDS = 30


class MailNotSent(SaksutkastError):
    """The server refused or did not answer. The run itself is done."""

    exit_code = 0


class Mail(Protocol):
    """The settings under ``[mail]``; an empty ``server`` switches mail off."""

    server: str
    port: int
    security: str
    sender: str
    recipients: tuple[str, ...]
    user: str


def wanted(mail: Mail) -> bool:
    """Whether the user has switched e-mail on."""
    return bool(mail.server.strip() and mail.recipients)


def send(mail: Mail, subject: str, text: str, html: str = "") -> None:
    """Send the report to all recipients. Does nothing when mail is off. Raises MailNotSent with the remedy in Norwegian."""
    if not wanted(mail):
        return
    message = compose(mail.sender or mail.recipients[0], mail.recipients, subject, text, html)
    password = os.environ.get(PASSWORD, "")
    try:
        with contextlib.closing(_connect(mail)) as server:
            if mail.user:
                server.login(mail.user, password)
            server.send_message(message)
            with contextlib.suppress(smtplib.SMTPException, OSError):
                server.quit()
    except smtplib.SMTPAuthenticationError as error:
        raise MailNotSent(f"Rapporten er ikke sendt: {mail.server} godtok ikke brukeren «{mail.user}». "
                          f"Kontroller mail.user og passordet i miljøvariabelen {PASSWORD}.") from error
    except smtplib.SMTPRecipientsRefused as error:
        raise MailNotSent(f"Rapporten er ikke sendt: {mail.server} godtok ikke mottakerne. Kontroller mail.recipients.") from error
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise MailNotSent(f"Rapporten er ikke sendt: fikk ikke levert til {mail.server}:{mail.port} ({type(error).__name__}). "
                          "Kontroller mail.server, mail.port og mail.security, og at nettet er oppe.") from error


def compose(sender: str, recipients: Sequence[str], subject: str, text: str, html: str = "") -> EmailMessage:
    """The message; line breaks cannot smuggle headers into it."""
    message = EmailMessage()
    message["From"] = _one_line(sender)
    message["To"] = ", ".join(_one_line(r) for r in recipients)
    message["Subject"] = _one_line(subject)
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain="ssu.invalid")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def _connect(mail: Mail) -> smtplib.SMTP:
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.server, mail.port, timeout=SECONDS, context=ssl.create_default_context())
    server = smtplib.SMTP(mail.server, mail.port, timeout=SECONDS)
    if mail.security == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    elif mail.security != "none":
        server.close()
        raise ValueError(mail.security)
    return server


def _one_line(text: str) -> str:
    return " ".join(text.split())
