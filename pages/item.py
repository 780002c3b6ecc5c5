"""One item: what happened, when, how much it is, by which rule, and the report's own rows."""

from core.ui import cached, frame, item_page

view = frame.page("Item")
item = item_page.wanted(view)

asked = view.scope, view.as_of, item_page.name_of(item)
stages, proof, cases = cached.item_stages(*asked), cached.item_proof(*asked), cached.item_cases(*asked)
item_page.head(item, stages)
item_page.story(view, item, stages, proof, cases)
item_page.evidence(view, item, proof)
