"""`sakip host pasang` and `sakip host kunci`: what an office host needs, printed first, written only when told to."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.documents_in import named_document, unreadable
from sakip_tui.host.keys import key_line, launcher_text, person_of, public_key, sshd_text
from sop.form.faults import shown
from sop.model.errors import Fault, FaultyInput

LAUNCHER = "sakip-kantor"
SNIPPET = "sshd-sakip.conf"
ACCOUNT = "sakip"
KEYS_FILE = "/etc/ssh/sakip/%u"
_LONGEST_KEY = 20_000


def install(session: Session) -> Reply:
    """`sakip host pasang`: the launcher and what sshd must be told."""
    account = session.arguments.text("--akun") or ACCOUNT
    if not account.replace("-", "").replace("_", "").isalnum() or not account.isascii():
        raise FaultyInput((Fault("--akun", "kode-tak-terpakai", shown(account)),))
    database = str(session.path.absolute())
    texts = {LAUNCHER: launcher_text(sys.executable, database), SNIPPET: sshd_text(account, KEYS_FILE)}
    folder = session.arguments.text("--tulis")
    if folder is None:
        return Reply({"database": database, "account": account, "texts": texts, "written": []}, lambda: _shown(texts))
    written = [str(_write(Path(folder) / name, text, name == LAUNCHER)) for name, text in texts.items()]
    said = "\n".join([*(f"Ditulis: {place}" for place in written), *_steps(folder, account)])
    return Reply({"database": database, "account": account, "texts": texts, "written": written}, lambda: said)


def _shown(texts: dict[str, str]) -> str:
    parts = [f"== {name}\n{text}" for name, text in texts.items()]
    return "\n".join([*parts, "Belum ada yang ditulis. Untuk menulisnya: sakip host pasang --tulis MAP"])


def _steps(folder: str, account: str) -> list[str]:
    return [
        "Langkah berikutnya, sebagai pengelola komputer kantor:",
        f"1. Buat akun {account} tanpa sandi; basis data dan mapnya milik akun itu (0700, 0600).",
        f"2. Pindahkan {LAUNCHER} dari {folder} ke map yang hanya dapat diubah root, misalnya /usr/local/bin.",
        f"3. Pindahkan {SNIPPET} ke /etc/ssh/sshd_config.d/sakip.conf, lalu muat ulang sshd.",
        "4. Tambahkan kunci tiap orang: sakip host kunci KODE KUNCI.pub --tulis /etc/ssh/sakip/" + account,
    ]


def _write(place: Path, text: str, is_program: bool) -> Path:
    """A new document, or the same text once more; what somebody changed is not written over."""
    try:
        if place.exists():
            if place.read_text(encoding="utf-8") == text:
                return place
            raise FaultyInput((Fault("--tulis", "dokumen-sudah-ada", shown(str(place))),))
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o755 if is_program else 0o644)
        with open(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(place, 0o755 if is_program else 0o644)
    except OSError as error:
        raise unreadable(str(place), error, "--tulis") from error
    return place


def key(session: Session) -> Reply:
    """`sakip host kunci KODE KUNCI`: the line that lets one person in with one key."""
    person = session.arguments.text("KODE") or ""
    launcher = session.arguments.text("--peluncur") or f"/usr/local/bin/{LAUNCHER}"
    given = named_document(session.arguments.text("KUNCI") or "", _LONGEST_KEY, "KUNCI")
    text = given.data.decode("utf-8", errors="replace")
    line = key_line(launcher, person, public_key(text))
    target = session.arguments.text("--tulis")
    if target is None:
        hint = "Belum ada yang ditulis. Untuk menambahkannya: sakip host kunci … --tulis DOKUMEN"
        return Reply({"person": person, "line": line, "written": None}, lambda: f"{line}\n{hint}")
    place = Path(target)
    _add_line(place, line)
    said = f"Kunci {person} ditambahkan ke {place}. Orang itu masuk dengan: ssh AKUN@KANTOR"
    return Reply({"person": person, "line": line, "written": str(place)}, lambda: said)


def _add_line(place: Path, line: str) -> None:
    """Add the line; the same key cannot stand for two people, and standing there already is no fault."""
    body = line.split()[-2]
    try:
        lines = place.read_text(encoding="utf-8").splitlines() if place.exists() else []
        for known in lines:
            if body in known.split():
                if known == line:
                    return
                whose = person_of(known) or "orang lain"
                raise FaultyInput((Fault("KUNCI", "kunci-milik-orang-lain", shown(whose)),))
        temporary = place.with_name(place.name + ".baru")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        with open(descriptor, "w", encoding="utf-8") as stream:
            stream.write("\n".join([*lines, line]) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, place)
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(str(place), error, "--tulis") from error
