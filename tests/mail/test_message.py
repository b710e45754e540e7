"""A mail as bytes: nothing of a patient in it but the address, and no header that nobody meant."""

from __future__ import annotations

import hashlib
import random
import re
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from html.parser import HTMLParser

import pytest

from handouts.content.library import Library
from handouts.mail.address import AddressError, read_address
from handouts.mail.letter import Letter, write_letter
from handouts.mail.message import ATTACHMENT, Envelope, build_message, encoded_size

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LIBRARY = Library()
HEADERS = {
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version",
    "Content-Type",
}  # fmt: skip


def mail_to(recipient: str, letter: Letter, pdf: bytes = b"%PDF-1.7 x") -> bytes:
    """Return a mail of a clinic to an address."""
    return build_message(
        Envelope("0123456789abcdef" * 2, "mail@clinic.example.org", "desk@clinic.example.org", recipient),
        letter,
        pdf,
        NOW,
    )


def parsed(data: bytes):
    """Return a mail as a reader sees it."""
    return BytesParser(policy=policy.default).parsebytes(data)


@pytest.fixture(scope="module")
def letters() -> list[Letter]:
    """Return the letters of all clinics, locked and plain."""
    clinics = [LIBRARY.clinic(item) for item in LIBRARY.ids("clinic")]
    return [write_letter(LIBRARY, one, "en", locked=locked) for one in clinics for locked in (True, False)]


def test_headers(letters):
    """a mail has these headers, each once, and is ASCII in lines that any server takes."""
    data = mail_to("zoe@patients.example.org", letters[0], bytes(range(256)) * 99)
    message = parsed(data)
    assert sorted(message.keys()) == sorted(HEADERS)
    assert message["Message-ID"] == "<0123456789abcdef0123456789abcdef@clinic.example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] == "desk@clinic.example.org"
    assert all(len(line) <= 78 for line in data.decode("ascii").split("\r\n"))
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data)


def test_it_reads_back(letters):
    """text, HTML and file come out as they went in."""
    pdf = bytes(range(256)) * 999
    both, attached = parsed(mail_to("zoe@patients.example.org", letters[0], pdf)).iter_parts()
    text, page = both.iter_parts()
    assert text.get_content().replace("\r\n", "\n") == letters[0].text
    assert page.get_content().replace("\r\n", "\n") == letters[0].html
    assert hashlib.sha256(attached.get_content()).digest() == hashlib.sha256(pdf).digest()
    assert attached.get_filename() == ATTACHMENT


@pytest.mark.parametrize("size", [0, 1, 56, 57, 58, 1_000_000])
def test_size_is_never_guessed_too_small(letters, size):
    """the size that is counted with before a mail is made is at least its own, and near it."""
    for letter in letters[:2]:
        real = len(mail_to("a" * 60 + "@patients.example.org", letter, b"x" * size))
        assert real <= encoded_size(size) < real + 30_000


def test_the_letter_tells_of_nothing(letters):
    """no title, other name or word of a condition, exercise or packet stands in a letter."""
    known = {title for kind in ("condition", "exercise", "packet") for title in LIBRARY.titles(kind).values()}
    known |= {name for item in LIBRARY.ids("condition") for name in LIBRARY.condition(item).other_names}
    known |= {*LIBRARY.ids("condition"), *LIBRARY.ids("exercise")}
    assert len(known) > 50
    for letter in letters:
        said = f"{letter.subject}\n{letter.text}\n{letter.html}".casefold()
        assert not [title for title in known if re.search(rf"\b{re.escape(title.casefold())}\b", said)]


