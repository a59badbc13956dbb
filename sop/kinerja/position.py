"""Whether what was written for a PIC is a position: other text, such as a person's name, stays in the log for good.

An office has far more positions than its SOP names, so that a title is known by the word it begins with.
"""

from __future__ import annotations

from collections.abc import Iterable

_WORDS = """
kepala kadis kadin kaban kabag kabid kasubag kasubbag kasubid kasubbid kasi kasie katim kaupt kacab ketua wakil
sekretaris sekdis sekdin sekban sekretariat sub subkoordinator subbag subbagian subbidang koordinator tim bidang seksi
bagian unit upt uptd staf staff analis analisis pranata perencana penelaah pengelola pengadministrasi penyusun pelaksana
operator verifikator bendahara pejabat pptk ppk ppid kpa plt plh pj asisten inspektur auditor camat lurah direktur
manajer penyuluh pengawas pengantar mediator instruktur penata arsiparis statistisi widyaiswara pamong pembina
pustakawan jabatan fungsional admin administrator petugas
"""
_TITLES = frozenset(_WORDS.split())
"""First words of positions in Indonesian offices, in full and as they are abbreviated."""


def is_position(text: str, known: Iterable[str]) -> bool:
    """Whether a PIC is one of the positions and people that are known, or begins as positions do.

    Args:
        text: As typed.
        known: Positions of the SOP, names of bidang, codes of registered people.
    """
    words = text.casefold().replace(".", " ").split()
    return text.strip().casefold() in {each.casefold() for each in known} or (bool(words) and words[0] in _TITLES)
