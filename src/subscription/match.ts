import type { Span } from '../story/story.ts';
import { findTerm } from './find.ts';
import {
  compoundWays,
  FIELDS,
  printNode,
  type Field,
  type Query,
  type QueryNode,
  type QueryTerm,
  type SourceTerm,
} from './query-tree.ts';
import { readStory, sourceNameWords, type StoryText, type StoryWords } from './story-words.ts';
import { foldWord } from '../story/text/normalise.ts';

export type { StoryText } from './story-words.ts';

/** What a story was found by. */
export interface StoryMatch {
  /** The positive terms wherever they occur: UTF-16 units of the story's own text, sorted, none overlapping another. */
  readonly spans: readonly Span[];
}

/** Whether a story is one that a query asks for, and by which of its words; null when it is not. */
export function matchStory(query: Query, story: StoryText): StoryMatch | null {
  const read = readStory(story);
  return holds(query.root, read, FIELDS) ? { spans: spansOf(query, read) } : null;
}

/** The places of a query's positive terms in a text, whether or not it matches as a whole. */
export function highlight(query: Query, story: StoryText): readonly Span[] {
  return spansOf(query, readStory(story));
}

/**
 * What stands between a story and a query, each as it would be typed: the terms and groups it lacks, and the excluded ones
 * it holds (with their `-`). Empty when it matches.
 */
export function missingFrom(query: Query, story: StoryText): readonly string[] {
  return missing(query.root, readStory(story), FIELDS);
}

function missing(node: QueryNode, story: StoryWords, fields: readonly Field[]): string[] {
  if (holds(node, story, fields)) return [];
  switch (node.kind) {
    case 'all':
      return node.of.flatMap((child) => missing(child, story, fields));
    case 'group':
      return node.of.kind === 'all' ? missing(node.of, story, fields) : [printNode(node)];
    default:
      return [printNode(node)];
  }
}

/** Whether a story holds what a part of a query asks for, in some of its fields. */
export function holds(node: QueryNode, story: StoryWords, fields: readonly Field[]): boolean {
  switch (node.kind) {
    case 'all':
      return node.of.every((child) => holds(child, story, fields));
    case 'any':
      return node.of.some((child) => holds(child, story, fields));
    case 'not':
      return !holds(node.of, story, fields);
    case 'group':
      return holds(node.of, story, fields);
    case 'in':
      return holds(node.of, story, fields.includes(node.field) ? [node.field] : []);
    case 'compound':
      return holds(compoundWays(node), story, fields);
    case 'stop':
      return true;
    case 'lang':
      return story.language === node.lang;
    case 'source':
      return isFrom(node, story);
    default:
      return fields.some((field) => findTerm(node, story, field).length > 0);
  }
}

/** By the words of the publisher's name, or by the host: one of its labels, or it and what stands before it. */
function isFrom({ text }: SourceTerm, { facts }: StoryWords): boolean {
  const host = foldWord(text).replace(/^www\./u, '');
  if (facts.host !== '' && (facts.host === host || facts.host.endsWith(`.${host}`))) return true;
  const words = sourceNameWords(text);
  if (words.length === 0) return false;
  if (words.length === 1) return facts.sourceWords.has(words[0] ?? '');
  return ` ${facts.sourceName} `.includes(` ${words.join(' ')} `);
}

function spansOf(query: Query, story: StoryWords): Span[] {
  const spans: Span[] = [];
  for (const field of FIELDS) {
    const lists = new Set<readonly Place[]>();
    collect(query.root, story, field, lists);
    const places = [...lists].flat();
    places.sort((a, b) => a.start - b.start || b.end - a.end);
    for (const { start, end } of places) {
      const last = spans.at(-1);
      if (last?.field === field && start < last.end) {
        if (end > last.end) spans[spans.length - 1] = { field, start: last.start, end };
      } else spans.push({ field, start, end });
    }
  }
  return spans;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Adds the places of all positive terms; what is asked for twice is one list. */
function collect(node: QueryNode, story: StoryWords, field: Field, into: Set<readonly Place[]>): void {
  switch (node.kind) {
    case 'all':
    case 'any':
      for (const child of node.of) collect(child, story, field, into);
      return;
    case 'not':
      return;
    case 'compound':
      return collect(compoundWays(node), story, field, into);
    case 'group':
      return collect(node.of, story, field, into);
    case 'in':
      if (node.field === field) collect(node.of, story, field, into);
      return;
    default:
      collectTerm(node, story, field, into);
  }
}

function collectTerm(term: QueryTerm, story: StoryWords, field: Field, into: Set<readonly Place[]>): void {
  into.add(findTerm(term, story, field));
}
