"""The folders of the demo's report files: a folder names the marketplace of reports that do not."""

from collections.abc import Iterator
from pathlib import Path

from core.vocabulary import MARKETPLACES, Marketplace


def folders_of(account: Path) -> Iterator[tuple[Path, Marketplace | None]]:
    """The folders of an account's reports, in a stable order, each with the marketplace to pass to `sync`.

    A folder named after a marketplace has Amazon's API answers for one marketplace, which do not name it; None
    elsewhere.
    """
    for folder in sorted(entry for entry in account.iterdir() if entry.is_dir()):
        yield folder, MARKETPLACES.get(folder.name)
