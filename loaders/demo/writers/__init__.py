"""Writers of the simulated world's report files, in the marketplaces' layouts."""
