-- Where the reader left an article: a part of it, and a code point in that part's text (`widgets.reader_layout`). Keyed by
-- the article's text id like the marks: it outlives the article. An article left at its beginning has no row.
CREATE TABLE positions (
  id TEXT PRIMARY KEY,
  part INTEGER NOT NULL,
  offset INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Positions by list row, which counted parts in another way.
DELETE FROM state WHERE key = 'reading';
