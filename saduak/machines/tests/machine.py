"""A system that takes part through the interface."""

import json

from django.core.files.uploadedfile import SimpleUploadedFile

from saduak.machines.scopes import Scope
from saduak.machines.tests.factories import token_of


class Machine:
    """A system that acts for a person, with every scope for cases."""

    def __init__(self, client, person):
        self.client = client
        self.header = {"Authorization": f"Bearer {token_of(Scope.CASES_READ, Scope.CASES_WRITE, acts_for=person)[1]}"}

    def ask(self, method, path, body=None, **headers):
        return self.client.generic(
            method,
            f"/api/v1/{path}",
            data=json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={**self.header, "Accept-Language": "en", **headers},
        )

    def get(self, path, **query):
        return self.client.get(f"/api/v1/{path}", query, headers=self.header)

    def send(self, path, file, **fields):
        upload = SimpleUploadedFile("หลักฐาน.jpg", file.read(), "image/jpeg")
        return self.client.post(f"/api/v1/{path}", {**fields, "file": upload}, headers=self.header)

    def done(self, method, path, body=None, status=200):
        """What was answered to a request that must succeed."""
        answer = self.ask(method, path, body)
        assert answer.status_code == status, answer.content.decode()
        return answer.json() if answer.content else None
