"""`sakip pengaturan pejabat`: the officials who sign recaps, and what changes them."""

from __future__ import annotations

from typing import Any

from db import signers as kept
from db.people_acts import revision_of
from db.signers import SignerRow
from db.signers_store import blank_signer, name_signer
from sakip_tui.cli.beside import beside, lanes_of
from sakip_tui.cli.layout import table
from sakip_tui.cli.people_identity import actor
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.values import Values
from sakip_tui.cli.writing import store
from sop.acts.office_ruling import signer_entity
from sop.model.office import Signer
from sop.model.office_commands import SignerNamed
from sop.model.refusals import Unknown
from sop.words.periods import period_label

_BLANKED = "(dikosongkan)"
_NOBODY = "Belum ada pejabat yang disebut; nama penanda tangan ditulis dengan tangan."


def signers(session: Session) -> Reply:
    """`sakip pengaturan pejabat [JABATAN]`."""
    values = Values(session)
    session.know_zone(session.office.zone)
    position, code, corrects = values.text("JABATAN"), values.text("--kosongkan"), values.text("--perbaiki")
    if position is None and code is None and corrects is None:
        if values.text("--nama") is not None:
            values.fault("JABATAN", "teks-kosong")
            values.check()
        return _listed(session, ())
    given, remarks = beside(values, lanes_of(session))
    office = session.address.office
    if code is not None:
        done = blank_signer(store(session), office, code, actor(session), given)
    else:
        signer = Signer(values.text("--nama") or "", values.text("--pangkat") or "", values.text("--nip") or "")
        named = SignerNamed(position or "", signer, values.text("--sejak"))
        if corrects is not None:
            named = _corrected(session, named, corrects)
        done = name_signer(store(session), office, named, actor(session), given)
    return _listed(session, remarks, changed=done.code)


def _corrected(session: Session, given: SignerNamed, code: str) -> SignerNamed:
    """What is not given again of an official stays."""
    rows = {row.state.code: row for row in kept.signers(session.database, session.address.office)}
    row = rows.get(code)
    if row is None:
        raise Unknown("penanda tangan", code, tuple(rows))
    signer = Signer(*(said or was for said, was in zip(given.signer, row.signer, strict=True)))
    position, since = given.position or row.state.position, given.since or row.state.since
    return SignerNamed(position, signer, since, corrects=code)


def _listed(session: Session, remarks: tuple[str, ...], changed: str | None = None) -> Reply:
    rows = kept.signers(session.database, session.address.office)
    document: dict[str, Any] = {"signers": [_document(session, row) for row in rows]}
    if changed is not None:
        document["changed"] = changed
    return Reply(document, lambda: _table(rows), remarks)


def _document(session: Session, row: SignerRow) -> dict[str, Any]:
    state, signer, _ = row
    return {
        "code": state.code,
        "position": state.position,
        "since": state.since,
        "name": signer.name or None,
        "rank": signer.rank or None,
        "nip": signer.nip or None,
        "revision": revision_of(session.database, session.address.office, signer_entity(state.code)),
    }


def _table(rows: tuple[SignerRow, ...]) -> str:
    if not rows:
        return _NOBODY
    heads = ["Kode", "Jabatan", "Sejak", "Nama", "Pangkat/golongan", "NIP"]
    cells = [
        [
            row.state.code,
            row.state.position,
            "semua periode" if row.state.since is None else period_label(row.state.since),
            row.signer.name or _BLANKED,
            row.signer.rank or "-",
            row.signer.nip or "-",
        ]
        for row in rows
    ]
    return table(heads, cells)
