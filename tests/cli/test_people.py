"""`sakip pengguna` and `sakip bidang`, and who a command acts as."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from db import opening
from sakip_tui.cli.session import Session
from sakip_tui.machine import account_name
from tests.cli.conftest import BIDANG, LATE, Desk, Said, opened, run

ACCOUNT = account_name(os.environ)
PIN = "481516"


def as_own(desk: Desk, *words: str) -> Said:
    """A command under the account's own person: nobody is named."""
    return run(*words, "--db", str(desk.path), now=desk.now)


def accepted(desk: Desk, *words: str) -> Any:
    said = as_own(desk, *words, "--json")
    assert said.code == 0, said.err
    return said.json


@pytest.fixture
def staffed(nine: Desk) -> Desk:
    """TW I open; the account's own person is the admin, `atur` the pengelola, `a1` a pelaksana without an account."""
    opened(nine, "2025-TW1", "2025-04-01T08:00")
    said = nine("pengguna", "tambah", "Wening Rahayu", "--peran", "admin", "--kode", "adm")
    assert said.code == 0, said.err
    accepted(nine, "pengguna", "tambah", "Bagas Pratama", "--peran", "pengelola", "--kode", "atur")
    accepted(nine, "pengguna", "tambah", "Citra Lestari", "--peran", "pelaksana", "--kode", "a1")
    accepted(nine, "pengguna", "ubah", "adm", "--peran", "admin")
    return nine


def lane_of_step(desk: Desk, number: int) -> str:
    steps = accepted(desk, "sop", "lihat", "disnaker-kota-tangerang")["steps"]
    return str(next(step for step in steps if step["number"] == number)["pelaksana"][0])


# --- who acts ---------------------------------------------------------------------------------------------------------


def test_the_first_admin_gets_the_account_at_the_keyboard_and_others_are_refused_from_then_on(nine: Desk) -> None:
    said = nine("pengguna", "tambah", "Wening Rahayu", "--peran", "admin", "--kode", "adm")
    assert (said.code, ACCOUNT in said.err) == (0, True)
    assert as_own(nine, "pengguna", "daftar").code == 0
    refusal = nine.refused(2, "periode buka 2025-TW1")
    assert "kasubag tidak terdaftar" in refusal


@pytest.mark.parametrize("asked", ["admin", "pengelola", "pelaksana", "pengelola,admin"])
def test_the_first_person_is_pengelola_and_admin_together(nine: Desk, asked: str) -> None:
    said = nine("pengguna", "tambah", "Wening", "--peran", asked, "--kode", "adm")
    assert said.out.startswith("adm terdaftar sebagai pengelola dan admin."), said.err
    accepted(nine, "pengguna", "tambah", "Bagas", "--peran", "pelaksana")
    accepted(nine, "periode", "buka", "2025-TW1", *LATE)


def test_somebody_has_several_roles_and_the_log_tells_them(staffed: Desk) -> None:
    done = accepted(staffed, "pengguna", "tambah", "Sekar", "--peran", "Admin, pengelola")
    assert done["person"]["roles"] == ["pengelola", "admin"]
    done = accepted(staffed, "pengguna", "ubah", "a1", "--peran", "pengelola,pelaksana")
    assert done["person"]["roles"] == ["pelaksana", "pengelola"]
    told = " ".join(as_own(staffed, "riwayat").out.split())
    assert "mendaftarkan Sekar sebagai pengelola dan admin" in told
    assert "(peran menjadi pelaksana dan pengelola)" in told
    said = as_own(staffed, "pengguna", "ubah", "a1", "--peran", "raja,admin,")
    assert (said.code, "raja" in said.err) == (2, True)


def test_the_accounts_own_person_may_be_named_and_nobody_else_without_a_pin(staffed: Desk) -> None:
    staffed.person = "adm"
    assert staffed("pengguna", "daftar").code == 0
    staffed.person = "atur"
    assert "PIN" in staffed.refused(3, "periode tutup 2025-TW1")


