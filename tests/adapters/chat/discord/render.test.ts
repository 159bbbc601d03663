import { describe, expect, test } from 'vitest';
import { renderDiscord, renderMessage, type DiscordPayload } from '../../../../adapters/chat/discord/render.ts';
import type { StoryCard } from '../../../../src/delivery/card.ts';
import { oneLine, visibleText } from '../../../../src/delivery/sanitize.ts';
import { hostileTexts } from './hostile.ts';
import { readMarkup } from './markup.ts';
import { refusalsOf } from './refusals.ts';

function card(more: Partial<StoryCard> = {}): StoryCard {
  return {
    title: 'Harbour reopens',
    summary: 'The harbour reopened on Monday.',
    url: 'https://news.example/harbour',
    source: 'Harbour Times',
    published: '2026-03-01T08:00:00Z',
    storyId: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    ...more,
  };
}

function only(payloads: readonly DiscordPayload[]): DiscordPayload {
  expect(payloads).toHaveLength(1);
  return payloads[0]!;
}

/** What Discord would refuse or obey in what the adapter sends. */
function faultsOf({ allowedMentions, ...rest }: DiscordPayload): readonly string[] {
  return refusalsOf({ ...rest, allowed_mentions: allowedMentions });
}

describe('a text from a feed stands for itself', () => {
  test.each(hostileTexts)('as a title: %s', (_, text) => {
    const payload = only(renderDiscord([card({ title: text })]));
    const { live, shown } = readMarkup(payload.embeds[0]?.title ?? '');
    expect(live).toEqual([]);
    expect(shown).toBe(oneLine(text) || 'Harbour Times');
    expect(faultsOf(payload)).toEqual([]);
  });

  test.each(hostileTexts)('as a summary: %s', (_, text) => {
    const payload = only(renderDiscord([card({ summary: text })]));
    const { live, shown } = readMarkup(payload.embeds[0]?.description ?? '');
    expect(live).toEqual([]);
    expect(shown).toBe(visibleText(text).trim());
    expect(faultsOf(payload)).toEqual([]);
  });

  test.each(hostileTexts)('as a heading: %s', (_, text) => {
    const payload = only(renderMessage({ kind: 'digest', heading: text, cards: [card()] }));
    const { live, shown } = readMarkup(payload.content ?? '');
    expect(live).toEqual([]);
    expect(shown).toBe(visibleText(text).trim());
    expect(faultsOf(payload)).toEqual([]);
  });

  test.each(hostileTexts)('as an outlet: %s', (_, text) => {
    const also = [{ source: text, url: 'https://other.example/(a)' }];
    const payload = only(renderDiscord([card({ source: text, also, summary: '' })]));
    const { live, shown } = readMarkup(payload.embeds[0]?.description ?? '');
    expect(live.filter(({ kind }) => kind !== 'link')).toEqual([]);
    expect(live.map((link) => link.text)).toEqual(live.map(() => oneLine(text) || 'other.example'));
    expect(shown).toContain(oneLine(text));
    expect(faultsOf(payload)).toEqual([]);
  });
});

describe('the matched words', () => {
  function bold(summary: string, spans: readonly (readonly [start: number, end: number])[]) {
    const marked = spans.map(([start, end]) => ({ field: 'summary', start, end }) as const);
    const payload = only(renderDiscord([card({ summary, spans: marked })]));
    expect(faultsOf(payload)).toEqual([]);
    const { live, shown } = readMarkup(payload.embeds[0]?.description ?? '');
    expect(live.filter(({ kind }) => kind !== 'bold')).toEqual([]);
    expect(shown).toBe(summary);
    return live.map(({ text }) => text);
  }

  test('are bold, and nothing else is', () => {
    expect(
      bold('Trade of Japan and Korea grows', [
        [9, 14],
        [19, 24],
      ]),
    ).toEqual(['Japan', 'Korea']);
  });

  test('are bold where they touch', () => {
    expect(
      bold('日本韓国の合意', [
        [0, 2],
        [2, 4],
      ]).join(''),
    ).toBe('日本韓国');
  });

  test('are bold where they overlap', () => {
    expect(
      bold('South Korea Times', [
        [0, 11],
        [6, 17],
      ]).join(''),
    ).toBe('South Korea Times');
  });

  test('are bold with signs of markup in them and around', () => {
    expect(bold('a **b** c', [[2, 7]])).toEqual(['**b**']);
    expect(
      bold('*a* _b_', [
        [0, 1],
        [4, 7],
      ]),
    ).toEqual(['*', '_b_']);
    expect(bold('a\\ b', [[0, 2]])).toEqual(['a\\']);
  });

  test('are bold at the start of a line', () => {
    expect(bold('1. one', [[0, 1]])).toEqual(['1']);
    expect(bold('1. one', [[0, 2]])).toEqual(['1.']);
    expect(bold('- one', [[0, 1]])).toEqual(['-']);
    expect(bold('x\n# one', [[2, 3]])).toEqual(['#']);
  });

  test('are bold when many', () => {
    const words = Array.from({ length: 30 }, (_, i) => [i * 2, i * 2 + 1] as const);
    expect(bold('a '.repeat(30).trim(), words)).toHaveLength(30);
  });

  test('in a summary that is cut stay within it', () => {
    const summary = `${'word '.repeat(1000)}end`;
    const spans = [
      { field: 'summary', start: 2990, end: 3020 },
      { field: 'summary', start: 4990, end: 4999 },
    ] as const;
    const payload = only(renderDiscord([card({ summary, spans })]));
    expect(faultsOf(payload)).toEqual([]);
    const { live } = readMarkup(payload.embeds[0]?.description ?? '');
    expect(live.map(({ kind }) => kind)).toEqual(['bold']);
  });
});

