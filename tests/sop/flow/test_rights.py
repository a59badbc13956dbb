"""Who may do what: every act for every role, in its own lane and in another, and while nobody is registered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sop.model.errors import SopError
from sop.model.pelaksana import Role
from sop.model.refusals import Refused, Rule, StaleRevision
from sop.model.state import Answer, Evidence
from tests.sop.flow import shapes
from tests.sop.flow.book import TW1, Book, Person

STAF, KASUBAG, KABID, SEKRETARIS = shapes.STAF, shapes.KASUBAG, shapes.KABID, shapes.SEKRETARIS
PEOPLE = (
    Person("kelola", Role.PENGELOLA),
    Person("admin", Role.ADMIN),
    Person("tamu", Role.PENGAMAT, (STAF, KASUBAG, KABID, SEKRETARIS)),
    Person("staf", Role.PELAKSANA, (STAF,)),
    Person("kasubag", Role.PELAKSANA, (KASUBAG,)),
    Person("kabid-a", Role.PELAKSANA, ((KABID, "A"),)),
    Person("kabid-b", Role.PELAKSANA, ((KABID, "B"),)),
    Person("sekretaris", Role.PELAKSANA, (SEKRETARIS,)),
)
RIGHTS = {Rule.MANAGER_ONLY, Rule.NOT_MEMBER, Rule.HOLDER_ONLY, Rule.UNDO_TOO_LATE}


def office() -> Book:
    book = Book(shapes.decisions(), now="2025-11-03 08:00")
    book.register(*PEOPLE)
    book.do("buka", TW1, by="kelola")
    return book


def _work_by(who: str) -> Callable[[], Book]:
    def begun() -> Book:
        book = office()
        book.do("mulai", TW1, 1, by=who)
        return book

    return begun


def _done_by(who: str) -> Callable[[], Book]:
    def done() -> Book:
        book = _work_by(who)()
        book.do("selesai", TW1, 1, by=who)
        return book

    return done


def _paused() -> Book:
    book = _work_by("staf")()
    book.do("tunda", TW1, 1, by="staf", reason="rapat")
    return book


def _in_region() -> Book:
    book = office()
    book.do("selesai", TW1, 1, by="staf")
    return book


def _before(step: int) -> Callable[[], Book]:
    def there() -> Book:
        book = _in_region()
        for name in "ABC":
            for number in (2, 3, 4):
                book.do("selesai", TW1, number, bidang=name, by="kelola")
        if step >= 5:
            book.do("mulai", TW1, 5, by="kasubag")
        if step >= 6:
            book.do("ajukan", TW1, 5, by="kasubag")
        return book

    return there


def _one_through() -> Book:
    book = _in_region()
    for number in (2, 3, 4):
        book.do("selesai", TW1, number, bidang="A", by="kelola")
    return book


def _again() -> Book:
    book = _before(5)()
    book.do("kembalikan", TW1, 5, by="kelola", target=1, note="ulang")
    book.do("selesai", TW1, 1, by="staf")
    return book


def _held() -> Book:
    book = office()
    book.do("tahan", TW1, by="kelola", reason="audit")
    return book


def _stopped() -> Book:
    book = office()
    book.do("hentikan", TW1, by="kelola", reason="batal")
    return book


def _closed() -> Book:
    book = _stopped()
    book.do("tutup", TW1, by="kelola")
    return book


Case = tuple[Callable[[], Book], str, int | None, dict[str, Any], set[str]]
MANAGER = {"kelola"}
ANYBODY = {person.code for person in PEOPLE}
ACTS: dict[str, Case] = {
    "mulai": (office, "mulai", 1, {}, MANAGER | {"staf"}),
    "mulai for a bidang": (_in_region, "mulai", 2, {"bidang": "A"}, MANAGER | {"kabid-a"}),
    "mulai in a joint step": (_one_through, "mulai", 2, {"bidang": "B"}, MANAGER | {"kabid-b"}),
    "lepas": (_work_by("staf"), "lepas", 1, {}, MANAGER | {"staf"}),
    "tugaskan": (_work_by("staf"), "tugaskan", 1, {"holder": "staf", "reason": "x"}, MANAGER | {"staf"}),
    "tunda from siap": (office, "tunda", 1, {"reason": "x"}, MANAGER | {"staf"}),
    "tunda": (_work_by("staf"), "tunda", 1, {"reason": "x"}, MANAGER | {"staf"}),
    "tunda of another's": (_work_by("kelola"), "tunda", 1, {"reason": "x"}, MANAGER),
    "lanjut": (_paused, "lanjut", 1, {}, MANAGER | {"staf"}),
    "ajukan": (_before(5), "ajukan", 5, {}, MANAGER | {"kasubag"}),
    "tarik": (_before(6), "tarik", 5, {}, MANAGER | {"kasubag"}),
    "putuskan": (_before(6), "putuskan", 5, {"answer": Answer.YA}, MANAGER | {"sekretaris"}),
    "selesai": (office, "selesai", 1, {}, MANAGER | {"staf"}),
    "lewati": (office, "lewati", 1, {"reason": "x"}, MANAGER),
    "pakai-lama": (_again, "pakai-lama", 2, {"bidang": "B"}, MANAGER | {"kabid-b"}),
    "koreksi": (_done_by("staf"), "koreksi", 1, {"note": "x"}, MANAGER | {"staf"}),
    "koreksi of another's": (_done_by("kelola"), "koreksi", 1, {"note": "x"}, MANAGER),
    "urung": (_work_by("staf"), "urung", 1, {}, MANAGER | {"staf"}),
    "centang": (office, "centang", 1, {"item": 0}, MANAGER | {"staf"}),
    "dokumen by the decider too": (
        _before(5),
        "dokumen",
        5,
        {"evidence": Evidence("1")},
        MANAGER | {"kasubag", "sekretaris"},
    ),
    "komentar": (office, "komentar", 1, {"note": "x"}, ANYBODY),
    "kembalikan": (
        _before(5),
        "kembalikan",
        5,
        {"target": 4, "note": "x"},
        MANAGER | {"kasubag", "sekretaris", "staf"},
    ),
    "kembalikan of one bidang": (
        _one_through,
        "kembalikan",
        4,
        {"target": 2, "note": "x", "named": ("A",)},
        MANAGER | {"kasubag", "sekretaris", "staf", "kabid-a"},
    ),
    "tahan": (office, "tahan", None, {"reason": "x"}, MANAGER),
    "lanjutkan": (_held, "lanjutkan", None, {}, MANAGER),
    "hentikan": (office, "hentikan", None, {"reason": "x"}, MANAGER),
    "mulai-ulang": (_stopped, "mulai-ulang", None, {"reason": "x"}, MANAGER),
    "gabung": (_one_through, "gabung", None, {"reason": "x"}, MANAGER),
    "ubah-bidang": (_in_region, "ubah-bidang", None, {"added": ("D",), "reason": "x"}, MANAGER),
    "tutup": (_stopped, "tutup", None, {}, MANAGER),
    "buka-kembali": (_closed, "buka-kembali", None, {"reason": "x"}, MANAGER),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_open_to_those_it_belongs_to_and_to_nobody_else(name: str) -> None:
    made, act, step, details, allowed = ACTS[name]
    for person in PEOPLE:
        book = made()
        if person.code in allowed:
            book.do(act, TW1, step, by=person.code, **details)
            continue
        before = book.state
        with pytest.raises(Refused) as caught:
            book.do(act, TW1, step, by=person.code, **details)
        assert caught.value.rule in RIGHTS, f"{person.code}: {caught.value}"
        assert book.state == before


@pytest.mark.parametrize("name", ACTS)
def test_while_nobody_is_registered_everybody_may_do_everything(name: str) -> None:
    """The operating-system name holds every lane and the pengelola's rights."""
    made, act, step, details, _ = ACTS[name]
    book = made()
    book.do(act, TW1, step, **details)


