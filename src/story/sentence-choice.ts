import { normalised } from './identity.ts';

/** A sentence that may be shown. */
export interface Candidate {
  readonly text: string;
  /** Its place in the text, from 0. */
  readonly position: number;
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
const SHORT_CHARS = 60;
/** A sentence that opens with one of these leans on the one before it. */
const LEANING = /^["“]?(?:But|And|However|He|She|They|It|This|That|These|Those|Also|Meanwhile|Instead|Then|So)\b/u;

export interface Room {
  /** Sentences, at least 1. */
  readonly sentences: number;
  /** All together, in UTF-16 units; a single sentence may be longer. */
  readonly chars: number;
  /** What sentences may take that show further words asked for. */
  readonly mostChars: number;
}

/**
 * The sentences that tell most of a text, in its order: near its start, of its frequent words and its title's, no two alike.
 * Those that show the words asked for come first: as many of the words as can be shown, in as few sentences as can be.
 */
export function chooseSentences(candidates: readonly Candidate[], title: string, room: Room): Candidate[] {
  const read = readAll(candidates, title);
  const chosen: Read[] = [];
  const all = candidates.reduce((mask, { shows }) => mask | shows, 0);
  let shown = 0;
  while (shown !== all && chosen.length < room.sentences) {
    const missing = all & ~shown;
    const able = read.filter(
      ({ candidate }) => (candidate.shows & missing) !== 0 && fits(candidate, chosen, room.mostChars),
    );
    const next = bestBy(able, chosen, (one) => countBits(one.candidate.shows & missing) * 10 + score(one, chosen));
    if (next === null) break;
    chosen.push(next);
    shown |= next.candidate.shows;
  }
  while (chosen.length < room.sentences) {
    const able = read.filter(({ candidate }) => fits(candidate, chosen, room.chars));
    const next = bestBy(able, chosen, (one) => score(one, chosen));
    if (next === null) break;
    chosen.push(next);
  }
  return chosen.map(({ candidate }) => candidate).sort((a, b) => a.position - b.position);
}

/** How many bits of a mask are set. */
export function countBits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function fits(candidate: Candidate, chosen: readonly Read[], chars: number): boolean {
  if (chosen.length === 0) return true;
  return chosen.reduce((sum, one) => sum + one.candidate.text.length + 1, candidate.text.length) <= chars;
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
  const likest = Math.max(0, ...chosen.map((other) => likeness(one.words, other.words)));
  return one.own - (likest > SAME_AGAIN ? 2 : likest);
}

function bestBy(read: readonly Read[], chosen: readonly Read[], value: (one: Read) => number): Read | null {
  let best: Read | null = null;
  let most = -Infinity;
  for (const one of read) {
    if (chosen.includes(one)) continue;
    const worth = value(one);
    if (worth > most) [best, most] = [one, worth];
  }
  return best;
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
