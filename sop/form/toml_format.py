"""The written form of an SOP: TOML for people, the same keys as JSON for storage. `docs/FORMAT_SOP.md` describes it.

Reads and writes form only. Whether a definition is sound, and form and soundness together, is `checks.py`.

One shape serves both: `to_dict(sop)` is what `tomllib` makes of `dump(sop)`. TOML knows no null, so what a document
lacks is named in a list `absent`, and a key that is missing elsewhere means its field's default.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from itertools import count
from typing import Any, TypeVar

from sop.form import waktu
from sop.form.faults import FaultCode, Faults, TooManyFaults, nearest_first
from sop.json_text import json_text
from sop.loading import load
from sop.model.definition import (
    HEADING_KEYS,
    IDENTITY_KEYS,
    LIST_KEYS,
    Basis,
    Cadence,
    DataRole,
    DayKind,
    Decision,
    Field,
    Ground,
    Lane,
    MutuBaku,
    Sop,
    Step,
    Unit,
    Waktu,
    Written,
)
from sop.model.errors import Fault, FaultyInput
from sop.values import replace

CAUSE = "sop.form.toml_causes:cause_of"
"""Loaded for a document that is no TOML."""
FORMAT = 1
LARGEST_BYTES = 64 * 1024
MOST_DOTS = 8
LONGEST_TEXT = 2000
LARGEST_NUMBER = 999
AKHIR = "akhir"
"""Written for a Ya that ends the cadence."""

_ABSENT = "absent"
_LONGEST_CODE = 64
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_TOKENS = re.compile(
    r'"""(?:\\.|[^\\])*?"""' r"|'''.*?'''" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'" r"|#[^\n]*" r"|[.=,{}\[\]\n]",
    re.DOTALL,
)
_TOML_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f]')

_SOP_KEYS = (
    *("format", "code", "office", "zone", "zone_basis", "notes"),
    *("identity", "lists", "headings", "pelaksana", "steps"),
)
_LANE_KEYS = ("name", "original", "basis")
_GROUND_KEYS = ("basis", "mark", "note", "alternatives", "confirmed_by", "confirmed_at")
_WAKTU_KEYS = ("text", "original", "header", "day_kind", "value", "unit")
_STEP_KEYS = (
    *("number", "number_original", "title", "cadence", "pelaksana", "decider", "decision", "per_bidang", "joint"),
    *("data", "kelengkapan", "kelengkapan_text", "waktu", "keluaran", "keterangan", "marks", "note", "basis"),
)
_INDONESIAN: Mapping[str, tuple[str, ...]] = {
    "judul": ("title",),
    "kegiatan": ("title",),
    "uraian": ("title",),
    "aktivitas": ("title",),
    "no": ("number",),
    "nomor": ("number",),
    "kadens": ("cadence",),
    "periode": ("cadence",),
    "pemutus": ("decider",),
    "keputusan": ("decision",),
    "bersama": ("joint",),
    "output": ("keluaran",),
    "persyaratan": ("kelengkapan_text",),
    "dasar": ("basis",),
    "catatan": ("note", "notes"),
    "nama": ("name",),
    "kode": ("code",),
    "kantor": ("office",),
    "opd": ("office",),
    "zona": ("zone",),
    "zona_waktu": ("zone",),
    "langkah": ("steps",),
    "identitas": ("identity",),
    "daftar": ("lists",),
    "pelaku": ("pelaksana",),
}
"""What people write in Indonesian -> the keys it may stand for."""
_TEXT, _INTEGER, _BOOLEAN, _LIST, _TABLE = "teks", "bilangan bulat", "true atau false", "daftar", "tabel"
_KINDS: dict[type, str] = {str: _TEXT, int: _INTEGER, bool: _BOOLEAN, list: _LIST, dict: _TABLE, float: "pecahan"}

Place = tuple[str, ...]
_EnumT = TypeVar("_EnumT", bound=StrEnum)
_ItemT = TypeVar("_ItemT")


# Reading


def parse(text: str | bytes, source: str = "") -> Sop:
    """Read the TOML form; soundness is not looked at.

    Args:
        text: The file's content, at most `LARGEST_BYTES`; a leading byte order mark is skipped.
        source: Name of the file, for the error only.

    Raises:
        FaultyInput: Every fault of form at once.
    """
    sop, faults = draft(text)
    if sop is None or faults:
        raise FaultyInput(faults, source)
    return sop


def draft(content: str | bytes | dict[str, Any]) -> tuple[Sop | None, tuple[Fault, ...]]:
    """What can be made of a file (or of a document like that of `to_dict`), and its faults of form.

    A value at fault is replaced by a harmless one, so that the rest can still be checked; None when nothing can be
    made of the file at all.
    """
    faults = Faults()
    try:
        document = content if isinstance(content, dict) else _document(content, faults)
        return (None if document is None else _Reader(faults).sop(document)), tuple(faults.found)
    except TooManyFaults:
        return None, tuple(faults.found)


def from_dict(document: Mapping[str, Any]) -> Sop:
    """The inverse of `to_dict`, checked like a file.

    Raises:
        FaultyInput: The stored value does not have the shape of an SOP.
    """
    faults = Faults()
    try:
        sop = _Reader(faults).sop(dict(document))
    except TooManyFaults:
        raise FaultyInput(tuple(faults.found)) from None
    if faults.found:
        raise FaultyInput((Fault("", FaultCode.SIMPANAN_RUSAK), *faults.found))
    return sop


def _document(text: str | bytes, faults: Faults) -> dict[str, Any] | None:
    """TOML to plain values. Refuses by size and by depth before `tomllib` sees the text: a dotted key of 20,000
    parts keeps it busy for 9 s."""
    content = _decoded(text, faults)
    if content is None:
        return None
    deep = _too_deep_line(content)
    if deep is not None:
        faults.add((f"baris {deep}",), FaultCode.KUNCI_TERLALU_DALAM, known=(MOST_DOTS,))
        return None
    import tomllib

    try:
        return tomllib.loads(content)
    except RecursionError:
        faults.add((), FaultCode.BERSARANG_TERLALU_DALAM)
    except ValueError as error:  # TOMLDecodeError, and a number of thousands of digits
        faults.add(*_toml_fault(str(error), content))
    return None


def _decoded(text: str | bytes, faults: Faults) -> str | None:
    if len(text) > LARGEST_BYTES:
        faults.add((), FaultCode.DOKUMEN_TERLALU_BESAR, len(text), (LARGEST_BYTES,))
        return None
    try:
        raw = text.encode() if isinstance(text, str) else text
        content = raw.decode("utf-8-sig")
    except UnicodeError as error:
        faults.add((), FaultCode.BUKAN_UTF8, getattr(error, "start", ""))
        return None
    if len(raw) > LARGEST_BYTES:
        faults.add((), FaultCode.DOKUMEN_TERLALU_BESAR, len(raw), (LARGEST_BYTES,))
        return None
    return content.replace("\r\n", "\n")


def _too_deep_line(content: str) -> int | None:
    """Line of the first key with more than `MOST_DOTS` dots; None when there is none.

    Dots are counted from one delimiter to the next, outside strings and comments: only a key can hold more than one.
    """
    # A key stands on one line, and hardly any line has so many.
    if all(line.count(".") <= MOST_DOTS for line in content.split("\n")):
        return None
    dots = 0
    for match in _TOKENS.finditer(content):
        token = match[0]
        if token == ".":
            dots += 1
            if dots > MOST_DOTS:
                return content.count("\n", 0, match.start()) + 1
        elif len(token) == 1:
            dots = 0
    return None


def _toml_fault(message: str, content: str) -> tuple[Place, FaultCode, str]:
    match = _TOML_PLACE.search(message)
    if match is None:
        return (), FaultCode.TOML_TIDAK_SAH, ""
    lines = content.split("\n")
    line = int(match[1]) if match[1] else len(lines)
    column = int(match[2]) if match[2] else len(lines[-1]) + 1
    stands = lines[line - 1].strip()
    return (f"baris {line}", f"kolom {column}"), load(CAUSE)(stands), stands


class _Reader:
    """Plain values to a `Sop`, noting each fault and going on with a harmless value."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._ya_missing: set[int] = set()
        """Positions of steps whose Ya could not be read."""
        self._meant: dict[Place, str] = {}
        """Key that a table lacks -> the Indonesian word that stands there for it."""

    def sop(self, document: dict[str, Any]) -> Sop:
        self._known_keys(document, _SOP_KEYS, ())
        found = self._required(document, "format", ())
        if found is not None and (type(found) is not int or found != FORMAT):
            self._faults.add(("format",), FaultCode.FORMAT_TAK_DIDUKUNG, _KINDS.get(type(found), ""), (FORMAT,))
        zone_ground = self._required(document, "zone_basis", ())
        entries = self._entries(self._required(document, "pelaksana", ()), "pelaksana")
        lanes = self._list(entries, ("pelaksana",), self._lane)
        return Sop(
            code=self._code(self._required(document, "code", ())),
            office=self._required_text(document, "office"),
            zone=self._required_text(document, "zone"),
            zone_ground=Ground(Basis.ASUMSI) if zone_ground is None else self._ground(zone_ground, ("zone_basis",)),
            identity=self._keyed(document.get("identity", {}), ("identity",), IDENTITY_KEYS, self._written),
            lists=self._keyed(document.get("lists", {}), ("lists",), LIST_KEYS, self._written_list),
            headings=self._keyed(document.get("headings", {}), ("headings",), HEADING_KEYS, self._written),
            lanes=lanes,
            steps=self._steps(self._required(document, "steps", ())),
            notes=self._list(document.get("notes", []), ("notes",), self._text),
        )

    def _entries(self, value: object, key: str) -> list[Any]:
        """The entries of a table that is written with two brackets; with one it is a single entry, and a fault."""
        if type(value) is dict:
            self._faults.add((key,), FaultCode.TOML_KURUNG_SATU, f"[{key}]")
            return []
        return [] if value is None else self._of(value, list, (key,), _LIST)

    # Steps

    def _steps(self, value: object) -> tuple[Step, ...]:
        entries = self._entries(value, "steps")
        taken = {number for entry in entries if type(number := _number_of(entry)) is int}
        steps: list[Step] = []
        for position, entry in enumerate(entries):
            step = self._step(entry, position, taken)
            if step.cadence is None and steps and isinstance(entry, dict) and "cadence" in entry:
                step = replace(step, cadence=steps[-1].cadence)
            steps.append(step)
            taken.add(step.number)
        for position in self._ya_missing:
            step = steps[position]
            later = (other.number for other in steps[position + 1 :] if other.cadence == step.cadence)
            if step.decision is not None:
                steps[position] = replace(step, decision=replace(step.decision, ya=next(later, None)))
        return tuple(steps)

    def _step(self, value: object, position: int, taken: set[int]) -> Step:
        number = _number_of(value)
        if type(number) is int and 0 < number <= LARGEST_NUMBER:
            place: Place = (f"langkah {number}",)
        else:
            place = (f"langkah ke-{position + 1}",)
            if number is not None:
                self._integer(number, (*place, "number"), LARGEST_NUMBER)
            number = next(spare for spare in count(position + 1) if spare not in taken)
        if type(value) is not dict:
            self._wrong_kind(value, place, _TABLE)
            return Step(number, Written(""), None, (), MutuBaku((), None, None, None, None))
        self._known_keys(value, _STEP_KEYS, place)
        self._required(value, "number", place)
        title = self._required(value, "title", place)

        def optional(key: str, read: Callable[[Any, Place], _ItemT]) -> _ItemT | None:
            return read(value[key], (*place, key)) if key in value else None

        cell = optional("kelengkapan_text", self._written)
        items = optional("kelengkapan", self._text_list)
        return Step(
            number=number,
            number_original=optional("number_original", self._text),
            title=Written("") if title is None else self._written(title, (*place, "title"), empty=False),
            cadence=optional("cadence", self._cadence),
            pelaksana=optional("pelaksana", self._text_list) or (),
            decider=optional("decider", self._text),
            decision=self._decision(value["decision"], (*place, "decision"), position, number)
            if "decision" in value
            else None,
            per_bidang=optional("per_bidang", self._flag) or False,
            joint=optional("joint", self._flag) or False,
            data=optional("data", lambda name, where: self._choice(name, where, DataRole)),
            mutu_baku=MutuBaku(
                kelengkapan=items if items is not None else items_of(cell.text) if cell else (),
                kelengkapan_text=cell,
                waktu=optional("waktu", self._waktu),
                keluaran=optional("keluaran", self._written),
                keterangan=optional("keterangan", self._written),
            ),
            marks=optional("marks", self._marks) or {},
            note=optional("note", self._text),
            bases=optional("basis", self._bases) or {},
        )

    def _cadence(self, value: object, place: Place) -> Cadence | None:
        """A misspelt cadence stands in as the one it resembles, lest its neighbours seem to have lost their step."""
        cadence = self._choice(value, place, Cadence)
        return Cadence(nearest_first(value, Cadence)[0]) if cadence is None and isinstance(value, str) else cadence

    def _decision(self, value: object, place: Place, position: int, number: int) -> Decision | None:
        if type(value) is not dict:
            self._wrong_kind(value, place, _TABLE)
            return None
        self._known_keys(value, ("ya", "tidak"), place)
        ya: int | None = None
        if "ya" not in value:
            self._faults.add((*place, "ya"), FaultCode.YA_HILANG)
            self._ya_missing.add(position)
        elif value["ya"] != AKHIR:
            ya = self._integer(value["ya"], (*place, "ya"), LARGEST_NUMBER, AKHIR)
            if ya is None:
                self._ya_missing.add(position)
        if "tidak" not in value:
            self._faults.add((*place, "tidak"), FaultCode.TIDAK_HILANG)
            return Decision(ya, number)
        tidak = self._integer(value["tidak"], (*place, "tidak"), LARGEST_NUMBER)
        return Decision(ya, number if tidak is None else tidak)

    def _waktu(self, value: object, place: Place) -> Waktu | None:
        if type(value) is not str and type(value) is not dict:
            self._wrong_kind(value, place, _TEXT, _TABLE)
            return None
        table: dict[str, Any] = value if type(value) is dict else {"text": value}
        before = len(self._faults.found)
        self._known_keys(table, _WAKTU_KEYS, place)
        text = self._required(table, "text", place)
        if text is not None:
            self._text(text, place, empty=True)
        header = self._text(table["header"], (*place, "header")) if "header" in table else None
        original = self._text(table["original"], (*place, "original"), empty=True) if "original" in table else None
        kind = self._choice(table["day_kind"], (*place, "day_kind"), DayKind) if "day_kind" in table else None
        stated = self._stated(table, place) if "value" in table or "unit" in table else None
        if len(self._faults.found) > before:
            return None
        if stated is not None:
            return Waktu(text, *stated, kind, header, original)
        try:
            read = waktu.parse(text, header, place)
        except FaultyInput as error:
            self._faults.extend(error.faults)
            return None
        return replace(read, original=original, day_kind=kind or read.day_kind)

    def _stated(self, table: dict[str, Any], place: Place) -> tuple[float, Unit] | None:
        """Number and unit that stand beside the text because the text does not give them."""
        value, name = self._required(table, "value", place), self._required(table, "unit", place)
        unit = None if name is None else self._choice(name, (*place, "unit"), Unit)
        if value is not None and type(value) is not int and type(value) is not float:
            self._wrong_kind(value, (*place, "value"), _INTEGER)
        elif value is not None and unit is not None and not 0 < value <= waktu.LARGEST[unit]:
            most = (waktu.LARGEST[unit],)
            self._faults.add((*place, "value"), FaultCode.BILANGAN_DI_LUAR_BATAS, _digits(value), most)
        elif value is not None and unit is not None:
            return float(value), unit
        return None

    def _marks(self, value: object, place: Place) -> dict[str, str]:
        marks = self._of(value, dict, place, _TABLE)
        return {self._text(lane, place): self._text(mark, (*place, lane)) for lane, mark in marks.items()}

    def _bases(self, value: object, place: Place) -> dict[str, Ground]:
        table = self._of(value, dict, place, _TABLE)
        known = tuple(field.value for field in Field)
        self._known_keys(table, known, place)
        return {key: self._ground(table[key], (*place, key)) for key in known if key in table}

    def _ground(self, value: object, place: Place) -> Ground:
        if type(value) is str:
            return Ground(self._choice(value, place, Basis) or Basis.ASUMSI)
        if type(value) is not dict:
            self._wrong_kind(value, place, _TEXT, _TABLE)
            return Ground(Basis.ASUMSI)
        self._known_keys(value, _GROUND_KEYS, place)
        basis = self._required(value, "basis", place)
        by, at = value.get("confirmed_by"), value.get("confirmed_at")
        return Ground(
            basis=(self._choice(basis, (*place, "basis"), Basis) if basis is not None else None) or Basis.ASUMSI,
            mark=self._text(value["mark"], (*place, "mark")) if "mark" in value else None,
            note=self._text(value["note"], (*place, "note")) if "note" in value else None,
            alternatives=self._text_list(value.get("alternatives", []), (*place, "alternatives")),
            confirmed_by=None if by is None else self._text(by, (*place, "confirmed_by")),
            confirmed_at=None if at is None else self._integer(at, (*place, "confirmed_at"), 2**53),
        )

    def _lane(self, value: object, place: Place) -> Lane:
        if type(value) is str:
            return Lane(self._text(value, place))
        table = self._of(value, dict, place, _TABLE)
        if type(value) is not dict:
            return Lane("")
        self._known_keys(table, _LANE_KEYS, place)
        name = self._required(table, "name", place)
        return Lane(
            name="" if name is None else self._text(name, (*place, "name")),
            original=self._text(table["original"], (*place, "original"), empty=True) if "original" in table else None,
            basis=(self._choice(table["basis"], (*place, "basis"), Basis) if "basis" in table else None)
            or Basis.TERTULIS,
        )

    # Pieces

    def _keyed(
        self, value: object, place: Place, known: tuple[str, ...], read: Callable[[object, Place], _ItemT]
    ) -> dict[str, _ItemT | None]:
        """A table whose keys are fixed; those listed under `absent` become None."""
        table = self._of(value, dict, place, _TABLE)
        self._known_keys(table, (*known, _ABSENT), place)
        absent = self._text_list(table.get(_ABSENT, []), (*place, _ABSENT))
        for key in absent:
            if key not in known:
                self._faults.add((*place, _ABSENT), FaultCode.NILAI_TAK_DIKENAL, key, nearest_first(key, known))
            elif key in table:
                self._faults.add((*place, _ABSENT), FaultCode.TIDAK_ADA_TETAPI_BERISI, key)
        return {
            key: read(table[key], (*place, key)) if key in table else None
            for key in known
            if key in table or key in absent
        }

    def _written(self, value: object, place: Place, *, empty: bool = True) -> Written:
        if type(value) is str:
            return Written(self._text(value, place, empty=empty))
        if type(value) is not dict:
            self._wrong_kind(value, place, _TEXT, _TABLE)
            return Written("")
        self._known_keys(value, ("text", "original"), place)
        text = self._required(value, "text", place)
        return Written(
            "" if text is None else self._text(text, (*place, "text"), empty=empty),
            self._text(value["original"], (*place, "original"), empty=True) if "original" in value else None,
        )

    def _written_list(self, value: object, place: Place) -> tuple[Written, ...]:
        return self._list(value, place, self._written)

    def _text_list(self, value: object, place: Place) -> tuple[str, ...]:
        return self._list(value, place, self._text)

    def _list(self, value: object, place: Place, read: Callable[[object, Place], _ItemT]) -> tuple[_ItemT, ...]:
        if value is None:  # a required key that was missing and is already noted
            return ()
        entries = self._of(value, list, place, _LIST)
        return tuple(read(entry, (*place, f"ke-{position}")) for position, entry in enumerate(entries, start=1))

    def _code(self, value: object) -> str:
        if value is None:
            return ""
        code = self._text(value, ("code",))
        if code and (len(code) > _LONGEST_CODE or _CODE.fullmatch(code) is None):
            self._faults.add(("code",), FaultCode.KODE_TIDAK_SAH, code)
        return code

    def _text(self, value: object, place: Place, *, empty: bool = False) -> str:
        if not isinstance(value, str):
            self._wrong_kind(value, place, _TEXT)
            return ""
        if len(value) > LONGEST_TEXT:
            self._faults.add(place, FaultCode.TEKS_TERLALU_PANJANG, len(value), (LONGEST_TEXT,))
        elif not value.isprintable() and (bad := _forbidden(value)):
            self._faults.add(place, FaultCode.KARAKTER_TERLARANG, f"U+{ord(bad):04X}")
        elif not empty and not value.strip():
            self._faults.add(place, FaultCode.TEKS_KOSONG)
        return value

    def _integer(self, value: object, place: Place, most: int, *others: str) -> int | None:
        if type(value) is not int:
            self._wrong_kind(value, place, _INTEGER, *others)
            return None
        if not 0 < value <= most:
            self._faults.add(place, FaultCode.BILANGAN_DI_LUAR_BATAS, _digits(value), (1, most))
            return None
        return value

    def _flag(self, value: object, place: Place) -> bool:
        if type(value) is not bool:
            self._wrong_kind(value, place, _BOOLEAN)
            return False
        return value

    def _choice(self, value: object, place: Place, kind: type[_EnumT]) -> _EnumT | None:
        if type(value) is str:
            try:
                return kind(value)
            except ValueError:
                self._faults.add(place, FaultCode.NILAI_TAK_DIKENAL, value, nearest_first(value, kind))
                return None
        self._wrong_kind(value, place, _TEXT)
        return None

    def _of(self, value: object, kind: type[_ItemT], place: Place, name: str) -> _ItemT:
        """The value if it is a `kind`, else an empty one."""
        if type(value) is not kind:
            self._wrong_kind(value, place, name)
            return kind()
        return value

    def _required(self, table: Mapping[str, Any], key: str, place: Place) -> Any:
        if key in table:
            return table[key]
        if (*place, key) in self._meant:
            # Told as a wrong word already; what stands there is still looked at.
            return table[self._meant[*place, key]]
        self._faults.add((*place, key), FaultCode.KUNCI_HILANG)
        return None

    def _required_text(self, table: Mapping[str, Any], key: str) -> str:
        found = self._required(table, key, ())
        return "" if found is None else self._text(found, (key,))

    def _known_keys(self, table: Iterable[str], known: tuple[str, ...], place: Place) -> None:
        written = tuple(table)
        for key in written:
            if key in known:
                continue
            meant = [word for word in _INDONESIAN.get(key.casefold(), ()) if word in known]
            self._faults.add(
                (*place, key), FaultCode.KUNCI_TAK_DIKENAL, key, dict.fromkeys((*meant, *nearest_first(key, known)))
            )
            if meant and meant[0] not in written:
                self._meant.setdefault((*place, meant[0]), key)

    def _wrong_kind(self, value: object, place: Place, *wanted: str) -> None:
        self._faults.add(place, FaultCode.JENIS_SALAH, _KINDS.get(type(value), "tanggal atau jam"), wanted)


