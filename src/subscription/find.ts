import { foldMarks, lower } from '../story/text/normalise.ts';
import { keyedForms } from '../story/text/token-keys.ts';
import { surfaceOf } from '../story/text/surface-table.ts';
import type { Words } from '../story/text/words.ts';
import { elementKeys, readPattern, type Element, type Pattern } from './pattern.ts';
import { countryNames } from './country-rows.ts';
import {
  printNode,
  type ExactTerm,
  type Field,
  type NameTerm,
  type NearTerm,
  type PhraseTerm,
  type PrefixTerm,
  type QueryTerm,
} from './query-tree.ts';
import type { Found, StoryWords } from './story-words.ts';

const MOST_FOUND = 50_000;
const patterns = new Map<string, Pattern | null>();
const NONE: readonly Found[] = [];

/** What is kept of one story: it is asked for the same terms again when it is shown. */
const MOST_KEPT = 400;

/** Where a term stands in a field, in order of position. Stop words and terms about the whole story are nowhere. */
export function findTerm(term: QueryTerm, story: StoryWords, field: Field): readonly Found[] {
  const key = `${field} ${term.kind} ${printNode(term)}`;
  let found = story.found.get(key);
  if (found !== undefined) return found;
  found = lookFor(term, story, field);
  if (story.found.size >= MOST_KEPT) story.found.clear();
  story.found.set(key, found);
  return found;
}

