"""Which bidang a typed name means."""

from __future__ import annotations

import pytest

from sop.model.bidang import Family, listed_name, listed_names
from sop.model.errors import FaultyInput
from sop.model.refusals import Unknown

UNITS = Family([("Alfa", "Beta"), ("Beta", "Gama"), ("Gama", None), ("Desa", None), ("Kota", "Desa")])


@pytest.mark.parametrize("name", ["Alfa", "BETA", "gama"])
def test_every_name_leads_to_the_one_that_is_listed(name: str) -> None:
    assert listed_name(name, ("Desa", "Beta"), UNITS.names_of) == "Beta"
    assert UNITS.present_name(name) == "Gama"
    assert set(UNITS.names_of(name)) == {"Alfa", "Beta", "Gama"}


def test_a_listed_name_is_itself_beside_others_of_its_unit() -> None:
    assert listed_name("kota", ("Desa", "Kota"), UNITS.names_of) == "Kota"
    assert listed_names("kota", ("Desa", "Kota"), UNITS.names_of) == ("Desa", "Kota")


def test_where_several_became_one_it_must_be_said_which() -> None:
    with pytest.raises(FaultyInput) as caught:
        listed_name("Gama", ("Alfa", "Beta"), UNITS.names_of)
    assert caught.value.faults[0].known == ("Alfa", "Beta")


def test_a_name_that_was_merged_means_the_first_listed_of_those_that_followed_it() -> None:
    """Of two registers one went into the other, which a case has both: the old name is the one that took it over."""
    units = Family([("Umum", "Sekretariat"), ("Sekretariat", None), ("Keuangan", "Sekretariat"), ("Lama", "Umum")])
    listed = ("Keuangan", "Sekretariat")
    assert listed_name("umum", listed, units.names_of) == "Sekretariat"
    assert listed_name("lama", ("Keuangan", "Umum"), units.names_of) == "Umum"
    assert listed_name("Keuangan", listed, units.names_of) == "Keuangan"
    with pytest.raises(FaultyInput):
        listed_name("Sekretariat", ("Keuangan", "Umum"), units.names_of)


def test_names_are_told_in_the_order_in_which_they_followed_each_other() -> None:
    units = Family([("Gama", None), ("Beta", "Gama"), ("Alfa", "Beta"), ("Lain", "Gama")])
    assert units.names_of("Beta") == ("Alfa", "Lain", "Beta", "Gama")


def test_an_unknown_name_is_refused_with_the_listed_ones() -> None:
    with pytest.raises(Unknown) as caught:
        listed_name("Lain", ("Desa", "Beta"), UNITS.names_of)
    assert (caught.value.name, caught.value.known) == ("Lain", ("Desa", "Beta"))


def test_a_circle_of_names_ends() -> None:
    units = Family([("A", "B"), ("B", "A")])
    assert listed_name("a", ("A",), units.names_of) == "A"
