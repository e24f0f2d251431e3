"""How many bodies make a point, in words: counted, never guessed.

The rule is that of the data contract (its section "Quantifiers"); the words are house wording
(``[quantifiers]`` in config.toml).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pipeline.config import Wording
from pipeline.norsk import capital, join_names, number_word

MOST = 0.8  # from this share of the configured bodies on: "De fleste"
MAJORITY = 0.5  # above this share: "Et flertall av"


def phrase(making: Sequence[str], configured: Sequence[str], answered: Sequence[str], wording: Wording) -> str:
    """The phrase for a point that the bodies in ``making`` make, e.g. "Tre av fire RS"; first rule that fits.

    ``configured``: every body that was asked, in order; ``answered``: those that have answered, late ones
    included. A name counts once however often it stands. A body that is not configured counts as one more.
    Raises ValueError when nobody makes the point: silence has no quantifier.
    """
    asked = _places(tuple(configured))
    made = dict.fromkeys(making)
    bodies = [*sorted((b for b in made if b in asked), key=asked.__getitem__), *(b for b in made if b not in asked)]
    k, n = len(bodies), len(asked) + sum(b not in asked for b in made)
    if k == 0:
        raise ValueError("a point without bodies has no quantifier")
    if k == 1:
        return bodies[0]
    if k == n:
        pattern = wording.all
    elif made.keys() == _places(tuple(answered)).keys():
        pattern = wording.all_answered
    elif k == n - 1 and k >= 3:
        pattern = wording.all_but_one
    elif k == 2:
        pattern = wording.two
    elif k / n >= MOST:
        pattern = wording.most
    elif k / n > MAJORITY:
        pattern = wording.majority
    else:
        pattern = wording.count
    return capital(
        pattern.format(
            k=number_word(k),
            n=number_word(n),
            noun=wording.noun,
            names=join_names([bare_name(b, wording) for b in bodies]),
        )
    )


@lru_cache(maxsize=8)
def _places(names: tuple[str, ...]) -> dict[str, int]:
    """The place of each name among them."""
    return {name: at for at, name in enumerate(dict.fromkeys(names))}


def bare_name(name: str, wording: Wording) -> str:
    """The name without the noun that the phrase has already said: "RS Lister" -> "Lister"."""
    noun = wording.noun.casefold() + " "
    return name[len(noun) :] if name.casefold().startswith(noun) and len(name) > len(noun) else name
