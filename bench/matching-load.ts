import { readFileSync } from 'node:fs';
import { isStopWord } from '../src/story/text/stop-words.ts';
import { parseQuery, type Query } from '../src/subscription/query.ts';
import type { StoryText } from '../src/subscription/match.ts';

/** A subscription as each of the engines takes it. */
export interface Wanted {
  readonly text: string;
  readonly query: Query;
  /** Words all of which are wanted, one that is not, or a phrase; null for what only the index reads. */
  readonly plain: PlainWords | null;
}

export interface PlainWords {
  readonly all: readonly string[];
  readonly not: string | null;
  readonly phrase: boolean;
}

/** Stories of about 38 words, and queries made of their words. */
export interface Load {
  readonly stories: readonly StoryText[];
  readonly random: () => number;
  readonly wanted: (count: number) => Wanted[];
}

const MADE_STORIES = 20_000;
const MADE_WORDS = 38;
const VOCABULARY = 60_000;
/** A word that stands in more than this share of stories is no subscription by itself, and hardly one of two. */
const [RARE, COMMON] = [0.0006, 0.02] as const;

/** @param path JSON lines with `title` and `summary`; made text without it */
export function openLoad(path: string | undefined): Load {
  const random = createRandom(42);
  const stories = path === undefined ? madeStories(random) : readStories(path);
  const words = stories.map(({ title, summary }) => `${title} ${summary}`.toLowerCase().match(/[a-z]{2,}/gu) ?? []);
  const shares = sharesOf(words);
  const telling = words.map((all) => all.filter((word) => word.length > 2 && !isStopWord(word)));
  const pick = (i: number, most: number): string => {
    const fit = (telling[i] ?? []).filter((word) => (shares.get(word) ?? 0) <= most);
    return fit[Math.floor(random() * fit.length)] ?? '';
  };
  const one = (): Wanted | null => {
    const i = Math.floor(random() * stories.length);
    return made(kindOf(random()), (most) => pick(i, most), words[i] ?? [], random);
  };
  return {
    stories,
    random,
    wanted(count) {
      const found: Wanted[] = [];
      while (found.length < count) {
        const next = one();
        if (next !== null) found.push(next);
      }
      return found;
    },
  };
}

type Kind = 'one' | 'two' | 'three' | 'phrase' | 'or' | 'not' | 'prefix' | 'title';

/** 30 % one word, 40 % two, 10 % phrases, 8 % OR, 6 % with an exclusion, 3 % three words, 2 % prefixes, 1 % in the title. */
function kindOf(draw: number): Kind {
  const shares: readonly (readonly [Kind, number])[] = [
    ['one', 0.3], ['two', 0.7], ['phrase', 0.8], ['or', 0.88], ['not', 0.94], ['three', 0.97], ['prefix', 0.99],
  ]; // prettier-ignore
  return shares.find(([, below]) => draw < below)?.[0] ?? 'title';
}

function made(
  kind: Kind,
  pick: (most: number) => string,
  words: readonly string[],
  random: () => number,
): Wanted | null {
  const [rare, middle, any] = [pick(RARE), pick(COMMON), pick(1)];
  const at = Math.floor(random() * (words.length - 1));
  const [first = '', second = ''] = words.slice(at, at + 2);
  const texts: Readonly<Record<Kind, readonly [string, PlainWords | null]>> = {
    one: [rare, { all: [rare], not: null, phrase: false }],
    two: [`${any} ${middle}`, { all: [any, middle], not: null, phrase: false }],
    three: [`${any} ${middle} ${pick(1)}`, null],
    phrase: [`"${first} ${second}"`, { all: [first, second], not: null, phrase: true }],
    or: [`${rare} OR ${pick(RARE)}`, null],
    not: [`${rare} -${any}`, { all: [rare], not: any, phrase: false }],
    prefix: [`${rare.slice(0, 6)}*`, null],
    title: [`title:${rare}`, null],
  };
  const [text, plain] = texts[kind];
  if (rare === '' || middle === '' || (kind === 'phrase' && isStopWord(first) && isStopWord(second))) return null;
  const read = parseQuery(text);
  return read.ok ? { text, query: read.query, plain } : null;
}

function sharesOf(words: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const all of words)
    for (const word of new Set(all)) counts.set(word, (counts.get(word) ?? 0) + 1 / words.length);
  return counts;
}

function readStories(path: string): StoryText[] {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const { title, summary } = JSON.parse(line) as { readonly title: string; readonly summary: string };
    return { title, summary };
  });
}

/** Words by Zipf's law, most of them short. */
function madeStories(random: () => number): StoryText[] {
  const word = (): string => spelled(Math.floor(VOCABULARY ** random()));
  const sentence = (count: number): string => Array.from({ length: count }, word).join(' ');
  return Array.from({ length: MADE_STORIES }, () => ({
    title: sentence(8),
    summary: `${sentence(14)}, ${sentence(MADE_WORDS - 22)}.`,
    lang: 'en',
  }));
}

/** A word for a number: syllables, so that it looks like a word. */
function spelled(number: number): string {
  const syllables = 'ba ce di fo gu la me ni po ru sa te vi wo zu'.split(' ');
  let text = '';
  for (let rest = number + syllables.length; rest > 0; rest = Math.floor(rest / syllables.length)) {
    text += syllables[rest % syllables.length] ?? '';
  }
  return `${text}n`;
}

function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