def _number_of(entry: object) -> Any:
    """What stands as the number of a `[[steps]]` entry; None where nothing does."""
    return entry.get("number") if isinstance(entry, dict) else None


def _digits(value: float) -> str:
    """A number for people; one beyond 64 bits has more digits than `str` writes gladly."""
    return str(value) if abs(value) < 2**63 else "…"


def _forbidden(text: str) -> str | None:
    """The first character that must not stand in a text, None without one. A no-break space may."""
    return next((char for char in text if not char.isprintable() and unicodedata.category(char) in _UNPRINTABLE), None)


def items_of(cell: str) -> tuple[str, ...]:
    """The items of a kelengkapan cell, split at its commas."""
    return tuple(item for part in cell.split(",") if (item := part.strip()))


# Writing


def to_dict(sop: Sop) -> dict[str, Any]:
    """Plain values, keys as in the TOML form; defaults are left out, so that a field added later changes no hash."""
    return {
        "format": FORMAT,
        "code": sop.code,
        "office": sop.office,
        "zone": sop.zone,
        "zone_basis": _ground_value(sop.zone_ground),
        **({"notes": list(sop.notes)} if sop.notes else {}),
        "identity": _keyed_value(sop.identity, _written_value),
        "lists": _keyed_value(sop.lists, lambda items: [_written_value(item) for item in items]),
        "headings": _keyed_value(sop.headings, _written_value),
        "pelaksana": [_lane_value(lane) for lane in sop.lanes],
        "steps": [_step_value(step) for step in sop.steps],
    }


