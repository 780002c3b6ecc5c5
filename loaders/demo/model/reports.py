"""Which of the demo's report files belong to which marketplace: what they do not say, their folder does."""

from collections.abc import Iterator
from pathlib import Path

from core.vocabulary import MARKETPLACES, Marketplace


def folders_of(account: Path) -> Iterator[tuple[Path, Marketplace | None]]:
    """The folders of an account's reports, in a stable order, each with the marketplace to take its files in for.

    A folder named for a marketplace holds what Amazon answers for one marketplace without naming it; None elsewhere.
    """
    for folder in sorted(entry for entry in account.iterdir() if entry.is_dir()):
        yield folder, MARKETPLACES.get(folder.name)
