"""A foreign PDF, rebuilt from what is known to be harmless; all of it runs in the child process.

What a page shows, its tags, links, bookmarks and its claims are kept. Everything else is left out: the lists
in ``allowed`` say what may stay, never what must go, so that a trick nobody has heard of is left out too.
"""
