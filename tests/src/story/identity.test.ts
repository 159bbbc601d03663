import { describe, expect, test } from 'vitest';
import {
  guidsBelievable,
  itemKeys,
  judge,
  tellingAddresses,
  wordOverlap,
  wordsHeld,
  type Former,
  type Known,
  type KnownKeys,
} from '../../../src/story/identity.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 4, 6, 9);
const FEED = 'f1';
const TEXT = 'The council of Tarnow voted by 31 to 8 for a bridge over the river on Monday evening, ending a quarrel.';
const OTHER = 'Divers recovered the bell of a lighthouse tender which sank in 1871 with all of her crew near Corvo.';

const item = { id: 'g1', title: 'Council votes for a bridge', summary: TEXT, content: '', published: NOW };
const url = 'https://harbour.example/bridge';
const nothing: KnownKeys = { guid: null, url: null, text: null, title: null };

function known(storyId: string, feedId = FEED): Known {
  return { storyId, feedId };
}

function former(changes: Partial<Former> = {}): Former {
  return { title: item.title, text: TEXT, url, published: NOW - DAY, ...changes };
}

function judged(keys: Partial<KnownKeys>, changes: Partial<typeof item> = {}, was: Former | null = null, at = url) {
  const one = { ...item, ...changes };
  return judge(FEED, one, at, itemKeys(FEED, one, at, true, NOW), { ...nothing, ...keys }, () => was);
}

describe('an item is', () => {
  test('new where nothing is known of it', () => {
    const { storyId } = itemKeys(FEED, item, url, true, NOW);
    expect(judged({})).toEqual({ kind: 'new', storyId });
  });

  test('known by its guid and text, its address and text, or its text here', () => {
    expect(judged({ guid: known('s'), text: known('s') })).toEqual({ kind: 'known', storyId: 's' });
    expect(judged({ url: known('s'), text: known('s') })).toEqual({ kind: 'known', storyId: 's' });
    expect(judged({ text: known('s') })).toEqual({ kind: 'known', storyId: 's' });
  });

  test('edited where its guid or address is known here and its text is not', () => {
    expect(judged({ guid: known('s'), url: known('s') })).toEqual({ kind: 'edited', storyId: 's' });
    expect(judged({ url: known('s') })).toEqual({ kind: 'edited', storyId: 's' });
  });

  test('carried where another feed has brought its address', () => {
    expect(judged({ url: known('s', 'f2') })).toEqual({ kind: 'carried', storyId: 's' });
    expect(judged({ url: known('s', 'f2'), text: known('s', 'f2') })).toEqual({ kind: 'carried', storyId: 's' });
  });

  test('a story of its own where another feed has brought its text at another address', () => {
    const { storyId } = itemKeys(FEED, item, url, true, NOW);
    expect(judged({ text: known('s', 'f2') })).toEqual({ kind: 'new', storyId });
  });
});

describe('a known guid with another address is', () => {
  const moved = former({ url: 'https://harbour.example/other' });

  test('a new story where the text is another one and the date a later one', () => {
    expect(judged({ guid: known('s') }, {}, { ...moved, text: OTHER, title: 'A bell is found' }).kind).toBe('new');
  });

  test('an edit where the text is much the same', () => {
    expect(judged({ guid: known('s') }, { summary: `${TEXT} Work begins in autumn.` }, moved).kind).toBe('edited');
  });

  test('an edit where the date is no later one', () => {
    const before = { ...moved, text: OTHER, title: 'A bell is found' };
    expect(judged({ guid: known('s') }, {}, { ...before, published: NOW + DAY }).kind).toBe('edited');
    expect(judged({ guid: known('s') }, { published: NOW - DAY }, before).kind).toBe('edited');
  });
});