def canonical_json(sop: Sop) -> str:
    """The one JSON text of a definition: keys sorted, no spaces, UTF-8 as it is."""
    return json_text(to_dict(sop))


@lru_cache(maxsize=16)
def from_canonical_json(text: str) -> Sop:
    """The inverse of `canonical_json`. A definition never changes, so each text is read once for whoever asks again.

    Raises:
        ValueError: The text is no JSON.
        FaultyInput: It does not have the shape of an SOP.
    """
    return from_dict(json.loads(text))


def content_hash(sop: Sop) -> str:
    """SHA-256 of `canonical_json`, hexadecimal: equal definitions, equal hash."""
    # Most programs only read definitions that stand in the database.
    from hashlib import sha256

    return sha256(canonical_json(sop).encode()).hexdigest()


def dump(sop: Sop) -> str:
    """The TOML form. `parse(dump(sop)) == sop` for every definition without faults of form."""
    document = to_dict(sop)
    lanes, steps = document.pop("pelaksana"), document.pop("steps")
    tables = {key: document.pop(key) for key in ("identity", "lists", "headings")}
    lines = _assignments(document)
    for key, table in tables.items():
        lines += ["", f"[{key}]", *_assignments(table)]
    if not lanes:
        lines.insert(len(document), "pelaksana = []")
    if not steps:
        lines.insert(len(document), "steps = []")
    for lane in lanes:
        lines += ["", "[[pelaksana]]", *_assignments(lane)]
    for step in steps:
        bases = step.pop("basis", None)
        lines += ["", "[[steps]]", *_assignments(step)]
        if bases:
            lines += ["", "[steps.basis]", *_assignments(bases)]
    return "\n".join(lines) + "\n"


