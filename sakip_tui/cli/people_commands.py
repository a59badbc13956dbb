"""The commands for people and bidang. A list, no behaviour."""

from __future__ import annotations

from sakip_tui.cli.grammar import Verb
from sakip_tui.options import Operand, Option, office_writing

_WRITING = office_writing("tolak bila revisinya bukan ini lagi")
_CODE = Operand("KODE", "kode pengguna")
_ROLE = "pengamat, pelaksana, pengelola, admin; boleh beberapa: pengelola,admin"

_ACCOUNT = (
    "akun komputernya: siapa yang masuk dengan akun itu bertindak sebagai orang ini; bila dipakai bersama beri PIN"
)

PEOPLE_VERBS = (
    Verb(("pengguna", "daftar"), "orang yang terdaftar, peran, dan lajurnya", "sakip_tui.cli.people_acts:listing"),
    Verb(
        ("pengguna", "tambah"),
        "mendaftarkan orang; yang pertama menjadi pengelola dan admin",
        "sakip_tui.cli.people_acts:add",
        (Operand("NAMA", "nama orangnya"),),
        (
            Option("--peran", _ROLE, "PERAN", required=True),
            Option("--kode", "kode singkat yang bukan nama; tanpa ini p1, p2, dan seterusnya", "KODE"),
            Option("--akun", _ACCOUNT, "AKUN"),
            *_WRITING,
        ),
    ),
    Verb(
        ("pengguna", "ubah"),
        "mengubah nama, peran, akun, atau keadaan aktif",
        "sakip_tui.cli.people_acts:change",
        (_CODE,),
        (
            Option("--nama", "nama yang benar", "NAMA"),
            Option("--peran", _ROLE, "PERAN"),
            Option("--akun", _ACCOUNT, "AKUN"),
            Option("--tanpa-akun", "melepas akun komputernya"),
            Option("--aktif", "mengaktifkan lagi"),
            Option("--nonaktif", "menonaktifkan"),
            *_WRITING,
        ),
    ),
    Verb(
        ("pengguna", "lajur"),
        "memberikan lajur, atau mengakhirinya",
        "sakip_tui.cli.people_acts:lane",
        (_CODE, Operand("LAJUR", "nama lajur di SOP")),
        (
            Option("--bidang", "hanya untuk bidang ini", "B"),
            Option("--kedudukan", "tetap, plt, atau plh", "KEDUDUKAN"),
            Option("--sejak", "mulai berlaku; tanpa ini sekarang", "WAKTU"),
            Option("--sampai", "berakhir pada", "WAKTU"),
            Option("--akhiri", "mengakhiri lajur ini, sekarang atau pada --sampai"),
            *_WRITING,
        ),
    ),
    Verb(
        ("pengguna", "pin"),
        "memasang PIN; diketik dua kali di terminal, atau satu baris dari masukan",
        "sakip_tui.cli.people_acts:pin",
        (_CODE,),
        (
            Option("--hapus", "mencabut PIN"),
            Option("--buka-kunci", "membuka PIN yang terkunci"),
            *_WRITING,
        ),
    ),
    Verb(
        ("pengguna", "alihkan"),
        "mengalihkan semua kartu yang dipegang kepada orang lain",
        "sakip_tui.cli.people_acts:hand_over",
        (_CODE,),
        (Option("--kepada", "kode penerima", "KODE", required=True), *_WRITING),
    ),
    Verb(
        ("pengguna", "kosongkan"),
        "menghapus data pribadi orang nonaktif; kode dan riwayatnya tetap",
        "sakip_tui.cli.people_acts:blank",
        (_CODE,),
        (Option("--ketik", "kode yang sama sekali lagi; tanpa ini ditanyakan di terminal", "KODE"), *_WRITING),
    ),
    Verb(("bidang", "daftar"), "daftar bidang dengan nama lamanya", "sakip_tui.cli.people_bidang:listing"),
    Verb(
        ("bidang", "tambah"),
        "menambah bidang, sekarang atau sejak suatu tanggal",
        "sakip_tui.cli.people_bidang:add",
        (Operand("NAMA", "nama bidangnya"),),
        (Option("--sejak", "hari pertamanya, boleh di depan; tanpa ini sekarang", "TGL"), *_WRITING),
    ),
    Verb(
        ("bidang", "akhiri"),
        "mengakhiri bidang, sekarang atau sampai suatu tanggal",
        "sakip_tui.cli.people_bidang:end",
        (Operand("NAMA", "nama bidangnya"),),
        (Option("--sampai", "hari terakhirnya, boleh di depan; tanpa ini sekarang", "TGL"), *_WRITING),
    ),
    Verb(
        ("bidang", "ganti-nama"),
        "mengganti nama bidang",
        "sakip_tui.cli.people_bidang:rename",
        (Operand("BIDANG", "nama sekarang"), Operand("BARU", "nama baru")),
        _WRITING,
    ),
    Verb(
        ("bidang", "gabung"),
        "menggabungkan bidang menjadi satu",
        "sakip_tui.cli.people_bidang:merge",
        (),
        (
            Option("--bidang", "bidang yang digabung; ulangi untuk tiap bidang", "B", repeats=True, required=True),
            Option("--ke", "nama gabungannya, baru atau salah satu yang ada", "NAMA", required=True),
            *_WRITING,
        ),
    ),
)
