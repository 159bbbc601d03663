import { withoutClitics } from './clitics.ts';
import { lower } from './normalise.ts';
import { familyNameStem, stemsOf } from './stem.ts';
import type { Form } from './form.ts';
import { surfaceGeneration, surfaceOf } from './surface-table.ts';

/**
 * What a form of a word can be found by, as strings with a kind before the colon:
 * - `w:` a lemma or stem, in the language of the text
 * - `e:` the word in normal form
 * - `E:` the same with its case, when it has a capital
 * - `C:` its capitals, when it has nothing else (`US`, `U.S.`)
 */
export interface KeyedForm {
  readonly form: Form;
  readonly keys: readonly string[];
}

let generation = 0;
let byLanguage = new Map<string, (readonly KeyedForm[] | undefined)[]>();

/** The forms of a surface with their keys, in a language; the same array whenever it is asked for in a generation. */
export function keyedForms(surface: number, language: string): readonly KeyedForm[] {
  if (generation !== surfaceGeneration()) {
    generation = surfaceGeneration();
    byLanguage = new Map();
  }
  let known = byLanguage.get(language);
  if (known === undefined) byLanguage.set(language, (known = []));
  return (known[surface] ??= surfaceOf(surface).forms.map((form) => ({ form, keys: keysOfForm(form, language) })));
}

/** The keys of a plain surface (`isPlain`) without keeping them: for readers that keep what they find by them. */
export function keysOfPlain(raw: string, language: string): readonly string[] {
  const word = raw.toLowerCase();
  const keys = wordKeys(word, word, language);
  keys.push(`e:${word}`);
  if (raw !== word) keys.push(`E:${raw}`);
  return keys;
}

function keysOfForm(form: Form, language: string): readonly string[] {
  const keys = form.suffixed ? [`w:${form.word}`] : wordKeys(form.word, form.marked, language).slice();
  for (const bare of withoutClitics(form.word)) keys.push(...wordKeys(bare, bare, language), `e:${bare}`);
  const family = form.cased === form.word ? '' : familyNameStem(form.word, language);
  if (family !== '') keys.push(`w:${family}`);
  // `U.S.` is the word us and is not written as us.
  keys.push(`e:${lower(form.cased)}`);
  if (form.cased !== lower(form.cased)) keys.push(`E:${form.cased}`);
  if (form.capitals !== '') keys.push(`C:${form.capitals}`);
  return keys;
}

/** The `w:` keys of a word of a query: members write names small too. */
export function askedKeys(word: string, marked: string, language: string): readonly string[] {
  const keys = wordKeys(word, marked, language);
  const family = familyNameStem(word, language);
  if (family !== '') keys.push(`w:${family}`);
  return keys;
}

/** The `w:` keys of a word: two words of a language are forms of each other when they share one. */
function wordKeys(word: string, marked: string, language: string): string[] {
  return stemsOf(word, marked, language).map((stem) => `w:${stem}`);
}
