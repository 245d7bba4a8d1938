"""A notice's words, from the file of its package."""

from collections.abc import Mapping
from typing import Any

from django.template.context import Context
from django.template.loader import get_template
from django.utils.translation import override


def worded(template: str, context: Mapping[str, Any], language: str) -> tuple[str, str]:
    """Subject and text of a notice.

    `template` is `package/name`; its file is `package/notices/name.th.txt` among the templates: the subject in its
    first line, the text below an empty one. Raises TemplateDoesNotExist, and ValueError for a file of another form.
    """
    package, _, name = template.partition("/")
    file = get_template(f"{package}/notices/{name}.{language}.txt")
    with override(language):
        # Plain text: an apostrophe stays an apostrophe.
        words = file.template.render(Context(dict(context), autoescape=False))  # type: ignore[attr-defined]
    subject, empty, text = words.strip().partition("\n\n")
    if not empty or "\n" in subject:
        raise ValueError(f"{template}: the first line is the subject, and an empty line follows it.")
    return " ".join(subject.split()), text.strip() + "\n"
