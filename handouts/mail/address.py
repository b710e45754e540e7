"""E-mail addresses: one plain address, or a reason why not that does not repeat it.

What a header would take for two addresses, a name or a route is refused here, so that a mail never gets a
second reader. An address that needs SMTPUTF8 is refused as well: many servers lose it.
"""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

MOST = 254
"""The most characters of an address (RFC 5321, 4.5.3.1.3, without its angle brackets)."""


class AddressError(Exception):
    """Some words are no address that can be used; ``reason`` holds nothing of them."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def read_address(words: str) -> str:
    """Return the address in ASCII, its domain in small letters; raises AddressError."""
    if len(words) > MOST:
        raise AddressError(f"it is longer than {MOST} characters.")
    if any(not letter.isprintable() or letter.isspace() for letter in words):
        raise AddressError("it holds a blank or a control character.")
    try:
        found = validate_email(
            words,
            strict=True,
            allow_quoted_local=False,
            allow_domain_literal=False,
            allow_display_name=False,
            check_deliverability=False,
        )
    except EmailNotValidError:
        if words.count("@") > 1:
            raise AddressError("it is more than one address: write one.") from None
        raise AddressError("it is no e-mail address.") from None
    if found.ascii_email is None:
        raise AddressError("it has letters before the @ that many mail servers refuse.")
    return found.ascii_email


def domain_of(address: str) -> str:
    """Return what stands behind the @."""
    return address.rpartition("@")[2]
