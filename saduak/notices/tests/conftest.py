"""Templates of an example package."""

from pathlib import Path

import pytest

from saduak.notices import channels


@pytest.fixture(autouse=True)
def _example_templates(settings):
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [Path(__file__).parent / "templates"]}]


@pytest.fixture
def broken_channel():
    """A channel that does what the test says: `broken_channel.error` is raised when it is set."""

    class Broken:
        error: BaseException | None = None
        handed_over: list = []

        def deliver(self, notice):
            self.handed_over.append(notice.message_id)
            if self.error:
                raise self.error

    broken = Broken()
    broken.handed_over = []
    channels.register(channels.Channel("broken", "Broken", broken.deliver))
    yield broken
    del channels._CHANNELS["broken"]
