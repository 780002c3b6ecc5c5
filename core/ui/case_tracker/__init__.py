"""Case Tracker: the list of all cases."""
