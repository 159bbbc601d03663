import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { matchStory, type StoryText } from '../../../src/subscription/match.ts';
import { parseQuery, printQuery } from '../../../src/subscription/query.ts';
import { createQueryIndex } from '../../../src/subscription/query-index.ts';

interface Case {
  readonly wanted: boolean;
  readonly query: string;
  readonly story: StoryText;
}

const folder = new URL('../../fixtures/relevance/', import.meta.url);

for (const file of readdirSync(folder)) {
  describe(`the cases of ${file}`, () => {
    for (const [category, cases] of readCases(readFileSync(new URL(file, folder), 'utf8'))) {
      test(`about ${category}`, () => {
        const wrong = cases
          .filter((one) => found(one) !== one.wanted)
          .map(({ query, story }) => `${query} | ${story.title}`);
        expect(wrong).toEqual([]);
      });
    }
  });
}

/** Whether the story is found; the index has to say the same, and so has the query after it was printed. */
function found({ query, story }: Case): boolean {
  const read = parseQuery(query);
  if (!read.ok) throw new Error(`${query}: ${read.error.message}`);
  const again = parseQuery(printQuery(read.query));
  expect(again.ok && again.query, `printed: ${printQuery(read.query)}`).toEqual(read.query);
  const matched = matchStory(read.query, story) !== null;
  const index = createQueryIndex();
  index.add(7, read.query);
  expect([...index.match(story)], `index: ${query}`).toEqual(matched ? [7] : []);
  return matched;
}

function readCases(text: string): Map<string, Case[]> {
  const categories = new Map<string, Case[]>();
  let cases: Case[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('== ')) categories.set(line.slice(3), (cases = []));
    else if (line.trim() !== '' && !line.startsWith('#')) cases.push(readCase(line));
  }
  return categories;
}

function readCase(line: string): Case {
  const [verdict = '', query = '', text = '', facts = ''] = line.split(' | ').map((part) => part.trim());
  if (verdict !== 'yes' && verdict !== 'no') throw new Error(`not a case: ${line}`);
  const [title = '', summary = '', body] = text.split(' // ');
  const known: Record<string, string> = {};
  for (const [, name = '', value = ''] of facts.matchAll(/(\w+)=(.*?)(?= \w+=|$)/gu)) known[name] = value;
  const story = { title, summary, ...(body === undefined ? {} : { body }), ...known };
  return { wanted: verdict === 'yes', query: query.replaceAll('¦', '|'), story };
}
