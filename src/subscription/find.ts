import { foldWord } from '../story/text/normalise.ts';
import { keyedForms } from '../story/text/token-keys.ts';
import { surfaceOf } from '../story/text/surface-table.ts';
import type { Words } from '../story/text/words.ts';
import { elementKeys, readPattern, type Element, type Pattern } from './pattern.ts';
import { countryNames } from './name-table.ts';
import type { Field, NameTerm, NearTerm, PhraseTerm, PrefixTerm, QueryTerm } from './query-tree.ts';
import type { StoryWords } from './story-words.ts';

/** A place in a field where a term was found: word positions, and UTF-16 offsets in the field's text. */
export interface Found {
  readonly position: number;
  readonly positions: number;
  readonly start: number;
  readonly end: number;
}

const MOST_FOUND = 50_000;
const patterns = new Map<string, Pattern | null>();
const NONE: readonly Found[] = [];

/** Where a term stands in a field, in order of position. Stop words and terms about the whole story are nowhere. */
export function findTerm(term: QueryTerm, story: StoryWords, field: Field): readonly Found[] {
  switch (term.kind) {
    case 'word':
      return findPattern(patternOf(term.text, false), story.words(field));
    case 'exact':
      return findPattern(patternOf(term.text, true), story.words(field));
    case 'name':
      return findName(term, story, field);
    case 'prefix':
      return findPrefix(term, story.words(field));
    case 'phrase':
      return term.within === null
        ? findPattern(patternOf(term.text, false), story.words(field))
        : findSpread(term, story.words(field));
    case 'near':
      return findNear(term, story, field);
    case 'source':
    case 'lang':
    case 'stop':
      return NONE;
  }
}

/** The pattern of a word's or phrase's text, read once. */
export function patternOf(text: string, exact: boolean): Pattern | null {
  const key = exact ? `=${text}` : text;
  const known = patterns.get(key);
  if (known !== undefined) return known;
  const read = readPattern(text, exact);
  if (patterns.size > 50_000) patterns.clear();
  patterns.set(key, read);
  return read;
}

/** The words that a family of countries (`korea`) is found by: its own, wherever they stand. */
export function familyWords(codes: readonly string[]): readonly string[] {
  return codes.flatMap((code) => {
    if (!/^[a-z]/u.test(code)) return [];
    const names = countryNames(code);
    return names === undefined ? [] : [...names.others, ...names.demonyms];
  });
}

function findName(term: NameTerm, story: StoryWords, field: Field): readonly Found[] {
  const found: Found[] = story.names(field).filter(({ codes }) => codes.some((code) => term.codes.includes(code)));
  const words = [...familyWords(term.codes), ...(term.loose ? [term.text] : [])];
  for (const word of words) found.push(...findPattern(patternOf(word, false), story.words(field)));
  return words.length === 0 ? found : inOrder(found);
}

function findPattern(pattern: Pattern | null, words: Words): readonly Found[] {
  if (pattern === null) return NONE;
  const found: Found[] = [];
  for (const sequence of pattern.sequences) {
    for (const place of findSequence(sequence, words)) {
      if (pattern.borderBefore && !words.isBorder(place.start)) continue;
      if (pattern.borderAfter && !words.isBorder(place.end)) continue;
      found.push(place);
      if (found.length >= MOST_FOUND) return inOrder(found);
    }
  }
  return inOrder(found);
}

function* findSequence(sequence: readonly Element[], words: Words): Generator<Found> {
  const wanted = sequence.map((element) => elementKeys(element, words.language));
  const seen = new Set<unknown>();
  for (const key of wanted[0] ?? []) {
    for (const found of words.formsByKey(key)) {
      if (seen.has(found.form)) continue;
      seen.add(found.form);
      for (const place of words.places.get(found.surface) ?? []) {
        const position = place + found.form.part;
        const offset = words.offset[place] ?? 0;
        const next = position + found.form.parts;
        const end = follow(wanted, 1, next, offset + found.form.end, words);
        if (end === null) continue;
        yield { position, positions: end.position - position, start: offset + found.form.start, end: end.offset };
      }
    }
  }
}

