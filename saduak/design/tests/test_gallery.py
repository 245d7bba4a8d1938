"""The gallery shows every component, and its form behaves like every form."""

import pytest

from saduak.design import gallery
from saduak.design.templatetags.saduak import register

NOT_COMPONENTS = {"kept", "rail", "reading_preferences", "error_summary", "file_input", "autosave_state"}


def test_every_component_is_shown():
    shown = {name for _heading, names in gallery.GROUPS.values() for name in names}

    assert set(register.tags) - shown == NOT_COMPONENTS


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_gallery_is_open_to_everyone(client, language):
    client.cookies["language"] = language

    response = client.get("/design/")

    assert response.status_code == 200
    assert "{%" in response.text
    assert 'class="track"' in response.text
