"""Random work on every shipped SOP: the rows stay what the log gives, and a refusal stays without trace."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from db import audit, case_queries, row_audit
from db.errors import StaleCase
from db.file.connection import Database
from db.rows import Address, Board
from db.sop_versions import import_sop
from db.store import Store
from sop.form import catalog
from sop.model.act import Act
from sop.model.commands import Command, Typed
from sop.model.definition import Step
from sop.model.errors import SopError
from sop.model.state import Answer, CasePhase, CaseState, Evidence, PeriodPhase, RunPhase, RunState
from sop.values import replace
from tests.db.office import BIDANG, EVERYBODY, MORNING, Clock, adopt

PERIODS = ("2026-TW1", "2026-TW2", "2026-S1")
LATE_ENOUGH = MORNING + 200 * 86_400
RUN_ACTS = (
    *(Act.MULAI, Act.LEPAS, Act.TUNDA, Act.LANJUT, Act.AJUKAN, Act.TARIK, Act.PUTUSKAN, Act.PUTUSKAN, Act.SELESAI),
    *(Act.SELESAI, Act.SELESAI, Act.LEWATI, Act.PAKAI_LAMA, Act.KOREKSI, Act.URUNG, Act.URUNG, Act.CENTANG),
    *(Act.DOKUMEN, Act.KOMENTAR, Act.TUGASKAN),
)
CASE_ACTS = (
    *(Act.KEMBALIKAN, Act.KEMBALIKAN, Act.TAHAN, Act.LANJUTKAN, Act.LANJUTKAN, Act.HENTIKAN, Act.MULAI_ULANG),
    *(Act.GABUNG, Act.UBAH_BIDANG, Act.BUKA, Act.BUKA, Act.TUTUP, Act.BUKA_KEMBALI, Act.BEBASKAN, Act.PINDAH_VERSI),
)


_WAY_OUT = {
    CasePhase.BERJALAN: CASE_ACTS,
    CasePhase.DITAHAN: (Act.LANJUTKAN,),
    CasePhase.DIHENTIKAN: (Act.MULAI_ULANG,),
    CasePhase.SELESAI: (Act.TUTUP, Act.KEMBALIKAN, Act.TUTUP),
}


class Guesser:
    """Asks for things that are often possible: mostly the next sensible act on an open card, sometimes anything."""

    def __init__(self, seed: int, sop: str) -> None:
        self.chance = random.Random(seed)
        self.sop = sop

    def command(self, board: Board, now: int) -> Command:
        chance = self.chance
        period = chance.choice([key for key in PERIODS if board.state.periods[key].has_case])
        case = board.state.case_of(period)
        closed = board.state.periods[period].phase is PeriodPhase.TUTUP
        if case is None or closed or case.phase is not CasePhase.BERJALAN or chance.random() < 0.12:
            return self.case_command(period, case, closed)
        runs = case.open_runs() if chance.random() < 0.8 else list(case.runs.values())
        run = chance.choice(runs or list(case.runs.values()) or [None])
        if run is None:
            return Command(Act.BUKA, period)
        return self.run_command(period, run, now)

    def run_command(self, period: str, run: RunState, now: int) -> Command:
        chance = self.chance
        step = catalog.load(self.sop).step(run.step)
        return Command(
            act=self.likely(run, step) if chance.random() < 0.7 else chance.choice(RUN_ACTS),
            period=period,
            step=run.step,
            bidang=run.bidang,
            at=Typed(now - chance.randrange(4000), 60) if chance.random() < 0.1 else None,
            started=Typed(now - chance.randrange(4000)) if chance.random() < 0.1 else None,
            ended=Typed(now - chance.randrange(400)) if chance.random() < 0.2 else None,
            reason="sebab" if chance.random() < 0.7 else None,
            note="catatan" if chance.random() < 0.6 else None,
            seen=chance.choice((None, run.revision, run.revision, run.revision - 1)),
            token=f"t{chance.randrange(400)}" if chance.random() < 0.1 else None,
            answer=chance.choice((Answer.YA, Answer.YA, Answer.TIDAK)),
            holder=chance.choice(("ani", "budi")),
            item=chance.randrange(4),
            on=chance.random() < 0.7,
            evidence=Evidence(number=f"{chance.randrange(9)}/2026", location="lemari"),
        )

    def likely(self, run: RunState, step: Step) -> Act:
        if run.phase is RunPhase.DITUNDA:
            return Act.LANJUT
        if not run.is_open:
            return self.chance.choice((Act.KOREKSI, Act.KOREKSI, Act.URUNG))
        if run.phase is RunPhase.SIAP:
            possible = [Act.MULAI, Act.MULAI, Act.SELESAI if step.decision is None else Act.MULAI]
            if run.attempt > 1 and not run.loop_target:
                possible.append(Act.PAKAI_LAMA)
            return self.chance.choice(possible)
        if run.phase is RunPhase.KEPUTUSAN:
            return self.chance.choice((Act.PUTUSKAN, Act.PUTUSKAN, Act.TARIK))
        return Act.SELESAI if step.decision is None else self.chance.choice((Act.AJUKAN, Act.PUTUSKAN))

    def case_command(self, period: str, case: CaseState | None, closed: bool) -> Command:
        chance = self.chance
        wayout = (
            (Act.BUKA, Act.BUKA, Act.BEBASKAN)
            if case is None
            else (Act.BUKA_KEMBALI, Act.KOMENTAR, Act.BEBASKAN)
            if closed
            else _WAY_OUT[case.phase]
        )
        fronts = [run.step for run in case.runs.values() if run.valid] if case is not None else []
        step = max(fronts, default=2)
        return Command(
            act=chance.choice(wayout if case is None or chance.random() < 0.7 else CASE_ACTS),
            period=period,
            step=step,
            target=max(1, step - chance.randrange(1, 4)),
            named=(chance.choice(BIDANG),) if chance.random() < 0.3 else (),
            added=("Bidang Tambahan",) if chance.random() < 0.4 else (),
            removed=(chance.choice(BIDANG),) if chance.random() < 0.4 else (),
            child=chance.choice(("2026-TW1", "2026-TW2")),
            reason="sebab" if chance.random() < 0.9 else None,
            note="catatan",
            version=chance.choice((1, 2)),
            image={number: number for number in range(1, 10)} if chance.random() < 0.5 else {},
        )


def go(database: Database, sop: str, seed: int, acts: int) -> tuple[Address, Counter[str]]:
    """Do random work; returns how often each act was accepted (`-act` for refused)."""
    clock = Clock(LATE_ENOUGH)
    store = Store(database, clock)
    address = adopt(store, sop, bidang=BIDANG)
    guesser = Guesser(seed, sop)
    counts: Counter[str] = Counter()
    for _ in range(acts):
        clock.now += guesser.chance.choice((0, 30, 600, 7200))
        command = guesser.command(case_queries.year_board(database, address, 2026), clock.now)
        before = database.rows("SELECT count(*), total_changes() FROM events")
        try:
            done = store.apply(address, command, EVERYBODY)
        except (SopError, StaleCase):
            counts["-" + command.act.value] += 1
            assert database.rows("SELECT count(*) FROM events") == [before[0][:1]]
            continue
        if not done.repeated:
            counts[command.act.value] += 1
            assert database.value("SELECT count(*) FROM events") == before[0][0] + 1
        if done.sequence % 25 == 0 or command.act in (Act.URUNG, Act.PINDAH_VERSI):
            assert row_audit.differing_years(database) == (), (done.sequence, command)
    return address, counts


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("sop", catalog.codes())
def test_rows_stay_what_replaying_the_log_gives(database: Database, sop: str, seed: int) -> None:
    _, counts = go(database, sop, seed, 120)
    assert row_audit.differing_years(database) == ()
    assert audit.verify_chain(database).problem is None
    assert counts["selesai"] > 5


def walk(store: Store, address: Address, clock: Clock, commands: list[Command]) -> set[str]:
    """Do one command after the other, ten minutes apart; after each the rows are what the log gives."""
    for command in commands:
        clock.now += 600
        store.apply(address, command, EVERYBODY)
        assert row_audit.differing_years(store.database) == (), command
    return {command.act.value for command in commands}


def test_after_every_single_act_the_rows_are_what_the_log_gives(database: Database) -> None:
    """Every act of the two tables, on a fan-out and behind a gate; the random work above seldom reaches all of them."""
    clock = Clock(LATE_ENOUGH)
    store = Store(database, clock)
    first, second, semester = PERIODS
    a, b, c = BIDANG
    nganjuk = adopt(store, "dpmd-nganjuk", bidang=BIDANG)
    region = [step.number for step in catalog.load("dpmd-nganjuk").steps if step.per_bidang]
    before = [Command(Act.SELESAI, first, step=number) for number in range(1, region[0])]
    inside = [Command(Act.SELESAI, first, step=number, bidang=name) for name in (a, b) for number in region]
    done = walk(
        store,
        nganjuk,
        clock,
        [
            Command(Act.BUKA, first),
            *before,
            *inside,
            Command(Act.UBAH_BIDANG, first, added=("Tambahan",), reason="baru"),
            Command(Act.UBAH_BIDANG, first, removed=("Tambahan",), reason="batal"),
            Command(Act.KEMBALIKAN, first, step=region[-1], target=region[0], named=(a,), note="ulang"),
            Command(Act.SELESAI, first, step=region[0], bidang=a),
            Command(Act.URUNG, first, step=region[0], bidang=a),
            Command(Act.GABUNG, first, reason=f"tanpa {c}"),
        ],
    )
    tangerang = adopt(store, bidang=())
    renewed = replace(catalog.load("disnaker-kota-tangerang"), notes=("baru",))
    import_sop(store, renewed, EVERYBODY, office=tangerang.office)
    done |= walk(
        store,
        tangerang,
        clock,
        [
            Command(Act.BUKA, first),
            Command(Act.MULAI, first, step=1),
            Command(Act.LEPAS, first, step=1),
            Command(Act.TUGASKAN, first, step=1, holder="ani"),
            Command(Act.TUNDA, first, step=1, reason="menunggu"),
            Command(Act.LANJUT, first, step=1),
            Command(Act.CENTANG, first, step=1, item=0),
            Command(Act.DOKUMEN, first, step=1, evidence=Evidence(number="1/2026", location="lemari")),
            Command(Act.KOMENTAR, first, step=1, note="catatan"),
            Command(Act.SELESAI, first, step=1),
            Command(Act.KOREKSI, first, step=1, note="dibetulkan"),
            Command(Act.SELESAI, first, step=2),
            Command(Act.KEMBALIKAN, first, step=3, target=1, note="ulang"),
            Command(Act.SELESAI, first, step=1),
            Command(Act.PAKAI_LAMA, first, step=2),
            Command(Act.URUNG, first, step=2),
            Command(Act.LEWATI, first, step=2, reason="tidak perlu"),
            Command(Act.TAHAN, first, reason="rapat"),
            Command(Act.LANJUTKAN, first),
            Command(Act.HENTIKAN, first, reason="salah mulai"),
            Command(Act.MULAI_ULANG, first, reason="mulai lagi"),
            *(Command(Act.SELESAI, first, step=number) for number in range(1, 6)),
            Command(Act.TUTUP, first),
            Command(Act.BUKA, semester),
            Command(Act.BEBASKAN, semester, child=second, reason="sebelum program dipakai"),
            Command(Act.SELESAI, semester, step=6),
            Command(Act.MULAI, semester, step=7),
            Command(Act.AJUKAN, semester, step=7),
            Command(Act.TARIK, semester, step=7),
            Command(Act.AJUKAN, semester, step=7),
            Command(Act.PUTUSKAN, semester, step=7, answer=Answer.TIDAK, note="kurang"),
            Command(Act.SELESAI, semester, step=6),
            Command(Act.BUKA_KEMBALI, first, reason="salah"),
            Command(Act.TUTUP, first),
            Command(Act.BEBASKAN, semester, child=first, reason="tidak mengubah"),
            Command(Act.PINDAH_VERSI, semester, version=1, image={6: 6, 7: 7, 8: 8}, reason="versi lama"),
        ],
    )
    assert {act.value for act in (*RUN_ACTS, *CASE_ACTS)} <= done
    assert audit.verify_chain(database).problem is None
