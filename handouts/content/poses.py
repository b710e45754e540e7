"""The pose of an exercise: from its file to the value that is drawn, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from handouts import figures
from handouts.content.models import Exercise
from handouts.content.nodes import Mark, Node
from handouts.content.pose_base import figure
from handouts.content.pose_models import FrameModel, PoseFile
from handouts.content.problems import validated
from handouts.content.store import Store
from handouts.content.yaml_text import read_yaml
from handouts.errors import ContentError, Problem
from handouts.figures import pose as p


@dataclass(frozen=True, slots=True)
class Picture:
    """A pose with the words that go with it."""

    title: str
    alt: str
    pose: p.Pose


def picture_of(exercise: Exercise) -> Picture | None:
    """Return the picture of a sound exercise, if it has one."""
    if exercise.pose is None:
        return None
    return Picture(exercise.title, exercise.picture_alt or "", pose_of(exercise.pose))


def picture_in(data: bytes, file: str) -> Picture:
    """Return the picture in a file that holds an exercise, perhaps unfinished, or a pose alone.

    Raises ContentError with every problem of the pose.
    """
    node, problems = read_yaml(data, file)
    if node is None or problems:
        raise ContentError(problems)
    path = ("pose",) if node.child("pose") else ()
    model, faults = validated(PoseFile, node.under(*path) or node)
    if model is None:
        raise ContentError(faults)
    faults = tuple(figure_problems(model, node, path))
    if faults:
        raise ContentError(faults)
    words = {key: child.raw for key in ("title", "picture_alt") if (child := node.child(key))}
    return Picture(words.get("title", ""), words.get("picture_alt", ""), pose_of(model))


def pose_of(file: PoseFile) -> p.Pose:
    """Return the pose that a file describes, each frame laid over the one before."""
    frames: list[p.Frame] = []
    named = _frames(file)
    for _, model in named:
        frame = model.frame()
        frames.append(p.over(frames[-1], frame) if frames else frame)
    return p.Pose(
        frames=tuple(frames),
        names=tuple(name for name, _ in named),
        view=file.view,
        layout=file.layout,
        works=file.works,
        ghost=figure(file.ghost),
        props=figure(file.props),
        target=figure(file.target),
        arrows=figure(file.arrows),
        hold=figure(file.hold),
        letters=file.letters,
        letter_at=figure(file.letter_at),
    )


def pose_problems(exercise: Exercise, node: Node) -> Iterator[Problem]:
    """Yield what keeps an exercise's pose from being drawn, and a missing or needless alternative text."""
    if exercise.pose is None:
        if exercise.picture_alt:
            yield node.place("picture_alt").problem(
                "`picture_alt` describes a drawing, but there is no `pose`.", "Add one, or take it out."
            )
        return
    if not exercise.picture_alt:
        yield _key(node, "pose").problem(
            "the drawing has no `picture_alt`.", "Say in words how it starts, what moves and how it ends."
        )
    yield from figure_problems(exercise.pose, node, ("pose",))


def alt_problems(store: Store, files: Collection[Path]) -> Iterator[Problem]:
    """Yield each of some files (resolved paths) whose drawing is described in the words of another."""
    first: dict[str, str] = {}
    for item in store.ids("exercise"):
        record = store.exercise(item)
        if record is None or record.value is None or record.node is None or not record.value.picture_alt:
            continue
        words = " ".join(record.value.picture_alt.split())
        other = first.setdefault(words, item)
        if other != item and record.file.resolve() in files:
            sentence = f"the drawing of {other} is described in the same words."
            yield record.node.place("picture_alt").problem(sentence, "Say what is different here.")


def figure_problems(file: PoseFile, node: Node, path: tuple[str, ...]) -> Iterator[Problem]:
    """Yield the faults of a pose; ``path`` leads from a node to it."""
    if file.frames and (file.start or file.end):
        yield _key(node, *path, "frames").problem(
            "`frames` stands beside `start` or `end`.", "Write all moments under `frames`, or only those two."
        )
        return
    for fault in figures.check(pose_of(file)):
        yield _key(node, *path, *fault.path).problem(f"in the drawing, {fault.sentence}", fault.advice)


def _frames(file: PoseFile) -> list[tuple[tuple[str | int, ...], FrameModel]]:
    """Return the frames of a pose with the way to each in the file."""
    if file.frames:
        return [(("frames", number), frame) for number, frame in enumerate(file.frames)]
    two = (("start", file.start), ("end", file.end))
    return [((name,), frame) for name, frame in two if frame is not None]


def _key(node: Node, *path: str | int) -> Mark:
    """Return where the key at the end of a path stands, or the last one on the way that is there."""
    here, mark = node, node.mark
    for step in path:
        child = here.child(step)
        if child is None:
            break
        here, mark = child, child.key or child.mark
    return mark
