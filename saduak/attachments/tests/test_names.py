"""Names as they are kept."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saduak.attachments.names import EXTENSIONS, LONGEST, cleaned


@pytest.mark.parametrize(
    ("given_name", "media_type", "kept"),
    [
        pytest.param("ภาพที่ทำการ.jpg", "image/jpeg", "ภาพที่ทำการ.jpg", id="Thai stays"),
        pytest.param("IMG_1.JPEG", "image/jpeg", "IMG_1.jpg", id="one spelling of the kind"),
        pytest.param("photo.html", "image/jpeg", "photo.html.jpg", id="the true kind wins"),
        pytest.param("photo.jpg", "image/png", "photo.jpg.png", id="a wrong kind is corrected"),
        pytest.param("../../etc/passwd", "application/pdf", "passwd.pdf", id="no folders"),
        pytest.param("C:\\scan\\คำสั่ง ๑.pdf", "application/pdf", "คำสั่ง ๑.pdf", id="no drives"),
        pytest.param("a\r\nSet-Cookie: x.pdf", "application/pdf", "aSet-Cookie x.pdf", id="no new lines"),
        pytest.param("gpj\u202egnp.pdf", "application/pdf", "gpjgnp.pdf", id="no direction marks"),
        pytest.param("", "application/pdf", "file.pdf", id="none at all"),
        pytest.param(".pdf", "application/pdf", "file.pdf", id="only a kind"),
        pytest.param("ก" * 300 + ".pdf", "application/pdf", "ก" * 116 + ".pdf", id="long"),
    ],
)
def test_a_name_is_cleaned(given_name, media_type, kept):
    assert cleaned(given_name, media_type) == kept


@settings(deadline=None)
@given(name=st.text(), media_type=st.sampled_from(sorted(EXTENSIONS)))
def test_a_cleaned_name_is_short_and_stays_as_it_is(name, media_type):
    kept = cleaned(name, media_type)

    assert len(kept) <= LONGEST
    assert not set(kept) & set('/\\\r\n\0"')
    assert kept.endswith(EXTENSIONS[media_type])
    assert cleaned(kept, media_type) == kept
