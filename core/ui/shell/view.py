"""A page's scope and as-of date: the frozen object that `frame.page` returns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from core.database.access.visitor import Viewer
from core.form import ENGLISH
from core.queries.people import Account
from core.reporting.rollups import EVERY_ACCOUNT
from core.vocabulary import ROLES


@dataclass(frozen=True)
class Scope:
    """The user and accounts whose rows are read: part of the key of every cached result.

    `account_ids` are the chosen accounts among those that the database grants on this run; `version` changes with each
    of their syncs. So a revoked grant or a new report takes effect at once, whatever is still cached. `form` names the
    visitor's number and date format, since cached figures contain formatted text. `accounts_there_are` is the number of
    all accounts for staff, 0 for others.
    """

    user_id: int
    role: str
    account_ids: tuple[int, ...]
    version: str
    accounts_there_are: int = 0
    form: str = ENGLISH.name

    @cached_property
    def key(self) -> str:
        """The scope's cache key: one string, since Streamlit would hash each of thousands of account ids."""
        ids = ",".join(map(str, self.account_ids))
        return f"{self.user_id} {self.role} {self.form} {self.version} {self.accounts_there_are} {ids}"

    def of_accounts(self, _: Viewer) -> tuple[int, ...]:
        """The ids of the chosen accounts."""
        return self.account_ids

    def of_lists(self, _: Viewer) -> tuple[int, ...]:
        """The account ids for list queries. EVERY_ACCOUNT means no filter: row security selects the rows."""
        return (EVERY_ACCOUNT,) if len(self.account_ids) == self.accounts_there_are else self.account_ids

    def of_sums(self, viewer: Viewer) -> tuple[int, ...]:
        """The account ids for rollup queries: the id of a stored sum if it covers exactly the chosen accounts (all that
        the viewer is granted now, or all there are), else the accounts themselves.
        """
        if viewer.portfolio is not None and set(viewer.granted) == set(self.account_ids):
            return (viewer.portfolio,)
        return self.of_lists(viewer)


@dataclass(frozen=True)
class View:
    """The context of a page. `as_of` None means each marketplace's own today; `accounts` are the chosen ones.

    By account id, `names` has the labels of the account picker and `codes` the codes in the URL. `heading` is the
    title's placeholder.
    """

    scope: Scope
    as_of: date | None
    accounts: tuple[Account, ...]
    names: Mapping[int, str] = field(default_factory=dict)
    codes: Mapping[int, str] = field(default_factory=dict)
    heading: Any = field(default=None, compare=False, repr=False)

    def retitle(self, words: str) -> None:
        """Replace the page's title (Markdown)."""
        self.heading.title(words, anchor=False)

    @property
    def has_many_accounts(self) -> bool:
        """Whether lists need an account column."""
        return len(self.accounts) > 1

    @property
    def is_of_team(self) -> bool:
        """Whether the visitor belongs to the reimbursement team."""
        return ROLES[self.scope.role].sees_every_account

    @property
    def marketplaces(self) -> tuple[str, ...]:
        """The codes of all marketplaces of the chosen accounts."""
        return tuple(dict.fromkeys(code for account in self.accounts for code in account.marketplaces))
