"""`make bundel`: the program as one folder for a PC without internet, Windows or Linux. See docs/IT.md."""
