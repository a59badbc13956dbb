"""What an office does to its calendar, and what filling a year leaves alone."""

from __future__ import annotations

import datetime as dt

import pytest

from sop.model.errors import FaultyInput
from sop.model.refusals import Refused, Rule, Unknown
from sop.time.office_calendar import (
    Confirm,
    DropDay,
    DropRange,
    FillYear,
    Gap,
    OfficeCalendar,
    PutDay,
    PutRange,
    PutWeekly,
    TakeBack,
    changes,
    edited,
    gaps,
    given_back,
    month_days,
    month_span,
    period_span,
    removed,
    totals,
)
from sop.time.work_calendar import (
    DEFAULT_WEEKLY,
    RAMADAN_WEEKLY,
    CalendarSpec,
    DateRange,
    SpecialDay,
    SpecialKind,
    WorkCalendar,
    hours,
)
from sop.values import replace

SIX_DAYS = (*DEFAULT_WEEKLY[:5], hours("07:30-12:30"), ())


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def holiday(text: str, name: str = "Libur", *, leave: bool = False, certain: bool = True) -> SpecialDay:
    kind = SpecialKind.CUTI_BERSAMA if leave else SpecialKind.LIBUR
    return SpecialDay(day(text), (), name, "SKB", certain, kind)


def ramadan(first: str, last: str, name: str = "Ramadan 1448 H", *, certain: bool = False) -> DateRange:
    return DateRange(day(first), day(last), RAMADAN_WEEKLY, name, "perkiraan", certain)


FILL = FillYear(
    2027,
    (
        holiday("2027-01-01", "Tahun baru", certain=False),
        holiday("2027-03-10", "Idulfitri", certain=False),
        holiday("2027-03-12", "Cuti bersama", leave=True, certain=False),
    ),
    (ramadan("2027-02-08", "2027-03-09"),),
)
EMPTY = OfficeCalendar(CalendarSpec("Asia/Jakarta"))
FILLED = edited(EMPTY, [FILL])


class TestLayers:
    """Rows lie in layers: the office's over the national one; deleting the office's gives the national one back."""

    BIRTHDAY = day("2027-01-01")

    def dropped(self, calendar: OfficeCalendar, drop: DropDay | DropRange) -> OfficeCalendar:
        return edited(calendar, [given_back(calendar, drop, FILL)])

    def test_an_offices_row_taken_away_gives_the_national_one_back(self) -> None:
        mine = edited(FILLED, [PutDay(holiday("2027-01-01", "Hari jadi kota"))])
        again = self.dropped(mine, DropDay(self.BIRTHDAY))
        assert again.day(self.BIRTHDAY) == FILLED.day(self.BIRTHDAY)
        newer = edited(again, [FillYear(2027, (holiday("2027-01-01", "Tahun Baru 2027"),))])
        assert newer.day(self.BIRTHDAY) == holiday("2027-01-01", "Tahun Baru 2027"), "the office decides nothing there"

    def test_the_national_row_itself_can_be_taken_away_and_filling_offers_it(self) -> None:
        without = self.dropped(FILLED, DropDay(self.BIRTHDAY))
        assert without.day(self.BIRTHDAY) is None
        assert [item.name for item in removed(without, FILL)] == ["Tahun baru"]
        with pytest.raises(Refused):
            edited(without, [FILL])
        back = edited(without, [replace(FILL, restores=True)])
        assert back.day(self.BIRTHDAY) == FILLED.day(self.BIRTHDAY)
        assert not removed(back, FILL)

    def test_a_range_of_the_office_gives_the_proposed_one_back(self) -> None:
        proposed = FILL.ranges[0]
        mine = replace(proposed, first=proposed.first + dt.timedelta(days=1))
        changed = edited(FILLED, [PutRange(mine, (proposed.first, proposed.last))])
        assert self.dropped(changed, DropRange((mine.first, mine.last))).spec.ranges == FILLED.spec.ranges

    def test_a_year_never_filled_has_no_layer_below(self) -> None:
        mine = edited(EMPTY, [PutDay(holiday("2027-01-01", "Hari jadi kota"))])
        assert self.dropped(mine, DropDay(self.BIRTHDAY)).day(self.BIRTHDAY) is None

    def test_a_change_taken_back_is_as_if_it_had_not_been(self) -> None:
        changed = edited(FILLED, [PutWeekly(SIX_DAYS), DropDay(self.BIRTHDAY)])
        assert edited(changed, [TakeBack(1, FILLED)]) == FILLED


