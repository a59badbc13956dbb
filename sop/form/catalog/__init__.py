"""The SOPs that ship with the program, one TOML file each. Data only: nothing here knows how a case runs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sop.form import toml_format
from sop.form.faults import nearest_first
from sop.model.definition import Sop
from sop.model.errors import UnknownSop

_CODES = (
    "dpmptsp-balangan",
    "disperinaker-lima-puluh-kota",
    "bappedalitbang-balangan",
    "dpmd-nganjuk",
    "disnaker-kota-tangerang",
)


def codes() -> tuple[str, ...]:
    """Codes of the shipped SOPs, in the order in which the documents came."""
    return _CODES


def text(code: str) -> str:
    """The file of an SOP as shipped, comments included. Raises UnknownSop."""
    if code not in _CODES:
        raise UnknownSop(code=code, known=nearest_first(code, _CODES))
    # Not by importlib.resources, which loads what reads archives: a tenth of all that the demo imports beside us.
    return Path(__file__).with_name(f"{code}.toml").read_text(encoding="utf-8")


@cache
def load(code: str) -> Sop:
    """The definition of an SOP as shipped; read once per process. Raises UnknownSop."""
    return toml_format.parse(text(code), code)
