"""Officials who sign recaps: the log holds no name, a closing keeps who signed, and blanking is for ever."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from db import case_queries, signers_store
from db.file.connection import Database
from db.migrations import m0006_signers, m0009_salts
from db.people_acts import Given
from db.row_audit import offices_beside_the_log
from db.settings_store import change_settings
from db.signers import signers
from db.signers_store import blank_signer, name_signer
from exports.sheet import Signatory
from sakip_tui.views.signing import signing
from sop.acts import signers as acts_of_signers
from sop.acts.office_ruling import OfficeRuling
from sop.model.act import Act
from sop.model.errors import FaultyInput
from sop.model.events import Event
from sop.model.office import Signer
from sop.model.office_commands import SignerNamed
from sop.model.pelaksana import Actor, Role
from sop.model.refusals import Refused, Rule, Unknown
from sop.values import replace
from tests.db.office import EVERYBODY, TANGERANG
from tests.exports.kantor import Kantor, sheet_of

HEAD = "Kepala Dinas"
FIRST = Signer("Pejabat Pertama, S.H.", "Pembina Tk. I / IV-b", "197001011990031001")
SECOND = Signer("Pejabat Kedua, M.Si.", "Pembina / IV-a", "198002022005012002")


@pytest.fixture
def kantor(database: Database) -> Kantor:
    made = Kantor(database, TANGERANG)
    change_settings(made.store, made.address.office, {"signatories": [HEAD]}, EVERYBODY)
    return made


def named(
    kantor: Kantor, signer: Signer, since: str | None = None, position: str = HEAD, corrects: str | None = None
) -> str:
    kantor.now += 60
    asked = SignerNamed(position, signer, since, corrects=corrects)
    return name_signer(kantor.store, kantor.address.office, asked, EVERYBODY).code


def closed(kantor: Kantor, period: str, day: int) -> None:
    kantor.do(Act.BUKA, period, None, f"{day} 08.00")
    for step in range(1, 6):
        kantor.do(Act.SELESAI, period, step, f"{day} 09.{step}0", started=f"{day} 09.{step}0", later=1)
    kantor.do(Act.TUTUP, period, None, f"{day} 10.00")


def signature_of(kantor: Kantor, period: str) -> Signatory:
    signature = sheet_of(kantor.recap(period), "Pengesahan").signature
    assert signature is not None
    return signature.signatories[-1]


def signed_by(kantor: Kantor, period: str) -> str:
    return signature_of(kantor, period).name


def test_the_log_names_position_and_hash_and_never_a_name_or_nip(kantor: Kantor) -> None:
    named(kantor, FIRST)
    event = case_queries.log(kantor.database, kantor.address, act=Act.PEJABAT)[0].event
    assert event.data["position"] == HEAD
    assert event.touches == ("t:t1",)
    text = json.dumps(kantor.database.rows("SELECT data, touches FROM events"))
    for word in ("Pertama", "Pembina", FIRST.nip):
        assert word not in text
    assert offices_beside_the_log(kantor.database).differing == ()


def test_the_page_holds_name_rank_and_nip_under_the_position(kantor: Kantor) -> None:
    named(kantor, FIRST)
    closed(kantor, "TW1", 1)
    signature = sheet_of(kantor.recap("TW1"), "Pengesahan").signature
    assert signature is not None
    (one,) = signature.signatories
    assert (one.position, one.name, one.rank, one.nip) == (HEAD, *FIRST)


def test_who_signs_follows_the_period(kantor: Kantor) -> None:
    named(kantor, FIRST)
    named(kantor, SECOND, "2026-TW2")
    closed(kantor, "TW1", 1)
    kantor.now += 100 * 86_400
    closed(kantor, "TW2", 92)
    assert (signed_by(kantor, "TW1"), signed_by(kantor, "TW2")) == (FIRST.name, SECOND.name)


def test_a_closing_keeps_who_signed_it(kantor: Kantor) -> None:
    named(kantor, FIRST)
    closed(kantor, "TW1", 1)
    named(kantor, SECOND, "2026-TW1")
    assert signed_by(kantor, "TW1") == FIRST.name
    kantor.do(Act.BUKA_KEMBALI, "TW1", None, "2 09.00", reason="salah pejabat")
    kantor.do(Act.TUTUP, "TW1", None, "2 09.10")
    assert signed_by(kantor, "TW1") == SECOND.name


@pytest.mark.parametrize("position", [HEAD, "Plt. Kepala Dinas", "kepala dinas", "Camat"])
@pytest.mark.parametrize("since", [None, "2025-TW4", "2026-TW1", "2026-TW2"])
def test_who_signs_is_told_before_a_closing_as_the_page_has_it_after(
    kantor: Kantor, position: str, since: str | None
) -> None:
    """The form that closes a period names them: a closing freezes them, and only a correction changes the page then."""
    change_settings(kantor.store, kantor.address.office, {"signatories": ["Sekretaris", HEAD]}, EVERYBODY)
    named(kantor, FIRST, "2025-TW1")
    named(kantor, SECOND, since, position)
    board = case_queries.year_board(kantor.database, kantor.address, 2026)
    told = signing(board, "2026-TW1", signers(kantor.database, kantor.address.office))
    closed(kantor, "TW1", 1)
    signature = sheet_of(kantor.recap("TW1"), "Pengesahan").signature
    assert signature is not None
    assert told == tuple((one.position, one.name) for one in signature.signatories)
    assert [bool(name) for _, name in told] == [False, True]


def page_of(kantor: Kantor, period: str) -> tuple[object, ...]:
    """All of the page that is signed but when it was printed."""
    sheet = sheet_of(kantor.recap(period), "Pengesahan")
    assert sheet.front is not None
    return sheet.front.letterhead, sheet.signature


def closed_again(kantor: Kantor) -> None:
    kantor.do(Act.BUKA_KEMBALI, "TW1", None, "2 09.00", reason="salah pejabat")
    kantor.do(Act.TUTUP, "TW1", None, "2 09.10")


def test_another_official_changes_no_page_that_is_closed(kantor: Kantor) -> None:
    """Periode yang sudah ditutup tetap dengan pejabat saat ditutup: whether or not a period is named from which on."""
    first = named(kantor, FIRST)
    closed(kantor, "TW1", 1)
    before = page_of(kantor, "TW1")
    second = named(kantor, SECOND)
    assert second != first
    assert page_of(kantor, "TW1") == before
    third = named(kantor, FIRST._replace(rank="Pembina Utama / IV-e"))
    assert third not in (first, second)
    assert page_of(kantor, "TW1") == before
    closed_again(kantor)
    assert signature_of(kantor, "TW1").rank == "Pembina Utama / IV-e"
    assert offices_beside_the_log(kantor.database).differing == ()


def test_who_is_named_last_for_a_period_signs_it_when_it_is_closed(kantor: Kantor) -> None:
    for signer in (FIRST, SECOND, FIRST):
        named(kantor, signer)
    assert len(signers(kantor.database, kantor.address.office)) == 3
    closed(kantor, "TW1", 1)
    assert signed_by(kantor, "TW1") == FIRST.name


def test_a_misspelt_name_is_corrected_where_it_stands(kantor: Kantor) -> None:
    code = named(kantor, FIRST)
    closed(kantor, "TW1", 1)
    assert named(kantor, FIRST._replace(name="Pejabat Pertama, S.H., M.H."), corrects=code) == code
    assert signed_by(kantor, "TW1") == "Pejabat Pertama, S.H., M.H."
    event = case_queries.log(kantor.database, kantor.address, act=Act.PEJABAT)[0].event
    assert event.data["change"] == "betulkan"
    with pytest.raises(Unknown):
        named(kantor, FIRST, corrects="t9")


def test_everything_that_was_mistyped_is_corrected_and_the_file_stays_what_its_log_says(kantor: Kantor) -> None:
    """The first period stayed in the row as it was, which then passed for damage."""
    code = named(kantor, FIRST)
    named(kantor, SECOND, "2026-TW3", position="Sekretaris Dinas", corrects=code)
    ((state, signer, _),) = signers(kantor.database, kantor.address.office)
    assert (state.position, state.since, signer) == ("Sekretaris Dinas", "2026-TW3", SECOND)
    assert offices_beside_the_log(kantor.database).differing == ()
    named(kantor, SECOND, None, position="Sekretaris Dinas", corrects=code)
    assert signers(kantor.database, kantor.address.office)[0].state.since is None


def test_positions_place_and_letterhead_of_a_closed_page_stay(kantor: Kantor) -> None:
    named(kantor, FIRST)
    closed(kantor, "TW1", 1)
    before = page_of(kantor, "TW1")
    asked = {"signing_place": "Nganjuk", "letterhead": ["Pemerintah", "Dinas Lain"], "electronic": True}
    for change in ({"signatories": ["Plt. Kepala Dinas"]}, asked, {"signing_place": "Kediri"}):
        change_settings(kantor.store, kantor.address.office, change, EVERYBODY)
        assert page_of(kantor, "TW1") == before
    closed_again(kantor)
    kop, signature = page_of(kantor, "TW1")
    assert kop == ("Pemerintah", "Dinas Lain")
    assert signature.place == "Kediri"  # type: ignore[attr-defined]
    assert signature.signatories[-1].position == "Plt. Kepala Dinas"  # type: ignore[attr-defined]


def notes_of(kantor: Kantor, period: str) -> str:
    return " ".join(sheet_of(kantor.recap(period), "Ringkasan").notes)


def test_a_page_that_was_closed_without_an_official_stays_without_and_says_so(kantor: Kantor) -> None:
    closed(kantor, "TW1", 1)
    assert "dengan tangan" not in notes_of(kantor, "TW1")
    named(kantor, FIRST)
    assert signed_by(kantor, "TW1") == ""
    assert "Nama Kepala Dinas belum disebut saat ditutup; ditulis dengan tangan." in notes_of(kantor, "TW1")
    closed_again(kantor)
    assert signed_by(kantor, "TW1") == FIRST.name


def test_an_official_that_a_log_of_before_wrote_over_is_not_told_for_the_one_who_signed(
    kantor: Kantor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A log of before tells "ubah" of a correction and of another official alike, and kept nothing of the first."""
    code = named(kantor, FIRST)
    closed(kantor, "TW1", 1)
    made = acts_of_signers._name

    def as_before(ruling: OfficeRuling[SignerNamed]) -> Event:
        event = made(ruling)
        return replace(event, data={**event.data, "change": "ubah"})

    monkeypatch.setattr(acts_of_signers, "_name", as_before)
    named(kantor, SECOND, corrects=code)
    monkeypatch.undo()
    assert signed_by(kantor, "TW1") == ""
    assert "Nama Kepala Dinas saat ditutup tidak tersimpan" in notes_of(kantor, "TW1")
    closed_again(kantor)
    assert signed_by(kantor, "TW1") == SECOND.name
    assert "dengan tangan" not in notes_of(kantor, "TW1")


