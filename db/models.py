"""The tables: columns, constraints, indexes, and what each column holds. No behaviour; the only schema there is.

`make sql` writes from it, into `statements.py`, the statements that make a new file, the columns of each table with
their shapes, and the queries of `sql/`: what runs needs no Peewee for them. How a value of a shape is written and read
stands in `case_rows.py`, which values are none of that shape in `unreadable.py`. `migrations/` changes older files.

Portable to a server: moments are 64-bit integers of UTC epoch seconds, flags are integers 0 and 1 (so that the hash of
an event does not depend on the engine), small tuples are JSON text, absent bidang in a unique key is an empty text
(since NULLs never collide).

Rows of `periods`, `cases` and `runs` are what replaying the events gives. Columns there bear the names of the fields
in `sop.model.state`, those of runs and periods in the same order.
"""

from __future__ import annotations

from typing import Any

from peewee import SQL, AutoField, BigIntegerField, ForeignKeyField, IntegerField, Model, TextField


class Moment(BigIntegerField):
    """UTC epoch seconds that a calendar reaches."""

    shape = "moment"


class Flag(IntegerField):
    """0 or 1."""

    shape = "flag"


class Shaped(TextField):
    """A text of one shape: a code that means something, or JSON."""

    def __init__(self, shape: str, **options: Any) -> None:
        super().__init__(**options)
        self.shape = shape


class ListText(Shaped):
    """JSON of a list, `[]` for the empty one."""


class Table(Model):
    """Base of all tables: strict, so that no text slips into a number's column."""

    class Meta:
        strict_tables = True
        legacy_table_names = False


class Opd(Table):
    """One OPD."""

    id = AutoField()
    code = TextField(unique=True)
    name = TextField()
    zone = Shaped("zone")
    settings = Shaped("settings")
    """`Settings.to_dict` as JSON."""

    class Meta:
        table_name = "offices"


class Bidang(Table):
    """The office's list of bidang and of units that hand in like one."""

    id = AutoField()
    office = ForeignKeyField(Opd, backref="+", index=False)
    name = TextField()
    position = IntegerField()
    active = Flag(default=1)
    """Whether it stands in the list that the next fan-out freezes."""
    since = Moment(null=True)
    """From when the name holds; null where it was there at the set-up."""
    until = Moment(null=True)
    """When the name ended, by renaming or merging."""
    successor = ForeignKeyField("self", backref="+", null=True, index=False)
    """The bidang that goes on under another name."""

    class Meta:
        table_name = "bidang"
        indexes = ((("office", "name"), True),)


class CalendarRevision(Table):
    """One revision of the office's working calendar; never changed."""

    id = AutoField()
    office = ForeignKeyField(Opd, backref="+", index=False)
    revision = IntegerField()
    spec = Shaped("calendar_spec")
    """`CalendarSpec.to_dict` as JSON."""
    content_hash = TextField()
    """SHA-256 of `spec`, hexadecimal; stands in the event that recorded it."""
    recorded = Moment()

    class Meta:
        table_name = "calendar_revisions"
        indexes = ((("office", "revision"), True),)


class SopVersion(Table):
    """One version of an SOP; never changed. Without an office it was imported and waits to be adopted."""

    id = AutoField()
    office = ForeignKeyField(Opd, backref="+", null=True, index=False)
    sop_code = TextField()
    version = IntegerField()
    definition = Shaped("definition")
    """`toml_format.to_dict` as JSON."""
    content_hash = TextField()
    """SHA-256 of `definition`, hexadecimal; stands in the event that recorded it."""
    recorded = Moment()

    class Meta:
        table_name = "sop_versions"
        indexes = ((("office", "sop_code", "version"), True),)


class Confirmation(Table):
    """A value of an SOP version that the office confirmed as it stands."""

    id = AutoField()
    sop_version = ForeignKeyField(SopVersion, backref="+", index=False)
    step = IntegerField()
    field = TextField()
    """A `definition.Field`."""
    by_person = TextField()
    at = Moment()

    class Meta:
        table_name = "confirmations"
        indexes = ((("sop_version", "step", "field"), True),)


