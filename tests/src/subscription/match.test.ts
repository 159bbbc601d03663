import { describe, expect, test } from 'vitest';
import { highlight, matchStory, missingFrom, type StoryText } from '../../../src/subscription/match.ts';
import { parseQuery, type Query } from '../../../src/subscription/query.ts';

/** A report as the desk of a paper would write it. */
const REPORT: StoryText = {
  title: "Tokyo warns Seoul against court's asset seizure",
  summary: 'Japanese and South Korean envoys end a day of talks without a deal.',
  body:
    'The two governments are at odds over assets seized from a steel maker. A lawyer said the seizure of further assets ' +
    'could begin in March.\n\nJapan called for arbitration; South Korea said it would study the request. Both spoke of ' +
    'North Korea’s missile tests as well.',
  lang: 'en',
  source: 'Harbour Times',
  url: 'https://harbourtimes.example/world/1',
};

describe('a match', () => {
  test.for([
    { query: 'Japan South Korea', words: ['Tokyo', 'Seoul', 'Japanese', 'South Korean', 'Japan', 'South Korea'] },
    { query: '"asset seizure"', words: ['asset seizure', 'assets seized'] },
    { query: 'asset seizure', words: ['asset', 'seizure', 'assets', 'seized', 'seizure', 'assets'] },
    { query: 'title:seizure', words: ['seizure'] },
    { query: 'envoy -wine', words: ['envoys'] },
    { query: 'envoy OR wine', words: ['envoys'] },
    { query: 'arbitra*', words: ['arbitration'] },
    { query: '=Japan', words: ['Japan'] },
    { query: 'missile NEAR/3 "North Korea"', words: ['North Korea', 'missile'] },
    { query: '"assets seizure"~3', words: ['asset', 'seizure', 'assets', 'seized', 'seizure', 'assets'] },
    { query: 'source:harbour seizure', words: ['seizure', 'seized', 'seizure'] },
  ])('shows the words that did it: $query', ({ query, words }) => {
    expect(marked(query, REPORT)).toEqual(words);
  });

  test.for(['"seizure asset"', 'title:Japanese', 'Japan China', 'seizure -deal', '=japanese -Japan'])(
    'is none: %s',
    (query) => {
      expect(matchStory(read(query), REPORT)).toBeNull();
    },
  );

  test('points into the text as it was published', () => {
    const story: StoryText = { title: '🔥 Das Stra­ßenfest: “l’Iran’s” ﬁnal', summary: '', lang: 'en' };
    expect(marked('strassenfest Iran final', story)).toEqual(['Stra­ßenfest', 'Iran', 'ﬁnal']);
    expect(marked('首尔', { title: '今天首爾下雪', summary: '', lang: 'zh' })).toEqual(['首爾']);
    expect(marked('정부', { title: '정부는 발표했다', summary: '', lang: 'ko' })).toEqual(['정부']);
    expect(marked('İstanbul', { title: 'Dün İstanbul’da deprem', summary: '', lang: 'tr' })).toEqual(['İstanbul']);
    expect(marked('№5', { title: 'Chanel No. 5 and №5', summary: '', lang: 'en' })).toEqual(['No. 5', '№5']);
    expect(marked('H&M', { title: 'H & M and H&M’s', summary: '', lang: 'en' })).toEqual(['H & M', 'H&M']);
  });

  test('has spans in order, none over another', () => {
    const spans = matchStory(read('"asset seizure" asset seizure Japan'), REPORT)?.spans ?? [];
    for (const [i, span] of spans.entries()) {
      const before = spans[i - 1];
      expect(before?.field !== span.field || before.end <= span.start).toBe(true);
    }
  });
});

describe('a story that does not match', () => {
  test('lacks what is told', () => {
    expect(missingFrom(read('Japan wine "steel maker"'), REPORT)).toEqual(['wine']);
    expect(missingFrom(read('Japan -deal'), REPORT)).toEqual(['-deal']);
    expect(missingFrom(read('(wine OR beer) Japan'), REPORT)).toEqual(['(wine OR beer)']);
    expect(missingFrom(read('Japan'), REPORT)).toEqual([]);
  });

  test('still shows the words it has', () => {
    const texts = highlight(read('envoy wine'), REPORT).map((span) => textOf(REPORT, span));
    expect(texts).toEqual(['envoys']);
  });
});

function read(text: string): Query {
  const reading = parseQuery(text);
  if (!reading.ok) throw new Error(reading.error.message);
  return reading.query;
}

function marked(query: string, story: StoryText): string[] {
  return (matchStory(read(query), story)?.spans ?? []).map((span) => textOf(story, span));
}

function textOf(
  story: StoryText,
  span: { readonly field: 'title' | 'summary' | 'body'; readonly start: number; readonly end: number },
): string {
  return (story[span.field] ?? '').slice(span.start, span.end);
}
