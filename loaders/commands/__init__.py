"""The commands of `python -m loaders`: one file a command."""
