"""Statements as the stages before leave them, and the points made of them."""

from pipeline.config import Question, Theme, Wording
from pipeline.language import points
from pipeline.model import Point, Statement, ThemeScore

NORD, SØR, ØST, VEST = BODIES = ("RS Nord", "RS Sør", "RS Øst", "RS Vest")
THEMES = (
    Theme(key="tasks", title="Oppgaver"),
    Theme(key="form", title="Form"),
    Theme(key="tools", title="Verktøy", list_by_body=True),
)
QUESTIONS = (
    Question(number="1", text="Er målene fortsatt aktuelle?", themes=("tasks",)),
    Question(number="2", text="Er de lette å forstå?", themes=("form",)),
    Question(number="3", text="Kan deres RS ta ansvar for et kurs?", themes=("tools",)),
    Question(number="4", text="Hvilke deler av skjemaet bruker dere?", themes=("form",)),
)


class Answers:
    """Builds statements with running offsets, as the stages before would leave them."""

    def __init__(self) -> None:
        self.made: list[Statement] = []

    def add(self, body: str | tuple[str, ...], text: str, theme: str = "tasks", second: str = "", **more) -> str:
        n = len(self.made)
        bodies = (body,) if isinstance(body, str) else body
        scores = (ThemeScore(theme=theme, score=0.6), *((ThemeScore(theme=second, score=0.39),) if second else ()))
        self.made.append(
            Statement(
                id=f"s{n:010x}",
                source=f"{'-'.join(bodies)}.docx",
                start=n * 300,
                end=n * 300 + len(text),
                text=text,
                locator=f"paragraph={n}",
                bodies=bodies,
                theme=theme,
                themes=scores,
                block=n * 5,
                **more,
            )
        )
        return self.made[-1].id

    def gather(self, answered: tuple[str, ...] = BODIES, **more) -> tuple[tuple[Point, ...], tuple[Statement, ...]]:
        found, marked = points.gather(
            self.made, bodies=BODIES, answered=answered, themes=THEMES, wording=Wording(), questions=QUESTIONS, **more
        )
        used = {i for p in found for i in p.statement_ids}
        for statement in marked:
            if statement.type in {"substance", "endorsement"}:
                assert (statement.id in used) != bool(statement.unused)
        return found, marked
