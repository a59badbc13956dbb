"""The options of a document that proves a step."""

from __future__ import annotations

from pathlib import Path

from sakip_tui.cli.values import Values
from sakip_tui.digests import digesting
from sop.model.state import Evidence


def evidence(values: Values) -> Evidence | None:
    """What was said of a document; the computer file itself is only looked at for its name and digest."""
    day = values.day("--tanggal")
    name, digest = _looked_at(values, values.text("--berkas"))
    given = (values.text("--nomor"), None if day is None else day.isoformat(), values.text("--lokasi"), name, digest)
    return Evidence(*given) if any(part is not None for part in given) else None


def _looked_at(values: Values, given: str | None) -> tuple[str | None, str | None]:
    if given is None:
        return None, None
    path = Path(given)
    try:
        if not path.is_file():
            values.fault("--berkas", "tak-terbaca", given, ("bukan dokumen biasa",))
            return None, None
        *_, digest = digesting(path)
    except (OSError, ValueError) as error:
        values.fault(
            "--berkas",
            "tak-terbaca",
            given,
            ("tidak ada, atau tidak diizinkan" if isinstance(error, OSError) else "namanya tidak dapat dipakai",),
        )
        return None, None
    return path.name, digest
