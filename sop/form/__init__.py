"""The written forms of an SOP: reading, checking, comparing; and the catalog."""
