"""The local cache: SQLite through apsw. The only room with SQL."""
