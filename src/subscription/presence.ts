import type { RawTokens } from '../story/text/scan.ts';
import { newTag, NOTE, numberIn, SECOND_NOTE, surfaceOf, tableEntries, TAG } from '../story/text/surface-table.ts';
import { keyedForms } from '../story/text/token-keys.ts';
import { breaks, createRow, type Row, type ReusedRow } from '../story/text/words.ts';
import { longer } from './blocks.ts';
import { createPairMemo, type PairMemo } from './pair-memo.ts';
import { lookAt, nameAt, opensName } from './names.ts';
import { FIELDS } from './query-tree.ts';
import { createScannedTexts, scanStory, storyFacts, storyLanguage, type StoryText } from './story-words.ts';
import { ANYWHERE, isRunCharacter, pairKey, storyKeys, wordsOfSurface } from './terms.ts';
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
/** Integers of a surface in a memo, and which of them are what. */
const [FACTS, LIST, TRAITS] = [4, 1, 2] as const;
const [PLACE_PARTS, PLACE_FIELDS] = [8, 16] as const;
/** The place in a list of the only form of a surface of one part, asked for in any field. */
const WHOLE = placeOf(0, 1, ANYWHERE);
const LAST_EPOCH = 2 ** 31 - 1;
/** What there is to know of a surface besides its terms, as bits. */
const NAME = 1;
const RUN = 2;
/** A full stop after it ends no sentence; it has more than one part. */
const SHORTENED = 4;
const PARTED = 8;

/**
 * The terms of each surface met, in one language. A list is its length, then for each a term and its place: the first part
 * of the surface that it takes, how many, and the fields it is asked for in.
 * The last list asked for is noted in the surface table too, under the tag of the memo.
 */
interface Memo {
  tag: number;
  version: number;
  /**
   * By surface: the version of the vocabulary when its list was made; where that begins, 0 for none, or the complement of the
   * only term when it stands for the whole; and traits.
   */
  facts: Int32Array;
  data: Int32Array;
  used: number;
  /** The names that begin in a surface, by the surface and the one after it. */
  readonly names: PairMemo<NamesHere>;
  /** The same where these two do not decide, by their number and the surface after them. */
  readonly longNames: PairMemo<NamesHere>;
  undecided: number;
}

/** The countries named from a token on, over so many tokens; 0 when the tokens looked at do not decide, with their number. */
interface NamesHere {
  readonly codes: readonly string[];
  readonly tokens: number;
  readonly pair: number;
}