describe('an address', () => {
  const bad: readonly (readonly [what: string, url: string])[] = [
    ['nothing', ''],
    ['a script', 'javascript:alert(1)'],
    ['a script with a line break', 'java\nscript:alert(1)'],
    ['data', 'data:text/html,<script>alert(1)</script>'],
    ['a file', 'file:///etc/passwd'],
    ['another protocol', 'ftp://files.example/a'],
    ['no address', 'not an address'],
    ['a path alone', '/2026/03/01/harbour'],
    ['only a scheme', 'https://'],
    ['an app', 'discord://-/channels/1'],
    ['over 2,000 characters', `https://news.example/${'a'.repeat(2000)}`],
  ];
  const good: readonly (readonly [what: string, url: string, shown: string])[] = [
    ['with a user', 'https://bank.example@evil.example/a', 'https://evil.example/a'],
    ['with a user and a password', 'https://user:secret@news.example/a', 'https://news.example/a'],
    ['with letters that look Latin', 'https://www.аррӏе.com/a', 'https://www.xn--80ak6aa92e.com/a'],
    ['with spaces', 'https://news.example/a b', 'https://news.example/a%20b'],
    ['with angle brackets', 'https://news.example/<b>?<i>', 'https://news.example/%3Cb%3E?%3Ci%3E'],
    ['with a query in Japanese', 'https://news.example/?q=日本', 'https://news.example/?q=%E6%97%A5%E6%9C%AC'],
    ['with capitals', 'HTTPS://NEWS.EXAMPLE/A', 'https://news.example/A'],
    ['with a number as its host', 'http://[::1]:8080/a', 'http://[::1]:8080/a'],
    ['with backslashes', String.raw`https:\\news.example\a`, 'https://news.example/a'],
  ];

  test.each(bad)('is left out, never the alert: %s', (_, url) => {
    const payload = only(renderDiscord([card({ url, also: [{ source: 'Other', url }] })]));
    expect(faultsOf(payload)).toEqual([]);
    expect(payload.embeds[0]).not.toHaveProperty('url');
    expect(payload.components.flatMap(({ components }) => components).filter(({ style }) => style === 5)).toEqual([]);
    const { live, shown } = readMarkup(payload.embeds[0]?.description ?? '');
    expect(live).toEqual([]);
    expect(shown).toContain('also: Other');
  });

  test.each(good)('is shown as the network knows it: %s', (_, url, shown) => {
    const payload = only(renderDiscord([card({ url })]));
    expect(faultsOf(payload)).toEqual([]);
    expect(payload.embeds[0]?.url).toBe(shown);
    expect(payload.embeds[0]?.footer?.text).toContain(new URL(shown).hostname.replace(/^www\./u, ''));
  });

  test('too long for a button stands in the title all the same', () => {
    const url = `https://news.example/${'a'.repeat(600)}`;
    const payload = only(renderDiscord([card({ url })]));
    expect(faultsOf(payload)).toEqual([]);
    expect(payload.embeds[0]?.url).toBe(url);
    expect(payload.components[0]?.components.map(({ label }) => label)).toEqual(['Why?']);
  });

  test.each(['https://bank.example', 'bank.example/login', 'www.bank.example', 'Bank.example: new terms'])(
    'does not hide behind a title that reads like another: %s',
    (title) => {
      const payload = only(renderDiscord([card({ title })]));
      expect(payload.embeds[0]).not.toHaveProperty('url');
      expect(faultsOf(payload)).toEqual([]);
    },
  );

  test.each([
    'https://other.example/a)b',
    'https://other.example/(a',
    'https://other.example/?q=\\',
    'https://other.example/#\\)',
    'https://other.example/a_b_*c*',
    'https://other.example/"a"',
    "https://other.example/'a'",
    'https://other.example/a|b',
  ])('of another outlet leads there and nowhere else: %s', (url) => {
    const also = [
      { source: 'Other', url },
      { source: 'Third', url: 'https://third.example/' },
    ];
    const payload = only(renderDiscord([card({ also, summary: '' })]));
    const text = payload.embeds[0]?.description ?? '';
    const { live, shown } = readMarkup(text);
    expect(live.map((link) => [link.kind, link.text])).toEqual([
      ['link', 'Other'],
      ['link', 'Third'],
    ]);
    expect(shown).toBe('also: Other, Third');
    expect(faultsOf(payload)).toEqual([]);
  });
});

