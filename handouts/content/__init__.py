"""Stage 1, read and check: YAML files to frozen values, or every problem of every file at once.

::

    places      where the bundled folders and a clinic's own folder are
    yaml_text   bytes -> nodes, a tree with line and column        (the only YAML)
    models      what a content file may say                        (schema: the same for editors)
    problems    what a model refuses -> sentences with a place
    store       one file each: read once, laid over the bundled one, validated
    crosschecks what one file says against what the others say     (safety: what it never may)
    bans        what must never be printed for a condition         (company: for one patient's several)
    doses       a dose against the range of its sources            (reviews: whether a sign-off still holds)
    unfinished  what nobody has written yet                        (readiness: of all that is asked for)
    clinics     a clinic's file -> clinic.Clinic                   (logo, svg: the file beside it)
    signs       which warning signs a condition prints, in which order
    wording     the fixed words of a page, their gaps filled
    readability how hard a document is to read                     (syllables; texts: where its words stand)
    catalogue   what there is, for other programs                  (unsourced: what wants a better source)
    library     READ FIRST: the one door for all other stages      (check: all problems at once)
"""
