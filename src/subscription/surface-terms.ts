import { SPACED, type RawTokens } from '../story/text/scan.ts';
import { isPlain, isPlainAbbreviation } from '../story/text/surface.ts';
import {
  newTag,
  NOTE,
  numberIn,
  rawOf,
  SECOND_NOTE,
  surfaceOf,
  TAG,
  tableEntries,
} from '../story/text/surface-table.ts';
import { keyedForms, keysOfPlain } from '../story/text/token-keys.ts';
import { breaks } from '../story/text/words.ts';
import { longer } from './blocks.ts';
import { opensName } from './names.ts';
import { ANYWHERE, isRunCharacter, wordsOfSurface } from './terms.ts';
import { CLOSES, OPENS, type Vocabulary } from './vocabulary.ts';

/** What there is to know of a surface besides its terms, as bits: a name or a run of a script without spaces can begin with it. */
export const NAME = 1;
export const RUN = 2;
/** A bigram can end with a term of it. */
export const CLOSING = 16;
/** A full stop after it ends no sentence; it has more than one part. */
const SHORTENED = 4;
const PARTED = 8;

/**
 * The terms that surfaces stand for, found once for each surface and language. A list is its length, then for each a term
 * and its place: the first part of the surface that it takes, how many, the fields it is asked for in, and its sides of bigrams.
 */
export interface SurfaceTerms {
  /** Sets the language of what is asked for next; numbers of surfaces are those of a generation. */
  use(language: string, generation: number): void;
  /** What is noted in the surface table under this tag holds: a list and the traits. */
  readonly tag: number;
  /** Notes the list of a surface (0 for none, negative for the only term: `onlyTerm`, `onlyPlace`) and its traits in its entry. */
  note(entries: Int32Array, slot: number): void;
  /** Finds the terms of a surface, so that noting them later is no work. */
  learn(surface: number): void;
  /** All lists. */
  readonly data: Int32Array;
  /** How many parts a token has. */
  partsOf(raw: RawTokens, token: number): number;
  /** Whether a phrase ends before a token. */
  isBroken(raw: RawTokens, token: number): boolean;
  /** How many parts the first form of a term takes that begins with this part of a surface; 0 for none. */
  partsFrom(surface: number, part: number, term: number): number;
}

const [PLACE_PARTS, PLACE_FIELDS, PLACE_SIDES] = [8, 16, 19] as const;
const SIDES = (OPENS | CLOSES) << PLACE_SIDES;
/** Where the term begins in a list that is one term. */
const ONLY_TERM = 2;
/** The place of the only form of a surface of one part, asked for in any field; sides of bigrams apart. */
const WHOLE = placeOf(0, 1, ANYWHERE);
/** Integers of a surface in a memo: the version of the vocabulary when its list was made, the list, the traits. */
const [FACTS, LIST, TRAITS] = [4, 1, 2] as const;
/** A memo longer than this is begun anew: lists that grew have left holes in it. */
const MOST_KEPT = 1 << 21;

interface Memo {
  readonly language: string;
  tag: number;
  version: number;
  facts: Int32Array;
  data: Int32Array;
  used: number;
}

