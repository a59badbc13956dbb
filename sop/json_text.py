"""The one JSON text of a value: what is hashed, kept and compared is written the same everywhere."""

from __future__ import annotations

import json
from typing import Any

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def json_text(value: Any) -> str:
    """Keys sorted by code point, no spaces, characters as they are. Raises ValueError for NaN and infinities."""
    return _encode(value)
