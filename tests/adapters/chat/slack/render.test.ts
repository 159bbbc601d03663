import { describe, expect, test } from 'vitest';
import { renderMessage, renderSlack, type SlackPayload } from '../../../../adapters/chat/slack/render.ts';
import type { StoryCard } from '../../../../src/delivery/card.ts';
import { faultsOfBlocks } from '../../../servers/slack/blocks.ts';
import { contentOf } from '../../../servers/slack/content.ts';
import { readMrkdwn, visible, type Piece } from '../../../servers/slack/mrkdwn.ts';
import { appOf } from '../../../servers/slack/manifest.ts';
import { createWorld } from '../../../servers/slack/world.ts';
import { cutTexts, hostileAddresses, hostileTexts } from './hostile.ts';

const url = 'https://news.example/story?a=1&b=2';
const story: StoryCard = {
  title: 'Court orders seizure of assets',
  summary: 'A court ordered it on Monday.',
  url,
  source: 'Example News',
  published: '2026-03-01T08:30:00.000Z',
  storyId: 's1',
  matched: [{ id: 7, name: 'asset seizure' }],
};

/** The text in every place where a feed, an outlet or a member could put it. */
function everywhere(text: string): StoryCard[] {
  return [
    { ...story, title: text },
    { ...story, summary: text },
    { ...story, title: text, summary: text },
    { ...story, source: text },
    { ...story, also: [{ source: text, url: 'https://other.example/' }] },
    { ...story, matched: [{ id: 7, name: text }] },
    { ...story, summary: text, spans: [{ field: 'summary', start: 0, end: Math.min(text.length, 9) }] },
  ];
}

function textsOf({ text, blocks }: SlackPayload): string[] {
  const inBlocks = blocks.flatMap((block) => {
    if (block.type === 'section') return [block.text.text];
    return block.type === 'context' ? block.elements.map((element) => element.text) : [];
  });
  return [text, ...inBlocks];
}

/** What a reader must not meet: seen by nobody, or turning the line around. */
const UNSEEN =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/u;
/** An ampersand that begins no entity Slack knows: an entity was cut, or never written. */
const BARE_AMPERSAND = /&(?!(?:amp|lt|gt);)/u;
const ADDRESS = /:\/\/|\bwww\.|\b[a-z\d-]+\.(?:example|com|org|net)\b/iu;

/** What is wrong with a message: with its blocks, its texts, and with what is live in them. */
function faultsIn(payload: SlackPayload, addresses: readonly string[]): string[] {
  const faults = [...faultsOfBlocks(payload.blocks)];
  if (JSON.stringify(payload.blocks).length >= 11_000) faults.push('blocks too long');
  if (payload.text.trim() === '' || payload.text.length > 4000) faults.push(`text of ${payload.text.length}`);
  for (const text of textsOf(payload)) {
    if (!text.isWellFormed()) faults.push(`half a character in ${text}`);
    if (UNSEEN.test(text)) faults.push(`something unseen in ${JSON.stringify(text)}`);
    if (BARE_AMPERSAND.test(text)) faults.push(`a bare ampersand in ${text}`);
    for (const piece of readMrkdwn(text)) faults.push(...faultsOfPiece(piece, addresses));
  }
  return faults;
}

function faultsOfPiece(piece: Piece, addresses: readonly string[]): string[] {
  if (piece.kind === 'text') return [];
  if (piece.kind === 'date') return piece.text === '2026-03-01 08:30 UTC' ? [] : [`date ${piece.text}`];
  if (piece.kind !== 'link') return [`live: ${piece.raw}`];
  const masked = ADDRESS.test(piece.label) ? [`label ${piece.label} over ${piece.url}`] : [];
  return [...masked, ...(addresses.includes(piece.url) ? [] : [`link to ${piece.url}`])];
}

/** What Slack itself would mind: it refuses, or somebody is called. */
function mindedBySlack(payload: SlackPayload): readonly unknown[] {
  const world = createWorld({}, appOf({}), '');
  contentOf(world, { method: 'chat.postMessage', channel: 'C1', unfurls: true }, { ...payload });
  return [...world.violations, ...world.pings];
}

describe('a hostile text does nothing, wherever it stands', () => {
  test.each(Object.entries(hostileTexts))('%s', (_name, text) => {
    for (const card of everywhere(text)) {
      const [payload, ...more] = renderSlack([card]);
      expect(more).toEqual([]);
      expect(faultsIn(payload!, [url, 'https://other.example/'])).toEqual([]);
      expect(mindedBySlack(payload!)).toEqual([]);
    }
    for (const payload of renderMessage({ kind: 'digest', heading: text, cards: [story] }))
      expect(faultsIn(payload, [url])).toEqual([]);
  });
});

