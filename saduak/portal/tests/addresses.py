"""The front door is open; work is for people with an account."""

from tests.support.addresses import everybody, signed_in

ADDRESSES = {
    "home": everybody(),
    "about": everybody(),
    "contact": everybody(),
    "privacy": everybody(),
    "accessibility": everybody(),
    "robots": everybody(),
    "sitemap_index": everybody(),
    "sitemap": everybody(at=lambda world: {"part": 1}),
    "my_work": signed_in(),
}
