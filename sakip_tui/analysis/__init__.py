"""The screen on which the rows of all owners are looked at, marked and sent back."""
