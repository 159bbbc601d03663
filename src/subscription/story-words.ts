import { languageOf, primaryLanguage } from '../story/text/language.ts';
import { foldWord } from '../story/text/normalise.ts';
import { surfaceGeneration } from '../story/text/surface-table.ts';
import { beginStory, readWords, tokens, type Words } from '../story/text/words.ts';
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

/** A story read for matching. */
export interface StoryWords {
  readonly language: string;
  words(field: Field): Words;
  names(field: Field): readonly NameFound[];
  /** The words of the publisher's name and of the host, each once. */
  readonly sourceWords: ReadonlySet<string>;
  readonly sourceName: string;
  readonly host: string;
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
  const units = story.title.length + story.summary.length + (story.body?.length ?? 0);
  const generation = beginStory(units);
  const read = readFields(story);
  kept.set(story, { generation, read });
  return read;
}

/** The language that a story is read in. */
export function storyLanguage(story: StoryText): string {
  if (story.lang !== undefined && story.lang !== '') {
    const declared = primaryLanguage(story.lang);
    if (declared !== '') return declared;
  }
  return languageOf(`${story.title}\n${story.summary}\n${(story.body ?? '').slice(0, 600)}`);
}

function readFields(story: StoryText): StoryWords {
  const language = storyLanguage(story);
  const words = new Map<Field, Words>();
  const names = new Map<Field, readonly NameFound[]>();
  const texts = { title: story.title, summary: story.summary, body: story.body ?? '' };
  for (const field of FIELDS) words.set(field, readWords(texts[field], language));
  const host = hostOf(story.url ?? '');
  const wordsOf = (field: Field): Words => words.get(field) ?? readWords('', language);
  let sourceWords: ReadonlySet<string> | null = null;
  return {
    language,
    words: wordsOf,
    names(field) {
      let found = names.get(field);
      if (found === undefined) names.set(field, (found = namesIn(wordsOf(field))));
      return found;
    },
    get sourceWords() {
      sourceWords ??= new Set([...sourceNameWords(story.source ?? ''), ...host.split('.')]);
      return sourceWords;
    },
    sourceName: sourceNameWords(story.source ?? '').join(' '),
    host,
  };
}

/** The words of a publisher's name, in normal form. */
export function sourceNameWords(name: string): string[] {
  return tokens(name).map(({ word }) => word);
}

/** The host of an address in lower case, without `www.`; '' for none. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? foldWord(new URL(url).hostname.replace(/^www\./u, '')) : '';
}
