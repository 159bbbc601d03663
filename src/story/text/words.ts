import { classOf, RUN } from './characters.ts';
import { createRawTokens, DOTTED, ENDED, PARTED, scan, SPACED, type RawTokens } from './scan.ts';
import { isAbbreviation, makeRoom, partsOf, surfaceGeneration, surfaceOf } from './surface-table.ts';
import { surfacesByHead, type SurfacesByHead } from './by-head.ts';
import { headsOfKey } from './key-heads.ts';
import { keyedForms, type KeyedForm } from './token-keys.ts';
import { wordBorders } from './segments.ts';

/** A text as a row of word positions; `cease-fire` takes two of them. The first `count` of each column are meant. */
export interface Row {
  readonly text: string;
  readonly language: string;
  readonly count: number;
  /** The surface each position belongs to, which of its parts it is, and where that surface starts in the text. */
  readonly surface: Int32Array;
  readonly part: Uint8Array;
  readonly offset: Int32Array;
  /** 1 where a phrase cannot run on from the position before. */
  readonly broken: Uint8Array;
  /** Whether a word of a script without spaces begins or ends at this offset. */
  isBorder(offset: number): boolean;
}

/** A row to be filled again and again: what it held before is gone then. */
export interface ReusedRow extends Row {
  /** The position at which each token begins, by its number. */
  readonly begin: Int32Array;
  fill(raw: RawTokens, text: string, language: string): void;
}

/** A form of a word that a key finds. */
export interface FormFound {
  readonly surface: number;
  readonly form: KeyedForm['form'];
}

/** A row with what is needed to look words up in it. */
export interface Words extends Row {
  /** Each surface once, in order of first appearance. */
  readonly surfaces: readonly number[];
  /** The positions at which each surface begins. */
  readonly places: ReadonlyMap<number, readonly number[]>;
  /** The forms that a key finds, in order of first appearance. */
  formsByKey(key: string): readonly FormFound[];
  /** The surfaces with a word that begins with these two letters, and maybe some more. */
  surfacesFrom(letters: string): readonly number[];
}

const scratch = createRawTokens();
const NONE: readonly never[] = [];

/** Reads a text into words of a language. The numbers of surfaces in it hold for this generation of the surface table. */
export function readWords(text: string, language: string): Words {
  scan(text, scratch);
  return wordsOf(scratch, text, language);
}

/** To be called once before the texts of one story are read. */
export function beginStory(units: number): number {
  makeRoom(units);
  return surfaceGeneration();
}

export function createRow(): ReusedRow {
  let borders: Uint8Array | null = null;
  const row = {
    text: '',
    language: '',
    count: 0,
    surface: new Int32Array(0),
    part: new Uint8Array(0),
    offset: new Int32Array(0),
    broken: new Uint8Array(0),
    begin: new Int32Array(0),
    isBorder(at: number) {
      borders ??= wordBorders(row.text, row.language);
      return borders[at] === 1;
    },
    fill(raw: RawTokens, text: string, language: string) {
      row.text = text;
      row.language = language;
      borders = null;
      const count = positionsOf(raw);
      if (count > row.surface.length) {
        row.surface = new Int32Array(count * 2);
        row.part = new Uint8Array(count * 2);
        row.offset = new Int32Array(count * 2);
        row.broken = new Uint8Array(count * 2);
      }
      row.count = count;
      if (raw.count > row.begin.length) row.begin = new Int32Array(raw.count * 2);
      fillColumns(row, raw);
      for (let i = 0, at = 0; i < raw.count; i++) {
        row.begin[i] = at;
        at += partsOf(raw.surface[i] ?? 0);
      }
    },
  };
  return row;
}

/** The words of a text that has been scanned in this generation. */
export function wordsOf(raw: RawTokens, text: string, language: string): Words {
  const count = positionsOf(raw);
  const columns = {
    surface: new Int32Array(count),
    part: new Uint8Array(count),
    offset: new Int32Array(count),
    broken: new Uint8Array(count),
  };
  fillColumns(columns, raw);
  let places: Map<number, number[]> | null = null;
  const surfaces = surfacesIn(columns.surface);
  return {
    text,
    language,
    count,
    ...columns,
    surfaces,
    get places() {
      return (places ??= placesOf(columns));
    },
    ...lookups(text, language, surfaces),
  };
}