def _step_value(step: Step) -> dict[str, Any]:
    standard = step.mutu_baku
    value: dict[str, Any] = {"number": step.number}
    if step.number_original is not None:
        value["number_original"] = step.number_original
    value["title"] = _written_value(step.title)
    if step.cadence is not None:
        value["cadence"] = step.cadence.value
    value["pelaksana"] = list(step.pelaksana)
    if step.decider is not None:
        value["decider"] = step.decider
    if step.decision is not None:
        ya = AKHIR if step.decision.ya is None else step.decision.ya
        value["decision"] = {"ya": ya, "tidak": step.decision.tidak}
    if step.per_bidang:
        value["per_bidang"] = True
    if step.joint:
        value["joint"] = True
    if step.data is not None:
        value["data"] = step.data.value
    value["kelengkapan"] = list(standard.kelengkapan)
    if standard.kelengkapan_text is not None:
        value["kelengkapan_text"] = _written_value(standard.kelengkapan_text)
    if standard.waktu is not None:
        value["waktu"] = _waktu_value(standard.waktu)
    if standard.keluaran is not None:
        value["keluaran"] = _written_value(standard.keluaran)
    if standard.keterangan is not None:
        value["keterangan"] = _written_value(standard.keterangan)
    if step.marks:
        value["marks"] = dict(step.marks)
    if step.note is not None:
        value["note"] = step.note
    if step.bases:
        value["basis"] = {str(name): _ground_value(ground) for name, ground in step.bases.items()}
    return value