/** Where the rest of a sequence ends if it stands at this position, or null. */
function follow(
  wanted: readonly (readonly string[])[],
  from: number,
  position: number,
  offset: number,
  words: Words,
): { readonly position: number; readonly offset: number } | null {
  let [at, end] = [position, offset];
  for (let i = from; i < wanted.length; i++) {
    if (at >= words.count || words.broken[at] === 1) return null;
    const form = formHere(words, at, wanted[i] ?? []);
    if (form === null) return null;
    end = (words.offset[at] ?? 0) + form.end;
    at += form.parts;
  }
  return { position: at, offset: end };
}

function formHere(words: Words, at: number, keys: readonly string[]): { end: number; parts: number } | null {
  const part = words.part[at] ?? 0;
  for (const keyed of keyedForms(words.surface[at] ?? 0, words.language)) {
    if (keyed.form.part === part && keyed.keys.some((key) => keys.includes(key))) return keyed.form;
  }
  return null;
}

function findPrefix(term: PrefixTerm, words: Words): readonly Found[] {
  const pattern = patternOf(term.text, false);
  if (pattern === null) return NONE;
  if (pattern.run || pattern.borderBefore) return findPattern({ ...pattern, borderAfter: false }, words);
  const prefix = prefixOf(term.text);
  const found: Found[] = [];
  for (const [surface, places] of words.places) {
    for (const form of surfaceOf(surface).forms) {
      if (!form.word.startsWith(prefix)) continue;
      for (const place of places) {
        const offset = words.offset[place] ?? 0;
        found.push({
          position: place + form.part,
          positions: form.parts,
          start: offset + form.start,
          end: offset + form.end,
        });
      }
    }
  }
  return inOrder(found);
}

/** What a token begins with, in normal form: hyphens and apostrophes count as nothing. */
export function prefixOf(text: string): string {
  return foldWord(text).replaceAll(/[^\p{L}\p{N}&.+#]/gu, '');
}

/** The words of a phrase at most so many positions apart, in any order: those that take part. */
function findSpread({ text, within }: PhraseTerm, words: Words): readonly Found[] {
  const pattern = patternOf(text, false);
  const elements = pattern?.sequences[0] ?? [];
  const lists = elements.map((element) => Array.from(findSequence([element], words)));
  return chains(lists, within ?? 1);
}

function findNear(term: NearTerm, story: StoryWords, field: Field): readonly Found[] {
  return chains([findTerm(term.left, story, field), findTerm(term.right, story, field)], term.within);
}

interface Member extends Found {
  readonly list: number;
}

/**
 * Of several lists of places, those in a chain whose neighbours are at most `within` positions apart and that has a place
 * of every list. A word asked for twice has to be there twice.
 */
function chains(lists: readonly (readonly Found[])[], within: number): readonly Found[] {
  if (lists.some((list) => list.length === 0)) return NONE;
  const members: Member[] = lists.flatMap((list, number) => list.map((found) => ({ ...found, list: number })));
  members.sort((a, b) => a.position - b.position || a.list - b.list);
  const found: Found[] = [];
  let chain: Member[] = [];
  let end = -1;
  for (const member of members) {
    if (chain.length > 0 && member.position - end > within) {
      if (isWhole(chain, lists.length)) found.push(...chain);
      chain = [];
    }
    chain.push(member);
    end = Math.max(chain.length === 1 ? -1 : end, member.position + member.positions - 1);
  }
  if (isWhole(chain, lists.length)) found.push(...chain);
  return found;
}

function isWhole(chain: readonly Member[], lists: number): boolean {
  const present = new Set(chain.map(({ list }) => list));
  const places = new Set(chain.map(({ position }) => position));
  return present.size === lists && places.size >= lists;
}

function inOrder(found: Found[]): Found[] {
  return found.sort((a, b) => a.position - b.position || b.end - a.end);
}
