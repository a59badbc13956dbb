"""The user's guide is true: its example runs, its keys and commands are the program's, its pictures and links exist.

Where a key or a command is missing, `make pictures` writes the tables of the guide anew.
"""

from __future__ import annotations

import importlib.util
import re
import shlex
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from sakip_tui.cli.commands import GRAMMAR
from sakip_tui.glyphs import MARK_WORDS, UNICODE
from sakip_tui.widgets.ink import InkedScreen
from tests.cli.conftest import Desk, run

DOCS = Path(__file__).resolve().parents[2] / "docs"
GUIDE = (DOCS / "PANDUAN.md").read_text(encoding="utf-8")
README = (DOCS.parent / "README.md").read_text(encoding="utf-8")
EASTER_MONDAY = 1_775_440_800
"""2026-04-06 09:00 WIB."""


def example(name: str) -> list[str]:
    """The commands of the block that follows `<!-- contoh: NAME -->`."""
    match = re.search(rf"<!-- contoh: {name} -->\n```\n(.*?)```", GUIDE, re.DOTALL)
    assert match is not None
    return [line for line in match[1].splitlines() if line.startswith("sakip ")]


def commands() -> list[str]:
    """Every command written out in the guide, in a block or within a line."""
    blocks = re.findall(r"^```\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
    lines = [line for block in blocks for line in block.splitlines()]
    inline = re.findall(r"`(sakip [^`]+)`", re.sub(r"^```.*?^```", "", GUIDE, flags=re.DOTALL | re.MULTILINE))
    return [line for line in (*lines, *inline) if line.startswith("sakip ")]


def script(name: str) -> ModuleType:
    """A script of the documents as a module."""
    spec = importlib.util.spec_from_file_location(f"docs_{Path(name).stem}", DOCS / name)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Named tuples of the script look for their module.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


TABLES = script("tabel.py")
SCREENS: dict[str, type] = TABLES.screens()


def whole_section(heading: str) -> str:
    """The text under a heading of the second level."""
    match = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", GUIDE, re.DOTALL | re.MULTILINE)
    assert match is not None, heading
    return match[1]


def section(heading: str) -> str:
    """The same, without what stands between code fences."""
    return re.sub(r"^```.*?^```", "", whole_section(heading), flags=re.DOTALL | re.MULTILINE)


def keys_of(screen: type) -> set[str]:
    """The keys of a screen as the guide writes them."""
    return {key for keys, _ in TABLES.key_rows(screen) for key in keys.split(", ")}


def keys_in_guide(title: str) -> set[str]:
    """The keys of the table that belongs to a screen."""
    match = re.search(rf"<!-- tombol: {title} -->\n(.*?)<!-- akhir -->", GUIDE, re.DOTALL)
    assert match is not None, title
    rows = [line.split(" | ")[0].removeprefix("| ") for line in match[1].splitlines() if line.startswith("| ")][1:]
    return {key for row in rows for key in row.split(", ")}


def test_quarter_of_the_guide_runs_as_written(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAKIP_DB", str(desk.path))
    lines = example("triwulan")
    assert len(lines) == 9
    for line in lines:
        said = run(*shlex.split(line)[1:], now=EASTER_MONDAY)
        assert said.code == 0, (line, said.err)
    assert (tmp_path / "rekap.xlsx").read_bytes().startswith(b"PK")
    with zipfile.ZipFile(tmp_path / "rekap.xlsx") as book:
        sheets = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
    told = re.findall(r"^\| ([A-Z][^|]*) \|", section("Rekap"), re.MULTILINE)
    assert {sheet.replace("&amp;", "&") for sheet in sheets} <= set(told)
    board = run("papan", "2026-TW1", "--json", now=EASTER_MONDAY).json
    assert board["period_state"] == "tutup"
    late = [card for card in board["cards"] if card["late"]]
    assert [(card["step"], card["work_seconds"]) for card in late] == [(2, 41 * 60)]


@pytest.mark.parametrize(
    "heading",
    ["Alur", "Dasbor", "Riwayat", "Kalender", "SOP", "Pengaturan", "Pengguna", "Rekap", "Perintah untuk pembaca layar"],
)
def test_commands_of_a_section_do_what_they_say(
    heading: str, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On an office with bidang whose first quarter is open, its first step done."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAKIP_DB", str(desk.path))
    bidang = [word for name in ("Pelatihan Kerja", "Penempatan Kerja", "Pengawasan") for word in ("--bidang", name)]
    setting = ["siapkan", "--sop", "disnaker-kota-tangerang", "--tahun", "2026", *bidang]
    for words in (setting, ["periode", "buka", "2026-TW1"], ["mulai", "2026-TW1", "1"], ["selesai", "2026-TW1", "1"]):
        assert run(*words, now=EASTER_MONDAY).code == 0
    text = whole_section(heading)
    lines = [
        line for block in re.findall(r"^```\n(.*?)^```", text, re.DOTALL | re.MULTILINE) for line in block.splitlines()
    ]
    lines += re.findall(r"`(sakip [^`]+)`", text) if heading.startswith("Perintah") else []
    assert lines
    for line in lines:
        said = run(*shlex.split(line)[1:], now=EASTER_MONDAY)
        assert said.code == 0, (line, said.err)
        assert said.out or said.err, line


@pytest.mark.parametrize("line", commands())
def test_every_command_in_the_guide_can_be_given(line: str) -> None:
    # What stands behind ">" is the shell's.
    words = [word.replace("…", "x") for word in shlex.split(line.partition(" > ")[0])[1:]]
    GRAMMAR.read(words)


@pytest.mark.parametrize("name", SCREENS)
def test_table_of_a_screen_has_the_keys_that_the_screen_has(name: str) -> None:
    assert keys_in_guide(TABLES.NAMES[name]) == keys_of(SCREENS[name])


@pytest.mark.parametrize("name", ["PANDUAN.md", "HAK.md"])
def test_tables_stand_as_the_program_writes_them(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    assert TABLES.filled(text) == text


def test_the_guide_names_the_keys_that_every_screen_has() -> None:
    over_the_tables = section("Daftar tombol").partition("###")[0]
    assert [item.key for item in InkedScreen.BINDINGS] == ["r", "ctrl+l"]
    assert "`r`" in over_the_tables
    assert "Ctrl+L" in over_the_tables


@pytest.mark.parametrize("words", GRAMMAR.verbs)
def test_every_command_of_the_program_is_in_the_guide(words: tuple[str, ...]) -> None:
    assert re.search(rf"`sakip {' '.join(words)}[` ]", section("Semua perintah"))


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("Kartu", ("CardScreen",)),
        ("Alur", ("FlowScreen",)),
        ("Dasbor", ("DashboardScreen",)),
        ("Riwayat", ("HistoryScreen",)),
        ("Kalender", ("CalendarScreen",)),
        ("SOP", ("SopsScreen", "SopScreen")),
        ("Pengaturan", ("SettingsScreen",)),
        ("Pengguna", ("PeopleScreen",)),
    ],
)
def test_keys_named_in_the_text_about_a_screen_are_its_own(heading: str, names: tuple[str, ...]) -> None:
    """Its first words name the key of the board that opens it."""
    opening = re.match(r"\s*Tekan (`[^`]`|Enter)", section(heading))
    assert opening is not None
    assert opening[1] in keys_of(SCREENS["BoardScreen"])
    text = section(heading)[opening.end() :]
    marks = {f"`{sign}`" for sign in (*UNICODE.marks.values(), *"·○●◆◇✓-")}
    named = set(re.findall(r"`[^`\s]`", text)) - marks
    assert named <= set().union(*(keys_of(SCREENS[name]) for name in names))


def test_every_sign_on_a_card_is_explained() -> None:
    told = dict(re.findall(r"^\| `(.)` \| (.+) \|$", section("Membaca papan"), re.MULTILINE))
    for mark, words in MARK_WORDS.items():
        assert told[UNICODE.marks[mark]].startswith(words)


def test_pictures_are_those_that_the_program_draws_and_all_are_shown() -> None:
    drawn = {f"{picture.name}.svg" for picture in script("gambar/buat.py").PICTURES}
    shown = re.findall(r"!\[[^\]]+\]\((?:docs/)?gambar/([^)]+)\)", GUIDE)
    assert {path.name for path in (DOCS / "gambar").glob("*.svg")} == drawn == set(shown)


def test_pictures_name_no_place_of_a_machine_and_fetch_nothing() -> None:
    for path in (DOCS / "gambar").glob("*.svg"):
        text = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"https?:|/tmp|/home|/root|@font-face", text), path.name


def test_every_link_of_the_guide_and_the_readme_leads_somewhere() -> None:
    for text, folder in ((GUIDE, DOCS), (README, DOCS.parent)):
        headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
        anchors = {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}
        for target in re.findall(r"\]\(([^)]+)\)", text):
            path, _, anchor = target.partition("#")
            assert (folder / path).exists(), target
            assert path or anchor in anchors, target


def test_guide_shouts_nowhere() -> None:
    assert "!" not in re.sub(r"!\[|<!--|`[^`]*`", "", GUIDE)
