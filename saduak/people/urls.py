"""Addresses of accounts; those of allauth keep the names by which it finds them."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as outside
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.urls import URLPattern, path, re_path
from django.views.decorators.cache import never_cache

from saduak.access.doors import open_to_everyone, open_to_signed_in
from saduak.people import views

urlpatterns: list[URLPattern] = [
    path("me/", views.show_own_account_view, name="show_own_account"),
    path("me/details/", views.correct_own_details_view, name="correct_own_details"),
    path("me/sign-out-elsewhere/", views.sign_out_elsewhere_view, name="sign_out_elsewhere"),
    path("sign-in/", open_to_everyone(account.login), name="account_login"),
    path("sign-out/", open_to_everyone(account.logout), name="account_logout"),
    path("sign-up/", open_to_everyone(account.signup), name="account_signup"),
    path("closed/", open_to_everyone(account.account_inactive), name="account_inactive"),
    path("confirm/", open_to_signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", open_to_signed_in(account.password_change), name="account_change_password"),
    path("password/set/", open_to_signed_in(account.password_set), name="account_set_password"),
    path("password/forgotten/", open_to_everyone(account.password_reset), name="account_reset_password"),
    path("password/sent/", open_to_everyone(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        open_to_everyone(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/renewed/",
        open_to_everyone(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("second-factor/", open_to_signed_in(second_factor.index), name="mfa_index"),
    path("second-factor/code/", open_to_everyone(second_factor.authenticate), name="mfa_authenticate"),
    path("second-factor/confirm/", open_to_signed_in(second_factor.reauthenticate), name="mfa_reauthenticate"),
    path("second-factor/app/add/", open_to_signed_in(never_cache(totp.activate_totp)), name="mfa_activate_totp"),
    path("second-factor/app/remove/", open_to_signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "second-factor/recovery/",
        open_to_signed_in(never_cache(recovery.view_recovery_codes)),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-factor/recovery/new/",
        open_to_signed_in(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/recovery/file/",
        open_to_signed_in(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("second-factor/keys/", open_to_signed_in(keys.list_webauthn), name="mfa_list_webauthn"),
    path("second-factor/keys/add/", open_to_signed_in(keys.add_webauthn), name="mfa_add_webauthn"),
    path("second-factor/keys/<int:pk>/name/", open_to_signed_in(keys.edit_webauthn), name="mfa_edit_webauthn"),
    path("second-factor/keys/<int:pk>/remove/", open_to_signed_in(keys.remove_webauthn), name="mfa_remove_webauthn"),
    path(
        "second-factor/keys/confirm/",
        open_to_signed_in(keys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("sign-in/key/", open_to_everyone(keys.login_webauthn), name="mfa_login_webauthn"),
]

if settings.THAID_IS_CONFIGURED:
    urlpatterns += [
        path("outside/", open_to_signed_in(outside.connections), name="socialaccount_connections"),
        path("outside/cancelled/", open_to_everyone(outside.login_cancelled), name="socialaccount_login_cancelled"),
        path("outside/error/", open_to_everyone(outside.login_error), name="socialaccount_login_error"),
        path("outside/unknown/", open_to_everyone(outside.signup), name="socialaccount_signup"),
        path("outside/<provider_id>/", open_to_everyone(openid.login), name="openid_connect_login"),
        path("outside/<provider_id>/back/", open_to_everyone(openid.callback), name="openid_connect_callback"),
    ]
