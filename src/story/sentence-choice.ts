import { normalised } from './identity.ts';

/** A sentence that may be shown, or neighbouring ones that have to be shown together. */
export interface Candidate {
  readonly text: string;
  /** Its place in the text, from 0. */
  readonly position: number;
  /** How many sentences it is, from that place on. */
  readonly count: number;
  /** Bit i is set where it shows the i-th word that was asked for. */
  readonly shows: number;
  /** What the caller knows in its favour, beside what its words say; 0 for nothing. */
  readonly favour: number;
}

/** Weights found on news with known summaries; what they weigh is between 0 and 1. */
const CENTRALITY = 1;
const POSITION = 1;
const TITLE = 0.5;
const SAME_AGAIN = 0.5;
/** What comes only to lengthen a summary is to say something else. */
const MUCH_AGAIN = 0.25;
const SHORT_CHARS = 60;
/** A sentence that opens with one of these leans on the one before it. */
const LEANING = /^["“]?(?:But|And|However|He|She|They|It|This|That|These|Those|Also|Meanwhile|Instead|Then|So)\b/u;

export interface Room {
  /** Sentences, at least 1. */
  readonly sentences: number;
  /** All together with a space between any two, in UTF-16 units. */
  readonly chars: number;
}

/** The words asked for, as bits: those that have to be shown if they can be, and all of them. */
export interface Asked {
  readonly required: number;
  readonly all: number;
}

/** Sentences of one text, weighed against one another. */
export interface Choice {
  /**
   * As few as show as many of the words asked for as can be shown in the room, those that have to be before the others.
   * @param shortest takes short ones rather than telling ones
   */
  covering(asked: Asked, room: Room, shortest?: boolean): readonly Candidate[];
  /** The same and, as far as there is room, those that tell most of the text: near its start, of its frequent words and its title's, no two alike. */
  filled(chosen: readonly Candidate[], room: Room): readonly Candidate[];
  /**
   * What adds most to what is chosen, whatever its length; what says much the same again comes last.
   * @param mostLike what shares more of its words with a chosen one, 0 to 1, is no addition
   * @returns null where nothing is left
   */
  next(chosen: readonly Candidate[], mostLike: number): Candidate | null;
}

export function weigh(candidates: readonly Candidate[], title: string): Choice {
  const read = readAll(candidates, title);
  const readOf = new Map(read.map((one) => [one.candidate, one]));
  const reads = (chosen: readonly Candidate[]): Read[] => chosen.flatMap((one) => readOf.get(one) ?? []);

  return {
    covering({ required, all }, room, shortest = false) {
      const chosen: Read[] = [];
      for (let shown = 0; (all & ~shown) !== 0;) {
        const gain = ({ shows }: Candidate): number =>
          countBits(shows & required & ~shown) * 100 + countBits(shows & all & ~shown) * 10;
        const able = read.filter(({ candidate }) => gain(candidate) > 0 && fits(candidate, chosen, room));
        const next = bestBy(
          able,
          chosen,
          (one) => gain(one.candidate) + (shortest ? -one.candidate.text.length / 1000 : score(one, chosen)),
        );
        if (next === null) break;
        chosen.push(next);
        shown |= next.candidate.shows;
      }
      return chosen.map(({ candidate }) => candidate);
    },
    filled(given, room) {
      const chosen = reads(given);
      for (;;) {
        const able = read.filter(({ candidate }) => fits(candidate, chosen, room));
        const next = bestBy(able, chosen, (one) => score(one, chosen));
        if (next === null) return chosen.map(({ candidate }) => candidate);
        chosen.push(next);
      }
    },
    next(given, mostLike) {
      const chosen = reads(given);
      const fresh = read.filter((one) => likest(one, chosen) <= mostLike);
      return bestBy(fresh, chosen, (one) => one.own - (likest(one, chosen) > MUCH_AGAIN ? 2 : 0))?.candidate ?? null;
    },
  };
}

/** In the order of the text. */
export function inOrder(chosen: readonly Candidate[]): Candidate[] {
  return chosen.toSorted((a, b) => a.position - b.position);
}

/** How long candidates are with a space between any two, in UTF-16 units; 0 for none. */
function charsOf(chosen: readonly Candidate[]): number {
  return chosen.reduce((sum, { text }) => sum + text.length + 1, -1) || 0;
}

/** How many bits of a mask are set. */
function countBits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function fits(candidate: Candidate, chosen: readonly Read[], { sentences, chars }: Room): boolean {
  const all = [...chosen.map((one) => one.candidate), candidate];
  return all.reduce((sum, { count }) => sum + count, 0) <= sentences && charsOf(all) <= chars;
}

interface Read {
  readonly candidate: Candidate;
  readonly words: ReadonlySet<string>;
  readonly own: number;
}

function readAll(candidates: readonly Candidate[], title: string): Read[] {
  const words = candidates.map(({ text }) => contentWords(text));
  const counts = new Map<string, number>();
  for (const set of words) for (const word of set) counts.set(word, (counts.get(word) ?? 0) + 1);
  const named = contentWords(title);
  const centralities = words.map(
    (set) => sum(set, (word) => Math.log(counts.get(word) ?? 1)) / Math.sqrt(set.size + 8),
  );
  const top = Math.max(...centralities, 1e-9);
  return candidates.map((candidate, i) => {
    const set = words[i] ?? new Set();
    const inTitle = named.size === 0 ? 0 : sum(named, (word) => (set.has(word) ? 1 : 0)) / named.size;
    const own =
      (CENTRALITY * (centralities[i] ?? 0)) / top +
      POSITION / (1 + candidate.position * 0.5) +
      TITLE * inTitle +
      candidate.favour -
      (candidate.text.length < SHORT_CHARS ? 0.3 : 0) -
      (LEANING.test(candidate.text) ? 0.15 : 0);
    return { candidate, words: set, own };
  });
}

function score(one: Read, chosen: readonly Read[]): number {
  const like = likest(one, chosen);
  return one.own - (like > SAME_AGAIN ? 2 : like);
}

/** How like a sentence is to the likest of those chosen, 0 to 1. */
function likest(one: Read, chosen: readonly Read[]): number {
  return Math.max(0, ...chosen.map((other) => likeness(one.words, other.words)));
}

function bestBy(read: readonly Read[], chosen: readonly Read[], value: (one: Read) => number): Read | null {
  let best: Read | null = null;
  let most = -Infinity;
  for (const one of read) {
    if (chosen.some(({ candidate }) => overlap(candidate, one.candidate))) continue;
    const worth = value(one);
    if (worth > most) [best, most] = [one, worth];
  }
  return best;
}

function overlap(a: Candidate, b: Candidate): boolean {
  return a.position < b.position + b.count && b.position < a.position + a.count;
}

/** Words of a text that say what it is about: those of four letters and more, pairs of letters where none are parted. */
function contentWords(text: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const word of normalised(text).split(' ')) {
    if (/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Myanmar}]/u.test(word)) {
      const letters = Array.from(word);
      for (let i = 1; i < letters.length; i++) words.add(`${letters[i - 1]}${letters[i]}`);
    } else if (word.length > 3 || /\p{N}/u.test(word)) words.add(word.length > 6 ? word.slice(0, 6) : word);
  }
  return words;
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = sum(a, (word) => (b.has(word) ? 1 : 0));
  return common === 0 ? 0 : common / Math.min(a.size, b.size);
}

function sum(words: ReadonlySet<string>, value: (word: string) => number): number {
  let total = 0;
  for (const word of words) total += value(word);
  return total;
}
