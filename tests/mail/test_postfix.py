"""A real mail server of its own kind: Postfix on this machine, with its own settings, queue and mailboxes."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
import time
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

from handouts.mail.config import Config
from handouts.mail.ledger import Ledger
from handouts.mail.session import NoSessionError, Session

MAIN = """\
compatibility_level = 3.6
mail_owner = postfix
setgid_group = postdrop
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
meta_directory = /etc/postfix
shlib_directory = /usr/lib/postfix
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.clinic.example.org
mydestination =
virtual_mailbox_domains = patients.example.org
virtual_mailbox_base = {folder}/boxes
virtual_mailbox_maps = static:all/
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
smtpd_tls_cert_file = {folder}/chain.pem
smtpd_tls_key_file = {folder}/key.pem
smtpd_tls_security_level = encrypt
smtpd_relay_restrictions = reject_unauth_destination
maillog_file_prefixes = {folder}
maillog_file = {folder}/maillog
"""
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
SETTINGS = """\
server: {{host: localhost, port: {port}, ca_file: ca.pem}}
from: handouts@clinic.example.org
reply_to: desk@clinic.example.org
per_minute: 600
undo_min: 0
"""
COUNT = 200


@pytest.fixture
def postfix(tmp_path, authority, tools):
    """Run a Postfix of our own, and return the path of the settings for it."""
    program = shutil.which("postfix", path="/usr/sbin:/usr/bin")
    if program is None or os.geteuid() != 0:
        pytest.skip("Postfix is not installed, or this is not root, whom it wants to be started by")
    # Postfix does not go into folders of others' that only their owner may enter.
    folder = Path("/tmp") / f"handouts-postfix-{os.getpid()}"  # noqa: S108
    owner, nobody = pwd.getpwnam("postfix"), pwd.getpwnam("nobody")
    port = tools.free_port()
    for name in ("etc", "queue", "data", "boxes"):
        (folder / name).mkdir(parents=True)
    os.chown(folder / "data", owner.pw_uid, owner.pw_gid)
    os.chown(folder / "boxes", nobody.pw_uid, nobody.pw_gid)
    certificate = authority.issue_cert("localhost")
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    (folder / "chain.pem").write_bytes(b"".join(blob.bytes() for blob in certificate.cert_chain_pems))
    places = {"folder": folder, "uid": nobody.pw_uid, "gid": nobody.pw_gid, "port": port}
    (folder / "etc" / "main.cf").write_text(MAIN.format(**places))
    (folder / "etc" / "master.cf").write_text(MASTER.format(**places))
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    settings = tmp_path / "mail.yaml"
    settings.write_text(SETTINGS.format(port=port))
    command = [program, "-c", str(folder / "etc")]
    started = subprocess.run([*command, "start"], capture_output=True, text=True, check=False)
    try:
        assert started.returncode == 0, started.stderr
        yield settings, folder
    finally:
        subprocess.run([*command, "stop"], capture_output=True, check=False)
        shutil.rmtree(folder)


@pytest.mark.ci
def test_two_hundred_mails(postfix, tools, tmp_path):
    """a real server takes all mails, each once, and each file is the same after decoding."""
    settings, folder = postfix
    config = Config.read(settings)
    with Ledger.open(tmp_path / "ledger.db", make=True) as ledger:
        desk = tools.Desk(ledger, type("Server", (), {"config": config}), COUNT)
        tally = desk.sender(connect=lambda: Session.open(config, "")).go()
        assert tally.sent == COUNT
        wanted = {hashlib.sha256(name.encode()).hexdigest() for name in desk.to}
    box = folder / "boxes" / "all" / "new"
    until = time.monotonic() + 60
    while len(list(box.glob("*"))) < COUNT and time.monotonic() < until:
        time.sleep(0.2)
    messages = [BytesParser(policy=policy.default).parsebytes(file.read_bytes()) for file in box.glob("*")]
    assert len(messages) == len({message["Message-ID"] for message in messages}) == COUNT
    files = [(message["To"], next(iter(message.iter_attachments())).get_content()) for message in messages]
    assert {hashlib.sha256(data).hexdigest() for _, data in files} == wanted
    assert all(to == f"{data.decode()}@patients.example.org" for to, data in files)


@pytest.mark.ci
def test_it_wants_encryption(postfix):
    """it takes nothing without encryption, and if its certificate is unknown it is not talked to."""
    settings, _ = postfix
    settings.write_text(settings.read_text().replace("ca_file: ca.pem", "tls: none"))
    config = Config.read(settings)
    session = Session.open(config, "")
    refusal = session.offer("zoe@patients.example.org", 100, "0" * 32)
    session.close()
    assert refusal is not None
    assert (refusal.code, refusal.outcome) == (530, "stop")
    settings.write_text(settings.read_text().replace("tls: none", "tls: starttls"))
    with pytest.raises(NoSessionError, match="cannot be trusted"):
        Session.open(Config.read(settings), "")
