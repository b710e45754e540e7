"""The desk work of mail: what became of each, what a person decides, what came back."""

from __future__ import annotations

import argparse
import time
from datetime import datetime
from typing import TYPE_CHECKING

from handouts.cli import talk
from handouts.errors import ContentError, OutsideError, Problem, UsageError

if TYPE_CHECKING:
    from handouts.mail.ledger import Entry, Ledger

ACTIONS = ("status", "resolve", "cancel", "purge", "import-bounces")
PURGE_DAYS = 30
MOST_DAYS = 3650

_NAMES = {
    "queued": "waiting",
    "deferred": "waiting for another try",
    "sending": "being sent",
    "sent": "sent",
    "in_doubt": "IN DOUBT",
    "failed": "failed",
    "suppressed": "failed, address does not work",
    "cancelled": "cancelled",
}
_TOLD = ("deferred", "sending", "in_doubt", "failed", "suppressed")
_OPEN = ("queued", "deferred", "in_doubt", "failed", "suppressed")
# Which options go with which task; all others of them are refused there.
_OPTIONS = {
    "run_id": ("status", "resolve", "cancel"),
    "rows": ("resolve", "cancel"),
    "all": ("resolve", "cancel"),
    "sent": ("resolve",),
    "resend": ("resolve",),
    "days": ("purge",),
    "json": ("status",),
    "files": ("import-bounces",),
}
_WORDS = {"run_id": "--run", "rows": "--row", "files": "FILE.eml"}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of all tasks."""
    desk = parser.add_argument_group("to look after what was mailed")
    desk.add_argument("--run", dest="run_id", metavar="ID", help="of this batch only: see status")
    desk.add_argument(
        "--row", dest="rows", type=_row, action="append", metavar="N", help="resolve or cancel this (again)"
    )
    desk.add_argument("--all", action="store_true", help="resolve or cancel all")
    way = desk.add_mutually_exclusive_group()
    way.add_argument("--sent", action="store_true", help="resolve: it has arrived")
    way.add_argument("--resend", action="store_true", help="resolve: send it again, also what failed")
    desk.add_argument(
        "--days", type=_days, metavar="N", help=f"purge: what ended so long ago (default: {PURGE_DAYS})"
    )
    desk.add_argument("--json", action="store_true", help="status: one JSON document instead of lines")


def refuse_options(args: argparse.Namespace) -> None:
    """Refuse what does not go with what is done."""
    for name, actions in _OPTIONS.items():
        if getattr(args, name) and args.what not in actions:
            words = _WORDS.get(name, f"--{name}")
            raise UsageError(f"{words} goes with handouts mail {' or '.join(actions)}.")
    if args.what in ACTIONS:
        for name in ("roster", "passphrases", "dry_run", "test_to", "delay"):
            if getattr(args, name) not in (None, False):
                raise UsageError(f"--{name.replace('_', '-')} does not go with handouts mail {args.what}.")


def run(args: argparse.Namespace) -> int:
    """Do one task."""
    refuse_options(args)
    from handouts.mail.config import Config
    from handouts.mail.ledger import Ledger

    tasks = {
        "status": _status,
        "resolve": _resolve,
        "cancel": _cancel,
        "purge": _purge,
        "import-bounces": _import_bounces,
    }
    with Ledger.open(Config.read(args.config).ledger) as ledger:
        return tasks[args.what](args, ledger)


def tell(ledger: Ledger, run_id: str) -> int:
    """Say how many mails of a run are in which state; return how many are neither sent nor cancelled."""
    counts = ledger.counts(run_id)
    told = ", ".join(f"{number} {_NAMES[state]}" for state, number in counts.items())
    talk.say(f"run {run_id}: {told or 'nothing to send'}.")
    return sum(number for state, number in counts.items() if state in _OPEN)


def _status(args: argparse.Namespace, ledger: Ledger) -> int:
    from handouts.mail.record import damage, path_of

    runs = [args.run_id] if args.run_id else ledger.runs()
    if args.json:
        talk.document([_described(one) for run_id in runs for one in ledger.entries(run_id)])
    else:
        for run_id in runs:
            counts = ledger.counts(run_id)
            told = ", ".join(f"{number} {_NAMES[state]}" for state, number in counts.items())
            talk.result(f"run {run_id}: {told or 'nothing'}")
            for one in ledger.entries(run_id):
                if one.state in _TOLD:
                    talk.result(_line(one))
    if any(ledger.entries(run_id, "in_doubt") for run_id in runs):
        talk.say(
            "In doubt: the server may have it or not. Look in its log, or ask the patient. Then say which:"
        )
        talk.say(f"  handouts mail resolve --config {args.config} --row N --sent (or --resend)")
    try:
        wrong = damage(path_of(ledger.path)) if path_of(ledger.path).exists() else ""
    except OSError as error:
        raise OutsideError(f"cannot read {error.filename}: {error.strerror}.") from error
    if wrong:
        raise ContentError((Problem(str(path_of(ledger.path)), 0, 0, wrong),))
    return 0


def _resolve(args: argparse.Namespace, ledger: Ledger) -> int:
    if not (args.sent or args.resend):
        raise UsageError("say what you have found out: --sent or --resend.")
    states = ("in_doubt",) if args.sent else ("in_doubt", "failed")
    keys = _chosen(args, ledger, states)
    done = ledger.resolve(keys, "sent" if args.sent else "queued", time.time())
    _write_record(ledger)
    what = "noted as sent" if args.sent else "queued again; handouts mail DIR sends it"
    talk.say(f"{talk.count(done, 'mail')} {what}.")
    return 0


def _cancel(args: argparse.Namespace, ledger: Ledger) -> int:
    done = ledger.cancel(_chosen(args, ledger, ("queued", "deferred")), time.time())
    _write_record(ledger)
    talk.say(f"{talk.count(done, 'mail')} cancelled; what was sent before can't be taken back.")
    return 0


def _chosen(args: argparse.Namespace, ledger: Ledger, states: tuple[str, ...]) -> list[str]:
    """Return the mails that the options mean; raises UsageError where that is not clear."""
    if bool(args.rows) == args.all:
        raise UsageError("say which: --row N, again for another, or --all.")
    found = [one for one in ledger.entries(args.run_id or "") if one.state in states]
    if args.rows:
        found = [one for one in found if one.row in args.rows]
        if missing := sorted(set(args.rows) - {one.row for one in found}):
            rows = ", ".join(map(str, missing))
            raise UsageError(f"there is nothing to do for row {rows}.", advice="See: handouts mail status")
    if not args.run_id and len({one.run for one in found}) > 1:
        raise UsageError("there are several runs.", advice="Say which: --run ID. See: handouts mail status")
    return [one.key for one in found]


def _purge(args: argparse.Namespace, ledger: Ledger) -> int:
    days = PURGE_DAYS if args.days is None else args.days
    done = ledger.purge(time.time() - days * 86400)
    talk.say(f"The trace of {done} {'address' if done == 1 else 'addresses'} is gone.")
    return 0


def _import_bounces(args: argparse.Namespace, ledger: Ledger) -> int:
    from handouts.mail.bounces import MOST_BYTES, read_bounces, take_bounce

    if not args.files:
        raise UsageError("name the messages that came back: FILE.eml.")
    problems: list[Problem] = []
    taken = 0
    for path in args.files:
        try:
            with path.open("rb") as stream:
                data = stream.read(MOST_BYTES + 1)
        except OSError as error:
            problems.append(Problem(str(path), 0, 0, f"cannot be read: {error.strerror}."))
            continue
        try:
            found = read_bounces(data)
        except ValueError as error:
            problems.append(Problem(str(path), 0, 0, f"{error}.", "Save it whole from the mail program."))
            continue
        ours = 0
        for bounce in found:
            if take_bounce(ledger, bounce, time.time()):
                ours += 1
                entry = ledger.entry(bounce.key)
                assert entry is not None
                talk.result(f"run {entry.run} row {entry.row}: {_NAMES[entry.state]} ({entry.code})")
        taken += ours
        if not ours:
            talk.say(f"{path}: nothing new of our mails has failed.")
    _write_record(ledger)
    talk.say(f"{talk.count(taken, 'mail')} came back.")
    if problems:
        raise ContentError(tuple(problems))
    return 0


def _write_record(ledger: Ledger) -> None:
    from handouts.mail.record import Record

    Record(ledger).catch_up()


def _line(one: Entry) -> str:
    code = f" ({one.code})" if one.code else ""
    again = f", next try {_moment(one.not_before)}" if one.state == "deferred" else ""
    return f"  row {one.row}: {_NAMES[one.state]}{code}{again}"


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).astimezone().isoformat(" ", "minutes")


def _described(one: Entry) -> dict[str, object]:
    return {
        "run": one.run,
        "row": one.row,
        "key": one.key,
        "sha256": one.sha256,
        "state": one.state,
        "code": one.code,
        "tries": one.tries,
        "not_before": _moment(one.not_before),
    }


def _row(words: str) -> int:
    if not (words.isascii() and words.isdigit() and len(words) < 10):
        raise UsageError(f"--row {words} is no row of a roster.", advice="The header is row 1.")
    return int(words)


def _days(words: str) -> int:
    if not (words.isascii() and words.isdigit() and int(words[:6]) <= MOST_DAYS):
        raise UsageError(f"--days {words} is not a whole number from 0 to {MOST_DAYS}.")
    return int(words)
