"""The page of a procedure says what its table says."""

import pytest

from saduak.procedure.kit import Procedure, Step
from saduak.procedure.pages import page
from saduak.procedure.tests.test_kit import LETTERS, Stage

THAI = {"Letters": "จดหมาย", "The letter is empty.": "จดหมายว่างเปล่า", "Send": "ส่ง"}


@pytest.fixture
def lines():
    return page(LETTERS, lambda text: THAI.get(str(text), str(text))).splitlines()


def test_the_title_is_in_both_languages(lines):
    assert "# จดหมาย · Letters" in lines


def test_the_diagram_draws_every_step(lines):
    start = lines.index("```mermaid")

    assert lines[start + 1 : lines.index("```", start)] == [
        "stateDiagram-v2",
        "    draft: draft",
        "    sent: sent",
        "    lapsed: lapsed",
        "    [*] --> draft",
        "    draft --> sent: 1 send",
        "    draft --> draft: 2 read",
        "    sent --> sent: 2 read",
        "    draft --> lapsed: 3 lapse",
        "    sent --> [*]",
        "    lapsed --> [*]",
    ]


def test_the_table_has_a_line_a_step(lines):
    assert "| 1 | `send` | writer | `draft` | `sent` | `letter_is_written`<br>`letter_is_signed` |" in lines
    assert "| 2 | `read` | reader<br>writer | `draft`<br>`sent` | (คงเดิม stays) | – |" in lines


def test_every_condition_is_worded(lines):
    assert "| `letter_is_written` | จดหมายว่างเปล่า | The letter is empty. |" in lines


def test_a_table_without_conditions_has_no_list_of_them():
    steps = (Step("send", "1", "writer", frozenset({Stage.DRAFT}), Stage.SENT, label="Send | post"),)
    text = page(Procedure("plain", "Plain", Stage.DRAFT, steps), str)

    assert "Conditions" not in text
    assert "| 1 | `send`<br>Send \\| post | writer |" in text
