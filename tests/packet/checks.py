"""What a merged file has to keep of the files that it is made of, found by readers that are not ours.

A validator passes a merged file whose tags read the first part only, and one whose links lead into another
part. So each check here compares a merged file with its inputs; each returns what is wrong, nothing if all is
right. Nothing of the package is imported.
"""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

import pikepdf
import pypdfium2

_MOST_TOLD = 5


@dataclass(frozen=True)
class Links:
    """How many links inside a file lead into their own part, into another one, nowhere; and those outside."""

    right: int
    wrong: int
    broken: int
    outside: int


# what is said


@lru_cache(maxsize=128)  # an input stands in several merged files
def said(pdf: bytes) -> tuple[tuple[str, str, str, str], ...]:
    """Return standard type, language, text and alternative text of each element that says any, in order."""
    import pdfplumber  # noqa: PLC0415 - a benchmark that counts links needs no such reader

    texts: dict[tuple[int, object], str] = defaultdict(str)
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            for character in page.chars:
                texts[page.page_number, character.get("mcid")] += character["text"]
    found: list[tuple[str, str, str, str]] = []
    with pikepdf.open(io.BytesIO(pdf)) as file:
        numbers = {page.obj.objgen: number for number, page in enumerate(file.pages, 1)}
        tree, language = file.Root.get("/StructTreeRoot", {}), str(file.Root.get("/Lang", ""))
        roles = {str(key)[1:]: str(value)[1:] for key, value in tree.get("/RoleMap", {}).items()}
        waiting = [(kid, language) for kid in reversed(_kids(tree)) if _is_element(kid)]
        while waiting:
            element, above = waiting.pop()
            language = str(element.get("/Lang", "")) or above
            held = [_mark(element, kid) for kid in _kids(element)]
            text = "".join(texts[numbers[page.objgen], mcid] for page, _, mcid in filter(None, held))
            alt = str(element.get("/Alt", ""))
            if text or alt:
                found.append((_standard(str(element.S)[1:], roles), language, text, alt))
            waiting += [(kid, language) for kid in reversed(_kids(element)) if _is_element(kid)]
    return tuple(found)


def _standard(role: str, roles: dict[str, str]) -> str:
    for _ in range(len(roles)):
        role = roles.get(role, role)
    return role


@lru_cache(maxsize=128)
def said_by_poppler(pdf: bytes) -> tuple[str, ...]:
    """Return each text of the structure tree in reading order, as poppler reads it."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        run = subprocess.run(["pdfinfo", "-struct-text", file.name], capture_output=True, check=True)
    lines = [line.strip() for line in run.stdout.decode("utf-8", "replace").splitlines()]
    return tuple(line for line in lines if line.startswith('"'))


def differences(merged: Sequence[object], inputs: Sequence[Sequence[object]]) -> list[str]:
    """Tell where what is said differs from what the inputs say one after another."""
    wanted = [one for part in inputs for one in part]
    assert wanted, "the inputs say nothing"
    pairs = enumerate(zip_longest(merged, wanted), 1)
    return [f"{place}: {is_!r}, not {was!r}" for place, (is_, was) in pairs if is_ != was][:_MOST_TOLD]


# what is tied


def strays(pdf: bytes) -> list[str]:
    """Tell marks whose entry in the parent tree leads to no element that holds them, and false entries."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        if "/StructTreeRoot" not in file.Root:
            return ["there is no structure tree"]
        parents = dict(pikepdf.NumberTree(file.Root.StructTreeRoot.ParentTree).items())
        told, seen, reached = list[str](), 0, _reached(file.Root.StructTreeRoot)
        for number, page in enumerate(file.pages, 1):
            for owner, marks in _owners(page):
                key = owner.get("/StructParents")
                row = parents.get(int(key)) if key is not None else None
                held = list(row) if isinstance(row, pikepdf.Array) else []
                for mcid in sorted(marks):
                    seen += 1
                    element = held[mcid] if mcid < len(held) else None
                    if not _holds(element, page.obj, owner, mcid) or element.objgen not in reached:
                        told.append(f"page {number}: mark {mcid} is not held by the element of its entry")
                extra = [at for at, one in enumerate(held) if at not in marks and _is_element(one)]
                told += [f"page {number}: entry {at} stands for no mark" for at in extra]
            for annotation in page.obj.get("/Annots", []):
                if "/StructParent" in annotation:
                    seen += 1
                    element = parents.get(int(annotation.StructParent))
                    if not _holds_object(element, annotation) or element.objgen not in reached:
                        told.append(f"page {number}: a link is not held by the element of its entry")
                elif annotation.get("/Subtype") == "/Link":
                    told.append(f"page {number}: a link is in no element")
        if not seen:
            told.append("nothing is tied at all")
    return told


def _reached(tree: pikepdf.Object) -> set[tuple[int, int]]:
    """Return the elements that hang in the tree; an element that only the parent tree knows is never read."""
    found: set[tuple[int, int]] = set()
    waiting = [tree]
    while waiting:
        fresh = [kid for kid in _kids(waiting.pop()) if _is_element(kid) and kid.objgen not in found]
        found |= {kid.objgen for kid in fresh}
        waiting += fresh
    return found


def _owners(page: pikepdf.Page) -> Iterator[tuple[pikepdf.Object, set[int]]]:
    """Yield the page and the forms that have marks of their own, each with their numbers."""
    yield page.obj, _marks(page)
    for form in page.resources.get("/XObject", {}).values():
        if "/StructParents" in form:
            yield form, _marks(form)


