"""Buyers' comments on returns, with names, telephone numbers and addresses, as in real reports."""

import tomllib
from pathlib import Path

from core.vocabulary import Marketplace
from loaders.demo.model.chance import Chance

_TABLES = tomllib.loads(Path(__file__).with_name("buyers.toml").read_text(encoding="utf-8"))
_LANGUAGES = {"DE": "de", "JP": "ja"}


def comment_of(chance: Chance, marketplace: Marketplace) -> str:
    """A buyer's comment in the marketplace's language, or nothing."""
    language = _LANGUAGES.get(marketplace.country, "en")
    name, mailbox = chance.choice(_TABLES["japanese" if language == "ja" else "names"])
    words: str = chance.choice(_TABLES[language])
    return words.format(name=name, number=chance.randrange(10, 99), mail=f"{mailbox}@example.com")
