"""Every SOP that can be read or used: those of the office, of the catalog, and those brought in."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import NamedTuple

from db import case_queries, queries
from db.adoption import Adoption, set_up
from db.file.connection import Database
from db.rows import Address, AdoptedSop
from sakip_tui.places import Here
from sakip_tui.prompts.form import Response
from sakip_tui.setup.questions import bidang_of, year_of
from sakip_tui.sops import questions
from sakip_tui.sops.contents import SopScreen
from sakip_tui.text import cut, wrapped
from sakip_tui.views.sops import known_by, shape_words, unsettled, unsettled_words
from sakip_tui.widgets.entries import BEING_READ, Entry, heading_of
from sakip_tui.widgets.ink import Line
from sakip_tui.widgets.keys import pressed
from sakip_tui.widgets.listing import Keys, ListScreen
from sop.form import catalog
from sop.form.rereading import rereadings
from sop.model.act import Act
from sop.model.definition import Cadence, Sop
from sop.model.texts import clean
from sop.time.instants import civil


class Owned(NamedTuple):
    """An SOP of this office."""

    sop: Sop
    adopted: AdoptedSop


class Shelf(NamedTuple):
    """What there is to choose from."""

    owned: tuple[Owned, ...]
    imported: tuple[Sop, ...]
    has_bidang: bool


def shelf(database: Database, address: Address) -> Shelf:
    """The SOPs of an office, and those brought in that nobody uses yet."""
    office = next(row for row in queries.offices(database) if row.code == address.office)
    owned = [(case_queries.sop_of(database, office.code, item.code), item) for item in office.sops]
    return Shelf(
        tuple(Owned(found.sop, item) for found, item in owned if found is not None),
        case_queries.imported_sops(database),
        bool(office.bidang),
    )


class SopsScreen(ListScreen):
    """Every SOP that can be read or used."""

    NAME = "SOP"
    RIGHTS = MappingProxyType({"p": Act.SIAPKAN})
    CODE = "sop"

    def __init__(self, here: Here) -> None:
        super().__init__(here)
        self._shelf: Shelf | None = None
        self._shipped = tuple(catalog.load(code) for code in catalog.codes())

    def heading(self) -> tuple[str, str]:
        return f"SOP {clean(self.here.rows.office_name)}", "katalog dan SOP kantor"

    async def read(self) -> None:
        self._shelf = await self.desk.ask(shelf)

    def listed(self, width: int) -> Sequence[Entry]:
        if self._shelf is None:
            return BEING_READ
        entries = [heading_of("Dipakai kantor ini")]
        for sop, adopted in self._shelf.owned:
            used = f"; versi {adopted.version}, tahun {', '.join(map(str, adopted.years)) or 'belum disiapkan'}"
            entry = self._entry(("kantor", sop.code), sop, width, used)
            reread = rereadings(sop, catalog.load(sop.code)) if sop.code in catalog.codes() else ()
            if reread:
                said = f"katalog membaca {len(reread)} nilai lain sekarang: Enter, lalu n dan t untuk menetapkannya"
                entry = entry._replace(lines=(*entry.lines, ((cut(said, width), "risk"),)))
            entries.append(entry)
        entries.append(heading_of("Katalog"))
        entries += [self._entry(("katalog", sop.code), sop, width) for sop in self._shipped]
        if self._shelf.imported:
            entries.append(heading_of("Diimpor, belum dipakai"))
            entries += [self._entry(("impor", sop.code), sop, width) for sop in self._shelf.imported]
        return entries

    def _entry(self, key: tuple[str, str], sop: Sop, width: int, used: str = "") -> Entry:
        doubts = unsettled_words(unsettled(sop))
        first: Line = ((cut(clean(sop.office), width), "strong"),)
        told = wrapped(f"{known_by(sop)}, {shape_words(sop)}; {doubts}{used}", width, 3)
        return Entry((first, *(((line, "muted"),) for line in told)), key)

    def about(self, width: int) -> Sequence[Line]:
        found = self._picked()
        if found is None:
            return ()
        named = found.identity.get("nama")
        said = f"{named.text if named is not None and named.text else 'SOP'} ({found.code})"
        return [((" " + cut(clean(said), width - 2), "text"),)]

    def key_words(self) -> Sequence[Keys]:
        adopt = "Siapkan tahun" if isinstance(self.picked, tuple) and self.picked[0] == "kantor" else "Pakai"
        keys = [("p", adopt)] if self.may(Act.SIAPKAN) else []
        return [[("Enter", "Baca"), *keys], [("?", "Bantuan"), ("Esc", "Papan")]]

    def _picked(self) -> Sop | None:
        if self._shelf is None or not isinstance(self.picked, tuple):
            return None
        source, code = self.picked
        found = {
            "kantor": [sop for sop, _ in self._shelf.owned],
            "katalog": list(self._shipped),
            "impor": list(self._shelf.imported),
        }[source]
        return next((sop for sop in found if sop.code == code), None)

    @pressed("enter", "Baca SOP")
    def action_open(self) -> None:
        found = self._picked()
        if found is not None and isinstance(self.picked, tuple):
            own = found.code if self.picked[0] == "kantor" else None
            self.app.push_screen(SopScreen(self.here, found, own), self._came_back)

    def _came_back(self, left: object) -> None:
        if left is not None:
            self.is_changed = True
        self.reload()

    @pressed("p", "Pakai SOP ini, atau siapkan tahun berikutnya")
    async def action_adopt(self) -> None:
        found = self._picked()
        if found is None or self._shelf is None:
            return
        if not self.lets(Act.SIAPKAN):
            return
        years = next((item.years for sop, item in self._shelf.owned if sop.code == found.code), ())
        year = max(years) + 1 if years else civil(self.clock(), self.zone_offset).year
        form = questions.adopt(found, year, self._shelf.has_bidang, [sop for sop, _ in self._shelf.owned])

        async def do(answer: Response, token: str) -> str:
            return await self._adopt(found, answer, token)

        await self.ask(("adopt", found.code), form, do)

    async def _adopt(self, sop: Sop, answer: Response, token: str) -> str:
        cadence = None if answer.choice is None else Cadence(answer.choice)
        year, bidang = year_of(answer), bidang_of(answer.text("bidang"))
        done = await self.desk.write(
            lambda store, address, actor: set_up(
                store,
                Adoption(sop, year, office=address.office, bidang=bidang, cadence=cadence, token=token),
                actor,
            )
        )
        self.is_changed = True
        return f"Tahun {done.year} siap. Untuk membukanya, di papan tekan n lalu k (Ganti kantor, SOP, tahun)."
