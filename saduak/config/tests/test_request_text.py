import pytest


@pytest.mark.parametrize("address", ["/register/?q=%00", "/register/c/%00/", "/no%00where/"])
def test_an_address_that_is_no_text_is_a_bad_request(client, db, address):
    answer = client.get(address)

    assert answer.status_code == 400
    assert "<h1>" in answer.text


def test_other_odd_addresses_are_read(client, db):
    assert client.get("/register/?q=%ff%fe&q=%E0%B8&[]=&=").status_code == 200
