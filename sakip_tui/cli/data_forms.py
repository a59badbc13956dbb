"""`sakip data formulir` and `impor`: the forms of a period out, filled forms in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from db import people
from db.errors import DbError
from sakip_tui.cli.beside import lanes_of
from sakip_tui.cli.data_figures import owner_named, state_of
from sakip_tui.cli.data_rows import given_beside
from sakip_tui.cli.people_identity import actor
from sakip_tui.cli.reply import DONE, FAULTY, REFUSED, Reply
from sakip_tui.cli.session import Session
from sakip_tui.cli.streams import remark
from sakip_tui.cli.values import Values
from sakip_tui.cli.writing import store
from sakip_tui.cli.year_asked import year_at_work
from sakip_tui.data_forms import (
    FormOffice,
    owners_with_forms,
    write_findings,
    write_forms,
)
from sakip_tui.filling.forms import form_called, form_read, whatever_it_says
from sakip_tui.notices import notice_of
from sakip_tui.recaps import export_folder, make_folder
from sakip_tui.views.findings import finding_document, placed_line
from sop.acts.rights import may, require_a_place, require_right
from sop.kinerja.data_act import DataCommand
from sop.kinerja.form_reading import FormReading
from sop.kinerja.issuing import due
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.errors import SopError
from sop.model.refusals import Refused, Rule
from sop.values import replace
from sop.words.figure_words import owner_words
from sop.words.periods import period_label


def send(session: Session) -> Reply:
    """`sakip data formulir PERIODE`: what differs is frozen anew, then every form is written."""
    period, values = session.period(), Values(session)
    folder = values.target()
    given = given_beside(values)
    state = state_of(session, period)
    who, sequence = actor(session), None
    require_right(who, Act.FORMULIR)
    named, sending = owner_named(session, state, period), due(state, period)
    if named is not None:
        fresh = {} if sending is None else dict(sending.forms)
        form = fresh.get(named[0], state.period(period).form(named[0]))
        if form is None or not form.rows:
            raise Refused(Rule.NO_FORM, period=period, owner=named[0])
    if sending is not None or not owners_with_forms(state, period):
        command = Command(Act.FORMULIR, period, data=DataCommand(Act.FORMULIR), **given)
        sequence = store(session).apply(session.address, command, who).sequence
        state = state_of(session, period)
    owners = owners_with_forms(state, period) if named is None else named
    if not owners:
        raise Refused(Rule.NO_FORM, period=period)
    place = export_folder(session.path) if folder is None else Path(folder)
    make_folder(place)
    office = FormOffice(session.address.office, session.office.name)
    written = write_forms(state, office, period, owners, place)
    held = state.period(period)
    document = {
        "period": period,
        "sequence": sequence,
        "forms": [
            {
                "bidang": owner,
                "form_revision": _number(held.form(owner)),
                "rows": len(held.form_rows(owner)),
                "path": str(path),
            }
            for owner, path in written
        ],
    }
    lines = [
        f"{owner_words(owner)}: {len(held.form_rows(owner))} indikator, f{_number(held.form(owner))}: {path}"
        for owner, path in written
    ]
    sent = "Formulir dikirim" if sequence is not None else "Formulir"
    return Reply(document, lambda: "\n".join((f"{sent} {period_label(period)}.", *lines)))


def _number(form: Any) -> int:
    return 0 if form is None else int(form.number)


def take_in(session: Session) -> Reply:
    """`sakip data impor DOKUMEN...`: each file whole or not at all."""
    who = actor(session)
    require_a_place(who)
    if who.only_looks or not (who.memberships or may(who, Act.ISI)):
        raise Refused(Rule.NOT_MEMBER, allowed=lanes_of(session))
    tries = session.arguments.has("--coba")
    names = session.arguments.texts("DOKUMEN")
    found = [_one(session, name, tries) for name in names]
    code = FAULTY if any(each["faults"] for each, _ in found) else DONE
    if code == DONE and any(each["refused"] is not None for each, _ in found):
        code = REFUSED
    document = {"files": [each for each, _ in found]}
    return Reply(document, lambda: "\n".join(line for _, lines in found for line in lines), (), code)


def _one(session: Session, name: str, tries: bool) -> tuple[dict[str, Any], list[str]]:
    """What became of one file, as JSON values and as lines."""
    who, refusal, sequence = actor(session), None, None
    moment = session.now, session.zone_offset, year_at_work(session)
    reading = form_read(session.database, session.address, session.office.name, name, who.code, moment)
    if reading.was_sent and not reading.changes_nothing:
        try:
            sequence = _taken(session, reading, tries)
        except (SopError, DbError) as error:
            if len(session.arguments.texts("DOKUMEN")) == 1:
                remark(f"{name}: {form_called(reading)}")
                raise
            names = people.names(session.database, session.address.office)
            refusal = f"{form_called(reading)} {notice_of(error, session.zone_offset, names) or error}"
            reading = replace(reading, faults=())
    document: dict[str, Any] = {
        "file": name,
        "taken": sequence is not None,
        "unchanged": reading.changes_nothing,
        "period": None if reading.tag is None else reading.tag.period,
        "bidang": None if reading.tag is None else reading.tag.owner,
        "changed": sorted(reading.rows),
        "sequence": sequence,
        "refused": refusal,
        "faults": [finding_document(each) for each in reading.faults],
        "warnings": [finding_document(each) for each in reading.warnings],
        "fault_list": None,
    }
    if reading.faults and not tries:
        document["fault_list"] = _listed(name, reading)
    return document, _lines(name, reading, document, tries)


def _taken(session: Session, reading: FormReading, tries: bool) -> int | None:
    """Take a form in; one with a fault, and one that is only tried, as far as the rules let it. Raises what does not,
    whatever the form says."""
    values = Values(session)
    at = values.moment("--pada")
    values.check()
    bare = reading.without_rows()
    command = Command(
        Act.ISI,
        bare.period or "",
        at=at,
        reason=values.text("--alasan"),
        on_behalf=values.text("--atas-nama"),
        data=bare,
    )
    who = actor(session)
    if not reading.faults and not tries:
        command = replace(command, data=reading.command(), token=values.text("--token"))
        return store(session).apply(session.address, command, who).sequence
    (obstacle,) = store(session).obstacles(session.address, command.period, (command,), who)
    refusal = whatever_it_says(obstacle)
    if refusal is not None:
        raise refusal
    return None


def _listed(name: str, reading: FormReading) -> str | None:
    """The list of faults beside the file; None where nothing can be written there."""
    try:
        return str(write_findings(Path(name).expanduser(), (*reading.faults, *reading.warnings)))
    except OSError:
        return None


def _lines(name: str, reading: FormReading, document: dict[str, Any], tries: bool) -> list[str]:
    found = [placed_line(each) for each in (*reading.faults, *reading.warnings)]
    if reading.faults:
        head = f"{name}: tidak diambil, ada {len(reading.faults)} kesalahan."
        beside = document["fault_list"]
        return [head, *found, *((f"Daftar kesalahannya: {beside}",) if beside else ())]
    if document["refused"]:
        return [f"{name}: tidak diambil. {document['refused']}", *found]
    if reading.changes_nothing:
        return [f"{name}: sudah diterima, tidak ada yang berubah.", *found]
    tag = reading.tag
    whose = "" if tag is None else f", {owner_words(tag.owner)}, {period_label(tag.period)}"
    return [f"{name}: {'akan diambil' if tries else 'diambil'} {len(reading.rows)} baris{whose}.", *found]
