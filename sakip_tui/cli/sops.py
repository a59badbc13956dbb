"""The SOPs: what there is, what one says, checking a file, bringing one in, settling what is open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from db import case_queries, identity, queries
from db.errors import DbError
from db.office_acts import Given
from db.sop_versions import confirm_sop, import_sop
from sakip_tui.cli.beside import beside, lanes_of
from sakip_tui.cli.layout import printable, table, width, wrapped
from sakip_tui.cli.people_identity import actor, actor_in, identity_in
from sakip_tui.cli.reply import Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.shapes import Document
from sakip_tui.cli.sop_files import handed_in
from sakip_tui.cli.values import Values
from sakip_tui.cli.writing import store
from sakip_tui.fault_words import fault_line
from sakip_tui.views.sops import rereading_words, unsettled
from sop.form import catalog, toml_format
from sop.form.document import as_document
from sop.form.rereading import Rereading, rereadings
from sop.model.act import Act
from sop.model.definition import Basis, DataRole, Field, Sop
from sop.model.errors import Fault, UnknownSop
from sop.words.labels import label
from sop.words.sop import IDENTITY_WORDS, LIST_WORDS, place_words

if TYPE_CHECKING:
    from db.rows import Address, Recorded


# ---------------------------------------------------------------------- what there is
_SETTLING = (
    "Yang belum ditetapkan, dan atas dasar apa: sakip sop lihat KODE. Menetapkannya: sakip sop tetapkan KODE LANGKAH, "
    "atau di layar SOP: Enter, lalu n dan t."
)
"""The way to what an SOP's document leaves open."""


def catalog_rows(session: Session) -> list[Document]:
    """The catalog, then what the office has and what was imported."""
    rows: list[Document] = [_row(catalog.load(code), "katalog", None, ()) for code in catalog.codes()]
    if not session.has_database:
        return rows

    for office in queries.offices(session.database):
        for adopted in office.sops:
            found = case_queries.sop_of(session.database, office.code, adopted.code)
            if found is not None:
                row = _row(found.sop, "kantor", found.version, adopted.years) | {"opd": office.code}
                rows.append(row | {"catalog_reads": [one._asdict() for one in _reread(found.sop)]})
    for code in queries.imported_codes(session.database):
        found = case_queries.sop_of(session.database, None, code)
        if found is not None:
            rows.append(_row(found.sop, "impor", found.version, ()))
    return rows


def _row(sop: Sop, source: str, version: int | None, years: tuple[int, ...]) -> Document:
    assumed = sum(step.ground(name).basis is Basis.ASUMSI for step in sop.steps for name in step.grounded)
    return {
        "code": sop.code,
        "source": source,
        "version": version,
        "office": sop.office,
        "zone": sop.zone,
        "steps": len(sop.steps),
        "assumed": assumed,
        "unsettled": unsettled(sop),
        "years": list(years),
        "opd": None,
        "catalog_reads": [],
    }


def _reread(sop: Sop) -> tuple[Rereading, ...]:
    """What the catalog reads otherwise than the office's version."""
    return rereadings(sop, catalog.load(sop.code)) if sop.code in catalog.codes() else ()


def catalog_list(session: Session) -> Reply:
    rows = catalog_rows(session)
    return Reply(rows, lambda: _rows_text(rows))


def _rows_text(rows: list[Document]) -> str:
    cells = [
        (
            row["code"],
            row["source"] + (f" v{row['version']}" if row["version"] else ""),
            row["steps"],
            row["unsettled"],
            ", ".join(map(str, row["years"])) or None,
        )
        for row in rows
    ]
    # A code is copied and typed, so it stays whole, and beside it a narrow line has no room for an office's name.
    offices = (line for row in rows for line in wrapped(f"{row['code']}: {row['office']}", width(), "  "))
    listed = "\n".join(
        [table(("Kode", "Dari", "Langkah", "Belum ditetapkan", "Tahun"), cells, flexible=(4,)), "", *offices]
    )
    told = wrapped(_SETTLING, width()) if any(row["unsettled"] for row in rows) else []
    way = ["", *told] if told else []
    return "\n".join([listed, *way, *(line for row in rows for line in _reread_lines(row))])


def _reread_lines(row: Document) -> Iterator[str]:
    """What the catalog reads otherwise than an office's version, and how the office settles it."""
    if not row["catalog_reads"]:
        return
    yield ""
    whose = f"{row['code']} v{row['version']} di kantor {row['opd']}"
    told = f"{whose}: katalog membacanya lain sekarang. SOP kantor tidak diubah."
    yield from wrapped(printable(told), width())
    for told in row["catalog_reads"]:
        one = Rereading(**told)
        yield from wrapped(printable(f"- {rereading_words(one)} {_settling(row['code'], one)}"), width(), "  ")


