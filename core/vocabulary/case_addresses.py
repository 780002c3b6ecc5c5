"""Links to cases at the marketplaces. No report has them; they follow a pattern, which is known only for Amazon.

Hosts: Amazon's developer documentation ("Seller Central URLs"). Path: addresses of cases that sellers quote in public
for the United States, the United Kingdom and Germany. Walmart's Seller Center has no address for one case.
"""

from urllib.parse import urlencode

_AMAZON = {
    "US": "com",
    "CA": "ca",
    "MX": "com.mx",
    "BR": "com.br",
    "UK": "co.uk",
    "DE": "de",
    "FR": "fr",
    "IT": "it",
    "ES": "es",
    "NL": "nl",
    "BE": "com.be",
    "SE": "se",
    "PL": "pl",
    "TR": "com.tr",
    "EG": "eg",
    "SA": "sa",
    "AE": "ae",
    "ZA": "co.za",
    "IN": "in",
    "JP": "co.jp",
    "AU": "com.au",
    "SG": "sg",
}

CASE_PAGES: dict[str, str] = {
    f"AMAZON_{suffix}": f"https://sellercentral.amazon.{domain}/cu/case-dashboard/view-case"
    for suffix, domain in _AMAZON.items()
}
"""The page of a case by marketplace; the case's id follows as `caseID`."""


def case_address(marketplace: str, case_id: str) -> str:
    """The address of a case; empty where no pattern is known, or the id is not one of that marketplace's."""
    page = CASE_PAGES.get(marketplace)
    is_id = case_id.isascii() and case_id.isdigit()
    return f"{page}?{urlencode({'caseID': case_id})}" if page and is_id else ""
