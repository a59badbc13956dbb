"""A whole past period in one table: cells as in Excel, checked as they are typed, recorded at once."""
