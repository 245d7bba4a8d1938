"""Pictures drawn small for lists."""

from io import BytesIO

import pytest
from PIL import Image

from saduak.attachments.images import drawn_small


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")])
def test_a_picture_is_drawn_small_as_jpeg(kind, mode):
    data = BytesIO()
    Image.new(mode, (1200, 600)).save(data, kind)

    with Image.open(BytesIO(drawn_small(data.getvalue(), longest_side=480))) as small:
        assert (small.format, small.size, small.mode) == ("JPEG", (480, 240), "RGB")
