"""The command line: parse, call, print. Never imports Textual but to open the board."""
