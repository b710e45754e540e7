"""Printing for real: a CUPS of our own and a driverless printer on this machine, and what arrives at it."""

from __future__ import annotations

import io
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PIL import ImageChops, ImageStat

from handouts.cli import main
from handouts.content.library import Library
from handouts.content.places import Places
from handouts.order import Order
from handouts.packet.booklet import make_booklet
from handouts.pipeline import make_handout

pytestmark = [pytest.mark.ci, pytest.mark.usefixtures("desk")]

PROGRAMS = ("cupsd", "lp", "lpadmin", "ippeveprinter", "dbus-daemon")
PATIENCE_S = 60
CUPSD = """
Listen 127.0.0.1:{port}
Browsing No
WebInterface No
PreserveJobFiles No
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
"""
PLACES = """
ServerRoot {root}
RequestRoot {root}/spool
CacheDir {root}/cache
StateDir {root}/state
TempDir {root}/tmp
AccessLog {root}/log/access
ErrorLog {root}/log/error
PageLog {root}/log/page
SystemGroup root
FileDevice Yes
"""
# The printer gives what it was asked for in the environment, and the document as a file.
RECEIVE = """#!/bin/sh
mkdir "{root}/jobs/new.$$" && cp "$1" "{root}/jobs/new.$$/document.pdf" && env > "{root}/jobs/new.$$/asked" &&
mv "{root}/jobs/new.$$" "{root}/jobs/$IPP_JOB_ID"
"""


@dataclass(frozen=True)
class Desk:
    """A printing system of our own: its folder, and where programs find it."""

    root: Path
    surroundings: dict[str, str]

    def run(self, *words: str) -> str:
        """Run one of CUPS' own programs on it and return what it prints."""
        run = subprocess.run(
            words,
            env=os.environ | self.surroundings,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_S,
        )
        assert run.returncode == 0, run.stderr
        return run.stdout

    def arrived(self) -> list[Path]:
        """Return the folders of what has come out of the printer, oldest first."""
        return sorted((self.root / "jobs").glob("[0-9]*"), key=lambda folder: int(folder.name))

    def waited_for(self, number: int) -> list[Path]:
        """Return them as soon as there are so many."""
        wait(lambda: len(self.arrived()) >= number)
        return self.arrived()