def _marks(thing: pikepdf.Page | pikepdf.Object) -> set[int]:
    shelf = thing.resources if isinstance(thing, pikepdf.Page) else thing.get("/Resources", {})
    named = shelf.get("/Properties", {})
    found = set()
    for operands, operator in pikepdf.parse_content_stream(thing, "BDC"):
        if str(operator) == "BDC":
            values = operands[1]
            values = named.get(str(values)) if isinstance(values, pikepdf.Name) else values
            if isinstance(values, pikepdf.Dictionary) and "/MCID" in values:
                found.add(int(values.MCID))
    return found


def _is_element(thing: object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and "/S" in thing


def _kids(element: pikepdf.Object) -> list[object]:
    held = element.get("/K")
    return list(held) if isinstance(held, pikepdf.Array) else [] if held is None else [held]


def _mark(element: pikepdf.Object, kid: object) -> tuple[pikepdf.Object, pikepdf.Object, int] | None:
    """Return page, owner and number of the marked content that a kid of an element stands for, if it does."""
    if isinstance(kid, int):
        page = element.get("/Pg")
        return None if page is None else (page, page, kid)
    if isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
        page = kid.get("/Pg", element.get("/Pg"))
        return None if page is None else (page, kid.get("/Stm", page), int(kid.MCID))
    return None


def _holds(element: object, page: pikepdf.Object, owner: pikepdf.Object, mcid: int) -> bool:
    wanted = page.objgen, owner.objgen, mcid
    marks = [_mark(element, kid) for kid in _kids(element)] if _is_element(element) else []
    return any((one.objgen, holder.objgen, number) == wanted for one, holder, number in filter(None, marks))


def _holds_object(element: object, annotation: pikepdf.Object) -> bool:
    return _is_element(element) and any(
        isinstance(kid, pikepdf.Dictionary) and kid.get("/Obj", kid).objgen == annotation.objgen
        for kid in _kids(element)
    )


# where links lead


def links(pdf: bytes, page_counts: Sequence[int]) -> Links:
    """Return where the links of a merged file lead, whose parts have so many pages each."""
    owner = [part for part, count in enumerate(page_counts) for _ in range(count)]
    found: Counter[str] = Counter()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        numbers = {page.obj.objgen: at for at, page in enumerate(file.pages)}
        named = file.Root.get("/Names", {}).get("/Dests")
        names = dict(pikepdf.NameTree(named).items()) if named is not None else {}
        names |= {str(key)[1:]: value for key, value in file.Root.get("/Dests", {}).items()}
        for at, page in enumerate(file.pages):
            for annotation in page.obj.get("/Annots", []):
                if annotation.get("/Subtype") != "/Link":
                    continue
                action = annotation.get("/A", {})
                if "/URI" in action:
                    found["outside"] += 1
                    continue
                target = numbers.get(_page_key(annotation.get("/Dest", action.get("/D")), names))
                kind = "broken" if target is None else "right" if owner[target] == owner[at] else "wrong"
                found[kind] += 1
    return Links(*(found[kind] for kind in ("right", "wrong", "broken", "outside")))


def _page_key(place: object, names: dict[str, pikepdf.Object]) -> tuple[int, int]:
    if isinstance(place, pikepdf.String | pikepdf.Name):
        place = names.get(str(place).removeprefix("/"))
    if isinstance(place, pikepdf.Dictionary):
        place = place.get("/D")
    first = place[0] if isinstance(place, pikepdf.Array) and len(place) else None
    return first.objgen if isinstance(first, pikepdf.Dictionary) else (0, 0)


def lost_links(merged: bytes, inputs: Sequence[bytes]) -> list[str]:
    """Tell if links lead elsewhere than in the inputs, or are fewer."""
    before = [links(one, [page_count(one)]) for one in inputs]
    wanted = Links(
        sum(one.right for one in before),
        0,
        sum(one.broken for one in before),
        sum(one.outside for one in before),
    )
    is_ = links(merged, [page_count(one) for one in inputs])
    return [] if is_ == wanted else [f"{is_}, not {wanted}"]


# what is seen


def page_count(pdf: bytes) -> int:
    """Return how many pages a file has."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return len(file.pages)


def changed_pages(merged: bytes, inputs: Sequence[bytes]) -> list[int]:
    """Return the pages, counted from 1, that look otherwise than in the inputs at 72 dots an inch."""
    wanted = [image for one in inputs for image in _images(one)]
    assert wanted, "the inputs have no pages"
    pairs = enumerate(zip_longest(_images(merged), wanted), 1)
    return [number for number, (is_, was) in pairs if is_ != was]


def _images(pdf: bytes) -> Iterator[tuple[int, int, bytes]]:
    file = pypdfium2.PdfDocument(pdf)
    try:
        for page in file:
            bitmap = page.render(scale=1)
            yield bitmap.width, bitmap.height, bytes(bitmap.buffer)
            bitmap.close()
            page.close()
    finally:
        file.close()


def everything(merged: bytes, inputs: Sequence[bytes]) -> dict[str, list[object]]:
    """Return all that is wrong, by check; needs no program from outside.

    What an input has tied to nothing may stay so.
    """
    loose = sum(len(strays(one)) for one in inputs)
    tied = strays(merged)
    found: dict[str, list[object]] = {
        "said": [*differences(said(merged), [said(one) for one in inputs])],
        "tied": [*tied] if len(tied) > loose else [],
        "links": [*lost_links(merged, inputs)],
        "seen": [*changed_pages(merged, inputs)],
    }
    return {check: faults for check, faults in found.items() if faults}
