"""A year of an office as a whole: every figure equal to a table computed by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import pytest

from sop.kinerja.consolidation import report
from sop.kinerja.form import form_changes
from sop.kinerja.isian import Isian, Keadaan
from sop.kinerja.number import printed
from sop.kinerja.report import below_target
from sop.kinerja.rollup import FigureStanding
from sop.kinerja.state import KinerjaState
from sop.model.act import Act
from sop.model.refusals import Refused, Rule
from sop.words.figure_words import remark_words
from sop.words.kinerja import filled_words
from tests.sop.kinerja.office import (
    INDICATORS,
    MANAGER,
    OFFICE,
    QUARTERS,
    A,
    B,
    Office,
    quarter_rows,
    run_quarter,
    terisi,
)

TARGETS = {
    "IK-1": ("100", "120", "120", "160", "500"),
    "IK-2": ("60", "60", "70", "70", "65"),
    "IK-3": ("30", "30", "25", "25", "25"),
}


def targeted() -> Office:
    office = Office()
    office.define(*INDICATORS)
    office.aim(
        {
            (code, key): Decimal(value)
            for code, values in TARGETS.items()
            for key, value in zip((*QUARTERS, "2026-TH"), values, strict=True)
        },
        document="Perjanjian Kinerja 2026",
    )
    office.aim({("IK-4", key): "WTP" for key in (*QUARTERS, "2026-TH")} | {("IK-5", "2026-S1"): Decimal(80)})
    return office


def figures(state: KinerjaState, key: str) -> dict[str, tuple[str, ...]]:
    """Code -> value, target, capaian raw and counted, value to date, capaian to date, standing; `-` for nothing."""

    def shown(value: Fraction | None) -> str:
        return "-" if value is None else printed(value, 2)

    found = {}
    for row in report(state, key).rows:
        held, to = row.figure.achievement, row.figure.to_date
        found[row.row.indicator.code] = (
            shown(row.figure.value),
            shown(row.figure.target),
            shown(held and held.raw),
            shown(held and held.counted),
            shown(to.value),
            shown(to.achievement and to.achievement.row),
            row.figure.standing.value,
        )
    return found


@pytest.fixture(scope="module")
def half() -> Office:
    office = targeted()
    run_quarter(office, "2026-TW1", quarter_rows(90, 50, 100, "36", "WDP"))
    rows = quarter_rows(150, 45, 60, "30", "WTP")
    rows[B] = {**rows[B], "IK-5": terisi(76)}
    run_quarter(office, "2026-TW2", rows)
    return office


def test_the_first_quarter_is_what_the_hand_computes(half: Office) -> None:
    assert figures(half.state, "2026-TW1") == {
        "IK-1": ("90,00", "100,00", "90,00", "90,00", "90,00", "90,00", "dihitung"),
        "IK-2": ("50,00", "60,00", "83,33", "83,33", "50,00", "83,33", "dihitung"),
        "IK-3": ("36,00", "30,00", "80,00", "80,00", "36,00", "80,00", "dihitung"),
        "IK-4": ("3,00", "4,00", "75,00", "75,00", "3,00", "75,00", "dihitung"),
    }


def test_the_second_quarter_is_what_the_hand_computes(half: Office) -> None:
    assert figures(half.state, "2026-TW2") == {
        "IK-1": ("150,00", "120,00", "125,00", "100,00", "240,00", "109,09", "dihitung"),
        "IK-2": ("75,00", "60,00", "125,00", "100,00", "59,38", "98,96", "dihitung"),
        "IK-3": ("30,00", "30,00", "100,00", "100,00", "30,00", "100,00", "dihitung"),
        "IK-4": ("4,00", "4,00", "100,00", "100,00", "4,00", "100,00", "dihitung"),
    }


def test_means_are_plain_means_of_capped_rows(half: Office) -> None:
    found = report(half.state, "2026-TW1")
    assert found.mean(A).value == (Fraction(90) + Fraction(250, 3)) / 2
    assert found.mean(B).value == 80
    assert found.whole.value == (Fraction(90) + Fraction(250, 3) + 80 + 75) / 4
    assert [row.row.indicator.code for row in below_target(found.rows)] == ["IK-4", "IK-3", "IK-2", "IK-1"]


def test_a_semester_takes_its_quarters_and_what_was_filled_for_it(half: Office) -> None:
    """IK-5 is reported by semester; the SOP has no step there, so the form of TW II asked for it."""
    assert figures(half.state, "2026-S1") == {
        "IK-5": ("76,00", "80,00", "95,00", "95,00", "76,00", "95,00", "dihitung"),
        "IK-1": ("240,00", "220,00", "109,09", "100,00", "240,00", "109,09", "dihitung"),
        "IK-2": ("59,38", "60,00", "98,96", "98,96", "59,38", "98,96", "dihitung"),
        "IK-3": ("30,00", "30,00", "100,00", "100,00", "30,00", "100,00", "dihitung"),
        "IK-4": ("4,00", "4,00", "100,00", "100,00", "4,00", "100,00", "dihitung"),
    }


def test_a_figure_to_date_names_its_periods_where_others_have_gone_by(half: Office) -> None:
    """To date (s.d.) over the periods that have both, named: TW II was left out of 92,00 without a word."""
    second, year = (
        {row.row.indicator.code: remark_words(row) for row in report(half.state, period).rows}
        for period in ("2026-TW2", "2026-TH")
    )
    assert not [words for words in second.values() if "s.d." in words]
    assert year["IK-1"] == "belum lengkap (2 dari 4); s.d. dari TW I dan TW II"


def test_what_lacks_some_of_its_periods_is_not_below_target(half: Office) -> None:
    """A year half done stood among the indicators below target of its page."""
    found = report(half.state, "2026-TH")
    assert any(row.figure.achievement and row.figure.achievement.row < 100 for row in found.rows)
    assert below_target(found.rows) == []


def test_a_year_half_done_says_how_much_is_missing(half: Office) -> None:
    rows = {row.row.indicator.code: row.figure for row in report(half.state, "2026-TH").rows}
    assert {code: (row.standing, row.filled, row.of) for code, row in rows.items()} == {
        "IK-1": (FigureStanding.BELUM_LENGKAP, 2, 4),
        "IK-2": (FigureStanding.BELUM_LENGKAP, 2, 4),
        "IK-3": (FigureStanding.BELUM_LENGKAP, 2, 4),
        "IK-4": (FigureStanding.BELUM_LENGKAP, 2, 4),
        "IK-5": (FigureStanding.BELUM_LENGKAP, 1, 2),
    }
    assert report(half.state, "2026-TH").whole == (None, 0, 5)


def whole_year() -> Office:
    office = targeted()
    run_quarter(office, "2026-TW1", quarter_rows(90, 50, 100, "36", "WDP"))
    rows = quarter_rows(150, 45, 60, "30", "WTP")
    rows[B] = {**rows[B], "IK-5": terisi(76)}
    run_quarter(office, "2026-TW2", rows)
    office.close("2026-S1")
    run_quarter(office, "2026-TW3", quarter_rows(130, 30, 40, "25", "WTP"))
    # PK Perubahan in October: TW III is closed, so it keeps what it was judged by.
    office.aim({("IK-1", "2026-TW4"): Decimal(200), ("IK-1", "2026-TH"): Decimal(540)}, 2, since="2026-TW3")
    rows = quarter_rows(170, 60, 80, "20", "WTP")
    rows[B] = {**rows[B], "IK-5": terisi(84)}
    run_quarter(office, "2026-TW4", rows)
    office.close("2026-S2")
    office.close("2026-TH")
    return office


def test_a_year_is_what_the_hand_computes() -> None:
    office = whole_year()
    assert figures(office.state, "2026-TW4")["IK-1"] == (
        *("170,00", "200,00", "85,00", "85,00"),
        *("540,00", "100,00", "dihitung"),
    )
    assert figures(office.state, "2026-TH") == {
        "IK-1": ("540,00", "540,00", "100,00", "100,00", "540,00", "100,00", "dihitung"),
        # (50 + 45 + 30 + 60) / (100 + 60 + 40 + 80) x 100 against 65
        "IK-2": ("66,07", "65,00", "101,65", "100,00", "66,07", "101,65", "dihitung"),
        "IK-3": ("20,00", "25,00", "120,00", "100,00", "20,00", "120,00", "dihitung"),
        "IK-4": ("4,00", "4,00", "100,00", "100,00", "4,00", "100,00", "dihitung"),
        "IK-5": ("80,00", "-", "-", "-", "76,00", "95,00", "tanpa_target"),
    }
    assert office.replayed() == office.state
    json.dumps([closing.report.to_dict() for each in office.state.periods.values() for closing in each.closings])


def test_a_closed_quarter_keeps_the_target_it_was_judged_by() -> None:
    office = targeted()
    run_quarter(office, "2026-TW1", quarter_rows(90, 50, 100, "36", "WDP"))
    before = figures(office.state, "2026-TW1")
    with pytest.raises(Refused) as refusal:
        office.aim({("IK-1", "2026-TW1"): Decimal(80)})
    assert refusal.value.rule is Rule.PERIOD_CLOSED
    office.define(INDICATORS[0].__class__("IK-1", "Nama baru", "orang", owner=A))
    office.reopen("2026-TW1")
    assert not office.send("2026-TW1")
    assert figures(office.state, "2026-TW1") == before


def test_a_parent_keeps_what_it_took_in_until_it_takes_it_in_again() -> None:
    office = whole_year()
    year = figures(office.state, "2026-TH")
    for key in ("2026-TH", "2026-S1", "2026-TW1"):
        office.reopen(key)
    office.act(MANAGER, Act.KOREKSI_NILAI, period="2026-TW1", owner=A, rows={"IK-1": terisi(60)}, reason="salah")
    office.close("2026-TW1")
    assert figures(office.state, "2026-TW1")["IK-1"][0] == "60,00"
    assert figures(office.state, "2026-S2")["IK-1"] == figures(whole_year().state, "2026-S2")["IK-1"]
    office.close("2026-S1")
    office.close("2026-TH")
    assert figures(office.state, "2026-TH")["IK-1"][0] == "510,00"
    assert {code: row for code, row in figures(office.state, "2026-TH").items() if code != "IK-1"} == {
        code: row for code, row in year.items() if code != "IK-1"
    }
    assert office.replayed() == office.state


def test_a_waived_child_that_was_never_closed_is_missing_in_its_parent() -> None:
    office = targeted()
    run_quarter(
        office, "2026-TW2", {**quarter_rows(150, 45, 60, "30", "WTP"), B: {"IK-3": terisi(30), "IK-5": terisi(76)}}
    )
    office.close("2026-S1")
    found = {row.row.indicator.code: row.figure for row in report(office.state, "2026-S1").rows}
    assert (found["IK-1"].standing, found["IK-1"].filled, found["IK-1"].of) == (FigureStanding.BELUM_LENGKAP, 1, 2)
    run_quarter(office, "2026-TW1", quarter_rows(90, 50, 100, "36", "WDP"))
    assert report(office.state, "2026-S1").rows[1].figure.filled == 1


def test_the_order_of_rows_changes_no_figure() -> None:
    there = whole_year()
    back = Office()
    back.define(*reversed(INDICATORS))
    for number, held in ((each.number, each) for each in there.state.targets):
        if number == 1:
            back.aim({(code, key): value for (code, key), value in held.values.items()})
    run_quarter(back, "2026-TW1", quarter_rows(90, 50, 100, "36", "WDP"))
    assert figures(back.state, "2026-TW1") == figures(there.state, "2026-TW1")
    assert report(back.state, "2026-TW1").whole == report(there.state, "2026-TW1").whole


def test_a_form_goes_out_anew_only_to_whom_something_differs() -> None:
    office = targeted()
    office.open("2026-TW1")
    assert {owner: [form.number for form in sent] for owner, sent in office.state.period("2026-TW1").forms.items()} == {
        A: [1],
        B: [1],
        OFFICE: [1],
    }
    assert not office.send("2026-TW1")
    office.aim({("IK-1", "2026-TW1"): Decimal(110)})
    assert figures(office.state, "2026-TW1")["IK-1"][1] == "100,00"
    office.act(MANAGER, Act.FORMULIR, period="2026-TW1")
    forms = office.state.period("2026-TW1").forms
    assert {owner: len(sent) for owner, sent in forms.items()} == {A: 2, B: 1, OFFICE: 1}
    assert [str(change) for change in form_changes(*forms[A])] == ["IK-1 target 100 \u2192 110"]
    assert figures(office.state, "2026-TW1")["IK-1"][1] == "110,00"


def test_a_form_shows_the_period_before() -> None:
    office = targeted()
    run_quarter(office, "2026-TW1", quarter_rows(90, 50, 100, "36", "WDP"))
    office.open("2026-TW2")
    rows = {
        row.indicator.code: row.previous
        for owner in (A, B, OFFICE)
        for row in office.state.period("2026-TW2").form_rows(owner)
    }
    assert rows == {"IK-1": "90", "IK-2": "50,00", "IK-3": "36,0", "IK-5": None, "IK-4": "WDP"}


def test_an_ended_bidangs_indicators_go_to_its_successor_and_then_to_the_office() -> None:
    office = targeted()
    state = office.state
    followed = KinerjaState(bidang=("Bidang Baru",), successors={A: "Bidang Lama", "Bidang Lama": "Bidang Baru"})
    assert followed.owner_of(INDICATORS[0]) == "Bidang Baru"
    assert KinerjaState(bidang=(B,)).owner_of(INDICATORS[0]) is None
    assert KinerjaState(bidang=(), successors={A: B, B: A}).owner_of(INDICATORS[0]) is None
    assert state.owner_of(INDICATORS[0]) == A


def test_missing_rows_stay_out_of_means() -> None:
    office = targeted()
    office.open("2026-TW1")
    office.fill(
        "2026-TW1", A, rows={"IK-1": terisi(90), "IK-2": Isian(Keadaan.TIDAK_BERLAKU, reason="belum ada kelas")}
    )
    office.finish("2026-TW1", A)
    office.finish("2026-TW1", B, skip=True)
    found = report(office.state, "2026-TW1")
    assert found.whole == (Fraction(90), 1, 4)
    assert found.said == {Keadaan.TERISI: 1, Keadaan.TIDAK_BERLAKU: 1}
    assert filled_words(found.said, len(found.rows)) == "1/4 terisi, 1 tidak berlaku"
