"""Writes the example forms of data kinerja from the demo office: `make contoh`.

Three workbooks beside this script: the form of a bidang as it goes out, the same form well filled, and one filled with
the mistakes that people make. Run from the project's folder. The clock stands still, so the same commit gives the same
bytes.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
import tempfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER.parents[1]))

from openpyxl import load_workbook  # noqa: E402 - the project's folder has to be on the path first

from db import opening, seed  # noqa: E402
from db.kinerja_year import data_of  # noqa: E402
from db.seed_indicators import measure  # noqa: E402
from exports.forms.form_out import HEAD_ROW  # noqa: E402
from sakip_tui.data_forms import FormOffice, form_bytes  # noqa: E402
from sop.kinerja.form_columns import COLUMNS, ISIAN_SHEET  # noqa: E402
from sop.kinerja.state import KinerjaState  # noqa: E402

NOW = 1_794_969_600
"""Wednesday 18 November 2026, 09.40 WIB."""
OFFICE = FormOffice(seed.OFFICE, seed.NAME)
OWNER = seed.BIDANG[2]
"""The bidang of the demo office whose form is still out."""
_CELLS = Mapping[tuple[str, str], Any]
"""(code, column) -> what somebody types there."""
FILLED: _CELLS = {
    ("IK-3.1", "pembilang"): 17,
    ("IK-3.1", "penyebut"): 21,
    ("IK-3.1", "pendorong"): "Mediator bertambah satu orang",
    ("IK-3.1", "bukti"): "Risalah mediasi",
    ("IK-3.2", "realisasi"): 8,
    ("IK-3.2", "kendala"): "Perusahaan kecil belum memiliki penyusun peraturan",
    ("IK-3.2", "tindak_lanjut"): "Klinik penyusunan peraturan perusahaan tiap bulan",
    ("IK-3.2", "pic"): "Kepala Bidang",
    ("IK-3.2", "batas_waktu"): dt.date(2026, 12, 18),
    ("IK-3.3", "realisasi"): 6,
    ("IK-3.4", "realisasi"): 9,
    ("IK-3.5", "realisasi"): 27.5,
    ("IK-3.6", "keadaan"): "Belum ada",
    ("IK-3.6", "alasan"): "Menunggu data dari BPJS Ketenagakerjaan",
}
FAULTY: _CELLS = {
    ("IK-3.1", "pembilang"): 17,
    ("IK-3.2", "realisasi"): "delapan",
    ("IK-3.2", "target"): 8,
    ("IK-3.3", "realisasi"): "1.234",
    ("IK-3.4", "realisasi"): 9,
    ("IK-3.4", "keadaan"): "Belum ada",
    ("IK-3.4", "alasan"): "Menunggu rekap",
    ("IK-3.5", "realisasi"): 27.5,
    ("IK-3.5", "batas_waktu"): "31/02/2027",
    ("IK-3.6", "keadaan"): "Tidak berlaku",
}
_PLACES = {column.key: place for place, column in enumerate(COLUMNS, start=1)}
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_STILL = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - as workbooks have it


def demo_data() -> tuple[KinerjaState, str]:
    """Data of the demo office's year, and the quarter whose forms are out."""
    with tempfile.TemporaryDirectory() as folder, opening.open(Path(folder) / "contoh.db", create=True) as database:
        address = seed.build(database, NOW)
        measure(database, address, NOW, seed.MANAGER)
        state = data_of(database, address, 2026, NOW)
    return state, next(key for key in state.periods if state.period(key).form(OWNER) is not None)


def examples(state: KinerjaState, period: str) -> dict[str, bytes]:
    """Name of a document -> its bytes."""
    form = form_bytes(state, OFFICE, period, OWNER)
    return {
        "formulir.xlsx": form,
        "formulir-terisi.xlsx": _typed(form, FILLED),
        "formulir-keliru.xlsx": _typed(form, FAULTY),
    }


def _typed(form: bytes, cells: _CELLS) -> bytes:
    """The form with something in its cells, saved as if always at the same moment."""
    book = load_workbook(BytesIO(form))
    sheet = book[ISIAN_SHEET]
    lines = {sheet.cell(number, _PLACES["kode"]).value: number for number in range(HEAD_ROW + 1, sheet.max_row + 1)}
    for (code, column), value in cells.items():
        sheet.cell(lines[code], _PLACES[column]).value = value
    saved, finished = BytesIO(), BytesIO()
    book.save(saved)
    with ZipFile(saved) as old, ZipFile(finished, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + f"{_STILL.isoformat()}Z".encode(), content)
            entry = ZipInfo(name, (_STILL.year, _STILL.month, _STILL.day, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, content)
    return finished.getvalue()


if __name__ == "__main__":
    for name, content in examples(*demo_data()).items():
        (FOLDER / name).write_bytes(content)
