"""The gallery and the reading preferences are for everybody."""

from tests.support.addresses import everybody, signed_in

ADDRESSES = {
    "show_gallery": everybody(),
    "search": signed_in(query={"q": "ศูนย์"}),
    "choose_preference": everybody(post={"language": "en", "next": "/"}, answer=302),
}
