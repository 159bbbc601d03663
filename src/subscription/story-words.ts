import { languageOf, primaryLanguage } from '../story/text/language.ts';
import { foldWord } from '../story/text/normalise.ts';
import { surfaceGeneration, tableShape } from '../story/text/surface-table.ts';
import { createRawTokens, scan, type RawTokens } from '../story/text/scan.ts';
import { languageOfTokens } from '../story/text/language-signs.ts';
import { beginStory, readWords, tokensBeside, wordsOf, type Words } from '../story/text/words.ts';
import { namesIn, type NameFound } from './names.ts';
import { FIELDS, type Field } from './query-tree.ts';

/** What matching reads of a story. All strings are plain text. */
export interface StoryText {
  readonly title: string;
  readonly summary: string;
  readonly body?: string | undefined;
  /** BCP 47 as declared; '' or absent when it was not. */
  readonly lang?: string | undefined;
  /** The publisher's name. */
  readonly source?: string | undefined;
  readonly url?: string | undefined;
}

/** A place in a field where a term was found: word positions, and UTF-16 offsets in the field's text. */
export interface Found {
  readonly position: number;
  readonly positions: number;
  readonly start: number;
  readonly end: number;
}

/** A story read for matching. */
export interface StoryWords {
  readonly language: string;
  words(field: Field): Words;
  names(field: Field): readonly NameFound[];
  /** What terms have been found before, for `findTerm` to keep. */
  readonly found: Map<string, readonly Found[]>;
  readonly facts: StoryFacts;
}

interface Kept {
  readonly generation: number;
  readonly read: StoryWords;
}

/** Read stories by the object they came as: a story is matched against many queries in a row. */
const kept = new WeakMap<StoryText, Kept>();

/** The words of a story; read once for as long as the object lives. */
export function readStory(story: StoryText): StoryWords {
  const known = kept.get(story);
  if (known && known.generation === surfaceGeneration()) return known.read;
  const read = readFields(story);
  kept.set(story, { generation: surfaceGeneration(), read });
  return read;
}

/** What is known of a story besides its texts: the words of the publisher's name and of the host, each once, and both. */
export interface StoryFacts {
  readonly sourceWords: ReadonlySet<string>;
  readonly sourceName: string;
  readonly host: string;
}

/** The texts of a story in the order of `FIELDS`, scanned. */
export type ScannedTexts = readonly [RawTokens, RawTokens, RawTokens];

export function createScannedTexts(): ScannedTexts {
  return [createRawTokens(), createRawTokens(), createRawTokens()];
}

/** Scans the texts of a story, for numbers of the surface generation that is returned. */
export function scanStory(story: StoryText, into: ScannedTexts): number {
  const body = story.body ?? '';
  const generation = beginStory(story.title.length + story.summary.length + body.length);
  const shape = tableShape();
  for (let again = false; ; again = true) {
    scan(story.title, into[0]);
    scan(story.summary, into[1]);
    scan(body, into[2]);
    // New words can make the table grow: then the slots of the first ones are not where they were.
    if (again || tableShape() === shape) return generation;
  }
}

/** The language that a story is read in: declared, or told by its words. */
export function storyLanguage(story: StoryText, scanned: ScannedTexts): string {
  const declared = declaredLanguage(story.lang ?? '');
  if (declared !== '') return declared;
  return (
    languageOfTokens(scanned) || languageOf(`${story.title}\n${story.summary}\n${(story.body ?? '').slice(0, 600)}`)
  );
}

const declaredLanguages = new Map<string, string>();

function declaredLanguage(tag: string): string {
  if (tag === '') return '';
  let known = declaredLanguages.get(tag);
  if (known !== undefined) return known;
  known = primaryLanguage(tag);
  if (declaredLanguages.size < 1000) declaredLanguages.set(tag, known);
  return known;
}

export function storyFacts(story: StoryText): StoryFacts {
  const host = hostOf(story.url ?? '');
  const name = sourceNameWords(story.source ?? '');
  return { host, sourceWords: new Set([...name, ...host.split('.')]), sourceName: name.join(' ') };
}

const scratch = createScannedTexts();

function readFields(story: StoryText): StoryWords {
  scanStory(story, scratch);
  const language = storyLanguage(story, scratch);
  const words = new Map<Field, Words>();
  const names = new Map<Field, readonly NameFound[]>();
  const texts = { title: story.title, summary: story.summary, body: story.body ?? '' };
  for (const [i, field] of FIELDS.entries())
    words.set(field, wordsOf(scratch[i] ?? scratch[2], texts[field], language));
  const wordsIn = (field: Field): Words => words.get(field) ?? readWords('', language);
  let facts: StoryFacts | null = null;
  return {
    language,
    found: new Map(),
    words: wordsIn,
    names(field) {
      let found = names.get(field);
      if (found === undefined) names.set(field, (found = namesIn(wordsIn(field))));
      return found;
    },
    get facts() {
      return (facts ??= storyFacts(story));
    },
  };
}

/** The words of a publisher's name, in normal form. */
export function sourceNameWords(name: string): string[] {
  return tokensBeside(name).map(({ word }) => word);
}

/** The host of an address in lower case, without `www.`; '' for none. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? foldWord(new URL(url).hostname.replace(/^www\./u, '')) : '';
}
