"""What a first visit to a page loads, fonts included, beside the same files uncompressed.

.venv/bin/python -m benchmarks.first_load_weight [page …]
"""

import os
import re
import sys
from pathlib import PurePosixPath

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

AIM = 150_000
"""Bytes; the aim for the front page."""


def weights(page: str) -> list[tuple[str, int, int]]:
    """(address, bytes over the network, bytes uncompressed) of the page and all it asks for.

    Static files travel as Brotli, made when they are collected; pages travel as they are, fonts are compressed already.
    """
    import brotli
    from django.contrib.staticfiles import finders
    from django.test import Client

    html = Client().get(page).content
    found = [(page, len(html), len(html))]
    waiting = re.findall(r'(?:src|href)="/static/([^"]+)"', html.decode())
    seen = set()
    while waiting:
        name = waiting.pop(0)
        if name in seen:
            continue
        seen.add(name)
        with open(finders.find(name), "rb") as file:
            content = file.read()
        packed = content if name.endswith(".woff2") else brotli.compress(content)
        found.append((name, min(len(packed), len(content)), len(content)))
        if name.endswith(".css"):
            folder = PurePosixPath(name).parent
            for address in re.findall(r'url\("([^"]+)"\)', content.decode()):
                waiting.append(os.path.normpath(folder / address))
    return found


def main() -> None:
    """Print every file and the sums."""
    import django

    import tests.support.database  # noqa: F401 – gives the settings their database.

    django.setup()
    from django.db import connection

    usual = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0)
    try:
        for page in sys.argv[1:] or ["/"]:
            tell(page)
    finally:
        connection.creation.destroy_test_db(usual, verbosity=0)


def tell(page: str) -> None:
    """Print what one page loads."""
    found = weights(page)
    for name, packed, plain in sorted(found, key=lambda one: -one[1]):
        print(f"{packed:>9,} {plain:>9,}  {name}")
    packed, plain = sum(one[1] for one in found), sum(one[2] for one in found)
    print(f"{packed:>9,} bytes in {len(found)} files for {page} (aim {AIM:,}); uncompressed {plain:,}")


if __name__ == "__main__":
    main()
