"""What the tests of points share."""

import pytest

from tests.language.gathering import Answers


@pytest.fixture
def answers() -> Answers:
    """An answer to add statements to."""
    return Answers()
