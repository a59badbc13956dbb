"""Proves a definition sound, and points out what is sound but hardly believable.

What can be known from a single value while reading it is `toml_format.py` and `waktu.py`. `read` is the door for a
file that somebody hands in: form and soundness together, every fault at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from sop.form import toml_format, waktu
from sop.form.faults import FaultCode, Faults, TooManyFaults, nearest_first
from sop.form.toml_format import AKHIR
from sop.model.definition import ZONES, Basis, Cadence, DataRole, Field, Ground, Sop, Step, Unit, Waktu
from sop.model.errors import Fault, FaultyInput

SHORTEST_PLAUSIBLE_SECONDS = 5 * 60
"""Nobody works through a quarter's data in two minutes: more likely a lost digit or unit."""
LONGEST_PLAUSIBLE_DAYS = 60
"""About the working days of a quarter: a step that takes longer cannot come round every quarter."""
LONGEST_PLAUSIBLE_SECONDS = LONGEST_PLAUSIBLE_DAYS * 7 * 3600

_NEEDS_A_VALUE = (Field.DECIDER, Field.YA, Field.TIDAK, Field.DAY_KIND, Field.DATA)
_SEPARATOR = " · "
_CADENCE = f"{_SEPARATOR}cadence"
_OF_THE_ORDER = frozenset(
    {
        FaultCode.TUJUAN_KADENS_LAIN,
        FaultCode.YA_BUKAN_BERIKUTNYA,
        FaultCode.TIDAK_KE_DEPAN,
        FaultCode.LANGKAH_TAK_TERCAPAI,
        FaultCode.TANPA_AKHIR,
        FaultCode.WILAYAH_TANPA_GABUNG,
    }
)
"""Faults of how the steps of one cadence follow each other."""
_END = -1

Place = tuple[str, ...]


def read(content: str | bytes | dict[str, Any], source: str = "") -> Sop:
    """Read an SOP file, or a document like that of `toml_format.to_dict`, and prove it sound.

    Raises:
        FaultyInput: Every fault of form and of soundness. A value that is faulty in form is not complained about twice.
    """
    sop, form = toml_format.draft(content)
    if sop is None:
        raise FaultyInput(form, source)
    places = [tuple(fault.place.split(_SEPARATOR)) for fault in form]
    unsound = tuple(fault for fault in faults(sop) if not _is_told(tuple(fault.place.split(_SEPARATOR)), places))
    if any(fault.code == FaultCode.KADENS_CAMPUR or fault.place.endswith(_CADENCE) for fault in form + unsound):
        # Which step follows which is not known before every cadence is.
        unsound = tuple(fault for fault in unsound if fault.code not in _OF_THE_ORDER)
    if form or unsound:
        raise FaultyInput(form + unsound, source)
    return sop


def faults(sop: Sop) -> tuple[Fault, ...]:
    """What makes the definition unsound; empty for a sound one."""
    collected = Faults()
    with suppress(TooManyFaults):
        _check_table(sop, collected)
        lanes = sop.lane_names
        for step in sop.steps:
            _check_pelaksana(step, lanes, collected)
            _check_decider(step, lanes, collected)
            _check_waktu(step, collected)
            _check_bases(step, lanes, collected)
        for sequence in sequences(sop):
            _check_sequence(sop, sequence, collected)
    return tuple(collected.found)


def warnings(sop: Sop) -> tuple[Fault, ...]:
    """What is sound but implausible or incomplete; nothing is refused for it."""
    collected = Faults()
    with suppress(TooManyFaults):
        used = {lane for step in sop.steps for lane in (*step.pelaksana, step.decider)}
        for lane in sop.lane_names:
            if lane not in used:
                collected.add(("pelaksana", lane), FaultCode.PELAKSANA_TANPA_LANGKAH, lane)
        before: int | None = None
        for step in sop.steps:
            if before is not None and step.number > before + 1:
                collected.add((*_place(step), "number"), FaultCode.NOMOR_MELOMPAT, step.number, (before + 1,))
            before = step.number
            _doubt_waktu(step.mutu_baku.waktu, (*_place(step), "waktu"), collected)
            for name in step.grounded:
                _doubt_ground(step.bases.get(name), (*_place(step), "basis", name.value), collected)
    return tuple(collected.found)


