-- Columns are never added to a table that has rows: SQLite leaves the old rows as short as they were, and salvage would
-- no longer know their shape.

-- What an article's copies in archives say beside its text; feeds' articles have no row here.
CREATE TABLE copies (
  row INTEGER PRIMARY KEY,
  captured INTEGER, -- when the newest copy with the present text was made
  first INTEGER, -- when the earliest copy of any text was made
  borrowed INTEGER NOT NULL, -- 1: `published` is `first`, since no copy has a date
  extractor INTEGER NOT NULL -- version of the extractor that read the text; 0: none of its original
) STRICT;

-- When the copy was made that a revision's text is from.
CREATE TABLE captures (
  number INTEGER PRIMARY KEY,
  captured INTEGER NOT NULL
) STRICT;

-- What became of members of archives, by a digest of their bytes and of all that decides how they are read. Content as
-- in `bodies`.
CREATE TABLE members (
  key BLOB PRIMARY KEY,
  at INTEGER NOT NULL,
  content ANY NOT NULL
) STRICT, WITHOUT ROWID;