def test_who_acts_for_the_head_signs_as_such_from_a_period_on(kantor: Kantor) -> None:
    named(kantor, FIRST)
    closed(kantor, "TW1", 1)
    named(kantor, SECOND, "2026-TW2", position=f"Plt. {HEAD}")
    kantor.now += 100 * 86_400
    closed(kantor, "TW2", 92)
    one, other = (signature_of(kantor, period) for period in ("TW1", "TW2"))
    assert (one.position, one.name) == (HEAD, FIRST.name)
    assert (other.position, other.name) == (f"Plt. {HEAD}", SECOND.name)


def test_the_head_who_comes_back_is_named_again(kantor: Kantor) -> None:
    named(kantor, FIRST)
    named(kantor, SECOND, position=f"Plt. {HEAD}")
    named(kantor, FIRST)
    closed(kantor, "TW1", 1)
    assert (signature_of(kantor, "TW1").position, signed_by(kantor, "TW1")) == (HEAD, FIRST.name)


def test_blanking_leaves_the_position_and_nothing_else(kantor: Kantor) -> None:
    code = named(kantor, FIRST)
    closed(kantor, "TW1", 1)
    kantor.now += 60
    blank_signer(kantor.store, kantor.address.office, code, EVERYBODY)
    (row,) = signers(kantor.database, kantor.address.office)
    assert (row.state.position, row.state.digest, row.signer) == (HEAD, "", Signer(""))
    assert signed_by(kantor, "TW1") == ""
    assert offices_beside_the_log(kantor.database).differing == ()
    with pytest.raises(Refused) as refused:
        blank_signer(kantor.store, kantor.address.office, code, EVERYBODY)
    assert refused.value.rule is Rule.NOTHING_CHANGED


