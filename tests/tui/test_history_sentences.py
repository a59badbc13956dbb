"""What the log says of each kind of act, and what its filter says of itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db import opening, seed
from db.log_queries import LogFilter, LogWindow
from db.rows import LoggedEvent
from db.seed_indicators import measure
from sakip_tui.history.kinds import KINDS, kind_of
from sakip_tui.history.pile import Pile, filter_typed, filter_words, narrowed, period_asked
from sop.model.act import Act
from sop.model.errors import FaultyInput
from sop.model.events import Event
from sop.model.refusals import Unknown
from sop.words.act_verbs import changes
from sop.words.event_values import DETAIL_NAMES, details
from sop.words.events import Teller
from tests.fakes import TUESDAY
from tests.tui.year import MONDAY, demo_file

WIB = 7 * 3600
TELLER = Teller(WIB, TUESDAY, {"siti": "Siti Aminah"})
EIGHT = TUESDAY - 2 * 3600
"""08.00 of that Tuesday."""


def event(act: Act, sequence: int = 7, **values: Any) -> Event:
    given: dict[str, Any] = {"period": "2026-TW1", "step": 2, "bidang": "Pelatihan", "attempt": 1}
    given |= {"at": EIGHT, "recorded": EIGHT, "by": "siti", "sequence": sequence, **values}
    return Event(act=act, **given)


def of_period(act: Act, **values: Any) -> Event:
    return event(act, step=None, bidang=None, attempt=None, **values)


CHANGED_DAY = {
    "kind": "hari",
    "key": "2026-05-01",
    "before": {"date": "2026-05-01", "name": "Hari Buruh", "kind": "libur", "spans": [], "certain": True},
    "after": None,
}
SAID = [
    (
        of_period(Act.PULIHKAN, period=None, data={"backup": {"sequence": 76, "hash": "ab"}, "lost": 3}),
        "Siti Aminah memulihkan basis data dari cadangan sampai catatan no. 76 (3 catatan hilang)",
    ),
    (of_period(Act.PULIHKAN, period=None, data={"lost": None}), "Siti Aminah memulihkan basis data dari cadangan"),
    (event(Act.MULAI), "Siti Aminah mulai mengerjakan langkah 2 TW I bidang Pelatihan"),
    (event(Act.MULAI, attempt=3, bidang=None), "Siti Aminah mulai mengerjakan langkah 2 TW I, putaran 3"),
    (
        event(Act.TUNDA, data={"reason": "menunggu data"}),
        'Siti Aminah menunda langkah 2 TW I bidang Pelatihan: "menunggu data"',
    ),
    (event(Act.SELESAI, late_entry=True), "Siti Aminah menyelesaikan langkah 2 TW I bidang Pelatihan (susulan)"),
    (
        event(Act.SELESAI, doubted=True, data={"verdicts": {"2:Pelatihan#1": {"late_seconds": 60}}}),
        "Siti Aminah menyelesaikan langkah 2 TW I bidang Pelatihan, terlambat (jam diragukan)",
    ),
    (
        event(Act.SELESAI, data={"verdicts": {"3:#1": {"late_seconds": 60}}}),
        "Siti Aminah menyelesaikan langkah 2 TW I bidang Pelatihan",
    ),
    (
        event(Act.PUTUSKAN, bidang=None, step=7, data={"answer": "tidak", "note": "angka belum cocok"}),
        'Siti Aminah memutuskan Tidak pada langkah 7 TW I: "angka belum cocok"',
    ),
    (event(Act.TUGASKAN, data={"holder": "siti"}), "kepada Siti Aminah"),
    (event(Act.TUGASKAN, data={"holder": "andi"}), "kepada andi"),
    (
        event(Act.KEMBALIKAN, bidang=None, step=5, data={"target": 2, "bidang": ["Pelatihan", "Bidang Umum"]}),
        "mengembalikan langkah 5 TW I ke langkah 2 (bidang Pelatihan dan Bidang Umum)",
    ),
    (event(Act.CENTANG, data={"item": 0, "on": True}), "mencentang kelengkapan butir 1 langkah 2"),
    (event(Act.CENTANG, data={"item": 1, "on": False}), "menghapus centang kelengkapan butir 2"),
    (event(Act.DOKUMEN, data={"evidence": {"number": "005/12"}}), "mencatat dokumen 005/12 pada langkah 2"),
    (
        event(Act.URUNG, data={"act": "selesai", "undoes": 5}),
        "mengurungkan selesai pada langkah 2 TW I bidang Pelatihan (catatan no. 5)",
    ),
    (of_period(Act.BUKA, period="2025-TW4"), "Siti Aminah membuka TW IV 2025"),
    (of_period(Act.TUTUP, data={"closing": 2}), "Siti Aminah menutup TW I, penutupan ke-2"),
    (
        of_period(Act.BEBASKAN, period="2026-S1", data={"child": "2026-TW2"}),
        "menetapkan Semester I tidak menunggu TW II",
    ),
    (of_period(Act.GABUNG, data={"missing": ["Umum"]}), "melanjutkan TW I tanpa bidang Umum"),
    (
        of_period(Act.UBAH_BIDANG, data={"added": ["A"], "removed": ["B", "C"]}),
        "menambah bidang A dan mengeluarkan bidang B dan bidang C di TW I",
    ),
    (of_period(Act.PINDAH_VERSI, data={"sop_version": 2}), "memindahkan berkas TW I ke SOP versi 2"),
    (
        of_period(Act.KALENDER, period=None, data={"calendar": {"revision": 3}, "changes": [{}, {}]}),
        "Siti Aminah mengubah kalender menjadi revisi 3 (2 baris)",
    ),
    (
        of_period(Act.KALENDER, period=None, data={"calendar": {"revision": 3}, "changes": [CHANGED_DAY] * 3}),
        "mengubah kalender menjadi revisi 3: 1 Mei 2026: libur Hari Buruh, pasti menjadi tanpa baris sendiri; "
        "1 Mei 2026: libur Hari Buruh, pasti menjadi tanpa baris sendiri (1 baris lagi)",
    ),
]


@pytest.mark.parametrize(("told", "words"), SAID, ids=lambda value: value.act if isinstance(value, Event) else "")
def test_an_event_is_told_as_a_sentence(told: Event, words: str) -> None:
    sentence = TELLER.sentence(told)
    assert words in sentence
    if words.startswith("Siti"):
        assert sentence == words


@pytest.mark.parametrize("act", Act)
def test_every_act_has_a_sentence_even_when_its_event_says_nothing_beside(act: Act) -> None:
    for told in (event(act), of_period(act), of_period(act, period=None)):
        sentence = TELLER.sentence(told)
        assert sentence.startswith("Siti Aminah ")
        assert "None" not in sentence
        assert "  " not in sentence


@pytest.mark.parametrize("act", Act)
def test_every_act_is_of_one_kind(act: Act) -> None:
    assert [code for code, (_, acts) in KINDS.items() if act in acts] == [kind_of(act)]


def test_a_correction_is_told_with_old_and_new() -> None:
    told = event(
        Act.KOREKSI,
        data={
            "before": {"started": EIGHT, "ended": EIGHT + 600, "note": None, "verdict": {"late_seconds": 0}},
            "after": {"started": EIGHT, "ended": EIGHT + 1800, "note": "x", "verdict": {"late_seconds": 60}},
            "reason": "salah ketik",
        },
    )
    assert changes(TELLER, told) == [
        "berakhir Sel 14 Apr 08.10 menjadi 08.30",
        "catatan",
        "penilaian tepat waktu menjadi terlambat",
    ]
    assert '(berakhir Sel 14 Apr 08.10 menjadi 08.30; catatan; penilaian tepat waktu menjadi terlambat): "salah' in (
        TELLER.sentence(told)
    )


def test_typed_text_is_cleaned() -> None:
    told = event(Act.KOMENTAR, by="x\x1b[31m", bidang="B\u202e", data={"note": "a\x07\u200bb"})
    assert not set(TELLER.sentence(told)) & set("\x1b\x07\u202e\u200b")


def test_details_are_told_in_words_at_any_depth() -> None:
    lines = list(details({"verdicts": {"2:#1": {"due_at": EIGHT, "judged": True}}, "missing": ["A", "B"]}, WIB))
    assert lines == [
        "penilaian, 2:#1, tenggat: 2026-04-14T08:00:00+07:00",
        "penilaian, 2:#1, dinilai: ya",
        "yang belum menyerahkan: A, B",
    ]


def test_whatever_the_demo_offices_log_carries_is_told_in_words(tmp_path: Path) -> None:
    """`owner: A`, `rows: ik-2.4` stood under Rincian: keys of our own writing, which nobody but us can read."""
    address = demo_file(tmp_path / "kantor.db")
    with opening.open(tmp_path / "kantor.db") as database:
        measure(database, address, MONDAY, seed.MANAGER)
        logged = [json.loads(text) for (text,) in database.rows("SELECT data FROM events")]
    keys = {key for data in logged for key in keys_of(data) if re.fullmatch("[a-z_]+", key)}
    assert {"owner", "rows", "attempt"} <= keys
    assert sorted(keys - DETAIL_NAMES.keys()) == []
    told = "\n".join(line for data in logged for line in details(data, WIB))
    assert not re.search("[a-z]_[a-z]+:", told), "a code name"


def keys_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from keys_of(inner)


# ---------------------------------------------------------------------- filters


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("TW3", "2026-TW3"),
        ("tw iii", "2026-TW3"),
        ("triwulan iv", "2026-TW4"),
        ("2025-TW1", "2025-TW1"),
        ("smt ii", "2026-S2"),
        ("Semester 1", "2026-S1"),
        ("tahunan", "2026-TH"),
    ],
)
def test_a_period_may_be_typed_as_people_say_it(typed: str, key: str) -> None:
    assert period_asked(typed, 2026) == key


@pytest.mark.parametrize("typed", ["TW5", "x", "2026", "-", "TW IIII"])
def test_what_names_no_period_is_refused(typed: str) -> None:
    with pytest.raises(Unknown):
        period_asked(typed, 2026)


def test_a_filter_that_was_typed_names_whole_days() -> None:
    wanted = filter_typed(
        {"since": "13/4/2026", "until": "13/4/2026", "by": "siti aminah"},
        "kerja",
        2026,
        TELLER,
        {"siti": "Siti Aminah"},
    )
    midnight = TUESDAY - 10 * 3600 - 86_400
    assert (wanted.since, wanted.until, wanted.by) == (midnight, midnight + 86_400, "siti")
    assert filter_words(wanted, TELLER) == [
        "pekerjaan",
        "oleh Siti Aminah",
        "sejak 13 April 2026",
        "sampai 13 April 2026",
    ]


def test_every_fault_of_a_typed_filter_is_told_at_once() -> None:
    with pytest.raises(FaultyInput) as caught:
        filter_typed({"step": "dua", "since": "entah", "until": "31/2"}, None, 2026, TELLER, {})
    assert len(caught.value.faults) == 3


def test_narrowing_twice_by_the_same_widens_again() -> None:
    once = narrowed(LogFilter(step=2), "by", event(Act.MULAI))
    assert once == LogFilter(step=2, by="siti")
    assert narrowed(once, "by", event(Act.MULAI)) == LogFilter(step=2)
    other = narrowed(once, "by", event(Act.MULAI, by="andi"))
    assert other.by == "andi"


# ---------------------------------------------------------------------- what is at hand


def window(first: int, last: int, is_end: bool = False, reached: int | None = None) -> LogWindow:
    """Events first..last, the newest first, as a question gives them."""
    found = tuple(
        LoggedEvent(event(Act.KOMENTAR, sequence=number), "kantor", "sop", None, "0" * 64)
        for number in range(last, first - 1, -1)
    )
    return LogWindow(found, first if reached is None else reached, is_end)


def test_a_pile_lets_go_of_what_lies_far_behind_and_knows_it() -> None:
    pile = Pile()
    pile.begin(window(4001, 4100), 4100)
    for first in range(3001, 4001, 100):
        pile.add_older(window(4001 - (first - 2901), 4100 - (first - 2901)))
    assert len(pile.events) == 1000
    assert (pile.events[0].event.sequence, pile.newest, pile.is_at_newest) == (4000, 4000, False)
    pile.add_newer(window(4001, 4100, is_end=True, reached=4100))
    assert (pile.newest, pile.is_at_newest) == (4100, True)
    assert (pile.oldest, pile.is_at_oldest) == (pile.events[-1].event.sequence, False)
    numbers = [one.event.sequence for one in pile.events]
    assert numbers == list(range(4100, 3100, -1))


def test_an_event_that_is_gone_gives_way_to_the_next_older_one() -> None:
    pile = Pile()
    pile.begin(window(5, 9), 9)
    assert [pile.index_of(number) for number in (12, 9, 7, 3, None)] == [0, 0, 2, 4, 0]
