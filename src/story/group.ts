import { bandKeys, commonCount, shinglesOf } from './sameness/shingles.ts';
import { createChains } from './sameness/chains.ts';
import { IN_LEAD, IN_TITLE, TERM_BITS, termBag } from './sameness/terms.ts';
import type { TermBag } from './sameness/terms.ts';
import { wordsOf } from './sameness/words.ts';

/** A story as the grouper reads it: plain text, `published` in epoch ms, `body` '' when the feed carried none. */
export interface NewStory {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly url: string;
  readonly published: number;
  readonly lang: string;
}

export interface GrouperOptions {
  /** Stories further behind the newest than this are forgotten, in hours. Default 72. */
  readonly windowHours?: number;
  /** At most this many stories are kept, the latest taken in. Default 150,000. */
  readonly maxStories?: number;
  /** Whether reports of one event form a group; otherwise only copies of one text do. Default true. */
  readonly sameEvent?: boolean;
}

/** A story taken in before that the new one is alike to. */
export interface Likeness {
  readonly groupId: string;
  /** text: a copy, perhaps edited or cut; event: another report of the same event. */
  readonly tier: 'text' | 'event';
  /** The id of the story found alike. */
  readonly like: string;
}

export interface Grouper {
  /** Decides without changing anything; null when nothing in the window is alike. */
  find(story: NewStory): Likeness | null;
  /** Takes a story in with the group that was decided for it, here or elsewhere. */
  admit(story: NewStory, groupId: string): void;
  /** `find`, then `admit`: the id of the group, which is the id of its first story and final. */
  add(story: NewStory): string;
  /** How many stories the window holds. */
  readonly size: number;
}

const HOUR_MS = 3_600_000;
const TEXT_WORDS = 3000;

interface Analysed {
  readonly story: NewStory;
  readonly shingles: Uint32Array;
  readonly bands: Uint32Array;
  readonly bag: TermBag;
}

interface Held extends Analysed {
  readonly number: number;
  readonly groupId: string;
  readonly bandLinks: Float64Array;
  readonly termLinks: Float64Array;
}

export const tune = {
  titleWeight: 2,
  leadWeight: 1,
  bodyWeight: 1,
  bodyWords: 300,
  maxTerms: 128,
  prior: 300,
  threshold: 0.24,
};

