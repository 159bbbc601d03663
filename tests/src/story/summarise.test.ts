import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extractArticle } from '../../../src/story/extract.ts';
import { chooseSummary, saysTooLittle, summarise, type AlertText } from '../../../src/story/summarise.ts';
import { matchStory } from '../../../src/subscription/match.ts';
import { parseQuery, type Query } from '../../../src/subscription/query.ts';

const page = readFileSync(new URL('../../fixtures/stories/scraped-page.txt', import.meta.url), 'utf8');
const article = extractArticle(page, 'https://harbour.example/world/1');

function query(text: string): Query {
  const read = parseQuery(text);
  if (!read.ok) throw new Error(read.error.message);
  return read.query;
}

function summaryOf(story: Partial<AlertText>): string {
  return chooseSummary({ title: '', description: '', body: '', lang: 'en', ...story });
}

/** The summary in the sentences of the article, or what is none of them. */
function sentencesOf(summary: string): readonly string[] {
  let rest = summary;
  const found: string[] = [];
  for (const paragraph of article.text.split('\n\n')) {
    for (const sentence of paragraph.replace(/^VIENNA -- /u, '').split(/(?<=[.”"]) (?=[A-Z"])/u)) {
      if (!rest.includes(sentence)) continue;
      found.push(sentence);
      rest = rest.replace(sentence, '').trim();
    }
  }
  return rest === '' ? found : [rest];
}