class ReportingYear(Table):
    """One calendar year of one adopted SOP: what events, periods and gates belong to."""

    id = AutoField()
    office = ForeignKeyField(Opd, backref="+", index=False)
    sop_code = TextField()
    year = IntegerField()
    cadence = Shaped("cadence", null=True)
    """The office's choice where the SOP names no period."""

    class Meta:
        table_name = "reporting_years"
        indexes = ((("office", "sop_code", "year"), True),)


class Period(Table):
    """`sop.model.state.PeriodState`."""

    id = AutoField()
    reporting_year = ForeignKeyField(ReportingYear, backref="+", index=False)
    key = Shaped("period_key")
    has_case = Flag()
    phase = Shaped("period_phase")
    moment = Moment(null=True)
    revision = IntegerField()
    closings = IntegerField()
    reopenings = IntegerField()
    closed_at = Moment(null=True)
    waivers = Shaped("waivers")
    """{child key: [at, reopenings]}"""
    last_case = IntegerField()

    class Meta:
        table_name = "periods"
        indexes = ((("reporting_year", "key"), True),)


class Case(Table):
    """`sop.model.state.CaseState`, its runs apart."""

    id = AutoField()
    period = ForeignKeyField(Period, backref="+", index=False)
    number = IntegerField()
    sop_version = IntegerField()
    """The version's number."""
    phase = Shaped("case_phase")
    opened = Moment()
    moment = Moment()
    revision = IntegerField()
    ended = Moment(null=True)
    holds = ListText("intervals")
    """[[start, end or null]]"""
    gate_since = Moment(null=True)
    regions = Shaped("regions")
    """{first step: [bidang]}"""
    region_floors = Shaped("region_floors")
    """{first step: moment}"""
    retired = ListText("runs")
    """Runs without an image in the present version, each a list in the order of `case_rows.RUN_COLUMNS`."""
    vanished = ListText("vanished")
    """[[step, bidang or null, revision]]"""

    class Meta:
        table_name = "cases"
        indexes = ((("period", "number"), True),)


class Run(Table):
    """`sop.model.state.RunState`. Intervals are [[start, end or null]]."""

    id = AutoField()
    case = ForeignKeyField(Case, backref="+", index=False)
    step = IntegerField()
    bidang = Shaped("slot_bidang")
    """Empty where the step is not per bidang."""
    attempt = IntegerField()
    phase = Shaped("run_phase")
    ready = Moment()
    opened_by = BigIntegerField()
    opening = Shaped("opening")
    origins = ListText("run_keys")
    """[[step, bidang or null, attempt]]"""
    loop_target = Flag()
    valid = Flag()
    revision = IntegerField()
    holder = TextField(null=True)
    started = Moment(null=True)
    ended = Moment(null=True)
    work = ListText("intervals")
    pauses = ListText("intervals")
    waits = ListText("intervals")
    paused_from = Shaped("run_phase", null=True)
    handed_in_by = TextField(null=True)
    answer = Shaped("answer", null=True)
    taken_over = Flag()
    note = TextField(null=True)
    ticks = ListText("ticks")
    """[[item, by, at]]"""
    evidence = ListText("evidence")
    """[[number, dated, location, file_name, sha256]]"""
    inputs = Shaped("inputs", null=True)
    """[[child key, reopenings]]"""
    verdict = Shaped("verdict", null=True)
    """The fields of `deadline.Verdict`, in order."""
    acts = ListText("numbers")
    cut_by = BigIntegerField(null=True)
    late_entry = Flag()
    doubted = Flag()

    class Meta:
        table_name = "runs"
        indexes = ((("case", "step", "bidang", "attempt"), True),)


Run.add_index(Run.index(Run.case, Run.step, Run.bidang, unique=True, where=SQL("valid = 1"), name="runs_one_valid"))


