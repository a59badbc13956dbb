"""The steps that bring an older file up to date, one module each; `runner.py` takes them in order."""
