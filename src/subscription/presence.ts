import { surfaceOf } from '../story/text/surface-table.ts';
import { keyedForms } from '../story/text/token-keys.ts';
import { createRow, type Row, type ReusedRow } from '../story/text/words.ts';
import { longer } from './blocks.ts';
import { nameAt, opensName } from './names.ts';
import { createScannedTexts, scanStory, storyFacts, storyLanguage, type StoryText } from './story-words.ts';
import { isRunCharacter, pairKey, storyKeys, wordsOfSurface, FIELD_MASKS } from './terms.ts';
import { ALWAYS_PRESENT, type Vocabulary } from './vocabulary.ts';

/** Which terms of a vocabulary the story read last holds. */
export interface Presence {
  /** Reads a story; returns how many of `terms` are meant. */
  read(story: StoryText): number;
  /** The terms present, each once. */
  readonly terms: Int32Array;
  /** By term: the story's number above, the bits of the fields it stands in below. `FIELD_BITS` bits are for the fields. */
  readonly stamps: Uint32Array;
  /** The number of the story read last: a term is present when `stamps[term] >>> FIELD_BITS` is it. */
  readonly epoch: number;
  /** Whether terms stand one after another in one of the fields. They are `count` integers of `data` from `at` on. */
  holdsSequence(data: Int32Array, at: number, count: number, fields: number): boolean;
}

export const FIELD_BITS = 3;
const ALL_FIELDS = 7;
const LAST_EPOCH = 2 ** (32 - FIELD_BITS) - 1;
/** What can begin with a surface, as bits. */
const NAME = 1;
const RUN = 2;

/** The terms of each surface met, in one language; a list is its length, then a term and where in the surface it stands. */
interface Memo {
  /** Of the vocabulary, when the list was made, by surface. */
  versions: Uint32Array;
  /** Where the list begins, 0 for none. */
  lists: Int32Array;
  opens: Uint8Array;
  data: Int32Array;
  used: number;
}