def sequences(sop: Sop) -> tuple[tuple[Step, ...], ...]:
    """The steps of each cadence in order; one sequence for an SOP that names no cadence."""
    found: dict[Cadence | None, list[Step]] = {}
    for step in sop.steps:
        found.setdefault(step.cadence, []).append(step)
    return tuple(tuple(steps) for steps in found.values())


def _place(step: Step) -> Place:
    return (f"langkah {step.number}",)


def _is_told(place: Place, told: Iterable[Place]) -> bool:
    """Whether a fault of form stands at this value, around it or inside it. A step as a whole is no value."""
    return any(
        place[: len(other)] == other or (len(place) > 1 and other[: len(place)] == place)
        for other in told
        if other != ("",)
    )


def _check_table(sop: Sop, found: Faults) -> None:
    if sop.zone not in ZONES:
        found.add(("zone",), FaultCode.NILAI_TAK_DIKENAL, sop.zone, nearest_first(sop.zone, ZONES))
    _check_confirmation(sop.zone_ground, ("zone_basis",), found)
    if not sop.lanes:
        found.add(("pelaksana",), FaultCode.TANPA_PELAKSANA)
    if not sop.steps:
        found.add(("steps",), FaultCode.TANPA_LANGKAH)
    names: set[str] = set()
    for position, lane in enumerate(sop.lanes, start=1):
        if not lane.name.strip():
            found.add(("pelaksana", f"ke-{position}", "name"), FaultCode.TEKS_KOSONG)
        elif lane.name in names:
            found.add(("pelaksana", f"ke-{position}", "name"), FaultCode.PELAKSANA_GANDA, lane.name)
        names.add(lane.name)
    with_cadence = any(step.cadence is not None for step in sop.steps)
    numbers: set[int] = set()
    highest = 0
    for step in sop.steps:
        if step.number in numbers:
            found.add((*_place(step), "number"), FaultCode.NOMOR_GANDA, step.number)
        elif step.number < highest:
            found.add((*_place(step), "number"), FaultCode.NOMOR_TAK_URUT, step.number, (highest + 1,))
        numbers.add(step.number)
        highest = max(highest, step.number)
        if with_cadence and step.cadence is None:
            found.add((*_place(step), "cadence"), FaultCode.KADENS_CAMPUR, known=Cadence)
        if not step.title.text.strip():
            found.add((*_place(step), "title"), FaultCode.TEKS_KOSONG)


def _check_pelaksana(step: Step, lanes: tuple[str, ...], found: Faults) -> None:
    place = (*_place(step), "pelaksana")
    if not step.pelaksana:
        found.add(place, FaultCode.LANGKAH_TANPA_PELAKSANA, known=lanes)
    for position, name in enumerate(step.pelaksana):
        _check_lane(name, lanes, place, FaultCode.PELAKSANA_TAK_DIKENAL, found)
        if name in step.pelaksana[:position]:
            found.add(place, FaultCode.PELAKSANA_GANDA, name)
    if step.joint and len(step.pelaksana) == 1:
        found.add((*_place(step), "joint"), FaultCode.BERSAMA_SATU_PELAKSANA, step.pelaksana[0])
    if not step.joint and len(step.pelaksana) > 1:
        found.add((*_place(step), "joint"), FaultCode.BANYAK_PELAKSANA_TANPA_BERSAMA, ", ".join(step.pelaksana))
    for lane in step.marks:
        _check_lane(lane, lanes, (*_place(step), "marks"), FaultCode.PELAKSANA_TAK_DIKENAL, found)


