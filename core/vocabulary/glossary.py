"""The words that pages, lists and files use: one word for one thing. `never` are words that stood for it before, as
regular expressions; a test looks for them on every page.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """What to say, what it means, and what not to say instead."""

    say: str
    meaning: str
    never: tuple[str, ...] = ()


_ALL = (
    Term(
        "Filed",
        "What a case asks for.",
        (
            "Claimed in the case",
            "Claimed amount",
            "Claimed units",
            "Largest claim",
            "claimed \\*\\*",
            "that was claimed",
        ),
    ),
    Term("Recovered", "What a case brought, net of what was taken back.", ("A part of what",)),
    Term("Claimed", "Money received, net of what was taken back."),
    Term("Expires", "Ready to claim, by its last day."),
    Term("All at risk", "Ready, Future and Review together.", ("May expire", "What is at risk")),
    Term("Status", "Of an item: its stage.", ("Holding",)),
    Term("Currency", "Which currency a page shows.", ("Charts in", "Money in ", "Currency of the page")),
    Term("Sort by", "Deadline or amount.", ("Soonest", "Largest amount", "What comes first")),
    Term("Switch user", "The demo's user.", ("Somebody else",)),
    Term("Change date", "The date that deadlines are compared with.", ("Another date",)),
    Term("All accounts", "Every account of the visitor.", ("All my accounts", r"All \d+ accounts")),
    Term("oldest sync", "The oldest of several.", (r"\(the oldest\)",)),
    Term("No sync scheduled", "Nothing is planned.", ("next sync not known",)),
    Term("with no value yet", "Nobody knows what a unit is worth.", ("without a value", "Without value")),
    Term("last 12 months (net)", "A sum over time.", (r"net in 12 months",)),
    Term("Select a cell", "How a heat map is used.", ("Mark a cell", "mark a cell")),
    Term("View cases, View items", "A way to a list.", ("In the Case Tracker",)),
    Term("Highest win rate", "A table's title.", ("wins most", "recovers most")),
    Term("No significant difference", "Rates whose intervals overlap.", ("No sure difference",)),
    Term("Half of cases resolve within", "The median time.", ("Half are resolved",)),
    Term("Win rate counts decided cases only", "What the rate leaves out.", (r"Won\*\* is", "in no rate:")),
    Term("Shortfall, Unit cost", "Paid below cost.", ("Short of your cost", "Your cost of a unit")),
    Term("Include expired", "Also items whose deadline has passed.", ("whose time has passed",)),
    Term("Request a re-evaluation", "What to do about a payment below cost.", ("have the value evaluated",)),
    Term("Claimable from", "A claim window.", ("It can be claimed from",)),
    Term("the original never came back.", "What happened to a replaced unit.", ("the original never came back on",)),
    Term("Calculation", "How an amount comes about.", ("How many and how much",)),
    Term("Case file record", "What the case file has.", ("As the case file has it",)),
    Term("Items covered", "The items of a case.", ("Items that it covers",)),
    Term("Gap", "Days between a report's data for which it is not known to be whole.", ("[Hh]oles?",)),
    Term("Late", "The newest data are older than usual, or a sync is due.", ("Stale", "Overdue")),
    Term("Detect from file", "The file says which marketplace it is of.", ("As the files say",)),
    Term("Already imported", "The file was imported before.", ("Taken before",)),
    Term("zipped or not", "What may be imported.", ("packed or not",)),
    Term("Uses the current filters", "What a download has.", ("With what was chosen", "with what was chosen")),
    Term("You review; our team files", "What the service is.", ("you look, the",)),
    Term("Setup status", "What the service needs.", ("What it needs, and what is there",)),
    Term("Pending requests", "Requests that nobody has started.", ("Requests that wait", "Service asked for")),
    Term("Request service", "Ask the team to start.", ("Ask the team to start", "Mark as initiated")),
    Term("request early", "Expired items may be unrecoverable.", ("What has passed its claim window",)),
    Term("not found, or you don't have access", "Not there, or not the visitor's.", ("There is no such",)),
    Term("no sign-in", "The demo's banner, one line.", ("No sign-in is configured",)),
    Term("1 day", "A number goes with its noun.", (r"\b1 days", r"\b1 items", r"\b1 cases")),
)

GLOSSARY: dict[str, Term] = {term.say: term for term in _ALL}
"""Every term by what to say."""
