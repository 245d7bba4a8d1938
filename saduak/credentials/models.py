"""Keys, status lists, and every credential that was ever signed (กุญแจ บัญชีสถานะ และหนังสือรับรอง)."""

import math
import secrets

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from saduak.credentials.dids import Method, PaperMethod
from saduak.credentials.issuers import Issuer
from saduak.credentials.procedure import SIGNING_KEY, KeyStage
from saduak.credentials.sealing import PrivateKey, from_der
from saduak.credentials.status_lists import SIZE
from saduak.credentials.vault import unseal
from saduak.journal.models import Case


class Key(Case):
    """What every key of an issuer has."""

    issuer = models.CharField(_("issuer"), max_length=20, choices=Issuer)
    did = models.CharField(_("name of the issuer"), max_length=300)
    sealed = models.BinaryField(_("encrypted private key"))
    made_at = models.DateTimeField(_("made at"))
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)
    stolen_at = models.DateTimeField(_("stolen at"), null=True, blank=True)  # From when on its word does not count.

    procedure = SIGNING_KEY

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reference

    @property
    def address(self) -> str:
        """Where the public key is found: in the issuer's document, under its own reference."""
        return f"{self.did}#{self.reference}"


class SigningKey(Key):
    """An Ed25519 key; its reference is its public half as text, which is also its place in the issuer's document."""

    case_kind = "credentials.key"

    class Meta:
        verbose_name = _("signing key")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_key_signs_for_an_issuer",
                fields=["issuer", "did"],
                condition=Q(stage=KeyStage.ACTIVE),
            ),
            models.CheckConstraint(name="a_key_has_a_known_stage", condition=Q(stage__in=KeyStage.values)),
            models.CheckConstraint(
                name="a_stolen_key_says_since_when",
                condition=Q(stage=KeyStage.COMPROMISED, stolen_at__isnull=False)
                | (~Q(stage=KeyStage.COMPROMISED) & Q(stolen_at=None)),
            ),
        ]

    @property
    def method(self) -> Method:
        """The public key as the issuer's document describes it."""
        return Method(self.address, self.reference, self.stolen_at)

    def open(self) -> Ed25519PrivateKey:
        """The private key. Raises VaultLocked."""
        return Ed25519PrivateKey.from_private_bytes(unseal(bytes(self.sealed), about=self.address))


class SealingKey(Key):
    """A key that seals PDF files (ECDSA on P-256); its reference is the beginning of its certificate's SHA-256.

    `certificate` is X.509, of our own making or from an authority, as DER.
    """

    case_kind = "credentials.sealing_key"

    certificate = models.BinaryField(_("certificate"))

    class Meta:
        verbose_name = _("sealing key")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_key_seals_for_an_issuer",
                fields=["issuer", "did"],
                condition=Q(stage=KeyStage.ACTIVE),
            ),
            models.CheckConstraint(name="a_sealing_key_has_a_known_stage", condition=Q(stage__in=KeyStage.values)),
            models.CheckConstraint(
                name="a_stolen_sealing_key_says_since_when",
                condition=Q(stage=KeyStage.COMPROMISED, stolen_at__isnull=False)
                | (~Q(stage=KeyStage.COMPROMISED) & Q(stolen_at=None)),
            ),
        ]

    def open(self) -> PrivateKey:
        """The private key. Raises VaultLocked."""
        return from_der(unseal(bytes(self.sealed), about=self.address))

    @property
    def paper_method(self) -> PaperMethod:
        """The public key as the issuer's document describes it."""
        return PaperMethod(self.address, bytes(self.certificate), self.stolen_at)


