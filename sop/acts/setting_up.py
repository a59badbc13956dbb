"""Setting an office up, or its next year: people, hours, SOP and bidang are the office's, periods the year's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sop.acts.deed import Deed
from sop.acts.flow import Draft
from sop.acts.office_flow import OfficeDraft
from sop.acts.office_ruling import OfficeRuling, person_entity
from sop.acts.people_acts import brought_along
from sop.acts.procedure import cadences, procedure
from sop.acts.sop_acts import refuse_unsound, sop_entity
from sop.form import toml_format
from sop.model.act import Act
from sop.model.definition import Cadence, Sop
from sop.model.errors import Fault, FaultyInput
from sop.model.events import Event
from sop.model.office import AdoptedYear, OfficeState
from sop.model.office_commands import Adoption, SettingUp
from sop.model.periods import kept_names, key_of
from sop.model.refusals import Refused, Rule
from sop.model.settings import Settings
from sop.model.state import PeriodPhase, PeriodState
from sop.model.texts import LONGEST_NAME, clean_or_none
from sop.time.instants import ZONES
from sop.time.work_calendar import FIRST_YEAR, LAST_YEAR
from sop.values import replace

LONGEST_CODE = 64
"""Characters of an office's code."""


def cleaned(asked: Adoption) -> Adoption:
    """Texts made fit to keep. Raises FaultyInput naming everything at once that cannot be taken."""
    faults: list[Fault] = []
    office = clean_or_none(asked.office, "opd", LONGEST_CODE)
    zone = asked.zone or asked.sop.zone
    if zone not in ZONES:
        faults.append(Fault("zona", "nilai_tak_dikenal", zone, known=tuple(ZONES)))
    if not FIRST_YEAR <= asked.year <= LAST_YEAR:
        faults.append(Fault("tahun", "bilangan_di_luar_batas", str(asked.year), known=(f"{FIRST_YEAR}-{LAST_YEAR}",)))
    bidang: dict[str, str] = {}
    for text in asked.bidang:
        name = clean_or_none(text, "bidang", LONGEST_NAME)
        if name is None:
            faults.append(Fault("bidang", "teks_kosong"))
        else:
            bidang.setdefault(name.casefold(), name)
    if asked.cadence is not None and all(step.cadence is not None for step in asked.sop.steps):
        written = tuple(sorted({step.cadence.value for step in asked.sop.steps if step.cadence is not None}))
        faults.append(Fault("kadens", "kadens_tertulis", asked.cadence.value, known=written))
    if faults:
        raise FaultyInput(tuple(faults), source="siapkan")
    return replace(
        asked,
        office=office,
        name=clean_or_none(asked.name, "nama", LONGEST_NAME),
        bidang=tuple(bidang.values()),
        reason=clean_or_none(asked.reason, "alasan"),
        token=clean_or_none(asked.token, "token", LONGEST_NAME),
    )


def _refuse_another(office: OfficeState, asked: Adoption) -> None:
    """Raises FaultyInput where an office that is there is asked to be another than it is."""
    faults = [
        Fault(place, "kantor_sudah_ada", found=wanted, known=(kept,))
        for place, wanted, kept in (("nama", asked.name, office.name), ("zona", asked.zone, office.zone))
        if wanted is not None and wanted != kept
    ]
    if faults:
        raise FaultyInput(tuple(faults), source="siapkan")


def new_office(code: str, asked: Adoption) -> OfficeState:
    """An office as it is before anything was decided in it."""
    return OfficeState(code, asked.name or asked.sop.office, asked.zone or asked.sop.zone)


