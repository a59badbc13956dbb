"""The lines that let people in: one for each key in `authorized_keys`, and what sshd must be told. Pure texts."""

from __future__ import annotations

import base64
import binascii
import re
import shlex
from typing import NamedTuple

from sop.model.errors import Fault, FaultyInput

KEY_KINDS = (
    "ssh-ed25519",
    "sk-ssh-ed25519@openssh.com",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "ssh-rsa",
)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_LEAST_RSA_BYTES = 256
"""Of the key line's body, roughly: an RSA key under 2048 bits is refused."""
TERMS = (
    "xterm",
    "xterm-256color",
    "xterm-color",
    "screen",
    "screen-256color",
    "tmux",
    "tmux-256color",
    "putty",
    "putty-256color",
    "linux",
    "vt100",
    "vt220",
    "rxvt-unicode-256color",
    "alacritty",
    "xterm-kitty",
    "dumb",
)
"""Kinds of terminal that are believed; any other one counts as xterm."""


class PublicKey(NamedTuple):
    """One public key, proved to be one."""

    kind: str
    body: str
    """Base64."""


def public_key(text: str) -> PublicKey:
    """The key in a line as `ssh-keygen` writes it. Its comment is left out: it is text of somebody else.

    Raises:
        FaultyInput: It is not exactly one public key, or it begins with options.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    words = lines[0].split() if len(lines) == 1 else []
    if len(words) < 2 or words[0] not in KEY_KINDS:
        raise FaultyInput((Fault("KUNCI", "bukan-kunci-publik", text[:60], KEY_KINDS[:1]),))
    kind, body = words[0], words[1]
    try:
        blob = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        blob = b""
    # A key says its own kind once more inside: length, then the name.
    length = int.from_bytes(blob[:4], "big")
    if blob[4 : 4 + length] != kind.encode() or len(blob) <= 4 + length:
        raise FaultyInput((Fault("KUNCI", "bukan-kunci-publik", text[:60], KEY_KINDS[:1]),))
    if kind == "ssh-rsa" and len(blob) < _LEAST_RSA_BYTES:
        raise FaultyInput((Fault("KUNCI", "kunci-terlalu-lemah", kind, KEY_KINDS[:1]),))
    return PublicKey(kind, body)


def key_line(launcher: str, person: str, key: PublicKey) -> str:
    """The line of `authorized_keys` for one person's key.

    Raises:
        FaultyInput: The person's code holds anything but letters, digits, dot, hyphen and underscore, or the
            launcher's place something that a key line cannot hold.
    """
    if not launcher.isprintable() or '"' in launcher or "\\" in launcher:
        raise FaultyInput((Fault("--peluncur", "tempat-tak-terpakai", launcher[:60]),))
    if not _CODE.fullmatch(person):
        raise FaultyInput((Fault("KODE", "kode-tak-terpakai", person[:60]),))
    command = f"{shlex.quote(launcher)} {person}"
    return f'restrict,pty,command="{command}" {key.kind} {key.body} sakip:{person}'


def person_of(line: str) -> str | None:
    """Whose line of ours this is."""
    comment = line.rsplit(" ", 1)[-1]
    return comment.removeprefix("sakip:") if comment.startswith("sakip:") else None


SESSION_MEMORY_KB = 1 << 20
"""Address space of one connection. A board of 2,000 cards and the recap of a year take a third of it."""
SESSION_CPU_SECONDS = 2 * 3600
"""Processor time of one connection; a whole day at the keys takes minutes."""
_CPU_GRACE_SECONDS = 30
"""From the signal that ends it in order to the one that just ends it."""


def launcher_text(python: str, database: str) -> str:
    """The launcher: a clean environment, Python that looks nowhere but at its own packages, the person locked.

    Args:
        python: The interpreter that has the program installed.
        database: The office's database.
    """
    return f"""#!/bin/sh
# Dibuat oleh: sakip host pasang. Dipanggil oleh sshd untuk setiap kunci; kata pertamanya kode orang.
# Lingkungan dari penelepon tidak ikut masuk: hanya nama terminal yang dikenal, alamat, dan perintahnya sebagai teks.
umask 077
# Batas satu sambungan: ingatan (KiB), waktu prosesor (detik). Sesudah waktunya habis sambungan ditutup dengan tertib.
ulimit -c 0
ulimit -v {SESSION_MEMORY_KB}
ulimit -S -t {SESSION_CPU_SECONDS}
ulimit -H -t {SESSION_CPU_SECONDS + _CPU_GRACE_SECONDS}
case "$TERM" in
    {"|".join(TERMS)}) ;;
    *) TERM=xterm ;;
esac
exec /usr/bin/env -i \\
    PATH=/usr/bin:/bin \\
    LANG=C.UTF-8 \\
    HOME="$HOME" \\
    TERM="$TERM" \\
    SSH_CONNECTION="$SSH_CONNECTION" \\
    SSH_CLIENT="$SSH_CLIENT" \\
    SSH_ORIGINAL_COMMAND="$SSH_ORIGINAL_COMMAND" \\
    {shlex.quote(python)} -I -X utf8 -m sakip_tui --pengguna "$1" --db {shlex.quote(database)}
"""


def sshd_text(account: str, keys_file: str) -> str:
    """What sshd must be told about the service account.

    What it sets empty would reach the account's shell, before the launcher, where an `AcceptEnv` elsewhere lets
    everything in: bash carries out what stands in BASH_ENV.

    Args:
        account: Name of the account that owns the database.
        keys_file: Where the key lines lie; out of the account's own reach.
    """
    return f"""# Dibuat oleh: sakip host pasang. Simpan sebagai /etc/ssh/sshd_config.d/sakip.conf, lalu muat ulang sshd.
PermitUserEnvironment no
Match User {account}
    AuthorizedKeysFile {keys_file}
    AuthenticationMethods publickey
    PasswordAuthentication no
    KbdInteractiveAuthentication no
    DisableForwarding yes
    PermitTunnel no
    PermitUserRC no
    SetEnv BASH_ENV= ENV= LD_PRELOAD= LD_AUDIT= LD_LIBRARY_PATH=
    PermitTTY yes
    ClientAliveInterval 15
    ClientAliveCountMax 4
Match all
"""
