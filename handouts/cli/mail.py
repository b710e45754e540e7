"""Mail the files of a batch to their patients, or look after what was mailed.

With the folder of a batch it sends. Instead of one: status (what became of each mail), resolve (say what
became of those in doubt), cancel (what has not left), purge (forget old addresses), import-bounces (read
mail that came back).
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.cli import mail_desk, settings, talk
from handouts.cli.output import Delivery
from handouts.cli.stopping import stoppable_soon
from handouts.errors import UsageError

if TYPE_CHECKING:
    from handouts.content.library import Library
    from handouts.mail.candidates import Batch, Candidate, Withheld
    from handouts.mail.config import Config
    from handouts.mail.ledger import Ledger
    from handouts.mail.post import Post
    from handouts.mail.sender import Tally

NAME = "mail"
HELP = "the files of a batch to their patients"
REFUSED = 3
"""The exit code where part did not go out, and the rest has."""
MOST_DELAY_MIN = 1440
DRY_FOLDER = "mail-dry-run"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the words of this command."""
    desk = "|".join(mail_desk.ACTIONS)
    parser.add_argument("what", metavar=f"DIR|{desk}", help="the folder that a batch has made, or a task")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE.eml", help="for import-bounces")
    parser.add_argument("--config", type=Path, metavar="FILE", help="the clinic's settings: see docs/mail.md")
    sending = parser.add_argument_group("to send")
    sending.add_argument(
        "--roster", type=Path, metavar="ROSTER.csv", help="the one that the batch was made of"
    )
    sending.add_argument(
        "--passphrases", type=Path, metavar="FILE.csv", help="id,passphrase: what locks each patient's file"
    )
    sending.add_argument(
        "--dry-run", action="store_true", help=f"write all mails to DIR/{DRY_FOLDER}, send none"
    )
    sending.add_argument("--test-to", metavar="ADDRESS", help="send one mail of nobody's, and no other")
    sending.add_argument(
        "--delay", type=_minutes, metavar="MIN", help="minutes to cancel it in (default: undo_min)"
    )
    mail_desk.add_options(parser)


def run(args: argparse.Namespace) -> int:
    """Send, or do what is asked of the ledger."""
    if args.config is None:
        raise UsageError(
            "say which settings: --config FILE.", advice="See docs/mail.md for one to start from."
        )
    if args.what in mail_desk.ACTIONS:
        return mail_desk.run(args)
    mail_desk.refuse_options(args)
    from handouts.mail.config import Config

    if args.roster is None:
        raise UsageError(
            "say of which roster: --roster ROSTER.csv.", advice="The one that the batch was made of."
        )
    config = Config.read(args.config)
    library = settings.library(args)
    batch, found = _found(args, config, library)
    if args.test_to:
        return _try(args, config, library, found)
    return _send(args, config, library, batch, found)


class _Clock:
    """The machine's own."""

    def now(self) -> float:
        return time.time()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


def _found(
    args: argparse.Namespace, config: Config, library: Library
) -> tuple[Batch, list[Candidate | Withheld]]:
    from handouts.mail.candidates import Batch, candidates, open_roster
    from handouts.mail.ledger import Ledger
    from handouts.mail.passphrases import Passphrases

    batch = Batch.read(Path(args.what))
    passphrases = Passphrases.read(args.passphrases) if args.passphrases else Passphrases()
    with (
        open_roster(batch, args.roster, library) as roster,
        Ledger.open(config.ledger, make=True) as ledger,
    ):
        return batch, list(
            candidates(
                batch,
                roster.rows(),
                passphrases,
                config.most_bytes,
                lambda address: ledger.is_suppressed(ledger.veil(address)),
            )
        )


def _send(
    args: argparse.Namespace,
    config: Config,
    library: Library,
    batch: Batch,
    found: list[Candidate | Withheld],
) -> int:
    from handouts.mail.candidates import Candidate, Withheld
    from handouts.mail.ledger import Ledger
    from handouts.mail.post import Post

    clock = _Clock()
    withheld = [one for one in found if isinstance(one, Withheld)]
    for one in withheld:
        talk.result(f"row {one.row}: not sent: {one.reason}")
    with Ledger.open(config.ledger, make=True) as ledger:
        chosen = (one for one in found if isinstance(one, Candidate))
        post = Post(batch.run, chosen, ledger, config, library, clock)
        if args.dry_run:
            return _write_down(post, batch.folder, withheld)
        with ledger.only_sender():
            tally, code = _hand_over(args, config, ledger, post, clock)
    for row, reason in tally.withheld:
        talk.result(f"row {row}: not sent: {reason}")
    return code or (REFUSED if withheld or tally.withheld else 0)


