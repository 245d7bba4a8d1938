"""Django for a program that a test starts beside itself; imported before the models, and as quick as the platform."""

import django

from saduak.config.loading import loading

with loading():
    django.setup()
