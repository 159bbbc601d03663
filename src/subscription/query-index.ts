import { keyedForms } from '../story/text/token-keys.ts';
import { surfaceOf } from '../story/text/surface-table.ts';
import type { Words } from '../story/text/words.ts';
import { matchStory, type StoryText } from './match.ts';
import { printQuery, type Query } from './query-tree.ts';
import { readStory, type StoryWords } from './story-words.ts';
import {
  FIELD_MASKS,
  isRunCharacter,
  nameKey,
  pairKey,
  requirementsOf,
  storyKeys,
  tokenKeysOf,
  wordsOfSurface,
  type Requirement,
  type Requirements,
  type Term,
} from './terms.ts';

/** Subscriptions waiting for stories: finds those that match one without trying them all. */
export interface QueryIndex {
  /** An id known already is given the new query. Ids are non-negative integers. */
  add(id: number, query: Query): void;
  /** An unknown id is no harm. */
  remove(id: number): void;
  /** The ids whose query matches, in no order, each once: exactly those for which `matchStory` is not null. */
  match(story: StoryText): Iterable<number>;
  readonly size: number;
}

/** One query, however many subscriptions have it. */
interface Entry {
  readonly print: string;
  readonly query: Query;
  readonly requirements: Requirements;
  /** The terms it is filed under: one of them is present in every story it matches. Null: it is tried on every story. */
  readonly anchors: readonly Term[] | null;
  readonly ids: Set<number>;
}

interface Filed {
  readonly term: Term;
  readonly entries: Set<Entry>;
}

/** An index that is exact and plain: each query is filed under the words of one necessary part of it. */
export function createQueryIndex(): QueryIndex {
  const entries = new Map<string, Entry>();
  const byId = new Map<number, Entry>();
  const filed = new Map<string, Filed>();
  const anywhere = new Set<Entry>();
  /** For each language met: the terms that a token key stands for. */
  const byTokenKey = new Map<string, Map<string, Set<Filed>>>();

  function file(entry: Entry): void {
    if (entry.anchors === null) anywhere.add(entry);
    for (const term of entry.anchors ?? []) {
      let place = filed.get(term.key);
      if (place === undefined) {
        filed.set(term.key, (place = { term, entries: new Set() }));
        for (const [language, keys] of byTokenKey) fileKeys(place, language, keys);
      }
      place.entries.add(entry);
    }
  }

  function unfile(entry: Entry): void {
    anywhere.delete(entry);
    for (const { key } of entry.anchors ?? []) {
      const place = filed.get(key);
      if (place === undefined) continue;
      place.entries.delete(entry);
      if (place.entries.size > 0) continue;
      filed.delete(key);
      for (const [language, keys] of byTokenKey) {
        for (const tokenKey of tokenKeysOf(place.term, language)) keys.get(tokenKey)?.delete(place);
      }
    }
  }

  function keysOf(language: string): Map<string, Set<Filed>> {
    let keys = byTokenKey.get(language);
    if (keys !== undefined) return keys;
    keys = new Map();
    for (const place of filed.values()) fileKeys(place, language, keys);
    byTokenKey.set(language, keys);
    return keys;
  }

  function remove(id: number): void {
    const entry = byId.get(id);
    if (entry === undefined) return;
    byId.delete(id);
    entry.ids.delete(id);
    if (entry.ids.size > 0) return;
    entries.delete(entry.print);
    unfile(entry);
  }

  return {
    get size() {
      return byId.size;
    },
    remove,
    add(id, query) {
      const print = printQuery(query);
      if (byId.get(id)?.print === print) return;
      remove(id);
      let entry = entries.get(print);
      if (entry === undefined) {
        const requirements = requirementsOf(query);
        entry = { print, query, requirements, anchors: anchorsOf(requirements.program), ids: new Set() };
        entries.set(print, entry);
        file(entry);
      }
      entry.ids.add(id);
      byId.set(id, entry);
    },
    match(story) {
      const read = readStory(story);
      const present = presenceIn(read);
      const places = keysOf(read.language);
      const candidates = new Set(anywhere);
      for (const key of present.keys.keys()) {
        for (const place of places.get(key) ?? []) for (const entry of place.entries) candidates.add(entry);
        for (const entry of filed.get(key)?.entries ?? []) candidates.add(entry);
      }
      for (const place of filed.values()) {
        if (place.term.kind === 'prefix' && present.prefix(place.term.text) > 0)
          for (const entry of place.entries) candidates.add(entry);
      }
      const ids: number[] = [];
      for (const { requirements, query, ids: own } of candidates) {
        if (!holds(requirements.program, present)) continue;
        if (requirements.decides || matchStory(query, story) !== null) ids.push(...own);
      }
      return ids;
    },
  };
}

