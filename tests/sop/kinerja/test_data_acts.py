"""The acts of part 7 one by one: who may, on what, what is refused and why, and what it leaves."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from sop.kinerja.data_act import DataEvent
from sop.kinerja.indicator import Indicator
from sop.kinerja.isian import Isian, Keadaan
from sop.kinerja.state import CheckSeat, DataSeat
from sop.model.act import Act
from sop.model.errors import FaultyInput
from sop.model.pelaksana import Actor
from sop.model.refusals import Refused, Rule, Unknown
from sop.model.state import RunPhase
from sop.values import replace
from tests.sop.kinerja.office import (
    CHECKER,
    INDICATORS,
    ISIAN,
    LANE,
    MANAGER,
    OFFICE,
    OTHER_A,
    PERSON_A,
    PERSON_B,
    VISITOR,
    A,
    B,
    Office,
    quarter_rows,
    rasio,
    run_quarter,
    terisi,
)

TW = "2026-TW1"
ROWS_A = {"IK-1": terisi(90), "IK-2": rasio(50, 100)}


@pytest.fixture
def office() -> Office:
    found = Office()
    found.define(*INDICATORS)
    found.aim({("IK-1", TW): Decimal(100)})
    found.open(TW)
    return found


def rule_of(act: Callable[[], Any]) -> Rule:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.rule


def codes_of(act: Callable[[], Any]) -> list[tuple[str, str]]:
    with pytest.raises(FaultyInput) as refusal:
        act()
    return [(fault.place, fault.code) for fault in refusal.value.faults]


# --- isi --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("actor", [PERSON_A, OTHER_A, MANAGER])
def test_the_lane_with_that_bidang_and_the_pengelola_fill(office: Office, actor: Actor) -> None:
    event = office.fill(TW, A, actor, rows=ROWS_A)
    assert office.state.period(TW).rows(A)["ik-1"].isian == terisi(90)
    assert event.for_lane == LANE
    assert event.data["rows"]["ik-1"] == {
        "old": None,
        "new": {"keadaan": "terisi", "value": "90"},
        "word": None,
        "revision": 1,
    }


@pytest.mark.parametrize("actor", [PERSON_B, CHECKER, VISITOR])
def test_others_do_not_fill(office: Office, actor: Actor) -> None:
    before = office.state
    assert rule_of(lambda: office.fill(TW, A, actor, rows=ROWS_A)) is Rule.NOT_MEMBER
    assert office.state is before


def test_where_the_step_is_not_per_bidang_a_bidangs_people_fill_its_rows_in_any_lane(office: Office) -> None:
    office.seat(TW, A, DataSeat(1, ISIAN, None, 2, ("Kasubag",), shared=True))
    office.seat(TW, OFFICE, DataSeat(1, ISIAN, None, 2, ("Kasubag",), shared=True))
    office.fill(TW, A, PERSON_A, rows=ROWS_A)
    assert rule_of(lambda: office.fill(TW, A, PERSON_B, rows={"IK-1": terisi(1)})) is Rule.NOT_MEMBER
    grade = {"IK-4": Isian(Keadaan.TERISI, grade="WTP")}
    assert rule_of(lambda: office.fill(TW, OFFICE, PERSON_A, rows=grade)) is Rule.NOT_MEMBER
    assert rule_of(lambda: office.fill(TW, A, VISITOR, rows={"IK-1": terisi(1)})) is Rule.NOT_MEMBER


@pytest.mark.parametrize(
    ("phase", "rule"),
    [
        (RunPhase.DITUNDA, Rule.PAUSED),
        (RunPhase.KEPUTUSAN, Rule.RUN_HANDED_IN),
        (RunPhase.SELESAI, Rule.RUN_ENDED),
        (RunPhase.DILEWATI, Rule.RUN_ENDED),
    ],
)
def test_rows_are_filled_on_an_open_run_only(office: Office, phase: RunPhase, rule: Rule) -> None:
    office.move(TW, A, phase)
    assert rule_of(lambda: office.fill(TW, A, rows=ROWS_A)) is rule


@pytest.mark.parametrize("phase", [RunPhase.SIAP, RunPhase.DIKERJAKAN])
def test_filling_starts_no_run(office: Office, phase: RunPhase) -> None:
    office.move(TW, A, phase)
    office.fill(TW, A, rows=ROWS_A)
    assert office.state.period(TW).seats[A].phase is phase


def test_a_run_that_is_not_reached_or_void_is_not_filled(office: Office) -> None:
    grade = {"IK-4": Isian(Keadaan.TERISI, grade="WTP")}
    assert rule_of(lambda: office.fill(TW, OFFICE, rows=grade)) is Rule.NOT_REACHED
    office.move(TW, A, RunPhase.DIBATALKAN, valid=False)
    assert rule_of(lambda: office.fill(TW, A, rows=ROWS_A)) is Rule.NOT_REACHED


def test_a_held_case_a_closed_and_an_unopened_period_take_nothing(office: Office) -> None:
    office.flow(TW, held=True)
    assert rule_of(lambda: office.fill(TW, A, rows=ROWS_A)) is Rule.CASE_HELD
    office.flow(TW, held=False)
    office.close(TW)
    for act in (Act.ISI, Act.KOREKSI_NILAI, Act.TANDAI, Act.TERIMA, Act.FORMULIR):
        assert rule_of(lambda act=act: office.act(MANAGER, act, period=TW, owner=A)) is Rule.PERIOD_CLOSED
        assert rule_of(lambda act=act: office.act(MANAGER, act, period="2026-TW2", owner=A)) is Rule.PERIOD_NOT_OPEN


def test_an_owner_without_indicators_gets_no_form_and_its_run_may_be_finished(office: Office) -> None:
    office.seat(TW, "Bidang Umum", DataSeat(1, ISIAN, "Bidang Umum", 1, (LANE,)))
    assert rule_of(lambda: office.fill(TW, "Bidang Umum", rows={})) is Rule.NO_FORM
    office.finish(TW, "Bidang Umum")


def test_every_fault_of_every_row_is_named_at_once(office: Office) -> None:
    rows = {"IK-1": Isian(Keadaan.BELUM_ADA), "IK-2": Isian(Keadaan.TERISI, pembilang=Decimal(1))}
    assert codes_of(lambda: office.fill(TW, A, rows=rows)) == [
        ("IK-1 · reason", "alasan-kurang"),
        ("IK-2 · penyebut", "rasio-tidak-lengkap"),
    ]
    assert codes_of(lambda: office.fill(TW, A, rows={"IK-3": terisi(1), "X": None})) == [
        ("IK-3", "kode-tak-dikenal"),
        ("X", "kode-tak-dikenal"),
    ]


def test_rows_equal_to_what_stands_are_left_and_alone_are_nothing(office: Office) -> None:
    office.fill(TW, A, rows=ROWS_A)
    event = office.fill(TW, A, rows={"ik-1": terisi(91), "IK-2": rasio("50.0", 100)})
    assert list(event.data["rows"]) == ["ik-1"]
    assert rule_of(lambda: office.fill(TW, A, rows={"IK-1": terisi("91.00")})) is Rule.NOTHING_CHANGED


def test_a_row_can_be_emptied_again(office: Office) -> None:
    office.fill(TW, A, rows=ROWS_A)
    office.fill(TW, A, rows={"IK-1": None})
    assert office.state.period(TW).rows(A)["ik-1"].isian is None
    assert rule_of(lambda: office.finish(TW, A)) is Rule.ROWS_MISSING


def test_texts_are_kept_clean(office: Office) -> None:
    office.fill(TW, A, rows={"IK-1": terisi(90, kendala=" ruang\u200b \n kelas ", pic="  ")})
    kept = office.state.period(TW).rows(A)["ik-1"].isian
    assert kept is not None
    assert (kept.kendala, kept.pic) == ("ruang kelas", None)


def test_two_on_one_form_meet_row_by_row(office: Office) -> None:
    office.fill(TW, A, PERSON_A, rows=ROWS_A)
    seen = {"IK-1": 1, "IK-2": 1}
    office.fill(TW, A, OTHER_A, rows={"IK-1": terisi(91)}, seen=seen)
    office.fill(TW, A, PERSON_A, rows={"IK-1": terisi(91), "IK-2": rasio(55, 100)}, seen=seen)
    with pytest.raises(Refused) as refusal:
        office.fill(TW, A, PERSON_A, rows={"IK-1": terisi(92)}, seen=seen)
    assert refusal.value.rule is Rule.ROWS_STALE
    assert refusal.value.facts["rows"] == {"ik-1": "staf-a2"}
    office.fill(TW, A, PERSON_A, rows={"IK-1": terisi(92)}, seen={"IK-1": 2})
    office.fill(TW, A, PERSON_A, rows={"IK-1": terisi(93)}, seen={"IK-1": 2})


def test_one_in_between_is_seen_behind_ones_own_change(office: Office) -> None:
    office.fill(TW, A, PERSON_A, rows=ROWS_A)
    office.fill(TW, A, OTHER_A, rows={"IK-1": terisi(91)})
    office.fill(TW, A, PERSON_A, rows={"IK-1": terisi(92)})
    assert rule_of(lambda: office.fill(TW, A, PERSON_A, rows={"IK-1": terisi(93)}, seen={"IK-1": 1})) is Rule.ROWS_STALE


# --- selesai, marks, new attempts -------------------------------------------------------------------------------------


def test_selesai_names_the_rows_that_are_missing(office: Office) -> None:
    office.fill(TW, A, rows={"IK-1": terisi(90)})
    with pytest.raises(Refused) as refusal:
        office.finish(TW, A)
    assert (refusal.value.rule, refusal.value.facts["rows"]) == (Rule.ROWS_MISSING, ((A, "IK-2"),))
    office.state = replace(office.state, settings=replace(office.state.settings, required=False))
    office.finish(TW, A)


def handed_in(office: Office) -> None:
    office.fill(TW, A, rows=ROWS_A)
    office.finish(TW, A, holder=PERSON_A.code)
    office.fill(TW, B, rows={"IK-3": terisi(30)})
    office.finish(TW, B)


def mark(office: Office, *codes: str, actor: Actor = CHECKER) -> DataEvent:
    return office.act(actor, Act.TANDAI, period=TW, owner=A, codes=codes, note="Periksa sumbernya")


def test_periksa_marks_rows_that_are_handed_in(office: Office) -> None:
    assert rule_of(lambda: mark(office, "IK-1")) is Rule.ROWS_NOT_HANDED_IN
    handed_in(office)
    assert rule_of(lambda: mark(office, "IK-1", actor=PERSON_A)) is Rule.NOT_MEMBER
    marked = mark(office, "IK-1")
    assert rule_of(lambda: mark(office, "IK-1")) is Rule.NOTHING_CHANGED
    with pytest.raises(Refused):
        office.act(CHECKER, Act.TANDAI, period=TW, owner=A, codes=("IK-1",))
    held = office.state.period(TW).rows(A)["ik-1"].mark
    assert held is not None
    assert (held.note, held.by, held.at, held.answered) == ("Periksa sumbernya", "sekretaris", marked.at, False)


def test_a_standing_mark_keeps_periksa_open_and_a_mark_can_be_taken_back(office: Office) -> None:
    handed_in(office)
    mark(office, "IK-1", "IK-2")
    with pytest.raises(Refused) as refusal:
        office.check(TW)
    assert refusal.value.facts["rows"] == ((A, "IK-1"), (A, "IK-2"))
    office.act(CHECKER, Act.TERIMA, period=TW, owner=A, codes=("IK-1", "IK-2"))
    assert rule_of(lambda: office.act(CHECKER, Act.TERIMA, period=TW, owner=A, codes=("IK-1",))) is Rule.NOT_MARKED
    office.check(TW)
    assert office.state.period(TW).rows(A)["ik-1"].accepted == terisi(90)
    assert rule_of(lambda: mark(office, "IK-1")) is Rule.PERIKSA_DONE


def test_a_marked_row_comes_back_prefilled_and_wants_an_answer(office: Office) -> None:
    handed_in(office)
    mark(office, "IK-1", "IK-2")
    office.send_back(TW, A)
    rows = office.state.period(TW).rows(A)
    assert rows["ik-1"].isian == terisi(90)
    assert rule_of(lambda: office.finish(TW, A)) is Rule.ROWS_MARKED
    assert rule_of(lambda: office.fill(TW, A, PERSON_A, rows=ROWS_A)) is Rule.NOTHING_CHANGED
    event = office.fill(
        TW, A, PERSON_A, rows={"IK-1": terisi(88), "IK-2": rasio(50, 100)}, words={"IK-2": "Sudah benar"}
    )
    assert (list(event.data["rows"]), event.data["confirmed"]) == (["ik-1"], {"ik-2": "Sudah benar"})
    office.finish(TW, A)
    office.check(TW)
    kept = office.state.period(TW).rows(A)
    assert (kept["ik-1"].accepted, kept["ik-1"].mark, kept["ik-2"].mark) == (terisi(88), None, None)
    assert kept["ik-1"].revision == 2
    assert office.replayed() == office.state


def test_what_was_accepted_needs_a_word_to_change(office: Office) -> None:
    handed_in(office)
    office.check(TW)
    office.send_back(TW, A)
    assert codes_of(lambda: office.fill(TW, A, rows={"IK-1": terisi(88)})) == [("ik-1", "alasan-perubahan-kurang")]
    office.fill(TW, A, rows={"IK-1": terisi(88)}, words={"IK-1": "Data akhir"})
    assert office.state.period(TW).rows(A)["ik-1"].word == "Data akhir"
    office.fill(TW, A, rows={"IK-1": terisi(90)})
    assert codes_of(lambda: office.fill(TW, A, rows={"IK-1": None})) == [("ik-1", "alasan-perubahan-kurang")]


def test_a_cadence_without_periksa_has_no_marks_and_its_last_step_accepts(office: Office) -> None:
    office.flow(TW, check=CheckSeat(("Kasubag",), marks=False))
    handed_in(office)
    assert rule_of(lambda: mark(office, "IK-1", actor=MANAGER)) is Rule.NO_PERIKSA
    office.check(TW)
    assert office.state.period(TW).rows(A)["ik-1"].accepted == terisi(90)


def test_skipped_rows_are_missing_and_accepted_by_nobody(office: Office) -> None:
    office.fill(TW, A, rows=ROWS_A)
    office.finish(TW, A, skip=True)
    office.check(TW)
    assert office.state.period(TW).rows(A)["ik-1"].accepted is None


def test_a_stopped_cases_rows_come_back_in_the_new_case(office: Office) -> None:
    office.fill(TW, A, rows=ROWS_A)
    office.seat(TW, A, DataSeat(2, ISIAN, A, 1, (LANE,)))
    assert office.state.period(TW).rows(A)["ik-1"].isian == terisi(90)
    office.fill(TW, A, rows={"IK-1": terisi(91)})
    assert office.state.period(TW).fillings[A][1, 1]["ik-1"].isian == terisi(90)


# --- koreksi-nilai ----------------------------------------------------------------------------------------------------


def correct(office: Office, actor: Actor, value: int = 80, reason: str | None = "salah ketik") -> Any:
    return office.act(actor, Act.KOREKSI_NILAI, period=TW, owner=A, rows={"IK-1": terisi(value)}, reason=reason)


def test_the_holder_corrects_until_periksa_is_finished_then_its_lane(office: Office) -> None:
    assert rule_of(lambda: correct(office, PERSON_A)) is Rule.ROWS_NOT_HANDED_IN
    handed_in(office)
    assert rule_of(lambda: correct(office, OTHER_A)) is Rule.HOLDER_ONLY
    assert rule_of(lambda: correct(office, CHECKER)) is Rule.HOLDER_ONLY
    assert rule_of(lambda: correct(office, PERSON_A, reason=" ")) is Rule.REASON_NEEDED
    event = correct(office, PERSON_A)
    assert event.data["rows"]["ik-1"]["old"] == {"keadaan": "terisi", "value": "90"}
    office.check(TW)
    assert rule_of(lambda: correct(office, PERSON_A, 79)) is Rule.NOT_MEMBER
    correct(office, CHECKER, 79)
    correct(office, MANAGER, 78)
    kept = office.state.period(TW).rows(A)["ik-1"]
    assert (kept.accepted, kept.word, kept.revision) == (terisi(78), "salah ketik", 4)
    assert rule_of(lambda: correct(office, MANAGER, 78)) is Rule.NOTHING_CHANGED


def test_a_held_case_can_be_corrected(office: Office) -> None:
    handed_in(office)
    office.flow(TW, held=True)
    correct(office, MANAGER)


# --- formulir, indikator, target --------------------------------------------------------------------------------------


def test_rows_that_came_later_are_missing_on_a_finished_run(office: Office) -> None:
    handed_in(office)
    office.define(Indicator("IK-9", "Magang", "orang", owner=A))
    office.act(MANAGER, Act.FORMULIR, period=TW)
    assert office.state.period(TW).seats[A].phase is RunPhase.SELESAI
    assert [row.indicator.code for row in office.state.period(TW).form_rows(A)] == ["IK-1", "IK-2", "IK-9"]
    office.send_back(TW, A)
    assert rule_of(lambda: office.finish(TW, A)) is Rule.ROWS_MISSING


def test_an_owner_that_lost_its_rows_is_sent_an_empty_form(office: Office) -> None:
    office.define(replace(INDICATORS[2], owner=A))
    office.define(replace(INDICATORS[4], owner=A))
    office.act(MANAGER, Act.FORMULIR, period=TW)
    assert office.state.period(TW).form_rows(B) == ()
    office.finish(TW, B)


@pytest.mark.parametrize("act", [Act.INDIKATOR, Act.TARGET, Act.FORMULIR])
def test_only_the_pengelola_defines(office: Office, act: Act) -> None:
    assert rule_of(lambda: office.act(PERSON_A, act, period=TW)) is Rule.MANAGER_ONLY


def test_a_code_is_unique_whatever_its_case_and_never_used_again(office: Office) -> None:
    office.define(replace(INDICATORS[0], code="ik-1", name="Nama baru"))
    versions = office.state.indicators["ik-1"]
    assert [(each.number, each.indicator.code, each.indicator.name) for each in versions] == [
        (1, "IK-1", "Jumlah peserta pelatihan"),
        (2, "IK-1", "Nama baru"),
    ]
    assert rule_of(lambda: office.define(replace(INDICATORS[0], name="Nama baru"))) is Rule.NOTHING_CHANGED
    office.define(replace(INDICATORS[0], active=False), since="2026-TW2")
    assert rule_of(lambda: office.define(INDICATORS[0], since="2026-TW3")) is Rule.CODE_TAKEN


def test_an_ended_indicator_is_in_no_later_form(office: Office) -> None:
    office.define(replace(INDICATORS[0], active=False), since="2026-TW2")
    run_quarter_of = quarter_rows(90, 50, 100, "30", "WTP")
    office.fill(TW, A, rows=run_quarter_of[A])
    office.open("2026-TW2")
    assert [row.indicator.code for row in office.state.period("2026-TW2").form_rows(A)] == ["IK-2"]


def test_a_definition_names_every_fault_and_a_bidang_that_is_not_there(office: Office) -> None:
    bad = Indicator("", "", "", decimals=9)
    assert [code for _, code in codes_of(lambda: office.define(bad))] == [
        "kode-tidak-sah",
        "isian-wajib",
        "isian-wajib",
        "di-luar-batas",
    ]
    with pytest.raises(Unknown):
        office.define(Indicator("IK-8", "Nama", "orang", owner="Bidang Tidak Ada"))


def test_sets_of_targets_are_numbered_without_a_gap_and_speak_from_their_period_on(office: Office) -> None:
    assert rule_of(lambda: office.aim({("IK-1", "2026-TW4"): Decimal(1)}, 3)) is Rule.SET_ORDER
    office.aim({("IK-1", "2026-TW4"): Decimal(1)}, 2, since="2026-TW3", document="PK Perubahan")
    assert codes_of(lambda: office.aim({("IK-1", "2026-TW2"): Decimal(1)}, 2)) == [("IK-1", "periode-bukan-kadensnya")]
    assert codes_of(lambda: office.aim({("IK-5", "2026-TW4"): Decimal(1)})) == [("IK-5", "periode-bukan-kadensnya")]
    assert rule_of(lambda: office.aim({("IK-1", "2026-TW4"): Decimal(1)}, 2)) is Rule.NOTHING_CHANGED
    office.aim({("IK-1", "2026-TW4"): None}, 2)
    assert office.state.targets[-1].values == {}
    assert office.state.targets[-1].document == "PK Perubahan"


@pytest.mark.parametrize(
    ("code", "value", "fault"),
    [
        ("IK-1", Decimal("1.5"), "terlalu-banyak-desimal"),
        ("IK-1", "WTP", "bukan-angka"),
        ("IK-4", "X", "predikat-tak-dikenal"),
        ("IK-4", Decimal(4), "predikat-tak-dikenal"),
    ],
)
def test_a_target_that_cannot_be_one_is_refused(office: Office, code: str, value: Any, fault: str) -> None:
    assert codes_of(lambda: office.aim({(code, "2026-TW2"): value})) == [(code, fault)]


def test_a_target_for_an_unknown_indicator_is_refused(office: Office) -> None:
    with pytest.raises(Unknown):
        office.aim({("IK-77", "2026-TW2"): Decimal(1)})


def test_a_whole_quarter_replays(office: Office) -> None:
    found = Office()
    found.define(*INDICATORS)
    run_quarter(found, TW, quarter_rows(90, 50, 100, "30", "wtp"))
    assert found.replayed() == found.state
