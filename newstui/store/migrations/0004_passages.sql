-- Passages that the reader marked in articles, with what was noted of them. Keyed by the article's text id like the marks:
-- they outlive the article. A passage is found again by its own words, should the text have changed since.
CREATE TABLE passages (
  id TEXT NOT NULL,
  part INTEGER NOT NULL, -- part of the article, as in `positions`
  start INTEGER NOT NULL, -- code point in the part's text
  quote TEXT NOT NULL, -- the words themselves
  lead TEXT NOT NULL, -- what stands right before them
  note TEXT NOT NULL, -- "" when they were only marked
  at INTEGER NOT NULL,
  PRIMARY KEY (id, part, start)
) STRICT, WITHOUT ROWID;