describe('a limit', () => {
  test.each([
    ['letters', 'a'],
    ['stars', '*'],
    ['backslashes', '\\'],
    ['emoji', '😀'],
    ['families', '👨‍👩‍👧‍👦'],
    ['flags', '🇯🇵'],
    ['letters with marks', 'e\u0301'],
    ['Hangul', '가'],
  ])('is kept with the longest text of %s, and no sign is cut', (_, unit) => {
    for (const extra of [0, 1, 2, 3]) {
      const text = 'x'.repeat(extra) + unit.repeat(5000);
      const also = Array.from({ length: 12 }, (_, i) => ({
        source: `${text} ${i}`,
        url: `https://o${i}.example/${'a'.repeat(400)}`,
      }));
      const matched = Array.from({ length: 12 }, (_, id) => ({ id: id as never, name: text }));
      const payload = only(renderDiscord([card({ title: text, summary: text, source: text, also, matched })]));
      expect(faultsOf(payload)).toEqual([]);
      const [embed] = payload.embeds;
      const title = readMarkup(embed?.title ?? '').shown;
      expect(oneLine(text).startsWith(title.slice(0, -1))).toBe(true);
      const cut = title.slice(extra, -1).replaceAll('\n', '').replaceAll(' ', '');
      expect(cut.replaceAll(oneLine(unit), '')).toBe('');
      expect(title.length).toBeGreaterThan(100);
    }
  });

  test.each(['1.\n', '- \n', '* a\n', '> a\n', '# a\n'])('is kept with the longest text of lines: %j', (line) => {
    for (const lines of [500, 1000, 2000]) {
      const payload = only(
        renderMessage({ kind: 'digest', heading: line.repeat(lines), cards: [card({ summary: line.repeat(lines) })] }),
      );
      expect(faultsOf(payload)).toEqual([]);
      expect(readMarkup(payload.content ?? '').live).toEqual([]);
      expect(readMarkup(payload.embeds[0]?.description ?? '').live).toEqual([]);
    }
  });

  test('splits many stories into messages that are each taken, and loses none', () => {
    const cards = Array.from({ length: 40 }, (_, i) =>
      card({
        title: `Story ${i} ${'*'.repeat(300)}`,
        summary: `${'word_ '.repeat((i * 37) % 600)}.`,
        url: `https://news.example/${i}`,
      }),
    );
    const payloads = renderDiscord(cards);
    expect(payloads.flatMap(faultsOf)).toEqual([]);
    expect(payloads.flatMap(({ embeds }) => embeds.map(({ url }) => url))).toEqual(cards.map(({ url }) => url));
  });

  test('keeps ten short stories in one message', () => {
    const payloads = renderDiscord(Array.from({ length: 11 }, (_, i) => card({ title: `Story ${i}` })));
    expect(payloads.map(({ embeds }) => embeds.length)).toEqual([10, 1]);
  });

  test('leaves no message of no stories', () => {
    expect(renderDiscord([])).toEqual([]);
    expect(renderMessage({ kind: 'notice', heading: ' \u200B', cards: [] })).toEqual([]);
  });

  test.each(['', 'yesterday', '2026-13-45', '0000', '+275760-09-13T00:00:00.001Z'])(
    'leaves a time that is none out: %j',
    (published) => {
      const payload = only(renderDiscord([card({ published })]));
      expect(faultsOf(payload)).toEqual([]);
    },
  );
});
