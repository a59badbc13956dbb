"""An office's settings from the text that they are kept as. Apart, as `sakip status` reads these and no cases."""

from __future__ import annotations

import json
from functools import lru_cache

from sop.model.settings import Settings


@lru_cache(maxsize=64)
def settings_of(text: str) -> Settings:
    """Settings from their stored JSON. Raises ValueError, LookupError, TypeError for what this program never wrote."""
    return Settings.from_dict(json.loads(text))