function fileKeys(place: Filed, language: string, keys: Map<string, Set<Filed>>): void {
  for (const key of tokenKeysOf(place.term, language)) {
    const set = keys.get(key);
    if (set === undefined) keys.set(key, new Set([place]));
    else set.add(place);
  }
}

/** The fewest terms one of which must be present; of parts with as few, the one with the longest words. Null for none. */
function anchorsOf(program: Requirement): readonly Term[] | null {
  switch (program.op) {
    case 'term':
      return [program.term];
    case 'none':
    case 'always':
      return null;
    case 'any': {
      const parts = program.of.map(anchorsOf);
      return parts.some((part) => part === null) ? null : parts.flatMap((part) => part ?? []);
    }
    case 'all': {
      const parts = program.of.map(anchorsOf).filter((part) => part !== null);
      return parts.length === 0 ? null : parts.reduce((best, part) => (cost(part) < cost(best) ? part : best));
    }
  }
}

function cost(terms: readonly Term[]): number {
  return terms.reduce(
    (sum, { kind, text }) => sum + (kind === 'prefix' || kind === 'story' ? 4 : 1) + 4 / (text.length + 1),
    0,
  );
}

/** What a story holds: keys with the bits of the fields they stand in. */
interface Presence {
  readonly language: string;
  readonly keys: ReadonlyMap<string, number>;
  prefix(prefix: string): number;
}

function presenceIn(story: StoryWords): Presence {
  const keys = new Map<string, number>();
  const add = (key: string, bit: number): void => void keys.set(key, (keys.get(key) ?? 0) | bit);
  const words: [string, number][] = [];
  for (const [field, bit] of FIELD_MASKS) {
    const read = story.words(field);
    for (const surface of read.places.keys()) {
      for (const form of keyedForms(surface, story.language)) for (const key of form.keys) add(key, bit);
      for (const word of wordsOfSurface(surface)) words.push([word, bit]);
    }
    for (const { codes } of story.names(field)) for (const code of codes) add(nameKey(code), bit);
    for (const key of pairsIn(read)) add(key, bit);
  }
  for (const key of storyKeys(story)) keys.set(key, -1);
  return {
    language: story.language,
    keys,
    prefix: (prefix) => words.reduce((bits, [word, bit]) => (word.startsWith(prefix) ? bits | bit : bits), 0),
  };
}

function* pairsIn(words: Words): Generator<string> {
  let before = '';
  for (let at = 0; at < words.count; at++) {
    const word = surfaceOf(words.surface[at] ?? 0).forms[0]?.word ?? '';
    const isRun = isRunCharacter({ word });
    if (isRun && before !== '' && words.broken[at] === 0) yield pairKey(before, word);
    before = isRun ? word : '';
  }
}

function holds(program: Requirement, present: Presence): boolean {
  switch (program.op) {
    case 'always':
      return true;
    case 'all':
      return program.of.every((part) => holds(part, present));
    case 'any':
      return program.of.some((part) => holds(part, present));
    case 'none':
      return !holds(program.of, present);
    case 'term':
      return (bitsOf(program.term, present) & program.fields) !== 0;
  }
}

function bitsOf(term: Term, present: Presence): number {
  if (term.kind === 'prefix') return present.prefix(term.text);
  if (term.kind !== 'token') return present.keys.get(term.key) ?? 0;
  return tokenKeysOf(term, present.language).reduce((bits, key) => bits | (present.keys.get(key) ?? 0), 0);
}
