"""Seals: what is sealed only our keys open, keys can be changed, and a wrong key stops the start with a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from contact import sealing
from contact.public_codes import ALPHABET, new_code, new_token, shown, understood

ADDRESS = "nguyễn.an@example.vn"
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture(autouse=True)
def keys(settings: Any) -> Any:
    settings.SECRET_KEY, settings.CONTACT_KEYS = "a key of this test", []
    return settings


def test_what_is_sealed_is_not_readable_and_opens_again() -> None:
    sealed = sealing.seal(ADDRESS)
    assert "example" not in sealed and "an@" not in sealed
    assert sealing.unseal(sealed) == ADDRESS
    assert sealing.seal(ADDRESS) != sealed
    assert sealing.unseal_bytes(sealing.seal_bytes(b"\x00\xff")) == b"\x00\xff"


def test_another_key_opens_nothing(keys: Any) -> None:
    sealed = sealing.seal(ADDRESS)
    keys.SECRET_KEY = "another"
    with pytest.raises(sealing.Unsealable):
        sealing.unseal(sealed)


@pytest.mark.parametrize("broken", ["", "abc", "ă" * 40, "gAAAAA" + "A" * 100])
def test_what_was_never_sealed_is_told_apart(broken: str) -> None:
    with pytest.raises(sealing.Unsealable):
        sealing.unseal(broken)


def test_one_changed_sign_is_found() -> None:
    sealed = sealing.seal(ADDRESS)
    for at in (5, 30, len(sealed) - 8):
        other = "A" if sealed[at] != "A" else "B"
        with pytest.raises(sealing.Unsealable):
            sealing.unseal(sealed[:at] + other + sealed[at + 1 :])


def test_a_portal_may_move_from_the_derived_key_to_its_own(keys: Any) -> None:
    sealed = sealing.seal(ADDRESS)
    keys.CONTACT_KEYS = [OLD]
    assert sealing.unseal(sealed) == ADDRESS
    anew = sealing.reseal(sealed.encode()).decode()
    keys.SECRET_KEY = "another"
    assert sealing.unseal(anew) == ADDRESS


def test_a_new_key_in_front_seals_and_the_old_one_still_opens(keys: Any) -> None:
    keys.CONTACT_KEYS = [OLD]
    sealed = sealing.seal(ADDRESS)
    keys.CONTACT_KEYS = [NEW, OLD]
    assert sealing.unseal(sealed) == ADDRESS
    anew = sealing.reseal(sealed.encode()).decode()
    keys.CONTACT_KEYS = [NEW]
    assert sealing.unseal(anew) == ADDRESS
    with pytest.raises(sealing.Unsealable):
        sealing.unseal(sealed)
    with pytest.raises(sealing.Unsealable):
        sealing.reseal(sealed.encode())


@pytest.mark.parametrize("key", ["short", "x" * 44, "not a key at all", "é" * 44])
def test_a_key_that_is_none_stops_the_start_with_a_sentence(keys: Any, key: str) -> None:
    keys.CONTACT_KEYS = [key]
    with pytest.raises(ImproperlyConfigured, match="contact_key") as told:
        sealing.check_keys()
    assert key not in str(told.value)


def test_a_public_portal_without_a_lasting_key_does_not_start(keys: Any) -> None:
    keys.BEHIND_PROXY, keys.SECRET_KEY_LASTS = True, False
    with pytest.raises(ImproperlyConfigured, match="CONTACT_KEYS"):
        sealing.check_keys()
    keys.SECRET_KEY_LASTS = True
    sealing.check_keys()


def test_a_fingerprint_is_the_same_for_the_same_address_and_leads_nowhere(keys: Any) -> None:
    mark = sealing.fingerprint(" An@Example.vn ")
    assert mark == sealing.fingerprint("an@example.vn") != sealing.fingerprint("binh@example.vn")
    assert "an@" not in mark
    keys.SECRET_KEY = "another"
    assert sealing.fingerprint("an@example.vn") != mark


def test_a_code_has_eighty_bits_of_signs_that_can_be_told_apart() -> None:
    assert (len(ALPHABET), len(set(ALPHABET)), len(new_code())) == (32, 32, 16)
    assert not set("ILOU") & set(ALPHABET)
    assert len({new_code() for _ in range(1000)}) == 1000
    assert len(new_token()) >= 32


def test_a_code_is_understood_however_it_is_typed() -> None:
    code = "K7QM2V9D0123ABCX"
    assert shown(code) == "K7QM-2V9D-0123-ABCX"
    for typed in (
        code,
        shown(code),
        code.lower(),
        " k7qm 2v9d o123 abcx ",
        "K7QM–2V9D–OI23–ABCX",
        "k7qm-2v9d-0l23-abcx",
    ):
        assert understood(typed) == code


@pytest.mark.parametrize("typed", ["", "K7QM", "K7QM2V9D0123ABCXX", "K7QM2V9D0123ABC%", "ă" * 16, "' OR 1=1 --     "])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert understood(typed) is None
