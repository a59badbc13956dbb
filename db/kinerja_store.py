"""Writing indicators and targets. What may happen is `sop/acts/indicator_acts.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from db import identity
from db.kinerja_queries import cadences_of, closed_periods
from db.office_acts import NOTHING_GIVEN, Given, OfficeRecord, Scene, office_of, office_record, question, settle
from db.rows import Applied
from db.store import Store
from sop.acts.indicator_acts import Defining
from sop.kinerja.data_act import DataCommand
from sop.kinerja.form import indicator_to_json, target_to_json
from sop.kinerja.indicator import Indicator, TargetValue
from sop.kinerja.target import TargetKey
from sop.model.act import Act
from sop.model.definition import Cadence
from sop.model.pelaksana import Actor


def indicator_command(indicator: Indicator, since: str) -> DataCommand:
    """indikator: a definition that holds from a period on."""
    return DataCommand(Act.INDIKATOR, indicator=indicator, since=since)


def target_command(
    targets: Mapping[TargetKey, TargetValue | None],
    number: int = 1,
    *,
    document: str | None = None,
    since: str | None = None,
) -> DataCommand:
    """target: what is aimed at in a set, of one year; None takes a target back."""
    return DataCommand(Act.TARGET, targets=targets, number=number, document=document, since=since)


def define(
    store: Store, office: str, commands: Sequence[DataCommand], actor: Actor, given: Given = NOTHING_GIVEN
) -> tuple[Applied, ...]:
    """Define indicators and set targets: one event each, all of them or none, in one transaction.

    Args:
        store: Where.
        office: Code of the office.
        commands: As `indicator_command` and `target_command` make them.
        actor: The pengelola.
        given: Reason, moment, token; what was seen counts for a single command alone.

    Raises:
        Refused: A rule stands in the way, nothing changed, or the token was used for something else.
        FaultyInput: A definition or target that cannot be taken, with every fault of that one.
        StaleCase: The indicator or the set moved on since `given.seen`.
        Unknown: A bidang or indicator that is not there.
        UnknownOffice, UnknownPerson: The code or the actor stands for nothing.
    """
    whole = given = given.cleaned()
    database = store.database
    done: list[Applied] = []
    with store.together():
        ground: tuple[OfficeRecord, frozenset[Cadence], frozenset[str]] | None = None
        for number, command in enumerate(commands, start=1):
            if len(commands) > 1:
                # Each event has a token of its own, and what was seen is of one of them at most.
                token = None if whole.token is None else f"{whole.token}:{number}"
                given = whole._replace(token=token, seen=None)
            asked = question(command.act.value, office, actor.code, given.reason, _asked(command))
            if given.token is not None and (earlier := store.earlier(given.token, asked)) is not None:
                done.append(earlier)
                continue
            if ground is None:
                # No definition and no target changes any of this.
                record = office_record(database, office)
                ground = record, cadences_of(database, office_of(store, office)), closed_periods(database, record.id)
            record, cadences, closed = ground
            now = store.now()
            who = identity.asking(database, record.id, actor, now)
            details = Defining(command, cadences, closed)
            scene = Scene(database, record, office_of(store, office), who, now)
            done.append(settle(store, command.act, scene, given, asked, lambda _, found=details: found))  # type: ignore[misc]
    return tuple(done)


def _asked(command: DataCommand) -> list[Any]:
    """What tells one question from another, as JSON values."""
    indicator = None if command.indicator is None else indicator_to_json(command.indicator)
    targets = sorted([*place, target_to_json(value)] for place, value in command.targets.items())
    return [indicator, command.since, command.number, command.document, targets]
