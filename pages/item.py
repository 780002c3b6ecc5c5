"""The page of an item: what happened and when, its amount, its rule, and the original report rows."""

from core.ui.cache import answers
from core.ui.item import page
from core.ui.shell import frame

view = frame.page("Item")
item = page.wanted(view)

asked = view.scope, view.as_of, page.name_of(item)
stages, proof, cases = answers.item_stages(*asked), answers.item_proof(*asked), answers.item_cases(*asked)
page.head(view, item, stages, proof, cases)
page.timeline_and_sum(view, item, stages, proof, cases)
page.evidence(view, item, proof)
