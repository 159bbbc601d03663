import type { Row } from '../story/text/words.ts';
import { keyedForms } from '../story/text/token-keys.ts';
import { isOneSegment } from '../story/text/segments.ts';
import { allNames, inflectedKeys, type Name } from './name-table.ts';

/** A country's name found in a text: which one, and from which position over how many. */
export interface NameFound {
  /** ISO 3166 code, or a family such as `korea`; several when the name stands for both, none for a name of something else. */
  readonly codes: readonly string[];
  readonly position: number;
  readonly positions: number;
  readonly start: number;
  readonly end: number;
  /** Its word has an ordinary twin, or it is an acronym. */
  readonly cased: boolean;
  readonly kind: Name['kind'];
}

interface Node {
  readonly next: Map<string, Node>;
  end: { readonly name: Name; readonly bordered: boolean } | null;
}

const tries = new Map<string, Node>();

/** The names in a text, left to right, the longest at each place, none inside another. */
export function namesIn(words: Row): readonly NameFound[] {
  const root = trieOf(words.language);
  const found: NameFound[] = [];
  for (let at = 0; at < words.count;) {
    const name = longestAt(words, root, at);
    if (name === null) {
      at++;
      continue;
    }
    found.push(name);
    at += name.positions;
  }
  return found;
}

/**
 * The longest name that begins at a position and runs over unbroken positions, or null.
 * @param anyCase names that need a capital are found without one too, as a member may type them
 */
export function nameAt(words: Row, at: number, anyCase = false): NameFound | null {
  return longestAt(words, trieOf(words.language), at, anyCase);
}

/** Whether a name can begin with this surface, in a language. For a fast pass over a story: where it is false, none begins. */
export function opensName(surface: number, language: string): boolean {
  const root = trieOf(language);
  return keyedForms(surface, language).some(({ keys }) => keys.some((key) => root.next.has(key)));
}

interface Walk {
  readonly words: Row;
  readonly from: number;
  readonly anyCase: boolean;
  best: NameFound | null;
  steps: number;
}

function longestAt(words: Row, root: Node, from: number, anyCase = false): NameFound | null {
  const walk: Walk = { words, from, anyCase, best: null, steps: 0 };
  step(walk, root, from, true);
  return walk.best;
}

function step(walk: Walk, node: Node, at: number, capital: boolean): void {
  const { words, from } = walk;
  // Names have at most ten words: this bounds forms that branch.
  if (at >= words.count || walk.steps++ > 200) return;
  if (at > from && words.broken[at] === 1) return;
  const part = words.part[at] ?? 0;
  for (const { form, keys } of keyedForms(words.surface[at] ?? 0, words.language)) {
    if (form.part !== part) continue;
    const big = capital && /^[^\p{Ll}]/u.test(form.cased);
    for (const key of keys) {
      const next = node.next.get(key);
      if (next === undefined) continue;
      const end = (words.offset[at] ?? 0) + form.end;
      if (next.end !== null) keep(walk, next.end, at + form.parts, end, at === from ? big : capital);
      step(walk, next, at + form.parts, at === from ? big : capital);
    }
  }
}

function keep(walk: Walk, found: NonNullable<Node['end']>, to: number, end: number, capital: boolean): void {
  const { words, from, best, anyCase } = walk;
  const positions = to - from;
  if (best !== null && best.positions > positions) return;
  if (best !== null && best.positions === positions && best.codes.length > 0) return;
  if (found.name.cased && !capital && !anyCase) return;
  const start = (words.offset[from] ?? 0) + startOfPart(words, from);
  if (found.bordered && !(words.isBorder(start) && words.isBorder(end))) return;
  walk.best = {
    codes: found.name.codes,
    position: from,
    positions,
    start,
    end,
    cased: found.name.cased,
    kind: found.name.kind,
  };
}

function startOfPart(words: Row, at: number): number {
  const part = words.part[at] ?? 0;
  const forms = keyedForms(words.surface[at] ?? 0, words.language);
  return forms.find(({ form }) => form.part === part && form.parts === 1)?.form.start ?? 0;
}

function trieOf(language: string): Node {
  const known = tries.get(language);
  if (known !== undefined) return known;
  const root = node();
  for (const name of allNames()) {
    if (name.languages !== null && !name.languages.includes(language)) continue;
    plant(root, name, name.keys);
    for (const keys of inflectedKeys(name, language)) plant(root, name, keys);
  }
  if (tries.size > 64) tries.clear();
  tries.set(language, root);
  return root;
}

function plant(root: Node, name: Name, keys: readonly string[]): void {
  let at = root;
  for (const key of keys) {
    let next = at.next.get(key);
    if (next === undefined) at.next.set(key, (next = node()));
    at = next;
  }
  const bordered = name.run && isOneSegment(name.text);
  if (at.end === null) at.end = { name, bordered };
  else if (at.end.name.codes !== name.codes) at.end = { name: merged(at.end.name, name), bordered };
}

function merged(a: Name, b: Name): Name {
  return { ...a, codes: [...new Set([...a.codes, ...b.codes])], cased: a.cased && b.cased };
}

function node(): Node {
  return { next: new Map(), end: null };
}
