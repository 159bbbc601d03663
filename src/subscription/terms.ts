/**
 * What an index has to know of queries and stories.
 *
 * Of a query: `requirementsOf` gives a small boolean program over *terms*. A story can match only if the program holds for
 * the terms present in it; when `decides` is true that is all, else `matchStory` has the last word.
 *
 * Of a term: which token keys make it present (`tokenKeysOf`), in the language of the story. All words a term can be found
 * by, inflected or not, stand behind one term, so a subscription is a program over few numbers.
 *
 * Of a story, cheapest first:
 * 1. `scan` reads a text into surface numbers; the same spelling has the same number within a surface generation.
 * 2. `keyedForms(surface, language)` gives the token keys of a surface: an index keeps, for each language and surface number,
 *    the terms those keys stand for, and does nothing else for a word it has met before.
 * 3. `opensName(surface, language)` says whether a country's name can begin there; only then `nameAt` is asked, and the
 *    positions of the name found are skipped for other names (not for words).
 * 4. Prefix terms are looked up in the words of a surface (`wordsOfSurface`), once for each surface.
 * 5. Pairs of neighbouring characters of scripts without spaces (`pairKey`), only where there are such.
 * 6. The publisher's name, the host and the language: `storyKeys`.
 */
import { foldWord } from '../story/text/normalise.ts';
import { isStopWord } from '../story/text/stop-words.ts';
import { surfaceOf } from '../story/text/surface-table.ts';
import { capitalsOf, familyWords, patternOf, prefixOf } from './find.ts';
import { elementKeys, readPattern, type Element, type Pattern } from './pattern.ts';
import { createRecent } from './recent.ts';
import { compoundWays, type Field, type Query, type QueryNode } from './query-tree.ts';
import { sourceNameWords, type StoryFacts } from './story-words.ts';

/**
 * One thing a story can hold.
 * - token: a token with one of `tokenKeysOf(term, language)`
 * - prefix: a word that begins with `text`
 * - name: the country `text` is named
 * - bigram: two token terms, the second right after the first, without a break between them
 * - pair: two neighbouring characters of a script without spaces (`pairKey`)
 * - story: one of `storyKeys` of the story
 */
export interface Term {
  readonly kind: 'token' | 'bigram' | 'prefix' | 'name' | 'pair' | 'story';
  /** Equal for equal terms, fields apart. */
  readonly key: string;
  readonly text: string;
  readonly element: Element | null;
  /** The two terms of a bigram. */
  readonly of: readonly [Term, Term] | null;
  /** The number that a vocabulary gave it last: no more than a hint, for another may have given it since. */
  hint: number;
}

/** Which fields a term is asked for in, as bits; `ANYWHERE` for all. A story term has all. */
export const TITLE = 1;
const SUMMARY = 2;
export const BODY = 4;
export const ANYWHERE = TITLE | SUMMARY | BODY;

export type Requirement =
  | { readonly op: 'term'; readonly term: Term; readonly fields: number }
  | { readonly op: 'all' | 'any'; readonly of: readonly Requirement[] }
  /** Token terms one after another, without a break between them, in one of the fields. */
  | { readonly op: 'sequence'; readonly of: readonly Term[]; readonly fields: number }
  /** Must not hold. */
  | { readonly op: 'none'; readonly of: Requirement }
  | { readonly op: 'always' };

export interface Requirements {
  readonly program: Requirement;
  /** The program alone decides; else a story for which it holds may still not match. */
  readonly decides: boolean;
}

const ALWAYS: Requirement = { op: 'always' };
/** Texts whose needs are kept, and as many that were asked for before those. */
const MOST_NEEDS = 100_000;
const FIELD_BITS: Readonly<Record<Field, number>> = { title: TITLE, summary: SUMMARY, body: BODY };

/** What a story must hold for a query to match it. */
export function requirementsOf(query: Query): Requirements {
  return need(query.root, ANYWHERE);
}

/** The token keys any of which makes a token term present in a story of this language; none for terms of other kinds. */
export function tokenKeysOf(term: Term, language: string): readonly string[] {
  return term.element === null ? [] : elementKeys(term.element, language);
}

