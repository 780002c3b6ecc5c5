"""The Amazon page: what Amazon may owe, by category, deadline and item."""

from core.ui.marketplace import page
from core.ui.shell import frame
from core.vocabulary import Channel

view = frame.page("Amazon", over="Amazon", channel=Channel.AMAZON)
page.show(view, Channel.AMAZON)
