"""The Outcomes page: win and recovery rates, time to resolution, open cases."""
