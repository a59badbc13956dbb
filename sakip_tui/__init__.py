"""People: screens, keys, words on the screen, the command line."""