def test_who_guesses_an_official_finds_nothing_in_the_log_that_confirms_it(kantor: Kantor) -> None:
    code = named(kantor, FIRST)
    named(kantor, FIRST, position="Sekretaris")
    guessed = sha256("\n".join(FIRST).encode()).hexdigest()
    states = [row.state.digest for row in signers(kantor.database, kantor.address.office)]
    assert guessed not in states
    assert len(set(states)) == 2, "one person has another hash in every place"
    kept = [row.salt for row in signers(kantor.database, kantor.address.office)]
    assert all(len(salt) >= 32 for salt in kept)
    blank_signer(kantor.store, kantor.address.office, code, EVERYBODY)
    assert signers(kantor.database, kantor.address.office)[0].salt == ""
    log = json.dumps(kantor.database.rows("SELECT data, touches, command_hash FROM events"))
    assert not [salt for salt in kept if salt in log]


def test_an_official_named_before_there_was_a_salt_stays_as_the_log_has_it(
    kantor: Kantor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signers_store, "token_hex", lambda size: "")
    code = named(kantor, FIRST)
    (row,) = signers(kantor.database, kantor.address.office)
    assert row.state.digest == sha256("\n".join(FIRST).encode()).hexdigest()
    monkeypatch.undo()
    assert offices_beside_the_log(kantor.database).differing == ()
    with pytest.raises(Refused):
        named(kantor, FIRST)
    assert named(kantor, FIRST._replace(rank="Pembina Utama / IV-e"), corrects=code) == code
    assert signers(kantor.database, kantor.address.office)[0].salt
    assert offices_beside_the_log(kantor.database).differing == ()


