"""Every act of the rules as a menu: which are possible now, and why the others are not.

Nothing is judged here: each act is put to the rules as a command that lacks nothing but what a form will ask, and the
refusals are theirs. Pure values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from sakip_tui.board.view import BoardView
from sakip_tui.board.ways_back import ways_back
from sakip_tui.widgets.menu import MenuItem
from sop.acts.case_acts import open_region
from sop.look.cards import Card
from sop.model.commands import Command
from sop.model.errors import SopError
from sop.model.events import Act
from sop.model.periods import children_of
from sop.model.refusals import Refused, Rule
from sop.model.state import Answer, Evidence
from sop.model.texts import clean
from sop.words.periods import period_short

_ANY = "-"
"""Stands for a reason or remark that a form will ask for."""


class MenuAct(NamedTuple):
    """One act of the menu."""

    act: Act
    key: str
    """The board's key for it; empty for none."""
    name: str
    about: str


ON_CARD = (
    MenuAct(Act.MULAI, "m", "Mulai", "Anda mulai mengerjakan langkah ini"),
    MenuAct(Act.SELESAI, "s", "Selesai", "Langkah selesai; langkah berikutnya menjadi siap"),
    MenuAct(Act.AJUKAN, "a", "Ajukan", "Hasilnya diajukan kepada pemutus"),
    MenuAct(Act.PUTUSKAN, "p", "Putuskan", "Ya atau Tidak atas hasil langkah ini"),
    MenuAct(Act.TUNDA, "t", "Tunda", "Waktu langkah berhenti, dengan alasan"),
    MenuAct(Act.LANJUT, "t", "Lanjut", "Langkah yang ditunda diteruskan"),
    MenuAct(Act.KEMBALIKAN, "b", "Kembalikan", "Ke langkah sebelumnya untuk diperbaiki, dengan catatan"),
    MenuAct(Act.URUNG, "u", "Urungkan", "Tindakan terakhir pada langkah ini ditarik"),
    MenuAct(Act.KOMENTAR, "c", "Catatan", "Tulis catatan pada langkah ini"),
    MenuAct(Act.CENTANG, "", "Kelengkapan", "Centang butir kelengkapan yang sudah ada"),
    MenuAct(Act.DOKUMEN, "", "Dokumen", "Catat nomor, tanggal dan tempat dokumen hasil"),
    MenuAct(Act.TUGASKAN, "", "Tugaskan", "Serahkan langkah ini kepada orang lain di lajurnya"),
    MenuAct(Act.LEPAS, "", "Lepas", "Langkah kembali ke Siap, tidak dipegang siapa pun"),
    MenuAct(Act.TARIK, "", "Tarik", "Tarik hasil yang sudah diajukan"),
    MenuAct(Act.KOREKSI, "", "Koreksi", "Betulkan waktu, catatan atau dokumen langkah yang selesai"),
    MenuAct(Act.PAKAI_LAMA, "", "Pakai hasil lama", "Hasil putaran sebelumnya dipakai lagi"),
    MenuAct(Act.LEWATI, "", "Lewati", "Langkah tidak dikerjakan, dengan alasan"),
)
ON_CASE = (
    MenuAct(Act.BUKA, "o", "Buka periode", "Berkas periode ini dimulai dari langkah pertamanya"),
    MenuAct(Act.TUTUP, "x", "Tutup periode", "Angkanya dibekukan dan rekapnya ditulis"),
    MenuAct(Act.BUKA_KEMBALI, "", "Buka kembali", "Periode yang sudah ditutup dikerjakan lagi"),
    MenuAct(Act.BEBASKAN, "d", "Bebaskan", "Periode di bawahnya tidak ditunggu lagi, dengan alasan"),
    MenuAct(Act.TAHAN, "", "Tahan berkas", "Semua waktu berkas ini berhenti, dengan alasan"),
    MenuAct(Act.LANJUTKAN, "", "Lanjutkan berkas", "Berkas yang ditahan diteruskan"),
    MenuAct(Act.GABUNG, "", "Gabung", "Lanjut tanpa menunggu bidang yang belum menyerahkan"),
    MenuAct(Act.UBAH_BIDANG, "", "Ubah bidang", "Tambah atau keluarkan bidang selagi langkah per bidang terbuka"),
    MenuAct(Act.HENTIKAN, "", "Hentikan berkas", "Berkas ini tidak diteruskan, dengan alasan"),
    MenuAct(Act.MULAI_ULANG, "", "Mulai ulang", "Berkas baru dari langkah pertama sesudah dihentikan"),
    MenuAct(Act.PINDAH_VERSI, "", "Pindah versi SOP", "Berkas diteruskan dengan versi SOP yang lain"),
)
_UNNAMED = "Langkah ini dikerjakan per bidang: tekan Esc, lalu spasi, lalu pilih bidangnya."
_ABOUT_THE_ANSWER = frozenset({Rule.MAP_UNSOUND, Rule.NOT_IN_LANE})
"""Refusals of what a form or screen is still going to ask."""


