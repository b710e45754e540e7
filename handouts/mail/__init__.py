"""Mail: what a batch has made goes to its patients: never twice, never lost silently, never to another.

::

    manifest + roster ─candidates─▶ Candidate | Withheld        (consent, passphrases, address)
         Candidate ────ledger─────▶ queued ─▶ sending ─▶ sent | deferred | failed | in_doubt
         due entry ────rightful───▶ the file says what the row says      (protect: locked, AES-256)
                   ────message────▶ bytes                                (letter, html)
                   ────sender─────▶ session ─▶ the clinic's mail server

Mail cannot be handed over exactly once: between a server's taking a message and our knowing it lies a gap
(RFC 1047). So ``sending`` is on the disk before the gap, and what is found in it after a crash is *in
doubt*: a person looks, and says whether it was sent. ``record`` keeps what happened, without a name.
"""