def _hand_over(
    args: argparse.Namespace, config: Config, ledger: Ledger, post: Post, clock: _Clock
) -> tuple[Tally, int]:
    from handouts.mail.credentials import read_secret
    from handouts.mail.sender import PATIENCE_S, Sender
    from handouts.mail.session import Session

    secret = read_secret(config.server, os.environ)
    if doubtful := ledger.recover(clock.now()):
        talk.say(
            f"{talk.count(doubtful, 'mail')} of a run that was killed: in doubt. See: handouts mail status"
        )
    delay_s = config.undo_s if args.delay is None else args.delay * 60
    new = post.queue(clock.now() + delay_s)
    talk.say(f"{talk.count(new, 'mail')} queued.")
    if new and delay_s:
        talk.say(
            f"The first leaves in {delay_s // 60} min. To take them back: "
            f"handouts mail cancel --config {args.config} --run {post.run}"
        )
    with stoppable_soon() as wish, talk.gauge(len(post.keys)) as show:
        sender = Sender(
            ledger,
            post.run,
            post.keys,
            post.prepare,
            connect=lambda: Session.open(config, secret),
            clock=clock,
            per_minute=config.per_minute,
            is_stopped=lambda: bool(wish),
            look=lambda tally: show(tally.tried, f"{tally.sent} sent"),
            patience_s=max(PATIENCE_S, delay_s + 60.0),
        )
        try:
            tally = sender.go()
        finally:
            left = mail_desk.tell(ledger, post.run)
    if wish:
        talk.say(
            "handouts: stopped. What waits goes out by the same command; handouts mail cancel takes it back."
        )
        return tally, 128 + wish.signal_number
    return tally, REFUSED if left else 0


def _write_down(post: Post, folder: Path, withheld: list[Withheld]) -> int:
    """Write every mail as a file that a mail program opens."""
    from handouts.mail.sender import WithheldError

    refused = len(withheld)
    with Delivery(folder / DRY_FOLDER) as delivery:
        for row, mail in post.mails():
            if isinstance(mail, WithheldError):
                refused += 1
                talk.result(f"row {row}: not sent: {mail.reason}")
            else:
                delivery.add(folder / DRY_FOLDER / f"row-{row:06d}.eml", mail.data)
    for path in delivery.paths:
        talk.result(str(path))
    talk.say(
        f"{talk.count(len(delivery.paths), 'mail')} written, none sent. They hold addresses: delete them."
    )
    return REFUSED if refused else 0


def _try(
    args: argparse.Namespace, config: Config, library: Library, found: list[Candidate | Withheld]
) -> int:
    from handouts.errors import OutsideError
    from handouts.mail.address import AddressError, read_address
    from handouts.mail.candidates import Candidate
    from handouts.mail.credentials import read_secret
    from handouts.mail.session import Session
    from handouts.mail.trial import send_trial, trial_mail

    try:
        recipient = read_address(args.test_to)
    except AddressError as error:
        raise UsageError(f"--test-to: {error.reason}") from None
    clinic = next((one.row.job.clinic for one in found if isinstance(one, Candidate)), None)
    if clinic is None:
        raise UsageError("no row of this roster may be mailed.", advice="See why: --dry-run")
    data = trial_mail(library, clinic, config, recipient, time.time())
    session = Session.open(config, read_secret(config.server, os.environ))
    if complaint := send_trial(session, recipient, data):
        raise OutsideError(f"the server did not take the test mail: {complaint}.")
    talk.say("The test mail is sent, with a handout of nobody's. No patient got anything.")
    return 0


def _minutes(words: str) -> int:
    if not (words.isascii() and words.isdigit() and int(words[:6]) <= MOST_DELAY_MIN):
        raise UsageError(f"--delay {words} is not a whole number of minutes from 0 to {MOST_DELAY_MIN}.")
    return int(words)
