"""Files joined: what a screen reader, a viewer and a validator find."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import page
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from handouts.audit import audit, earned
from handouts.errors import ForeignError
from handouts.packet import Part, merge

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def joined(tools, own):
    return tools.join(*own)


def opened(merged):
    return pikepdf.open(io.BytesIO(merged.pdf))


def elements(pdf):
    """Yield every element of the tree, in reading order."""
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Array):
            waiting += reversed(list(one))
        elif isinstance(one, Dictionary) and "/S" in one:
            yield one
            waiting.append(one.get("/K", Array()))


def test_the_words_are_those_of_the_parts(tools, own, joined):
    """the tags of the whole say what the tags of its parts say, one after the other."""
    expected = [*tools.spoken(own[0]), *tools.spoken(own[1])]
    assert len(expected) > 100
    assert tools.spoken(joined.pdf) == expected


def test_words_that_change_places_are_seen(tools):
    """parts in another order do not pass for the same."""
    one, two = tools.small("One"), tools.small("Two")
    assert tools.spoken(tools.join(one, two).pdf) == ["One 1", "One 2", "Two 1", "Two 2"]
    assert tools.spoken(tools.join(two, one).pdf) == ["Two 1", "Two 2", "One 1", "One 2"]


def test_each_page_leads_back_to_its_own_tags(tools, joined):
    """every entry of the parent tree is an element that holds that mark of that page."""
    seen, wrong = tools.astray(joined.pdf)
    assert seen > 100
    assert wrong == []


def test_pages_look_as_they_did(tools, own, joined):
    """every page is painted as it was in its part, to the last dot."""
    expected = [*tools.pictures(own[0]), *tools.pictures(own[1])]
    assert tools.pictures(joined.pdf) == expected


def test_our_handouts_stay_what_they_are(joined):
    """handouts of ours joined claim both standards, and our own audit finds nothing against that."""
    assert joined.claims == {"ua1", "a2a"}
    assert joined.told == ()
    assert earned(joined.pdf) == {"ua1", "a2a"}
    assert audit(joined.pdf, claims=("ua1", "a2a")) == ()


@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_2A"])
def test_page_validation_finds_nothing(joined, tmp_path, profile):
    """page-validation finds no broken rule in our handouts joined."""
    (tmp_path / "joined.pdf").write_bytes(joined.pdf)
    report = page.validate_pdf(tmp_path / "joined.pdf", profile=page.ValidationProfile[profile])
    assert [failure.rule_id for failure in report.failures] == []


@pytest.mark.ci
def test_qpdf_finds_nothing(tools, joined, tmp_path):
    """qpdf finds no fault in the syntax of joined files."""
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed")
    for number, pdf in enumerate([joined.pdf, tools.join(*map(tools.small, ["One", "Two"])).pdf]):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(pdf)
        run = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout + run.stderr


def test_links_stay_in_their_part(tools):
    """a place that all parts call the same is reached from each link in its own part."""
    whole = tools.join(tools.small("One"), tools.small("Two", 3), tools.small("Three"))
    assert tools.leads(whole.pdf) == [(0, 1), (2, 4), (5, 6)]


def test_a_link_to_another_part_leads_nowhere(tools):
    """a link to a name that only another part has is plain text, and told."""

    def rename(pdf):
        pdf.Root.Names.Dests.Names[0] = String("elsewhere")

    whole = tools.join(tools.small("One", change=rename), tools.small("Two"))
    assert tools.leads(whole.pdf) == [(2, 3)]
    assert "Links that lead nowhere are plain text now: 1." in whole.notes[0]
    with opened(whole) as pdf:
        roles = [str(one.S) for one in elements(pdf)]
        assert roles.count("/Link") == 1
        assert roles.count("/Span") == 1


def test_names_are_kept_for_links_from_outside(tools):
    """a name that two parts have gets a prefix in both, one that a single part has stays."""

    def add(pdf):
        pdf.Root.Dests = Dictionary(map=Array([pdf.pages[0].obj, Name.Fit]))

    whole = tools.join(tools.small("One", change=add), tools.small("Two"))
    with opened(whole) as pdf:
        assert sorted(pikepdf.NameTree(pdf.Root.Names.Dests)) == ["map", "p1.exercises", "p2.exercises"]
        assert "/Dests" not in pdf.Root


def test_every_part_is_a_part(tools):
    """each part has an element with its title and language, and a bookmark with its own below."""
    whole = tools.join(tools.small("One"), tools.small("Two", tagged=False))
    with opened(whole) as pdf:
        document = pdf.Root.StructTreeRoot.K[0]
        assert (document.S, str(document.T), str(document.Lang)) == ("/Document", "All", "en")
        assert [(str(part.S), str(part.T), str(part.Lang)) for part in document.K] == [
            ("/Part", "All of One", "es"),
            ("/Part", "All of Two", "es"),
        ]
        with pdf.open_outline() as outline:
            marks = [(mark.title, [kid.title for kid in mark.children]) for mark in outline.root]
        assert marks == [("All of One", ["One inside"]), ("All of Two", ["Two inside"])]
        assert pdf.pages[0].label == "1"
        assert pdf.pages[3].label == "4"


def test_the_giver_of_a_part_may_name_it(tools):
    """a title and a language that are given stand in for the file's own."""
    part = Part(tools.small("One"), "one.pdf", title="Uno", language="fr")
    with opened(merge([part], title="All", day=tools.day)) as pdf:
        part = pdf.Root.StructTreeRoot.K[0].K[0] if "/K" in pdf.Root.StructTreeRoot.K[0] else None
        assert (str(part.T), str(part.Lang)) == ("Uno", "fr")


