"""What a writing request was answered, for the client that asks again (คำตอบที่เก็บไว้)."""

from django.db import models


class KeptAnswer(models.Model):
    """The answer to a request with an idempotency key, written in the transaction of what it did; it lies encrypted."""

    client = models.ForeignKey("Client", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    asked = models.BinaryField(max_length=32)  # SHA-256 of method, address and body.
    status = models.PositiveSmallIntegerField()
    content_type = models.CharField(max_length=120)
    body = models.BinaryField()
    location = models.CharField(max_length=500, blank=True)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="a_key_is_used_up_once")]
        indexes = [models.Index(fields=["kept_at"], name="answer_kept_at")]

    def __str__(self) -> str:
        return f"{self.key} {self.status}"
