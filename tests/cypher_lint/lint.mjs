// Neo4j's own analyser over query files: prints one JSON array of what it finds, warnings included.
// It reads one JSON object: {files: {name: text}, labels: [...], relationshipTypes: [...]}.
import { readFileSync } from 'node:fs';
import { lintCypherQuery } from '@neo4j-cypher/language-support';

const { files, labels, relationshipTypes } = JSON.parse(readFileSync(0, 'utf8'));
const found = [];
for (const [file, text] of Object.entries(files)) {
  const named = [...text.matchAll(/^\/\/ (?:param|derived) (\w+):/gm)].map((match) => [match[1], null]);
  const schema = { labels, relationshipTypes, parameters: Object.fromEntries(named) };
  for (const one of lintCypherQuery(text, schema, true).diagnostics) {
    found.push({ file, line: one.range.start.line + 1, message: one.message });
  }
}
console.log(JSON.stringify(found));