class LogLine(Table):
    """The log. Rows are only ever added (triggers see to it); `docs/LOG.md` publishes how the hash is made."""

    sequence = BigIntegerField(primary_key=True)
    recorded = Moment()
    at = Moment()
    act = Shaped("act")
    office = TextField(null=True)
    """The office's code, in clear text for whoever reads the log without the other tables."""
    reporting_year = ForeignKeyField(ReportingYear, backref="+", null=True, index=False)
    period = Shaped("period_key", null=True)
    case_number = IntegerField(null=True)
    step = IntegerField(null=True)
    bidang = TextField(null=True)
    attempt = IntegerField(null=True)
    by_person = TextField()
    for_lane = TextField(null=True)
    host = TextField(null=True)
    late_entry = Flag()
    doubted = Flag()
    touches = Shaped("texts")
    """JSON list."""
    data = Shaped("object")
    """JSON object."""
    token = TextField(null=True)
    command_hash = TextField(null=True)
    """SHA-256 of what was asked, beside a token: the same token with another question is refused."""
    previous_hash = TextField()
    hash = TextField()

    class Meta:
        table_name = "events"
        indexes = ((("reporting_year", "period"), False),)


# Most events carry no token; leaving those out of the index saves a page in every transaction.
LogLine.add_index(LogLine.index(LogLine.token, unique=True, where=SQL("token IS NOT NULL"), name="events_token"))


class ClosedPeriod(Table):
    """What a period's closing froze; never changed."""

    id = AutoField()
    period = ForeignKeyField(Period, backref="+", index=False)
    revision = IntegerField()
    """The r of tutup(r)."""
    event = ForeignKeyField(LogLine, backref="+", index=False)
    at = Moment()
    figures = Shaped("object")
    calendar_revision = IntegerField()
    head_hash = TextField()
    """Hash of the log's newest event before the closing."""

    class Meta:
        table_name = "closings"
        indexes = ((("period", "revision"), True),)


class Person(Table):
    """Somebody who works here. The log holds only the code, so a name can be blanked without breaking the chain."""

    id = AutoField()
    office = ForeignKeyField(Opd, backref="+", index=False)
    code = TextField()
    name = TextField()
    roles = Shaped("roles", column_name="role")
    """Values of `Role` with commas between them, in its order; at least one."""
    account = TextField(null=True)
    """Name of the account at the operating system."""
    active = Flag(default=1)

    class Meta:
        table_name = "people"
        indexes = ((("office", "code"), True), (("office", "account"), True))


class LaneTerm(Table):
    """A lane held, for one bidang or for all of them, from one moment to another; `kind` is a `MembershipKind`."""

    id = AutoField()
    person = ForeignKeyField(Person, backref="+")
    lane = TextField()
    bidang = TextField(null=True)
    since = Moment()
    until = Moment(null=True)
    kind = Shaped("membership_kind", default="tetap")

    class Meta:
        table_name = "memberships"


class IndicatorLine(Table):
    """`sop.model.office.IndicatorText`; never changed."""

    id = AutoField()
    office = ForeignKeyField(Opd, backref="+", index=False)
    indicator = TextField()
    """The code as it is compared."""
    number = IntegerField()
    since = Shaped("period_key")
    closed = Shaped("texts")
    """JSON list of period keys."""
    definition = Shaped("object")
    """`sop.kinerja.form.indicator_to_json` as JSON."""

    class Meta:
        table_name = "indicator_versions"
        indexes = ((("office", "indicator", "number"), True),)


class TargetBook(Table):
    """`sop.model.office.TargetText`, its values apart."""

    id = AutoField()
    office = ForeignKeyField(Opd, backref="+", index=False)
    year = IntegerField()
    number = IntegerField()
    document = TextField()
    since = Shaped("period_key")

    class Meta:
        table_name = "target_sets"
        indexes = ((("office", "year", "number"), True),)


class TargetLine(Table):
    """What is aimed at: one indicator in one period, in one set."""

    id = AutoField()
    target_set = ForeignKeyField(TargetBook, backref="+", index=False)
    indicator = TextField()
    period = Shaped("period_key")
    value = Shaped("object")
    """`sop.kinerja.form.target_to_json` as JSON."""

    class Meta:
        table_name = "targets"
        indexes = ((("target_set", "indicator", "period"), True),)


class DataBook(Table):
    """`sop.kinerja.state.DataPeriod`, what is kept of it but forms, rows and closings."""

    id = AutoField()
    period = ForeignKeyField(Period, backref="+", unique=True, index=False)
    revision = IntegerField()
    rolled = Shaped("object", null=True)
    """{"rows": [{"owner", "row"}]}"""
    taken = Shaped("object", null=True)
    """{child key: number of its closing}"""

    class Meta:
        table_name = "data_periods"


