import type { Query } from '../subscription/query.ts';
import { shownTerms, type ShownTerms } from '../subscription/shown-terms.ts';
import { isBoilerplate } from './boilerplate.ts';
import { withoutDateline } from './dateline.ts';
import { excerpt, type Stretch } from './excerpt.ts';
import { normalised, wordOverlap } from './identity.ts';
import { inARow, LEAST_CHARS, MOST_CHARS, summaryOf } from './pieces.ts';
import { oneLine } from './plain-characters.ts';
import { type Asked, type Candidate, inOrder, weigh } from './sentence-choice.ts';
import type { Story } from './story.ts';
import {
  beginsWithin,
  isCutOff,
  isEnded,
  type Line,
  type LineKind,
  MOST_TEXT_CHARS,
  paragraphsOf,
  storyLines,
} from './story-lines.ts';

const LEAST_DESCRIPTION_CHARS = 60;
/** A text of this length makes a summary if it makes one at all. */
const ENOUGH_TEXT_CHARS = 4_000;
const OWN_WORDS = 0.8;
/** A sentence that shares more of its words with a description says it again. */
const SAID_AGAIN = 0.5;
/** A publisher's own description is the better beginning of a summary. */
const DESCRIPTION_FAVOUR = 0.6;
const FRAGMENT_DISFAVOUR = 0.5;

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
 * shown. Captions, walls and whatever else is none of the story are passed over.
 * @returns [] for a text without a word
 */
export function summarise({ title, text, query, maxSentences, lang }: SummariseInput): string[] {
  const lines = storyLines(text, title, lang);
  const shown = shownTerms(query, partsOf(lines), lang);
  const choice = weigh(candidatesOf(lines, 0, shown), title);
  const room = { sentences: Math.max(1, maxSentences), chars: Infinity };
  const chosen = choice.filled(choice.covering(askedOf(shown), room), room);
  return inOrder(chosen).flatMap(({ position, count }) =>
    lines.slice(position, position + count).map((line) => line.text),
  );
}

/**
 * What an alert shows of a story, on one line: the publisher's description if it is good (60 characters and more, whole sentences,
 * not the title again), else the best two or three sentences of description and body. The query's words are among them
 * wherever the story holds them. 120 to 400 characters where the story has as many: a description that is shorter is
 * followed by what the body adds. All of it is the publisher's: of sentences too long to be shown whole there is an
 * excerpt, and an ellipsis stands wherever something was left out within one.
 * @returns '' when there is nothing worth showing
 */
export function chooseSummary({ title, description, body, query, lang }: AlertText): string {
  const own = oneLine(withoutDateline(description.slice(0, MOST_TEXT_CHARS).trim()));
  const { lines, described } = linesOf({ title, description, body, query, lang });
  const shown = shownTerms(query, partsOf(lines), lang);
  const asked = askedOf(shown);
  const ofOwn = shownTerms(query, [{ text: own, paragraph: 0 }], lang);
  if (isGoodDescription(description, own, title) && (asked.all & ~askedOf(ofOwn).all) === 0) {
    return withMore(own, lines.slice(described), title);
  }
  if (!lines.some(({ kind }) => kind === 'sentence')) {
    const text = own === '' || (asked.all & ~askedOf(ofOwn).all) !== 0 ? inARow(lines.map(asMarked)) : own;
    return fallback(text, shown.places(asked.all, text), title);
  }
  const candidates = candidatesOf(lines, own.length < LEAST_DESCRIPTION_CHARS ? 0 : described, shown);
  return summaryOf(weigh(candidates, title), asked, shown.places);
}

/** Whether what a feed carries of a story makes no good summary: neither a whole description nor sentences enough. */
export function saysTooLittle(story: Pick<Story, 'title' | 'summary' | 'body' | 'lang'>): boolean {
  const { title, summary, lang } = story;
  const body = story.body.slice(0, ENOUGH_TEXT_CHARS);
  const shown = chooseSummary({ title, description: summary, body, lang });
  // An excerpt of a long sentence ends with the same mark as a text that was cut off.
  const whole = storyLines(`${summary}\n\n${body}`, title, lang).filter(({ kind }) => kind === 'sentence');
  const told = isCutOff(shown) ? whole.map((line) => line.shown).join(' ') : shown;
  return told.length < LEAST_CHARS && !isGood(told, title);
}

/** The lines of description and body, each once, and how many of them are the description's. */
function linesOf(story: AlertText): { readonly lines: readonly Line[]; readonly described: number } {
  const { title, description, body, query, lang } = story;
  const own = storyLines(description, title, lang);
  const known = new Set(own.map(({ text }) => text));
  const before = (own.at(-1)?.paragraph ?? 0) + 1;
  const told = storyLines(body, title, lang, before).filter(({ text }) => !known.has(text));
  return { lines: withPlaces([...own, ...told], query, lang), described: own.length };
}

/** A dateline stays where it is the only place of a word asked for. */
function withPlaces(lines: readonly Line[], query: Query | undefined, lang: string): readonly Line[] {
  if (query === undefined || lines.every(({ said, shown }) => said === shown)) return lines;
  const bare = askedOf(shownTerms(query, partsOf(lines), lang)).all;
  const dated = shownTerms(
    query,
    lines.map(({ said, paragraph }) => ({ text: said, paragraph })),
    lang,
  );
  return lines.map((line, i) => ((dated.masks[i] ?? 0) & ~bare ? { ...line, shown: line.said } : line));
}