export function createPresence(vocabulary: Vocabulary): Presence {
  const raws = createScannedTexts();
  const rows: readonly ReusedRow[] = FIELD_MASKS.map(() => createRow());
  const rowEpochs = new Uint32Array(FIELD_MASKS.length);
  let memos = new Map<string, Memo>();
  let generation = 0;
  let language = '';
  let memo = createMemo();
  let opened = 0;
  let count = 0;
  let texts: readonly string[] = [];

  const presence = {
    terms: new Int32Array(1024),
    stamps: new Uint32Array(1024),
    epoch: 0,
    read,
    holdsSequence,
  };

  function read(story: StoryText): number {
    const now = scanStory(story, raws);
    if (now !== generation) memos = new Map();
    generation = now;
    texts = [story.title, story.summary, story.body ?? ''];
    language = storyLanguage(story, raws);
    memo = memoOf(language);
    begin();
    for (const [field, [, bit]] of FIELD_MASKS.entries()) markTokens(field, bit);
    if ((opened & NAME) !== 0 && vocabulary.names.size > 0) markNames();
    if ((opened & RUN) !== 0 && vocabulary.pairs.size > 0) markPairs();
    if (vocabulary.storyTerms.size > 0) markStory(story);
    return count;
  }

  function begin(): void {
    presence.epoch++;
    if (presence.epoch > LAST_EPOCH) {
      presence.epoch = 1;
      presence.stamps.fill(0);
      rowEpochs.fill(0);
    }
    if (presence.stamps.length < vocabulary.limit) {
      presence.stamps = longer(presence.stamps, vocabulary.limit * 2);
      presence.terms = longer(presence.terms, vocabulary.limit * 2);
    }
    count = 0;
    opened = 0;
    mark(ALWAYS_PRESENT, ALL_FIELDS);
  }

  function mark(term: number, bits: number): void {
    const { stamps, epoch } = presence;
    const stamp = stamps[term] ?? 0;
    if (stamp >>> FIELD_BITS === epoch) {
      stamps[term] = stamp | bits;
      return;
    }
    stamps[term] = (epoch << FIELD_BITS) | bits;
    presence.terms[count++] = term;
  }

  function markTokens(field: number, bit: number): void {
    const raw = raws[field];
    if (raw === undefined) return;
    const { surface } = raw;
    const { version } = vocabulary;
    const { stamps, terms, epoch } = presence;
    const fresh = (epoch << FIELD_BITS) | bit;
    let { versions, lists, data } = memo;
    for (let i = 0; i < raw.count; i++) {
      const number = surface[i] ?? 0;
      if (versions[number] !== version) {
        refresh(number);
        ({ versions, lists, data } = memo);
      }
      opened |= memo.opens[number] ?? 0;
      const list = lists[number] ?? 0;
      if (list === 0) continue;
      const end = list + 1 + 2 * (data[list] ?? 0);
      for (let at = list + 1; at < end; at += 2) {
        const term = data[at] ?? 0;
        const stamp = stamps[term] ?? 0;
        if (stamp >>> FIELD_BITS === epoch) {
          stamps[term] = stamp | bit;
        } else {
          stamps[term] = fresh;
          terms[count++] = term;
        }
      }
    }
  }

  /** Finds the terms of a surface anew. */
  function refresh(surface: number): void {
    if (surface >= memo.versions.length) widen(memo, surface * 2 + 1024);
    const found: number[] = [];
    const terms = vocabulary.tokenTerms(language);
    for (const { form, keys } of keyedForms(surface, language)) {
      for (const key of keys) {
        for (const term of terms.get(key) ?? []) addPlace(found, term, form.part | (form.parts << 8));
      }
    }
    if (vocabulary.prefixes.size > 0) {
      for (const word of wordsOfSurface(surface)) {
        for (const length of vocabulary.prefixLengths) {
          const term = length > word.length ? undefined : vocabulary.prefixes.get(word.slice(0, length));
          if (term !== undefined) addPlace(found, term, 0);
        }
      }
    }
    if (memo.versions[surface] === 0) memo.opens[surface] = opening(surface);
    memo.versions[surface] = vocabulary.version;
    keepList(memo, surface, found);
  }

  function opening(surface: number): number {
    const run = surfaceOf(surface).forms.some(isRunCharacter) ? RUN : 0;
    return run | (opensName(surface, language) ? NAME : 0);
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
    for (const [field, [, bit]] of FIELD_MASKS.entries()) {
      if (raws[field]?.count === 0) continue;
      const row = rowOf(field);
      for (let at = 0; at < row.count;) {
        const opens = memo.opens[row.surface[at] ?? 0] ?? 0;
        const name = (opens & NAME) === 0 ? null : nameAt(row, at);
        for (const code of name?.codes ?? []) {
          const term = vocabulary.names.get(code);
          if (term !== undefined) mark(term, bit);
        }
        at += name?.positions ?? 1;
      }
    }
  }

  function markPairs(): void {
    for (const [field, [, bit]] of FIELD_MASKS.entries()) {
      const row = rowOf(field);
      let before = '';
      for (let at = 0; at < row.count; at++) {
        const word = surfaceOf(row.surface[at] ?? 0).forms[0]?.word ?? '';
        const isRun = isRunCharacter({ word });
        const term =
          isRun && before !== '' && row.broken[at] === 0 ? vocabulary.pairs.get(pairKey(before, word)) : undefined;
        if (term !== undefined) mark(term, bit);
        before = isRun ? word : '';
      }
    }
  }

  function markStory(story: StoryText): void {
    for (const key of storyKeys(language, storyFacts(story))) {
      const term = vocabulary.storyTerms.get(key);
      if (term !== undefined) mark(term, ALL_FIELDS);
    }
  }

  function holdsSequence(wanted: Int32Array, from: number, length: number, fields: number): boolean {
    for (const [field, [, bit]] of FIELD_MASKS.entries()) {
      if ((fields & bit) !== 0 && sequenceIn(rowOf(field), wanted, from, length)) return true;
    }
    return false;
  }

  function sequenceIn(row: Row, wanted: Int32Array, from: number, length: number): boolean {
    const { lists, data } = memo;
    const first = wanted[from] ?? 0;
    for (let at = 0; at < row.count; at++) {
      const list = lists[row.surface[at] ?? 0] ?? 0;
      const end = list === 0 ? 0 : list + 1 + 2 * (data[list] ?? 0);
      for (let i = list + 1; i < end; i += 2) {
        const place = data[i + 1] ?? 0;
        if (data[i] !== first || (place & 255) !== (row.part[at] ?? 0)) continue;
        if (follows(row, at + (place >> 8), wanted, from + 1, from + length)) return true;
      }
    }
    return false;
  }

  function follows(row: Row, start: number, wanted: Int32Array, from: number, end: number): boolean {
    let at = start;
    for (let i = from; i < end; i++) {
      if (at >= row.count || row.broken[at] === 1) return false;
      const parts = partsHere(row, at, wanted[i] ?? 0);
      if (parts === 0) return false;
      at += parts;
    }
    return true;
  }

  /** How many positions the first form of a term takes that begins here; 0 for none. */
  function partsHere(row: Row, at: number, term: number): number {
    const { lists, data } = memo;
    const list = lists[row.surface[at] ?? 0] ?? 0;
    const end = list === 0 ? 0 : list + 1 + 2 * (data[list] ?? 0);
    const part = row.part[at] ?? 0;
    for (let i = list + 1; i < end; i += 2) {
      const place = data[i + 1] ?? 0;
      if (data[i] === term && (place & 255) === part) return place >> 8;
    }
    return 0;
  }

  return presence;
}

/** A memo longer than this is begun anew: lists that grew have left holes in it. */
const MOST_KEPT = 1 << 21;

function createMemo(): Memo {
  return {
    versions: new Uint32Array(1024),
    lists: new Int32Array(1024),
    opens: new Uint8Array(1024),
    data: new Int32Array(4096),
    used: 1,
  };
}

function widen(memo: Memo, length: number): void {
  memo.versions = longer(memo.versions, length);
  memo.lists = longer(memo.lists, length);
  const opens = new Uint8Array(length);
  opens.set(memo.opens);
  memo.opens = opens;
}

function addPlace(found: number[], term: number, place: number): void {
  for (let i = 0; i < found.length; i += 2) if (found[i] === term && found[i + 1] === place) return;
  found.push(term, place);
}

/** Puts a list where the surface's old one stands, if it fits there. */
function keepList(memo: Memo, surface: number, found: readonly number[]): void {
  const old = memo.lists[surface] ?? 0;
  const room = old === 0 ? 0 : 2 * (memo.data[old] ?? 0);
  let at = old;
  if (found.length > room) {
    at = memo.used;
    memo.used += found.length + 1;
    memo.data = longer(memo.data, memo.used > memo.data.length ? memo.used * 2 : 0);
  }
  memo.lists[surface] = at;
  if (at === 0) return;
  memo.data[at] = found.length / 2;
  memo.data.set(found, at + 1);
}
