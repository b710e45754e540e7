"""The wheel, as somebody installs it who has no checkout and no test tools."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
# Whatever tries to reach the network meets a port where nobody listens.
OFFLINE = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Return a wheel built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(pip, check=True)
    return next(folder.glob("handouts-*.whl"))


@pytest.fixture(scope="module")
def program(wheel, tmp_path_factory) -> Path:
    """Return the command of an environment that holds the wheel and its dependencies only."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    subprocess.run([str(folder / "bin" / "pip"), "install", "--quiet", str(wheel)], check=True)
    return folder / "bin" / "handouts"


def run(program: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Return what the installed program says, run offline in a folder."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [str(program), *words],
        cwd=folder,
        env=environment | OFFLINE | {"HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_is_inside(wheel):
    """the wheel has the package, each content file and template, and nothing else."""
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        f"handouts/_bundled/{path.relative_to(ROOT).as_posix()}"
        for top in ("data", "templates")
        for path in (ROOT / top).rglob("*")
        if path.is_file()
    }
    assert len(wanted) > 40
    assert wanted <= names
    assert {"handouts/py.typed", "handouts/cli/starters/condition.yaml"} <= names
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"handouts"}


def test_it_renders_offline_from_anywhere(program, tmp_path):
    """the installed program makes a packet in a folder of its own, without the checkout and the network."""
    made = run(program, tmp_path, "packet", "running-hip", "--clinic", "runners-edge-physio", "-o", "out.pdf")
    assert made.returncode == 0, made.stderr
    assert made.stdout == "out.pdf\n"
    audited = run(program, tmp_path, "audit", "out.pdf")
    assert audited.returncode == 0, audited.stdout


def test_it_uses_its_own_content(program, tmp_path):
    """the installed program reads the content that it carries."""
    found = run(program, tmp_path, "where", "trochanteric-bursitis")
    assert found.returncode == 0, found.stderr
    assert "_bundled" in found.stdout
    assert str(ROOT) not in found.stdout


def test_its_content_is_sound(program, tmp_path):
    """the installed program finds no problem in its own content."""
    checked = run(program, tmp_path, "check", "--strict")
    assert checked.returncode == 0, checked.stdout
