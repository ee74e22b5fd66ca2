"""Web push by the letter: the published example of RFC 8291, the signature of RFC 8292, and the narrow door."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from contact import pushing
from contact.pushing import decoded

# RFC 8291, section 5 and appendix A.
KEYS = {
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}
SENDER, SALT = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw", "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
    "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
ENDPOINT = "https://push.example.org/send/abc"


def said(endpoint: str = ENDPOINT, **keys: str) -> str:
    return json.dumps({"endpoint": endpoint, "keys": KEYS | keys})


def test_the_published_example_is_sealed_to_the_same_bytes() -> None:
    sender = ec.derive_private_key(int.from_bytes(decoded(SENDER), "big"), ec.SECP256R1())
    made = pushing.sealed(b"When I grow up, I want to be a watermelon", KEYS, sender, decoded(SALT))
    assert made == decoded(SEALED)


def test_the_sender_is_signed_for_that_push_service_alone(settings: Any) -> None:
    settings.PUSH_KEY, settings.PUSH_CONTACT = pushing.new_key(), "mailto:desk@example.org"
    words, key = pushing.introduced(ENDPOINT, 1_000.0).removeprefix("vapid t=").split(", k=")
    head, claims, signature = words.split(".")
    numbers = [int.from_bytes(half, "big") for half in (decoded(signature)[:32], decoded(signature)[32:])]
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(key))
    public.verify(encode_dss_signature(*numbers), f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
    assert json.loads(decoded(claims)) == {
        "aud": "https://push.example.org", "exp": 1_000 + 12 * 3_600, "sub": "mailto:desk@example.org"
    }  # fmt: skip


def test_a_subscription_is_kept_with_its_endpoint_and_keys_alone() -> None:
    sent = json.loads(said()) | {"expirationTime": None, "name": "Bình"}
    assert json.loads(pushing.subscription(json.dumps(sent)) or "") == json.loads(said())


@pytest.mark.parametrize(
    "typed",
    [
        "", "[]", "{}", "x", said(p256dh="AAAA"), said(auth="AAAA"), said("http://push.example.org/a"),
        said("https://127.0.0.1/a"), said("https://[::1]/a"), said("https://10.0.0.7/a"), said("https://localhost/a"),
        said("https://db.internal/a"), said("https://u:p@push.example.org/a"), said("https://push.example.org:5432/a"),
        said("https://push.example.org/" + "a" * 3_000),
    ],
)  # fmt: skip
def test_what_is_no_subscription_or_leads_inside_is_refused(typed: str) -> None:
    assert pushing.subscription(typed) is None


def test_a_name_that_stands_for_a_machine_of_our_own_is_not_called(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PUSH_KEY, settings.PUSH_CONTACT = pushing.new_key(), "mailto:desk@example.org"
    inside = [(2, 1, 6, "", ("10.0.0.7", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **more: inside)
    monkeypatch.setattr(socket, "create_connection", lambda *asked: pytest.fail("it was called"))
    assert pushing.push(said(), {"title": "a"}) is False