def _waktu_value(standard: Waktu) -> str | dict[str, Any]:
    """The bare text where the text says it all."""
    try:
        read = waktu.parse(standard.text, standard.header)
    except FaultyInput:
        read = None
    value: dict[str, Any] = {"text": standard.text}
    if standard.original is not None:
        value["original"] = standard.original
    if standard.header is not None:
        value["header"] = standard.header
    stated = read is None or (read.value, read.unit) != (standard.value, standard.unit)
    if stated:
        whole = float(standard.value).is_integer()
        value["value"] = int(standard.value) if whole else standard.value
        value["unit"] = standard.unit.value
    if standard.day_kind is not None and (stated or read is None or read.day_kind is not standard.day_kind):
        value["day_kind"] = standard.day_kind.value
    return standard.text if len(value) == 1 else value


def _ground_value(ground: Ground) -> str | dict[str, Any]:
    value: dict[str, Any] = {"basis": ground.basis.value}
    if ground.mark is not None:
        value["mark"] = ground.mark
    if ground.note is not None:
        value["note"] = ground.note
    if ground.alternatives:
        value["alternatives"] = list(ground.alternatives)
    if ground.confirmed_by is not None:
        value["confirmed_by"] = ground.confirmed_by
    if ground.confirmed_at is not None:
        value["confirmed_at"] = ground.confirmed_at
    return ground.basis.value if len(value) == 1 else value


