"""The platform is prepared once for each release."""

import os

from saduak.config import preparation
from saduak.config.preparation import is_prepared, note_prepared


def test_prepared_once_it_stays_so_until_something_changes(tmp_path, monkeypatch):
    source = tmp_path / "0001_initial.py"
    source.touch()
    monkeypatch.setattr(preparation, "_sources", lambda: [source])
    assert not is_prepared(tmp_path, demonstration=True)

    note_prepared(tmp_path, demonstration=True)

    assert is_prepared(tmp_path, demonstration=True)
    assert not is_prepared(tmp_path, demonstration=False)
    os.utime(source, (1, 1))
    assert not is_prepared(tmp_path, demonstration=True)


def test_migrations_and_static_files_are_looked_at():
    names = {path.name for path in preparation._sources()}

    assert "0002_append_only.py" in names
    assert any(name.endswith(".css") for name in names)