def _odd() -> int:
    return 2 * secrets.randbelow(SIZE // 2) + 1


def _any() -> int:
    return secrets.randbelow(SIZE)


class StatusList(models.Model):
    """A list of bits, one place for each credential; revocation and suspension use the same place (บัญชีสถานะ).

    Places are given in an order that looks random and repeats none: `multiplier × n + offset`, modulo the list's size,
    which is a power of two, with an odd multiplier.
    """

    number = models.PositiveIntegerField(_("number"), unique=True)
    issuer = models.CharField(_("issuer"), max_length=20, choices=Issuer)
    given = models.PositiveIntegerField(_("places given"), default=0)
    multiplier = models.PositiveIntegerField(default=_odd)
    offset = models.PositiveIntegerField(default=_any)

    class Meta:
        verbose_name = _("status list")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(name="a_list_gives_no_more_than_it_has", condition=Q(given__lte=SIZE)),
            models.CheckConstraint(
                name="places_repeat_none", condition=Q(multiplier__lt=SIZE, offset__lt=SIZE, multiplier__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def issuer_of(self) -> Issuer:
        """Whose list it is."""
        return Issuer(self.issuer)

    def place(self, turn: int) -> int:
        """The place of the credential that came as number `turn`, counted from 0."""
        assert math.gcd(self.multiplier, SIZE) == 1  # noqa: S101  Else two credentials would share a bit.
        return (self.multiplier * turn + self.offset) % SIZE


class IssuedQuerySet(models.QuerySet["Issued"]):
    """Ways of choosing credentials."""

    def about(self, case: Case) -> "IssuedQuerySet":
        """Those about one case, the newest edition first."""
        return self.filter(case_kind=case.case_kind, case_reference=case.reference).order_by("-edition")

    def believed(self) -> "IssuedQuerySet":
        """Those that were not signed by a key after its theft."""
        return self.filter(Q(key__stolen_at=None) | Q(issued_at__lt=F("key__stolen_at")))

    def current(self) -> "IssuedQuerySet":
        """Those that no newer edition replaces."""
        return self.filter(~_newer_edition())

    def replaced(self) -> "IssuedQuerySet":
        """Those that a newer edition replaces."""
        again = Issued.objects.filter(edition__gt=1).values("case_reference")
        return self.filter(_newer_edition(), case_reference__in=again)


def _newer_edition() -> models.Exists:
    return models.Exists(
        Issued.objects.filter(
            case_kind=models.OuterRef("case_kind"),
            case_reference=models.OuterRef("case_reference"),
            edition__gt=models.OuterRef("edition"),
        )
    )


class Issued(models.Model):
    """A credential as it was signed, kept for ever; a trigger refuses any change (หนังสือรับรองที่ออกแล้ว).

    `document` is the canonical form, in which it is handed out; `sha256` is its digest. It is about the case of that
    kind and reference. A case gets a new edition when its key was stolen.
    """

    case_kind = models.CharField(_("kind of case"), max_length=80)
    case_reference = models.CharField(_("reference"), max_length=60)
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="issued")
    list = models.ForeignKey(  # Null: its maker keeps the status elsewhere, or says none.
        StatusList, on_delete=models.PROTECT, null=True, related_name="issued"
    )
    place = models.PositiveIntegerField(_("place in the list"), null=True)
    document = models.TextField(_("document"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    issued_at = models.DateTimeField(_("issued at"))
    asked_by = models.CharField(_("asked for by"), max_length=120, blank=True)  # Blank: the platform's own deed.

    objects = IssuedQuerySet.as_manager()

    class Meta:
        verbose_name = _("credential")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["case_reference"], name="credential_of_case"),
            models.Index(fields=["case_reference"], condition=Q(edition__gt=1), name="credential_signed_anew"),
        ]
        constraints = [
            models.UniqueConstraint(name="editions_are_counted", fields=["case_kind", "case_reference", "edition"]),
            models.UniqueConstraint(name="a_place_is_given_once", fields=["list", "place"]),
            models.CheckConstraint(
                name="a_place_is_in_a_list",
                condition=Q(list=None, place=None) | Q(list__isnull=False, place__isnull=False, place__lt=SIZE),
            ),
            models.CheckConstraint(name="editions_begin_with_one", condition=Q(edition__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.case_reference} ({self.edition})"