class Page(HTMLParser):
    """Collects the tags and the words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.said = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.tags and self.tags[-1][0] != "title":
            self.said += data


def test_the_page_is_accessible_and_fetches_nothing(letters):
    """the HTML names its language and title, has one main heading, the same words and nothing else."""
    for letter in letters:
        page = Page()
        page.feed(letter.html)
        tags = [tag for tag, _ in page.tags]
        assert dict(page.tags)["html"] == {"lang": "en"}
        assert tags.count("h1") == tags.count("main") == tags.count("title") == 1
        assert {*tags} <= {"html", "head", "meta", "title", "body", "main", "h1", "p", "strong", "a"}
        links = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
        assert all(re.match(r"(tel|mailto):", link) for link in links)
        assert not re.search(r"src=|url\(|@import|<link", letter.html)
        assert page.said.split() == letter.text.split()


HOSTILE = (
    "\r\nBcc: eve@example.org", "\nX-Evil: 1", "\r", "\0", "<", ">", '"', ",", ";", "@", "(", ")", "\\", " ",
    ".", "é", "\u202e", "\u2028", "日本", "=?utf-8?q?=0D=0ABcc:_eve=40example.org?=", "[127.0.0.1]",
    "%0a", "a" * 70,
    "alice@x)bob@y", "🙂", "\x85", "\ud800", "xn--", "-", "_", "'", "`", "|", "{", "root@localhost", "\t",
)  # fmt: skip


def hostile(dice: random.Random, sound: str) -> str:
    """Return some words with something bad put into them, or next to nothing."""
    words = list(sound)
    for _ in range(dice.choice((0, 1, 1, 2, 3))):
        words.insert(dice.randrange(len(words) + 1), dice.choice(HOSTILE))
    return "".join(words)


def attack(seed: int, count: int) -> tuple[int, int]:
    """Send hostile words everywhere; return how many mails were made, and how many addresses refused."""
    dice = random.Random(seed)  # noqa: S311
    made = refused = 0
    for _ in range(count):
        clinic, subject = hostile(dice, "Hip Clinic"), hostile(dice, "Your information from Hip Clinic")
        recipient = hostile(dice, "zoe@patients.example.org")
        try:
            address = read_address(recipient)
        except AddressError:
            refused += 1
            continue
        letter = Letter(clinic.replace("\ud800", ""), subject.replace("\ud800", ""), "Text", "<p>Text</p>")
        data = mail_to(address, letter)
        message = parsed(data)
        assert {*message.keys()} == HEADERS, (seed, recipient, clinic, subject)
        assert len(message.keys()) == len(HEADERS)
        assert [one.addr_spec for one in message["To"].addresses] == [address]
        assert [one.addr_spec for one in message["From"].addresses] == ["mail@clinic.example.org"]
        assert max(map(len, data.split(b"\r\n"))) <= 998
        made += 1
    return made, refused


def test_hostile_words():
    """no address, name or subject gives a mail another header or another reader."""
    made, refused = attack(7, 150)
    assert made > 20
    assert refused > 50


@pytest.mark.slow
def test_ten_thousand_hostile_words():
    """that holds for ten thousand of them."""
    made, refused = attack(2026, 10_000)
    assert made + refused == 10_000
    assert made > 1_000


@pytest.mark.parametrize(
    "words",
    ["", "zoe", "a@b@c.org", "a@x.org, b@x.org", "Zoe <zoe@x.org>", '"z z"@x.org', "z@[127.0.0.1]",
     "zoë@x.org", "z@localhost", "z@x.org\n", "z @x.org", "a" * 65 + "@x.org", "z@" + "x" * 260 + ".org",
     "z@x..org", "z@-x.org"],
)  # fmt: skip
def test_what_is_no_address(words):
    """what some server would take for another address, for two or for none is refused, unrepeated."""
    with pytest.raises(AddressError) as told:
        read_address(words)
    assert not words or words not in told.value.reason


@pytest.mark.parametrize(
    "clinic",
    [
        "Smith, Jones & Partners (Physical Therapy; Sports Medicine), Inc.",
        'Café "Zur Hüfte", Dr. Ö',
        "A, B",
        "日本" * 40,
    ],
)
def test_a_clinic_with_signs_in_its_name(clinic):
    """whatever a clinic is called, its mail comes from one sender."""
    senders = parsed(mail_to("zoe@patients.example.org", Letter(clinic, clinic, "T", "<p>T</p>")))[
        "From"
    ].addresses
    assert [one.addr_spec for one in senders] == ["mail@clinic.example.org"]
    assert senders[0].display_name


def test_an_address_with_a_foreign_domain():
    """a domain in other letters is written as mail servers want it."""
    assert read_address("zoe@bücher.example.org") == "zoe@xn--bcher-kva.example.org"
