"""Writes the tables of keys, commands and words into the guide, and those of rights into HAK.md, from the program.

A table stands between `<!-- tombol: Nama -->`, `<!-- perintah -->`, `<!-- istilah -->` or `<!-- hak: Nama -->` and the
next `<!-- akhir -->`. Run from the project's folder by `make pictures`.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path

GUIDE = Path(__file__).parent / "PANDUAN.md"
RIGHTS = Path(__file__).parent / "HAK.md"
sys.path.insert(0, str(GUIDE.parents[1]))

from textual.binding import Binding  # noqa: E402 - the project's folder has to be on the path first
from textual.screen import Screen  # noqa: E402

import sakip_tui  # noqa: E402
from sakip_tui.cli.commands import GRAMMAR  # noqa: E402
from sakip_tui.cli.grammar import operand_words  # noqa: E402
from sakip_tui.prompts.picking import Choices, Marks  # noqa: E402
from sakip_tui.prompts.questions_box import Questions  # noqa: E402
from sakip_tui.prompts.text_field import TextField  # noqa: E402
from sakip_tui.widgets.hints import KEY_NAMES  # noqa: E402
from sakip_tui.widgets.ink import InkedScreen  # noqa: E402
from sakip_tui.widgets.menu import MenuList  # noqa: E402
from sop.model.act import CASE_ACTS, DATA_ACTS, OFFICE_ACTS, PERIOD_ACTS, PROGRAM_ACTS, RUN_ACTS, SPECS, Act, Own  # noqa: E402
from sop.model.pelaksana import Role  # noqa: E402
from sop.words.terms import TERMS  # noqa: E402

NAMES = {
    "BoardScreen": "Papan",
    "CardScreen": "Kartu",
    "FlowScreen": "Alur",
    "DashboardScreen": "Dasbor",
    "HistoryScreen": "Riwayat",
    "CalendarScreen": "Kalender",
    "SopsScreen": "SOP",
    "SopScreen": "Isi SOP",
    "ComparisonScreen": "Bandingkan versi",
    "SettingsScreen": "Pengaturan",
    "SettingsHistory": "Riwayat pengaturan",
    "BidangScreen": "Bidang",
    "BackupsScreen": "Cadangan",
    "DataScreen": "Data kinerja",
    "AnalysisScreen": "Analisa",
    "IndicatorsScreen": "Indikator",
    "FindingsScreen": "Impor",
    "PastWorkScreen": "Tabel susulan",
    "PeopleScreen": "Pengguna",
    "SignInScreen": "Masuk",
    "LockScreen": "Terkunci",
    "PinPrompt": "PIN baru",
    "FormPrompt": "Isian",
    "MenuPrompt": "Menu dan daftar pilihan",
    "ReadingScreen": "Bacaan",
    "HelpScreen": "Bantuan",
}
"""Class of a screen -> what the guide calls it."""
_PARTS: dict[str, tuple[type, ...]] = {"FormPrompt": (Choices, Marks, TextField, Questions), "MenuPrompt": (MenuList,)}
"""Class of a screen -> what in it has keys of its own."""
_MARK = re.compile(r"<!-- ((?:tombol|hak): ([^>]+)|perintah|istilah) -->\n.*?<!-- akhir -->", re.DOTALL)
_RIGHTS = {
    "Langkah": RUN_ACTS,
    "Berkas dan periode": CASE_ACTS | PERIOD_ACTS,
    "Data kinerja": DATA_ACTS,
    "Kantor": OFFICE_ACTS - PROGRAM_ACTS,
}
"""Heading in HAK.md -> the acts under it."""


def screens() -> dict[str, type]:
    """Every screen of the program that has keys: name of its class -> the class."""
    for module in pkgutil.walk_packages(sakip_tui.__path__, "sakip_tui."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return {screen.__name__: screen for screen in _leaves(Screen) if bindings(screen)}


def _leaves(kind: type) -> Iterator[type]:
    below: list[type] = kind.__subclasses__()
    if not below and kind.__module__.startswith("sakip_tui."):
        yield kind
    for each in below:
        yield from _leaves(each)


def bindings(screen: type) -> list[Binding]:
    """The keys of a screen that say what they do: its own, those of its parts, those it takes over.

    Those that every screen has are written over the tables.
    """
    above = [kind for kind in screen.__mro__ if kind.__module__.startswith("sakip_tui.") and kind is not InkedScreen]
    found = [item for kind in (*_PARTS.get(screen.__name__, ()), *above) for item in vars(kind).get("BINDINGS", ())]
    return [item for item in found if isinstance(item, Binding) and item.description]


def spoken(key: str) -> str:
    """A key as the guide writes it."""
    name = KEY_NAMES.get(key, key)
    return f"`{name}`" if len(name) == 1 else name.replace("ctrl+", "Ctrl+")


def key_rows(screen: type) -> list[tuple[str, str]]:
    """(keys, what they do) of a screen; the keys of the seven periods as one."""
    rows = []
    for item in bindings(screen):
        if not item.key.isdigit() or item.key == "0":
            rows.append((", ".join(map(spoken, item.key.split(","))), item.description))
        elif item.key == "1":
            rows.append(("`1` sampai `7`", "Periode menurut nomornya"))
    return list(dict.fromkeys(rows))


def key_table(screen: type) -> str:
    """The keys of a screen as Markdown."""
    return "\n".join(
        ["| Tombol | Gunanya |", "|---|---|", *(f"| {keys} | {text} |" for keys, text in key_rows(screen))]
    )


def command_table() -> str:
    """All commands as Markdown, in the order of the program's own help."""
    rows = [
        " ".join(
            [
                "sakip",
                *verb.words,
                *(operand_words(place) for place in verb.operands),
                *(f"{option.name} {option.value}" for option in verb.options if option.required),
            ]
        )
        for verb in GRAMMAR.verbs.values()
    ]
    helps = [verb.help for verb in GRAMMAR.verbs.values()]
    return "\n".join(
        [
            "| Perintah | Gunanya |",
            "|---|---|",
            *(f"| `{row}` | {text} |" for row, text in zip(rows, helps, strict=True)),
        ]
    )


