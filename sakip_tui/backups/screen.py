"""The copies of the office's file: which there are, one more, and back to one of them.

Restoring replaces the file under every screen, so this screen only shows what would be lost and asks; it is done once
the program has let go of the file, and the board opens anew (`restoring.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from db import backup_plan
from db.backup_names import BackupFile, backup_files, folder_of
from db.restoration import Vouched, difference
from sakip_tui.backups.questions import KINDS, copy_named, require_word, restoring, size_words
from sakip_tui.backups.restoring import RestoreWish
from sakip_tui.prompts.form import Response
from sakip_tui.text import cut, padded
from sakip_tui.widgets.copying import copied
from sakip_tui.widgets.entries import BEING_READ, Entry, remark
from sakip_tui.widgets.keys import pressed
from sakip_tui.widgets.listing import Keys, ListScreen
from sakip_tui.widgets.spans import headed
from sop.model.act import Act
from sop.words.time import moment_short

if TYPE_CHECKING:
    from pathlib import Path

    from sakip_tui.widgets.asking import Do
    from sakip_tui.widgets.ink import Line


class BackupsScreen(ListScreen):
    """Every copy in the folder of backups, the newest on top."""

    NAME = "Cadangan"
    RIGHTS = MappingProxyType({"b": Act.PULIHKAN, "p": Act.PULIHKAN})
    CODE = "cadangan"

    _found: tuple[BackupFile, ...] | None = None
    _folder: Path | None = None

    # ------------------------------------------------------------------ what is shown
    def heading(self) -> tuple[str, str]:
        return self.NAME, "" if self._found is None else f"{len(self._found)} salinan"

    async def read(self) -> None:
        self._folder, self._found = await self.desk.ask(
            lambda database, at: (folder_of(database.path), backup_files(database.path))
        )

    def listed(self, width: int) -> Sequence[Entry]:
        if self._found is None:
            return BEING_READ
        if not self._found:
            how = (
                "Tekan b untuk membuatnya sekarang."
                if self.may(Act.PULIHKAN)
                else "Pengelola atau admin yang membuatnya."
            )
            return remark(f"Belum ada salinan. {how}")
        now = self.clock()
        return [
            Entry(
                (
                    (
                        (padded(moment_short(one.made, self.zone_offset, now), 22), "text"),
                        (padded(KINDS[one.kind], 28), "text"),
                        (f"{size_words(one.size):>9}", "muted"),
                    ),
                ),
                one.path.name,
            )
            for one in self._found
        ]

    def about(self, width: int) -> Sequence[Line]:
        one = self._picked_file()
        if one is None or self._folder is None:
            return ()
        told = f"Di map {self._folder.name}, di samping basis datanya. Tekan c untuk menyalin alamat lengkapnya."
        return headed(cut(one.path.name, width - 1), told, width, 2)

    def key_words(self) -> Sequence[Keys]:
        acts: list[tuple[str, str]] = []
        if self.may(Act.PULIHKAN):
            acts.append(("b", "Buat salinan sekarang"))
            if self._picked_file() is not None and not self.desk.is_guest:
                acts.append(("p", "Pulihkan yang ini"))
        return [acts, self.ways()]

    def _picked_file(self) -> BackupFile | None:
        return copy_named(self._found or (), str(self.picked))

    def action_copy_row(self) -> None:
        one = self._picked_file()
        self.announce(copied(self.app, str(one.path)) if one is not None else "Belum ada salinan.")

    # ------------------------------------------------------------------ a copy, and back to one
    @pressed("b", "Buat salinan basis data sekarang")
    async def action_back_up(self) -> None:
        if not self.lets(Act.PULIHKAN):
            return
        self.announce("Salinan sedang dibuat dan diperiksa.")
        now = self.clock()
        done = await self.or_say(self.desk.ask(lambda database, at: backup_plan.copy_by_hand(database, now)))
        if done is None:
            return
        made, _ = done
        await self.read()
        self.picked = made.name
        self.announce(f"Salinan {made.name} dibuat; utuh dan terperiksa.")

    @pressed("p", "Pulihkan salinan ini; lebih dulu ditunjukkan yang akan hilang")
    async def action_restore(self) -> None:
        one = self._picked_file()
        if one is None or not self.lets(Act.PULIHKAN):
            return
        if self.desk.is_guest:
            self.announce("Lewat kunci jarak jauh tidak dapat. Di komputer kantornya: sakip pulihkan.", "late")
            return
        self.announce("Salinan sedang diperiksa dan dibandingkan.")
        now = self.clock()
        found = await self.or_say(self.desk.ask(lambda database, at: difference(one.path, database.path, now)))
        if found is None:
            return
        await self.ask(("pulihkan", one.path.name), restoring(one, found), self._agreed(one))

    def _agreed(self, one: BackupFile) -> Do:
        async def do(answer: Response, token: str) -> str:
            require_word(answer)
            office, actor = self.here.office, self.here.office.actor
            vouched = Vouched(account=self.desk.account) if actor.everybody else Vouched(office.address.office)
            self.app.exit(RestoreWish(one.path, actor.code, vouched))
            return ""

        return do
