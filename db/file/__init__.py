"""What belongs to the database as a file: opening, queueing, copying, restoring. Its tables are not known here."""
