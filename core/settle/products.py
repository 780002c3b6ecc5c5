"""Product names: the SKU, FNSKU, GTIN and ASIN that reports name together."""

from collections.abc import Iterable
from dataclasses import replace

from core.settle.facts import Goods, Product

Key = tuple[str, str, str]


class Products:
    """The names of an account's products."""

    def __init__(self, products: Iterable[Product]) -> None:
        self._product: dict[Key, str] = {}
        self._asins: dict[Key, set[str]] = {}
        self._alone: dict[Key, Goods | None] = {}
        for each in products:
            goods = Goods(each.channel, sku=each.sku, fnsku=each.fnsku, gtin=each.gtin)
            for name in goods.product_names:
                self._product.setdefault(name, each.product)
                if each.asin:
                    self._asins.setdefault((each.channel, "product", each.product), set()).add(each.asin)
                self._alone[name] = self._only(self._alone.get(name, goods), goods)

    def keys(self, goods: Goods) -> set[Key]:
        """The keys under which facts about the same product, or about siblings of one ASIN, are indexed. The more keys
        two facts share, the better the match.
        """
        keys = {(goods.channel, "product", self._product.get(name, name[2])) for name in goods.product_names}
        asins = {goods.asin} if goods.asin else set()
        for key in keys:
            asins |= self._asins.get(key, set())
        return keys | {(goods.channel, "asin", asin) for asin in asins}

    def in_full(self, goods: Goods) -> Goods:
        """The goods with their missing names filled in, where these are certain."""
        for name in goods.product_names:
            known = self._alone.get(name)
            if known is not None:
                return replace(goods, sku=goods.sku or known.sku, fnsku=goods.fnsku or known.fnsku)
        return goods

    @staticmethod
    def _only(one: Goods | None, other: Goods) -> Goods | None:
        """The merge of both, with empty names filled in; None where they differ."""
        if one is None:
            return None
        for mine, theirs in ((one.sku, other.sku), (one.fnsku, other.fnsku), (one.gtin, other.gtin)):
            if mine and theirs and mine != theirs:
                return None
        return replace(one, sku=one.sku or other.sku, fnsku=one.fnsku or other.fnsku, gtin=one.gtin or other.gtin)
