"""What Walmart may owe: categories, deadlines, items."""

from core.ui import frame, subsection
from core.vocabulary import Channel

view = frame.page("Walmart", over="Walmart United States", channel=Channel.WALMART)
subsection.show(view, Channel.WALMART)