class SentForm(Table):
    """`sop.kinerja.form.FormRevision` of one owner."""

    id = AutoField()
    period = ForeignKeyField(Period, backref="+", index=False)
    owner = TextField()
    """A bidang's name; empty for the office itself."""
    number = IntegerField()
    rows = Shaped("object")
    """{"rows": [`FormRow.to_dict`]}"""

    class Meta:
        table_name = "forms"
        indexes = ((("period", "owner", "number"), True),)


class FilledRow(Table):
    """`sop.kinerja.state.IsianRow` of one filling."""

    id = AutoField()
    period = ForeignKeyField(Period, backref="+", index=False)
    owner = TextField()
    """As in `SentForm`."""
    case_number = IntegerField()
    attempt = IntegerField()
    indicator = TextField()
    isian = Shaped("object", null=True)
    """`Isian.to_dict`; null for belum diisi."""
    changes = Shaped("texts")
    """JSON list of the codes of who changed it."""
    word = TextField(null=True)
    mark = Shaped("object", null=True)
    """{"note", "by", "at", "answered"}"""
    accepted = Shaped("object", null=True)
    """`Isian.to_dict`"""

    class Meta:
        table_name = "data_rows"
        indexes = ((("period", "owner", "case_number", "attempt", "indicator"), True),)


class ClosedFigures(Table):
    """`sop.kinerja.state.ClosedData`; never changed."""

    id = AutoField()
    period = ForeignKeyField(Period, backref="+", index=False)
    number = IntegerField()
    """Of the closing."""
    kept = Shaped("object")

    class Meta:
        table_name = "data_closings"
        indexes = ((("period", "number"), True),)


class Pin(Table):
    """What a person signs in with on a shared PC. Apart from people, so that a list of people never carries it."""

    id = AutoField()
    person = ForeignKeyField(Person, backref="+", unique=True)
    hash = TextField()
    """argon2id with its own salt and costs, in the usual text form."""
    failures = IntegerField(default=0)
    """Wrong PINs since the last right one."""
    locked_until = Moment(null=True)
    changed = Moment()

    class Meta:
        table_name = "pins"


class SigningOfficial(Table):
    """An official who signs recaps. The log holds position and hash, so the rest can be blanked."""

    id = AutoField()
    office = ForeignKeyField(Opd, backref="+", index=False)
    code = TextField()
    position = TextField()
    since = TextField(null=True)
    """Key of the first period that is signed so."""
    digest = TextField()
    """SHA-256 of salt, name, rank and NIP; empty once they were blanked."""
    salt = TextField()
    """Random; empty where the digest is of before there was one, and once they were blanked."""
    name = TextField()
    rank = TextField()
    nip = TextField()

    class Meta:
        table_name = "signers"
        indexes = ((("office", "code"), True),)


class SavedDraft(Table):
    """What somebody typed and has not sent. Not part of the log; forgotten after a month."""

    id = AutoField()
    person = TextField()
    """Code of the person; the name at the operating system while nobody is registered."""
    place = TextField()
    content = TextField()
    """JSON."""
    saved = Moment()

    class Meta:
        table_name = "drafts"
        indexes = ((("person", "place"), True),)


class Anchor(Table):
    """Up to where the chain was found whole, so that the next check goes on from there."""

    id = AutoField()
    sequence = BigIntegerField()
    hash = TextField()
    verified = Moment()

    class Meta:
        table_name = "anchors"


TABLES: tuple[type[Table], ...] = (
    Opd,
    Bidang,
    CalendarRevision,
    SopVersion,
    Confirmation,
    ReportingYear,
    Period,
    Case,
    Run,
    LogLine,
    ClosedPeriod,
    Person,
    LaneTerm,
    IndicatorLine,
    TargetBook,
    TargetLine,
    DataBook,
    SentForm,
    FilledRow,
    ClosedFigures,
    Pin,
    SigningOfficial,
    SavedDraft,
    Anchor,
)
