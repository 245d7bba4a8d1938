"""Accounts (บัญชีผู้ใช้)."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes accounts; their roles come from dated memberships, never from here."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """In small letters throughout: people sign in with it, and nobody remembers capitals."""
        return (email or "").strip().lower()

    def create_user(self, username: str, *, email: str = "", password: str | None = None, **facts: object) -> "User":
        """Make an account; without a password nobody can sign in with one."""
        user = self.model(username=username, email=self.normalize_email(email), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in (ผู้ใช้งาน); the name is one field as printed, beside a title."""

    username = models.CharField(_("user name"), max_length=60, unique=True)
    email = models.EmailField(_("e-mail"), blank=True)
    title = models.CharField(_("title"), max_length=60, blank=True)
    name = models.CharField(_("name"), max_length=200)
    position = models.CharField(_("position"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined at"), auto_now_add=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="an_e_mail_address_belongs_to_one_account",
                violation_error_message=_("Another account has this e-mail address."),
            ),
            models.UniqueConstraint(
                Lower("username"),
                name="a_user_name_is_used_once",
                violation_error_message=_("Another account has this user name."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}{self.name}"

    def clean(self) -> None:
        """Keep the e-mail in small letters."""
        super().clean()
        self.email = User.objects.normalize_email(self.email)
