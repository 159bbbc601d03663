import { COUNTRIES } from './countries.ts';

/** What the table says of one country. */
export interface CountryRow {
  readonly code: string;
  readonly demonyms: readonly string[];
  readonly capitals: readonly string[];
  readonly others: readonly string[];
}

let countries: ReadonlyMap<string, CountryRow> | null = null;

/** What the table says of a country; undefined for a code it does not know. */
export function countryNames(code: string): CountryRow | undefined {
  countries ??= new Map(readRows().flatMap((row) => (row.code === '-' ? [] : [[row.code, withoutMarks(row)]])));
  return countries.get(code);
}

/** The lines of the table, with its `^` as they stand. */
export function readRows(): CountryRow[] {
  const rows: CountryRow[] = [];
  for (const line of COUNTRIES.trim().split('\n')) {
    const colon = line.indexOf(':');
    const [demonyms = '', capitals = '', others = ''] = line.slice(colon + 1).split(';');
    rows.push({
      code: line.slice(0, colon),
      demonyms: list(demonyms),
      capitals: list(capitals),
      others: list(others),
    });
  }
  return rows;
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function withoutMarks({ code, demonyms, capitals, others }: CountryRow): CountryRow {
  const bare = (all: readonly string[]): string[] => all.map((name) => name.replace(/^\^/u, ''));
  return { code, demonyms: bare(demonyms), capitals: bare(capitals), others: bare(others) };
}

/** `^Pole` gives `^Poles`; nothing where English has no plural in -s. */
export function pluralOf(demonym: string): string {
  return /(?:ese|sh|ch|ss|men|s|Khmer|Lao)$/u.test(demonym) || !/[a-z]$/u.test(demonym) ? demonym : `${demonym}s`;
}

/** A country's people in the languages that make one word of both: 日本人, 한국인. */
export function peopleOf(country: string): string[] {
  if (/^\p{sc=Hangul}+$/u.test(country)) return [`${country}인`];
  return /^[\p{sc=Han}\p{sc=Katakana}ー]+$/u.test(country) ? [`${country}人`] : [];
}
