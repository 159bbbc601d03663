import type { RawTokens } from '../story/text/scan.ts';
import { NOTE, SECOND_NOTE, surfaceOf, tableEntries, TAG } from '../story/text/surface-table.ts';
import { createRow, type ReusedRow } from '../story/text/words.ts';
import { longer } from './blocks.ts';
import { learnStory } from './learning.ts';
import { namesIn } from './names.ts';
import { FIELDS } from './query-tree.ts';
import { createScannedTexts, scanStory, storyFacts, storyLanguage, type StoryText } from './story-words.ts';
import {
  closesBigram,
  CLOSING,
  createSurfaceTerms,
  endOfPlace,
  isAskedIn,
  NAME,
  onlyTerm,
  onlyPlace,
  opensBigram,
  RUN,
  startOfPlace,
} from './surface-terms.ts';
import { ANYWHERE, isRunCharacter, pairKey, storyKeys } from './terms.ts';
import { createTokenNames } from './token-names.ts';
import { ALWAYS_PRESENT, type Vocabulary } from './vocabulary.ts';

/** Which terms of a vocabulary the story read last holds. */
export interface Presence {
  /** Reads a story; returns how many of `terms` are meant. */
  read(story: StoryText): number;
  /** Learns the words of a story that are new, many at a step: read then, it is read quickly. */
  learn(story: StoryText): Generator<void, void, void>;
  /** The terms present, each once. */
  readonly terms: Int32Array;
  /** A bit for each term, set when it is present (`isPresent`). */
  readonly bits: Int32Array;
  /** By term, `CELL` integers: the last of its occurrences while it is present, then those for the reader's own use (from `OWN` on). */
  readonly cells: Int32Array;
  /** The number of the story read last. */
  readonly epoch: number;
  /** To be called when the vocabulary has grown. */
  fit(): void;
  /** Whether terms stand one after another in one of the fields. They are `count` integers of `data` from `at` on. */
  holdsSequence(data: Int32Array, at: number, count: number, fields: number): boolean;
}

export const CELL = 8;
export const OWN = 1;
/** Of an occurrence: the one before, its token and field, its part and parts. */
const OCCURRENCE = 3;
const NONE = -1;
/** A token and, below, the field it is in as one number. Fields are numbered as in `FIELDS`; their bits are those of `terms.ts`. */
const [FIELD_SHIFT, FIELD_MASK] = [2, 3] as const;
const LAST_EPOCH = 2 ** 31 - 1;