class TestFilling:
    def test_a_year_gets_its_days_and_proposed_ranges(self) -> None:
        assert [item.name for item in FILLED.spec.days] == ["Tahun baru", "Idulfitri", "Cuti bersama"]
        assert [item.name for item in FILLED.spec.ranges] == ["Ramadan 1448 H"]
        assert FILLED.filled == {2027}

    def test_what_the_office_changed_and_removed_survives_a_second_filling(self) -> None:
        moved = edited(
            FILLED,
            [
                DropDay(day("2027-01-01")),
                PutDay(holiday("2027-03-10", "Idulfitri (ditetapkan)")),
                PutDay(SpecialDay(day("2027-05-04"), hours("07:30-11:30"), "Setengah hari", kind=SpecialKind.KHUSUS)),
                PutRange(ramadan("2027-02-09", "2027-03-09", certain=True), (day("2027-02-08"), day("2027-03-09"))),
            ],
        )
        again = edited(moved, [FillYear(2027, (*FILL.days, holiday("2027-05-04"), holiday("2027-12-25")), FILL.ranges)])
        assert again.day(day("2027-01-01")) is None
        assert again.day(day("2027-03-10")) == moved.day(day("2027-03-10"))
        assert again.day(day("2027-05-04")) == moved.day(day("2027-05-04"))
        assert again.day(day("2027-12-25")) is not None
        assert again.spec.ranges == moved.spec.ranges

    def test_a_removed_range_stays_removed(self) -> None:
        without = edited(FILLED, [DropRange((day("2027-02-08"), day("2027-03-09")))])
        with pytest.raises(Refused):
            edited(without, [FILL])

    def test_a_ramadan_the_office_wrote_itself_is_not_proposed_again(self) -> None:
        own = edited(EMPTY, [PutRange(ramadan("2027-02-07", "2027-03-08", "Jam kerja Ramadhan"))])
        assert [item.name for item in edited(own, [FILL]).spec.ranges] == ["Jam kerja Ramadhan"]

    def test_hours_of_the_offices_own_inside_a_proposed_range_win(self) -> None:
        week = DateRange(day("2027-02-15"), day("2027-02-19"), (hours("08:00-10:00"),) * 7, "Pekan banjir")
        calendar = WorkCalendar(edited(edited(EMPTY, [PutRange(week)]), [FILL]).spec, 1)
        assert calendar.day_reason(day("2027-02-16")).name == "Pekan banjir"
        assert calendar.day_reason(day("2027-02-23")).name == "Ramadan 1448 H"

    def test_a_proposed_range_never_closes_a_day_the_office_works(self) -> None:
        six = edited(edited(EMPTY, [PutWeekly(SIX_DAYS)]), [FILL])
        assert WorkCalendar(six.spec, 1).spans_of(day("2027-02-13")) == hours("07:30-12:30")

    def test_a_weekday_opened_later_is_open_in_ranges_that_knew_it_as_closed(self) -> None:
        six = edited(FILLED, [PutWeekly(SIX_DAYS)])
        assert WorkCalendar(six.spec, 1).spans_of(day("2027-02-13")) == hours("07:30-12:30")
        assert WorkCalendar(six.spec, 1).spans_of(day("2027-02-12")) == RAMADAN_WEEKLY[4]

    def test_rows_of_an_earlier_filling_give_way_to_newer_ones(self) -> None:
        newer = edited(FILLED, [FillYear(2027, (holiday("2027-03-11", "Idulfitri", certain=False),))])
        assert [item.date for item in newer.spec.days] == [day("2027-03-11")]

    def test_other_years_are_left_alone(self) -> None:
        both = edited(FILLED, [FillYear(2028, (holiday("2028-01-01"),))])
        assert len(both.spec.days) == 4
        assert both.filled == {2027, 2028}

    def test_the_same_filling_twice_changes_nothing(self) -> None:
        with pytest.raises(Refused) as refused:
            edited(FILLED, [FILL])
        assert refused.value.rule is Rule.NOTHING_CHANGED

    def test_rows_of_a_plain_calendar_count_as_the_offices_own(self) -> None:
        plain = OfficeCalendar.from_dict(
            CalendarSpec("Asia/Jakarta", days=(holiday("2027-03-10", "Punya kami"),)).to_dict()
        )
        kept = edited(plain, [FILL]).day(day("2027-03-10"))
        assert kept is not None
        assert kept.name == "Punya kami"


