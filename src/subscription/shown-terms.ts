import type { Span } from '../story/story.ts';
import { highlight } from './match.ts';
import { compoundWays, positiveTerms, type Query, type QueryNode, type QueryTerm } from './query-tree.ts';
import { readStory } from './story-words.ts';

/** Terms beyond these are not looked for: a bit each. */
const MOST_TERMS = 24;
/** A term is looked for in so many neighbouring parts at most. */
const MOST_TOGETHER = 4;
/** Of so many places of a term the best is chosen. */
const MOST_PLACES = 40;
/** So many stretches are tried for words that stand near one another: the first mostly does. */
const MOST_TRIES = 60;

/** A part of a text, as it is shown. */
export interface Part {
  readonly text: string;
  readonly paragraph: number;
}

/** Neighbouring parts, the last one included. */
export interface Run {
  readonly from: number;
  readonly to: number;
  readonly shows: number;
}

/** Which of a query's positive terms the parts of a text show; bit i is the i-th term. */
export interface ShownTerms {
  /** For each part the terms that it shows all by itself. */
  readonly masks: readonly number[];
  /** Terms that no part shows alone, and the parts that do together: words near one another, a phrase over a division. */
  readonly runs: readonly Run[];
  /** Those that are to be shown for the query to be answered: of alternatives the first that the text holds whole. */
  readonly required: number;
  /** The terms of a mask in a text, each where it stands; nothing for those that the text does not show. */
  readonly places: (mask: number, text: string) => readonly Span[];
}

/** @param lang BCP 47, or '': then the parts tell it together */
export function shownTerms(query: Query | undefined, parts: readonly Part[], lang: string): ShownTerms {
  const masks = parts.map(() => 0);
  if (query === undefined || parts.length === 0) return { masks, runs: [], required: 0, places: () => [] };
  const { text, starts } = joined(parts);
  const story = { title: '', summary: text, lang };
  const language = lang === '' ? readStory(story).language : lang;
  const terms = termsOf(query.root);
  const runs: Run[] = [];
  for (const [bit, term] of terms.entries()) {
    const spans = spansOf(term, story).slice(0, MOST_PLACES * parts.length);
    const within = spans.map(({ start, end }) => [partAt(starts, start), partAt(starts, end - 1)] as const);
    const whole = new Set(within.flatMap(([first, last]) => (first === last ? [first] : [])));
    const alone = isSpread(term)
      ? [...whole].slice(0, MOST_TRIES).filter((at) => shows(term, parts.slice(at, at + 1), language))
      : whole;
    for (const at of alone) masks[at] = (masks[at] ?? 0) | (1 << bit);
    const run = [...alone].length > 0 ? null : shortestRun(term, within, parts, language);
    if (run) runs.push({ ...run, shows: 1 << bit });
  }
  const held = [...masks, ...runs.map((run) => run.shows)].reduce((all, mask) => all | mask, 0);
  return {
    masks,
    runs,
    required: requiredOf(query.root, terms, held),
    places: (mask, shown) =>
      placesOf(
        terms.filter((_, bit) => mask & (1 << bit)),
        { title: '', summary: shown, lang: language },
      ),
  };
}

/** The parts as one text, as they are read one after another, and where each begins. */
function joined(parts: readonly Part[]): { readonly text: string; readonly starts: readonly number[] } {
  const starts: number[] = [];
  let text = '';
  for (const [i, part] of parts.entries()) {
    if (i > 0) text += parts[i - 1]?.paragraph === part.paragraph ? ' ' : '\n\n';
    starts.push(text.length);
    text += part.text;
  }
  return { text, starts };
}

function termsOf(node: QueryNode): QueryTerm[] {
  const terms = positiveTerms(node).filter(({ kind }) => kind !== 'stop' && kind !== 'source' && kind !== 'lang');
  return [...terms, ...joinedWords(node)].slice(0, MOST_TERMS);
}

