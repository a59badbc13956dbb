"""The copies of the office's file: making one, seeing what restoring would take back, restoring."""