def test_the_step_to_salts_keeps_every_row_and_makes_the_table_of_today(database: Database) -> None:
    def shape() -> list[tuple[str, ...]]:
        return database.rows("SELECT name, type FROM pragma_table_info('signers') ORDER BY cid")

    today = shape()
    with database.write():
        database.rows("DROP TABLE signers")
        m0006_signers.apply(database)
        database.rows("INSERT INTO offices (code, name, zone, settings) VALUES ('a', '', '', '')")
        database.rows(
            "INSERT INTO signers (office_id, code, position, digest, name, rank, nip) "
            "SELECT id, 't1', 'Kepala', 'abc', 'Nama', 'Pangkat', '1' FROM offices"
        )
        m0009_salts.apply(database)
    assert shape() == today
    assert database.rows("SELECT code, digest, salt, name, nip FROM signers") == [("t1", "abc", "", "Nama", "1")]


def test_a_token_names_one_official_and_no_other(kantor: Kantor) -> None:
    given = Given(token="sekali")
    once = name_signer(kantor.store, kantor.address.office, SignerNamed(HEAD, FIRST), EVERYBODY, given)
    again = name_signer(kantor.store, kantor.address.office, SignerNamed(HEAD, FIRST), EVERYBODY, given)
    assert (again.sequence, again.repeated) == (once.sequence, True)
    with pytest.raises(Refused):
        name_signer(kantor.store, kantor.address.office, SignerNamed(HEAD, SECOND), EVERYBODY, given)


def test_a_changed_row_is_found_beside_the_log(kantor: Kantor) -> None:
    named(kantor, FIRST)
    kantor.database.rows("UPDATE signers SET position = 'Sekretaris'")
    assert offices_beside_the_log(kantor.database).differing == ((kantor.address.office, "signers"),)


@pytest.mark.parametrize(
    ("signer", "since", "places"),
    [
        (Signer("", "", "123"), None, ["nama", "NIP"]),
        (Signer("A", "", "19700101 199003 1 001"), "2026-XX", ["sejak"]),
        (Signer("A", "x" * 500, ""), None, ["pangkat"]),
    ],
)
def test_every_fault_is_named_at_once(kantor: Kantor, signer: Signer, since: str | None, places: list[str]) -> None:
    with pytest.raises(FaultyInput) as error:
        named(kantor, signer, since)
    assert [fault.place for fault in error.value.faults] == places


def test_a_nip_typed_in_groups_is_the_same_nip(kantor: Kantor) -> None:
    named(kantor, FIRST)
    with pytest.raises(Refused) as refused:
        named(kantor, FIRST._replace(nip="19700101 199003 1 001"))
    assert refused.value.rule is Rule.NOTHING_CHANGED


def test_only_pengelola_and_admin_name_who_signs(kantor: Kantor) -> None:
    somebody = Actor("staf", frozenset({Role.PELAKSANA}))
    with pytest.raises(Refused):
        name_signer(kantor.store, kantor.address.office, SignerNamed(HEAD, FIRST), somebody)
    with pytest.raises(Unknown):
        blank_signer(kantor.store, kantor.address.office, "t9", EVERYBODY)