export function createPresence(vocabulary: Vocabulary): Presence {
  const raws = createScannedTexts();
  const rows: readonly ReusedRow[] = FIELDS.map(() => createRow());
  const rowEpochs = new Uint32Array(FIELDS.length);
  const surfaces = createSurfaceTerms(vocabulary);
  const names = createTokenNames(surfaces);
  let language = '';
  let opened = 0;
  let count = 0;
  let texts: readonly string[] = [];
  /** Where terms stand in the story: for each a chain of occurrences, the last one first. */
  let occurrences = new Int32Array(4096);
  let used = 0;
  /** The tokens that a name can begin in, field by field. */
  let openings = new Int32Array(256);
  let openers = 0;
  /** The terms that bigrams can begin with, each with its occurrence. */
  let firsts = new Int32Array(256);
  let firstCount = 0;

  const presence = {
    terms: new Int32Array(1024),
    cells: new Int32Array(CELL * 1024),
    epoch: 0,
    fit,
    bits: new Int32Array(64),
    read,
    learn: (story: StoryText) => learnStory(story, vocabulary, surfaces),
    holdsSequence,
  };

  function read(story: StoryText): number {
    const generation = scanStory(story, raws);
    texts = [story.title, story.summary, story.body ?? ''];
    language = storyLanguage(story, raws);
    surfaces.use(language, generation);
    names.use(language, generation);
    begin();
    for (let field = 0; field < FIELDS.length; field++) markTokens(field, 1 << field);
    for (let i = 0; i < firstCount; i += 2) markBigrams(firsts[i] ?? 0, firsts[i + 1] ?? 0);
    if ((opened & NAME) !== 0 && vocabulary.names.size > 0) markNames();
    if ((opened & RUN) !== 0 && vocabulary.pairs.size > 0) markPairs();
    if (vocabulary.storyTerms.size > 0) markStory(story);
    return count;
  }

  function begin(): void {
    for (let i = 0; i < count; i++) presence.bits[(presence.terms[i] ?? 0) >>> 5] = 0;
    presence.epoch = (presence.epoch + 1) & LAST_EPOCH;
    count = 0;
    used = 0;
    openers = 0;
    firstCount = 0;
    opened = 0;
    mark(ALWAYS_PRESENT);
  }

  function fit(): void {
    if (presence.terms.length >= vocabulary.limit) return;
    presence.terms = longer(presence.terms, vocabulary.limit * 2);
    presence.cells = longer(presence.cells, vocabulary.limit * 2 * CELL);
    presence.bits = longer(presence.bits, (vocabulary.limit >>> 4) + 1);
  }

  function mark(term: number): void {
    if (isPresent(presence.bits, term)) return;
    presence.cells[term * CELL] = NONE;
    presence.bits[term >>> 5] = (presence.bits[term >>> 5] ?? 0) | (1 << (term & 31));
    presence.terms[count++] = term;
  }

  /** Marks those of some terms that are asked for in a field. */
  function markAll(terms: readonly number[] | undefined, bit: number): void {
    if (terms === undefined) return;
    for (const term of terms) if ((vocabulary.fieldsOf(term) & bit) !== 0) mark(term);
  }

  function markTokens(field: number, bit: number): void {
    const raw = raws[field];
    if (raw === undefined) return;
    const { slot } = raw;
    const { tag } = surfaces;
    const entries = tableEntries();
    for (let i = 0; i < raw.count; i++) {
      const at = slot[i] ?? 0;
      if (entries[at + TAG] !== tag) surfaces.note(entries, at);
      const traits = entries[at + SECOND_NOTE] ?? 0;
      if (traits !== 0) {
        opened |= traits;
        if ((traits & NAME) !== 0) {
          if (openers === openings.length) openings = longer(openings, openers * 2);
          openings[openers++] = (i << FIELD_SHIFT) | field;
        }
      }
      const list = entries[at + NOTE] ?? 0;
      if (list === 0) continue;
      if (list < 0) markAt(onlyTerm(list), (i << FIELD_SHIFT) | field, onlyPlace(list));
      else markList(list, bit, (i << FIELD_SHIFT) | field);
    }
  }

  function markList(list: number, bit: number, token: number): void {
    const { data } = surfaces;
    const end = list + 1 + 2 * (data[list] ?? 0);
    for (let at = list + 1; at < end; at += 2) {
      const place = data[at + 1] ?? 0;
      if (isAskedIn(place, bit)) markAt(data[at] ?? 0, token, place);
    }
  }

  function markAt(term: number, token: number, place: number): void {
    const { cells, bits } = presence;
    const cell = term * CELL;
    const word = bits[term >>> 5] ?? 0;
    const bit = 1 << (term & 31);
    let before = NONE;
    if ((word & bit) !== 0) before = cells[cell] ?? NONE;
    else {
      bits[term >>> 5] = word | bit;
      presence.terms[count++] = term;
    }
    if (used + OCCURRENCE > occurrences.length) occurrences = longer(occurrences, used * 2);
    cells[cell] = used;
    occurrences[used] = before;
    occurrences[used + 1] = token;
    occurrences[used + 2] = place;
    if (opensBigram(place)) {
      if (firstCount === firsts.length) firsts = longer(firsts, firstCount * 2);
      firsts[firstCount++] = term;
      firsts[firstCount++] = used;
    }
    used += OCCURRENCE;
  }

  /** Marks the bigrams that begin with an occurrence of a term. */
  function markBigrams(first: number, occurrence: number): void {
    const token = occurrences[occurrence + 1] ?? 0;
    const raw = raws[token & FIELD_MASK];
    if (raw === undefined) return;
    let i = token >> FIELD_SHIFT;
    let part = endOfPlace(occurrences[occurrence + 2] ?? 0);
    if (part >= surfaces.partsOf(raw, i)) {
      i++;
      part = 0;
      if (i >= raw.count) return;
    } else if (surfaceOf(raw.surface[i] ?? 0).breaks[part]) return;
    const entries = tableEntries();
    const slot = raw.slot[i] ?? 0;
    if (((entries[slot + SECOND_NOTE] ?? 0) & CLOSING) === 0 || (part === 0 && surfaces.isBroken(raw, i))) return;
    const list = entries[slot + NOTE] ?? 0;
    if (list < 0) {
      if (part === 0) markBigram(first, onlyTerm(list));
      return;
    }
    const { data } = surfaces;
    const end = list + 1 + 2 * (data[list] ?? 0);
    for (let at = list + 1; at < end; at += 2) {
      const place = data[at + 1] ?? 0;
      if (closesBigram(place) && startOfPlace(place) === part) markBigram(first, data[at] ?? 0);
    }
  }

  function markBigram(first: number, second: number): void {
    const bigram = vocabulary.bigrams.get(first, second);
    if (bigram >= 0) mark(bigram);
  }

  function rowOf(field: number): ReusedRow {
    const row = rows[field];
    const raw = raws[field];
    if (row === undefined || raw === undefined) throw new RangeError(`no field ${field}`);
    if (rowEpochs[field] !== presence.epoch) {
      rowEpochs[field] = presence.epoch;
      row.fill(raw, texts[field] ?? '', language);
    }
    return row;
  }

  function markNames(): void {
    let from = 0;
    for (let field = 0; field < FIELDS.length; field++) {
      let to = from;
      while (to < openers && ((openings[to] ?? 0) & FIELD_MASK) === field) to++;
      if (to > from && !markNamesOfTokens(field, from, to)) markNamesOfRow(field);
      from = to;
    }
  }

  /** False when the text has to be read position by position: names of many words, or a script without spaces. */
  function markNamesOfTokens(field: number, from: number, to: number): boolean {
    const raw = raws[field];
    if (raw === undefined || (opened & RUN) !== 0) return false;
    let free = 0;
    for (let opening = from; opening < to; opening++) {
      const token = (openings[opening] ?? 0) >> FIELD_SHIFT;
      if (token < free) continue;
      const { codes, tokens } = names.at(raw, token, () => rowOf(field));
      if (tokens === 0) return false;
      if (codes.length > 0) markCodes(codes, 1 << field);
      free = token + tokens;
    }
    return true;
  }

  function markNamesOfRow(field: number): void {
    for (const { codes } of namesIn(rowOf(field))) markCodes(codes, 1 << field);
  }

  function markCodes(codes: readonly string[], bit: number): void {
    for (const code of codes) markAll(vocabulary.names.get(code), bit);
  }

  function markPairs(): void {
    for (let field = 0; field < FIELDS.length; field++) {
      const row = rowOf(field);
      let before = '';
      for (let at = 0; at < row.count; at++) {
        const word = surfaceOf(row.surface[at] ?? 0).forms[0]?.word ?? '';
        const isRun = isRunCharacter({ word });
        if (isRun && before !== '' && row.broken[at] === 0) {
          markAll(vocabulary.pairs.get(pairKey(before, word)), 1 << field);
        }
        before = isRun ? word : '';
      }
    }
  }

  function markStory(story: StoryText): void {
    for (const key of storyKeys(language, storyFacts(story))) {
      markAll(vocabulary.storyTerms.get(key), ANYWHERE);
    }
  }

  function holdsSequence(wanted: Int32Array, from: number, length: number, fields: number): boolean {
    const first = wanted[from] ?? 0;
    if (!isPresent(presence.bits, first)) return false;
    for (let at = presence.cells[first * CELL] ?? NONE; at !== NONE; at = occurrences[at] ?? NONE) {
      const place = occurrences[at + 1] ?? 0;
      const field = place & FIELD_MASK;
      if ((fields & (1 << field)) === 0) continue;
      const raw = raws[field];
      const form = occurrences[at + 2] ?? 0;
      if (raw && follows(raw, place >> FIELD_SHIFT, endOfPlace(form), wanted, from + 1, from + length)) return true;
    }
    return false;
  }

  /** Whether the terms go on from a part of a token: the next token when it has no such part. */
  function follows(
    raw: RawTokens,
    token: number,
    part: number,
    wanted: Int32Array,
    from: number,
    end: number,
  ): boolean {
    let [i, p] = [token, part];
    for (let next = from; next < end; next++) {
      const surface = raw.surface[i] ?? 0;
      if (p >= surfaces.partsOf(raw, i)) {
        i++;
        p = 0;
        if (i >= raw.count || surfaces.isBroken(raw, i)) return false;
      } else if (surfaceOf(surface).breaks[p]) return false;
      const parts = surfaces.partsFrom(raw.surface[i] ?? 0, p, wanted[next] ?? 0);
      if (parts === 0) return false;
      p += parts;
    }
    return true;
  }

  return presence;
}

/** Whether the bit of a term is set. */
export function isPresent(bits: Int32Array, term: number): boolean {
  return ((bits[term >>> 5] ?? 0) & (1 << (term & 31))) !== 0;
}
