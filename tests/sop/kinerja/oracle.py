"""The figures of rules part 7 computed a second time, another way: on plain tuples, in fractions, by the rule's words.

Shares no code with `sop.kinerja`. A leaf is (value, target, pembilang, penyebut, applies), numbers as fractions.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

F = Fraction


class OracleLeaf(NamedTuple):
    value: Fraction | None
    target: Fraction | None
    above: Fraction | None = None
    below: Fraction | None = None
    applies: bool = True


def capaian(arah: str, value: Fraction, target: Fraction, turun: str) -> Fraction | None:
    if target < 0:
        return None
    if target == 0:
        return F(100) if value == 0 else F(0)
    quotient = value / target
    if arah == "naik":
        return quotient * 100
    if arah == "tetap":
        return F(100) - (quotient - 1 if quotient > 1 else 1 - quotient) * 100
    if turun == "selisih":
        return F(200) - quotient * 100
    return F(200) if quotient == 0 else F(100) / quotient


def counted(raw: Fraction, row_cap: int | None, mean_cap: int | None) -> Fraction:
    figure = raw if raw > 0 else F(0)
    for cap in (row_cap, mean_cap):
        if cap is not None and figure > cap:
            figure = F(cap)
    return figure


def printed(value: Fraction, places: int) -> str:
    """Half away from zero, by long division on the digits."""
    negative, size = value < 0, abs(value)
    whole, rest = divmod(size.numerator, size.denominator)
    digits = []
    for _ in range(places):
        digit, rest = divmod(rest * 10, size.denominator)
        digits.append(digit)
    if rest * 2 >= size.denominator:
        place = places - 1
        while place >= 0 and digits[place] == 9:
            digits[place] = 0
            place -= 1
        if place >= 0:
            digits[place] += 1
        else:
            whole += 1
    text = ""
    for count, digit in enumerate(reversed(str(whole))):
        text = digit + ("." if count and count % 3 == 0 else "") + text
    if places:
        text += "," + "".join(str(digit) for digit in digits)
    is_zero = whole == 0 and not any(digits)
    return ("-" if negative and not is_zero else "") + text


def combined(konsolidasi: str, is_ratio: bool, factor: int, leaves: list[OracleLeaf]) -> Fraction | None:
    """One value of leaves that all have one."""
    if not leaves:
        return None
    if konsolidasi == "akhir":
        return leaves[-1].value
    if is_ratio:
        above, below = F(0), F(0)
        for leaf in leaves:
            assert leaf.above is not None
            assert leaf.below is not None
            above, below = above + leaf.above, below + leaf.below
        return above * factor / below if below else None
    total, count = F(0), 0
    for leaf in leaves:
        assert leaf.value is not None
        total, count = total + leaf.value, count + 1
    return total if konsolidasi == "jumlah" else total / count


def aimed(konsolidasi: str, is_ratio: bool, targets: list[Fraction | None]) -> Fraction | None:
    if not targets:
        return None
    if konsolidasi == "akhir":
        return targets[-1]
    total = F(0)
    for target in targets:
        if target is None:
            return None
        total += target
    return total if konsolidasi == "jumlah" and not is_ratio else total / len(targets)
