"""Personal data: exact where control digits allow, possible otherwise. Trap 25."""

import pytest

from pipeline import privacy


def _valid(prefix: str) -> str:
    for serial in range(100000):
        digits = f"{prefix}{serial:05d}"
        if privacy.is_birth_number(digits):
            return digits
    raise AssertionError


@pytest.mark.parametrize("prefix", ["018190", "418190", "015190"])
def test_numbers_with_right_control_digits_are_found(prefix):
    """Fødselsnummer of the test series (month + 80, + 40) and D-nummer (day + 40) are told for certain."""
    number = _valid(prefix)
    hit = privacy.find(f"Gjelder {number[:6]} {number[6:]}.")[0]
    assert (hit.kind, hit.certain) == ("fødselsnummer eller D-nummer", True)
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert not [h for h in privacy.find(f"Gjelder {wrong}.") if "fødsel" in h.kind]


def test_an_impossible_date_is_no_birth_number():
    """Control digits alone are not enough: the day must exist."""
    assert not any(privacy.is_birth_number(f"9999{n:07d}") for n in range(0, 10_000_000, 9973))


def test_account_numbers_by_their_control_digit():
    """Eleven digits as 1234.56.78903 are an account number only when the digit fits."""
    assert privacy.is_account_number("12345678903")
    assert [h.kind for h in privacy.find("Konto 1234.56.78903")] == ["kontonummer"]
    assert not privacy.find("Konto 1234.56.78904")


@pytest.mark.parametrize(("text", "kinds"), [
    ("Ring meg på mobil 90 00 00 01", ["telefonnummer"]),
    ("tlf. 38000041", ["telefonnummer"]),
    ("ola.nordmann@gmail.com", ["privat e-postadresse"]),
    ("post@kommunen.example", ["e-postadresse"]),
    ("Kari Nordlund ble innlagt i mai.", ["mulig navn ved helseopplysning"]),
    ("Sak 25/01877 er omtalt i 2024–2026 og gjelder 12 000 000 kroner.", []),
])
def test_contact_data_and_possible_names(text, kinds):
    """Phones need a cue or the written form, private mail domains are told apart, names count beside health words."""
    assert [h.kind for h in privacy.find(text)] == kinds
