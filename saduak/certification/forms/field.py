"""Files from devices, as they are brought in."""

from django.utils.translation import gettext_lazy as _

from saduak.design.forms import FilesField, Form


class BringInForm(Form):
    """Files that a device has exported."""

    files = FilesField(  # type: ignore[assignment]  # Django takes fields out of the class; `self.files` stays.
        label=_("Files from devices"),
        help_text=_("Their names end with .saduak"),
        error_messages={"required": _("Choose at least one file.")},
    )
