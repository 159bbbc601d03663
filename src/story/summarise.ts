import { highlight } from '../subscription/match.ts';
import { positiveTerms } from '../subscription/query-tree.ts';
import type { Query } from '../subscription/query.ts';
import { isBoilerplate, isWall } from './boilerplate.ts';
import { withoutDateline } from './dateline.ts';
import { normalised, wordOverlap } from './identity.ts';
import { oneLine } from './plain-characters.ts';
import { type Candidate, chooseSentences } from './sentence-choice.ts';
import { splitSentences } from './sentences.ts';
import type { Story } from './story.ts';

const LEAST_DESCRIPTION_CHARS = 60;
const LEAST_CHARS = 120;
const USUAL_CHARS = 400;
const MOST_CHARS = 700;
const USUAL_SENTENCES = 2;
/** Of longer texts only the beginning is read. */
const MOST_TEXT_CHARS = 40_000;
/** A text of this length makes a summary if it makes one at all. */
const ENOUGH_TEXT_CHARS = 4_000;
const LEAST_STATEMENT_CHARS = 60;
const LEAST_STATEMENT_WORDS = 8;
const MOST_TERMS = 24;
const WHOLE = /[.!?。！？｡．։።፧။॥।۔؟;…][\s"”’'»«“)\]）」』】》]{0,6}$/u;
const CUT_OFF = /(?:…|\.{3})[\s"”’»)\]]{0,4}$/u;
/** Where the talk of a wall begins this far into a text, nothing behind it is the story's. */
const WALL_AFTER_CHARS = 400;
const OWN_WORDS = 0.8;
/** A publisher's own description is the better beginning of a summary. */
const DESCRIPTION_FAVOUR = 0.6;
/** The rest of a sentence whose beginning stood elsewhere, as behind a linked name. */
const BEGINS_SMALL = /^\p{Ll}(?!\p{Lu})/u;
const FRAGMENT_DISFAVOUR = 0.5;
const UNSPACED_END = /[。！？][」』”）】]{0,3}$/u;
const BULLET = /^[-–•*·]\s+/u;
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

export interface SummariseInput {
  readonly title: string;
  /** Plain text, paragraphs parted by blank lines. */
  readonly text: string;
  readonly query?: Query | undefined;
  /** At least 1. */
  readonly maxSentences: number;
  /** BCP 47, or ''. */
  readonly lang: string;
}

export interface AlertText {
  readonly title: string;
  /** The publisher's description, cleaned; '' for none. */
  readonly description: string;
  /** The story's full text as far as it is known; '' for none. */
  readonly body: string;
  readonly query?: Query | undefined;
  /** BCP 47, or ''. */
  readonly lang: string;
}

/**
 * The sentences that tell most of a text, verbatim and in its order. With a query, they show as many of its words as can be
 * shown. Captions, headings, walls and whatever else is no sentence of the story are passed over.
 * @returns [] for a text without a word
 */
export function summarise({ title, text, query, maxSentences, lang }: SummariseInput): string[] {
  const lines = storyLines(text.slice(0, MOST_TEXT_CHARS), title, lang);
  const candidates = asCandidates(lines, 0, query, lang);
  const room = { sentences: Math.max(1, maxSentences), chars: Infinity, mostChars: Infinity };
  return chooseSentences(candidates, title, room).map((chosen) => chosen.text);
}

/**
 * What an alert shows of a story, on one line: the publisher's description if it is good (60 characters and more, whole sentences,
 * not the title again), else the best two or three sentences of description and body; where a sentence shows the query's
 * words, one that does is among them. 120 to 400 characters where the text allows, never over 700; only a single
 * sentence is ever cut, between graphemes and with an ellipsis.
 * @returns '' when there is nothing worth showing
 */
export function chooseSummary({ title, description, body, query, lang }: AlertText): string {
  const own = oneLine(withoutDateline(description.slice(0, MOST_TEXT_CHARS).trim()));
  const described = storyLines(description.slice(0, MOST_TEXT_CHARS), title, lang);
  const known = new Set(described.map(({ text }) => text));
  const told = storyLines(body.slice(0, MOST_TEXT_CHARS), title, lang).filter(({ text }) => !known.has(text));
  const favoured = own.length < LEAST_DESCRIPTION_CHARS ? 0 : described.length;
  const candidates = asCandidates([...described, ...told], favoured, query, lang);
  const shownByOwn = masks([own], query, lang)[0] ?? 0;
  const whole = paragraphsOf(description).every((paragraph) => WHOLE.test(paragraph));
  if (whole && own.length <= USUAL_CHARS && isGood(own, title) && (shownBy(candidates) & ~shownByOwn) === 0) return own;
  const sentences = fitting(candidates, title);
  if (sentences.length === 0) return fallback(own === '' ? oneLine(paragraphsOf(body)[0] ?? '') : own, title);
  const summary = inARow(sentences.map(({ text }) => oneLine(withoutDateline(text)).replace(BULLET, '')));
  return summary.length <= MOST_CHARS ? summary : cut(summary, query, lang);
}

/** Sentences one after another, with a space where their script writes one. */
function inARow(sentences: readonly string[]): string {
  return sentences.reduce((row, sentence) => `${row}${row === '' || UNSPACED_END.test(row) ? '' : ' '}${sentence}`, '');
}

/** Whether what a feed carries of a story makes no good summary: neither a whole description nor sentences enough. */
export function saysTooLittle(story: Pick<Story, 'title' | 'summary' | 'body' | 'lang'>): boolean {
  const { title, summary, body, lang } = story;
  const shown = chooseSummary({ title, description: summary, body: body.slice(0, ENOUGH_TEXT_CHARS), lang });
  return CUT_OFF.test(shown) || (shown.length < LEAST_CHARS && !isGood(shown, title));
}

/** Two sentences; three where two are little or leave out a word asked for that three show. */
function fitting(candidates: readonly Candidate[], title: string): Candidate[] {
  const room = { chars: USUAL_CHARS, mostChars: MOST_CHARS };
  const two = chooseSentences(candidates, title, { ...room, sentences: USUAL_SENTENCES });
  const chars = two.reduce((sum, { text }) => sum + text.length + 1, -1);
  if (chars >= LEAST_CHARS && shownBy(two) === shownBy(candidates)) return two;
  return chooseSentences(candidates, title, { ...room, sentences: USUAL_SENTENCES + 1 });
}

function shownBy(candidates: readonly Candidate[]): number {
  return candidates.reduce((mask, { shows }) => mask | shows, 0);
}

/** Nothing makes a whole sentence: the description as far as it goes, if it says more than the title. */
function fallback(own: string, title: string): string {
  if (own.length < LEAST_DESCRIPTION_CHARS || saysTitle(own, title) || isBoilerplate(own)) return '';
  return own.length <= USUAL_CHARS ? own : cutAt(own, USUAL_CHARS);
}

function isGood(text: string, title: string): boolean {
  return text.length >= LEAST_DESCRIPTION_CHARS && WHOLE.test(text) && !CUT_OFF.test(text) && !saysTitle(text, title);
}

function saysTitle(text: string, title: string): boolean {
  if (title === '') return false;
  return normalised(text) === normalised(title) || wordOverlap(text, title) >= OWN_WORDS;
}

/** A stretch of a story that may be shown, verbatim. */
interface Line {
  readonly text: string;
  /** It is a whole sentence; else the point of a list, or a line whose end is missing. */
  readonly whole: boolean;
}

/** The lines of a text that tell its story, in order, each once. */
function storyLines(text: string, title: string, lang: string): Line[] {
  const lines = new Map<string, Line>();
  let chars = 0;
  for (const paragraph of paragraphsOf(text)) {
    const line = oneLine(paragraph);
    if (isWall(line) && chars > WALL_AFTER_CHARS) break;
    if (line === '' || isBoilerplate(line)) continue;
    for (const sentence of splitSentences(paragraph, lang)) {
      const said = oneLine(sentence);
      const whole = isShowable(said);
      if (!(whole || isStatement(said)) || isBoilerplate(said) || normalised(said) === normalised(title)) continue;
      lines.set(sentence, { text: sentence, whole });
      if (whole) chars += sentence.length;
    }
  }
  return [...lines.values()];
}

function paragraphsOf(text: string): string[] {
  return text
    .slice(0, MOST_TEXT_CHARS)
    .trim()
    .split(/\n[^\S\n]*\n/u);
}

/** A whole sentence of more than a word or two, not cut off. */
function isShowable(text: string): boolean {
  const least = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(text) ? 8 : 15;
  return text.length >= least && WHOLE.test(text) && !CUT_OFF.test(text);
}

/** Without an end, but too long for a heading or a name. */
function isStatement(text: string): boolean {
  return text.length >= LEAST_STATEMENT_CHARS && !CUT_OFF.test(text) && text.split(' ').length >= LEAST_STATEMENT_WORDS;
}

/**
 * What may be chosen: the whole sentences, and others only for a word asked for that no whole one shows.
 * @param described how many of the lines, from the first, are the publisher's description
 */
function asCandidates(lines: readonly Line[], described: number, query: Query | undefined, lang: string): Candidate[] {
  const texts = lines.map(({ text }) => text);
  const shown = masks(texts, query, lang);
  const byWhole = lines.reduce((mask, { whole }, i) => (whole ? mask | (shown[i] ?? 0) : mask), 0);
  return lines.flatMap(({ text, whole }, position) => {
    const shows = shown[position] ?? 0;
    if (!whole && (shows & ~byWhole) === 0) return [];
    const favour = (position < described ? DESCRIPTION_FAVOUR : 0) - (BEGINS_SMALL.test(text) ? FRAGMENT_DISFAVOUR : 0);
    return [{ text, position, shows, favour }];
  });
}

/** For each text a bit for each of the query's positive terms that it shows. Read as one text, so that its language is one. */
function masks(texts: readonly string[], query: Query | undefined, lang: string): number[] {
  const found = texts.map(() => 0);
  if (query === undefined || texts.length === 0) return found;
  const starts: number[] = [];
  let whole = '';
  for (const text of texts) {
    starts.push(whole.length);
    whole += `${text}\n\n`;
  }
  const story = { title: '', summary: whole, lang };
  for (const [bit, term] of positiveTerms(query.root).slice(0, MOST_TERMS).entries()) {
    for (const span of highlight({ root: term }, story)) {
      const at = starts.findLastIndex((start) => start <= span.start);
      if (span.field === 'summary' && at >= 0) found[at] = (found[at] ?? 0) | (1 << bit);
    }
  }
  return found;
}

/** A single long sentence, cut so that its first matched word still shows. */
function cut(text: string, query: Query | undefined, lang: string): string {
  const spans = query === undefined ? [] : highlight(query, { title: '', summary: text, lang });
  const first = spans.find(({ field }) => field === 'summary');
  if (first === undefined || first.end < MOST_CHARS - 20) return cutAt(text, MOST_CHARS);
  const from = text.indexOf(' ', Math.max(0, first.start - MOST_CHARS / 2));
  const start = from < 0 || from > first.start ? first.start : from + 1;
  return cutAt(`…${text.slice(start)}`, MOST_CHARS);
}

/** At most so many UTF-16 units, the ellipsis among them; never inside a grapheme, at a word's end where one is near. */
function cutAt(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = 0;
  for (const { index, segment } of graphemes.segment(text.slice(0, most + 50))) {
    if (index + segment.length > most - 1) break;
    end = index + segment.length;
  }
  const space = text.lastIndexOf(' ', end);
  return `${text.slice(0, space > most * 0.8 ? space : end).trimEnd()}…`;
}
