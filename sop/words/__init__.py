"""The Indonesian words for values, the same on paper and on screen."""
