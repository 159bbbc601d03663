import type { Language } from '../../languages.ts';
import type { CommandName } from '../table.ts';
import { de } from './de.ts';
import { en, type Words } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { ko } from './ko.ts';

export type { Words } from './en.ts';

const spoken: Readonly<Record<Language, Words>> = { en, ja, ko, es, de, fr };

/** The first of these languages (BCP 47, '' for none) that there are words for; else English. */
export function wordsFor(wanted: readonly string[]): Words {
  for (const tag of wanted) {
    const primary = tag.toLowerCase().split(/[-_]/u, 1)[0] ?? '';
    if (Object.hasOwn(spoken, primary)) return spoken[primary as Language];
  }
  return en;
}

/** What a command does; '' for those that are said by buttons only. */
export function summaryOf({ summaries }: Words, name: CommandName): string {
  const known: Readonly<Partial<Record<CommandName, string>>> = summaries;
  return known[name] ?? '';
}