def probes(view: BoardView, card: Card | None, bidang: Sequence[str], newest_version: int) -> list[Command]:
    """One command for each act of the menu, the card's in front.

    Args:
        view: The board.
        card: The selected card; None where there is none.
        bidang: The office's list.
        newest_version: Of the SOP.
    """
    found = [_on_card(view, card, item.act) for item in ON_CARD] if card is not None else []
    return [*found, *(_on_case(view, item.act, bidang, newest_version) for item in ON_CASE)]


def _on_card(view: BoardView, card: Card, act: Act) -> Command:
    asked = Command(act, view.period, step=card.step, bidang=card.bidang, reason=_ANY, note=_ANY)
    match act:
        case Act.PUTUSKAN:
            # A No never needs evidence: whether it may be decided at all is what is asked here.
            return replace(asked, answer=Answer.TIDAK)
        case Act.TUGASKAN:
            return replace(asked, holder=card.holder or _ANY)
        case Act.CENTANG:
            return replace(asked, item=0, on=all(tick.item != 0 for tick in card.ticks))
        case Act.DOKUMEN:
            return replace(asked, evidence=Evidence(location=_ANY))
        case Act.KEMBALIKAN:
            ways = ways_back(view.case, view.steps, card)
            if not ways:
                return replace(asked, target=card.step)
            way = ways[-1]
            return replace(asked, step=way.source, target=way.target, named=way.bidang[:1] if way.bidang else ())
        case _:
            return asked


def _on_case(view: BoardView, act: Act, bidang: Sequence[str], newest_version: int) -> Command:
    asked = Command(act, view.period, reason=_ANY, note=_ANY)
    match act:
        case Act.BEBASKAN:
            children = (*view.waivable, *children_of(view.period), _ANY)
            return replace(asked, child=children[0])
        case Act.UBAH_BIDANG:
            region = open_region(view.case, view.steps) if view.case is not None and view.steps is not None else None
            frozen = view.case.regions[region.first] if view.case is not None and region is not None else ()
            name = "x"
            while name in frozen or name in bidang:
                name += "x"
            return replace(asked, added=(name,))
        case Act.PINDAH_VERSI:
            return replace(asked, version=newest_version)
        case _:
            return asked


def is_in_the_way(refusal: SopError) -> bool:
    """Whether a refusal stands in the way whatever the form would be answered."""
    return not (isinstance(refusal, Refused) and refusal.rule in _ABOUT_THE_ANSWER)


def menu_items(
    view: BoardView, card: Card | None, refusals: Sequence[SopError | None], why: Callable[[SopError], str]
) -> list[MenuItem]:
    """The menu: what is possible on the card, on the period, then the rest with its reason.

    Args:
        view: The board.
        card: The selected card, as in `probes`.
        refusals: Of the probes, in their order.
        why: A refusal as a sentence.
    """
    parts: list[tuple[str, Sequence[MenuAct]]] = [(_of_card(card), ON_CARD)] if card is not None else []
    parts.append((f"Periode {_of_period(view)}", ON_CASE))
    unnamed = card is not None and card.summary and view.case is not None
    answers = iter(refusals)
    now: list[MenuItem] = []
    later: list[MenuItem] = []
    for heading, acts in parts:
        possible: list[MenuItem] = []
        for item in acts:
            refusal = next(answers)
            if unnamed and acts is ON_CARD and item.act is not Act.KOMENTAR:
                reason = _UNNAMED
            else:
                reason = why(refusal) if refusal is not None and is_in_the_way(refusal) else ""
            found = MenuItem(item.act.value, item.key, item.name, reason or item.about, is_possible=not reason)
            (later if reason else possible).append(found)
        now += _headed(possible, heading)
    return [*now, *_headed(later, "Belum dapat sekarang")]


def _headed(items: Sequence[MenuItem], heading: str) -> list[MenuItem]:
    return [item._replace(heading=heading if not index else "") for index, item in enumerate(items)]


def _of_card(card: Card) -> str:
    return f"Langkah {card.step}" + (f" ({clean(card.bidang)})" if card.bidang else "") + f": {clean(card.title)}"


def _of_period(view: BoardView) -> str:
    return f"{period_short(view.period)} {view.period.partition('-')[0]}"
