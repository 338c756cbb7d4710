"""Sealing: any two of the openers read it, one does not, and nothing that was changed or moved opens."""

from __future__ import annotations

import base64
import os
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanbesteding.storage.verzegeling import (
    Bosdeel,
    NietTeOpenen,
    Slot,
    hash_verzegeld,
    make_slot,
    open_slot,
    seal,
    unwrap,
)
from betrouwbaarheid import note

AANTAL = 5_000 if os.environ.get("AANBESTEDING_LANG") else 200
WACHTZIN = "vijf losse woorden zonder verband"
PLAATS = "PROEF/prijs/7"
SLOTEN = tuple(make_slot(WACHTZIN, bytes([n]) * 32) for n in range(4))
SLEUTELS = {slot.vingerafdruk: open_slot(slot, WACHTZIN) for slot in SLOTEN}
INHOUD = {"1/I-001": b'{"prijs": "31.4159"}', "1/I-002": "ééntje".encode()}


def keys(*sloten: Slot) -> dict[str, bytes]:
    return {slot.vingerafdruk: SLEUTELS[slot.vingerafdruk] for slot in sloten}


@pytest.mark.parametrize(
    "paar",
    [pytest.param(p, id=f"opener {p[0] + 1} en {p[1] + 1}") for p in combinations(range(3), 2)],
)
def test_any_two_of_three_openers_read_it(paar: tuple[int, int]):
    dicht = seal(INHOUD, PLAATS, [s.publiek for s in SLOTEN[:3]])
    kist = unwrap(dicht.bos, keys(*(SLOTEN[n] for n in paar)))
    assert {k: kist.open(PLAATS, k, v) for k, v in dicht.inhoud.items()} == INHOUD


@pytest.mark.parametrize(
    "wie",
    [
        pytest.param((), id="niemand"),
        pytest.param((0,), id="een opener alleen"),
        pytest.param((0, 3), id="een opener met iemand die niet is aangewezen"),
    ],
)
def test_fewer_than_two_openers_read_nothing(wie: tuple[int, ...]):
    dicht = seal(INHOUD, PLAATS, [s.publiek for s in SLOTEN[:3]])
    with pytest.raises(NietTeOpenen):
        unwrap(dicht.bos, keys(*(SLOTEN[n] for n in wie)))


def test_one_opener_cannot_unwrap_by_claiming_to_be_two():
    een, twee = SLOTEN[:2]
    dicht = seal(INHOUD, PLAATS, [een.publiek, twee.publiek])
    for eigen in (een, twee):
        vals = dict.fromkeys((een.vingerafdruk, twee.vingerafdruk), SLEUTELS[eigen.vingerafdruk])
        with pytest.raises(NietTeOpenen):
            unwrap(dicht.bos, vals)


def test_sealed_content_shows_nothing_of_what_is_in_it_and_never_looks_the_same_twice():
    een, twee = (seal(INHOUD, PLAATS, [s.publiek for s in SLOTEN[:2]]) for _ in range(2))
    alles = b"".join(base64.b64decode(v) for d in (een, twee) for v in d.inhoud.values())
    assert b"31.4159" not in alles
    assert b"prijs" not in alles
    assert not set(een.inhoud.values()) & set(twee.inhoud.values())


def test_a_demo_seals_the_same_way_every_time_but_never_two_places_alike():
    publiek = [s.publiek for s in SLOTEN[:2]]
    een, twee = (seal(INHOUD, PLAATS, publiek, zaad=b"demo") for _ in range(2))
    elders = seal(INHOUD, "ANDER/prijs/7", publiek, zaad=b"demo")
    assert een.inhoud == twee.inhoud
    assert not set(een.inhoud.values()) & set(elders.inhoud.values())
    assert (
        unwrap(een.bos, keys(*SLOTEN[:2])).open(PLAATS, "1/I-001", een.inhoud["1/I-001"]) == INHOUD["1/I-001"]
    )


@pytest.mark.parametrize(
    ("plaats", "sleutel"),
    [
        pytest.param("ANDER/prijs/7", "1/I-001", id="naar een ander dossier"),
        pytest.param("PROEF/inschrijving/7", "1/I-001", id="naar een andere soort"),
        pytest.param("PROEF/prijs/8", "1/I-001", id="naar een andere handeling"),
        pytest.param(PLAATS, "1/I-002", id="naar een andere inschrijver"),
    ],
)
def test_content_that_was_moved_does_not_open(plaats: str, sleutel: str):
    dicht = seal(INHOUD, PLAATS, [s.publiek for s in SLOTEN[:2]])
    kist = unwrap(dicht.bos, keys(*SLOTEN[:2]))
    with pytest.raises(NietTeOpenen):
        kist.open(plaats, sleutel, dicht.inhoud["1/I-001"])


DICHT = seal(INHOUD, PLAATS, [s.publiek for s in SLOTEN[:2]])


@pytest.mark.lang
@pytest.mark.betrouwbaarheid
def test_one_changed_byte_anywhere_does_not_open():
    kist = unwrap(DICHT.bos, keys(*SLOTEN[:2]))
    heel, (deel,) = DICHT.inhoud["1/I-001"], DICHT.bos
    geprobeerd = gevonden = 0

    @settings(max_examples=AANTAL, deadline=None, database=None)
    @given(plek=st.integers(min_value=0, max_value=10_000), masker=st.integers(min_value=1, max_value=255))
    def probeer(plek: int, masker: int) -> None:
        nonlocal geprobeerd, gevonden
        geprobeerd += 2
        anders = flip(heel, plek, masker)
        with pytest.raises(NietTeOpenen):
            kist.open(PLAATS, "1/I-001", anders)
        gevonden += 1
        with pytest.raises(NietTeOpenen):
            unwrap([replace(deel, inhoud=flip(deel.inhoud, plek, masker))], keys(*SLOTEN[:2]))
        gevonden += 1
        assert hash_verzegeld(anders) != hash_verzegeld(heel)

    try:
        probeer()
    finally:
        note("flip", "byte van verzegelde inhoud of haar sleutel", geprobeerd=geprobeerd, gevonden=gevonden)


def flip(tekst: str, plek: int, masker: int) -> str:
    inhoud = bytearray(base64.b64decode(tekst))
    inhoud[plek % len(inhoud)] ^= masker
    return base64.b64encode(bytes(inhoud)).decode()


@pytest.mark.parametrize("rommel", ["", "x", "é", "AAAA", "%%%%"])
def test_rubbish_in_the_place_of_sealed_content_does_not_open(rommel: str):
    with pytest.raises(NietTeOpenen):
        unwrap(DICHT.bos, keys(*SLOTEN[:2])).open(PLAATS, "1/I-001", rommel)
    (deel,) = DICHT.bos
    with pytest.raises(NietTeOpenen):
        unwrap([Bosdeel(deel.een, deel.twee, rommel)], keys(*SLOTEN[:2]))


def test_wrong_passphrase_gives_no_key_and_the_private_half_is_not_stored_bare():
    slot = make_slot(WACHTZIN)
    prive = open_slot(slot, WACHTZIN)
    assert base64.b64encode(prive).decode() not in slot.prive
    assert prive.hex() not in slot.prive
    with pytest.raises(NietTeOpenen):
        open_slot(slot, WACHTZIN + " ")
    for fout in (WACHTZIN.upper(), "", "x" * 1000):
        with pytest.raises(NietTeOpenen):
            open_slot(SLOTEN[0], fout)


def test_two_keys_of_one_passphrase_differ():
    assert make_slot(WACHTZIN, b"a" * 32).vingerafdruk != make_slot(WACHTZIN, b"b" * 32).vingerafdruk