def _settling(code: str, one: Rereading) -> str:
    """The command that settles a value as the catalog has it."""
    option = {"pelaksana": "--pelaksana", "decider": "--pemutus", "tidak": "--tidak-ke", "data": "--data"}.get(one.key)
    if option is None:
        return "Tetapkan di layar SOP (menu n)."
    given = " ".join(
        f'{option} "{value}"' if " " in value else f"{option} {value}" for value in one.shipped.split("\n")
    )
    return f"Tetapkan yang benar, misalnya: sakip sop tetapkan {code} {one.step} {given}"


# ---------------------------------------------------------------------- one SOP
def find(session: Session, code: str) -> tuple[Sop, int | None]:
    """The office's own version of an SOP, else the imported one, else the catalog's with no version.

    Raises:
        UnknownSop: None of them has it.
    """
    if session.has_database:
        for owner in (*(office.code for office in session.offices_meant), None):
            found = case_queries.sop_of(session.database, owner, code)
            if found is not None:
                return found.sop, found.version
    try:
        return catalog.load(code), None
    except UnknownSop:
        known = dict.fromkeys(row["code"] for row in catalog_rows(session))
        raise UnknownSop(code=code, known=tuple(known)) from None


def show(session: Session) -> Reply:
    """`sakip sop lihat KODE`."""
    sop, version = find(session, session.arguments.text("KODE") or "")
    chosen = _chosen_cadence(session, sop, version)
    document = as_document(sop, version) | {"chosen_cadence": chosen}
    return Reply(document, lambda: _sop_text(sop, version, chosen))


def _chosen_cadence(session: Session, sop: Sop, version: int | None) -> str | None:
    """What the office chose for an SOP that names no period; None where the SOP says it, or nobody has chosen."""
    if version is None or any(step.cadence is not None for step in sop.steps):
        return None

    try:
        return queries.standing(session.database, session.address_with(sop.code)).cadence
    except DbError:
        # Imported and not in use, or several offices use it: nobody's choice in particular.
        return None


def _sop_text(sop: Sop, version: int | None, chosen: str | None) -> str:
    columns = width()
    head = f"{sop.code}, {f'versi {version}' if version is not None else 'dari katalog'}"
    lines = [head, *wrapped(printable(sop.office), columns)]
    lines += [f"Periode yang dipilih kantor: {chosen}.", ""] if chosen else [""]
    for key, words in IDENTITY_WORDS.items():
        written = sop.identity.get(key)
        said = "(tidak ada di dokumen)" if written is None else written.text or "(kosong di dokumen)"
        lines += wrapped(f"{words}: {printable(said)}", columns, "  ")
    for key, words in LIST_WORDS.items():
        items = sop.lists.get(key)
        lines += ["", words + (":" if items else ": (tidak ada di dokumen)")]
        for number, item in enumerate(items or (), start=1):
            lines += wrapped(f"{number}. {printable(item.text)}", columns, "   ")
    lines += ["", *wrapped(f"Pelaksana: {'; '.join(sop.lane_names)}", columns, "  "), ""]
    rows = [_step_row(step_number, sop) for step_number in range(len(sop.steps))]
    lines.append(table(("No", "Langkah", "Pelaksana", "Waktu", "Output", "Dasar"), rows, flexible=(1, 2, 4, 5)))
    lines += _beside_lines(sop, columns)
    document = as_document(sop, version)
    if document["originals"]:
        lines += ["", "Diperbaiki dari dokumen:"]
        for item in document["originals"]:
            said = f'{place_words(tuple(item["place"].split(" · ")))}: "{item["original"]}" dibaca "{item["text"]}"'
            lines += wrapped(f"- {printable(said)}", columns, "  ")
    for note in sop.notes:
        lines += wrapped(f"Catatan: {printable(note)}", columns, "  ")
    return "\n".join(lines)


def _beside_lines(sop: Sop, columns: int) -> list[str]:
    """What must be at hand for each step, and its remarks: too much for a column of the table."""
    lines: list[str] = []
    for step in sop.steps:
        standard = step.mutu_baku
        needed = "; ".join(standard.kelengkapan)
        remark = None if standard.keterangan is None else standard.keterangan.text
        for words, said in (("kelengkapan", needed), ("keterangan", remark)):
            if said:
                lines += wrapped(f"Langkah {step.number}, {words}: {printable(said)}", columns, "  ")
    return ["", *lines] if lines else []


def _step_row(index: int, sop: Sop) -> tuple[object, ...]:
    step = sop.steps[index]
    grounds = [
        f"{label(name)} {label(step.ground(name).basis)}"
        for name in step.grounded
        if step.ground(name).basis is not Basis.TERTULIS
    ]
    who = "; ".join(step.pelaksana) + (f"; pemutus {step.decider}" if step.decider else "")
    if step.decision is not None:
        ya = "akhir" if step.decision.ya is None else f"langkah {step.decision.ya}"
        who += f" (Ya: {ya}, Tidak: langkah {step.decision.tidak})"
    marks = [word for held, word in ((step.per_bidang, "per bidang"), (step.joint, "bersama")) if held]
    title = step.title.text + (f" [{', '.join(marks)}]" if marks else "")
    waktu = step.mutu_baku.waktu
    keluaran = step.mutu_baku.keluaran
    return (
        step.number,
        title,
        who,
        None if waktu is None else waktu.text,
        None if keluaran is None else keluaran.text,
        ", ".join(grounds) or "tertulis",
    )