describe('the alert of a scraped page', () => {
  test.each([
    'Japan South Korea',
    '"asset seizure"',
    'Morita',
    'North Korea',
    'exports chemicals',
    '1965',
    'ambassador',
  ])('for %s is two or three whole sentences of the article that show the words asked for', (asked) => {
    const summary = summaryOf({ title: article.title, body: article.text, query: query(asked) });
    expect(sentencesOf(summary).length).toBeGreaterThanOrEqual(2);
    expect(sentencesOf(summary).length).toBeLessThanOrEqual(3);
    expect(summary.length).toBeGreaterThanOrEqual(120);
    expect(summary.length).toBeLessThanOrEqual(400);
    expect(summary).not.toMatch(/Icon|Chevron|Sponsored|commissioned|\{\{|free article|Unlimited|©|subscri|VIENNA/u);
    const shown = { title: article.title, summary, lang: 'en' };
    expect(matchStory(query(asked), shown)).not.toBeNull();
  });

  test('holds none of the page around it where a feed carries all of the page', () => {
    for (const asked of ['Kitasawa', 'articles', 'subscription', 'Bureau of Harbours', 'Vienna']) {
      const summary = summaryOf({ title: article.title, body: page, query: query(asked) });
      expect(summary).not.toMatch(/Icon|Sponsored|commissioned|\{\{|free article|Unlimited|©|subscri|trial|docks/u);
      expect(summary.length).toBeGreaterThanOrEqual(120);
    }
  });

  test('has the headline for its title', () => {
    expect(article.title).toBe("Japan's envoy urges South Korean minister to halt asset seizure");
  });
});

const GOOD = 'The council of Tarnow voted by 31 to 8 for a bridge over the river on Monday evening.';
const BODY = [
  'The council of Tarnow has voted for a bridge, ending a quarrel of eleven years about its cost and its place.',
  'Anna Berg, who leads the opposition, called the vote a mistake that the town would pay for until 2060.',
  'The bridge will carry trams, bicycles and people on foot, but no cars, according to the plan of its engineers.',
  'Work is to begin in autumn, and the first tram is expected to cross the river within three years.',
].join('\n\n');

describe('the description of the publisher', () => {
  test('is the summary where it is whole and says more than the title', () => {
    const long = `${GOOD} Work on it is to begin in autumn, and it is to carry trams within three years.`;
    expect(summaryOf({ title: 'Tarnow gets a bridge', description: long, body: BODY })).toBe(long);
    expect(summaryOf({ title: 'Tarnow gets a bridge', description: GOOD })).toBe(GOOD);
  });

  test('of less than 120 characters is followed by what the body adds, but not by what says it again', () => {
    const [again = '', , trams = ''] = BODY.split('\n\n');
    expect(summaryOf({ title: 'A bridge', description: GOOD, body: BODY })).toBe(`${GOOD} ${trams}`);
    const twice = GOOD.replace('Monday evening', 'Monday');
    expect(summaryOf({ title: 'A bridge', description: GOOD, body: twice })).toBe(GOOD);
    expect(again).not.toBe('');
  });

  test.each([
    ['is cut off', `${GOOD.slice(0, 70)}…`],
    ['is cut off in brackets', `${GOOD.slice(0, 70)} [...]`],
    ['is too short', 'A bridge for Tarnow.'],
    ['only says the title again', 'Tarnow gets a bridge after a quarrel of eleven years, the council decides.'],
    ['is no sentence', 'Tarnow, bridge, council, vote, trams, bicycles, pedestrians, river, engineers, autumn'],
  ])('gives way to sentences of the text where it %s', (_how, description) => {
    const title = 'Tarnow gets a bridge after a quarrel of eleven years, the council decides';
    const summary = summaryOf({ title, description, body: BODY });
    expect(summary).not.toContain('…');
    expect(summary.length).toBeGreaterThanOrEqual(120);
    expect(
      BODY.split('\n\n')
        .filter((sentence) => summary.includes(sentence))
        .join(' '),
    ).toBe(summary);
  });

  test('gives way where it does not show the words asked for and the text does', () => {
    const summary = summaryOf({ title: 'A bridge', description: GOOD, body: BODY, query: query('opposition') });
    expect(summary).toContain('opposition');
  });

  test('stays where nothing shows them', () => {
    const summary = summaryOf({ title: 'A bridge', description: GOOD, body: BODY, query: query('zeppelin') });
    expect(summary).toBe(summaryOf({ title: 'A bridge', description: GOOD, body: BODY }));
  });

  test('whose first paragraph has no end is not run into the next', () => {
    const summary = summaryOf({ title: 'A bridge', description: `Eleven years of quarrel are over\n\n${GOOD}` });
    expect(summary).toBe(GOOD);
  });

  test('that is missing gives way to a body that is cut off, where nothing else is there', () => {
    const cut = `${GOOD.slice(0, 80)}…`;
    expect(summaryOf({ title: 'A bridge', body: cut })).toBe(cut);
  });

  test('that is all there is is shown as far as it goes', () => {
    const cut = `${GOOD.slice(0, 80)}…`;
    expect(summaryOf({ title: 'A bridge', description: cut })).toBe(cut);
    expect(summaryOf({ title: 'A bridge', description: 'Nothing.' })).toBe('');
  });
});

describe('a word asked for', () => {
  test('is shown in the point of a list where no whole sentence has it', () => {
    const point = '- Withdraw the licences of all ferries that were built before the turn of the century';
    const summary = summaryOf({ title: 'Plan', body: `${BODY}\n\n${point}`, query: query('licences') });
    expect(summary).toContain(point.slice(2));
    expect(summary).not.toContain('- ');
  });

  test('is not shown in a heading or a caption', () => {
    const summary = summaryOf({ title: 'Plan', body: `${BODY}\n\nLicences for ferries`, query: query('licences') });
    expect(summary).not.toContain('Licences');
  });

  test('is shown in a sentence longer than a summary may be, which is cut around it', () => {
    const long = `The list names ${'a ferry and a tram and '.repeat(40)}one zeppelin, and ${'a ship and '.repeat(40)}no more.`;
    const summary = summaryOf({ title: 'Plan', body: long, query: query('zeppelin') });
    expect(summary).toContain('zeppelin');
    expect(summary.length).toBeLessThanOrEqual(400);
    expect(summary).toMatch(/^….*…$/u);
  });

  test.each([
    ['a phrase', '"tram is expected"', /tram is expected/u],
    ['words near one another over a division', 'autumn NEAR/6 engineers', /engineers\. Work .* autumn/u],
    ['one of several', 'zeppelin OR bicycles', /bicycles/u],
    ['of several the ones that stand there', '(zeppelin OR Berg) trams', /Berg.*trams/u],
    ['the beginning of one', 'bicyc*', /bicycles/u],
  ])('is shown where it is %s', (_what, asked, shown) => {
    expect(summaryOf({ title: 'A bridge', body: BODY, query: query(asked) })).toMatch(shown);
  });

  test('is shown where it is a country by the name of its capital', () => {
    const body = `${BODY}\n\nThe steel comes from a mill near Seoul, which has built four such bridges before.`;
    expect(summaryOf({ title: 'A bridge', body, query: query('South Korea') })).toContain('Seoul');
  });

  test('is shown by the place before a story where it stands nowhere else', () => {
    const body = `TARNOW, Galicia (Reuters) - ${BODY}`;
    expect(summaryOf({ title: 'A bridge', body, query: query('Galicia') })).toContain(
      'TARNOW, Galicia (Reuters) - The',
    );
    expect(summaryOf({ title: 'A bridge', body, query: query('council') })).not.toContain('Reuters');
  });

  test('that stands in the title alone asks nothing of the summary', () => {
    const title = 'A zeppelin over Tarnow';
    expect(summaryOf({ title, body: BODY, query: query('zeppelin') })).toBe(summaryOf({ title, body: BODY }));
  });

  test('is shown in a heading where nothing else has it, with a mark that the heading is no sentence', () => {
    const body = BODY.replace('\n\nWork', '\n\nLicences for ferries\n\nWork');
    expect(summaryOf({ title: 'Plan', body, query: query('licences') })).toMatch(/place\. Licences for ferries…$/u);
  });

  test('and another far from it in one endless sentence are both shown', () => {
    const many = 'a ferry and a tram and '.repeat(40);
    const body = `The list names one zeppelin, ${many}one lighthouse, ${many}no more.`;
    const summary = summaryOf({ title: 'Plan', body, query: query('zeppelin lighthouse') });
    expect(summary).toMatch(/^The list names one zeppelin, .* … .*one lighthouse,.*…$/u);
    expect(summary.length).toBeLessThanOrEqual(400);
  });

  test.each(['zeppelin lighthouse', 'lighthouse zeppelin'])(
    'and another (%s) are shown in pieces of sentences too long for both',
    (asked) => {
      const many = 'a ferry and a tram and '.repeat(12);
      const body = `The north has ${many}one zeppelin.\n\nThe south has one lighthouse, ${many}no more.`;
      const summary = summaryOf({ title: 'Plan', body, query: query(asked) });
      expect(summary).toMatch(/^….*one zeppelin\. The south has one lighthouse, .*…$/u);
      expect(summary.length).toBeLessThanOrEqual(400);
    },
  );

  test('and another are both shown where two sentences can', () => {
    const summary = summaryOf({ title: 'A bridge', body: BODY, query: query('opposition trams') });
    expect(summary).toMatch(/opposition.*tram/u);
  });
});

describe('a story of little text', () => {
  test('is shown whole', () => {
    const body = 'A bridge was built. Who paid? The town did. It cost 4 m.';
    expect(summaryOf({ title: 'News', body })).toBe(body);
  });

  test('is filled with a sentence that the feed cut off, and is still too little where that is most of it', () => {
    const cut = 'Its towers are to be built of steel from the north, and its deck of oak that was fe…';
    const summary = `A bridge comes at last. ${cut}`;
    expect(summaryOf({ title: 'News', description: summary })).toBe(summary);
    expect(saysTooLittle({ title: 'News', summary, body: '', lang: 'en' })).toBe(true);
  });

  test('may end with a face', () => {
    const body = 'The bridge is open at last, and the trams run again.\n\nCome and see it, all of you. :)';
    expect(summaryOf({ title: 'News', body })).toBe(body.replace('\n\n', ' '));
  });

  test('of many short sentences is shown in as many as make a summary', () => {
    const body = Array.from({ length: 20 }, (_, i) => `Ferry ${i} has sailed.`).join(' ');
    expect(summaryOf({ title: 'News', body }).length).toBeGreaterThanOrEqual(120);
  });
});

test('what a feed says is too little where no summary can be made of it', () => {
  const story = { title: 'A bridge', summary: '', body: '', lang: 'en' };
  expect(saysTooLittle(story)).toBe(true);
  expect(saysTooLittle({ ...story, summary: 'A bridge.' })).toBe(true);
  expect(saysTooLittle({ ...story, summary: `${GOOD.slice(0, 60)}…` })).toBe(true);
  expect(saysTooLittle({ ...story, summary: GOOD })).toBe(false);
  expect(saysTooLittle({ ...story, body: BODY })).toBe(false);
});

describe('summarise', () => {
  test('gives as many sentences as are asked for, verbatim and in order', () => {
    const text = BODY.split('\n\n');
    for (const maxSentences of [1, 2, 3, 4, 9]) {
      const chosen = summarise({ title: 'A bridge', text: BODY, maxSentences, lang: 'en' });
      expect(chosen).toEqual(text.filter((sentence) => chosen.includes(sentence)));
      expect(chosen).toHaveLength(Math.min(maxSentences, 4));
    }
  });

  test('gives sentences in scripts without spaces', () => {
    const text =
      '市議会は橋の建設を賛成多数で可決した。市長は採決を棄権した。工事は秋に始まり、三年後に路面電車が川を渡る予定だ。';
    const chosen = summarise({ title: '橋の建設', text, maxSentences: 2, lang: 'ja', query: query('路面電車') });
    expect(chosen.join('')).toContain('路面電車');
    expect(chosen.every((sentence) => text.includes(sentence))).toBe(true);
  });

  test('takes what divides a phrase together', () => {
    const text = `${BODY}\n\nThe bill was drawn up by a Mr. Zorn. Kowalski of the tram office, who has since retired from it.`;
    const chosen = summarise({ title: '', text, maxSentences: 3, lang: 'en', query: query('"Zorn Kowalski"~2') });
    expect(chosen.join(' ')).toContain('Zorn. Kowalski');
    expect(chosen.every((sentence) => text.includes(sentence))).toBe(true);
  });

  test('is put in a row as its script is written', () => {
    const body = '市議会は川に橋を架ける計画を賛成多数で可決した。\n\n市長は採決を棄権し、記者会見で理由を述べた。';
    const both = summaryOf({ title: '橋の建設', body, lang: 'ja' });
    expect(both).toBe(body.replace('\n\n', ''));
  });

  test('gives nothing of nothing', () => {
    expect(summarise({ title: 'A bridge', text: '', maxSentences: 2, lang: 'en' })).toEqual([]);
    expect(summarise({ title: 'A bridge', text: ' \n\n ', maxSentences: 2, lang: '' })).toEqual([]);
  });
});

test('any text gives a summary that is bounded, well formed and on one line', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'The council voted. ',
      'Read more',
      '\n\n',
      '. ',
      '…',
      '"',
      '👨‍👩‍👧',
      'a'.repeat(300),
      '{{x}}',
      'Advertisement',
    ),
    fc.constantFrom(GOOD, BODY, '市議会は橋の建設を可決した。', 'Sign up for our newsletter', '- point '),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  const text = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, text, text, (title, description, body) => {
      const summary = summaryOf({ title, description, body, query: query('council OR bridge') });
      expect(summary.length).toBeLessThanOrEqual(400);
      expect(summary).not.toMatch(/[\n\r]/u);
      expect(summary).toBe(summary.trim());
    }),
    { numRuns: 100 },
  );
});
