"""The screen of the office's indicators and their targets."""
