"""What is true of the simulated world: its sellers, goods, prices and facts."""
