"""Printing: finished PDFs to the clinic's printer, through CUPS (Linux and macOS).

::

    PDF ─▶ packet.sheets ─▶ Job ─┐
                                 ├─▶ papers.mismatches ─▶ cups.send ─▶ job ids
    lpoptions ─▶ papers.Tray ────┘

Everything is looked at before anything is sent: an A4 sheet on letter paper loses its foot, and half of it
printed is worse than none. What goes out is the bytes, under a title that says nothing: a print queue shows
titles to everybody, and a file's name says what somebody has.
"""
