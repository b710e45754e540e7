"""A mail to try the settings with: a handout of nobody's, to whoever tries."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from handouts.content.library import Library
from handouts.mail.config import Config
from handouts.mail.letter import write_letter
from handouts.mail.message import Envelope, build_message
from handouts.mail.session import LostError, Session
from handouts.order import Order
from handouts.pipeline import make_handout


def trial_mail(library: Library, clinic_id: str, config: Config, recipient: str, now: float) -> bytes:
    """Return a mail as patients get it, with a clinic's first handout, for no patient and not locked.

    Raises HandoutError as :func:`handouts.make_handout` does.
    """
    moment = datetime.fromtimestamp(now, UTC)
    clinic = library.clinic(clinic_id)
    made = make_handout(
        library, library.ids("condition")[0], clinic_id, Order(moment.date(), paper=clinic.paper)
    )
    letter = write_letter(library, clinic, "en", locked=False)
    envelope = Envelope(secrets.token_hex(16), config.sender, config.reply_to, recipient)
    return build_message(envelope, letter, made.pdf, moment)


def send_trial(session: Session, recipient: str, data: bytes) -> str:
    """Send it, and return what the server has against it; empty if nothing."""
    try:
        refusal = session.offer(recipient, len(data), secrets.token_hex(16))
        reply = refusal or session.hand_over(data)
    except LostError:
        return "the connection broke"
    finally:
        session.close()
    return "" if reply.outcome == "accepted" else str(reply)