/** The words of a surface that prefix terms are looked up in. */
export function wordsOfSurface(surface: number): readonly string[] {
  return surfaceOf(surface).forms.map(({ word }) => word);
}

/** The key of the pair term of two neighbouring characters in normal form. */
export function pairKey(first: string, second: string): string {
  return `pair ${first}${second}`;
}

/** The key of the name term of a country. */
function nameKey(code: string): string {
  return `name ${code}`;
}

/** The keys of the story terms present: publisher, host, language. */
export function storyKeys(language: string, facts: StoryFacts): readonly string[] {
  const keys = [`lang ${language}`];
  for (const word of facts.sourceWords) keys.push(`source ${word}`);
  for (let { host } = facts; host !== ''; host = host.slice(host.indexOf('.') + 1)) {
    keys.push(`host ${host}`);
    if (!host.includes('.')) break;
  }
  return keys;
}

function need(node: QueryNode, fields: number): Requirements {
  switch (node.kind) {
    case 'all':
      return combined(
        'all',
        node.of.map((child) => need(child, fields)),
      );
    case 'any':
      return combined(
        'any',
        node.of.map((child) => need(child, fields)),
      );
    case 'not':
      return excluded(need(node.of, fields));
    case 'group':
      return need(node.of, fields);
    case 'in':
      return need(node.of, fields & FIELD_BITS[node.field]);
    case 'compound':
      return need(compoundWays(node), fields);
    case 'stop':
      return { program: ALWAYS, decides: true };
    case 'word':
      return needText(node.text, 'word', fields);
    case 'exact':
      return node.within === null
        ? needText(node.text, 'exact', fields)
        : undecided(needWords(patternOf(node.text, true)?.sequences[0] ?? [], fields));
    case 'name':
      return combined('any', [
        ...node.codes.map((code) => needTerm('name', nameKey(code), code, fields)),
        ...familyWords(node.codes).map((word) => needText(word, 'word', fields)),
        ...(node.loose ? [needText(node.text, 'word', fields)] : []),
      ]);
    case 'prefix':
      return capitalsOf(node) === '' ? needPrefix(node.text, fields) : undecided(needPrefix(node.text, fields));
    case 'phrase':
      return node.within === null
        ? needText(node.text, 'phrase', fields)
        : undecided(needWords(patternOf(node.text, false)?.sequences[0] ?? [], fields));
    case 'near':
      return undecided(combined('all', [need(node.left, fields), need(node.right, fields)]));
    case 'source':
      return needSource(node.text);
    case 'lang':
      return needTerm('story', `lang ${node.lang}`, node.lang, ANYWHERE);
  }
}

function needTerm(
  kind: Exclude<Term['kind'], 'token' | 'bigram'>,
  key: string,
  text: string,
  fields: number,
): Requirements {
  return {
    program: { op: 'term', term: { kind, key, text, element: null, of: null, hint: 0 }, fields },
    decides: true,
  };
}

function needElement(element: Element, fields: number): Requirements {
  return { program: { op: 'term', term: elementTerm(element), fields }, decides: true };
}

function elementTerm(element: Element): Term {
  const { mode, word, marked, cased } = element;
  const text = mode === 'any' ? (word === marked ? word : `${word} ${marked}`) : cased;
  return { kind: 'token', key: `${mode} ${text}`, text: word, element, of: null, hint: 0 };
}

/**
 * What words and phrases need in any field, by their text: the same are asked for again and again. Phrases are more and come
 * back less often, so they have a place of their own.
 */
const needsAnywhere = {
  word: createRecent<Requirements>(MOST_NEEDS),
  phrase: createRecent<Requirements>(MOST_NEEDS),
  exact: createRecent<Requirements>(MOST_NEEDS),
};

function needText(text: string, kind: keyof typeof needsAnywhere, fields: number): Requirements {
  if (fields !== ANYWHERE) return needPattern(patternOf(text, kind === 'exact'), fields);
  const known = needsAnywhere[kind];
  let needed = known.get(text);
  if (needed === undefined) known.set(text, (needed = needPattern(readPattern(text, kind === 'exact'), fields)));
  return needed;
}

