"""Packet: finished PDFs become one that is still tagged, whoever made them.

::

    bytes ─▶ Source ─▶ Binding ─▶ Joined ─▶ bytes
    Part     objects    read        pages, trees, claims
                        hang
                        write

``merge`` joins parts one after the other; ``insert`` puts them where a packet of ours keeps room. Both are
one thing: a :class:`~handouts.packet.binding.Binding` takes a part in, at given pages, under a given element.

qpdf (through pikepdf) reads and repairs the parts; what is copied stays the bytes that it gives, only with
other numbers. pypdf reads every object in Python: joining 500 three-page files of Typst and WeasyPrint took
it 6.3 s and 181 MB without their tags, and this 3.5 s and 46 MB with them (processor time, one machine, one
run; 50 files 0.53 s and 0.43 s; ``benchmarks/merge.py`` compares more). qpdf's own writer ends a stream with
one line feed, after which data that end in a return seem one byte short, as PDF/A forbids. So the file is
written as our handouts are.
"""

from handouts.packet.joined import STANDARDS
from handouts.packet.joining import insert, merge, page_sizes
from handouts.packet.part import Insert, Merged, Part

__all__ = ["STANDARDS", "Insert", "Merged", "Part", "insert", "merge", "page_sizes"]