def test_tags_of_one_name_keep_their_meanings(tools):
    """a tag, or a class, that two parts use for different things has two names in the whole."""

    def change(pdf):
        pdf.Root.StructTreeRoot.RoleMap = Dictionary(Tip=Name.Hint, Hint=Name.H1)
        pdf.Root.StructTreeRoot.ClassMap.Wide.SpaceBefore = 99

    whole = tools.join(tools.small("One"), tools.small("Two", change=change), tools.small("Three"))
    with opened(whole) as pdf:
        root = pdf.Root.StructTreeRoot
        tips = [one for one in elements(pdf) if "/C" in one]
        assert [str(root.RoleMap[one.S]) for one in tips] == ["/P", "/P", "/H1", "/H1", "/P", "/P"]
        assert [int(root.ClassMap[one.C].SpaceBefore) for one in tips] == [1, 1, 99, 99, 1, 1]
        assert {str(role) for role in root.RoleMap.values()} <= {"/P", "/H1"}


def test_a_tag_that_stands_for_itself_or_for_nothing_is_left(tools):
    """role maps that go round in circles do not hang, and are not taken over."""

    def change(pdf):
        pdf.Root.StructTreeRoot.RoleMap = Dictionary(Tip=Name.Tap, Tap=Name.Tip, P=Name.H1)

    with opened(tools.join(tools.small("One", change=change))) as pdf:
        assert "/RoleMap" not in pdf.Root.StructTreeRoot


def test_namespaces_are_joined_by_their_address(tools):
    """a namespace that two parts use stands once, and maps a tag to what each part meant."""

    def put(role):
        def change(pdf):
            space = pdf.make_indirect(
                Dictionary(
                    Type=Name.Namespace, NS=String("urn:x"), RoleMapNS=Dictionary({"/Tip": Name("/" + role)})
                )
            )
            for one in pdf.Root.StructTreeRoot.K.K:
                one.NS = space
            pdf.Root.StructTreeRoot.Namespaces = Array([space])

        return change

    whole = tools.join(tools.small("One", change=put("P")), tools.small("Two", change=put("H2")))
    with opened(whole) as pdf:
        (space,) = pdf.Root.StructTreeRoot.Namespaces
        tips = [one for one in elements(pdf) if "/C" in one]
        assert [str(space.RoleMapNS[one.S]) for one in tips] == ["/P", "/P", "/H2", "/H2"]
        assert all(one.NS.objgen == space.objgen for one in tips)