def _lane_value(lane: Lane) -> dict[str, Any]:
    value: dict[str, Any] = {"name": lane.name}
    if lane.original is not None:
        value["original"] = lane.original
    if lane.basis is not Basis.TERTULIS:
        value["basis"] = lane.basis.value
    return value


def _written_value(written: Written) -> str | dict[str, str]:
    return written.text if written.original is None else {"text": written.text, "original": written.original}


def _keyed_value(values: Mapping[str, _ItemT | None], write: Callable[[_ItemT], Any]) -> dict[str, Any]:
    """A table of fixed keys; the None ones by name under `absent`, in alphabetical order for the hash's sake."""
    table: dict[str, Any] = {key: write(value) for key, value in values.items() if value is not None}
    absent = sorted(key for key, value in values.items() if value is None)
    return {**table, _ABSENT: absent} if absent else table


def _assignments(table: Mapping[str, Any]) -> list[str]:
    """`key = value` lines; a list too long for a line takes one line per item."""
    lines = []
    for key, value in table.items():
        written = f"{_key(key)} = {_inline(value)}"
        if isinstance(value, list) and len(written) > 100:
            written = "\n".join([f"{_key(key)} = [", *(f"  {_inline(item)}," for item in value), "]"])
        lines.append(written)
    return lines


def _inline(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_inline(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(item) for item in value) + "]"
    return str(value)


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _quoted(key)


def _quoted(text: str) -> str:
    return '"' + _ESCAPED.sub(lambda match: _escape(match[0]), text) + '"'


def _escape(char: str) -> str:
    return f"\\{char}" if char in '"\\' else f"\\u{ord(char):04X}"
