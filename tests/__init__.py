"""What Recoup promises, as sentences that run."""
