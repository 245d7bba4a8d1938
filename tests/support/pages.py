"""A page as its elements, read in C: the long tables read thousands."""

import re
from dataclasses import dataclass

from lxml import etree, html

ABLE = etree.XPath(
    "//script[not(@src) and not(@type = 'application/json')] | //style | //iframe"
    " | //*[@style or @*[starts-with(name(), 'on')]] | //*[@*[contains(translate(., 'JAVSCRIPT', 'javscript'), $by)]]"
)
"""What runs or draws though the page's own files do not say so. `by` is how an address that runs begins."""

TYPED = {"text", "tel", "email"}


def read(response):
    """The page's root; an empty answer gives an empty page."""
    return html.document_fromstring(
        response.content or b"<html></html>", parser=html.HTMLParser(encoding="utf-8", huge_tree=True)
    )


def inline(page):
    """The elements that a Content-Security-Policy without exceptions turns away."""
    return [html.tostring(each, encoding="unicode")[:80] for each in ABLE(page, by="javascript:")]


@dataclass(frozen=True)
class Form:
    """How a form is sent, where to, and its fields by name with their values; those for files are left out."""

    method: str
    action: str
    fields: dict[str, str]


def forms(page):
    """Every form of a page; none where there is no page."""
    return [
        Form(
            form.get("method", "get").lower(),
            form.get("action", ""),
            {each.get("name"): each.get("value", "") for each in _fields(form) if each.get("type") != "file"},
        )
        for form in ([] if page is None else page.iter("form"))
    ]


def asked(page):
    """The names of what is asked by a page's links, and by its forms that only ask."""
    linked = "&".join(each.get("href", "") for each in page.iter("a"))
    named = {name for form in forms(page) if form.method == "get" for name in form.fields}
    return named | set(re.findall(r"[?&]([\w-]+)=", linked))


def typed(page):
    """What stands in each field of a form into which people type: every value that goes by the name."""
    found = {}
    for each in (field for form in page.iter("form") for field in _fields(form)):
        if each.tag == "textarea":
            found.setdefault(each.get("name"), []).append(each.text_content())
        elif each.tag == "input" and each.get("type", "text") in TYPED:
            found.setdefault(each.get("name"), []).append(each.get("value", ""))
    return found


def shown(text):
    """The text as a browser reads it in a page."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")


def _fields(form):
    return [each for each in form.iter("input", "select", "textarea", "button") if each.get("name")]