def term_table() -> str:
    """What the program's words mean, as Markdown."""
    return "\n".join(["| Kata | Artinya |", "|---|---|", *(f"| {word} | {meaning} |" for word, meaning in TERMS)])


def rights_rows(acts: frozenset[Act]) -> list[tuple[str, ...]]:
    """(act, with its situation in brackets, then who may in each role), in the order of the acts' table."""
    rows = []
    for act, spec in SPECS.items():
        for situation, own in spec.own.items() if act in acts else ():
            words = dict.fromkeys(Role, "tidak" if own is None else own.value)
            # Whoever only looks holds no lane.
            words[Role.PENGAMAT] = "ya" if own is Own.ANYBODY else "tidak"
            words |= dict.fromkeys(spec.roles, "ya")
            rows.append((f"{act} ({situation})" if situation else act.value, *words.values()))
    return rows


def rights_table(acts: frozenset[Act]) -> str:
    """Who may do these acts, as Markdown."""
    rows = [("Tindakan", *Role), ("---",) * (len(Role) + 1), *rights_rows(acts)]
    return "\n".join(f"|{'|'.join(row)}|" if row[0] == "---" else f"| {' | '.join(row)} |" for row in rows)


def filled(text: str) -> str:
    """A document with its tables as the program has them now."""
    known = {NAMES[name]: screen for name, screen in screens().items()}

    def table(found: re.Match[str]) -> str:
        if found[2] is None:
            content = command_table() if found[1] == "perintah" else term_table()
        else:
            content = rights_table(_RIGHTS[found[2]]) if found[1].startswith("hak") else key_table(known[found[2]])
        return f"<!-- {found[1]} -->\n\n{content}\n\n<!-- akhir -->"

    return _MARK.sub(table, text)


def main() -> None:
    for document in (GUIDE, RIGHTS):
        document.write_text(filled(document.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