export function createSurfaceTerms(vocabulary: Vocabulary): SurfaceTerms {
  const memos = new Map<string, Memo>();
  let generation = 0;
  let memo = createMemo('');

  function use(language: string, now: number): void {
    if (now !== generation) memos.clear();
    generation = now;
    let known = memos.get(language);
    if (known === undefined || known.used > MOST_KEPT) memos.set(language, (known = createMemo(language)));
    memo = known;
    if (memo.version === vocabulary.version) return;
    memo.version = vocabulary.version;
    memo.tag = newTag();
  }

  function note(entries: Int32Array, slot: number): void {
    const surface = numberIn(slot);
    const at = surface * FACTS;
    learn(surface);
    entries[slot + TAG] = memo.tag;
    entries[slot + NOTE] = memo.facts[at + LIST] ?? 0;
    entries[slot + SECOND_NOTE] = memo.facts[at + TRAITS] ?? 0;
  }

  function learn(surface: number): void {
    if (memo.facts[surface * FACTS] !== memo.version) findTerms(surface);
  }

  function findTerms(surface: number): void {
    const at = surface * FACTS;
    if (at >= memo.facts.length) memo.facts = longer(memo.facts, at * 2 + 4096);
    const raw = rawOf(surface);
    const places = isPlain(raw) ? plainTerms(raw, at + TRAITS) : formTerms(surface, at + TRAITS);
    memo.facts[at] = memo.version;
    if (places.some((place, i) => i % 2 === 1 && closesBigram(place))) {
      memo.facts[at + TRAITS] = (memo.facts[at + TRAITS] ?? 0) | CLOSING;
    }
    keepList(memo, at + LIST, places);
  }

  /** The terms of a plain word; its traits are set on the way. */
  function plainTerms(raw: string, traits: number): number[] {
    const found: number[] = [];
    const keys = keysOfPlain(raw, memo.language);
    addTerms(found, keys, 0, 1);
    addPrefixes(found, raw.toLowerCase());
    const name = opensName(keys, memo.language) ? NAME : 0;
    memo.facts[traits] = name | (isPlainAbbreviation(raw) ? SHORTENED : 0);
    return found;
  }

  function formTerms(surface: number, traits: number): number[] {
    const found: number[] = [];
    const { forms, abbreviation, parts } = surfaceOf(surface);
    let bits = (abbreviation ? SHORTENED : 0) | (parts > 1 ? PARTED : 0) | (forms.some(isRunCharacter) ? RUN : 0);
    for (const { form, keys } of keyedForms(surface, memo.language)) {
      addTerms(found, keys, form.part, form.parts);
      if (opensName(keys, memo.language)) bits |= NAME;
    }
    for (const word of wordsOfSurface(surface)) addPrefixes(found, word);
    memo.facts[traits] = bits;
    return found;
  }

  function addTerms(found: number[], keys: readonly string[], part: number, parts: number): void {
    const terms = vocabulary.tokenTerms.of(memo.language);
    for (const key of keys) {
      for (const term of terms.get(key) ?? NO_TERMS) {
        addPlace(
          found,
          term,
          placeOf(part, parts, vocabulary.fieldsOf(term)) | (vocabulary.bigramSidesOf(term) << PLACE_SIDES),
        );
      }
    }
  }

  function addPrefixes(found: number[], word: string): void {
    if (vocabulary.prefixes.size === 0) return;
    for (const length of vocabulary.prefixLengths) {
      if (length > word.length) continue;
      for (const term of vocabulary.prefixes.get(word.slice(0, length)) ?? NO_TERMS) {
        addPlace(found, term, placeOf(0, 0, vocabulary.fieldsOf(term)));
      }
    }
  }

  function partsFrom(surface: number, part: number, term: number): number {
    const { facts, data } = memo;
    const list = facts[surface * FACTS + LIST] ?? 0;
    if (list < 0) return onlyTerm(list) === term && part === 0 ? 1 : 0;
    const end = list === 0 ? 0 : list + 1 + 2 * (data[list] ?? 0);
    for (let i = list + 1; i < end; i += 2) {
      const place = data[i + 1] ?? 0;
      if (data[i] === term && startOfPlace(place) === part) return endOfPlace(place) - part;
    }
    return 0;
  }

  return {
    use,
    note,
    learn,
    get tag() {
      return memo.tag;
    },
    get data() {
      return memo.data;
    },
    partsOf: (raw, token) => ((traitsAt(raw, token) & PARTED) === 0 ? 1 : surfaceOf(raw.surface[token] ?? 0).parts),
    isBroken(raw, token) {
      const joint = raw.joint[token] ?? 0;
      return joint > SPACED && breaks(joint, (traitsAt(raw, token - 1) & SHORTENED) !== 0) === 1;
    },
    partsFrom,
  };
}

/** The traits that have been noted of a token. */
function traitsAt(raw: RawTokens, token: number): number {
  return tableEntries()[(raw.slot[token] ?? 0) + SECOND_NOTE] ?? 0;
}

const NO_TERMS: readonly number[] = [];

function createMemo(language: string): Memo {
  return { language, tag: 0, version: 0, facts: new Int32Array(4096), data: new Int32Array(4096), used: 1 };
}

function placeOf(part: number, parts: number, fields: number): number {
  return part | (parts << PLACE_PARTS) | (fields << PLACE_FIELDS);
}

/** The term of a list that is one term, found in all of a surface and asked for in any field. */
export function onlyTerm(list: number): number {
  return ~list >>> ONLY_TERM;
}

/** The place of that term. */
export function onlyPlace(list: number): number {
  return WHOLE | ((~list & (OPENS | CLOSES)) << PLACE_SIDES);
}

/** The part of a surface with which the form at a place begins. */
export function startOfPlace(place: number): number {
  return place & 255;
}

/** The part after the last one of the form at a place. */
export function endOfPlace(place: number): number {
  return (place & 255) + ((place >> PLACE_PARTS) & 255);
}

/** Whether bigrams begin with the term at a place. */
export function opensBigram(place: number): boolean {
  return (place & (OPENS << PLACE_SIDES)) !== 0;
}

/** Whether bigrams end with the term at a place. */
export function closesBigram(place: number): boolean {
  return (place & (CLOSES << PLACE_SIDES)) !== 0;
}

/** Whether the term at a place is asked for in one of these fields. */
export function isAskedIn(place: number, fields: number): boolean {
  return (place & (fields << PLACE_FIELDS)) !== 0;
}

function addPlace(found: number[], term: number, place: number): void {
  for (let i = 0; i < found.length; i += 2) if (found[i] === term && found[i + 1] === place) return;
  found.push(term, place);
}

/** Puts a list where the surface's old one stands, if it fits there. */
function keepList(memo: Memo, fact: number, found: readonly number[]): void {
  const [only, place] = found;
  if (only !== undefined && place !== undefined && found.length === 2 && (place & ~SIDES) === WHOLE) {
    memo.facts[fact] = ~((only << ONLY_TERM) | (place >>> PLACE_SIDES));
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
