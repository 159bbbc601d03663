import type { RawTokens } from '../story/text/scan.ts';
import { NOTE, SECOND_NOTE, surfaceOf, tableEntries, TAG } from '../story/text/surface-table.ts';
import { createRow, type Row, type ReusedRow } from '../story/text/words.ts';
import { longer } from './blocks.ts';
import { namesIn } from './names.ts';
import { FIELDS } from './query-tree.ts';
import { createScannedTexts, scanStory, storyFacts, storyLanguage, type StoryText } from './story-words.ts';
import { createSurfaceTerms, endOfPlace, isAskedIn, NAME, RUN, startOfPlace, WHOLE } from './surface-terms.ts';
import { ANYWHERE, isRunCharacter, pairKey, storyKeys } from './terms.ts';
import { createTokenNames } from './token-names.ts';
import { ALWAYS_PRESENT, type Vocabulary } from './vocabulary.ts';

/** Which terms of a vocabulary the story read last holds. */
export interface Presence {
  /** Reads a story; returns how many of `terms` are meant. */
  read(story: StoryText): number;
  /** The terms present, each once. */
  readonly terms: Int32Array;
  /**
   * By term, `CELL` integers: the number of the story it was in last, where its occurrences begin, and two for the reader's own
   * use (from `OWN` on).
   */
  readonly cells: Int32Array;
  /** The number of the story read last: a term is present when `cells[term * CELL]` is it. */
  readonly epoch: number;
  /** To be called when the vocabulary has grown. */
  fit(): void;
  /** A bit for each term present, by the lowest bits of its number: a term whose bit is not set is not present. */
  readonly filter: Int32Array;
  /** Whether a token term stands right after another one, in any field. */
  standsAfter(term: number, before: number): boolean;
  /** Whether terms stand one after another in one of the fields. They are `count` integers of `data` from `at` on. */
  holdsSequence(data: Int32Array, at: number, count: number, fields: number): boolean;
}

export const CELL = 4;
export const OWN = 2;
/** Of the index of an integer of the filter. */
export const FILTER_MASK = 2 ** 11 - 1;
/** Of a cell: the last occurrence of the term. */
const HEAD = 1;
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

  const presence = {
    terms: new Int32Array(1024),
    cells: new Int32Array(CELL * 1024),
    epoch: 0,
    fit,
    filter: new Int32Array(FILTER_MASK + 1),
    read,
    standsAfter,
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
    if ((opened & NAME) !== 0 && vocabulary.names.size > 0) markNames();
    if ((opened & RUN) !== 0 && vocabulary.pairs.size > 0) markPairs();
    if (vocabulary.storyTerms.size > 0) markStory(story);
    return count;
  }

  function begin(): void {
    for (let i = 0; i < count; i++) presence.filter[((presence.terms[i] ?? 0) >>> 5) & FILTER_MASK] = 0;
    presence.epoch++;
    if (presence.epoch > LAST_EPOCH) {
      presence.epoch = 1;
      for (let at = 0; at < presence.cells.length; at += CELL) presence.cells[at] = 0;
      rowEpochs.fill(0);
    }
    count = 0;
    used = 0;
    openers = 0;
    opened = 0;
    mark(ALWAYS_PRESENT);
  }

  function fit(): void {
    if (presence.terms.length >= vocabulary.limit) return;
    presence.terms = longer(presence.terms, vocabulary.limit * 2);
    presence.cells = longer(presence.cells, vocabulary.limit * 2 * CELL);
  }

  function mark(term: number): void {
    const { cells, epoch } = presence;
    if (cells[term * CELL] === epoch) return;
    cells[term * CELL] = epoch;
    cells[term * CELL + HEAD] = NONE;
    setBit(presence.filter, term);
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
      if (list < 0) markAt(~list, (i << FIELD_SHIFT) | field, WHOLE);
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
    const { cells, epoch } = presence;
    const cell = term * CELL;
    let before = NONE;
    if (cells[cell] === epoch) before = cells[cell + HEAD] ?? NONE;
    else {
      cells[cell] = epoch;
      setBit(presence.filter, term);
      presence.terms[count++] = term;
    }
    if (used + OCCURRENCE > occurrences.length) occurrences = longer(occurrences, used * 2);
    cells[cell + HEAD] = used;
    occurrences[used] = before;
    occurrences[used + 1] = token;
    occurrences[used + 2] = place;
    used += OCCURRENCE;
  }

  function rowOf(field: number): Row {
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
    const first = (wanted[from] ?? 0) * CELL;
    if (presence.cells[first] !== presence.epoch) return false;
    for (let at = presence.cells[first + HEAD] ?? NONE; at !== NONE; at = occurrences[at] ?? NONE) {
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
      if (p >= surfaces.partsOf(surface)) {
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

  function standsAfter(term: number, before: number): boolean {
    const { cells, epoch } = presence;
    const cell = term * CELL;
    if (cells[cell] !== epoch) return false;
    for (let at = cells[cell + HEAD] ?? NONE; at !== NONE; at = occurrences[at] ?? NONE) {
      const token = occurrences[at + 1] ?? 0;
      const raw = raws[token & FIELD_MASK];
      if (raw && isAfter(raw, token >> FIELD_SHIFT, startOfPlace(occurrences[at + 2] ?? 0), before)) return true;
    }
    return false;
  }

  /** Whether a form of a term ends right before a part of a token. */
  function isAfter(raw: RawTokens, token: number, part: number, term: number): boolean {
    const surface = raw.surface[token] ?? 0;
    if (part > 0) return surfaceOf(surface).breaks[part] !== true && surfaces.endsAt(surface, part, term);
    if (token === 0 || surfaces.isBroken(raw, token)) return false;
    const last = raw.surface[token - 1] ?? 0;
    return surfaces.endsAt(last, surfaces.partsOf(last), term);
  }

  return presence;
}

function setBit(filter: Int32Array, term: number): void {
  const at = (term >>> 5) & FILTER_MASK;
  filter[at] = (filter[at] ?? 0) | (1 << (term & 31));
}
