"""Who signs recaps: the officials behind the positions. Judge and effect side by side.

The event names the position and the hash of what is kept of the official, never a name or a NIP; so an official's data
can be blanked, the position stays, and the chain of the log still holds. A salt goes into the hash and is blanked with
the data, so that guessing name and NIP afterwards confirms nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from sop.acts.deed import Deed
from sop.acts.office_flow import OfficeDraft
from sop.acts.office_ruling import OfficeRuling, signer_entity
from sop.look.signers import held_by
from sop.model.act import Act
from sop.model.errors import Fault, FaultyInput, UnknownPeriod
from sop.model.events import Event
from sop.model.office import Signer, SignerState
from sop.model.office_commands import SignerBlanked, SignerNamed
from sop.model.periods import key_of, split
from sop.model.refusals import Refused, Rule, Unknown
from sop.model.texts import text_or_fault
from sop.values import replace

_NIP_DIGITS = 18


def digest_of(signer: Signer, salt: str) -> str:
    """The hash by which the log knows what is kept of an official; empty where it was blanked. Without a salt it is the
    hash of before there were any."""
    parts = (salt, *signer) if salt else signer
    return sha256("\n".join(parts).encode()).hexdigest() if any(parts) else ""


def judge_pejabat(ruling: OfficeRuling[Any]) -> Event:
    return _name(ruling) if isinstance(ruling.details, SignerNamed) else _blank(ruling)


def effect_pejabat(draft: OfficeDraft, event: Event) -> None:
    data = event.data
    before = draft.state.signers.get(data["code"])
    if data["change"] == "kosongkan":
        assert before is not None
        after = before._replace(digest="")
    else:
        after = SignerState(data["code"], data["position"], data["digest"], data.get("since"))
    draft.state = replace(draft.state, signers={**draft.state.signers, after.code: after})


def cleaned(named: SignerNamed) -> SignerNamed:
    """The same in the form in which it is kept. Raises FaultyInput, every fault at once."""
    faults: list[Fault] = []
    position = text_or_fault(named.position, "jabatan", faults)
    name = text_or_fault(named.signer.name, "nama", faults)
    rank = text_or_fault(named.signer.rank, "pangkat", faults, needed=False)
    signer = Signer(name, rank, _nip(named.signer.nip, faults))
    since = None
    if named.since is not None:
        try:
            since = key_of(*split(named.since))
        except UnknownPeriod:
            faults.append(Fault("sejak", "nilai-tak-dikenal", named.since[:40], ("2026-TW1",)))
    if faults:
        raise FaultyInput(tuple(faults))
    return named._replace(position=position, signer=signer, since=since)


def known_signer(known: Iterable[SignerState], named: SignerNamed) -> SignerState | None:
    """Whose place somebody is named to: whoever is corrected, else who was named last for the same position and period;
    None for nobody."""
    if named.corrects is not None:
        return next((one for one in known if one.code == named.corrects), None)
    place = (held_by(named.position).casefold(), named.since)
    mine = [one for one in known if (held_by(one.position).casefold(), one.since) == place]
    return mine[-1] if mine else None


def _name(ruling: OfficeRuling[SignerNamed]) -> Event:
    named = cleaned(ruling.details)
    known = ruling.office.signers
    before = known_signer(known.values(), named)
    if named.corrects is not None and (before is None or not before.digest):
        raise Unknown("penanda tangan", named.corrects, tuple(code for code, one in known.items() if one.digest))
    new = f"t{len(known) + 1}"
    ruling.refuse_stale(signer_entity(new if before is None else before.code))
    digest = digest_of(named.signer, named.salt)
    if before is not None and before == SignerState(before.code, named.position, digest, named.since):
        raise Refused(Rule.NOTHING_CHANGED)
    # Whoever a closing kept stays in it: another one has a code of its own. Logs of before tell "ubah" of both.
    code, change = (new, "tambah") if named.corrects is None else (named.corrects, "betulkan")
    data = {"code": code, "change": change, "position": named.position, "digest": digest}
    since = {} if named.since is None else {"since": named.since}
    return ruling.event({**data, **since}, entity=signer_entity(code))


def _blank(ruling: OfficeRuling[SignerBlanked]) -> Event:
    code = ruling.details.code.strip().casefold()
    found = ruling.office.signers.get(code)
    if found is None:
        raise Unknown("penanda tangan", ruling.details.code, tuple(ruling.office.signers))
    ruling.refuse_stale(signer_entity(code))
    if not found.digest:
        raise Refused(Rule.NOTHING_CHANGED)
    return ruling.event({"code": code, "change": "kosongkan", "position": found.position}, entity=signer_entity(code))


def _nip(text: str, faults: list[Fault]) -> str:
    """Eighteen digits, however they are grouped; empty for none."""
    bare = "".join(text.split())
    if bare and not (bare.isascii() and bare.isdigit() and len(bare) == _NIP_DIGITS):
        faults.append(Fault("NIP", "nip-salah", text[:40]))
    return bare


DEEDS = {Act.PEJABAT: Deed(judge_pejabat, effect_pejabat)}
