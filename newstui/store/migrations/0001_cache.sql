-- Every table has a shape of its own (number and types of columns): salvage tells rows apart by it when the schema is lost.
-- Times are ms since the epoch. A division's place id is its six-digit code as a number; a portal's own tab has an id below 0.

CREATE TABLE sources (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  url TEXT NOT NULL UNIQUE,
  origin TEXT NOT NULL, -- the address it was added with: article ids are derived from it, so a 301 does not change them
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  titled INTEGER NOT NULL, -- 1: the title is the reader's own and a fetch leaves it
  site TEXT NOT NULL,
  place TEXT NOT NULL,
  etag TEXT NOT NULL DEFAULT '',
  last_modified TEXT NOT NULL DEFAULT '',
  body_hash TEXT NOT NULL DEFAULT '',
  added INTEGER NOT NULL,
  fetched INTEGER,
  succeeded INTEGER,
  due INTEGER,
  error TEXT NOT NULL DEFAULT '',
  errors INTEGER NOT NULL DEFAULT 0,
  gone INTEGER NOT NULL DEFAULT 0,
  moved_to TEXT NOT NULL DEFAULT '',
  moves INTEGER NOT NULL DEFAULT 0,
  removed INTEGER, -- when it was removed; the row stays because kept articles name it
  unread INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE places (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  unread INTEGER NOT NULL DEFAULT 0, -- with what lies under it
  total INTEGER NOT NULL DEFAULT 0,
  direct INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE totals (
  name TEXT PRIMARY KEY, -- 'all', 'starred'
  unread INTEGER NOT NULL,
  total INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO totals VALUES ('all', 0, 0), ('starred', 0, 0);

-- What the list shows. `read` and `starred` are copies of the marks, kept in the same transaction.
CREATE TABLE articles (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  sort INTEGER NOT NULL, -- min(published, first seen)
  id TEXT NOT NULL UNIQUE,
  source INTEGER NOT NULL,
  province INTEGER,
  city INTEGER,
  district INTEGER,
  read INTEGER NOT NULL,
  starred INTEGER NOT NULL,
  own_place INTEGER NOT NULL, -- 1: the page said where it belongs; 0: its source's place
  published INTEGER,
  updated INTEGER,
  first_seen INTEGER NOT NULL,
  revisions INTEGER NOT NULL DEFAULT 0,
  digest BLOB NOT NULL, -- of everything that makes a new version when it changes
  text_digest BLOB NOT NULL, -- of its text without blanks
  richness INTEGER NOT NULL, -- links, images and tables in the body, an address
  title TEXT NOT NULL,
  byline TEXT NOT NULL,
  url TEXT NOT NULL
) STRICT;

-- Every list is read from one of these backwards, newest first; the row number that ends each entry makes the order total.
CREATE INDEX all_articles ON articles (sort);
CREATE INDEX all_unread ON articles (sort) WHERE read = 0;
CREATE INDEX all_starred ON articles (sort) WHERE starred = 1;
CREATE INDEX all_starred_unread ON articles (sort) WHERE starred = 1 AND read = 0;
CREATE INDEX source_articles ON articles (source, sort);
CREATE INDEX source_unread ON articles (source, sort) WHERE read = 0;
CREATE INDEX province_articles ON articles (province, sort) WHERE province IS NOT NULL;
CREATE INDEX province_unread ON articles (province, sort) WHERE read = 0 AND province IS NOT NULL;
CREATE INDEX city_articles ON articles (city, sort) WHERE city IS NOT NULL;
CREATE INDEX city_unread ON articles (city, sort) WHERE read = 0 AND city IS NOT NULL;
CREATE INDEX district_articles ON articles (district, sort) WHERE district IS NOT NULL;
CREATE INDEX district_unread ON articles (district, sort) WHERE read = 0 AND district IS NOT NULL;

-- What only the reader shows. Text as compact JSON, as a BLOB when it is compressed (zlib).
CREATE TABLE bodies (
  row INTEGER PRIMARY KEY,
  author TEXT NOT NULL,
  editor TEXT NOT NULL,
  topic TEXT NOT NULL,
  content ANY NOT NULL
) STRICT;

CREATE TABLE originals (
  row INTEGER PRIMARY KEY,
  content BLOB NOT NULL -- zlib
) STRICT;

-- Texts that an article had before, newest last.
CREATE TABLE revisions (
  number INTEGER PRIMARY KEY,
  row INTEGER NOT NULL,
  at INTEGER NOT NULL, -- when it was replaced
  title TEXT NOT NULL,
  content ANY NOT NULL
) STRICT;
CREATE INDEX row_revisions ON revisions (row);

-- Digests of earlier versions: one that comes again (an old poll, an old copy) is not news.
CREATE TABLE digests (
  row INTEGER NOT NULL,
  digest BLOB NOT NULL,
  PRIMARY KEY (row, digest)
) STRICT, WITHOUT ROWID;

-- By what an article is recognised. scope: the source's id, 0 for all archives together. Row numbers are never used
-- again, so an entry whose article is gone recognises nothing.
CREATE TABLE identities (
  scope INTEGER NOT NULL,
  key BLOB NOT NULL,
  row INTEGER NOT NULL,
  PRIMARY KEY (scope, key, row)
) STRICT, WITHOUT ROWID;

-- Articles that prune took away: their identities stay, so that the next fetch does not bring them back.
CREATE TABLE pruned (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  source INTEGER NOT NULL,
  first_seen INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;

-- What the reader made. Keyed by the article's text id: it outlives the article and may come before it.
CREATE TABLE marks (
  id TEXT PRIMARY KEY,
  read INTEGER NOT NULL DEFAULT 0,
  read_at INTEGER,
  starred INTEGER NOT NULL DEFAULT 0,
  starred_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE tags (
  id TEXT NOT NULL,
  tag TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (id, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE notes (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE state (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