/** The one word that two bare words may be written as. */
function joinedWords(node: QueryNode): QueryTerm[] {
  switch (node.kind) {
    case 'all':
    case 'any':
      return node.of.flatMap(joinedWords);
    case 'group':
    case 'in':
      return joinedWords(node.of);
    case 'compound':
      return [node.joined];
    default:
      return [];
  }
}

function isSpread(term: QueryTerm): boolean {
  return term.kind === 'near' || ((term.kind === 'phrase' || term.kind === 'exact') && term.within !== null);
}

function spansOf(term: QueryTerm, story: { title: string; summary: string; lang: string }): readonly Span[] {
  return highlight({ root: term }, story).filter(({ field }) => field === 'summary');
}

function shows(term: QueryTerm, parts: readonly Part[], lang: string): boolean {
  return spansOf(term, { title: '', summary: joined(parts).text, lang }).length > 0;
}

function partAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The fewest neighbouring parts that show a term, the first such; null where so few do not. */
function shortestRun(
  term: QueryTerm,
  within: readonly (readonly [first: number, last: number])[],
  parts: readonly Part[],
  lang: string,
): { readonly from: number; readonly to: number } | null {
  const touched = new Set(within.flat());
  let tries = 0;
  for (let more = 1; more < MOST_TOGETHER; more++) {
    for (const from of touched) {
      const to = from + more;
      if (!touched.has(to)) continue;
      if (tries++ >= MOST_TRIES) return null;
      if (shows(term, parts.slice(from, to + 1), lang)) return { from, to };
    }
  }
  return null;
}

function requiredOf(node: QueryNode, terms: readonly QueryTerm[], held: number): number {
  const of = (child: QueryNode): number => requiredOf(child, terms, held);
  switch (node.kind) {
    case 'not':
      return 0;
    case 'all':
      return node.of.reduce((mask, child) => mask | of(child), 0);
    case 'any':
      return firstHeld(node.of.map((child) => ({ mask: of(child), whole: isHeld(child, terms, held) })));
    case 'compound':
      return of(compoundWays(node));
    case 'group':
    case 'in':
      return of(node.of);
    default: {
      const bit = terms.indexOf(node);
      return bit < 0 ? 0 : held & (1 << bit);
    }
  }
}

function firstHeld(ways: readonly { readonly mask: number; readonly whole: boolean }[]): number {
  const some = ways.filter(({ mask }) => mask !== 0);
  return (some.find(({ whole }) => whole) ?? some[0])?.mask ?? 0;
}

/** Whether every term of a node is among those held; exclusions aside. */
function isHeld(node: QueryNode, terms: readonly QueryTerm[], held: number): boolean {
  return positiveTerms(node).every((term) => {
    const bit = terms.indexOf(term);
    return bit < 0 || (held & (1 << bit)) !== 0;
  });
}

interface Shown {
  readonly title: string;
  readonly summary: string;
  readonly lang: string;
}

/** One place for each term, close to those of the terms before it. */
function placesOf(terms: readonly QueryTerm[], story: Shown): Span[] {
  const chosen: Span[] = [];
  for (const term of terms) {
    const spans = spansOf(term, story).slice(0, MOST_PLACES);
    const places = isSpread(term) ? spreadPlaces(term, spans, story) : spans;
    const near = (place: Span): number =>
      chosen.reduce((sum, { start, end }) => sum + Math.max(0, place.start - end, start - place.end), 0);
    const best = places.toSorted((a, b) => near(a) - near(b) || a.start - b.start)[0];
    if (best) chosen.push(best);
  }
  return chosen;
}

/** The shortest stretches that hold the words of a spread term, one from each of them on. */
function spreadPlaces(term: QueryTerm, spans: readonly Span[], story: Shown): Span[] {
  const found: Span[] = [];
  let tries = 0;
  for (const [i, span] of spans.entries()) {
    for (const last of spans.slice(i + 1, i + MOST_TOGETHER * 2)) {
      if (tries++ >= MOST_TRIES) return found;
      const stretch = story.summary.slice(span.start, last.end);
      if (spansOf(term, { ...story, summary: stretch }).length === 0) continue;
      found.push({ ...span, end: last.end });
      break;
    }
  }
  return found;
}