def test_the_environment_proves_no_more_than_the_option(staffed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAKIP_PENGGUNA", "atur")
    before = staffed.dump()
    assert as_own(staffed, "berkas", "tahan", "2025-TW1", "--alasan", "x").code == 3
    assert staffed.dump() == before


def test_a_pin_typed_at_a_terminal_lets_another_person_act(staffed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", _Terminal())
    typed = iter([PIN, PIN, "481517", PIN])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    accepted(staffed, "pengguna", "pin", "atur")
    staffed.person = "atur"
    wrong = staffed("berkas", "tahan", "2025-TW1", "--alasan", "audit")
    assert (wrong.code, "tidak cocok" in wrong.err) == (3, True)
    staffed.do("berkas tahan 2025-TW1 --alasan audit")
    assert accepted(staffed, "riwayat")[0]["by"] == "atur"


class _Terminal:
    def isatty(self) -> bool:
        return True


def test_a_locked_connection_acts_as_its_person_and_as_nobody_else(
    staffed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAKIP_PENGGUNA", "adm")
    made = Session.__init__

    def locked(self: Session, *given: Any) -> None:
        made(self, *given[:3], "atur")

    monkeypatch.setattr(Session, "__init__", locked)
    accepted(staffed, "berkas", "tahan", "2025-TW1", "--alasan", "x")
    assert accepted(staffed, "riwayat")[0]["by"] == "atur"
    staffed.person = "adm"
    assert "milik atur" in staffed.refused(3, "berkas lanjutkan 2025-TW1")


def test_an_account_that_is_named_like_a_code_is_not_that_person(staffed: Desk) -> None:
    accepted(staffed, "pengguna", "ubah", "atur", "--peran", "admin")
    accepted(staffed, "pengguna", "ubah", "adm", "--tanpa-akun")
    with opening.open(staffed.path) as database:
        database.rows("UPDATE people SET code = ? WHERE code = 'atur'", (ACCOUNT,))
    said = as_own(staffed, "pengguna", "ubah", "a1", "--nonaktif")
    assert (said.code, f"{ACCOUNT} tidak terdaftar" in said.err) == (2, True)


# --- the commands -----------------------------------------------------------------------------------------------------


def test_the_list_tells_role_state_and_lanes(staffed: Desk) -> None:
    lane = lane_of_step(staffed, 1)
    accepted(staffed, "pengguna", "lajur", "a1", lane.upper(), "--kedudukan", "plt", "--sampai", "2099-01-02")
    people = accepted(staffed, "pengguna", "daftar")["people"]
    assert [(person["code"], person["roles"], person["account"]) for person in people] == [
        ("adm", ["admin"], ACCOUNT),
        ("atur", ["pengelola"], None),
        ("a1", ["pelaksana"], None),
    ]
    (held,) = people[2]["lanes"]
    assert (held["lane"], held["kind"], held["until"], held["held_now"]) == (
        lane,
        "plt",
        "2099-01-03T00:00:00+07:00",
        True,
    )
    text = as_own(staffed, "pengguna", "daftar").out
    assert "Citra" in text
    assert f"Plt. {lane} sampai" in " ".join(text.split())
    told = " ".join(as_own(staffed, "riwayat").out.split())
    assert f"memberi lajur {lane} kepada Citra Lestari sebagai Plt. sampai Jum 2 Jan 2099" in told


def test_every_fault_of_a_command_is_told_at_once(staffed: Desk) -> None:
    said = as_own(staffed, "pengguna", "ubah", "a1", "--peran", "raja", "--aktif", "--nonaktif", "--pada", "besok pagi")
    assert said.code == 2
    for word in ("raja", "--nonaktif", "besok pagi"):
        assert word in said.err


def test_a_lane_is_ended_with_a_date_and_the_person_acts_no_more(staffed: Desk) -> None:
    lane = lane_of_step(staffed, 1)
    accepted(staffed, "pengguna", "lajur", "a1", lane)
    accepted(staffed, "pengguna", "lajur", "a1", lane, "--akhiri")
    again = as_own(staffed, "pengguna", "lajur", "a1", lane, "--akhiri")
    assert again.code == 3
    both = as_own(staffed, "pengguna", "lajur", "a1", lane, "--akhiri", "--sejak", "2025-04-01")
    assert (both.code, "--akhiri" in both.err) == (2, True)


def test_whom_work_was_given_to_is_named_on_paper_though_somebody_else_has_it_by_now(
    staffed: Desk, tmp_path: Path
) -> None:
    """The log of a recap named a code that its key of people did not have."""
    lane = lane_of_step(staffed, 1)
    for code in ("a1", "atur"):
        accepted(staffed, "pengguna", "lajur", code, lane)
    accepted(staffed, "pengguna", "ubah", "adm", "--peran", "admin,pengelola")
    for code in ("a1", "atur"):
        accepted(staffed, "tugaskan", "2025-TW1", "1", code)
    paper = tmp_path / "rekap.txt"
    accepted(staffed, "rekap", "2025-TW1", "-o", str(paper))
    key = paper.read_text(encoding="utf-8").rpartition("Orang")[2]
    assert "Citra Lestari" in key


def test_who_leaves_is_said_to_hold_cards_still_and_they_are_handed_over(staffed: Desk) -> None:
    lane = lane_of_step(staffed, 1)
    for code in ("a1", "atur"):
        accepted(staffed, "pengguna", "lajur", code, lane)
    accepted(staffed, "pengguna", "ubah", "atur", "--peran", "admin")
    accepted(staffed, "pengguna", "ubah", "adm", "--peran", "pengelola")
    accepted(staffed, "tugaskan", "2025-TW1", "1", "a1")
    done = accepted(staffed, "pengguna", "alihkan", "a1", "--kepada", "atur")
    assert [(card["period"], card["step"]) for card in done["cards"]] == [("2025-TW1", 1)]
    nothing = as_own(staffed, "pengguna", "alihkan", "a1", "--kepada", "atur")
    assert nothing.code == 3


def test_blanking_leaves_code_and_log_and_takes_the_name(staffed: Desk) -> None:
    accepted(staffed, "pengguna", "ubah", "a1", "--nonaktif")
    done = accepted(staffed, "pengguna", "kosongkan", "a1", "--ketik", "a1")
    assert (done["person"]["name"], done["person"]["active"]) == (None, False)
    assert "(dikosongkan)" in as_own(staffed, "pengguna", "daftar").out
    assert not [line for line in staffed.dump() if "Citra" in line]
    assert as_own(staffed, "periksa", "--penuh").code == 0


def test_blanking_takes_the_pin_along(staffed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", _Terminal())
    monkeypatch.setattr("getpass.getpass", lambda prompt: PIN)
    accepted(staffed, "pengguna", "pin", "a1")
    kept = 'INSERT INTO "pins"'
    assert len([line for line in staffed.dump() if line.startswith(kept)]) == 1
    accepted(staffed, "pengguna", "ubah", "a1", "--nonaktif")
    done = accepted(staffed, "pengguna", "kosongkan", "a1", "--ketik", "a1")
    assert done["person"]["has_pin"] is False
    assert not [line for line in staffed.dump() if line.startswith(kept)]
    assert as_own(staffed, "periksa", "--penuh").code == 0


def test_blanking_asks_for_the_code_and_for_somebody_who_has_left(
    staffed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    blank = ("pengguna", "kosongkan", "a1")
    said = as_own(staffed, *blank, "--ketik", "a1")
    assert (said.code, "masih aktif" in said.err) == (3, True)
    accepted(staffed, "pengguna", "ubah", "a1", "--nonaktif")
    before = staffed.dump()
    said = as_own(staffed, *blank)
    assert (said.code, "Ketik sekali lagi kode orangnya" in said.err) == (2, True)

    class Typed(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Typed("citra\n"))
    said = as_own(staffed, *blank)
    assert (said.code, "untuk seterusnya. Ketik a1" in said.err) == (2, True)
    assert staffed.dump() == before
    monkeypatch.setattr("sys.stdin", Typed("a1\n"))
    assert as_own(staffed, *blank).code == 0


def test_a_revision_of_a_person_that_one_has_changed_oneself_exits_three(staffed: Desk) -> None:
    seen = str(accepted(staffed, "pengguna", "daftar")["people"][2]["revision"])
    accepted(staffed, "pengguna", "ubah", "a1", "--peran", "pengamat", "--revisi", seen)
    late = as_own(staffed, "pengguna", "ubah", "a1", "--peran", "admin", "--revisi", seen)
    assert (late.code, "pengguna a1" in late.err.lower(), "Anda ubah sendiri" in late.err) == (3, True, True)


def test_a_pin_comes_from_the_input_of_a_script_and_a_weak_one_is_refused(
    staffed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("123456\n"))
    assert as_own(staffed, "pengguna", "pin", "a1").code == 2
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PIN}\n"))
    assert accepted(staffed, "pengguna", "pin", "a1")["person"]["has_pin"] is True
    assert accepted(staffed, "pengguna", "pin", "a1", "--hapus")["person"]["has_pin"] is False
    assert as_own(staffed, "pengguna", "pin", "a1", "--hapus").code == 3


def test_bidang_are_renamed_and_merged_and_the_list_shows_what_became_of_them(seven: Desk) -> None:
    seven.do("bidang ganti-nama", BIDANG[0], "Bina Desa", *LATE)
    done = seven.do("bidang gabung", "--bidang", BIDANG[1], "--bidang", BIDANG[2], "--ke", "Desa")
    assert (done["before"], done["after"], done["revision"]) == ([BIDANG[1], BIDANG[2]], "Desa", 2)
    rows = {row["name"]: row for row in seven.do("bidang daftar")["bidang"]}
    assert [name for name, row in rows.items() if row["active"]] == ["Bina Desa", "Desa", BIDANG[3], BIDANG[4]]
    assert (rows[BIDANG[0]]["successor"], rows[BIDANG[1]]["successor"]) == ("Bina Desa", "Desa")
    assert "sudah ada" in seven.refused(2, "bidang ganti-nama", "Desa", "Bina Desa")
    assert "Diteruskan" in seven("bidang", "daftar").out


def test_the_log_says_in_a_sentence_what_was_done_to_whom(staffed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    lane = lane_of_step(staffed, 1)
    accepted(staffed, "pengguna", "lajur", "a1", lane, "--kedudukan", "plh")
    other = lane_of_step(staffed, 2)
    said = as_own(staffed, "pengguna", "lajur", "a1", other, "--sejak", "2099-01-02").out
    assert "Selama belum mulai, tanggalnya dibetulkan dengan memberikan lajur itu lagi." in said
    accepted(staffed, "pengguna", "lajur", "a1", other, "--sejak", "2098-01-02")
    accepted(staffed, "pengguna", "ubah", "a1", "--peran", "pengamat", "--nonaktif")
    accepted(staffed, "pengguna", "ubah", "a1", "--aktif")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PIN}\n"))
    accepted(staffed, "pengguna", "pin", "a1")
    told = " ".join(as_own(staffed, "riwayat").out.split())
    for sentence in (
        "mendaftarkan Citra Lestari sebagai pelaksana",
        f"memberi lajur {lane} kepada Citra Lestari sebagai Plh.",
        f"membetulkan lajur {other} bagi Citra Lestari: sejak Kam 2 Jan 2098 00.00",
        "mengubah pengguna Citra Lestari (peran menjadi pengamat, nonaktif)",
        "mengubah pengguna Citra Lestari (aktif lagi)",
        "memasang PIN Citra Lestari",
    ):
        assert sentence in told, sentence
    accepted(staffed, "pengguna", "ubah", "a1", "--nonaktif")
    accepted(staffed, "pengguna", "kosongkan", "a1", "--ketik", "a1")
    told = " ".join(as_own(staffed, "riwayat").out.split())
    assert "Wening Rahayu mendaftarkan a1 sebagai pelaksana" in told
    assert "Citra" not in told


def test_a_lane_is_answered_with_all_that_narrows_it(staffed: Desk) -> None:
    lane = accepted(staffed, "papan", "2025-TW1")["cards"][0]["lane"]
    said = as_own(staffed, "pengguna", "lajur", "atur", lane, "--kedudukan", "plt", "--sejak", "2099-01-02")
    assert said.out.startswith(f"atur memegang lajur Plt. {lane} sejak Jum 2 Jan 2099"), said.out


def test_who_holds_a_lane_for_another_bidang_is_told_which_one_is_missing(seven: Desk) -> None:
    case = "2025-TW1"
    seven.do(f"periode buka {case} --alasan terlambat")
    cards = seven.do(f"papan {case}")["cards"]
    region = next(card for card in cards if card["joined"])
    lane = region["lane"]
    for step in range(1, region["step"]):
        seven.do(f"selesai {case} {step} --alasan terlambat")
    seven.do(f"pengguna tambah Wening --peran admin --kode adm --akun {ACCOUNT}")
    accepted(seven, "pengguna", "ubah", "adm", "--peran", "admin")
    accepted(seven, "pengguna", "lajur", "adm", lane, "--bidang", "Kelembagaan")
    accepted(seven, "mulai", case, str(region["step"]), "--bidang", "Kelembagaan")
    said = as_own(seven, "mulai", case, str(region["step"]), "--bidang", "Sekretariat")
    assert said.code == 3
    assert said.err.startswith("Anda tidak memegang lajur ")
    assert " untuk bidang Sekretariat." in said.err


def test_an_account_that_shuts_out_whoever_types_it_is_told(nine: Desk) -> None:
    said = nine("pengguna", "tambah", "Wening Rahayu", "--peran", "admin", "--akun", "kepala")
    assert said.code == 0
    assert f"masuk dari akun komputer kepala; dari akun {ACCOUNT}, yang sedang dipakai, tidak" in said.err


def test_taking_away_the_account_that_one_is_in_by_is_told_where_there_is_no_pin(staffed: Desk) -> None:
    said = as_own(staffed, "pengguna", "ubah", "adm", "--tanpa-akun")
    assert (said.code, "Tanpa akun komputer dan tanpa PIN orang ini tidak dapat masuk." in said.err) == (0, True)


# --- what they are called ---------------------------------------------------------------------------------------------


def test_somebody_who_is_registered_is_told_of_by_name_on_every_answer_that_people_read(staffed: Desk) -> None:
    """As the screens do; scripts read the code, in the JSON."""
    accepted(staffed, "pengguna", "ubah", "adm", "--peran", "pengelola,admin")
    accepted(staffed, "mulai", "2025-TW1", "1", "--pada", "2025-04-01T08:05", *LATE)
    accepted(staffed, "centang", "2025-TW1", "1", "1")
    accepted(staffed, "kalender", "libur", "2025-04-02", "Banjir")
    (anchor,) = as_own(staffed, "jangkar").out.split()[1:2]
    told = {
        words: " ".join(as_own(staffed, *words.split()).out.split())
        for words in ("kartu 2025-TW1 1", "papan 2025-TW1", "kalender revisi", f"periksa --jangkar {anchor}")
    }
    for words, said in told.items():
        assert "Wening Rahayu" in said, words
        assert not {"adm", "adm,", "(adm,"} & set(said.split()), words
    assert told["kartu 2025-TW1 1"].count("oleh Wening Rahayu") >= 3
    refused = as_own(staffed, "tugaskan", "2025-TW1", "1", "a1")
    assert (refused.code, refused.err.split(" bukan ")[0]) == (3, "Citra Lestari")


def test_the_only_admin_is_told_what_comes_of_forgetting_the_pin(
    staffed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", _Terminal())
    monkeypatch.setattr("getpass.getpass", lambda prompt: PIN)
    told = "daftarkan admin kedua"
    assert told not in as_own(staffed, "pengguna", "pin", "atur").err
    assert told in as_own(staffed, "pengguna", "pin", "adm").err
    accepted(staffed, "pengguna", "ubah", "atur", "--peran", "pengelola,admin")
    assert told not in as_own(staffed, "pengguna", "pin", "adm").err