function needPattern(pattern: Pattern | null, fields: number): Requirements {
  if (pattern === null) return { program: { op: 'any', of: [] }, decides: true };
  return needWays(pattern, fields);
}

function needWays(pattern: Pattern, fields: number): Requirements {
  const bordered = pattern.borderBefore || pattern.borderAfter;
  const ways = pattern.sequences.map((sequence) => needSequence(sequence, fields));
  return bordered ? undecided(combined('any', ways)) : combined('any', ways);
}

function needSequence(sequence: readonly Element[], fields: number): Requirements {
  const [only] = sequence;
  if (only !== undefined && sequence.length === 1) return needElement(only, fields);
  if (sequence.some(({ afterMark }) => afterMark)) return undecided(needWords(sequence, fields));
  const of = sequence.map(elementTerm);
  const whole: Requirements = { program: { op: 'sequence', of, fields }, decides: true };
  if (fields !== ANYWHERE || sequence.some(isRunCharacter))
    return combined('all', [needWords(sequence, fields), whole]);
  const bigrams = of.slice(1).map((second, i) => needBigram(of[i] ?? second, second));
  return combined('all', bigrams.length > 1 ? [...bigrams, whole] : bigrams);
}

function needBigram(first: Term, second: Term): Requirements {
  const key = `bigram ${first.key.length} ${first.key} ${second.key}`;
  const text = `${first.text} ${second.text}`;
  const term: Term = { kind: 'bigram', key, text, element: null, of: [first, second], hint: 0 };
  return { program: { op: 'term', term, fields: ANYWHERE }, decides: true };
}

/** All words of a sequence, stop words left out where others are left; neighbouring characters of a run as pairs. */
function needWords(sequence: readonly Element[], fields: number): Requirements {
  const telling = sequence.filter(({ word }) => !isStopWord(word));
  const needed: Requirements[] = [];
  const inPair = new Set<Element>();
  for (const [i, element] of sequence.entries()) {
    const next = sequence[i + 1];
    if (next === undefined || !isRunCharacter(element) || !isRunCharacter(next)) continue;
    needed.push(needTerm('pair', pairKey(element.word, next.word), element.word + next.word, fields));
    inPair.add(element).add(next);
  }
  for (const element of telling.length === 0 ? sequence : telling) {
    if (!inPair.has(element)) needed.push(needElement(element, fields));
  }
  return combined('all', needed);
}

/** Whether an element is a single character of a script without spaces. */
export function isRunCharacter({ word }: { readonly word: string }): boolean {
  return /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\u30FC]/u.test(word);
}

function needPrefix(text: string, fields: number): Requirements {
  const pattern = patternOf(text, false);
  if (pattern?.run || pattern?.borderBefore) return undecided(needPattern(pattern, fields));
  const prefix = prefixOf(text);
  return needTerm('prefix', `prefix ${prefix}`, prefix, fields);
}

function needSource(text: string): Requirements {
  const host = foldWord(text).replace(/^www\./u, '');
  const byHost = needTerm('story', `host ${host}`, host, ANYWHERE);
  const words = sourceNameWords(text);
  const byName = combined(
    'all',
    words.map((word) => needTerm('story', `source ${word}`, word, ANYWHERE)),
  );
  return combined('any', [byHost, words.length > 1 ? undecided(byName) : byName]);
}

function undecided({ program }: Requirements): Requirements {
  return { program, decides: false };
}

function excluded({ program, decides }: Requirements): Requirements {
  return decides ? { program: { op: 'none', of: program }, decides } : { program: ALWAYS, decides };
}

function combined(op: 'all' | 'any', parts: readonly Requirements[]): Requirements {
  const decides = parts.every((part) => part.decides);
  const of: Requirement[] = [];
  for (const { program } of parts) {
    if (program.op === 'always') {
      if (op === 'any') return { program: ALWAYS, decides };
      continue;
    }
    if (program.op === op) of.push(...program.of);
    else of.push(program);
  }
  const [only] = of;
  if (op === 'all' && only === undefined) return { program: ALWAYS, decides };
  return { program: only !== undefined && of.length === 1 ? only : { op, of }, decides };
}
