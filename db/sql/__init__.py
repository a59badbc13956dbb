"""What is asked of the tables and written to them, as Peewee queries over the models.

One function is one statement; its parameters are what is given when it runs, in that order. `make sql` writes every
such function here into `db/statements.py`, where it needs no Peewee to run: importing Peewee takes longer than
`sakip status` takes to answer. `years` asks for cases, `log` for events, `offices`, `sops`, `people` and `drafts` for
what their names say; `references` asks what points to nothing, `keeping` writes the state of a year.
"""
