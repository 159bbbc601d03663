import type { Language } from '../../languages.ts';

/** Says a number with the noun in the form that a language has for it: `1 story`, `3 stories`; in French also `0 article`. */
export function counter(language: Language): (number: number, one: string, many: string) => string {
  const rules = new Intl.PluralRules(language);
  return (number, one, many) => `${number} ${rules.select(number) === 'one' ? one : many}`;
}
