"""Accounts, users and grants: who is there, who may see what, and what goes with whom."""

import pytest
from sqlalchemy import Connection, text

from core.database.access import people
from core.errors import AlreadyExists, ConfigurationError, UnknownName
from tests.conftest import Database
from tests.core.sellers import ACME, OTHER, tenant_tables, two_sellers

ROWS_OF = "select count(*) from {table} where account_id = :id"


class TestAccounts:
    """Sellers."""

    def test_a_code_is_kept_in_upper_case_and_found_in_any(self, connection: Connection) -> None:
        account_id = people.add_account(connection, " acme-1 ", "Acme", ["amazon_us", "WALMART_US", "AMAZON_US"])
        assert people.account_id_of(connection, "Acme-1") == account_id
        assert people.accounts(connection) == [
            {"code": "ACME-1", "name": "Acme", "marketplaces": ["AMAZON_US", "WALMART_US"]}
        ]

    @pytest.mark.parametrize("code", ["", " ", "-A", "A B", "Ä", "A" * 41, "A;DROP"])
    def test_what_is_no_code_is_refused(self, connection: Connection, code: str) -> None:
        with pytest.raises(ConfigurationError, match="is not an account code"):
            people.add_account(connection, code, "Acme", ["AMAZON_US"])

    def test_an_account_is_added_once(self, connection: Connection) -> None:
        people.add_account(connection, ACME, "Acme", ["AMAZON_US"])
        with pytest.raises(AlreadyExists, match="account ACME already"):
            people.add_account(connection, "acme", "Another", ["AMAZON_US"])
        assert len(people.accounts(connection)) == 1

    @pytest.mark.parametrize(
        ("marketplace", "said"),
        [
            ("AMAZON_XX", "is not a marketplace"),
            ("WALMART_CA", "United States"),
            ("AMAZON_UNASSIGNED", "is not a marketplace"),
        ],
    )
    def test_a_marketplace_that_is_not_served_is_refused(
        self, connection: Connection, marketplace: str, said: str
    ) -> None:
        with pytest.raises(UnknownName, match=said):
            people.add_account(connection, ACME, "Acme", ["AMAZON_US", marketplace])
        assert people.accounts(connection) == []

    def test_an_unknown_code_is_answered_with_those_that_there_are(self, connection: Connection) -> None:
        with pytest.raises(UnknownName, match="Known are: none yet"):
            people.account_id_of(connection, "NONE")
        people.add_account(connection, ACME, "Acme", ["AMAZON_US"])
        with pytest.raises(UnknownName, match=r"There is no account NONE\. Known are: ACME"):
            people.account_id_of(connection, "NONE")

    def test_removing_an_account_removes_all_of_its_rows_and_none_of_another(self, database: Database) -> None:
        with database.owner.begin() as connection:
            sellers = two_sellers(connection)
            tables = tenant_tables(connection)

            def rows(account_id: int) -> dict[str, int]:
                return {
                    table: connection.execute(text(ROWS_OF.format(table=table)), {"id": account_id}).scalar_one()
                    for table in tables
                }

            others = rows(sellers.other)
            people.remove_account(connection, ACME)
            assert rows(sellers.acme) == dict.fromkeys(tables, 0)
            assert rows(sellers.other) == others


class TestUsers:
    """People, by their e-mail address."""

    def test_a_user_has_a_role_and_the_accounts_granted_to_it(self, connection: Connection) -> None:
        for code in (ACME, OTHER):
            people.add_account(connection, code, code, ["AMAZON_US"])
        user_id = people.add_user(connection, " Anna@Acme.example ", "seller", [OTHER, "acme"])
        assert people.users(connection) == [
            {"user_id": user_id, "email": "anna@acme.example", "role": "seller", "accounts": [ACME, OTHER]}
        ]
        assert people.user_id_of(connection, "ANNA@acme.example") == user_id

    def test_an_address_is_added_once_in_whatever_case(self, connection: Connection) -> None:
        people.add_user(connection, "anna@acme.example", "seller")
        with pytest.raises(AlreadyExists):
            people.add_user(connection, "Anna@acme.example", "staff")

    @pytest.mark.parametrize("email", ["", "anna", "anna@", "@acme", "an na@acme", "a@b@c"])
    def test_what_is_no_address_is_refused(self, connection: Connection, email: str) -> None:
        with pytest.raises(ConfigurationError, match="is not an e-mail address"):
            people.add_user(connection, email, "seller")

    def test_an_unknown_role_user_or_account_is_named(self, connection: Connection) -> None:
        with pytest.raises(UnknownName, match="boss is not a role"):
            people.add_user(connection, "anna@acme.example", "boss")
        with pytest.raises(UnknownName, match="There is no user anna@acme"):
            people.remove_user(connection, "anna@acme.example")
        people.add_user(connection, "anna@acme.example", "seller")
        with pytest.raises(UnknownName, match="There is no account NONE"):
            people.grant(connection, "anna@acme.example", "NONE")

    def test_granting_and_revoking_twice_changes_nothing_more(self, connection: Connection) -> None:
        people.add_account(connection, ACME, ACME, ["AMAZON_US"])
        people.add_user(connection, "anna@acme.example", "seller")
        for act, accounts in ((people.grant, [ACME]), (people.revoke, [])):
            for _ in range(2):
                act(connection, "anna@acme.example", ACME)
                assert people.users(connection)[0]["accounts"] == accounts

    def test_removing_a_user_removes_its_grants(self, connection: Connection) -> None:
        people.add_account(connection, ACME, ACME, ["AMAZON_US"])
        people.add_user(connection, "anna@acme.example", "seller", [ACME])
        people.remove_user(connection, "anna@acme.example")
        assert people.users(connection) == []
        assert connection.execute(text("select count(*) from user_account")).scalar_one() == 0
