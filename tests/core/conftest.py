"""Two sellers who have everything, made once for the tests that begin with them."""

from collections.abc import Iterator

import pytest

from tests.conftest import Filled, Server, filled
from tests.core.sellers import Sellers, two_sellers


@pytest.fixture(scope="session")
def with_two_sellers(server: Server, migrated: str) -> Iterator[Filled[Sellers]]:
    """A database with the two in it."""
    with filled(server, migrated, two_sellers) as made:
        yield made