def _check_decider(step: Step, lanes: tuple[str, ...], found: Faults) -> None:
    place = (*_place(step), "decider")
    if step.decider is not None:
        _check_lane(step.decider, lanes, place, FaultCode.PEMUTUS_TAK_DIKENAL, found)
        if step.decision is None:
            found.add((*_place(step), "decision"), FaultCode.PEMUTUS_TANPA_KEPUTUSAN, step.decider)
    elif step.decision is not None:
        found.add(place, FaultCode.PEMUTUS_TIDAK_ADA, known=lanes)


def _check_lane(name: str, lanes: tuple[str, ...], place: Place, code: FaultCode, found: Faults) -> None:
    """An SOP that names no lane has that one fault, not one per step."""
    if lanes and name not in lanes:
        found.add(place, code, name, nearest_first(name, lanes))


def _check_waktu(step: Step, found: Faults) -> None:
    """The cell's text and what was made of it must agree, whoever built the definition."""
    standard = step.mutu_baku.waktu
    if standard is None:
        return
    place = (*_place(step), "waktu")
    if (standard.unit is Unit.HARI) is not (standard.day_kind is not None):
        found.add((*place, "day_kind"), FaultCode.WAKTU_BERTENTANGAN, standard.day_kind or "", (standard.text,))
    try:
        told = waktu.parse(standard.text, standard.header, place)
    except FaultyInput as error:
        found.extend(error.faults)
        return
    if (standard.value, standard.unit) != (told.value, told.unit):
        found.add(place, FaultCode.WAKTU_BERTENTANGAN, f"{standard.value:g} {standard.unit}", (standard.text,))
    elif standard.day_kind is not told.day_kind and waktu.names_day_kind(standard.text, standard.header):
        found.add((*place, "day_kind"), FaultCode.WAKTU_BERTENTANGAN, standard.day_kind or "", (standard.text,))


def _check_bases(step: Step, lanes: tuple[str, ...], found: Faults) -> None:
    for name, ground in step.bases.items():
        place = (*_place(step), "basis", name)
        if name in _NEEDS_A_VALUE and name not in step.grounded:
            found.add(place, FaultCode.DASAR_TANPA_NILAI, name)
        _check_confirmation(ground, place, found)
        if name in (Field.PELAKSANA, Field.DECIDER):
            for lane in ground.alternatives:
                _check_lane(lane, lanes, place, FaultCode.PELAKSANA_TAK_DIKENAL, found)


def _check_confirmation(ground: Ground, place: Place, found: Faults) -> None:
    confirmed = ground.basis is Basis.DITETAPKAN
    if (ground.confirmed_by is not None) is not confirmed or (ground.confirmed_at is not None) is not confirmed:
        found.add(place, FaultCode.PENETAPAN_TIDAK_LENGKAP, ground.basis.value)


def _check_sequence(sop: Sop, steps: tuple[Step, ...], found: Faults) -> None:
    """Branches, regions, reachability and end of one cadence."""
    positions: dict[int, int] = {}
    for position, step in enumerate(steps):
        positions.setdefault(step.number, position)
    elsewhere = {step.number for step in sop.steps} - positions.keys()
    onward: list[list[int]] = []
    for position, step in enumerate(steps):
        following = position + 1 if position + 1 < len(steps) else _END
        if step.decision is None:
            onward.append([following])
            continue
        if step.per_bidang:
            found.add((*_place(step), "decision"), FaultCode.KEPUTUSAN_DALAM_WILAYAH)
        ya, tidak = step.decision.ya, step.decision.tidak
        expected = AKHIR if following == _END else str(steps[following].number)
        place = (*_place(step), "decision")
        earlier = [other.number for other in steps[position::-1]]
        if (
            _target_exists(ya, positions, elsewhere, (*place, "ya"), found, (expected,))
            and str(ya or AKHIR) != expected
        ):
            found.add((*place, "ya"), FaultCode.YA_BUKAN_BERIKUTNYA, ya or AKHIR, (expected,))
        if (
            _target_exists(tidak, positions, elsewhere, (*place, "tidak"), found, earlier)
            and positions[tidak] > position
        ):
            found.add((*place, "tidak"), FaultCode.TIDAK_KE_DEPAN, tidak, earlier)
        targets = [_END if ya is None else positions.get(ya), positions.get(tidak)]
        onward.append([target for target in targets if target is not None])
    if steps[-1].per_bidang:
        found.add((*_place(steps[-1]), "per_bidang"), FaultCode.WILAYAH_TANPA_GABUNG)

    _check_data(steps, found)
    reached = _reached(onward)
    for position, step in enumerate(steps):
        if position not in reached:
            found.add(_place(step), FaultCode.LANGKAH_TAK_TERCAPAI)
    if _END not in reached:
        found.add(("steps",), FaultCode.TANPA_AKHIR, f"{steps[0].number}-{steps[-1].number}")


