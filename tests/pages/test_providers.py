"""Several providers of identities: a way in for each."""

import pytest

from tests.pages import conftest
from tests.pages.conftest import Open

NAMED = {"google": {"client_id": "a"}, "microsoft": {"client_id": "b"}}


@pytest.mark.parametrize(
    ("sections", "ways"),
    [({}, ["Sign in"]), (NAMED, ["Sign in with google", "Sign in with microsoft"])],
    ids=["one without a name", "two with names"],
)
def test_each_provider_has_a_way_in(
    visit: Open, monkeypatch: pytest.MonkeyPatch, sections: dict[str, object], ways: list[str]
) -> None:
    monkeypatch.setitem(conftest.SECRETS, "auth", conftest.SECRETS["auth"] | sections)
    app = visit("pages/overview.py", None)
    assert [button.label for button in app.button] == ways
