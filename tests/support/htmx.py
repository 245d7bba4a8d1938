"""Tests that a page into which htmx swapped a part is the page that a reload would give.

page = client.get(address).text
fragment = client.post(address, answers, headers=asking_for("#steps")).text
assert normalised(swap(page, "#steps", fragment)) == normalised(client.get(address).text)
"""

import re
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def asking_for(target, *, trigger=""):
    """The headers by which htmx asks for a part."""
    headers = {"HX-Request": "true", "HX-Target": target.removeprefix("#")}
    return headers | ({"HX-Trigger": trigger} if trigger else {})


def swap(page, target, fragment):
    """The page with the element `target` ("#id") replaced by the fragment, as `hx-swap="outerHTML"` does.

    Elements of the fragment with `hx-swap-oob` replace those of the same id. Raises LookupError when the page or the
    fragment has no such element.
    """
    wanted = target.removeprefix("#")
    places = _places(fragment)
    if wanted not in places:
        raise LookupError(f"The fragment has no #{wanted}; it has {sorted(places)}.")
    elements = {wanted: fragment[slice(*places[wanted])]}
    for name, (start, end) in places.items():
        opening = fragment[start : fragment.index(">", start) + 1]
        if "hx-swap-oob" in opening:
            elements[name] = re.sub(r'\s+hx-swap-oob(="[^"]*")?', "", fragment[start:end], count=1)
    for name, element in elements.items():
        found = _places(page)
        if name not in found:
            raise LookupError(f"The page has no #{name}; it has {sorted(found)}.")
        start, end = found[name]
        page = page[:start] + element + page[end:]
    return page


def normalised(page):
    """The page without what differs at every load: tokens, and space between tags."""
    page = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1", page)
    page = re.sub(r'("X-CSRFToken": ")[^"]*', r"\1", page)
    page = re.sub(r"\s*(<[^>]+>)\s*", r"\1", page)
    return re.sub(r"\s+", " ", page).strip()


class _Places(HTMLParser):
    """Where each element with an id begins and ends."""

    def __init__(self, page):
        super().__init__(convert_charrefs=False)
        self.lines = [0, *(found.end() for found in re.finditer("\n", page))]
        self.open = []
        self.found = {}
        self.feed(page)

    def _here(self):
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("id"), self._here()))
        elif name := dict(attrs).get("id"):
            self.found[name] = (self._here(), self._here() + len(self.get_starttag_text()))

    def handle_startendtag(self, tag, attrs):
        """A drawing's parts close themselves."""

    def handle_endtag(self, tag):
        while self.open:
            opened, name, start = self.open.pop()
            if name and opened == tag:
                self.found[name] = (start, self._here() + len(f"</{tag}>"))
            if opened == tag:
                return


def _places(page):
    return _Places(page).found
