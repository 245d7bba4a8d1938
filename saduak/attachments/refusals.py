"""Why a file is not taken, each with its code and the sentence for the person who sent it."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from saduak.procedure.kit import Reason


class Refusal(StrEnum):
    """Codes that pages and tests rely on."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_KIND = "unknown_kind"
    HEIC = "heic"
    BROKEN_IMAGE = "broken_image"
    TOO_MANY_PIXELS = "too_many_pixels"
    BROKEN_PDF = "broken_pdf"
    ENCRYPTED_PDF = "encrypted_pdf"
    ACTIVE_PDF = "active_pdf"
    PDF_WITH_FILES = "pdf_with_files"
    COMPLICATED_PDF = "complicated_pdf"
    BROKEN_OFFICE = "broken_office"
    ACTIVE_OFFICE = "active_office"
    SWOLLEN_OFFICE = "swollen_office"
    BROKEN_SOUND = "broken_sound"
    LONG_SOUND = "long_sound"
    SILENT_SOUND = "silent_sound"
    NOT_KEPT = "not_kept"


SENTENCES = {
    Refusal.EMPTY: _("The file is empty. Please choose it again."),
    Refusal.TOO_LARGE: _("The file is larger than 20 MB. Please make it smaller or split it."),
    Refusal.UNKNOWN_KIND: _(
        "The content of the file is none of the accepted kinds. "
        "Please send a picture (JPEG, PNG, WebP), a PDF, a Word document (.docx) or an Excel workbook (.xlsx)."
    ),
    Refusal.HEIC: _(
        "This picture is in the HEIC format, which cannot be read here. Please save or share it as JPEG; on an iPhone: "
        "Settings › Camera › Formats › Most Compatible."
    ),
    Refusal.BROKEN_IMAGE: _("The picture is damaged or incomplete. Please send it again."),
    Refusal.TOO_MANY_PIXELS: _("The picture has more than 60 million pixels. Please send a smaller one."),
    Refusal.BROKEN_PDF: _("The PDF is damaged or incomplete. Please open it, save it again and send the new file."),
    Refusal.ENCRYPTED_PDF: _("The PDF is locked with a password. Please send one without a password."),
    Refusal.ACTIVE_PDF: _(
        "The PDF contains a program or starts something when opened. Please print it to a new PDF and send that."
    ),
    Refusal.PDF_WITH_FILES: _("The PDF has other files inside it. Please send each file by itself."),
    Refusal.COMPLICATED_PDF: _("The PDF is too complicated to be checked. Please print it to a new PDF and send that."),
    Refusal.BROKEN_OFFICE: _(
        "The document is damaged, or locked with a password. Please open it, save it again without a password "
        "and send the new file."
    ),
    Refusal.ACTIVE_OFFICE: _(
        "The document contains macros or embedded objects. Please remove them, or save the document as PDF."
    ),
    Refusal.SWOLLEN_OFFICE: _("The document unpacks to far more than it seems to hold. Please save it as PDF."),
    Refusal.BROKEN_SOUND: _("The recording cannot be read. Please record it again; files must be WAV, mono, 16 bits."),
    Refusal.LONG_SOUND: _(
        "The recording is shorter than a twentieth of a second or longer than six. Please record it again."
    ),
    Refusal.SILENT_SOUND: _(
        "Nothing can be heard in the recording. Please look at the microphone and record it again."
    ),
    Refusal.NOT_KEPT: _(
        "The platform cannot keep files at the moment. Nothing is wrong with yours; please send it again later. "
        "Everything that is already kept is safe."
    ),
}


class FileRefused(Exception):
    """The file is not taken; `reasons` say why, in the reader's language. Nothing was stored. Pages answer 422."""

    def __init__(self, *codes: Refusal) -> None:
        self.reasons = tuple(Reason(code.value, SENTENCES[code]) for code in codes)
        super().__init__(" ".join(str(reason) for reason in self.reasons))
