import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchStory, type StoryText } from '../../../src/subscription/match.ts';
import { parseQuery, type Query } from '../../../src/subscription/query.ts';
import { createQueryIndex, type QueryIndex } from '../../../src/subscription/query-index.ts';

describe('the index', () => {
  test('finds exactly what trying every subscription finds, after any adds and removes', () => {
    fc.assert(
      fc.property(fc.array(step(), { maxLength: 60 }), (steps) => {
        const index = createQueryIndex();
        const queries = new Map<number, Query>();
        const wrong: StoryText[] = [];
        for (const { kind, id, query, story } of steps) {
          if (kind === 'learn') learnt(index, story);
          else if (kind === 'remove') {
            index.remove(id);
            queries.delete(id);
          } else if (kind === 'add') {
            index.add(id, query);
            queries.set(id, query);
          } else if (found(index, story).join() !== tried(queries, story).join()) wrong.push(story);
        }
        expect(wrong).toEqual([]);
        expect(index.size).toBe(queries.size);
      }),
      { numRuns: 200 },
    );
  });

  test('agrees for many subscriptions with a story of every kind', () => {
    const [queries] = fc.sample(fc.array(query(), { minLength: 500, maxLength: 500, size: 'max' }), {
      numRuns: 1,
      seed: 5,
    });
    const index = createQueryIndex();
    const known = new Map<number, Query>();
    for (const [id, one] of (queries ?? []).entries()) {
      index.add(id * 3, one);
      known.set(id * 3, one);
    }
    for (const one of fc.sample(story(), { numRuns: 30, seed: 6 }))
      expect(found(index, one)).toEqual(tried(known, one));
    for (const id of known.keys()) {
      if (id % 2 === 0) continue;
      index.remove(id);
      known.delete(id);
    }
    for (const one of fc.sample(story(), { numRuns: 15, seed: 7 }))
      expect(found(index, one)).toEqual(tried(known, one));
    for (const id of known.keys()) index.remove(id);
    expect(index.size).toBe(0);
    for (const one of fc.sample(story(), { numRuns: 5, seed: 8 })) expect(found(index, one)).toEqual([]);
  });

  test('learns a long story in a new language by steps, whatever is done between them', () => {
    const index = createQueryIndex();
    const queries = new Map<number, Query>();
    const add = (id: number, text: string): void => {
      index.add(id, read(text));
      queries.set(id, read(text));
    };
    const remove = (id: number): void => {
      index.remove(id);
      queries.delete(id);
    };
    for (let i = 0; i < 5_000; i++) add(i, `${wordOf(i)}en`);
    const long = { title: 'Wahlen', summary: '', body: wordsOf(0, 2_500), lang: 'de' };
    const steps = learnt(index, long, (step) => {
      // Numbers of terms that were learnt already are given to others, and back.
      for (let i = step; i < 5_000; i += 400) remove(i);
      for (let i = step; i < 5_000; i += 800) add(10_000 + i, `${wordOf(i + 7)}es OR ${wordOf(i)}`);
      expect(found(index, { title: wordOf(step), summary: 'Élections', lang: 'fr' })).toEqual(
        tried(queries, { title: wordOf(step), summary: 'Élections', lang: 'fr' }),
      );
    });
    expect(steps).toBeGreaterThan(5);
    const ids = found(index, long);
    expect(ids).toEqual(tried(queries, long));
    expect(ids.length).toBeGreaterThan(1_000);
    expect(learnt(index, { ...long, body: wordsOf(2_500, 30_000) })).toBeGreaterThan(50);
    expect(found(index, long)).toEqual(ids);
  });

  test('reads a name anew where an earlier story ended in the midst of it', () => {
    const index = createQueryIndex();
    for (const [id, country] of ['China', 'France', 'Sudan'].entries()) index.add(id, read(country));
    const titles = [
      'Drill off South China',
      'South China Sea drill',
      'Fire in Paris, New',
      'Fire in Paris, New Hampshire',
    ];
    expect(titles.map((title) => found(index, { title, summary: '' }))).toEqual([[0], [], [1], []]);
  });

  test('gives a subscription that was changed its new query only', () => {
    const index = createQueryIndex();
    index.add(4, read('drought'));
    index.add(4, read('flood'));
    expect(found(index, { title: 'Drought in the south', summary: '' })).toEqual([]);
    expect(found(index, { title: 'Flood in the south', summary: '' })).toEqual([4]);
    expect(index.size).toBe(1);
  });

  test('gives each of many subscriptions to one query, and each once to several sides of an OR', () => {
    const index = createQueryIndex();
    for (let id = 0; id < 1000; id++) index.add(id, read('flood OR drought'));
    for (let id = 1000; id < 2000; id++) index.add(id, read('flood'));
    const story = { title: 'Flood after drought', summary: 'The flood follows a drought.' };
    expect(found(index, story)).toHaveLength(2000);
    for (let id = 0; id < 2000; id += 2) index.remove(id);
    expect(found(index, story)).toHaveLength(1000);
    expect(found(index, { title: 'Drought', summary: '' })).toHaveLength(500);
  });

  test('takes ids however large', () => {
    const index = createQueryIndex();
    const ids = [0, 7, 2 ** 31 - 1, 2 ** 31, 2 ** 40, Number.MAX_SAFE_INTEGER];
    for (const id of ids) index.add(id, read('flood'));
    index.add(2 ** 41, read('drought'));
    index.remove(2 ** 40);
    expect(found(index, { title: 'Flood', summary: '' })).toEqual(ids.filter((id) => id !== 2 ** 40));
    expect(found(index, { title: 'Drought', summary: '' })).toEqual([2 ** 41]);
  });

  test('does not mind an id that it never had', () => {
    const index = createQueryIndex();
    index.remove(3);
    expect(index.size).toBe(0);
  });

  test('holds for languages and fields what matching holds', () => {
    const index = createQueryIndex();
    index.add(1, read('Wahl'));
    index.add(2, read('title:election'));
    index.add(3, read('lang:de'));
    index.add(4, read('source:gazette -election'));
    index.add(5, read('"general election"'));
    expect(found(index, { title: 'Die Wahlen', summary: '', lang: 'de' })).toEqual([1, 3]);
    expect(found(index, { title: 'Vote', summary: 'General elections', lang: 'en' })).toEqual([5]);
    expect(found(index, { title: 'x', summary: '', url: 'https://gazette.example/1', lang: 'en' })).toEqual([4]);
  });

  test.for([
    { name: 'a token of 200,000 letters', text: 'x'.repeat(200_000) },
    { name: 'a token of 200,000 letters and hyphens', text: 'x-'.repeat(100_000) },
    { name: 'a body of 60,000 words', text: 'asset order seizure japan korea '.repeat(12_000) },
    { name: 'a phrase that nearly matches 7,500 times', text: 'south korea asset seize order '.repeat(7_500) },
    { name: 'a run of 100,000 Han characters', text: '资产扣押'.repeat(25_000) },
    { name: 'a hundred thousand marks', text: 'a\u0301\u0323'.repeat(50_000) },
    { name: 'names in names', text: 'South New North Republic of the '.repeat(10_000) },
    { name: 'beginnings of names before ever new words', text: numbered((i) => `South Kor${i} of the Republic`) },
    { name: 'ever new words', text: numbered((i) => `asset Word${i} of-${i} x${i}.org korea’s `) },
  ])('agrees on $name', ({ text }) => {
    const index = createQueryIndex();
    const known = new Map<number, Query>();
    const typed = [
      '"asset seizure order"',
      'asset NEAR/1 sale',
      'South Korea',
      '扣押资',
      'xx*',
      '"korea asset"~2',
      '-japan korea',
    ];
    for (const [id, one] of typed.entries()) {
      index.add(id, read(one));
      known.set(id, read(one));
    }
    const story = { title: 'Long', summary: '', body: text };
    expect(found(index, story)).toEqual(tried(known, story));
  });
});