export function createPresence(vocabulary: Vocabulary): Presence {
  const raws = createScannedTexts();
  const rows: readonly ReusedRow[] = FIELDS.map(() => createRow());
  const rowEpochs = new Uint32Array(FIELDS.length);
  let memos = new Map<string, Memo>();
  let generation = 0;
  let language = '';
  let memo = createMemo();
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
    const now = scanStory(story, raws);
    if (now !== generation) memos = new Map();
    generation = now;
    texts = [story.title, story.summary, story.body ?? ''];
    language = storyLanguage(story, raws);
    memo = memoOf(language);
    if (memo.version !== vocabulary.version) {
      memo.version = vocabulary.version;
      memo.tag = newTag();
    }
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
    const { tag } = memo;
    const entries = tableEntries();
    for (let i = 0; i < raw.count; i++) {
      const at = slot[i] ?? 0;
      if (entries[at + TAG] !== tag) noteFacts(entries, at);
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
    const { data } = memo;
    const end = list + 1 + 2 * (data[list] ?? 0);
    for (let at = list + 1; at < end; at += 2) {
      const place = data[at + 1] ?? 0;
      if ((place & (bit << PLACE_FIELDS)) !== 0) markAt(data[at] ?? 0, token, place);
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

  /** Notes the facts of a surface in its entry of the surface table. */
  function noteFacts(entries: Int32Array, slot: number): void {
    const surface = numberIn(slot);
    const at = surface * FACTS;
    if (memo.facts[at] !== vocabulary.version) refresh(surface);
    entries[slot + TAG] = memo.tag;
    entries[slot + NOTE] = memo.facts[at + LIST] ?? 0;
    entries[slot + SECOND_NOTE] = memo.facts[at + TRAITS] ?? 0;
  }

  /** Finds the terms of a surface anew. */
  function refresh(surface: number): void {
    const at = surface * FACTS;
    if (at >= memo.facts.length) memo.facts = longer(memo.facts, at * 2 + 4096);
    const found: number[] = [];
    const terms = vocabulary.tokenTerms(language);
    for (const { form, keys } of keyedForms(surface, language)) {
      for (const key of keys) {
        for (const term of terms.get(key) ?? []) {
          addPlace(found, term, placeOf(form.part, form.parts, vocabulary.fieldsOf(term)));
        }
      }
    }
    if (vocabulary.prefixes.size > 0) {
      for (const word of wordsOfSurface(surface)) {
        for (const length of vocabulary.prefixLengths) {
          if (length > word.length) continue;
          for (const term of vocabulary.prefixes.get(word.slice(0, length)) ?? []) {
            addPlace(found, term, placeOf(0, 0, vocabulary.fieldsOf(term)));
          }
        }
      }
    }
    if (memo.facts[at] === 0) memo.facts[at + TRAITS] = traitsOf(surface);
    memo.facts[at] = vocabulary.version;
    keepList(memo, at + LIST, found);
  }

  function traitsOf(surface: number): number {
    const { forms, abbreviation, parts } = surfaceOf(surface);
    const run = forms.some(isRunCharacter) ? RUN : 0;
    const name = opensName(surface, language) ? NAME : 0;
    return run | name | (abbreviation ? SHORTENED : 0) | (parts > 1 ? PARTED : 0);
  }

  function traitsAt(surface: number): number {
    return memo.facts[surface * FACTS + TRAITS] ?? 0;
  }

  function memoOf(wanted: string): Memo {
    let known = memos.get(wanted);
    if (known === undefined || known.used > MOST_KEPT) memos.set(wanted, (known = createMemo()));
    return known;
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
      const bit = 1 << field;
      let to = from;
      while (to < openers && ((openings[to] ?? 0) & FIELD_MASK) === field) to++;
      const raw = raws[field];
      if (raw !== undefined && to > from && !markNamesOfTokens(raw, field, bit, from, to))
        markNamesOfRow(rowOf(field), bit);
      from = to;
    }
  }

  /** False when the text has to be read position by position: names go on over more than two tokens, or there are no spaces. */
  function markNamesOfTokens(raw: RawTokens, field: number, bit: number, from: number, to: number): boolean {
    if ((opened & RUN) !== 0) return false;
    let free = 0;
    for (let opening = from; opening < to; opening++) {
      const i = (openings[opening] ?? 0) >> FIELD_SHIFT;
      if (i < free) continue;
      const names = namesOfToken(raw, i, field);
      if (names.tokens === 0) return false;
      if (names.codes.length > 0) markCodes(names.codes, bit);
      free = i + names.tokens;
    }
    return true;
  }

  function partsOf(surface: number): number {
    return (traitsAt(surface) & PARTED) === 0 ? 1 : surfaceOf(surface).parts;
  }

  /** The names that begin in a token: mostly the next one decides, now and then the one after it. */
  function namesOfToken(raw: RawTokens, i: number, field: number): NamesHere {
    const surface = raw.surface[i] ?? 0;
    let known = memo.names.get(surface, following(raw, i));
    if (known === null) {
      known = readNames(rowOf(field), positionOf(raw, i), partsOf(surface), nextParts(raw, i, 1), memo.undecided++);
      memo.names.set(surface, following(raw, i), known);
    }
    if (known.tokens > 0 || i + 1 >= raw.count) return known;
    let deeper = memo.longNames.get(known.pair, following(raw, i + 1));
    if (deeper === null) {
      deeper = readNames(rowOf(field), positionOf(raw, i), partsOf(surface), nextParts(raw, i, 2), 0);
      memo.longNames.set(known.pair, following(raw, i + 1), deeper);
    }
    return deeper;
  }

  /** The token after one, and whether names run on to it, as one number. */
  function following(raw: RawTokens, i: number): number {
    if (i + 1 >= raw.count) return 1;
    return ((raw.surface[i + 1] ?? 0) + 1) * 2 + (breaksBefore(raw, i + 1) ? 1 : 0);
  }

  function positionOf(raw: RawTokens, i: number): number {
    let position = 0;
    for (let before = 0; before < i; before++) position += partsOf(raw.surface[before] ?? 0);
    return position;
  }

  /** How many parts each of the next tokens has. */
  function nextParts(raw: RawTokens, i: number, tokens: number): number[] {
    return Array.from(raw.surface.subarray(i + 1, Math.min(raw.count, i + 1 + tokens)), partsOf);
  }

  function markNamesOfRow(row: Row, bit: number): void {
    for (let at = 0; at < row.count;) {
      const traits = traitsAt(row.surface[at] ?? 0);
      const name = (traits & NAME) === 0 ? null : nameAt(row, at);
      markCodes(name?.codes ?? [], bit);
      at += name?.positions ?? 1;
    }
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
      if (raw && follows(raw, place >> FIELD_SHIFT, partOf(form) + partsIn(form), wanted, from + 1, from + length))
        return true;
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
      const isInside = (traitsAt(surface) & PARTED) !== 0 && p < surfaceOf(surface).parts;
      if (!isInside) {
        i++;
        p = 0;
        if (i >= raw.count || breaksBefore(raw, i)) return false;
      } else if (surfaceOf(surface).breaks[p]) return false;
      const parts = partsHere(raw.surface[i] ?? 0, p, wanted[next] ?? 0);
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
      if (raw && isAfter(raw, token >> FIELD_SHIFT, partOf(occurrences[at + 2] ?? 0), before)) return true;
    }
    return false;
  }

  /** Whether a form of a term ends right before a part of a token. */
  function isAfter(raw: RawTokens, token: number, part: number, term: number): boolean {
    const surface = raw.surface[token] ?? 0;
    if (part > 0) return surfaceOf(surface).breaks[part] !== true && endsAt(surface, part, term);
    if (token === 0 || breaksBefore(raw, token)) return false;
    const last = raw.surface[token - 1] ?? 0;
    return endsAt(last, partsOf(last), term);
  }

  /** Whether a form of a term ends with the part of a surface before this one. */
  function endsAt(surface: number, end: number, term: number): boolean {
    const { facts, data } = memo;
    const list = facts[surface * FACTS + LIST] ?? 0;
    if (list < 0) return ~list === term && end === 1;
    const after = list === 0 ? 0 : list + 1 + 2 * (data[list] ?? 0);
    for (let i = list + 1; i < after; i += 2) {
      const place = data[i + 1] ?? 0;
      if (data[i] === term && partOf(place) + partsIn(place) === end) return true;
    }
    return false;
  }

  function breaksBefore(raw: RawTokens, token: number): boolean {
    const shortened = (traitsAt(raw.surface[token - 1] ?? 0) & SHORTENED) !== 0;
    return breaks(raw.joint[token] ?? 0, shortened) === 1;
  }

  /** How many parts the first form of a term takes that begins with this part of a surface; 0 for none. */
  function partsHere(surface: number, part: number, term: number): number {
    const { facts, data } = memo;
    const list = facts[surface * FACTS + LIST] ?? 0;
    if (list < 0) return ~list === term && part === 0 ? 1 : 0;
    const end = list === 0 ? 0 : list + 1 + 2 * (data[list] ?? 0);
    for (let i = list + 1; i < end; i += 2) {
      const place = data[i + 1] ?? 0;
      if (data[i] === term && partOf(place) === part) return partsIn(place);
    }
    return 0;
  }

  return presence;
}

