import { lemmasOf } from '../story/text/lemma.ts';
import { foldWord } from '../story/text/normalise.ts';
import { countryNames } from './country-rows.ts';
import { holds } from './match.ts';
import type { Field, QueryNode } from './query-tree.ts';
import { FIELDS } from './query-tree.ts';
import { readStory, type StoryText, type StoryWords } from './story-words.ts';

/** So many exclusions are looked at: those of a query that a person types. */
const MOST_EXCLUSIONS = 20;

/**
 * The excluded terms (without their sign) that make a query match nothing, because something it asks for has to bring them
 * along: `cat -cats`. Found by trial: whatever holds what is asked for, as little as it may be, holds what is excluded.
 */
export function contradicted(root: QueryNode): readonly QueryNode[] {
  const parts = partsOf(root);
  const excluded = parts.flatMap((part) => (part.kind === 'not' ? [part.of] : [])).slice(0, MOST_EXCLUSIONS);
  if (excluded.length === 0) return [];
  const wanted = parts.filter(({ kind }) => kind !== 'not' && kind !== 'stop').map(leastStories);
  return excluded.filter((term) => wanted.some((stories) => isBroughtBy(term, stories)));
}

/** What a query asks for and excludes at once: its terms, and those of its brackets. */
function partsOf(node: QueryNode): readonly QueryNode[] {
  if (node.kind === 'all') return node.of.flatMap(partsOf);
  if (node.kind === 'group') return partsOf(node.of);
  return node.kind === 'compound' ? [node.left, node.right] : [node];
}

function isBroughtBy(term: QueryNode, stories: readonly StoryWords[]): boolean {
  return stories.length > 0 && stories.every((story) => holds(term, story, FIELDS));
}

/** Stories that hold a term and next to nothing else, one for each way to hold it; none where the ways are many. */
function leastStories(node: QueryNode): readonly StoryWords[] {
  return waysOf(node, FIELDS)
    .map((way) => readStory(way))
    .filter((story) => holds(node, story, FIELDS));
}

function waysOf(node: QueryNode, fields: readonly Field[]): StoryText[] {
  switch (node.kind) {
    case 'word':
      return storiesOf([node.text, ...formsOf(foldWord(node.text))], fields);
    case 'phrase':
    case 'exact':
      return node.within === null ? storiesOf([node.text], fields) : [];
    case 'name':
      return storiesOf([node.text, ...node.codes.flatMap(otherNames)], fields);
    case 'any': {
      const ways = node.of.map((branch) => waysOf(branch, fields));
      return ways.some((one) => one.length === 0) ? [] : ways.flat();
    }
    case 'group':
      return waysOf(node.of, fields);
    case 'in':
      return waysOf(node.of, fields.includes(node.field) ? [node.field] : []);
    default:
      return [];
  }
}

/** Forms of a word that are seldom all the same: what it is a form of, and those in -s. */
function formsOf(word: string): readonly string[] {
  return lemmasOf(word).flatMap((lemma) => [lemma, `${lemma}s`]);
}

function otherNames(code: string): readonly string[] {
  const names = countryNames(code);
  return names === undefined ? [] : [...names.demonyms.slice(0, 1), ...names.capitals.slice(0, 1)];
}

function storiesOf(texts: readonly string[], fields: readonly Field[]): StoryText[] {
  return texts.flatMap((text) =>
    fields.map((field) => ({ title: '', summary: '', body: '', lang: 'en', [field]: text })),
  );
}