def test_buka_bebaskan_and_pindah_versi_are_the_pengelolas() -> None:
    book = Book(shapes.decisions(), now="2025-11-03 08:00")
    book.register(*PEOPLE)
    for person in PEOPLE[1:]:
        book.refuses(Rule.MANAGER_ONLY, "buka", TW1, by=person.code)
        book.refuses(Rule.MANAGER_ONLY, "bebaskan", "2025-S1", by=person.code, child=TW1, reason="x")
    book.do("buka", TW1, by="kelola")
    for person in PEOPLE[1:]:
        book.refuses(Rule.MANAGER_ONLY, "pindah-versi", TW1, by=person.code, version=2, reason="x")


def test_an_act_names_who_typed_it_and_for_whom() -> None:
    """The event holds who typed it and for whom; a wrong lane is refused."""
    book = office()
    book.refuses(Rule.WRONG_LANE, "mulai", TW1, 1, on_behalf=KABID)
    book.refuses(SopError, "mulai", TW1, 1, on_behalf="Bupati")
    assert book.do("mulai", TW1, 1, by="kelola").event.for_lane == STAF
    for act, details in (
        ("tugaskan", {"holder": "staf"}),
        ("lewati", {"reason": "x"}),
        ("urung", {}),
        ("dokumen", {"evidence": Evidence("1")}),
        ("komentar", {"note": "x"}),
    ):
        book.refuses(Rule.WRONG_LANE, act, TW1, 1, by="kelola", on_behalf=KABID, **details)
    event = book.do("tahan", TW1, by="kelola", reason="x", on_behalf=SEKRETARIS).event
    assert (event.by, event.for_lane) == ("kelola", SEKRETARIS)


def test_in_a_joint_step_the_log_says_which_lane_acted() -> None:
    """Either lane may act, the log says which."""
    book = _in_region()
    book.do("selesai", TW1, 2, bidang="A", by="kabid-a")
    assert book.do("mulai", TW1, 3, bidang="A", by="staf").event.for_lane == STAF
    assert book.do("selesai", TW1, 3, bidang="A", by="kabid-a").event.for_lane == KABID


def test_a_later_lane_sends_back_only_the_bidang_it_is_for() -> None:
    book = _one_through()
    for number in (2, 3):
        book.do("selesai", TW1, number, bidang="B", by="kelola")
    refused = {"by": "kabid-a", "target": 2, "note": "x"}
    book.refuses(Rule.NOT_MEMBER, "kembalikan", TW1, 4, named=("B",), **refused)
    book.refuses(Rule.NOT_MEMBER, "kembalikan", TW1, 4, named=("A", "B"), **refused)
    book.refuses(Rule.NOT_MEMBER, "kembalikan", TW1, 4, **refused)
    assert book.do("kembalikan", TW1, 4, named=("B",), by="kabid-b", target=2, note="x").event.for_lane == KABID


def test_who_was_made_a_pengamat_acts_no_more_on_own_cards() -> None:
    """pengamat (reads)."""
    book = _done_by("staf")()
    book.register(Person("staf", Role.PENGAMAT, (STAF,)))
    book.refuses(Rule.HOLDER_ONLY, "koreksi", TW1, 1, by="staf", note="x")
    book.refuses(Rule.UNDO_TOO_LATE, "urung", TW1, 1, by="staf")


def test_rights_do_not_shield_a_stale_view() -> None:
    book = office()
    seen = book.run(TW1, 1).revision
    book.do("mulai", TW1, 1, by="staf", seen=seen)
    book.refuses(StaleRevision, "selesai", TW1, 1, by="staf", seen=seen)
