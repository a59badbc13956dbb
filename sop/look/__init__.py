"""What one sees of a state: cards, the year, forecasts, figures."""
