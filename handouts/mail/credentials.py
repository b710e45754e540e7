"""Where a password or token comes from: the environment, or a program that prints it; never a file."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping

from handouts.errors import OutsideError, UsageError
from handouts.mail.config import Server

COMMAND_S = 60
"""How long a program may take: it may ask somebody to unlock a key store."""


def read_secret(server: Server, environment: Mapping[str, str]) -> str:
    """Return the password or token of the server's user; empty where nobody logs in.

    Raises UsageError where it is not set, OutsideError where its program fails. Neither repeats it.
    """
    if not server.user:
        return ""
    if server.secret_command:
        return _printed(server.secret_command)
    name = server.secret_env or ""
    secret = environment.get(name, "")
    if not secret:
        raise UsageError(f"{name} is not set.", advice="Put the password or token of the mail server there.")
    return _sound(secret, name)


def _printed(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, timeout=COMMAND_S, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        why = "it took too long" if isinstance(error, subprocess.TimeoutExpired) else error.strerror
        raise OutsideError(f"secret_command failed: {why}.") from None
    if done.returncode:
        raise OutsideError(f"secret_command failed with exit code {done.returncode}.")
    return _sound(done.stdout.decode("utf-8", "replace").rstrip("\r\n"), "secret_command")


def _sound(secret: str, where: str) -> str:
    if not secret or not secret.isprintable():
        raise UsageError(f"{where} gives no password: it is empty, or holds a control character.")
    return secret
