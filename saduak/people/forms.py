"""What a person types to sign in and to look after the own account."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from saduak.design.forms import ModelForm, PhoneField, _Kindly
from saduak.people.models import User

POSITION = _("Position at work")
PASSWORD_HINT = _("At least 12 characters. Several words in a row are easy to remember and hard to guess.")


class _OneTimeCode:
    """A code is typed with digits, and phones offer it by themselves."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, code=_("Code from the app, or a recovery code"))
        field = self.fields["code"]  # type: ignore[attr-defined]
        field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "data-width": "12"}


def _name(form: Any, **labels: Any) -> None:
    """Our labels; a placeholder only says the label again, and vanishes when it is needed."""
    form.label_suffix = ""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    for name, label in labels.items():
        form.fields[name].label = label


class SignInForm(_Kindly, account.LoginForm):
    """User name or e-mail, and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        _name(self, login=_("User name or e-mail"), password=_("Password"))
        self.fields["login"].widget.attrs |= {"autocomplete": "username webauthn", "autocapitalize": "none"}
        self.fields["password"].help_text = ""


class ForgottenPasswordForm(_Kindly, account.ResetPasswordForm):
    """The e-mail address to which the link goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, email=_("E-mail of your account"))


class NewPasswordForm(_Kindly, account.ResetPasswordKeyForm):
    """A new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, password1=_("New password"), password2=_("New password again"))
        self.fields["password1"].help_text = PASSWORD_HINT


class FirstPasswordForm(_Kindly, account.SetPasswordForm):
    """A password for an account that has none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, password1=_("New password"), password2=_("New password again"))
        self.fields["password1"].help_text = PASSWORD_HINT


class ChangePasswordForm(_Kindly, account.ChangePasswordForm):
    """The password of today, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(
            self,
            oldpassword=_("Password of today"),
            password1=_("New password"),
            password2=_("New password again"),
        )
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = PASSWORD_HINT


class ConfirmPasswordForm(_Kindly, account.ReauthenticateForm):
    """The password once more, before something important."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, password=_("Password"))
        self.fields["password"].help_text = ""


class SecondFactorForm(_OneTimeCode, _Kindly, second_factor.AuthenticateForm):
    """The code at sign-in."""


class ConfirmSecondFactorForm(_OneTimeCode, _Kindly, second_factor.ReauthenticateForm):
    """The code once more, before something important."""


class ActivateTotpForm(_OneTimeCode, _Kindly, totp.ActivateTOTPForm):
    """The first code of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, code=_("Code that the app shows now"))


class AddKeyForm(_Kindly, webauthn.AddWebAuthnForm):
    """A name for a key or passkey, and whether it is enough by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, name=_("Name of the key"), passwordless=_("Sign in with this key alone, without a password"))
        self.fields["name"].help_text = _("So that you recognise it later, for example “office phone”.")
        self.fields["passwordless"].help_text = _("The key then asks for your fingerprint, face or PIN.")
        self.fields["passwordless"].initial = True


class RenameKeyForm(_Kindly, webauthn.EditWebAuthnForm):
    """Another name for a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self, name=_("Name of the key"))


class OwnDetailsForm(ModelForm):
    """What people correct about themselves."""

    phone = PhoneField(label=_("Telephone"), required=False)

    class Meta:
        model = User
        fields = ("title", "name", "position", "phone")
        labels = {"position": POSITION}


class AccountForm(ModelForm):
    """A new account, or the details of one."""

    phone = PhoneField(label=_("Telephone"), required=False)

    class Meta:
        model = User
        fields = ("username", "email", "title", "name", "position", "phone")
        labels = {"position": POSITION}
        widgets = {"email": forms.EmailInput(attrs={"autocomplete": "off"})}
        help_texts = {
            "username": _("Latin letters, digits, dots and hyphens; it is typed at every sign-in."),
            "email": _("The invitation and lost passwords go there."),
            "name": _("Given name and surname as printed."),
            "title": _("For example Mr, Mrs, Dr."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
