"""The state of the simulated world: sellers, goods, prices and facts."""
