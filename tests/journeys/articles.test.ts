import { afterEach, expect, test } from 'vitest';
import type { Behaviour } from '../servers/feeds.ts';
import { HOUR, openBench, rss, type Bench, type Item } from './in-process.ts';

const TITLE = 'Ferry Aurelia runs aground off Lindholm';
const PARAGRAPHS = [
  'The passenger ferry Aurelia struck a reef near Lindholm before dawn on Tuesday and came to rest on a bank of sand.',
  'Coast guard boats took all 214 passengers ashore within two hours, and nobody was hurt, the harbour office said.',
  'Captain Henrik Vossberg told reporters that a failed rudder had left the ship drifting in a heavy swell.',
  'The shipping line has promised an inquiry, and a tug is to pull the vessel free at the next spring tide.',
];

let bench: Bench;
afterEach(async () => bench.close());

function page(more: { readonly title?: string; readonly head?: string; readonly paragraphs?: readonly string[] } = {}) {
  const { title = TITLE, head = '', paragraphs = PARAGRAPHS } = more;
  const body = paragraphs.map((text) => `<p>${text}</p>`).join('');
  return {
    kind: 'answer',
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html><head><title>${title}</title>${head}</head><body><article><h1>${title}</h1>${body}</article></body></html>`,
  } as const;
}

/** A feed that has been learnt, and then brings the ferry with no more text than this. */
async function thinStory(
  script: (at: Bench) => Readonly<Record<string, Behaviour>>,
  {
    query = 'aurelia',
    text = '',
    settings = {},
    speed = 1,
  }: { query?: string; text?: string; settings?: Record<string, string>; speed?: number } = {},
): Promise<void> {
  bench = await openBench(['/feed', '/other-feed'], query, settings, speed);
  bench.server.on('/feed', rss([]));
  bench.server.on('/other-feed', rss([]));
  await bench.look();
  for (const [path, behaviour] of Object.entries(script(bench))) bench.server.on(path, behaviour);
  bench.server.on('/feed', rss([ferry({ text })]));
  bench.advance(HOUR);
  await bench.look();
}

function ferry(changes: Partial<Item> = {}): Item {
  return { title: TITLE, link: `${bench.server.origin}/ferry`, guid: 'ferry', at: bench.now(), ...changes };
}

function summaries(): string[] {
  return bench.said.flatMap(({ cards }) => cards.map(({ summary }) => summary));
}

test('a story whose feed says too little is told in sentences of its page', async () => {
  await thinStory(() => ({ '/ferry': page() }));
  expect(bench.titles()).toEqual([TITLE]);
  const [summary = ''] = summaries();
  const sentences = PARAGRAPHS.filter((text) => summary.includes(text));
  expect(sentences.join(' ')).toBe(summary);
  expect(summary.length).toBeGreaterThanOrEqual(120);
});

test('a description that was cut off gives way to the whole sentences of the page', async () => {
  await thinStory(() => ({ '/ferry': page() }), { text: `${PARAGRAPHS[0]?.slice(0, 90)}…` });
  expect(summaries()[0]).not.toContain('…');
  expect(summaries()[0]).toContain(PARAGRAPHS[0]);
});

test('the words asked for are shown where only the page has them in a sentence', async () => {
  await thinStory(() => ({ '/ferry': page() }), { query: 'rudder OR ferry' });
  expect(summaries()[0]).toContain('rudder');
});

test('its page is asked for once, however often the feed is read and whoever else carries it', async () => {
  await thinStory(() => ({ '/ferry': page() }));
  bench.server.on('/feed', rss([ferry({ text: 'Now with a few words.' })]));
  bench.server.on('/other-feed', rss([ferry({ guid: 'carried' })]));
  bench.advance(HOUR);
  await bench.look();
  expect(bench.server.seen('/ferry')).toHaveLength(1);
  expect(bench.titles()).toEqual([TITLE]);
});

test('no page is asked for where the feed says enough, where nobody is to hear of it, or where it is switched off', async () => {
  await thinStory(() => ({ '/ferry': page() }), { text: PARAGRAPHS.slice(0, 2).join(' ') });
  expect(bench.titles()).toEqual([TITLE]);
  expect(bench.server.seen('/ferry')).toEqual([]);
  await bench.close();
  await thinStory(() => ({ '/ferry': page() }), { query: 'zeppelin' });
  expect(bench.server.seen('/ferry')).toEqual([]);
  await bench.close();
  await thinStory(() => ({ '/ferry': page() }), { settings: { NEWSHOUND_ARTICLES_FETCH: 'false' } });
  expect(bench.titles()).toEqual([TITLE]);
  expect(bench.server.seen('/ferry')).toEqual([]);
});

const robots = (body: string): Behaviour => ({ kind: 'answer', headers: { 'content-type': 'text/plain' }, body });

test('robots.txt is obeyed, on the way through redirects as well', async () => {
  await thinStory(() => ({ '/ferry': page(), '/robots.txt': robots('User-agent: *\nDisallow: /ferry') }));
  expect(bench.titles()).toEqual([TITLE]);
  expect(bench.server.seen('/ferry')).toEqual([]);
  await bench.close();
  await thinStory(() => ({
    '/ferry': { kind: 'answer', status: 302, headers: { location: '/hidden/ferry' } },
    '/hidden/ferry': page(),
    '/robots.txt': robots('User-agent: Newshound\nDisallow: /hidden/\n\nUser-agent: *\nDisallow:'),
  }));
  expect(bench.titles()).toEqual([TITLE]);
  expect(bench.server.seen('/ferry')).toHaveLength(1);
  expect(bench.server.seen('/hidden/ferry')).toEqual([]);
});

test('a robots.txt that cannot be had lets nothing be asked for', async () => {
  await thinStory(() => ({ '/ferry': page(), '/robots.txt': { kind: 'answer', status: 503 } }));
  expect(bench.titles()).toEqual([TITLE]);
  expect(bench.server.seen('/ferry')).toEqual([]);
});

test.each<readonly [string, Behaviour]>([
  ['a page that is not there', { kind: 'answer', status: 404, body: 'not here' }],
  ['a page that is no page', { kind: 'answer', headers: { 'content-type': 'application/pdf' }, body: '%PDF-1.7' }],
  ['a connection that breaks', { kind: 'reset' }],
  ['a page that never comes', { kind: 'silent' }],
  ['a page that comes byte by byte', { kind: 'slow', body: '<p>Aurelia</p>'.repeat(50), pauseMs: 50 }],
  ['a page without end', { kind: 'endless', headers: { 'content-type': 'text/html' } }],
  [
    'a hostile page',
    {
      kind: 'answer',
      headers: { 'content-type': 'text/html' },
      body: '<div><table>'.repeat(60_000) + '<p>x'.repeat(60_000),
    },
  ],
  ['redirects without end', { kind: 'answer', status: 302, headers: { location: '/ferry' } }],
  [
    'a wall before every page',
    {
      kind: 'answer',
      headers: { 'content-type': 'text/html' },
      body: `<title>Your privacy</title><p>${'We and our partners keep cookies on your device, and you may choose which. '.repeat(12)}</p>`,
    },
  ],
])('%s leaves the alert as the feed has it, within ten seconds', { timeout: 20_000 }, async (_name, behaviour) => {
  await thinStory(() => ({ '/ferry': behaviour }), { text: 'A ferry is aground.', speed: 10 });
  expect(bench.titles()).toEqual([TITLE]);
  const [summary = ''] = summaries();
  expect(['', 'A ferry is aground.']).toContain(summary);
});

test('a wrapped link and the link it leads to are one story', async () => {
  await thinStory((at) => ({
    '/ferry': { kind: 'answer', status: 302, headers: { location: '/2026/ferry-aurelia' } },
    '/2026/ferry-aurelia': page({ head: `<link rel="canonical" href="${at.server.origin}/story/ferry-aurelia">` }),
  }));
  bench.server.on(
    '/feed',
    rss([
      ferry({ guid: 'direct', link: `${bench.server.origin}/2026/ferry-aurelia`, text: PARAGRAPHS[2] ?? '' }),
      ferry({ guid: 'canonical', link: `${bench.server.origin}/story/ferry-aurelia`, text: PARAGRAPHS[3] ?? '' }),
      ferry(),
    ]),
  );
  bench.advance(HOUR);
  await bench.look();
  expect(bench.titles()).toEqual([TITLE]);
});

test('a canonical link to another owner’s site is no key', async () => {
  await thinStory(() => ({
    '/ferry': page({ head: '<link rel="canonical" href="https://elsewhere.example/ferry-aurelia">' }),
  }));
  const other = 'Elsewhere a bridge over the Wisla is opened';
  bench.server.on(
    '/feed',
    rss([
      {
        title: other,
        link: 'https://elsewhere.example/ferry-aurelia',
        guid: 'x',
        text: `${PARAGRAPHS[0]?.replace('Lindholm', 'Tarnow')}`,
      },
    ]),
  );
  bench.advance(HOUR);
  await bench.look();
  expect(bench.titles()).toContain(other);
});
