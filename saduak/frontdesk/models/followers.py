"""Who wants to be told about a ticket, and the key that such messages are signed with (การแจ้งเตือนผู้ถือบัตรคิว)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from saduak.frontdesk.models.tickets import Ticket


class Follower(models.Model):
    """A browser or an e-mail address that is told when it is nearly the ticket's turn, and when it is called.

    Forgotten when the day is over. Of a browser the three parts of its push subscription are kept (RFC 8030, RFC 8291).
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="followers", verbose_name=_("ticket"))
    email = models.EmailField(_("e-mail"), blank=True)
    endpoint = models.URLField(_("address of the push service"), max_length=1000, blank=True)
    p256dh = models.CharField(_("key of the browser"), max_length=200, blank=True)
    auth = models.CharField(_("secret of the browser"), max_length=100, blank=True)
    language = models.CharField(_("language"), max_length=2, default="th")
    since = models.DateTimeField(_("since"))
    near_told_at = models.DateTimeField(_("told that it is nearly time"), null=True)  # Null: not yet.
    called_told = models.PositiveSmallIntegerField(_("calls told"), default=0)

    class Meta:
        verbose_name = _("follower of a ticket")
        verbose_name_plural = _("followers of tickets")
        constraints = [
            models.CheckConstraint(
                condition=Q(email="") ^ Q(endpoint=""), name="a_follower_is_a_browser_or_an_address"
            ),
            models.CheckConstraint(
                condition=Q(endpoint="") | (~Q(p256dh="") & ~Q(auth="")), name="a_browser_is_told_in_secret"
            ),
            models.UniqueConstraint(fields=["ticket", "endpoint", "email"], name="a_follower_follows_a_ticket_once"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id}"


class PushKey(models.Model):
    """The platform's key for web push (VAPID, RFC 8292), made at the first need; the private half lies in the vault."""

    sealed = models.BinaryField(_("encrypted private key"))
    public = models.CharField(_("public key"), max_length=100)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("key for push messages")
        verbose_name_plural = _("keys for push messages")

    def __str__(self) -> str:
        return self.public