export function createGrouper(options: GrouperOptions = {}): Grouper {
  const windowMs = (options.windowHours ?? 72) * HOUR_MS;
  const maxStories = options.maxStories ?? 150_000;
  const sameEvent = options.sameEvent ?? true;
  const held = new Map<number, Held>();
  const bands = createChains(19);
  const terms = createChains(TERM_BITS);
  const frequency = new Int32Array(2 ** TERM_BITS);
  let next = 0;
  let oldest = 0;
  let newest = -Infinity;
  let memo: Analysed | null = null;

  function analyse(story: NewStory): Analysed {
    if (memo && sameStory(memo.story, story)) return memo;
    const title = wordsOf(story.title, 60);
    const lead = wordsOf(story.summary, 200);
    const body = wordsOf(story.body, TEXT_WORDS);
    const shingles = shinglesOf([...title, ...(body.length > lead.length ? body : lead)]);
    const bag = termBag(
      [
        { words: title, weight: tune.titleWeight, flag: IN_TITLE },
        { words: lead, weight: tune.leadWeight, flag: IN_LEAD },
        { words: body.slice(0, tune.bodyWords), weight: tune.bodyWeight, flag: 0 },
      ],
      tune.maxTerms,
    );
    memo = { story, shingles, bands: bandKeys(shingles), bag };
    return memo;
  }

  function alive(pointer: number, stride: number): Held | undefined {
    return pointer < 0 ? undefined : held.get(Math.floor(pointer / stride));
  }

  function findCopy(made: Analysed): Likeness | null {
    let best: Held | null = null;
    let bestScore = 0;
    const seen = new Set<number>();
    for (const [band, key] of made.bands.entries()) {
      let pointer = bands.head(key);
      for (let steps = 0; steps < 32; steps++) {
        const other = alive(pointer, 64);
        if (!other) break;
        const place = pointer % 64;
        if (place === band && other.bands[band] === key && !seen.has(other.number)) {
          seen.add(other.number);
          const score = copyScore(made.shingles, other.shingles);
          if (score > bestScore) [best, bestScore] = [other, score];
        }
        pointer = other.bandLinks[place] ?? -1;
      }
    }
    return best && { groupId: best.groupId, tier: 'text', like: best.story.id };
  }

  function idf(term: number, expected: number): number {
    const prior = tune.prior;
    return Math.log((held.size + prior) / ((frequency[term] ?? 0) + prior * expected + 0.5));
  }

  function weights(bag: TermBag): Float64Array {
    const list = Float64Array.from(
      bag.terms,
      (term, i) => (bag.emphasis[i] ?? 0) * Math.max(0, idf(term, bag.expected[i] ?? 0)),
    );
    let norm = 0;
    for (const weight of list) norm += weight * weight;
    norm = Math.sqrt(norm) || 1;
    return list.map((weight) => weight / norm);
  }

  function findEvent(made: Analysed): Likeness | null {
    const mine = weights(made.bag);
    const order = [...mine.keys()].sort((a, b) => (mine[b] ?? 0) - (mine[a] ?? 0)).slice(0, 40);
    const partial = new Map<Held, number>();
    for (const at of order) {
      let pointer = terms.head(made.bag.terms[at] ?? 0);
      for (let steps = 0; steps < 64; steps++) {
        const other = alive(pointer, 256);
        if (!other) break;
        partial.set(other, (partial.get(other) ?? 0) + (mine[at] ?? 0) ** 2);
        pointer = other.termLinks[pointer % 256] ?? -1;
      }
    }
    const candidates = [...partial].sort((a, b) => b[1] - a[1]).slice(0, 32);
    let best: Held | null = null;
    let bestScore = tune.threshold;
    for (const [other] of candidates) {
      const score = cosine(made.bag.terms, mine, other.bag.terms, weights(other.bag));
      if (score > bestScore) [best, bestScore] = [other, score];
    }
    return best && { groupId: best.groupId, tier: 'event', like: best.story.id };
  }

  function find(story: NewStory): Likeness | null {
    const made = analyse(story);
    return findCopy(made) ?? (sameEvent ? findEvent(made) : null);
  }

  function admit(story: NewStory, groupId: string): void {
    const made = analyse(story);
    const number = next++;
    held.set(number, {
      ...made,
      number,
      groupId,
      bandLinks: Float64Array.from(made.bands, (key, i) => bands.push(key, number * 64 + i)),
      termLinks: Float64Array.from(made.bag.terms, (term, i) => terms.push(term, number * 256 + i)),
    });
    for (const term of made.bag.terms) frequency[term] = (frequency[term] ?? 0) + 1;
    newest = Math.max(newest, story.published);
    forget();
  }

  function forget(): void {
    for (; oldest < next; oldest++) {
      const story = held.get(oldest);
      if (!story || (held.size <= maxStories && story.story.published >= newest - windowMs)) return;
      for (const term of story.bag.terms) frequency[term] = (frequency[term] ?? 0) - 1;
      held.delete(oldest);
    }
  }

  return {
    find,
    admit,
    add(story) {
      const groupId = find(story)?.groupId ?? story.id;
      admit(story, groupId);
      return groupId;
    },
    get size() {
      return held.size;
    },
  };
}

function sameStory(a: NewStory, b: NewStory): boolean {
  return (
    a.id === b.id && a.title === b.title && a.summary === b.summary && a.body === b.body && a.published === b.published
  );
}

/** Jaccard similarity, or containment for a text that was cut, when it is enough to call two texts one; else 0. */
function copyScore(a: Uint32Array, b: Uint32Array): number {
  const common = commonCount(a, b);
  const jaccard = common / (a.length + b.length - common);
  if (jaccard >= 0.3) return jaccard;
  const contained = common / Math.min(a.length, b.length);
  return contained >= 0.8 && common >= 20 ? contained : 0;
}

function cosine(a: Uint32Array, left: Float64Array, b: Uint32Array, right: Float64Array): number {
  let sum = 0;
  let j = 0;
  for (let i = 0; i < a.length; i++) {
    const term = a[i] ?? 0;
    while (j < b.length && (b[j] ?? 0) < term) j++;
    if (j < b.length && b[j] === term) sum += (left[i] ?? 0) * (right[j] ?? 0);
  }
  return sum;
}
