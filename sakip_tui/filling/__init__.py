"""The screen on which an owner's rows of data kinerja are filled and handed in."""
