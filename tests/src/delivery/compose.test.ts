import { expect, test } from 'vitest';
import { composeCard } from '../../../src/delivery/compose.ts';
import { parseQuery, type Query } from '../../../src/subscription/query.ts';
import { story } from '../../contracts/store/samples.ts';

const BODY = [
  'The council of Tarnow has voted for a bridge, ending a quarrel of eleven years about its cost and its place.',
  'Anna Berg, who leads the opposition, called the vote a mistake that the town would pay for until 2060.',
  'The bridge will carry trams, bicycles and people on foot, but no cars, according to the plan of its engineers.',
  'Work is to begin in autumn, and the first ferry will be sold to a town in the north within three years.',
].join('\n\n');

function query(text: string): Query {
  const read = parseQuery(text);
  if (!read.ok) throw new Error(read.error.message);
  return read.query;
}

test('a card shows the matched words of each subscription that asked', () => {
  const told = story(1, { title: 'A vote', summary: '', body: BODY, lang: 'en' });
  const asking = ['opposition', 'ferry'].map((name, i) => ({ id: i + 1, name, query: query(name) }));
  const card = composeCard({ story: told, groupId: 'g1', tier: 'first', like: '' }, asking, []);
  expect(card.spans?.map(({ start, end }) => card.summary.slice(start, end))).toEqual(['opposition', 'ferry']);
  expect(card.matched?.map(({ id }) => id)).toEqual([1, 2]);
});

test('a card without a query shows what tells most', () => {
  const told = story(1, { title: 'A vote', summary: '', body: BODY, lang: 'en' });
  const card = composeCard(
    { story: told, groupId: 'g1', tier: 'first', like: '' },
    [{ id: 1, name: 'x', query: null }],
    [],
  );
  expect(card.spans).toEqual([]);
  expect(card.summary.length).toBeGreaterThanOrEqual(120);
});