/** By surface: the text in which it was met last. */
let metIn = new Uint32Array(4096);
let textsRead = 0;

/** Each surface once, in order of first appearance. */
function surfacesIn(column: Int32Array): readonly number[] {
  const surfaces: number[] = [];
  if (++textsRead === 2 ** 32) {
    metIn.fill(0);
    textsRead = 1;
  }
  for (let i = 0; i < column.length; i++) {
    const surface = column[i] ?? 0;
    if (metIn[surface] === textsRead) continue;
    if (surface >= metIn.length) metIn = longer(metIn, surface * 2);
    metIn[surface] = textsRead;
    surfaces.push(surface);
  }
  return surfaces;
}

function longer(column: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(length);
  more.set(column);
  return more;
}

function placesOf({ surface, part }: Pick<Row, 'surface' | 'part'>): Map<number, number[]> {
  const places = new Map<number, number[]>();
  for (let at = 0; at < surface.length; at++) {
    if (part[at] !== 0) continue;
    const number = surface[at] ?? 0;
    const list = places.get(number);
    if (list === undefined) places.set(number, [at]);
    else list.push(at);
  }
  return places;
}

function positionsOf(raw: RawTokens): number {
  let count = 0;
  for (let i = 0; i < raw.count; i++) count += partsOf(raw.surface[i] ?? 0);
  return count;
}

function fillColumns(row: Pick<Row, 'surface' | 'part' | 'offset' | 'broken'>, raw: RawTokens): void {
  let at = 0;
  for (let i = 0; i < raw.count; i++) {
    const number = raw.surface[i] ?? 0;
    const parts = partsOf(number);
    for (let p = 0; p < parts; p++) {
      row.surface[at] = number;
      row.part[at] = p;
      row.offset[at] = raw.start[i] ?? 0;
      row.broken[at] = (p === 0 ? breaksBefore(raw, i) : surfaceOf(number).breaks[p]) ? 1 : 0;
      at++;
    }
  }
}

/** Whether a phrase ends before a token. */
function breaksBefore(raw: RawTokens, token: number): boolean {
  const joint = raw.joint[token] ?? 0;
  if (joint <= SPACED) return false;
  const shortened = (joint & DOTTED) !== 0 && token > 0 && isAbbreviation(raw.surface[token - 1] ?? 0);
  return breaks(joint, shortened) === 1;
}

/** 1 where a phrase ends before a token, by what stands before it and whether the last one is an abbreviation; else 0. */
export function breaks(joint: number, abbreviation: boolean): number {
  if ((joint & (PARTED | ENDED)) !== 0) return 1;
  return (joint & DOTTED) !== 0 && !abbreviation ? 1 : 0;
}

function lookups(
  text: string,
  language: string,
  surfaces: readonly number[],
): Pick<Words, 'formsByKey' | 'surfacesFrom' | 'isBorder'> {
  const known = new Map<string, readonly FormFound[]>();
  let byHead: SurfacesByHead | null = null;
  let borders: Uint8Array | null = null;
  const surfacesFrom = (letters: string): readonly number[] => {
    byHead ??= surfacesByHead(surfaces, language);
    return byHead.from(letters);
  };
  return {
    surfacesFrom,
    formsByKey(key) {
      let found = known.get(key);
      if (found !== undefined) return found;
      const candidates = headsOfKey(key, language)?.flatMap(surfacesFrom) ?? surfaces;
      known.set(key, (found = candidates.length === 0 ? NONE : formsWith(key, candidates, language)));
      return found;
    },
    isBorder(at) {
      borders ??= wordBorders(text, language);
      return borders[at] === 1;
    },
  };
}

function formsWith(key: string, surfaces: Iterable<number>, language: string): readonly FormFound[] {
  const found: FormFound[] = [];
  for (const surface of new Set(surfaces)) {
    for (const { form, keys } of keyedForms(surface, language)) if (keys.includes(key)) found.push({ surface, form });
  }
  return found;
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
  beginStory(text.length);
  return tokensBeside(text);
}

/** The same for a short text, while a story is being read: the numbers of its surfaces stay what they are. */
export function tokensBeside(text: string): Token[] {
  const raw = createRawTokens();
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