def test_ids_are_of_one_part(tools):
    """ids, and the heads that cells name by them, are told apart, and the tree of ids finds each."""
    whole = tools.join(tools.small("One"), tools.small("Two"))
    with opened(whole) as pdf:
        ids = dict(pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree).items())
        assert sorted(ids) == ["p1.tip0", "p1.tip1", "p2.tip0", "p2.tip1"]
        for name, one in ids.items():
            assert str(one.ID) == name
            assert str(one.A.Headers[0]) == name[:3] + "tip0"


def test_the_same_file_three_times_is_written_once(tools, own):
    """what equal parts share stands once in the whole."""
    once, thrice = tools.join(own[0]), tools.join(own[0], own[0], own[0])
    assert len(thrice.pdf) < 1.4 * len(once.pdf)
    with opened(once) as first, opened(thrice) as second:
        fonts = [sum("/FontFile2" in one for one in dictionaries(pdf)) for pdf in (first, second)]
    assert fonts[0] == fonts[1] > 0


def dictionaries(pdf):
    return [one for one in pdf.objects if isinstance(one, Dictionary)]


def test_pages_and_links_are_never_shared(tools):
    """the same page twice is two pages with a link each."""
    with opened(tools.join(tools.small("One"), tools.small("One"))) as pdf:
        assert len({one.obj.objgen for one in pdf.pages}) == 4
        links = [link for one in pdf.pages for link in one.obj.get("/Annots", [])]
        assert len({link.objgen for link in links}) == 2
        keys = [int(one.obj.StructParents) for one in pdf.pages] + [int(link.StructParent) for link in links]
        assert sorted(keys) == list(range(6))


def test_links_are_printed_and_described(tools):
    """a link gets the flag that prints it, and words: its address, or the title of its part."""

    def change(pdf):
        page = pdf.pages[1].obj
        action = Dictionary(
            S=Name.URI, URI=String("https://example.org/a(b)"), Next=Dictionary(S=Name.Launch)
        )
        page.Annots = Array([Dictionary(Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), F=2, A=action)])

    whole = tools.join(tools.small("One", change=change))
    with opened(whole) as pdf:
        first, second = (one.obj.Annots[0] for one in pdf.pages)
        assert (int(first.F), str(first.Contents)) == (4, "All of One")
        assert (int(second.F), str(second.Contents)) == (4, "https://example.org/a(b)")
        assert str(second.A.URI) == "https://example.org/a(b)"
        assert "/Next" not in second.A
    assert whole.claims == frozenset()
    assert any("Links are in no tag" in note for note in whole.notes)


def test_other_annotations_stay_behind(tools):
    """an annotation that is no link is left out and told, and the claim is withdrawn."""

    def change(pdf):
        pdf.pages[0].obj.Annots.append(Dictionary(Subtype=Name.Text, Rect=Array([0, 0, 9, 9])))

    whole = tools.join(tools.small("One", change=change))
    with opened(whole) as pdf:
        assert len(pdf.pages[0].obj.Annots) == 1
    assert whole.claims == frozenset()
    assert any("kind Text were left out: 1" in note for note in whole.notes)


