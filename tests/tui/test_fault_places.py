"""What is faulty in a form is called as the form calls it, never by the key it has inside."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from sakip_tui.fault_places import as_told, place_told
from sakip_tui.notices import notice_of
from sakip_tui.prompts.form import Form, FormField, FormMarks
from sop.model.errors import Fault, FaultyInput

TOP = Path(__file__).resolve().parents[2]
FORM = Form(
    "Akhiri bidang",
    marks=FormMarks("peran", "Peran, boleh lebih dari satu", ("admin",)),
    fields=(
        FormField("sampai", "Hari terakhir"),
        FormField("name", "Nama bidang"),
        FormField("reason", "Alasan, untuk riwayat"),
        FormField("nilai", "Realisasi"),
    ),
)


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("sampai", "Hari terakhir"),
        ("peran", "Peran, boleh lebih dari satu"),
        ("nama", "Nama bidang"),
        ("alasan", "Alasan, untuk riwayat"),
        ("value", "Realisasi"),
        ("IK-1.1 · pic", "IK-1.1, penanggung jawab"),
        ("langkah 7 · decision · tidak", "Langkah 7, keputusan, tidak kembali ke"),
        ("akun", "Akun"),
        ("Waktu", "Waktu"),
        ("IK-1.1", "IK-1.1"),
        ("", ""),
    ],
)
def test_a_place_is_told_as_its_label_reads(place: str, told: str) -> None:
    assert place_told(place, FORM.labels) == told


def test_every_fault_keeps_the_rest_and_another_error_stays_as_it_is() -> None:
    error = as_told(FaultyInput((Fault("sampai", "sampai-sebelum-sejak"), Fault("nama", "teks-kosong"))), FORM.labels)
    said = str(notice_of(error))
    assert "Hari terakhir: Akhirnya tidak sesudah awalnya." in said
    assert "Nama bidang: Isinya kosong, padahal wajib diisi." in said
    other = ValueError()
    assert as_told(other, FORM.labels) is other


def places() -> set[str]:
    """Every place that the rules and the database put into a fault of what somebody typed."""
    found = set()
    for package in ("sop/acts", "sop/kinerja", "db", "sakip_tui"):
        for path in (TOP / package).rglob("*.py"):
            if "cli" in path.parts or "host" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) > 1:
                    at = {"Fault": 0, "clean_or_none": 1, "wrong": 0}.get(node.func.id)
                    place = None if at is None else node.args[at]
                    if isinstance(place, ast.Constant) and isinstance(place.value, str):
                        found.add(place.value)
    return found


NEVER_TYPED = {"token", "host", "opd", "--opd"}
"""Come from the program itself, or from a command alone."""
CODES = re.compile(r"\b(?:name|document|value|grade|reason|note|since|until|decimals|factor|cadence|holder|pic)\b|_")


def test_no_place_is_told_by_the_key_it_has_inside() -> None:
    known = places()
    assert {"nama", "sampai", "alasan", "desimal"} <= known
    wrong = {
        place
        for place in known - NEVER_TYPED
        if CODES.search(place_told(place, {})) or place_told(place, {})[:1].islower()
    }
    assert wrong == set()
