import { withoutClitics } from '../story/text/clitics.ts';
import type { Form } from '../story/text/form.ts';
import { headsOfSurface } from '../story/text/key-heads.ts';
import { lower } from '../story/text/normalise.ts';
import { isPlainSurface, surfaceOf } from '../story/text/surface-table.ts';
import type { Row } from '../story/text/words.ts';
import { keyedForms } from '../story/text/token-keys.ts';
import { isOneSegment } from '../story/text/segments.ts';
import { createWordSieve, type WordSieve } from '../story/text/word-sieve.ts';
import { allNames, hasNamesake, inflectedKeys, type Name } from './name-table.ts';

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
  /** The names that end here, whatever their language. */
  readonly names: Name[];
  /** The languages of the names that go through it; null when one counts in any. */
  languages: Set<string> | null;
  /** For each language asked for: what ends here, or null. */
  readonly ends: Map<string, End | null>;
  /** A capital ends here. */
  capital: boolean;
  /** Of a root: how names begin. */
  opening: Opening | null;
}

interface Opening {
  /** The first letters of the keys that names begin with. */
  readonly heads: ReadonlySet<string>;
  /** The plain words that are such a key. */
  readonly words: WordSieve;
  /** Some of the keys are stems, which words that are longer have too. */
  readonly stems: boolean;
}

interface End {
  readonly name: Name;
  readonly bordered: boolean;
}

/** A trie of all names as they are written, and one for each language that inflects them. */
let written: Node | null = null;
const inflected = new Map<string, Node>();