def wait(done) -> None:
    """Wait until something is true."""
    end = time.monotonic() + PATIENCE_S
    while not done():
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.1)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def answers(port: int) -> bool:
    """Tell whether somebody listens on a port."""
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def started(*words: str, **surroundings: str) -> Iterator[None]:
    """Run a program as long as it is needed."""
    with subprocess.Popen(
        words, env=os.environ | surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def own_desk() -> Iterator[Desk]:
    """Return a running CUPS with a letter printer that prints on both sides, apart from the machine's."""
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        # Not everybody looks there for programs.
        patch.setenv("PATH", f"{os.environ['PATH']}:/usr/sbin")
        if missing := [program for program in PROGRAMS if not shutil.which(program)]:
            pytest.skip(f"these programs are not here: {', '.join(missing)}")
        # Filters run as another user, who may look into no folder of pytest.
        root = Path(tempfile.mkdtemp(prefix="handouts-cups-"))
        stack.callback(shutil.rmtree, root)
        root.chmod(0o755)
        yield start(root, stack)


def start(root: Path, stack: ExitStack) -> Desk:
    """Start the printer and CUPS, and set up a queue between them."""
    for name in ("spool", "cache", "state", "tmp", "log", "jobs", "ppd"):
        (root / name).mkdir()
    port, printer_port = free_port(), free_port()
    (root / "cupsd.conf").write_text(CUPSD.format(port=port))
    (root / "cups-files.conf").write_text(PLACES.format(root=root))
    (root / "receive").write_text(RECEIVE.format(root=root))
    (root / "receive").chmod(0o755)
    # The printer looks for other printers, and wants somebody to ask even where it is told not to.
    bus = f"unix:path={root}/bus"
    stack.enter_context(started("dbus-daemon", "--session", f"--address={bus}", "--nofork", "--nopidfile"))
    wait((root / "bus").exists)
    told = ("-r", "off", "-2", "-f", "application/pdf", "-p", str(printer_port), "-n", "localhost")
    stack.enter_context(
        started(
            *("ippeveprinter", *told, "-c", str(root / "receive"), "-d", str(root / "tmp"), "Front desk"),
            DBUS_SYSTEM_BUS_ADDRESS=bus,
        )
    )
    stack.enter_context(started("cupsd", "-f", "-c", f"{root}/cupsd.conf", "-s", f"{root}/cups-files.conf"))
    wait(lambda: answers(port) and answers(printer_port))
    desk = Desk(root, {"CUPS_SERVER": f"127.0.0.1:{port}", "HOME": str(root), "LC_ALL": "C"})
    desk.run(
        "lpadmin", "-p", "desk", "-E", "-v", f"ipp://localhost:{printer_port}/ipp/print", "-m", "everywhere"
    )
    desk.run("lpadmin", "-d", "desk")
    return desk


@pytest.fixture
def desk(own_desk, monkeypatch, tmp_path) -> Iterator[Desk]:
    """Return the printing system as the one that all programs see, in an empty folder."""
    for name, value in own_desk.surroundings.items():
        monkeypatch.setenv(name, value)
    for name in ("PRINTER", "LPDEST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    yield own_desk
    wait(lambda: own_desk.run("lpstat", "-o") == "")


@pytest.fixture(scope="module")
def handout() -> bytes:
    """Return a finished handout on letter paper."""
    return made("letter")


def made(paper: str) -> bytes:
    """Return a finished handout."""
    order = Order(date=date(2026, 11, 22), paper=paper)
    return make_handout(Library(Places()), "femoral-neck-stress-fracture", "example-clinic", order).pdf


def asked(job: Path) -> dict[str, str]:
    """Return what the printer was asked for with a job."""
    lines = (job / "asked").read_text(errors="replace").splitlines()
    return dict(line.split("=", 1) for line in lines if line.startswith("IPP_"))


def assert_same_pages(job: Path, pdf: bytes) -> None:
    """See that the pages that arrived are those that were sent."""
    came = pypdfium2.PdfDocument(io.BytesIO((job / "document.pdf").read_bytes()))
    sent = pypdfium2.PdfDocument(io.BytesIO(pdf))
    assert len(came) == len(sent) > 0
    for one, other in zip(came, sent, strict=True):
        assert one.get_size() == pytest.approx(other.get_size(), abs=0.5)
        images = [page.render(scale=1).to_pil().convert("L") for page in (one, other)]
        assert ImageStat.Stat(images[1]).mean[0] < 254
        assert ImageStat.Stat(ImageChops.difference(*images)).mean[0] < 0.5


def test_all_arrives_as_asked(desk, handout, capsys):
    """document, copies, sides and media arrive at the printer as asked, and the job's name says nothing."""
    before = len(desk.arrived())
    Path("hip-fracture-of-somebody.pdf").write_bytes(handout)
    assert main(["print", "hip-fracture-of-somebody.pdf", "--copies", "3", "--duplex"]) == 0
    out, err = capsys.readouterr()
    assert re.fullmatch(r"desk-\d+\n", out)
    assert err == "1 file to desk, 3 copies each.\n"
    job = desk.waited_for(before + 1)[-1]
    assert_same_pages(job, handout)
    wishes = asked(job)
    assert wishes["IPP_COPIES"] == "3"
    assert wishes["IPP_SIDES"] == "two-sided-long-edge"
    assert "x-dimension=21590 y-dimension=27940" in wishes["IPP_MEDIA_COL"]
    assert wishes["IPP_JOB_NAME"] == "handouts"
    assert "somebody" not in (job / "asked").read_text(errors="replace")
    logs = "".join(path.read_text(errors="replace") for path in (desk.root / "log").iterdir())
    assert "desk" in logs
    assert "somebody" not in logs


def test_nothing_is_asked_that_nobody_wants(desk, handout, capsys):
    """one copy is one copy, on one side, where the printer is set so; each file is a job of its own."""
    before = len(desk.arrived())
    Path("a.pdf").write_bytes(handout)
    Path("b.pdf").write_bytes(handout)
    assert main(["print", "a.pdf", "b.pdf", "--printer", "desk"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    for job in desk.waited_for(before + 2)[before:]:
        wishes = asked(job)
        assert wishes.get("IPP_COPIES", "1") == "1"
        assert wishes.get("IPP_SIDES", "one-sided") == "one-sided"
        assert_same_pages(job, handout)


@pytest.mark.parametrize("words", [[], ["--duplex"]])
def test_a_booklet_is_turned_on_the_short_edge(desk, handout, words):
    """a booklet says itself how its sheets are turned, and is printed so."""
    before = len(desk.arrived())
    Path("a.pdf").write_bytes(make_booklet(handout, accessible="b.pdf").pdf)
    assert main(["print", "a.pdf", *words]) == 0
    wishes = asked(desk.waited_for(before + 1)[-1])
    assert wishes["IPP_SIDES"] == "two-sided-short-edge"
    assert "x-dimension=21590 y-dimension=27940" in wishes["IPP_MEDIA_COL"]


def test_the_wrong_paper_is_told_and_the_remedy_works(desk, handout, capsys):
    """with one A4 file among others nothing goes to a letter printer; set to A4 as advised, it prints."""
    before = len(desk.arrived())
    Path("letter.pdf").write_bytes(handout)
    Path("a4.pdf").write_bytes(made("a4"))
    assert main(["print", "letter.pdf", "a4.pdf"]) == 4
    out, err = capsys.readouterr()
    assert out == ""
    assert "a4.pdf: its paper is A4, but desk is set to letter. Make it again with --paper letter" in err
    assert "nothing was sent" in err
    assert desk.run("lpstat", "-o") == ""
    remedy = re.search(r"say so: (lpoptions -p desk -o PageSize=A4);", err)[1]
    desk.run(*remedy.split())
    try:
        assert main(["print", "letter.pdf"]) == 4
        assert "--paper a4" in capsys.readouterr().err
        assert main(["print", "a4.pdf"]) == 0
        job = desk.waited_for(before + 1)[-1]
        assert "x-dimension=21000 y-dimension=29700" in asked(job)["IPP_MEDIA_COL"]
        assert_same_pages(job, made("a4"))
    finally:
        (desk.root / ".cups" / "lpoptions").unlink()
    assert len(desk.arrived()) == before + 1


@pytest.mark.parametrize(
    ("stop", "start_again", "told"),
    [
        (
            ("cupsdisable", "-r", "out of toner"),
            "cupsenable",
            "desk is stopped: out of toner. Look at the printer; then: ",
        ),
        (
            ("cupsreject", "-r", "holiday"),
            "cupsaccept",
            "desk takes no jobs: holiday. Look at the printer; then: ",
        ),
    ],
)
def test_a_stopped_printer_is_told(desk, handout, capsys, stop, start_again, told):
    """a printer that is stopped or takes no jobs is told with its reason, and the remedy works."""
    Path("a.pdf").write_bytes(handout)
    before = len(desk.arrived())
    desk.run(*stop, "desk")
    try:
        assert main(["print", "a.pdf"]) == 6
        err = capsys.readouterr().err
        assert f"{told}{start_again} desk" in err
    finally:
        desk.run(start_again, "desk")
    assert main(["print", "a.pdf"]) == 0
    assert len(desk.waited_for(before + 1)) == before + 1


@pytest.mark.parametrize("name", ["dsk", "-h", "--help", "desk; ls", ""])
def test_an_unknown_printer_is_told(desk, handout, capsys, name):
    """a printer that does not exist is told with the nearest one; no name at all is the usual one."""
    Path("a.pdf").write_bytes(handout)
    assert main(["print", "a.pdf", f"--printer={name}"]) == (2 if name else 0)
    err = capsys.readouterr().err
    assert not name or (
        f"there is no printer called {name!r}. " in err and "desk" in err.partition("called")[2]
    )


def test_a_printer_that_tells_nothing(desk, handout, capsys):
    """a printer that does not tell its paper gets the file, with a warning."""
    Path("a.pdf").write_bytes(handout)
    desk.run("lpadmin", "-p", "mute", "-E", "-v", "file:///dev/null")
    try:
        assert main(["print", "a.pdf", "--printer", "mute"]) == 0
        out, err = capsys.readouterr()
        assert out.startswith("mute-")
        assert "mute does not tell its paper" in err
    finally:
        desk.run("lpadmin", "-x", "mute")


def test_cups_that_does_not_run(handout, capsys, monkeypatch):
    """where CUPS does not run, that is told, and how to print by hand."""
    Path("a.pdf").write_bytes(handout)
    monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{free_port()}")
    assert main(["print", "a.pdf"]) == 6
    assert "CUPS) is not running. Start it. Print by hand" in capsys.readouterr().err
