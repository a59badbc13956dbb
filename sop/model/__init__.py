"""What an SOP, a period, a case and a run are, and the vocabulary in which people act on them."""