@pytest.mark.parametrize("standard", ["ua1", "a2a"])
def test_one_part_that_does_not_earn_it_withdraws_a_claim(tools, own, standard):
    """a standard is claimed only if every part was found to keep it, whatever they say themselves."""
    parts = [Part(own[0], "a.pdf", earns=tools.both), Part(own[1], "b.pdf", earns=tools.both - {standard})]
    whole = merge(parts, title="All", day=tools.day)
    assert whole.claims == tools.both - {standard}
    assert earned(whole.pdf) == whole.claims
    assert [note for note in whole.notes if "b.pdf" in note]
    with opened(whole) as pdf:
        xmp = pdf.Root.Metadata.read_bytes()
    assert (b"pdfuaid:part" in xmp) == (standard != "ua1")
    assert (b"does not claim to be accessible" in xmp) == (standard == "ua1")
    assert (b"pdfaid:part" in xmp) == (standard != "a2a")


def _with_profile(tools, data, change):
    """Return a file of ours whose colours are meant in another profile; ``change`` gets ours."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        profile, parts = change(pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes())
        pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(profile, N=parts)
        return tools.saved(pdf)


@pytest.mark.parametrize(("parts", "space"), [(3, "/DefaultRGB"), (1, "/DefaultGray")])
def test_colours_of_another_profile_keep_their_meaning(tools, own, parts, space):
    """a part whose colours are meant in another profile than ours brings it along, and PDF/A is kept."""
    kind = {1: b"GRAY", 3: b"RGB "}[parts]
    other = _with_profile(
        tools, own[1], lambda data: (data[:16] + kind + data[20:84] + b"\1" + data[85:], parts)
    )
    whole = tools.join(own[0], other)
    assert whole.claims == {"ua1", "a2a"}
    with opened(whole) as pdf:
        first, last = pdf.pages[0].Resources, pdf.pages[-1].Resources
        assert last.ColorSpace[space][1].read_bytes()[84] == 1
        assert "/ColorSpace" not in first or space not in first.ColorSpace
        assert pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()[84] != 1


def test_inks_of_two_profiles_withdraw_archiving(tools, own):
    """a part that is meant for a printing press cannot claim PDF/A together with one for a screen."""
    inks = _with_profile(tools, own[1], lambda data: (data[:16] + b"CMYK" + data[20:], 4))
    assert tools.join(inks).claims == {"ua1", "a2a"}
    assert tools.join(inks, inks).claims == {"ua1", "a2a"}
    assert tools.join(own[0], inks).claims == {"ua1"}


def test_headings_with_and_without_numbers_withdraw_the_claim(tools):
    """PDF/UA knows files with H and files with H1 to H6, and none with both."""

    def name(role):
        def change(pdf):
            pdf.Root.StructTreeRoot.RoleMap = Dictionary(Tip=Name("/" + role))

        return change

    first, second = (tools.small("One", change=name(role)) for role in ("H", "H1"))
    assert "ua1" in tools.join(first, first).claims
    whole = tools.join(first, second)
    assert "ua1" not in whole.claims
    assert any("number their headings" in note for note in whole.notes)


def test_the_same_parts_give_the_same_bytes(tools, tmp_path):
    """two runs of the program, with other seeds for its tables, write the same file."""
    (tmp_path / "part.pdf").write_bytes(tools.small("One"))
    program = (
        "import sys, hashlib; from datetime import date; from handouts.packet import Part, merge;"
        "pdf = open(sys.argv[1], 'rb').read();"
        "part = Part(pdf, 'a.pdf', earns=frozenset({'ua1', 'a2a'}));"
        "whole = merge([part] * 3, title='All', day=date(2026, 11, 22));"
        "print(hashlib.sha256(whole.pdf).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / "part.pdf")],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert len(runs.pop()) == 65


@pytest.mark.parametrize("pdf", [b"", b"no PDF", b"%PDF-1.7\nnothing"])
def test_what_is_no_pdf_is_refused(tools, pdf):
    """bytes that are no PDF are told by the name of the part."""
    with pytest.raises(ForeignError, match=r"a\.pdf"):
        tools.join(pdf)


def test_nothing_is_refused(tools):
    """there has to be something to join."""
    with pytest.raises(ForeignError):
        tools.join()