/**
 * The names that begin in a token of so many parts at a position, when no more than the next tokens have a say in it.
 * @param pair what to call this token and the next when they do not decide
 */
function readNames(row: Row, position: number, parts: number, nexts: readonly number[], pair: number): NamesHere {
  const codes: string[] = [];
  const ends = [position + parts];
  for (const next of nexts) ends.push((ends.at(-1) ?? 0) + next);
  let at = position;
  while (at < position + parts) {
    const { found, examined } = lookAt(row, at);
    if (at + examined > (ends.at(-1) ?? 0)) return { codes: [], tokens: 0, pair };
    codes.push(...(found?.codes ?? []));
    at += found?.positions ?? 1;
  }
  return { codes, tokens: ends.indexOf(at) + 1, pair };
}

/** A memo longer than this is begun anew: lists that grew have left holes in it. */
const MOST_KEPT = 1 << 21;

function createMemo(): Memo {
  return {
    tag: 0,
    version: 0,
    facts: new Int32Array(4096),
    data: new Int32Array(4096),
    used: 1,
    names: createPairMemo(),
    longNames: createPairMemo(),
    undecided: 0,
  };
}

function placeOf(part: number, parts: number, fields: number): number {
  return part | (parts << PLACE_PARTS) | (fields << PLACE_FIELDS);
}

function partOf(place: number): number {
  return place & 255;
}

function partsIn(place: number): number {
  return (place >> PLACE_PARTS) & 255;
}

function setBit(filter: Int32Array, term: number): void {
  const at = (term >>> 5) & FILTER_MASK;
  filter[at] = (filter[at] ?? 0) | (1 << (term & 31));
}

function addPlace(found: number[], term: number, place: number): void {
  for (let i = 0; i < found.length; i += 2) if (found[i] === term && found[i + 1] === place) return;
  found.push(term, place);
}

/** Puts a list where the surface's old one stands, if it fits there. */
function keepList(memo: Memo, fact: number, found: readonly number[]): void {
  const [only, place] = found;
  if (only !== undefined && found.length === 2 && place === WHOLE) {
    memo.facts[fact] = ~only;
    return;
  }
  const old = Math.max(0, memo.facts[fact] ?? 0);
  const room = old === 0 ? 0 : 2 * (memo.data[old] ?? 0);
  let at = old;
  if (found.length > room) {
    at = memo.used;
    memo.used += found.length + 1;
    memo.data = longer(memo.data, memo.used > memo.data.length ? memo.used * 2 : 0);
  }
  memo.facts[fact] = at;
  if (at === 0) return;
  memo.data[at] = found.length / 2;
  memo.data.set(found, at + 1);
}
