"""What the screen of people asks, and what an answer means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from db.people import PersonRow
from db.people_store import GivenLane, NewPerson, PersonChange
from sakip_tui.prompts.form import Choice, Form, FormField, FormMarks, Response
from sakip_tui.views.bidang import dates_words
from sop.model.definition import Sop
from sop.model.errors import FaultyInput, Gathering
from sop.model.pelaksana import FIRST_ROLES, MembershipKind, Role
from sop.model.texts import clean
from sop.time.instants import ENDS_AHEAD, civil, midnight, parse_date, parse_instant
from sop.words.labels import LABELS, upper
from sop.words.people import entry_words
from sop.words.sop import work_of_lane
from sop.words.time import DAY_EXAMPLE

ALL_BIDANG = "semua"
KEEP = "tetap"
"""Answer that hands nothing over."""
_DAY = 86_400
_MOST_NAMED = 8
"""Bidang that are named where one is to be typed."""
_ROLES = {
    Role.PENGAMAT: "hanya membaca, boleh berkomentar",
    Role.PELAKSANA: "bertindak di lajur yang dipegang",
    Role.PENGELOLA: "mengelola periode dan berkas, boleh mencatat untuk lajur mana pun",
    Role.ADMIN: "mengurus orang dan kantor",
}


_BY_BIDANG = (
    "Lajur ini bekerja tiap bidang. Bila Bidang dikosongkan, orang ini boleh bertindak di lajur ini untuk semua bidang."
)
_ACCOUNT = (
    "Siapa pun yang masuk dengan akun komputer ini bertindak sebagai orang ini. Bila akunnya dipakai bersama, pasang "
    "PIN sesudah ini, dengan tombol p di daftar pengguna: PIN ditanyakan setiap kali program dibuka."
)
ROLES = tuple(f"{LABELS[Role][role].capitalize()}: {text}." for role, text in _ROLES.items())


def called(row: PersonRow) -> str:
    """The name of somebody; the code where the data were blanked."""
    return clean(row.name) or row.code


def _roles(held: Iterable[Role]) -> FormMarks:
    return FormMarks("peran", "Peran, boleh lebih dari satu", tuple(Role), marked=frozenset(held))


def _marked(answer: Response) -> frozenset[Role]:
    return frozenset(map(Role, answer.marked("peran")))


def add(is_first: bool, account: str | None) -> Form:
    """Somebody new.

    Args:
        is_first: Whether nobody is registered in the office.
        account: The account at the operating system, to be proposed for the first person of a file; None in an office
            beside others that have people.
    """
    body: tuple[str, ...] = ROLES
    if is_first:
        body = (
            "Orang pertama menjadi pengelola dan admin. Sejak itu setiap orang bertindak menurut peran dan lajurnya.",
        )
        if account is None:
            body = (*body, "Bila Anda sendiri, cukup ketik nama Anda: kode, akun, dan PIN Anda ikut dari kantor lain.")
    own = f"akun yang sedang dipakai: {account}"
    title = "Daftarkan diri Anda sebagai pengelola dan admin" if is_first and account is not None else "Daftarkan orang"
    return Form(
        title,
        (*body, _ACCOUNT),
        marks=None if is_first else _roles({Role.PELAKSANA}),
        fields=(
            FormField("nama", "Nama", required=True),
            FormField("kode", "Kode", "kosong = p1, p2, …; bukan nama, karena kode tetap ada di riwayat"),
            FormField("akun", "Akun komputer", own if account else "bila punya akun sendiri", account or ""),
        ),
        submit="Daftarkan",
        forewarned=_shut_out(account) if is_first and account is not None else None,
    )


def _shut_out(account: str) -> Callable[[Response], str]:
    """What is said, before it is sent, of a form by which this account lets nobody in any more."""

    def told(answer: Response) -> str:
        typed = answer.text("akun")
        return "" if typed == account else entry_words(typed, account)

    return told


def new_person(answer: Response) -> NewPerson:
    """The person that an answer describes; for the first one no roles are asked."""
    roles = _marked(answer) if "peran" in answer.values else FIRST_ROLES
    return NewPerson(answer.text("nama") or "", roles, answer.text("kode"), answer.text("akun"))


def change(row: PersonRow, account: str | None) -> Form:
    """Name, roles and account of somebody.

    Args:
        row: As they are registered.
        account: The account at the operating system, where it alone lets them in; else None.
    """
    return Form(
        f"Ubah {called(row)}",
        (*ROLES, _ACCOUNT),
        marks=_roles(row.roles),
        fields=(
            FormField("nama", "Nama", value=clean(row.name), required=bool(row.name)),
            FormField("akun", "Akun komputer", "kosong = tidak punya", row.account or ""),
        ),
        forewarned=None if account is None else _shut_out(account),
    )


def person_change(row: PersonRow, answer: Response) -> PersonChange:
    """What an answer changes; a name that was blanked stays so unless one is typed."""
    account = answer.text("akun") or ""
    return PersonChange(
        answer.text("nama"),
        _marked(answer),
        account if account != (row.account or "") else None,
    )


def give_lane(
    row: PersonRow, lanes: Mapping[str, bool], bidang: Sequence[str], sop: Sop, told: Callable[[Response], str]
) -> Form:
    """A lane to be held.

    Args:
        row: Who holds it.
        lanes: Lane -> whether a step of it is done per bidang.
        bidang: Those of the office.
        sop: The one on view, whose steps tell what a lane does.
        told: How the typed days are read.
    """
    fields = [
        FormField("kedudukan", "Kedudukan", value=MembershipKind.TETAP.value, options=tuple(MembershipKind)),
        FormField("sejak", "Sejak", f"kosong = sekarang; {DAY_EXAMPLE}"),
        FormField("sampai", "Sampai", f"kosong = sampai diakhiri; {DAY_EXAMPLE}"),
    ]
    if bidang:
        fields.insert(0, FormField("bidang", "Bidang", "kosong = semua bidang; cukup satu kata dari namanya"))
    return Form(
        f"Lajur untuk {called(row)}",
        (_bidang_words(bidang),) if bidang else (),
        tuple(
            Choice(lane, lane, _lane_words(sop, lane, _BY_BIDANG if per_bidang and bidang else ""))
            for lane, per_bidang in lanes.items()
        ),
        fields=tuple(fields),
        submit="Berikan",
        forewarned=told,
    )


def _lane_words(sop: Sop, lane: str, more: str) -> str:
    """Which steps a lane does, and what else there is to say of it."""
    work = work_of_lane(sop, lane) or "tidak ada langkahnya di SOP ini"
    return " ".join(filter(None, (f"{upper(work)}.", more)))


def _bidang_words(bidang: Sequence[str]) -> str:
    """What may be typed, as far as it has room over the questions."""
    more = len(bidang) - _MOST_NAMED
    return f"Bidang: {', '.join(bidang[:_MOST_NAMED])}{f', dan {more} lagi (layar Bidang)' if more > 0 else ''}."


def lane_of(answer: Response, offset: int, now: int) -> GivenLane:
    """The lane that an answer gives. Raises FaultyInput with every fault."""
    met = Gathering()
    since = moment(answer, "sejak", offset, now, met)
    until = moment(answer, "sampai", offset, now, met, ends=True)
    met.check()
    bidang = answer.text("bidang")
    if bidang is not None and bidang.casefold() == ALL_BIDANG:
        bidang = None
    kind = MembershipKind(answer.text("kedudukan") or MembershipKind.TETAP)
    return GivenLane(answer.choice or "", bidang, kind, since, until)


def days_read(answer: Response, offset: int, now: int) -> str:
    """How the days of a lane are read; empty as long as none can be."""
    since = moment(answer, "sejak", offset, now, Gathering())
    until = moment(answer, "sampai", offset, now, Gathering(), ends=True)
    first, last = dates_words(since, until, offset)
    return "".join(("Berlaku", first and f" sejak {first}", last and f" sampai {last}", ".")) if first or last else ""


def end_lane(row: PersonRow, held: Sequence[str]) -> Form:
    """Which lane ends, and when."""
    return Form(
        f"Akhiri lajur {called(row)}",
        (),
        tuple(Choice(str(number), text) for number, text in enumerate(held)),
        fields=(FormField("sampai", "Sampai", f"kosong = sekarang; {DAY_EXAMPLE}"),),
        submit="Akhiri",
    )


def moment(answer: Response, name: str, offset: int, now: int, met: Gathering, *, ends: bool = False) -> int | None:
    """A moment or a day typed in a field; a day begins with it, or with `ends` counts to its end."""
    text = answer.text(name)
    if text is None:
        return None
    place = name.capitalize()
    try:
        today = civil(now, offset).date()
        day = parse_date(text, offset, now, place, near=today + ENDS_AHEAD if ends else today)
    except FaultyInput:
        return met.tried(lambda: parse_instant(text, offset, now, place)[0])
    return midnight(day, offset) + (_DAY if ends else 0)


def hand_over(row: PersonRow, cards: int, people: Sequence[PersonRow]) -> Form:
    """To whom all open cards go."""
    return Form(
        f"Alihkan kartu {called(row)}",
        (f"{cards} kartu terbuka beralih, masing-masing tercatat di riwayat.",),
        tuple(Choice(other.code, called(other)) for other in people),
        fields=(FormField("alasan", "Alasan"),),
        submit="Alihkan",
    )


def toggle_active(row: PersonRow, held: int, others: Sequence[PersonRow], *, manages: bool) -> Form:
    """Whether somebody is to be inactive, or active again; of cards in hand also who takes them.

    Args:
        row: Who.
        held: Their open cards.
        others: Who may take all of these.
        manages: Whether who asks may hand cards over.
    """
    word = "Nonaktifkan" if row.is_active else "Aktifkan"
    body: tuple[str, ...] = (f"{called(row)} masih memegang {held} kartu terbuka." if held else f"Kode {row.code}.",)
    choices: tuple[Choice, ...] = ()
    if held and manages and others:
        choices = (
            *(Choice(other.code, f"Alihkan kepada {called(other)}") for other in others),
            Choice(KEEP, "Jangan alihkan", "kartunya tetap tercatat padanya sampai dialihkan"),
        )
    elif held:
        why = "belum ada orang lain yang memegang semua lajurnya" if manages else "pengelola yang mengalihkannya"
        body = (*body, f"Kartunya tetap padanya: {why} (tombol t).")
    fields = (FormField("alasan", "Alasan"),)
    return Form(f"{word} {called(row)}", body, choices, fields=fields, submit=word)


def blank(row: PersonRow) -> Form:
    """Whether a person's data are to go for ever: the code is typed, anew each time."""
    return Form(
        f"Kosongkan {called(row)}",
        (
            "Nama, akun, PIN, dan tulisan yang belum dikirim dihapus untuk seterusnya. Kode dan riwayat tetap.",
            f"Ketik kodenya, {row.code}, untuk meneruskan.",
        ),
        fields=(FormField("kode", "Kode", required=True, is_fleeting=True), FormField("alasan", "Alasan")),
        submit="Kosongkan",
    )