function lookFor(term: QueryTerm, story: StoryWords, field: Field): readonly Found[] {
  switch (term.kind) {
    case 'word':
      return findPattern(patternOf(term.text, false), story.words(field));
    case 'exact':
      return term.within === null
        ? findPattern(patternOf(term.text, true), story.words(field))
        : findSpread(term, story.words(field));
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

function findSequence(sequence: readonly Element[], words: Words): readonly Found[] {
  const [first, ...rest] = sequence.map((element) => elementKeys(element, words.language));
  const starts = formsHere(first ?? [], words);
  if (rest.length === 0) return starts;
  const ends = Int32Array.from(starts, ({ position, positions }) => position + positions);
  const steps = new Map<string, Uint8Array>();
  for (const [i, keys] of rest.entries()) {
    const key = keys.join(' ');
    let step = steps.get(key);
    if (step === undefined) steps.set(key, (step = stepsOf(keys, words)));
    if (!follow(ends, step, words, sequence[i + 1]?.afterMark === true)) return NONE;
  }
  const last = rest.at(-1) ?? [];
  return starts.flatMap((start, i) => ((ends[i] ?? 0) === 0 ? [] : [ended(start, ends[i] ?? 0, last, words)]));
}

/** Everywhere that a form with one of these keys stands. */
function formsHere(keys: readonly string[], words: Words): Found[] {
  const found: Found[] = [];
  const seen = new Set<unknown>();
  for (const key of keys) {
    for (const { surface, form } of words.formsByKey(key)) {
      if (seen.has(form)) continue;
      seen.add(form);
      for (const place of words.places.get(surface) ?? []) {
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
  return found;
}

/** For each position, how many the form with one of these keys takes that begins there; 0 for none. */
function stepsOf(keys: readonly string[], words: Words): Uint8Array {
  const steps = new Uint8Array(words.count);
  for (const key of keys) {
    for (const { surface, form } of words.formsByKey(key)) {
      for (const place of words.places.get(surface) ?? []) steps[place + form.part] ||= form.parts;
    }
  }
  return steps;
}

/** Moves each end over the step right after it, to 0 where there is none; false when none is left. A mark may stand between. */
function follow(ends: Int32Array, steps: Uint8Array, { broken, count }: Words, mark: boolean): boolean {
  let left = false;
  for (let i = 0; i < ends.length; i++) {
    const at = ends[i] ?? 0;
    if (at === 0) continue;
    const step = at < count && (mark || broken[at] !== 1) ? (steps[at] ?? 0) : 0;
    ends[i] = step === 0 ? 0 : at + step;
    if (step !== 0) left = true;
  }
  return left;
}

/** Up to a position, where its last form ends. */
function ended(start: Found, to: number, keys: readonly string[], words: Words): Found {
  const positions = to - start.position;
  for (let at = to - 1; at >= start.position; at--) {
    const form = formHere(words, at, keys);
    if (form !== null && at + form.parts === to) {
      return { ...start, positions, end: (words.offset[at] ?? 0) + form.end };
    }
  }
  return { ...start, positions };
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
  const capitals = capitalsOf(term);
  const found: Found[] = [];
  const surfaces = prefix.length < 2 ? words.surfaces : words.surfacesFrom(prefix.slice(0, 2));
  for (const surface of surfaces) {
    for (const form of surfaceOf(surface).forms) {
      if (!form.word.startsWith(prefix) || (capitals !== '' && !form.cased.startsWith(capitals))) continue;
      for (const place of words.places.get(surface) ?? []) {
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
  return lower(casedPrefix(text));
}

/** What a token begins with, its case kept, where a prefix asks for its capitals; else ''. */
export function capitalsOf({ text, exact }: PrefixTerm): string {
  const prefix = exact ? casedPrefix(text) : '';
  return prefix === lower(prefix) ? '' : prefix;
}

function casedPrefix(text: string): string {
  return foldMarks(text).replaceAll(/[^\p{L}\p{N}&.+#]/gu, '');
}

/** The words of a phrase at most so many positions apart, in any order: those that take part. */
function findSpread({ kind, text, within }: PhraseTerm | ExactTerm, words: Words): readonly Found[] {
  const elements = patternOf(text, kind === 'exact')?.sequences[0] ?? [];
  const different = new Map(elements.map((element) => [elementKeys(element, words.language).join(' '), element]));
  const lists = Array.from(different.values(), (element) => inOrder([...findSequence([element], words)]));
  return chains(lists, within ?? 1, elements.length);
}

function findNear(term: NearTerm, story: StoryWords, field: Field): readonly Found[] {
  return chains([findTerm(term.left, story, field), findTerm(term.right, story, field)], term.within, 2);
}

/**
 * Of several lists of places in order, those in a chain whose neighbours are at most `within` positions apart and that has a
 * place of every list, and `least` different places: a word asked for twice has to be there twice.
 */
function chains(lists: readonly (readonly Found[])[], within: number, least: number): readonly Found[] {
  if (lists.some((list) => list.length === 0)) return NONE;
  const members = lists.flatMap((list, number) => list.map((found) => ({ found, number })));
  members.sort((a, b) => a.found.position - b.found.position || a.number - b.number);
  const kept: Found[] = [];
  let from = 0;
  let end = -1;
  for (let i = 0; i <= members.length; i++) {
    const next = members[i]?.found;
    if (next !== undefined && (i === from || next.position - end <= within)) {
      end = Math.max(end, next.position + next.positions - 1);
      continue;
    }
    if (isWhole(members, from, i, lists.length, least)) {
      for (const { found } of members.slice(from, i)) kept.push(found);
    }
    from = i;
    end = next === undefined ? end : next.position + next.positions - 1;
  }
  return kept;
}

interface Member {
  readonly found: Found;
  /** Of its list. */
  readonly number: number;
}

function isWhole(members: readonly Member[], from: number, to: number, lists: number, least: number): boolean {
  const present = new Set<number>();
  const places = new Set<number>();
  for (let at = from; at < to; at++) {
    const member = members[at];
    if (member === undefined) continue;
    present.add(member.number);
    places.add(member.found.position);
    if (present.size === lists && places.size >= least) return true;
  }
  return false;
}

function inOrder(found: Found[]): Found[] {
  return found.sort((a, b) => a.position - b.position || b.end - a.end);
}