function numbered(make: (i: number) => string): string {
  return Array.from({ length: 20_000 }, (_, i) => make(i)).join(' ');
}

function read(text: string): Query {
  const reading = parseQuery(text);
  if (!reading.ok) throw new Error(`${text}: ${reading.error.message}`);
  return reading.query;
}

/** Learns a story to the end; returns in how many steps. */
function learnt(index: QueryIndex, story: StoryText, between: (step: number) => void = () => undefined): number {
  const learning = index.learn(story);
  let steps = 1;
  while (learning.next().done !== true) between(steps++);
  return steps;
}

function found(index: QueryIndex, story: StoryText): number[] {
  return Array.from(index.match(story)).toSorted((a, b) => a - b);
}

function tried(queries: ReadonlyMap<number, Query>, story: StoryText): number[] {
  const ids = Array.from(queries.keys()).filter((id) => matchStory(queries.get(id) ?? read('none'), story) !== null);
  return ids.toSorted((a, b) => a - b);
}

interface Step {
  readonly kind: 'add' | 'remove' | 'match' | 'learn';
  readonly id: number;
  readonly query: Query;
  readonly story: StoryText;
}

function step(): fc.Arbitrary<Step> {
  const kind = fc.constantFrom<Step['kind'][]>('add', 'add', 'add', 'remove', 'match', 'match', 'learn');
  return fc.record({ kind, id: fc.nat({ max: 25 }), query: query(), story: story() });
}

