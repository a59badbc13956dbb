"""The screen of what is wrong with a document that was to be taken in."""
