"""Adding a device to a desk, and what it is told about itself."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saduak.frontdesk.gateways.printers import PORT
from saduak.frontdesk.models import Desk, Device
from saduak.frontdesk.models.devices import DeviceKind, DeviceScope
from saduak.frontdesk.operations.printing import BROWSER, printers_of

WIDTHS = [(72, _("80 mm")), (48, _("58 mm"))]
HEIGHTS = [("high", _("for people who stand")), ("low", _("for people who sit"))]


BEFORE_IT_IS_TRUSTED = frozenset({DeviceScope.READ})
"""What somebody else's system is offered to do before anybody has chosen."""


class DeviceForm(forms.Form):
    """The name, and what belongs to the kind of device; fields of other kinds are not asked."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("So that you tell it from the others."))

    def __init__(self, *args: Any, desk: Desk, kind: str, device: Device | None = None, **kwargs: Any) -> None:
        if device is not None:
            kwargs["initial"] = {"name": device.name, "counter": device.counter_id, **device.options}
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind == DeviceKind.KIOSK:
            printers = [(str(one.pk), one.name) for one in printers_of(desk)]
            self.fields["printer"] = forms.ChoiceField(
                label=_("Prints on"),
                required=False,
                choices=[("", _("no printer")), (BROWSER, _("the printer of the kiosk itself")), *printers],
            )
            self.fields["height"] = forms.ChoiceField(label=_("Buttons"), choices=HEIGHTS)
        elif kind == DeviceKind.PRINTER:
            self.fields["host"] = forms.CharField(
                label=_("Network address"),
                max_length=200,
                validators=[RegexValidator(r"^[A-Za-z0-9.:-]+$", _("Give a name or number of the network."))],
                help_text=_("For example 192.168.1.50"),
            )
            self.fields["port"] = forms.IntegerField(
                label=pgettext_lazy("network", "Port"), min_value=1, max_value=65535, initial=PORT
            )
            self.fields["width"] = forms.TypedChoiceField(
                label=_("Width of the paper"), coerce=int, choices=WIDTHS, initial=72
            )
        elif kind == DeviceKind.TABLET:
            self.fields["counter"] = forms.ModelChoiceField(
                desk.counters.filter(is_active=True), label=_("Counter"), required=True
            )

        elif kind == DeviceKind.OTHER:
            named = device.scopes if device is not None else BEFORE_IT_IS_TRUSTED
            self.fields["scopes"] = forms.MultipleChoiceField(
                label=_("What it may do"),
                choices=DeviceScope.choices,
                initial=[one.value for one in DeviceScope if one in named],
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Only at %(centre)s. What is taken away holds from its next request on.")
                % {"centre": desk.centre.name},
                error_messages={"required": _("Choose at least one.")},
            )
            self.fields["counter"] = forms.ModelChoiceField(
                desk.counters.filter(is_active=True),
                label=_("Counter"),
                required=False,
                empty_label=_("no counter"),
                help_text=_("Whose buttons it presses, if it may."),
            )

    def clean(self) -> dict[str, Any] | None:
        """Whoever presses buttons belongs to a counter."""
        if DeviceScope.CALL in self.cleaned_data.get("scopes", ()) and not self.cleaned_data.get("counter"):
            self.add_error("counter", _("Choose the counter whose buttons it presses."))
        return super().clean()

    @property
    def options(self) -> dict[str, Any]:
        """What the device keeps of it."""
        kept = {key: value for key, value in self.cleaned_data.items() if key not in ("name", "counter")}
        if printer := kept.get("printer"):
            kept["printer"] = printer if printer == BROWSER else int(printer)
        return kept