describe('a text that has to be cut is cut between characters', () => {
  test.each([80, 300, 1400, 1500, 3000, 4000])('about %i', (limit) => {
    const texts = cutTexts(limit);
    const alerts = texts.flatMap(everywhere).flatMap((card) => renderSlack([card]));
    const notices = texts.flatMap((heading) => renderMessage({ kind: 'notice', heading, cards: [] }));
    const payloads = alerts.concat(notices);
    expect(payloads.flatMap((payload) => faultsIn(payload, [url, 'https://other.example/']))).toEqual([]);
  });
});

describe('only the http(s) address of the story is linked', () => {
  test.each(hostileAddresses)('%j', (given, linked) => {
    const [payload] = renderSlack([{ ...story, url: given, also: [{ source: 'Other', url: given }] }]);
    expect(faultsIn(payload!, linked === null ? [] : [linked])).toEqual([]);
    const links = textsOf(payload!).flatMap((text) => readMrkdwn(text).filter(({ kind }) => kind === 'link'));
    expect(links.length > 0).toBe(linked !== null);
    expect(mindedBySlack(payload!)).toEqual([]);
  });
});

describe('what is shown', () => {
  test.each([
    ['Marks & Spencer', 'Marks & Spencer'],
    ['5 < 6 > 4', '5 < 6 > 4'],
    ['&lt;!channel&gt;', '&lt;!channel&gt;'],
    ['a|b', 'a¦b'],
    ['Two\nlines', 'Two lines'],
    ['<!here>', '<!here>'],
    ['Reu\u200Bters', 'Reuters'],
    ['5* hotel', '5* hotel'],
    ['می\u200Cخواهم', 'می\u200Cخواهم'],
  ])('the title %j reads %j', (title, shown) => {
    const [payload] = renderSlack([{ ...story, title }]);
    const [, section = ''] = textsOf(payload!);
    const [line = ''] = visible(section).split('\n');
    expect(line.replace(/^\*(.*)\*$/u, '$1')).toBe(shown);
  });

  test('a title that reads like an address does not hide another', () => {
    const [payload] = renderSlack([{ ...story, title: 'reuters.com' }]);
    const links = textsOf(payload!).flatMap((text) => readMrkdwn(text).filter(({ kind }) => kind === 'link'));
    expect(links).toMatchObject([{ label: 'Read', url }]);
  });

  test('a title in code does not swallow the link below it', () => {
    const [payload] = renderSlack([{ ...story, title: '``` a', summary: 'b ``` c' }]);
    const [, section = ''] = textsOf(payload!);
    expect(section.split('```').length).toBeLessThan(3);
  });

  test.each([
    '',
    'yesterday',
    '-000001-01-01T00:00:00Z',
    '1960-01-01T00:00:00Z',
    '<!channel>',
    '+275760-09-13T00:00:01Z',
  ])('a date that is none (%j) is left out', (published) => {
    const [payload] = renderSlack([{ ...story, published }]);
    expect(faultsIn(payload!, [url])).toEqual([]);
    expect(JSON.stringify(payload)).not.toContain('!date');
  });
});

describe('many stories', () => {
  test.each([
    ['short titles', 'short'],
    ['long words', 'x'.repeat(5000)],
    ['many entities', '&'.repeat(5000)],
    ['many emoji', '😀'.repeat(2000)],
  ])('of %s fill messages, none is lost', (_name, text) => {
    const cards = Array.from({ length: 120 }, (_, i) => ({
      ...story,
      title: `${i} ${text}`,
      summary: text,
      source: text,
      url: `https://news.example/${i}`,
      also: Array.from({ length: 20 }, () => ({ source: text, url: 'https://other.example/' })),
    }));
    const payloads = renderSlack(cards);
    const linked = payloads.flatMap((payload) =>
      textsOf(payload)
        .slice(1)
        .flatMap((one) => readMrkdwn(one))
        .flatMap((piece) =>
          piece.kind === 'link' && piece.url.startsWith('https://news.example/') ? [piece.url] : [],
        ),
    );
    expect(linked).toEqual(cards.map((card) => card.url));
    const allowed = [...linked, 'https://other.example/'];
    expect(payloads.flatMap((payload) => faultsIn(payload, allowed))).toEqual([]);
  });

  test('no stories make no message, a notice without stories makes one', () => {
    expect(renderSlack([])).toEqual([]);
    expect(renderMessage({ kind: 'notice', heading: 'Paused', cards: [] })).toHaveLength(1);
  });
});