def _check_data(steps: tuple[Step, ...], found: Faults) -> None:
    """What the steps of one cadence are to its data: each part once, in order, and isian no decision."""
    parts: dict[DataRole, Step] = {}
    order = tuple(DataRole)
    for step in steps:
        if step.data is None:
            continue
        place = (*_place(step), "data")
        if step.data in parts:
            found.add(place, FaultCode.DATA_GANDA, step.data, (str(parts[step.data].number),))
            continue
        after = [other for role, other in parts.items() if order.index(role) > order.index(step.data)]
        if after:
            found.add(place, FaultCode.DATA_TERBALIK, step.data, (str(after[0].number),))
        if step.data is DataRole.ISIAN and step.decision is not None:
            found.add(place, FaultCode.ISIAN_KEPUTUSAN, step.data)
        parts[step.data] = step


def _target_exists(
    number: int | None,
    positions: dict[int, int],
    elsewhere: set[int],
    place: Place,
    found: Faults,
    allowed: Iterable[object],
) -> bool:
    """Whether the target is the end or a step of the same cadence; otherwise a fault is noted, with what may stand."""
    if number is None or number in positions:
        return True
    code = FaultCode.TUJUAN_KADENS_LAIN if number in elsewhere else FaultCode.TUJUAN_TIDAK_ADA
    found.add(place, code, number, allowed)
    return False


def _reached(onward: list[list[int]]) -> set[int]:
    """Positions that some way from the first leads to, `_END` among them."""
    reached, waiting = {0}, [0]
    while waiting:
        for target in onward[waiting.pop()]:
            if target not in reached:
                reached.add(target)
                if target != _END:
                    waiting.append(target)
    return reached


def _doubt_waktu(standard: Waktu | None, place: Place, found: Faults) -> None:
    if standard is None:
        found.add(place, FaultCode.WAKTU_TIDAK_ADA)
        return
    seconds, days = standard.seconds or 0, standard.days or 0
    if days == 0 and seconds < SHORTEST_PLAUSIBLE_SECONDS:
        found.add(place, FaultCode.WAKTU_SANGAT_SINGKAT, standard.text)
    if days > LONGEST_PLAUSIBLE_DAYS or seconds > LONGEST_PLAUSIBLE_SECONDS:
        found.add(place, FaultCode.WAKTU_SANGAT_LAMA, standard.text)
    unit = waktu.header_unit(standard.header)
    if unit in tuple(Unit) and unit != standard.unit:
        found.add(place, FaultCode.SATUAN_BEDA_DARI_JUDUL, standard.text, (standard.header or "",))


def _doubt_ground(ground: Ground | None, place: Place, found: Faults) -> None:
    if ground is None:
        found.add(place, FaultCode.DASAR_TIDAK_DISEBUT, known=Basis)
    elif ground.basis is Basis.TERTULIS and not ground.mark:
        found.add(place, FaultCode.TANDA_TIDAK_DISEBUT)