class TestEditing:
    def test_a_calendar_survives_being_written_and_read(self) -> None:
        changed = edited(FILLED, [DropDay(day("2027-01-01")), PutWeekly(SIX_DAYS)])
        assert OfficeCalendar.from_dict(changed.to_dict()) == changed
        assert CalendarSpec.from_dict(changed.to_dict()) == changed.spec

    def test_confirming_makes_estimates_certain_and_keeps_them(self) -> None:
        sure = edited(FILLED, [Confirm(day("2027-01-01"), day("2027-12-31"))])
        assert sure.estimates(2027) == 0
        assert gaps(sure, 2027) == ()
        again = edited(sure, [FillYear(2027, (holiday("2027-06-01"),))])
        assert again.day(day("2027-03-10")) == sure.day(day("2027-03-10"))

    def test_confirming_or_removing_what_is_not_there_names_what_is(self) -> None:
        for edit in (DropDay(day("2027-03-13")), Confirm(day("2027-03-13"), day("2027-03-13"))):
            with pytest.raises(Unknown) as unknown:
                edited(FILLED, [edit])
            assert "2027-03-12" in unknown.value.known
        with pytest.raises(Unknown):
            edited(FILLED, [DropRange((day("2027-02-08"), day("2027-03-08")))])

    def test_a_changed_range_keeps_its_place_and_a_new_one_wins(self) -> None:
        first = DateRange(day("2027-06-01"), day("2027-06-30"), DEFAULT_WEEKLY, "Juni")
        second = DateRange(day("2027-06-10"), day("2027-06-12"), RAMADAN_WEEKLY, "Pekan")
        both = edited(EMPTY, [PutRange(first), PutRange(second)])
        renamed = edited(both, [PutRange(DateRange(first.first, first.last, RAMADAN_WEEKLY, "Juni baru"))])
        assert [item.name for item in renamed.spec.ranges] == ["Juni baru", "Pekan"]
        with pytest.raises(FaultyInput):
            edited(both, [PutRange(first, (second.first, second.last))])

    def test_a_range_can_be_moved(self) -> None:
        moved = edited(FILLED, [PutRange(ramadan("2027-02-09", "2027-03-10"), (day("2027-02-08"), day("2027-03-09")))])
        assert [(str(item.first), str(item.last)) for item in moved.spec.ranges] == [("2027-02-09", "2027-03-10")]

    @pytest.mark.parametrize(
        "edit",
        [
            PutDay(holiday("2027-04-01", " ")),
            PutDay(holiday("1999-04-01")),
            PutDay(holiday("2027-04-01", "x" * 200)),
            PutDay(SpecialDay(day("2027-04-01"), hours("08:00-09:00"), "Libur berjam", kind=SpecialKind.LIBUR)),
            PutRange(ramadan("2027-03-09", "2027-02-08")),
            PutWeekly(((),) * 7),
            Confirm(day("2027-12-31"), day("2027-01-01")),
            FillYear(1990, ()),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, edit: PutDay | PutRange | PutWeekly | Confirm | FillYear) -> None:
        with pytest.raises(FaultyInput):
            edited(EMPTY, [edit])

    def test_changes_name_every_row_that_differs(self) -> None:
        after = edited(FILLED, [DropDay(day("2027-01-01")), PutWeekly(SIX_DAYS), FillYear(2028, ())])
        found = {(change.kind, change.key) for change in changes(FILLED, after)}
        assert found == {
            ("hari", "2027-01-01"),
            ("jam_mingguan", "sabtu"),
            ("rentang", "2027-02-08/2027-03-09"),
            ("tahun_diisi", "2028"),
        }
        removed = next(change for change in changes(FILLED, after) if change.kind == "hari")
        assert removed.before["name"] == "Tahun baru"
        assert removed.after is None


class TestGaps:
    def test_an_unfilled_year_says_so_and_nothing_else(self) -> None:
        assert gaps(EMPTY, 2027) == (Gap.HOLIDAYS,)

    def test_a_year_without_a_decree_on_leave_says_so(self) -> None:
        filled = edited(EMPTY, [FillYear(2028, (holiday("2028-01-01", certain=False),))])
        assert gaps(filled, 2028) == (Gap.COLLECTIVE_LEAVE, Gap.ESTIMATES)

    def test_a_filled_year_with_estimates_says_so(self) -> None:
        assert gaps(FILLED, 2027) == (Gap.ESTIMATES,)


class TestTotals:
    def test_a_month_adds_up_its_days_and_hours(self) -> None:
        calendar = WorkCalendar(FILLED.spec, 1)
        february = totals(calendar, *month_span(2027, 2))
        assert february.working_days == 20
        # Five usual days of 37.5 hours a week, then three weeks of 32.5.
        assert february.working_seconds == (375 + 3 * 325) * 360
        assert sum(reason.working_seconds for reason in month_days(calendar, 2027, 2)) == february.working_seconds

    def test_the_months_of_a_period_add_up_to_it(self) -> None:
        calendar = WorkCalendar(FILLED.spec, 1)
        for key, months in (("2027-TW1", (1, 2, 3)), ("2027-S2", range(7, 13)), ("2027-TH", range(1, 13))):
            whole = totals(calendar, *period_span(key))
            parts = [totals(calendar, *month_span(2027, month)) for month in months]
            assert whole.working_days == sum(part.working_days for part in parts)
            assert whole.working_seconds == sum(part.working_seconds for part in parts)
