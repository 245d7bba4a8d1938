"""The `saduak` command takes names as a person types them."""

import sys

import pytest
from django.core import management

from saduak.config import command


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        (["help", "rotate-key"], ["help", "rotate_key"]),
        (["help", "--commands"], ["help", "--commands"]),
        (["help"], ["help"]),
        (["redraw", "a-file.json"], ["redraw", "a-file.json"]),
        (["--version"], ["--version"]),
    ],
)
def test_names_are_written_with_dashes(monkeypatch, typed, asked):
    seen = []
    monkeypatch.setattr(sys, "argv", ["saduak", *typed])
    monkeypatch.setattr(management, "execute_from_command_line", seen.extend)

    command.main()

    assert seen == ["saduak", *asked]