/** A word of its own for each number, none the stem of another. */
function wordOf(number: number): string {
  const letters = 'bdfgklmnprtz';
  let word = 'q';
  for (let rest = number + letters.length; rest > 0; rest = Math.floor(rest / letters.length)) {
    word += `a${letters.charAt(rest % letters.length)}`;
  }
  return word;
}

function wordsOf(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, i) => wordOf(from + i)).join(' ');
}

const WORDS =
  'asset assets seizure seized seize cease fire ceasefire cease-fire air strike strikes Japan Japanese Tokyo Korea South North ' +
  "US U.S. us UK U.S.-led Seoul F-35 F35 3.5 C++ AT&T co-operation l'Iran Iran's election elections élection Wahl Wahlen war the of " +
  'and 首尔 韩国 日本 資産 差し押さえ 정부는 정부 한국 Россия России emoji 🔥 women children child talks talk New Zealand Mexico';

function word(): fc.Arbitrary<string> {
  return fc.constantFrom(...WORDS.split(' '));
}

/** Queries of every kind, those that cannot be read left out. */
function query(): fc.Arbitrary<Query> {
  const words = (least: number, most: number): fc.Arbitrary<string> =>
    fc.array(word(), { minLength: least, maxLength: most }).map((all) => all.join(' '));
  const term = fc.oneof(
    { weight: 6, arbitrary: word() },
    { weight: 2, arbitrary: words(2, 3).map((text) => `"${text}"`) },
    { weight: 1, arbitrary: words(2, 3).map((text) => `"${text}"~3`) },
    { weight: 1, arbitrary: word().map((text) => `=${text}`) },
    { weight: 1, arbitrary: words(2, 2).map((text) => `="${text}"`) },
    { weight: 1, arbitrary: word().map((text) => `${text.slice(0, 3)}*`) },
    { weight: 1, arbitrary: fc.tuple(word(), word()).map(([a, b]) => `${a} NEAR/2 ${b}`) },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.constantFrom('title', 'summary', 'body'), word()).map((pair) => pair.join(':')),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'lang:de',
        'lang:ja',
        'source:gazette',
        'source:"harbour times"',
        'source:example.org',
      ),
    },
    { weight: 1, arbitrary: words(2, 3).map((text) => `(${text})`) },
  );
  const signed = fc.tuple(fc.constantFrom('', '', '', '-'), term).map((pair) => pair.join(''));
  const part = fc.oneof(
    { weight: 4, arbitrary: signed },
    { weight: 1, arbitrary: fc.array(term, { minLength: 2, maxLength: 3 }).map((sides) => sides.join(' OR ')) },
    { weight: 1, arbitrary: fc.array(term, { minLength: 2, maxLength: 2 }).map((sides) => `-(${sides.join(' OR ')})`) },
  );
  return fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => {
    const reading = parseQuery(parts.join(' '));
    return reading.ok ? reading.query : read('asset');
  });
}

function story(): fc.Arbitrary<StoryText> {
  const text = fc
    .array(fc.tuple(word(), fc.constantFrom(' ', ' ', ' ', ' ', ', ', '. ', '-', '\n\n', ' - ')), { maxLength: 14 })
    .map((all) => all.flat().join(''));
  return fc.record(
    {
      title: text,
      summary: text,
      body: text,
      lang: fc.constantFrom('', 'en', 'de', 'fr', 'zh', 'ja', 'ko', 'ru', 'et'),
      source: fc.constantFrom('', 'Gazette', 'Harbour Times', 'The Harbour Times'),
      url: fc.constantFrom('', 'https://www.gazette.example/1', 'https://news.example.org/2', 'nonsense'),
    },
    { requiredKeys: ['title', 'summary'] },
  );
}
