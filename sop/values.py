"""What the values of this program are made of: frozen, equal by what they hold, cheap to define and to make.

`msgspec.Struct` and not `dataclasses`: a class takes 14 millionths of a second to define there and 900 here, a tenth of
a start in all, and its values are made several times as fast (docs/decisions/0025). Named tuples stay where a value is
used as one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, dataclass_transform

from msgspec import Struct, field
from msgspec.structs import force_setattr, replace

__all__ = ["Frozen", "Mutable", "asdict", "field", "fields", "force_setattr", "replace"]

StructT = TypeVar("StructT", bound=Struct)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen(Struct, frozen=True):
    """Never changed once it is made. Two are equal where class and fields are; it hashes where its fields do."""


@dataclass_transform(field_specifiers=(field,))
class Mutable(Struct):
    """Fields that are set again as work goes on."""


def fields(value: Struct | type[Struct]) -> tuple[str, ...]:
    """Names of the fields, in their order. That of msgspec works out every field's type, at each call."""
    return value.__struct_fields__


def asdict(value: Struct) -> dict[str, Any]:
    """A value as a dict of its fields in their order, the values within it likewise."""
    return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}


def _plain(held: Any) -> Any:
    if isinstance(held, Struct):
        return asdict(held)
    if isinstance(held, Mapping):
        return {key: _plain(part) for key, part in held.items()}
    if type(held) in (tuple, list):
        return type(held)(map(_plain, held))
    return held
