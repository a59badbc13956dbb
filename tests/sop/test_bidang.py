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


SPELT = ("Bidang Perindustrian", "Bidang Pelatihan Kerja", "Penempatan Kerja", "Sekretariat")
NO_FAMILY = Family()


@pytest.mark.parametrize(
    ("part", "meant"),
    [
        ("perindustrian", "Bidang Perindustrian"),
        ("PERIN", "Bidang Perindustrian"),
        ("bidang perin", "Bidang Perindustrian"),
        ("pelatihan", "Bidang Pelatihan Kerja"),
        ("pelatihan  kerja", "Bidang Pelatihan Kerja"),
        ("bidang penempatan kerja", "Penempatan Kerja"),
        ("sekre", "Sekretariat"),
    ],
)
def test_a_part_that_one_bidang_alone_has_means_it(part: str, meant: str) -> None:
    """A bidang may be typed by one word of its name or by its beginning."""
    assert listed_name(part, SPELT, NO_FAMILY.names_of) == meant


def test_a_part_of_several_names_is_refused_with_them() -> None:
    with pytest.raises(FaultyInput) as refused:
        listed_name("kerja", SPELT, NO_FAMILY.names_of)
    (fault,) = refused.value.faults
    assert (fault.found, fault.known) == ("kerja", ("Bidang Pelatihan Kerja", "Penempatan Kerja"))


@pytest.mark.parametrize("part", ["industrian", "bidang", "pe", "kerja pelatihan", "se", ""])
def test_what_is_no_beginning_and_no_word_means_nothing(part: str) -> None:
    with pytest.raises(Unknown):
        listed_name(part, SPELT, NO_FAMILY.names_of)


def test_a_whole_name_goes_before_names_that_it_is_a_part_of() -> None:
    assert listed_name("kerja", ("Pelatihan Kerja", "Kerja"), NO_FAMILY.names_of) == "Kerja"
    assert listed_name("kerja", ("Pelatihan Kerja", "Bidang Kerja"), NO_FAMILY.names_of) == "Bidang Kerja"
    with pytest.raises(Unknown):
        listed_name("Kerja", ("Pelatihan Kerja",), NO_FAMILY.names_of, whole=("Kerja",))


def test_a_part_of_an_earlier_name_leads_on_and_todays_names_go_before() -> None:
    units = Family([("Keuangan Daerah", "Sekretariat"), ("Umum", "Sekretariat"), ("Sekretariat", None)])
    assert listed_name("keuangan", ("Sekretariat",), units.names_of) == "Sekretariat"
    assert listed_name("keuangan", ("Umum", "Keuangan Daerah"), units.names_of) == "Keuangan Daerah"
    others = Family([("Umum", "Sekretariat"), ("Sekretariat", None), ("Pelayanan Umum", None)])
    assert listed_name("umu", ("Sekretariat", "Umum Baru"), others.names_of) == "Umum Baru"
