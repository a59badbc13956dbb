"""Years that offices live through with everything a recap has to tell: what its pages are looked at with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from db.file.connection import Database
from db.settings_store import change_settings
from sop.acts.procedure import procedure
from sop.form import catalog
from sop.model.act import Act
from sop.model.state import Answer
from tests.db.office import EVERYBODY
from tests.exports.kantor import Kantor

FIVE_BIDANG = (
    "Bidang Pemerintahan Desa",
    "Bidang Ekonomi Desa dan Teknologi Tepat Guna",
    "Bidang Sarana dan Prasarana Desa",
    "Bidang Pemberdayaan Masyarakat",
    "Sekretariat",
)
TWENTY_BIDANG = tuple(f"Bidang Pembinaan dan Pelayanan Masyarakat Wilayah {number:02}" for number in range(1, 21))
_FEBRUARY = dt.date(2026, 2, 2)
_MORNINGS = {
    "TW1": dt.date(2026, 4, 1),
    "TW2": dt.date(2026, 7, 1),
    "S1": dt.date(2026, 7, 20),
    "TW3": dt.date(2026, 10, 1),
    "TW4": dt.date(2027, 1, 4),
    "S2": dt.date(2027, 1, 19),
    "TH": dt.date(2027, 2, 1),
}
_LATE_QUARTER, _CORRECTED_QUARTER, _JOINED_QUARTER, _RETURNED_QUARTER = "TW1", "TW2", "TW3", "TW4"


@dataclass
class Hands:
    """Whoever lives the year: a clock on the wall that goes on by itself."""

    kantor: Kantor
    moment: dt.datetime = field(default_factory=lambda: dt.datetime(2026, 2, 2, 8, 0))  # noqa: DTZ001

    def morning(self, day: dt.date) -> None:
        """Go on to 08.00 of that day, or of the next working day where it has passed."""
        self.moment = max(dt.datetime(day.year, day.month, day.day, 8, 0), self.moment)  # noqa: DTZ001
        self._into_office_hours()

    def later(self, minutes: int) -> None:
        self.moment += dt.timedelta(minutes=minutes)
        self._into_office_hours()

    def _into_office_hours(self) -> None:
        if self.moment.hour >= 15 or self.moment.hour < 8:
            day = self.moment.date() + dt.timedelta(days=self.moment.hour >= 15)
            self.moment = dt.datetime(day.year, day.month, day.day, 8, 0)  # noqa: DTZ001
        if 11 <= self.moment.hour < 13:
            self.moment = self.moment.replace(hour=13, minute=5)
        while self.moment.weekday() > 4:
            self.moment += dt.timedelta(days=1)

    @property
    def now(self) -> str:
        return f"{(self.moment.date() - _FEBRUARY).days + 1} {self.moment:%H.%M}"

    def do(self, act: Act, period: str, step: int | None = None, **more: object) -> None:
        self.kantor.do(act, period, step, self.now, **more)  # type: ignore[arg-type]

    def work(self, period: str, step: int, minutes: int, bidang: str | None = None, note: str | None = None) -> None:
        """Start a step and finish it."""
        self.later(3)
        self.do(Act.MULAI, period, step, bidang=bidang)
        self.later(minutes)
        decided = self._step(step).decision is not None
        if not decided:
            self.do(Act.SELESAI, period, step, bidang=bidang, note=note)
            return
        self.do(Act.AJUKAN, period, step, bidang=bidang)
        self.later(40)
        self.do(Act.PUTUSKAN, period, step, bidang=bidang, answer=Answer.YA, note=note)

    def _step(self, number: int):  # type: ignore[no-untyped-def]
        return catalog.load(self.kantor.sop).step(number)


def lived_year(database: Database, sop: str, bidang: Sequence[str] = FIVE_BIDANG) -> Kantor:
    """The whole year of a shipped SOP, every period closed: late steps, a pause, a hold, late entries, corrections, a
    skipped bidang, a Tidak or a handing back, and a quarter closed a second time."""
    per_bidang = any(step.per_bidang for step in catalog.load(sop).steps)
    kantor = Kantor(database, sop, tuple(bidang) if per_bidang else ())
    asked = {"signing_place": "Nganjuk", "signatories": ["Kasubbag Program", "Sekretaris", "Kepala Dinas"]}
    change_settings(kantor.store, kantor.address.office, asked, EVERYBODY)
    hands = Hands(kantor)
    for period, day in _MORNINGS.items():
        hands.morning(day)
        _live(hands, period)
        hands.later(30)
        hands.do(Act.TUTUP, period)
        if period == _LATE_QUARTER:
            _close_again(hands, period)
    return kantor


def _close_again(hands: Hands, period: str) -> None:
    """The quarter is reopened, its late step corrected, and closed as revision 2."""
    hands.later(24 * 60)
    hands.do(Act.BUKA_KEMBALI, period, reason="jam selesai langkah 1 salah ketik, seharusnya sebelum istirahat")
    hands.later(5)
    case = hands.kantor.source(period).board.state.case_of(f"2026-{period}")
    assert case is not None
    run = next(run for run in case.runs.values() if run.step == 1)
    started = dt.datetime(2026, 2, 2) + dt.timedelta(seconds=(run.started or 0) - 1_769_965_200)  # noqa: DTZ001
    ended = f"{(started.date() - _FEBRUARY).days + 1} {started + dt.timedelta(minutes=4):%H.%M}"
    hands.do(Act.KOREKSI, period, 1, ended=ended, reason="salah ketik")
    hands.later(5)
    hands.do(Act.TUTUP, period)


def _live(hands: Hands, period: str) -> None:
    kantor = hands.kantor
    steps = procedure(catalog.load(kantor.sop), f"2026-{period}", kantor.source(period).board.cadence)
    if steps is None:
        return
    hands.do(Act.BUKA, period)
    for number in steps.numbers:
        region = steps.region_of(number)
        if region is None:
            _one_step(hands, period, number)
        elif number == region.first:
            _region(hands, period, range(region.first, region.last + 1))
    if period == _RETURNED_QUARTER and len(steps.numbers) > 3:
        last = steps.numbers[-1]
        note = "angka capaian dua indikator tertukar antara target dan realisasi"
        hands.do(Act.KEMBALIKAN, period, last, target=steps.numbers[-2], note=note)
        for number in steps.numbers[-2:]:
            hands.work(period, number, 12)


def _one_step(hands: Hands, period: str, number: int) -> None:
    step = catalog.load(hands.kantor.sop).step(number)
    if period == _LATE_QUARTER and number in (1, 5):
        hands.work(period, number, 45, note="menunggu tanda tangan Sekretaris yang sedang rapat di luar kantor")
    elif period == _CORRECTED_QUARTER and number == 2:
        hands.do(Act.MULAI, period, number)
        hands.later(2)
        hands.do(Act.TUNDA, period, number, reason="listrik padam")
        hands.later(90)
        hands.do(Act.LANJUT, period, number)
        hands.later(2)
        hands.do(Act.SELESAI, period, number)
        hands.later(1)
        hands.do(Act.KOREKSI, period, number, note="daftar hadir menyusul", reason="catatan tertinggal")
    elif period == _JOINED_QUARTER and number == 1:
        hands.later(3)
        began, hour = hands.now, 3600
        hands.later(4)
        ended = hands.now
        hands.kantor.do(Act.SELESAI, period, 1, ended, hour, started=began, reason="jaringan kantor terputus")
        hands.later(61)
    elif period in ("S1", "S2") and step.decision is not None and period == "S1":
        hands.later(3)
        hands.do(Act.MULAI, period, number)
        hands.later(60)
        hands.do(Act.AJUKAN, period, number)
        hands.later(60)
        hands.do(Act.PUTUSKAN, period, number, answer=Answer.TIDAK, note="tabel capaian triwulan II belum lengkap")
        target = step.decision.tidak
        for again in range(target, number + 1):
            hands.work(period, again, 30)
    else:
        hands.work(period, number, 4)


def _region(hands: Hands, period: str, numbers: range) -> None:
    """Every bidang goes alone; in one quarter the last one is not waited for, in one a bidang does it again."""
    names = hands.kantor.bidang
    for place, name in enumerate(names):
        if period == _JOINED_QUARTER and place == len(names) - 1:
            continue
        for number in numbers:
            hands.work(period, number, 9, name)
        if period == _LATE_QUARTER and place == 1:
            hands.later(3 * 24 * 60)
    if period == _JOINED_QUARTER:
        hands.do(Act.GABUNG, period, None, reason=f"{names[-1]} belum menyerahkan; pejabatnya dinas luar")
    if period == _RETURNED_QUARTER:
        note = "angka belum cocok dengan laporan bulanan"
        hands.do(Act.KEMBALIKAN, period, numbers.stop, target=numbers[0], named=(names[1],), note=note)
        for number in numbers:
            hands.work(period, number, 9, names[1])


def crowd(database: Database) -> Kantor:
    """An open quarter in which twenty bidang are each sent back three times, and the last ones still owe their form."""
    kantor = Kantor(database, "dpmd-nganjuk", TWENTY_BIDANG)
    hands = Hands(kantor)
    hands.morning(_MORNINGS["TW1"])
    hands.do(Act.BUKA, "TW1")
    for number in (1, 2):
        hands.work("TW1", number, 6)
    for attempt in range(4):
        for name in TWENTY_BIDANG:
            if attempt == 3 and name in TWENTY_BIDANG[-3:]:
                continue
            for number in (3, 4):
                hands.work("TW1", number, 4, name)
        if attempt < 3:
            note = f"angka realisasi belum cocok dengan laporan bulanan, putaran {attempt + 1}"
            hands.do(Act.KEMBALIKAN, "TW1", 5, target=3, named=TWENTY_BIDANG, note=note)
    hands.later(2 * 24 * 60)
    return kantor
