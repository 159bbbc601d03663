/** Endings that take the place of a word's own, by that ending; the first that fits counts. */
type Paradigm = readonly (readonly [RegExp, readonly string[]])[];

const SCANDINAVIAN: Paradigm = [[/(?=$)/u, ['', 'a', 't', 'e', 'ar', 'er', 'en']]];

/** The forms of demonyms as adjectives and nouns, in the order of a grammar's table. Other languages: by their stems, or as given. */
const PARADIGMS: Readonly<Record<string, Paradigm>> = {
  de: [
    [/er$/u, ['er', 'ern', 'ers', 'erin', 'erinnen', 'e', 'en', 'em', 'es']],
    [/(?<=^\p{Lu}.*)e$/u, ['e', 'en', 'in', 'innen']],
    [/(?<=^\p{Ll}.*)$/u, ['', 'e', 'er', 'en', 'em', 'es']],
    [/(?<=^US-.*)$/u, ['', 'e', 'er', 'en', 'em', 'es']],
  ],
  fr: [
    [/(?<=[ié]e)n$/u, ['n', 'ns', 'nne', 'nnes']],
    [/(?<=[ao]i)s$/u, ['s', 'se', 'ses']],
    [/e$/u, ['e', 'es']],
    [/(?<=tur)c$/u, ['c', 'cs']],
    [/(?<=gre)c$/u, ['c', 'cs', 'cque', 'cques']],
    [/(?<=nippo)n$/u, ['n', 'ns', 'nne', 'nnes', 'ne', 'nes']],
    [/$/u, ['', 's', 'e', 'es']],
  ],
  es: [
    [/o$/u, ['o', 'a', 'os', 'as']],
    [/és$/u, ['és', 'esa', 'eses', 'esas']],
    [/án$/u, ['án', 'ana', 'anes', 'anas']],
    [/ón$/u, ['ón', 'ona', 'ones', 'onas']],
    [/l$/u, ['l', 'la', 'les', 'las']],
    [/í$/u, ['í', 'íes', 'ís']],
    [/$/u, ['', 's']],
  ],
  it: [
    [/co$/u, ['co', 'ca', 'ci', 'chi', 'che']],
    [/o$/u, ['o', 'a', 'i', 'e']],
    [/e$/u, ['e', 'i']],
    [/a$/u, ['a', 'i', 'e']],
  ],
  pt: [
    [/ês$/u, ['ês', 'esa', 'eses', 'esas']],
    [/ão$/u, ['ão', 'ã', 'ães', 'ãos', 'ãs']],
    [/o$/u, ['o', 'a', 'os', 'as']],
    [/ol$/u, ['ol', 'ola', 'óis', 'olas']],
    [/$/u, ['', 's']],
  ],
  nl: [
    [/(?<=e)r$/u, ['r', 'rs']],
    [/ees$/u, ['ees', 'ese', 'ezen']],
    [/$/u, ['', 'e']],
  ],
  sv: SCANDINAVIAN,
  da: SCANDINAVIAN,
  nb: SCANDINAVIAN,
  tr: [[/$/u, ['', 'lar', 'ler']]],
  ar: [[/$/u, ['', 'ة', 'ون', 'ين', 'ات', 'ا']]],
};

/** The forms of a demonym in a language, itself first; Arabic ones with their article too. */
export function demonymForms(word: string, language: string): readonly string[] {
  const rule = PARADIGMS[language]?.find(([ending]) => ending.test(word));
  const forms = rule === undefined ? [word] : rule[1].map((ending) => word.replace(rule[0], ending));
  return language === 'ar' ? forms.flatMap((form) => [form, `ال${form}`]) : forms;
}
