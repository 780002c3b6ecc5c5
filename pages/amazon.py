"""What Amazon may owe: categories, deadlines, items."""

from core.ui import frame, subsection
from core.vocabulary import Channel

view = frame.page("Amazon", over="Amazon", channel=Channel.AMAZON)
subsection.show(view, Channel.AMAZON)