/** The names in a text, left to right, the longest at each place, none inside another. */
export function namesIn(words: Row): readonly NameFound[] {
  const found: NameFound[] = [];
  const opening = new Map<number, boolean>();
  for (let at = 0; at < words.count;) {
    const surface = words.surface[at] ?? 0;
    if (isPlainSurface(surface) && !mayOpenPlainName(surface, words.language)) {
      at++;
      continue;
    }
    let opens = opening.get(surface);
    if (opens === undefined) opening.set(surface, (opens = mayOpenName(surface, words.language)));
    const name = opens ? nameAt(words, at) : null;
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
  return lookAt(words, at, anyCase).found;
}

/** The same, and over how many positions the search for it went: what stands after them is no matter. The end of the text is one. */
export function lookAt(
  words: Row,
  at: number,
  anyCase = false,
): { readonly found: NameFound | null; readonly examined: number } {
  const walk: Walk = { words, from: at, anyCase, best: null, steps: 0, last: at };
  for (const root of rootsOf(words.language)) step(walk, root, at, true);
  return { found: walk.best, examined: walk.last - at + 1 };
}

/** Whether a name can begin with a token of one of these keys, in a language: where it is false, none begins. */
export function opensName(keys: readonly string[], language: string): boolean {
  const roots = rootsOf(language);
  return keys.some((key) => roots.some(({ next }) => leadsOn(next.get(key), language)));
}

/** The same of a surface, without a stemmer where that tells: true when a name may begin there. */
function mayOpenName(surface: number, language: string): boolean {
  const [exact, inflecting] = rootsOf(language);
  if (exact === undefined) return false;
  const heads = inflecting === undefined ? null : openingOf(inflecting).heads;
  return headsOfSurface(surface, language).some((head) => {
    if (!openingOf(exact).heads.has(head) && heads?.has(head) !== true) return false;
    if (heads?.has(head)) return true;
    return surfaceOf(surface).forms.some((form) => opensExactly(exact, form));
  });
}

/** Whether a name may begin with a plain surface, in a language, by a look at its letters: where it is false, none does. */
function mayOpenPlainName(surface: number, language: string): boolean {
  for (const root of rootsOf(language)) {
    const { words, stems } = openingOf(root);
    if (stems || words.mayHold(surface)) return true;
  }
  return false;
}

function opensExactly(root: Node, { word, cased, capitals }: Form): boolean {
  if (root.next.has(`e:${lower(cased)}`) || root.next.has(`E:${cased}`)) return true;
  if (capitals !== '' && root.next.has(`C:${capitals}`)) return true;
  return withoutClitics(word).some((bare) => root.next.has(`e:${bare}`));
}

/** How names begin below a root. */
function openingOf(root: Node): Opening {
  if (root.opening !== null) return root.opening;
  const keys = [...root.next.keys()];
  const words = createWordSieve(keys.map((key) => key.slice(2)));
  const heads = new Set(keys.map((key) => lower(key.slice(2, 4))));
  return (root.opening = { heads, words, stems: keys.some((key) => key.startsWith('w:')) });
}

function leadsOn(to: Node | undefined, language: string): boolean {
  return to !== undefined && (to.languages === null || to.languages.has(language));
}

interface Walk {
  readonly words: Row;
  readonly from: number;
  readonly anyCase: boolean;
  best: NameFound | null;
  steps: number;
  last: number;
}

function step(walk: Walk, node: Node, at: number, capital: boolean): void {
  const { words, from } = walk;
  // Names have at most ten words: this bounds forms that branch.
  if (walk.steps++ > 200 || (node.next.size === 0 && !node.capital)) return;
  walk.last = Math.max(walk.last, at);
  if (at >= words.count) return;
  if (at > from && words.broken[at] === 1) {
    if (node.capital) leaveToNamesake(walk, at);
    return;
  }
  const part = words.part[at] ?? 0;
  for (const { form, keys } of keyedForms(words.surface[at] ?? 0, words.language)) {
    if (form.part !== part) continue;
    const big = capital && /^[^\p{Ll}]/u.test(form.cased);
    for (const key of keys) {
      const next = node.next.get(key);
      if (next === undefined || !leadsOn(next, words.language)) continue;
      const end = (words.offset[at] ?? 0) + form.end;
      const here = endOf(next, words.language);
      if (here !== null) keep(walk, here, at + form.parts, end, at === from ? big : capital);
      step(walk, next, at + form.parts, at === from ? big : capital);
    }
  }
}

/** A capital that is followed by a comma and a state is a town of that state: `Paris, Texas`. */
function leaveToNamesake(walk: Walk, at: number): void {
  const { words, best } = walk;
  if (best === null || best.position + best.positions !== at) return;
  const first = wordAt(words, at);
  if (!/^\p{Lu}/u.test(first)) return;
  let positions = best.positions + 1;
  if (!hasNamesake(best.codes, lower(first))) {
    walk.last = Math.max(walk.last, at + 1);
    if (
      at + 1 >= words.count ||
      words.broken[at + 1] === 1 ||
      !hasNamesake(best.codes, lower(`${first} ${wordAt(words, at + 1)}`))
    )
      return;
    positions++;
  }
  walk.best = { ...best, codes: [], positions };
}

/** The word at a position, in normal form with its case. */
function wordAt(words: Row, at: number): string {
  const part = words.part[at] ?? 0;
  return surfaceOf(words.surface[at] ?? 0).forms.find((form) => form.part === part && form.parts === 1)?.cased ?? '';
}

function keep(walk: Walk, found: End, to: number, end: number, capital: boolean): void {
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

function rootsOf(language: string): readonly Node[] {
  if (written === null) {
    written = node();
    for (const name of allNames()) plant(written, name, name.keys);
  }
  let own = inflected.get(language);
  if (own === undefined) {
    own = node();
    for (const name of allNames()) for (const keys of inflectedKeys(name, language)) plant(own, name, keys);
    if (inflected.size > 64) inflected.clear();
    inflected.set(language, own);
  }
  return own.next.size === 0 ? [written] : [written, own];
}

function plant(root: Node, name: Name, keys: readonly string[]): void {
  let at = root;
  for (const key of keys) {
    let next = at.next.get(key);
    if (next === undefined) at.next.set(key, (next = node()));
    if (name.languages === null) next.languages = null;
    else for (const language of name.languages) next.languages?.add(language);
    at = next;
  }
  at.names.push(name);
  if (name.kind === 'capital') at.capital = true;
}

/** What ends at a node in a text of a language: one name, or several that are written alike as one. */
function endOf({ names, ends }: Node, language: string): End | null {
  if (names.length === 0) return null;
  let end = ends.get(language);
  if (end !== undefined) return end;
  const own = names.filter(({ languages }) => languages === null || languages.includes(language));
  const [first] = own;
  end = first === undefined ? null : { name: own.reduce(merged), bordered: own.some(isBordered) };
  ends.set(language, end);
  return end;
}

function isBordered({ run, text }: Name): boolean {
  return run && isOneSegment(text);
}

function merged(a: Name, b: Name): Name {
  if (a.codes === b.codes) return a;
  return { ...a, codes: [...new Set([...a.codes, ...b.codes])], cased: a.cased && b.cased };
}

function node(): Node {
  return { next: new Map(), names: [], languages: new Set(), ends: new Map(), capital: false, opening: null };
}
