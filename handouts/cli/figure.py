"""Draw one exercise: as SVG, PDF or PNG, by the ending of the file's name."""

from __future__ import annotations

import argparse
import io
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from handouts.cli import settings, talk
from handouts.cli.output import Delivery, Destination
from handouts.errors import OutsideError, UsageError
from handouts.order import INKS

if TYPE_CHECKING:
    from handouts.content.poses import Picture
    from handouts.figures import Drawing

NAME = "figure"
HELP = "one drawing"
ENDINGS = (".svg", ".pdf", ".png")
PNG_DOTS_PER_INCH = 300
ACCENT = "#14566b"
"""The colour of a drawing that is made for no clinic."""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the words of this command."""
    parser.add_argument("exercise", metavar="ID|FILE.yaml", help="an exercise, or a file that holds a pose")
    parser.add_argument("--side", choices=("left", "right"), default="right", help="which side works")
    parser.add_argument("--ink", choices=INKS, default="colour", help="the palette (default: colour)")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="a name ending in .svg, .pdf or .png, or a folder (default: ./output, as .svg)",
    )


def run(args: argparse.Namespace) -> int:
    """Write the drawing and print its path; a pose with a fault is told and not drawn."""
    from handouts import figures

    picture = _picture(args)
    destination = Destination.parse(args.output, files=1, endings=ENDINGS)
    if not destination.is_file and destination.path.suffix and not destination.path.is_dir():
        raise UsageError(
            f"-o {destination.path}: a drawing can't be written so.", advice="End it in .svg, .pdf or .png."
        )
    target = destination.place(f"{Path(args.exercise).stem}.svg")
    palette = figures.figure_palette(ACCENT, args.ink)
    person = get_args(figures.Person)[0]
    drawing = figures.draw_exercise(picture.pose, side=args.side, person=person, palette=palette)
    data = _written(drawing, picture, target.suffix.lower())
    with Delivery(destination.folder) as delivery:
        delivery.add(target, data)
    talk.result(str(target))
    return 0


def _picture(args: argparse.Namespace) -> Picture:
    from handouts.content import poses

    if args.exercise.endswith((".yaml", ".yml")):
        file = Path(args.exercise)
        try:
            data = file.read_bytes()
        except OSError as error:
            raise UsageError(f"cannot read {file}: {error.strerror}.") from error
        return poses.picture_in(data, str(file))
    found = poses.picture_of(settings.library(args, drafts=True).exercise(args.exercise))
    if found is None:
        raise UsageError(
            f"the exercise {args.exercise} has no drawing.", advice="Write its `pose`: see docs/poses.md."
        )
    return found


def _written(drawing: Drawing, picture: Picture, ending: str) -> bytes:
    if ending == ".svg":
        from handouts.figures import to_svg

        return to_svg(drawing, picture.title, picture.alt).encode()
    from handouts.typeset import Metadata, picture_file

    metadata = Metadata(title=picture.title, author="", language="en", day=settings.today())
    pdf = picture_file(drawing, picture.alt, metadata)
    return pdf if ending == ".pdf" else _png(pdf)


def _png(pdf: bytes) -> bytes:
    try:
        import pypdfium2
    except ImportError as error:
        raise OutsideError(
            "a PNG needs the package pypdfium2.", advice="Install it, or write an .svg or .pdf."
        ) from error
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=PNG_DOTS_PER_INCH / 72).to_pil()
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
