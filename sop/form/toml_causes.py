"""Why a text is not TOML, where the usual slips of people show: what to mend is told instead of what a parser met."""

from __future__ import annotations

import re

from sop.form.faults import FaultCode

_CURLY = re.compile(r"[\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb]")
"""Quotation marks as word processors and chat programs put them in place of straight ones."""
_BEGINS_CURLY = re.compile(rf"[=\[,{{]\s*{_CURLY.pattern}")
_YES_OR_NO = re.compile(r"=\s*(ya|tidak|benar|salah|true|false|yes|no)\s*(#|$)", re.IGNORECASE)
_WORDS = re.compile(r"=\s*[^\W\d_]")
_HEAD = re.compile(r"\[{1,2}\s*(steps|pelaksana)\s*\]{1,2}")
_COMMENT = re.compile(r"\s*#.*")


def cause_of(line: str) -> FaultCode:
    """What is most likely wrong in the line at which a parser gave up; TOML_TIDAK_SAH where it cannot be told."""
    if _HEAD.fullmatch(_COMMENT.sub("", line).strip()):
        return FaultCode.TOML_KURUNG_SATU
    is_open = line.replace('\\"', "").count('"') % 2 == 1
    if _BEGINS_CURLY.search(line) or (is_open and _CURLY.search(line)):
        return FaultCode.TOML_KUTIP_LENGKUNG
    if is_open:
        return FaultCode.TOML_KUTIP_TERBUKA
    if _YES_OR_NO.search(line):
        return FaultCode.TOML_YA_TIDAK
    return FaultCode.TOML_TANPA_KUTIP if _WORDS.search(line) else FaultCode.TOML_TIDAK_SAH
