"""The report files of the simulated world, as the marketplaces write them."""
