"""For whom and as of when a page answers: the small frozen object that `frame.page` returns."""

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
    """Whose rows are read: the key of every cached answer.

    `account_ids` are the accounts chosen out of those that the database grants on this very run, and `version` changes
    with every sync of theirs. So a revoked grant or a new report is seen at once, whatever is still in a cache. `form`
    names how the visitor reads numbers and dates: figures hold them as text. `accounts_there_are` counts those of
    everybody, for staff alone.
    """

    user_id: int
    role: str
    account_ids: tuple[int, ...]
    version: str
    accounts_there_are: int = 0
    form: str = ENGLISH.name

    @cached_property
    def key(self) -> str:
        """What names the scope in a cache. Streamlit would look at each of thousands of accounts by itself."""
        ids = ",".join(map(str, self.account_ids))
        return f"{self.user_id} {self.role} {self.form} {self.version} {self.accounts_there_are} {ids}"

    def of_accounts(self, _: Viewer) -> tuple[int, ...]:
        """The accounts, one by one."""
        return self.account_ids

    def of_lists(self, _: Viewer) -> tuple[int, ...]:
        """The accounts that a list is asked of. Of every account there is, row security alone says which."""
        return (EVERY_ACCOUNT,) if len(self.account_ids) == self.accounts_there_are else self.account_ids

    def of_sums(self, viewer: Viewer) -> tuple[int, ...]:
        """The accounts that a kept total is asked of, or the sum over them where one is kept: over every account there
        is, or over all that are granted to the viewer at this moment.
        """
        if viewer.portfolio is not None and set(viewer.granted) == set(self.account_ids):
            return (viewer.portfolio,)
        return self.of_lists(viewer)


@dataclass(frozen=True)
class View:
    """What a page needs to know. `as_of` None leaves each marketplace its own today; `accounts` are the chosen ones.

    `names` are what the account picker calls each of them, `codes` what the address does. `heading` is the title.
    """

    scope: Scope
    as_of: date | None
    accounts: tuple[Account, ...]
    names: Mapping[int, str] = field(default_factory=dict)
    codes: Mapping[int, str] = field(default_factory=dict)
    heading: Any = field(default=None, compare=False, repr=False)

    def retitle(self, words: str) -> None:
        """Title the page by what it shows (Markdown)."""
        self.heading.title(words, anchor=False)

    @property
    def has_many_accounts(self) -> bool:
        """Whether lists must name the account."""
        return len(self.accounts) > 1

    @property
    def is_of_team(self) -> bool:
        """Whether the visitor is of the reimbursement team."""
        return ROLES[self.scope.role].sees_every_account

    @property
    def marketplaces(self) -> tuple[str, ...]:
        """The codes of all marketplaces of the accounts."""
        return tuple(dict.fromkeys(code for account in self.accounts for code in account.marketplaces))
