"""Indicators and targets in the file: one event each, rows that are what the log tells, all or nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from db import row_audit
from db.errors import StaleCase
from db.kinerja_queries import register
from db.kinerja_store import define, indicator_command, target_command
from db.office_acts import Given
from db.rows import Address
from db.store import Store
from sop.acts.indicator_acts import indicator_entity
from sop.kinerja.indicator import Indicator, Jenis, Konsolidasi
from sop.kinerja.state import KinerjaState
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.errors import FaultyInput
from sop.model.refusals import Refused, Rule, Unknown
from tests.db.office import BIDANG, EVERYBODY, NGANJUK, adopt

COUNT = Indicator("IK-1", "Jumlah peserta", "orang", owner=BIDANG[0])
SHARE = Indicator(
    "IK-2", "Lulusan terserap", "%", Jenis.RASIO, konsolidasi=Konsolidasi.RATA, decimals=2, pembilang="a", penyebut="b"
)
GRADE = Indicator("IK-3", "Opini", "Opini", Jenis.PREDIKAT, konsolidasi=Konsolidasi.AKHIR)
TW1, TH = "2026-TW1", "2026-TH"


@pytest.fixture
def office(store: Store) -> Address:
    return adopt(store, NGANJUK, bidang=BIDANG)


def stands(store: Store, office: Address) -> KinerjaState:
    """What the rows say, which must be what the log says."""
    assert row_audit.offices_beside_the_log(store.database).differing == ()
    return register(store.database, office.office, store.now())


def events(store: Store) -> list[str]:
    return [act for (act,) in store.database.rows("SELECT act FROM events ORDER BY sequence")]


def test_each_definition_and_each_set_of_targets_is_one_event(store: Store, office: Address) -> None:
    before = events(store)
    targets = {("IK-1", TW1): Decimal(25), ("ik-2", TW1): Decimal("85.50"), ("IK-3", TH): "wtp"}
    define(
        store,
        office.office,
        [*(indicator_command(each, TW1) for each in (COUNT, SHARE, GRADE)), target_command(targets, document="PK")],
        EVERYBODY,
    )
    assert events(store)[len(before) :] == [*["indikator"] * 3, "target"]
    state = stands(store, office)
    assert [versions[-1].indicator for versions in state.indicators.values()] == [COUNT, SHARE, GRADE]
    (held,) = state.targets
    assert (held.document, held.values[("ik-2", TW1)], held.values[("ik-3", TH)]) == ("PK", Decimal("85.5"), "WTP")


def test_versions_and_changed_targets_keep_what_was(store: Store, office: Address) -> None:
    define(store, office.office, [indicator_command(COUNT, TW1)], EVERYBODY)
    define(store, office.office, [target_command({("IK-1", TW1): Decimal(5), ("IK-1", TH): Decimal(9)})], EVERYBODY)
    renamed = Indicator("ik-1", "Peserta", "orang", decimals=1)
    (done,) = define(store, office.office, [indicator_command(renamed, "2026-TW3")], EVERYBODY)
    assert done.event.data["old"]["name"] == COUNT.name
    (done,) = define(
        store,
        office.office,
        [target_command({("IK-1", TW1): Decimal("7.5"), ("IK-1", TH): None})],
        EVERYBODY,
        Given(reason="salah ketik"),
    )
    assert done.event.data["old"] == {f"ik-1@{TW1}": {"number": "5"}, f"ik-1@{TH}": {"number": "9"}}
    assert done.event.data["new"] == {f"ik-1@{TW1}": {"number": "7.5"}, f"ik-1@{TH}": None}
    state = stands(store, office)
    assert [(each.number, each.since) for each in state.indicators["ik-1"]] == [(1, TW1), (2, "2026-TW3")]
    assert dict(state.targets[0].values) == {("ik-1", TW1): Decimal("7.5")}


def test_what_is_faulty_anywhere_changes_nothing_at_all(store: Store, office: Address) -> None:
    before = events(store)
    commands = [indicator_command(COUNT, TW1), target_command({("IK-1", TW1): Decimal("2.5")})]
    with pytest.raises(FaultyInput) as refusal:
        define(store, office.office, commands, EVERYBODY)
    assert [fault.code for fault in refusal.value.faults] == ["data:terlalu-banyak-desimal"]
    with pytest.raises(Unknown):
        define(store, office.office, [target_command({("IK-9", TW1): Decimal(1)})], EVERYBODY)
    assert events(store) == before
    assert not stands(store, office).indicators


def test_what_a_rule_refuses_is_refused_in_the_words_of_all_acts(store: Store, office: Address) -> None:
    define(store, office.office, [indicator_command(COUNT, TW1)], EVERYBODY)
    for commands, rule in (
        ([indicator_command(COUNT, TW1)], Rule.NOTHING_CHANGED),
        ([target_command({("IK-1", TW1): Decimal(1)}, 2)], Rule.SET_ORDER),
    ):
        with pytest.raises(Refused) as refusal:
            define(store, office.office, commands, EVERYBODY)
        assert refusal.value.rule is rule
    with pytest.raises(FaultyInput):
        define(store, office.office, [target_command({("IK-1", "2026-S1"): Decimal("0.5")})], EVERYBODY)


def test_somebody_faster_is_named_and_a_token_acts_once(store: Store, office: Address) -> None:
    define(store, office.office, [indicator_command(COUNT, TW1)], EVERYBODY)
    changed = [indicator_command(Indicator("IK-1", "Peserta", "orang"), TW1)]
    with pytest.raises(StaleCase) as stale:
        define(store, office.office, changed, EVERYBODY, Given(seen=0))
    assert stale.value.facts["entity"] == indicator_entity("IK-1")
    (first,) = define(store, office.office, changed, EVERYBODY, Given(seen=1, token="sekali"))
    (again,) = define(store, office.office, changed, EVERYBODY, Given(seen=1, token="sekali"))
    assert (again.sequence, again.repeated) == (first.sequence, True)
    with pytest.raises(Refused) as refusal:
        define(store, office.office, [indicator_command(SHARE, TW1)], EVERYBODY, Given(token="sekali"))
    assert refusal.value.rule is Rule.TOKEN_REUSED


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ('UPDATE targets SET value = \'{"number":"6"}\'', "targets"),
        ("DELETE FROM targets", "targets"),
        ("UPDATE target_sets SET document = 'lain'", "target_sets"),
    ],
)
def test_a_row_that_the_log_does_not_tell_of_is_noticed(
    store: Store, office: Address, statement: str, table: str
) -> None:
    define(store, office.office, [indicator_command(COUNT, TW1)], EVERYBODY)
    define(store, office.office, [target_command({("IK-1", TW1): Decimal(5)}, document="PK")], EVERYBODY)
    with store.database.write():
        store.database.rows(statement)
    assert row_audit.offices_beside_the_log(store.database).differing == ((office.office, table),)


def test_indicators_are_the_offices_whatever_else_it_does(store: Store, office: Address) -> None:
    define(store, office.office, [indicator_command(COUNT, TW1)], EVERYBODY)
    store.apply(office, Command(Act.BUKA, TW1), EVERYBODY)
    assert list(stands(store, office).indicators) == ["ik-1"]
