import { countryNamed } from './countries.ts';
import { printTerm, type Query, type Unit } from './query.ts';

export type ReadingPiece = string | { readonly bold: string };

const SHOWN_NAMES = 3;

/** How a query was read, in words; countries with some of their other names. */
export function readBack(query: Query, language: string): ReadingPiece[] {
  const [positive, excluded] = [
    query.groups.filter((units) => !units.every((unit) => unit.excluded)),
    query.groups.filter((units) => units.every((unit) => unit.excluded)),
  ];
  return [
    'Stories about ',
    ...joined(positive, ' and ', language),
    ...(excluded.length === 0 ? [] : [', without ', ...joined(excluded, ' or ', language)]),
    '.',
  ];
}

function joined(groups: readonly (readonly Unit[])[], between: string, language: string): ReadingPiece[] {
  return groups.flatMap((units, i) => [
    ...(i === 0 ? [] : [between]),
    ...units.flatMap((unit, j) => [...(j === 0 ? [] : [' or ']), ...unitWords(unit, language)]),
  ]);
}

function unitWords({ term, query }: Unit, language: string): ReadingPiece[] {
  if (term === null) return query === null ? [] : ['(', ...joined(query.groups, ' and ', language), ')'];
  if (term.kind !== 'word') return [{ bold: printTerm(term) }];
  const name = term.words.join(' ');
  const country = countryNamed(name);
  if (country === null) return [{ bold: printTerm(term) }];
  const others = country.names.filter((other) => other.toLowerCase() !== name.toLowerCase()).slice(0, SHOWN_NAMES);
  return [{ bold: name }, ` (also ${others.join(', ')} …)`];
}
