"""Procedures to walk through: two of the shipped ones, and small made-up ones that put everything at the edge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sop.form import catalog
from sop.model.definition import UNSTATED, Cadence, DataRole, Decision, Lane, MutuBaku, Sop, Step, Unit, Waktu, Written
from sop.values import replace

STAF, KASUBAG, KABID, SEKRETARIS = "Staf", "Kasubag", "Kabid", "Sekretaris"
NINE = "disnaker-kota-tangerang"
SEVEN = "dpmd-nganjuk"
BIDANG = ("Umum", "Latas", "Penta", "Hubin", "Sekretariat")


@dataclass(frozen=True, slots=True)
class Shape:
    """An SOP as an office adopted it."""

    sop: Sop
    cadence: Cadence | None = None
    """Chosen by the office where the document names none."""
    bidang: tuple[str, ...] = ()


def step(
    number: int,
    lane: str | tuple[str, ...] = STAF,
    *,
    cadence: Cadence | None = None,
    decider: str | None = None,
    ya: int | None = None,
    tidak: int | None = None,
    per_bidang: bool = False,
    kelengkapan: tuple[str, ...] = (),
    data: DataRole | None = None,
) -> Step:
    """One row with a standard of 30 minutes; a decision where `tidak` is given."""
    lanes = (lane,) if isinstance(lane, str) else lane
    return Step(
        number=number,
        title=Written(f"Langkah {number}"),
        cadence=cadence,
        pelaksana=lanes,
        mutu_baku=MutuBaku(kelengkapan, None, Waktu("30 menit", 30, Unit.MENIT), None, None),
        decider=decider,
        decision=Decision(ya, tidak) if tidak is not None else None,
        per_bidang=per_bidang,
        joint=len(lanes) > 1,
        data=data,
    )


def sop_of(steps: Iterable[Step], code: str = "contoh") -> Sop:
    """A definition with nothing but its steps."""
    return Sop(
        code=code,
        office="Contoh",
        zone="Asia/Jakarta",
        zone_ground=UNSTATED,
        identity={},
        lists={},
        lanes=tuple(Lane(name) for name in (STAF, KASUBAG, KABID, SEKRETARIS)),
        steps=tuple(steps),
    )


def nine_steps() -> Shape:
    """Three cadences with gates between; row 7 is decided by another lane, row 8 by its own."""
    return Shape(catalog.load(NINE))


def seven_steps() -> Shape:
    """One cadence with a region of two joint per-bidang steps, here with five bidang."""
    return Shape(catalog.load(SEVEN), Cadence.TRIWULAN, BIDANG)


def edges() -> Shape:
    """Regions at the very start, one behind a gate, Tidak into a region, and a step that says Tidak to itself."""
    quarter, half, year = Cadence.TRIWULAN, Cadence.SEMESTER, Cadence.TAHUNAN
    return Shape(
        sop_of(
            (
                step(1, KABID, cadence=quarter, per_bidang=True),
                step(2, KABID, cadence=quarter, per_bidang=True),
                step(3, KASUBAG, cadence=quarter, decider=SEKRETARIS, ya=None, tidak=2),
                step(4, KABID, cadence=half, per_bidang=True),
                step(5, KASUBAG, cadence=half, decider=KASUBAG, ya=None, tidak=4),
                step(6, SEKRETARIS, cadence=year, decider=SEKRETARIS, ya=None, tidak=6),
            )
        ),
        bidang=("A", "B"),
    )


def decisions() -> Shape:
    """One cadence: a region between plain steps, then a decision straight behind the join that goes back before it."""
    return Shape(
        sop_of(
            (
                step(1, STAF, kelengkapan=("surat", "data"), data=DataRole.FORMULIR),
                step(2, KABID, per_bidang=True, data=DataRole.ISIAN),
                step(3, (KABID, STAF), per_bidang=True),
                step(4, KABID, per_bidang=True),
                step(5, KASUBAG, decider=SEKRETARIS, ya=6, tidak=1),
                step(6, SEKRETARIS, decider=SEKRETARIS, ya=7, tidak=3, data=DataRole.PERIKSA),
                step(7, STAF),
            )
        ),
        Cadence.TRIWULAN,
        ("A", "B", "C"),
    )


def one_step_region() -> Shape:
    """A decision before the region, one step per bidang, and a decision at the join that sends back into it."""
    return Shape(
        sop_of(
            (
                step(1, STAF, decider=KASUBAG, ya=2, tidak=1),
                step(2, KABID, per_bidang=True),
                step(3, KASUBAG, decider=KASUBAG, ya=4, tidak=2),
                step(4, SEKRETARIS, decider=SEKRETARIS, ya=None, tidak=1),
            )
        ),
        Cadence.TRIWULAN,
        ("A", "B", "C"),
    )


def renumbered(sop: Sop, image: dict[int, int]) -> Sop:
    """The same steps under other numbers; those not in the image are left out."""
    return replace(
        sop,
        steps=tuple(
            replace(
                old,
                number=image[old.number],
                decision=None
                if old.decision is None
                else Decision(image.get(old.decision.ya or 0), image[old.decision.tidak]),
            )
            for old in sop.steps
            if old.number in image
        ),
    )