function partsOf(lines: readonly Line[]): readonly { readonly text: string; readonly paragraph: number }[] {
  return lines.map(({ shown, paragraph }) => ({ text: shown, paragraph }));
}

function askedOf({ masks, runs, required }: ShownTerms): Asked {
  const all = [...masks, ...runs.map(({ shows }) => shows)].reduce((held, mask) => held | mask, 0);
  return { required, all };
}

function isGoodDescription(description: string, own: string, title: string): boolean {
  return own.length <= MOST_CHARS && isGood(own, title) && paragraphsOf(description).every(isEnded);
}

/** A short description with what the body adds to it. */
function withMore(own: string, told: readonly Line[], title: string): string {
  let text = own;
  const sentences = told.filter(({ kind, shown }) => kind === 'sentence' && own.length + shown.length < MOST_CHARS);
  const first = plainly(own, -1);
  const others = sentences.map(({ shown }, position) => plainly(shown, position));
  const choice = weigh([first, ...others], title);
  for (const chosen: Candidate[] = [first]; text.length < LEAST_CHARS;) {
    const next = choice.next(chosen, SAID_AGAIN);
    if (next === null) break;
    chosen.push(next);
    text = inARow(inOrder(chosen).map((one) => one.text));
  }
  return text.length <= MOST_CHARS ? text : own;
}

/** A sentence of which only its words count. */
function plainly(text: string, position: number): Candidate {
  return { text, position, count: 1, shows: 0, favour: 0 };
}

/** Nothing makes a whole sentence: the text as far as it goes, if it says more than the title or holds a word asked for. */
function fallback(text: string, asked: readonly Stretch[], title: string): string {
  const says = text.length >= LEAST_DESCRIPTION_CHARS && !saysTitle(text, title);
  return (says || asked.length > 0) && !isBoilerplate(text) ? excerpt(text, asked, MOST_CHARS) : '';
}

function isGood(text: string, title: string): boolean {
  return text.length >= LEAST_DESCRIPTION_CHARS && isEnded(text) && !isCutOff(text) && !saysTitle(text, title);
}

function saysTitle(text: string, title: string): boolean {
  if (title === '') return false;
  return normalised(text) === normalised(title) || wordOverlap(text, title) >= OWN_WORDS;
}

/**
 * What may be chosen: the whole sentences, and lesser lines or several in a row only for a word asked for that nothing better shows.
 * @param described how many of the lines, from the first, are the publisher's description
 */
function candidatesOf(lines: readonly Line[], described: number, { masks, runs }: ShownTerms): Candidate[] {
  const candidates: Candidate[] = [];
  let covered = 0;
  function add(position: number, count: number, shows: number): void {
    const some = lines.slice(position, position + count).map((line, i) => asMarked(line, position + i, lines));
    const text = inARow(some);
    const favour = (position < described ? DESCRIPTION_FAVOUR : 0) - (beginsWithin(text) ? FRAGMENT_DISFAVOUR : 0);
    candidates.push({ text, position, count, shows, favour });
    covered |= shows;
  }
  const whole = lines.filter(({ kind }) => kind === 'sentence');
  const last = lines.findLastIndex(({ kind }) => kind === 'sentence');
  const little = whole.reduce((sum, { shown }) => sum + shown.length, 0) < LEAST_CHARS;
  for (const kind of ['sentence', 'statement', 'fragment'] satisfies LineKind[]) {
    const before = covered;
    for (const [i, line] of lines.entries()) {
      const isNeeded = ((masks[i] ?? 0) & ~before) !== 0 && !isDangling(lines, i, last);
      const isFull = kind === 'sentence' || (little && isEnded(line.said));
      if (line.kind === kind && (isFull || isNeeded)) add(i, 1, masks[i] ?? 0);
    }
  }
  for (const { from, to, shows } of runs) {
    const inside = masks.slice(from, to + 1).reduce((all, mask) => all | mask, shows);
    if ((inside & ~covered) !== 0) add(from, to - from + 1, inside);
  }
  return candidates;
}

/** A line as it is shown, with an ellipsis where its beginning or its end is missing. */
function asMarked({ shown }: Line, at: number, lines: readonly Line[]): string {
  const before = lines[at - 1];
  const begins = beginsWithin(shown) && before !== undefined && !isEnded(before.said) ? '…' : '';
  return `${begins}${shown}${isEnded(shown) ? '' : '…'}`;
}

/**
 * A heading behind which nothing comes, as of a list of links or under a picture.
 * @param lastSentence the place of the last whole sentence, -1 for none
 */
function isDangling(lines: readonly Line[], at: number, lastSentence: number): boolean {
  const line = lines[at];
  if (line?.kind !== 'fragment' || isEnded(line.said) || lastSentence < 0 || at < lastSentence) return false;
  return lines[at - 1]?.paragraph !== line.paragraph && lines[at + 1]?.paragraph !== line.paragraph;
}