describe('a known title', () => {
  const retold = { id: 'g2', summary: 'Another wording of it all, with not a phrase of the first one left in place.' };

  test('makes an edit of an item at a similar address, or with a similar text', () => {
    const at = 'https://harbour.example/bridge?v=2';
    expect(judged({ title: known('s') }, retold, former(), at).kind).toBe('edited');
    const elsewhere = 'https://other.example/x';
    expect(judged({ title: known('s') }, { id: 'g2', summary: `${TEXT} More.` }, former(), elsewhere).kind).toBe(
      'edited',
    );
  });

  test('alone makes nothing known', () => {
    expect(judged({ title: known('s') }, retold, former(), 'https://other.example/x').kind).toBe('new');
    expect(judged({ title: known('s') }, retold, null).kind).toBe('new');
  });

  test('counts for three days and from four words on', () => {
    const today = itemKeys(FEED, item, url, true, NOW).titles[0];
    const later = (days: number) => itemKeys(FEED, item, url, true, NOW + days * DAY).titles;
    expect(later(3)).toContain(today);
    expect(later(4)).not.toContain(today);
    expect(itemKeys(FEED, { ...item, title: 'Weather on Monday' }, url, true, NOW).titles).toEqual([]);
  });
});

describe('keys', () => {
  const keysOf = (changes: Partial<typeof item>, at = url, trusted = true, feed = FEED) =>
    itemKeys(feed, { ...item, ...changes }, at, trusted, NOW);

  test('of a text are the same in all feeds, whatever its case, marks and white space', () => {
    const same = keysOf(
      { title: 'COUNCIL votes for a “bridge”', summary: `  ${TEXT.toUpperCase()}  ` },
      '',
      true,
      'f2',
    );
    expect(same.text).toBe(keysOf({}).text);
    expect(keysOf({ summary: OTHER }).text).not.toBe(keysOf({}).text);
  });

  test('of a short text tell this item only', () => {
    const short = { summary: 'Rain.', title: 'Weather' };
    expect(keysOf(short, url, true, 'f2').text).not.toBe(keysOf(short).text);
  });

  test('of a guid belong to one feed, and are not made from it while it is not believed', () => {
    expect(keysOf({}, url, true, 'f2').guid).not.toBe(keysOf({}).guid);
    expect(keysOf({ id: 'other' }, url, false).guid).toBe(keysOf({}, url, false).guid);
    expect(keysOf({ id: 'other' }).guid).not.toBe(keysOf({}).guid);
  });

  test('are there for an item with a title only', () => {
    const bare = { id: '', title: 'Council votes', summary: '', content: '' };
    expect(keysOf(bare, '').guid).toMatch(/^[0-9a-f]{16}$/u);
    expect(keysOf(bare, '').guid).not.toBe(keysOf({ ...bare, title: 'Council rests' }, '').guid);
  });
});

describe('guids are believed', () => {
  const seen = (id: string, at: string, urlKnownHere: boolean, guidKept: boolean) => ({
    id,
    url: at,
    urlKnownHere,
    guidKept,
  });

  test('unless one stands for two addresses in one document', () => {
    expect(guidsBelievable([seen('1', 'a', false, false), seen('1', 'b', false, false)])).toBe(false);
    expect(guidsBelievable([seen('1', 'a', false, false), seen('1', 'a', false, false)])).toBe(true);
    expect(guidsBelievable([seen('', 'a', false, false), seen('', 'b', false, false)])).toBe(true);
  });

  test('unless half of the known addresses come under others', () => {
    const returned = (kept: number, lost: number) => [
      ...Array.from({ length: kept }, (_, i) => seen(`k${i}`, `k${i}`, true, true)),
      ...Array.from({ length: lost }, (_, i) => seen(`l${i}`, `l${i}`, true, false)),
    ];
    expect(guidsBelievable(returned(3, 2))).toBe(true);
    expect(guidsBelievable(returned(2, 2))).toBe(false);
    expect(guidsBelievable(returned(0, 3))).toBe(true);
  });
});

test('an address tells a story where it stands for one item, and not for the site', () => {
  expect([...tellingAddresses(['a', 'b', 'b', '', 'site'], 'site')]).toEqual(['a']);
});

test('likeness of texts is that of their words, or of pairs of letters where no words are parted', () => {
  expect(wordOverlap('a bridge, a river', 'River and bridge')).toBeCloseTo(2 / 4);
  expect(wordOverlap('', 'x')).toBe(0);
  expect(wordOverlap('市議会は橋', '市議会は橋')).toBe(1);
  expect(wordOverlap('市議会は橋を可決', '川で船が座礁した')).toBe(0);
  expect(wordsHeld('Bridge over river', 'the river has a bridge')).toBeCloseTo(2 / 3);
  expect(wordsHeld('', 'x')).toBe(0);
});
