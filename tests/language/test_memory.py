"""What is kept of the last thing asked for."""

from pipeline.language.memory import of_the_last


def test_the_last_object_is_not_worked_on_again_and_another_is():
    """The very same object gives what it gave before; an equal one is another, and then the first is forgotten."""
    asked = []

    @of_the_last
    def length(names: list[str]) -> int:
        asked.append(names)
        return len(names)

    one, other = ["a", "b"], ["a", "b"]
    assert [length(one), length(one), length(other), length(one)] == [2, 2, 2, 2]
    assert [names is one for names in asked] == [True, False, True]
