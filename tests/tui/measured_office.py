"""A file whose first quarter stands where its bidang fill their indicators, for the screens of data kinerja."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from db import opening
from db.kinerja_store import define, indicator_command, target_command
from db.rows import Address
from db.store import Store
from sop.kinerja.data_act import DataCommand
from sop.kinerja.form import Owner
from sop.kinerja.indicator import Indicator, Jenis, Konsolidasi
from sop.kinerja.isian import Isian, Keadaan
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor
from tests.fakes import FIVE_BIDANG, LIMA_PULUH_KOTA, TUESDAY, office_file

PERIOD = "2026-TW1"
FIRST, SECOND = FIVE_BIDANG[:2]
EVERYBODY = Actor("siapa", everybody=True)
INDICATORS = (
    Indicator("IK-1", "Jumlah peserta pelatihan", "orang", owner=FIRST),
    Indicator(
        "IK-2",
        "Lulusan yang terserap",
        "%",
        Jenis.RASIO,
        konsolidasi=Konsolidasi.RATA,
        decimals=2,
        owner=FIRST,
        pembilang="lulusan bekerja",
        penyebut="lulusan",
    ),
    Indicator("IK-3", "Opini mutu", "Opini", Jenis.PREDIKAT, konsolidasi=Konsolidasi.AKHIR, owner=SECOND),
)
_AIMS: dict[tuple[str, str], Decimal | str | None] = {
    ("IK-1", PERIOD): Decimal(25),
    ("IK-2", PERIOD): Decimal(80),
    ("IK-3", PERIOD): "WTP",
}


def measured_file(path: Path, now: int = TUESDAY) -> Address:
    """The forms of the first quarter are out, and every bidang may fill."""
    address = office_file(path, LIMA_PULUH_KOTA, now=now).address
    with opening.open(path) as database:
        store = Store(database, lambda: now)
        commands = [indicator_command(each, PERIOD) for each in INDICATORS]
        define(store, address.office, [*commands, target_command(_AIMS, document="PK 2026")], EVERYBODY)
        acts = [Command(Act.BUKA, PERIOD), *(Command(Act.SELESAI, PERIOD, step=step) for step in (1, 2))]
        acts += [Command(Act.SELESAI, PERIOD, step=3, bidang=name) for name in FIVE_BIDANG]
        for command in acts:
            store.apply(address, command, EVERYBODY)
    return address


def act(path: Path, address: Address, *commands: Command, now: int = TUESDAY) -> None:
    """Somebody does something in the file."""
    with opening.open(path) as database:
        store = Store(database, lambda: now)
        for command in commands:
            store.apply(address, command, EVERYBODY)


def isi(owner: Owner, **rows: Isian) -> Command:
    """Rows filled, by code with `_` for `-`."""
    named = {code.replace("_", "-"): isian for code, isian in rows.items()}
    return Command(Act.ISI, PERIOD, data=DataCommand(Act.ISI, owner=owner, rows=named))


def terisi(value: int) -> Isian:
    return Isian(Keadaan.TERISI, Decimal(value))


def handed_in(path: Path, address: Address, now: int = TUESDAY) -> None:
    """Every bidang has filled and handed in; one value lies far below its target."""
    ratio = Isian(Keadaan.TERISI, pembilang=Decimal(30), penyebut=Decimal(40))
    filled = (isi(FIRST, IK_1=terisi(90), IK_2=ratio), isi(SECOND, IK_3=Isian(Keadaan.TERISI, grade="TMP")))
    ends = [Command(Act.SELESAI, PERIOD, step=4, bidang=name) for name in FIVE_BIDANG]
    act(path, address, *filled, *ends, now=now)
