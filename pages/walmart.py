"""The Walmart page: what Walmart may owe, by category, deadline and item."""

from core.ui.marketplace import page
from core.ui.shell import frame
from core.vocabulary import Channel

view = frame.page("Walmart", over="Walmart United States", channel=Channel.WALMART)
page.show(view, Channel.WALMART)
