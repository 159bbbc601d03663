import { classOf, RUN } from './characters.ts';
import { createRawTokens, DOTTED, ENDED, PARTED, scan, type RawTokens } from './scan.ts';
import { makeRoom, surfaceGeneration, surfaceOf } from './surface-table.ts';
import { keyedForms, type KeyedForm } from './token-keys.ts';
import { wordBorders } from './segments.ts';

/** A text as a row of word positions; `cease-fire` takes two of them. Columns of `count` entries each. */
export interface Words {
  readonly text: string;
  readonly language: string;
  readonly count: number;
  /** The surface each position belongs to, which of its parts it is, and where that surface starts in the text. */
  readonly surface: Int32Array;
  readonly part: Uint8Array;
  readonly offset: Int32Array;
  /** 1 where a phrase cannot run on from the position before. */
  readonly broken: Uint8Array;
  /** The positions at which each surface begins. */
  readonly places: ReadonlyMap<number, readonly number[]>;
  /** The forms that a key finds, in order of first appearance. */
  formsByKey(key: string): readonly { readonly surface: number; readonly form: KeyedForm['form'] }[];
  /** Whether a word of a script without spaces begins or ends at this offset. */
  isBorder(offset: number): boolean;
}

const scratch = createRawTokens();
const NONE: readonly never[] = [];

/** Reads a text into words of a language. The numbers of surfaces in it hold for this generation of the surface table. */
export function readWords(text: string, language: string): Words {
  scan(text, scratch);
  return placed(text, language, scratch);
}

/** To be called once before the texts of one story are read. */
export function beginStory(units: number): number {
  makeRoom(units);
  return surfaceGeneration();
}

function placed(text: string, language: string, raw: RawTokens): Words {
  let count = 0;
  for (let i = 0; i < raw.count; i++) count += surfaceOf(raw.surface[i] ?? 0).parts;
  const surface = new Int32Array(count);
  const part = new Uint8Array(count);
  const offset = new Int32Array(count);
  const broken = new Uint8Array(count);
  const places = new Map<number, number[]>();
  let at = 0;
  let abbreviation = false;
  for (let i = 0; i < raw.count; i++) {
    const number = raw.surface[i] ?? 0;
    const read = surfaceOf(number);
    const list = places.get(number);
    if (list === undefined) places.set(number, [at]);
    else list.push(at);
    for (let p = 0; p < read.parts; p++) {
      surface[at] = number;
      part[at] = p;
      offset[at] = raw.start[i] ?? 0;
      broken[at] = p === 0 ? breaks(raw.joint[i] ?? 0, abbreviation) : read.breaks[p] ? 1 : 0;
      at++;
    }
    abbreviation = read.abbreviation;
  }
  return { text, language, count, surface, part, offset, broken, places, ...lookups(text, language, places) };
}

function breaks(joint: number, abbreviation: boolean): number {
  if ((joint & (PARTED | ENDED)) !== 0) return 1;
  return (joint & DOTTED) !== 0 && !abbreviation ? 1 : 0;
}

function lookups(
  text: string,
  language: string,
  places: ReadonlyMap<number, readonly number[]>,
): Pick<Words, 'formsByKey' | 'isBorder'> {
  let byKey: Map<string, { surface: number; form: KeyedForm['form'] }[]> | null = null;
  let borders: Uint8Array | null = null;
  return {
    formsByKey(key) {
      byKey ??= indexForms(places.keys(), language);
      return byKey.get(key) ?? NONE;
    },
    isBorder(at) {
      borders ??= wordBorders(text, language);
      return borders[at] === 1;
    },
  };
}

function indexForms(
  surfaces: Iterable<number>,
  language: string,
): Map<string, { surface: number; form: KeyedForm['form'] }[]> {
  const byKey = new Map<string, { surface: number; form: KeyedForm['form'] }[]>();
  for (const surface of surfaces) {
    for (const { form, keys } of keyedForms(surface, language)) {
      const found = { surface, form };
      for (const key of keys) {
        const list = byKey.get(key);
        if (list === undefined) byKey.set(key, [found]);
        else if (list.at(-1) !== found) list.push(found);
      }
    }
  }
  return byKey;
}

/** A word of a text for readers that need no more: its normal form and where it stands. */
export interface Token {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The words of a text in order, each in normal form; the parts of a hyphenated word one by one. Runs of scripts without
 * spaces are split into dictionary words.
 */
export function tokens(text: string): Token[] {
  const raw = createRawTokens();
  beginStory(text.length);
  scan(text, raw);
  let borders: Uint8Array | null = null;
  const found: Token[] = [];
  for (let i = 0; i < raw.count; i++) {
    const start = raw.start[i] ?? 0;
    const inRun = classOf(text.codePointAt(start) ?? 0) === RUN;
    for (const form of surfaceOf(raw.surface[i] ?? 0).forms) {
      if (form.parts !== 1 || !form.primary) continue;
      const last = found.at(-1);
      if (inRun && last && raw.joint[i] === 0 && last.end === start) {
        borders ??= wordBorders(text);
        if (borders[start] === 0) {
          found[found.length - 1] = { word: last.word + form.word, start: last.start, end: start + form.end };
          continue;
        }
      }
      found.push({ word: form.word, start: start + form.start, end: start + form.end });
    }
  }
  return found;
}
