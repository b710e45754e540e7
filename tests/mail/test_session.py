"""Who is talked to: only a server whose certificate is right, encrypted, before any word of a mail."""

from __future__ import annotations

import base64
import ssl
import warnings

import pytest
import trustme
from aiosmtpd.smtp import AuthResult

from handouts.errors import ContentError
from handouts.mail.config import Config
from handouts.mail.session import NoSessionError, Session

# The server of the tests says so of itself where its encryption is not its own; that is what is tested.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")


def old_context(tools, authority):
    """Return what a server of fifteen years ago encrypts with."""
    context = tools.server_context(authority)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


NEGATIVES = {
    "another authority": (lambda tools, ca: tools.server_context(trustme.CA()), {}),
    "another name": (lambda tools, ca: tools.server_context(ca, "mail.example.org"), {}),
    "expired": (
        lambda tools, ca: tools.server_context(ca, not_before=tools.day(-20), not_after=tools.day(-10)),
        {},
    ),
    "TLS 1.1": (old_context, {}),
    "no STARTTLS": (None, {"tls_context": None, "require_starttls": False, "auth_require_tls": False}),
}


@pytest.mark.parametrize("tls", ["starttls", "tls"])
@pytest.mark.parametrize("what", NEGATIVES)
def test_a_server_that_is_not_right(tmp_path, authority, tools, what, tls):
    """a server that is not who it says it is, or does not encrypt well, learns no password and no mail."""
    make, how = NEGATIVES[what]
    if make is None and tls == "tls":
        return  # encryption comes first there
    with tools.running(
        tmp_path, authority, tls, context=make(tools, authority) if make else None, **how
    ) as server:
        with pytest.raises(NoSessionError) as told:
            Session.open(server.config, tools.secret)
        assert told.value.lasting
        assert "Nothing was sent." in told.value.advice
        assert (server.inbox.taken, server.inbox.logins) == ([], [])


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_server_that_is_right(tmp_path, authority, tools, tls):
    """the same server with everything right is logged in to."""
    with tools.running(tmp_path, authority, tls) as server:
        Session.open(server.config, tools.secret).close()
        assert server.inbox.logins == ["desk@clinic.example.org"]


def test_the_usual_authorities(tmp_path, authority, tools):
    """without an authority of one's own, that of the system counts, which does not know this server."""
    with tools.running(tmp_path, authority) as server:
        server.settings.write_text(server.settings.read_text().replace("  ca_file: ca.pem\n", ""))
        with pytest.raises(NoSessionError, match="cannot be trusted"):
            Session.open(server.config, tools.secret)
        assert server.inbox.logins == []


def test_no_log_in_without_encryption(tmp_path):
    """settings that would show a password on the way are refused, as are those for a server elsewhere."""
    file = tmp_path / "mail.yaml"
    rest = "from: a@example.org\nreply_to: b@example.org\n"
    file.write_text(f"server: {{host: 127.0.0.1, tls: none, user: me, secret_env: X}}\n{rest}")
    with pytest.raises(ContentError, match="nobody logs in without encryption"):
        Config.read(file)
    file.write_text(f"server: {{host: mail.example.org, tls: none}}\n{rest}")
    with pytest.raises(ContentError, match="leaves this machine encrypted only"):
        Config.read(file)


@pytest.mark.parametrize("token", ["good token", "stale"])
def test_log_in_with_a_token(tmp_path, authority, tools, token):
    """a token is given as XOAUTH2 wants it, and a stale one is refused with its code."""
    with tools.running(tmp_path, authority) as server:

        async def auth(smtp, args):
            said = base64.b64decode(args[1]).decode()
            server.inbox.logins.append(said)
            return AuthResult(success="good token" in said, handled=False, auth_data=said)

        server.inbox.auth_XOAUTH2 = auth
        server.settings.write_text(server.settings.read_text().replace("  user:", "  auth: xoauth2\n  user:"))
        if token == "stale":
            with pytest.raises(NoSessionError, match="535"):
                Session.open(server.config, token)
        else:
            Session.open(server.config, token).close()
        assert server.inbox.logins == [f"user=desk@clinic.example.org\1auth=Bearer {token}\1\1"]


def test_nobody_is_there(tmp_path, authority, tools):
    """a server that is away is told, and may come back."""
    with tools.running(tmp_path, authority) as server:
        config = server.config
    with pytest.raises(NoSessionError, match="cannot reach localhost") as told:
        Session.open(config, tools.secret)
    assert not told.value.lasting
