"""Everybody looks after the own account."""

from tests.support.addresses import signed_in

ADDRESSES = {
    "show_own_account": signed_in(),
    "correct_own_details": signed_in(post={}, answer=422),
    "sign_out_elsewhere": signed_in(post={}, answer=302),
}
