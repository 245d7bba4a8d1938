"""Files lie in a folder of the test's own."""

import pytest


@pytest.fixture(autouse=True)
def files(tmp_path, settings):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "saduak.attachments.storage.Disk", "OPTIONS": {"location": tmp_path / "files"}}
    }
    return tmp_path / "files"
