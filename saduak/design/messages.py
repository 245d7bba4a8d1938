"""The Thai catalogue of every package: extracted, checked and compiled without GNU gettext (ข้อความภาษาไทย)."""

import argparse
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SADUAK = Path(__file__).resolve().parents[1]

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    name + lazy: arguments
    for name, arguments in {
        "_": None,
        "gettext": None,
        "gettext_noop": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
    for lazy in ("", "_lazy")
}
HEADER = """msgid ""
msgstr ""
"Language: th\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
_LEFT_OUT = {"tests", "migrations", "locale", "static"}
_PLACES = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}|(%[sd])")


def packages(root: Path = SADUAK) -> list[Path]:
    """Every package of the platform, by name."""
    return sorted(path.parent for path in root.glob("*/__init__.py"))


def catalogue_path(package: Path) -> Path:
    """Where the Thai catalogue of a package lies."""
    return package / "locale" / "th" / "LC_MESSAGES" / "django.po"


def said_in(package: Path) -> Catalog:
    """Every message that the package's modules and templates say, untranslated."""
    said = Catalog(locale="th", charset="utf-8")
    for path in sorted(package.rglob("*")):
        if _LEFT_OUT.isdisjoint(path.relative_to(package).parts):
            for context, singular, plural in _messages_of(path):
                said.add((singular, plural) if plural else singular, context=context)
    return said


def translated_in(package: Path) -> Catalog:
    """The package's Thai catalogue as it stands; empty when there is none."""
    path = catalogue_path(package)
    if not path.exists():
        return Catalog(locale="th", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="th")


def problems_of(package: Path) -> list[str]:
    """What is missing, left over or contradictory in a package's Thai catalogue, one sentence each."""
    said, translated = said_in(package), translated_in(package)
    found = []
    for message in _messages(said):
        thai = translated.get(message.id, message.context)
        if thai is None or not _is_translated(thai):
            found.append(f"{package.name}: no Thai for “{_singular(message)}”.")
        elif differing := _places_differ(message, thai):
            found.append(
                f"{package.name}: “{_singular(message)}” and its Thai differ in {', '.join(sorted(differing))}."
            )
    for message in _messages(translated):
        if said.get(message.id, message.context) is None:
            found.append(f"{package.name}: nothing says “{_singular(message)}” any more.")
    return found


def contradictions(root: Path = SADUAK) -> list[str]:
    """Messages to which two packages give different Thai: Django keeps one catalogue, so one of them would win."""
    said: dict[tuple[str, str], dict[str, list[str]]] = {}
    for package in packages(root):
        for message in _messages(translated_in(package)):
            strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
            if _is_translated(message):
                by_thai = said.setdefault((str(message.context or ""), _singular(message)), {})
                by_thai.setdefault(str(strings[0]), []).append(package.name)
    return [
        f"“{singular}” is " + ", but ".join(f"“{thai}” in {', '.join(names)}" for thai, names in by_thai.items()) + "."
        for (_context, singular), by_thai in sorted(said.items())
        if len(by_thai) > 1
    ]


def refresh(package: Path) -> None:
    """Write the package's catalogue anew: what is said, with the Thai that is known; what nothing says is dropped."""
    said, translated = said_in(package), translated_in(package)
    for message in _messages(said):
        thai = translated.get(message.id, message.context)
        if thai is not None and _is_translated(thai):
            message.string = thai.string if bool(thai.pluralizable) == bool(message.pluralizable) else message.string
    if not list(_messages(said)):
        catalogue_path(package).unlink(missing_ok=True)
        return
    written = BytesIO()
    write_po(written, said, width=100, no_location=True, omit_header=True, sort_output=True)
    catalogue_path(package).parent.mkdir(parents=True, exist_ok=True)
    catalogue_path(package).write_text(HEADER + written.getvalue().decode().strip() + "\n")


def compile_stale(root: Path = SADUAK) -> list[Path]:
    """Compile the catalogues that changed since they were last compiled; returns what was written."""
    written = []
    for package in packages(root):
        source = catalogue_path(package)
        target = source.with_suffix(".mo")
        if not source.exists():
            target.unlink(missing_ok=True)
        elif not target.exists() or target.stat().st_mtime_ns <= source.stat().st_mtime_ns:
            compiled = BytesIO()
            write_mo(compiled, translated_in(package))
            made = target.with_suffix(".mo.new")
            made.write_bytes(compiled.getvalue())
            made.replace(target)
            written.append(target)
    return written


def main(arguments: list[str] | None = None) -> int:
    """Refresh the catalogues; `--check` only tells what is wrong, `--compile` only compiles. Names choose packages."""
    parser = argparse.ArgumentParser(prog="script/messages", description=main.__doc__)
    parser.add_argument("--check", action="store_true", help="fail and list what is missing or left over")
    parser.add_argument("--compile", action="store_true", help="write the .mo files that the server reads")
    parser.add_argument("package", nargs="*", help="only these packages")
    options = parser.parse_args(arguments)
    chosen = [package for package in packages() if not options.package or package.name in options.package]
    if options.check:
        found = [problem for package in chosen for problem in problems_of(package)] + contradictions()
        sys.stdout.writelines(f"{problem}\n" for problem in found)
        return 1 if found else 0
    if not options.compile:
        for package in chosen:
            refresh(package)
    compile_stale()
    return 0


def _messages_of(path: Path) -> Iterator[tuple[str | None, str, str | None]]:
    """(context, singular, plural) of each message in one module or template."""
    if path.suffix == ".py":
        source = path.read_text()
    elif "templates" in path.parts and path.suffix in {".html", ".txt"}:
        # What is no message becomes X; without indentation the rest reads as Python.
        source = "\n".join(line.strip() for line in templatize(path.read_text()).splitlines())
    else:
        return
    lines = BytesIO(source.encode())
    for _line, function, said, _comments in extract_python(lines, KEYWORDS, [], {"encoding": "utf-8"}):
        arguments = [str(part) for part in said if part] if isinstance(said, (tuple, list)) else [str(said or "")]
        name = str(function).removesuffix("_lazy")
        context = arguments.pop(0) if name in {"pgettext", "npgettext"} else None
        if arguments and arguments[0]:
            yield context, arguments[0], arguments[1] if name in {"ngettext", "npgettext"} else None


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return bool(strings) and all(strings) and not message.fuzzy


def _singular(message: Message) -> str:
    return message.id[0] if isinstance(message.id, (tuple, list)) else message.id


def _places_differ(message: Message, thai: Message) -> set[str]:
    """The places for values that stand in one of the two texts only."""
    ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    strings = thai.string if isinstance(thai.string, (tuple, list)) else (thai.string,)
    wanted = {place for text in ids for place in _places(text)}
    return {place for text in strings if text for place in wanted ^ _places(text)}


def _places(text: str) -> set[str]:
    return {next(filter(None, groups), "{}") for groups in _PLACES.findall(text)}


if __name__ == "__main__":
    sys.exit(main())
