"""Buyers' comments on returns, with names, telephone numbers and addresses, as in real reports."""

from core.vocabulary import Marketplace
from loaders.demo.model.chance import Chance

_NAMES = tuple(
    (name, name.split()[0].casefold())
    for name in (
        "Sarah Whitfield",
        "Marcus O’Brien",
        "Priya Raman",
        "Jürgen Hoffmann",
        "Anaïs Lefèvre",
        "Tom Becker",
        "Grace Okafor",
        "Ellen Ramsey",
        "Katrin Schäfer",
        "Daniel Reyes",
    )
)

_JAPANESE_NAMES = (
    ("佐藤 美咲", "misaki"),
    ("鈴木 健太", "kenta"),
    ("高橋 陽子", "yoko"),
)

_LANGUAGES = {"DE": "de", "JP": "ja"}

_COMMENTS = {
    "en": (
        "Too small, ordered the larger one instead. {name}",
        "Please call me about the refund: 555-01{number}, {name}",
        "Arrived after my mother’s birthday – not needed any more. Regards, {name}",
        "The zip broke on day two. You can write to {mail}",
        "Colour is “lovely” but not what the picture shows",
        "",
        "",
        "",
    ),
    "ja": (
        "思ったより小さかったです。{name}",
        "返金について電話をください: 03-5550-01{number}, {name}",
        "母が気に入りませんでした。{mail} までお願いします",
        "色が写真と違います",
        "",
        "",
        "",
    ),
    "de": (
        "Gefällt meiner Frau nicht. Mit freundlichen Grüßen, {name}",
        "Bitte rufen Sie mich an: 030 555{number}, {name}",
        "Größe passt nicht, bitte Erstattung an {mail}",
        "Falsche Farbe bestellt",
        "",
        "",
        "",
    ),
}


def comment_of(chance: Chance, marketplace: Marketplace) -> str:
    """A buyer's comment in the marketplace's language, or nothing."""
    language = _LANGUAGES.get(marketplace.country, "en")
    name, mailbox = chance.choice(_JAPANESE_NAMES if language == "ja" else _NAMES)
    words = chance.choice(_COMMENTS[language])
    return words.format(name=name, number=chance.randrange(10, 99), mail=f"{mailbox}@example.com")
