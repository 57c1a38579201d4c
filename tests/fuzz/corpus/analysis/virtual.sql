CREATE TABLE t_article (number INTEGER PRIMARY KEY, article_id TEXT, path TEXT, file TEXT, sha256 TEXT);
CREATE TABLE t_quote (number INTEGER PRIMARY KEY, byte_begin INTEGER, byte_end INTEGER, text TEXT);
INSERT INTO t_article VALUES (1,'a','a.txt',NULL,'00');INSERT INTO t_quote VALUES (16777216,0,15,'Tea is healthy.');
CREATE VIRTUAL TABLE v USING fts5(a);CREATE VIEW articles AS SELECT * FROM v;