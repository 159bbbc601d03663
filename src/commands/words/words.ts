import { en } from './en.ts';

/** Everything that the counter says, in one language. English is the reference: another language is an object of this type. */
export type Words = typeof en;

const languages: Readonly<Record<string, Words>> = { en };

/** The first of these languages (BCP 47, '' for none) that there are words for; else English. */
export function wordsFor(wanted: readonly string[]): Words {
  for (const tag of wanted) {
    const words = languages[tag.toLowerCase().split(/[-_]/u, 1)[0] ?? ''];
    if (words) return words;
  }
  return en;
}
