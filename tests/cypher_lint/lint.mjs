// Neo4j's own analyser over the query files named as arguments: prints one JSON array of what it finds, and
// warnings count. `--broken` looks at a query that is wrong on purpose, so that silence can be told from peace.
import { readFileSync } from 'node:fs';
import { lintCypherQuery } from '@neo4j-cypher/language-support';

const BROKEN = 'MATCH (a) RETURN b AS b ORDER BY b';
const queries = process.argv[2] === '--broken'
  ? [['broken', BROKEN]]
  : process.argv.slice(2).map((path) => [path, readFileSync(path, 'utf8')]);

const found = [];
for (const [file, text] of queries) {
  const answer = lintCypherQuery(text, {}, true);
  for (const one of answer.diagnostics ?? answer) {
    found.push({ file, line: one.range.start.line + 1, severity: one.severity, message: one.message });
  }
}
console.log(JSON.stringify(found));
