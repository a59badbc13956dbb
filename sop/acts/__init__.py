"""What may be done, and what each act does to the state."""
