"""Instants, working time, due moments, and why they are what they are."""
