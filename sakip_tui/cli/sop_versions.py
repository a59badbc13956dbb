"""`sakip sop banding`: what differs between two versions of the office's SOP."""

from __future__ import annotations

from db.sop_queries import SopFile, sop_file
from sakip_tui.cli.layout import printable, width, wrapped
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.sops import find
from sakip_tui.cli.values import Values
from sop.form.comparison import Difference, differences
from sop.model.refusals import Unknown
from sop.words.labels import upper
from sop.words.sop import place_words


def compare(session: Session) -> Reply:
    """`sakip sop banding KODE [LAMA] [BARU]`; without numbers, the newest against the one before."""
    values = Values(session)
    older, newer = values.number("LAMA", 1, 10_000), values.number("BARU", 1, 10_000)
    values.check()
    code = session.arguments.text("KODE") or ""
    find(session, code)
    address = session.address_with(code)
    newest = _version(session, address.office, code, newer)
    number = older if older is not None else max(1, newest.version - 1)
    before = _version(session, address.office, code, number)
    found = differences(before.sop, newest.sop)
    document = {
        "code": code,
        "before": before.version,
        "after": newest.version,
        "differences": [{"place": list(each.place), "before": each.before, "after": each.after} for each in found],
    }
    return Reply(document, lambda: _text(code, before.version, newest.version, found))


def _version(session: Session, office: str, code: str, number: int | None) -> SopFile:
    found = sop_file(session.database, office, code, number)
    if found is None:
        newest = sop_file(session.database, office, code)
        known = () if newest is None else tuple(str(row.number) for row in newest.versions)
        raise Unknown("versi", str(number), known)
    return found


def _text(code: str, before: int, after: int, found: tuple[Difference, ...]) -> str:
    if not found:
        return f"SOP {code}: versi {before} dan versi {after} sama."
    lines = [f"SOP {code}: {len(found)} perbedaan antara versi {before} dan versi {after}."]
    for each in found:
        lines.append(upper(place_words(each.place)))
        for number, text in ((before, each.before), (after, each.after)):
            said = "(tidak ada)" if text is None else printable(text)
            lines += wrapped(f"  versi {number}: {said}", width(), "    ")
    return "\n".join(lines)
