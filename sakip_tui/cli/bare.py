"""The command line without a command, which opens the board: its options, that every command takes as well."""

from __future__ import annotations

from sakip_tui.cli.grammar import Grammar, Verb
from sakip_tui.options import Option

SHARED = (
    Option(
        "--db",
        "basis data kantor; tanpa ini yang disebut SAKIP_DB, atau yang di map data pengguna",
        "BASIS_DATA",
        is_path=True,
    ),
    Option("--sebagai", "siapa yang bertindak; tanpa ini SAKIP_PENGGUNA atau akun komputer", "NAMA"),
    Option("--opd", "kode kantor, bila ada beberapa", "KODE"),
    Option("--sop-aktif", "kode SOP yang dipakai kantor, bila ada beberapa", "KODE"),
    Option("--pin-dari", "PIN dibaca dari deskriptor berkas ini, bila tidak ada terminal untuk mengetiknya", "FD"),
    Option("--json", "cetak satu dokumen JSON"),
    Option("--bantuan", "keterangan perintah", short="-h"),
)
BARE = Verb((), "membuka papan", "sakip_tui.cli.start:open_board")

BOARD = Grammar((), SHARED, BARE)
"""What somebody writes most often. The commands take longer to load than to read."""
