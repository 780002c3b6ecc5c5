"""The Case Tracker page: the list of all cases."""
