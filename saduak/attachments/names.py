"""Names of files as they may be shown and sent: Thai stays, anything that steers a computer goes."""

import re
import unicodedata

LONGEST = 120
"""Letters that a name may have."""

EXTENSIONS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
    "audio/wav": ".wav",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
_ALSO_RIGHT = {"image/jpeg": {".jpeg", ".jpe"}}


def cleaned(name: str, media_type: str) -> str:
    """The sender's name without folders, control and direction marks, with the extension of the true kind."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(letter for letter in name if unicodedata.category(letter)[0] != "C")
    name = re.sub(r'[<>:"|?*;%\s]+', " ", name).strip(" ")
    extension = EXTENSIONS[media_type]
    stem, dot, last = name.rpartition(".")
    if dot and (f".{last.lower()}" == extension or f".{last.lower()}" in _ALSO_RIGHT.get(media_type, ())):
        name = stem
    return (name[: LONGEST - len(extension)].strip(" .") or "file") + extension
