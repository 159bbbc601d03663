import { expect, test } from 'vitest';
import { FeedError } from '../../../adapters/feeds/feed-error.ts';
import { parseFeed } from '../../../adapters/feeds/parse.ts';
import type { FeedDocument, FeedItem } from '../../../src/story/item.ts';
import { readFixtures } from './fixture.ts';

const ROUNDS = 12;
const SIGNS = [
  '<',
  '>',
  '&',
  '"',
  "'",
  '</',
  '<![CDATA[',
  ']]>',
  '<!--',
  '<?',
  '&#0;',
  '&#x110000;',
  '\0',
  '{',
  '[',
  '\ufffe',
];

const fixtures = readFixtures().filter(({ body }) => body.length < 20_000);

test.each(fixtures)(
  '$name damaged at random is read or refused, and nothing unsafe comes of it',
  async ({ name, body, source }) => {
    for (let round = 0; round < ROUNDS; round++) {
      const draw = createDraw(`${name} ${round}`);
      let damaged = body;
      for (let times = 1 + draw(4); times > 0; times--) damaged = damage(damaged, draw);
      const document = await readOrRefused(damaged, source);
      expect(document === null ? [] : faultsOf(document)).toEqual([]);
    }
  },
);

async function readOrRefused(body: Uint8Array, source: Parameters<typeof parseFeed>[1]): Promise<FeedDocument | null> {
  try {
    return await parseFeed(body, source);
  } catch (error) {
    if (error instanceof FeedError) return null;
    throw error;
  }
}

/** What must hold of every document, in words where it does not. */
function faultsOf({ title, link, items }: FeedDocument): string[] {
  const faults = [...lineFaults('feed title', title), ...linkFaults('feed link', link)];
  for (const item of items) faults.push(...itemFaults(item));
  return faults;
}

function itemFaults(item: FeedItem): string[] {
  const { published } = item;
  return [
    ...lineFaults('title', item.title),
    ...lineFaults('author', item.author),
    ...item.categories.flatMap((category) => lineFaults('category', category)),
    ...linkFaults('link', item.link),
    ...(published === null || Number.isSafeInteger(published) ? [] : [`published ${published}`]),
    ...(hasControls(item.summary + item.content) ? ['controls in a text'] : []),
  ];
}

function lineFaults(what: string, text: string): string[] {
  const wrong = hasControls(text) || /[\n\t]/.test(text) || text !== text.trim() || text.length > 1_000;
  return wrong ? [`${what}: ${JSON.stringify(text)}`] : [];
}

function linkFaults(what: string, link: string): string[] {
  return link === '' || /^https?:\/\/[^\s]+$/.test(link) ? [] : [`${what}: ${link}`];
}

function hasControls(text: string): boolean {
  return /[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/.test(text) || !text.isWellFormed();
}

/** Numbers below `most`, the same ones for the same seed on every run (xorshift over a hash of the seed). */
function createDraw(seed: string): (most: number) => number {
  let state = 2_166_136_261;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16_777_619);
  return (most) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % Math.max(1, most);
  };
}

/** One stroke of bad luck: a piece lost, doubled, moved, overwritten, cut off, or something put in. */
function damage(body: Uint8Array, draw: (most: number) => number): Uint8Array {
  const at = draw(body.length);
  const length = 1 + draw(draw(2) === 0 ? 8 : 200);
  const before = body.subarray(0, at);
  const piece = body.subarray(at, at + length);
  const after = body.subarray(at + length);
  switch (draw(6)) {
    case 0:
      return Buffer.concat([before, after]);
    case 1:
      return Buffer.concat([before, piece, piece, after]);
    case 2:
      return Buffer.concat([piece, before, after]);
    case 3:
      return Buffer.concat([before, Buffer.from(piece.map((byte) => byte ^ (1 << draw(8)))), after]);
    case 4:
      return before;
    default:
      return Buffer.concat([before, Buffer.from(SIGNS[draw(SIGNS.length)] ?? ''), piece, after]);
  }
}