def judge_siapkan(ruling: OfficeRuling[SettingUp]) -> Event:
    asked, calendar, founder, offices = ruling.details
    draft, office = ruling.draft, ruling.office
    is_new = not office.calendars
    if not is_new:
        _refuse_another(office, asked)
    elif founder is not None and asked.office is None:
        # Beside people a name that stands for nothing may be a mistake, so a further office is named on purpose.
        raise FaultyInput((Fault("--opd", "kantor-baru-perlu-kode", asked.sop.code, offices),), source="siapkan")
    if any((each.sop, each.year) == (asked.sop.code, asked.year) for each in office.years):
        raise Refused(Rule.YEAR_EXISTS, sop=asked.sop.code, year=asked.year)
    bidang = _bidang(draft, asked.bidang)
    state = draft.sop(asked.sop.code)
    ruling.refuse_stale(sop_entity(asked.sop.code), state.newest)
    if state.versions:
        sop, version, digest = draft.definition(state.versions[-1].hash), *state.versions[-1]
    else:
        refuse_unsound(asked.sop)
        ruling.keep_sop(asked.sop)
        sop, version, digest = asked.sop, 1, toml_format.content_hash(asked.sop)
    cadence = _cadence(office, sop, asked.cadence)
    if any(step.per_bidang for step in sop.steps) and not bidang:
        raise Refused(Rule.NO_BIDANG, sop=sop.code)
    data: dict[str, Any] = {
        "office": {"code": office.code, "name": office.name, "zone": office.zone, "new": is_new},
        "sop": {"code": sop.code, "version": version, "hash": digest},
        "year": asked.year,
        "cadence": cadence.value if cadence is not None else None,
        "bidang": list(bidang),
        "periods": _periods(sop, asked.year, cadence),
        **calendar,
    }
    if is_new:
        data["settings"] = office.settings.to_dict()
    if founder is None:
        return ruling.event(data)
    ruling.keep(founder.personal)
    return ruling.event({**data, "person": brought_along(founder)}, entity=person_entity(founder.person.code))


def effect_siapkan(draft: OfficeDraft, event: Event) -> None:
    data = event.data
    told, sop, calendar = data["office"], data["sop"], data["calendar"]
    if told["new"]:
        draft.state = OfficeState(told["code"], told["name"], told["zone"], Settings.from_dict(data["settings"]))
    known = {each.name for each in draft.state.bidang}
    for name in (name for name in data["bidang"] if name not in known):
        draft.add_bidang(name, None)
    draft.add_version(sop["code"], sop["version"], sop["hash"])
    draft.add_calendar(calendar["revision"], calendar["hash"])
    draft.add_year(AdoptedYear(sop["code"], data["year"], data["cadence"]))
    if (person := data.get("person")) is not None:
        draft.register(person)


def begin_year(draft: Draft, event: Event) -> None:
    """What it is to the year: its periods, none of them begun; a pure roll-up is open."""
    for item in event.data["periods"]:
        has_case = bool(item["has_case"])
        draft.put_period(
            PeriodState(key=item["key"], has_case=has_case, phase=PeriodPhase.BELUM if has_case else PeriodPhase.BUKA)
        )


def _bidang(draft: OfficeDraft, wanted: Sequence[str]) -> tuple[str, ...]:
    """The office's list; an office without one gets it now.

    Raises:
        FaultyInput: Another name than those of the list: it would enter the next fan-out of years that run already.
    """
    known = tuple(each.name for each in draft.state.active_bidang)
    folded = {name.casefold() for name in known}
    units = draft.family
    # A name that ended by renaming or merging is no new bidang: its unit goes on under the name it has by now.
    added = [name for name in wanted if units.present_name(name).casefold() not in folded]
    if known and added:
        raise FaultyInput(tuple(Fault("bidang", "bidang-milik-kantor", name, known) for name in added), "siapkan")
    return (*known, *added)


def _cadence(office: OfficeState, sop: Sop, wanted: Cadence | None) -> Cadence | None:
    """The office's choice: what is asked, else that of its newest year, else triwulan; None where the SOP names it."""
    if all(step.cadence is not None for step in sop.steps):
        return None
    if wanted is not None:
        return wanted
    before = max((each for each in office.years if each.sop == sop.code), key=lambda each: each.year, default=None)
    return Cadence(before.cadence) if before is not None and before.cadence is not None else Cadence.TRIWULAN


def _periods(sop: Sop, number: int, cadence: Cadence | None) -> list[dict[str, Any]]:
    """The periods that the year keeps, and whether each has a case."""
    keys = [key_of(number, name) for name in kept_names(cadences(sop, cadence))]
    return [{"key": key, "has_case": procedure(sop, key, cadence) is not None} for key in keys]


DEEDS = {Act.SIAPKAN: Deed(judge_siapkan, effect_siapkan, begin_year)}
