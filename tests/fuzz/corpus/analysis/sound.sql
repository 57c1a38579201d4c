CREATE TABLE t_article (number INTEGER PRIMARY KEY, article_id TEXT, path TEXT, file TEXT, sha256 TEXT);
CREATE TABLE t_quote (number INTEGER PRIMARY KEY, byte_begin INTEGER, byte_end INTEGER, text TEXT);
INSERT INTO t_article VALUES (1,'a','a.txt',NULL,'00');INSERT INTO t_quote VALUES (16777216,0,15,'Tea is healthy.');
CREATE VIEW articles AS SELECT article_id, path FROM t_article;CREATE VIEW quotes AS SELECT number, text FROM t_quote;CREATE VIEW run AS SELECT 'x' AS job_title;CREATE VIEW stances AS SELECT 1 AS a;