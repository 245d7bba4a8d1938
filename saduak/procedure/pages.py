"""A procedure as a page of Markdown: its diagram, its table of steps, and what each condition says."""

from collections.abc import Callable, Collection, Iterable, Iterator
from enum import StrEnum
from typing import Any

from saduak.procedure.kit import Condition, Procedure, Step

InThai = Callable[[object], str]
"""Gives the Thai wording of a text; of one without Thai, the text itself."""

_FIRST_LINE = "<!-- Written by `saduak docs` from the table of steps in the code. Change the table, not this page. -->"


def page(procedure: Procedure[Any], in_thai: InThai) -> str:
    """The whole page, in Thai with the English beside it; call it while English is the active language."""
    return "\n".join(
        [
            _FIRST_LINE,
            "",
            f"# {_both(procedure.title, in_thai)}",
            "",
            "```mermaid",
            *_diagram(procedure, in_thai),
            "```",
            "",
            "## ขั้นตอน (Steps)",
            "",
            *_table(
                ("ข้อ Clause", "ขั้นตอน Step", "ผู้ดำเนินการ Taken by", "จาก From", "ไป To", "เมื่อ Provided"),
                (_step(step, in_thai) for step in procedure.steps),
            ),
            *_conditions(procedure, in_thai),
            "",
        ]
    )


def _diagram(procedure: Procedure[Any], in_thai: InThai) -> Iterator[str]:
    yield "stateDiagram-v2"
    stages = _stages(procedure)
    yield from (f"    {stage.value}: {_both(_label(stage), in_thai, '<br>')}" for stage in stages)
    yield f"    [*] --> {procedure.starts_at.value}"
    left: set[StrEnum] = set()
    for step in procedure.steps:
        for stage in _in_order(step.moves):
            yield f"    {stage.value} --> {(step.to or stage).value}: {step.clause} {step.name}"
            left |= {stage} if step.to not in (None, stage) else set()
    yield from (f"    {stage.value} --> [*]" for stage in stages if stage not in left)


def _step(step: Step[Any], in_thai: InThai) -> tuple[str, ...]:
    named = f"`{step.name}`"
    return (
        step.clause,
        f"{named}<br>{_both(step.label, in_thai, '<br>')}" if step.label else named,
        "<br>".join(_both(_label(role), in_thai) for role in sorted(step.roles)),
        "<br>".join(f"`{stage.value}`" for stage in _in_order(step.moves)),
        f"`{step.to.value}`" if step.to else "(คงเดิม stays)",
        "<br>".join(f"`{condition.name}`" for condition in step.provided) or "–",
    )


def _conditions(procedure: Procedure[Any], in_thai: InThai) -> Iterator[str]:
    conditions: dict[str, Condition] = {
        condition.name: condition for step in procedure.steps for condition in step.provided
    }
    if conditions:
        yield from ("", "## เงื่อนไข (Conditions)", "", "What a person reads when the condition does not hold.", "")
        yield from _table(
            ("เงื่อนไข Condition", "ข้อความ", "Sentence"),
            ((f"`{name}`", in_thai(c.otherwise), str(c.otherwise)) for name, c in conditions.items()),
        )


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(_cell(text) for text in row)} |"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def _stages(procedure: Procedure[Any]) -> list[Any]:
    """The stages that the table speaks of, in the order in which they are declared."""
    spoken_of = {procedure.starts_at, *(step.to for step in procedure.steps if step.to)}.union(
        *(step.moves for step in procedure.steps)
    )
    return _in_order(spoken_of)


def _in_order(stages: Collection[Any]) -> list[Any]:
    """The stages as their enumeration orders them."""
    declared: Any = type(next(iter(stages)))
    return [stage for stage in declared if stage in stages]


def _label(word: Any) -> object:
    """What a stage or role is called: its label where it has one, else its own word."""
    return getattr(word, "label", word)


def _both(text: object, in_thai: InThai, between: str = " · ") -> str:
    thai, english = in_thai(text), str(text)
    return english if thai == english else f"{thai}{between}{english}"
