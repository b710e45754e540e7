"""One mail as bytes: whom it is for, the letter, the file. Pure, and read back before it is given away.

The same message always has the same Message-ID, so that a server or a reader can see a second copy. The
attachment is always called the same. Nothing of the patient but the address is in it, outside of the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import format_datetime

from handouts.mail.address import domain_of, read_address
from handouts.mail.letter import Letter

ATTACHMENT = "handout.pdf"
OVERHEAD = 30_000
"""The most bytes that headers and letter take, encoded."""

# All in 7 bits: a relay that knows no 8BITMIME has nothing to change.
_POLICY = policy.SMTP.clone(cte_type="7bit")
_ONCE = ("From", "To", "Reply-To", "Subject", "Message-ID", "Date", "Auto-Submitted", "MIME-Version")
_SHORT = 60
_PLAIN = "-&'!/+"
_NEVER = ("Cc", "Bcc", "Sender", "Resent-To", "Resent-Cc", "Resent-Bcc")


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes to whom, under which key; addresses have been read by :func:`read_address`."""

    key: str
    sender: str
    reply_to: str
    recipient: str = field(repr=False)

    @property
    def message_id(self) -> str:
        """What names the message to all the world, and says nothing of anybody."""
        return f"<{self.key}@{domain_of(self.sender)}>"


def build_message(envelope: Envelope, letter: Letter, pdf: bytes, date: datetime) -> bytes:
    """Return a mail, ready for SMTP: lines end with CR LF, all bytes are ASCII.

    Raises ValueError for what would not be read back as it was meant; no roster's cell can cause that, as
    addresses are read before.
    """
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address(_name(letter.clinic, envelope.sender), addr_spec=envelope.sender)
    message["To"] = Address(addr_spec=read_address(envelope.recipient))
    message["Reply-To"] = Address(addr_spec=envelope.reply_to)
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = format_datetime(date)
    message["Message-ID"] = envelope.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=ATTACHMENT)
    data = message.as_bytes()
    _read_back(data, envelope, letter)
    return data


def encoded_size(file_bytes: int) -> int:
    """Return about how long a mail with a file is; never less than it is."""
    lines = -(-file_bytes // 57)
    return lines * 78 + OVERHEAD


def _read_back(data: bytes, envelope: Envelope, letter: Letter) -> None:
    """Refuse headers that a reader would take for something else than was meant."""
    read = BytesHeaderParser(policy=policy.SMTP).parsebytes(data)
    wanted = {
        "From": [envelope.sender],
        "To": [envelope.recipient],
        "Reply-To": [envelope.reply_to],
    }
    for name, addresses in wanted.items():
        if [one.addr_spec for one in read[name].addresses] != addresses:
            raise ValueError(f"{name} would be read as another address")
    if any(len(read.get_all(name, [])) != 1 for name in _ONCE) or any(name in read for name in _NEVER):
        raise ValueError("a header would be there twice, or one too many")
    subject = " ".join(str(read["Subject"]).split())
    if subject != _one_line(letter.subject) or read["Message-ID"] != envelope.message_id:
        raise ValueError("the subject would be read as another one")


def _name(clinic: str, address: str) -> str:
    """Return a clinic's name for From.

    Where Python has to fold or encode the line it loses the quotation marks round a comma or a dot, and one
    sender would become two. So only a short name in ASCII keeps its signs.
    """
    name = _one_line(clinic)
    if name.isascii() and len(name) + len(address) < _SHORT:
        return name
    return _one_line("".join(letter if letter.isalnum() or letter in _PLAIN else " " for letter in name))


def _one_line(words: str) -> str:
    """Return words that are one line of a header and nothing else.

    What looks like an encoded word is broken up: Python decodes it before it folds the line, and a line break
    that is encoded in it becomes a real one (CVE-2024-6923).
    """
    said = "".join(letter if letter.isprintable() else " " for letter in words)
    return " ".join(said.replace("=?", "= ?").split())