# ---------------------------------------------------------------------- files
def check(session: Session) -> Reply:
    """`sakip sop periksa DOKUMEN`: sound or not, every fault, every warning."""
    sop, warnings = handed_in(session.arguments.text("DOKUMEN") or "")
    document = {
        "code": sop.code,
        "sound": True,
        "steps": len(sop.steps),
        "hash": toml_format.content_hash(sop),
        "warnings": [
            {
                "place": fault.place,
                "code": fault.code,
                "found": fault.found,
                "known": list(fault.known),
                "text": fault_line(fault),
            }
            for fault in warnings
        ],
    }
    return Reply(document, lambda: _verdict_text(sop, warnings))


def _verdict_text(sop: Sop, warnings: tuple[Fault, ...]) -> str:
    lines = [f"{sop.code}: {len(sop.steps)} langkah, tidak ada kesalahan."]
    if warnings:
        lines.append(f"{len(warnings)} peringatan:")
        lines += [f"- {fault_line(fault)}" for fault in warnings]
    return "\n".join(lines)


def take_in(session: Session) -> Reply:
    """`sakip sop impor DOKUMEN`: for the office that uses this SOP, else kept until one is set up with it."""
    sop = handed_in(session.arguments.text("DOKUMEN") or "").sop
    wanted = session.arguments.text("--opd")
    with session.new_database() as database:
        owners = [row.code for row in session.offices_meant if any(adopted.code == sop.code for adopted in row.sops)]
        office = owners[0] if len(owners) == 1 else wanted
        actor = (
            identity.actor_of_file(database, identity_in(session, database, None), Act.SOP_IMPOR, session.now)
            if office is None
            else actor_in(session, office)
        )
        session.know_zone(next((row.zone for row in queries.offices(database) if row.code == office), sop.zone))
        given = beside(Values(session), sop.lane_names)
        done = import_sop(
            store(session),
            sop,
            actor,
            Given(**given.circumstances),
            office=office,
        )
    document = _recorded(done) | {"code": sop.code, "opd": office}
    whose = f"kantor {office}" if office is not None else "belum dipakai kantor; pakai dengan sakip siapkan"
    said = f"SOP {sop.code} disimpan sebagai versi {done.version} ({whose})."
    if office is not None:
        said += " Berkas yang dibuka sesudah ini memakainya; yang berjalan tetap pada versinya."
    return Reply(document, lambda: said, given.remarks)


def _recorded(done: Recorded) -> Document:
    return {
        "sequence": done.sequence,
        "hash": done.hash,
        "version": done.version,
        "new_version": done.new_version,
        "repeated": done.repeated,
    }


# ---------------------------------------------------------------------- settling what the document leaves open
def settle(session: Session) -> Reply:
    """`sakip sop tetapkan KODE LANGKAH`."""
    values = Values(session)
    step = values.number("LANGKAH", 0)
    target = values.number("--tidak-ke", 0)
    part = session.arguments.text("--data")
    chosen = None if part in (None, "-") else values.choice("--data", tuple(DataRole))
    values.check()
    assert step is not None
    code = session.arguments.text("KODE") or ""
    address = _adopted(session, code)
    session.__dict__["address"] = address
    given = beside(values, lanes_of(session))
    wanted: dict[Field, Any] = {}
    if session.arguments.texts("--pelaksana"):
        wanted[Field.PELAKSANA] = session.arguments.texts("--pelaksana")
    if session.arguments.text("--pemutus") is not None:
        wanted[Field.DECIDER] = session.arguments.text("--pemutus")
    if target is not None:
        wanted[Field.TIDAK] = target
    if part is not None:
        wanted[Field.DATA] = None if chosen is None else DataRole(chosen)
    done = confirm_sop(
        store(session),
        address,
        step,
        wanted,
        actor(session),
        Given(**given.circumstances),
    )
    document = _recorded(done) | {"code": code, "step": step}
    said = f"SOP {code} langkah {step} ditetapkan."
    if done.new_version:
        said += f" Nilainya berubah, jadi menjadi versi {done.version}; berkas yang berjalan tetap pada versinya."
    else:
        said += " Nilainya tetap dan langsung berlaku, juga untuk berkas yang berjalan."
    return Reply(document, lambda: said, given.remarks)


def _adopted(session: Session, code: str) -> Address:
    """The office's SOP of that code.

    Raises:
        UnknownSop: There is none of that code anywhere.
        UnknownAdoption: There is, but the office does not use it.
        UnknownOffice: There is none, several are possible, or the one named is not there.
    """
    find(session, code)
    return session.address_with(code)
