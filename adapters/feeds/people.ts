import { decodeReferences, oneLine } from './plain-text.ts';

const LONGEST = 500;
/** An address as RFC 5322 calls an addr-spec, loosely. */
const EMAIL = /[\w.+%'!#$&*/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}/;

const EMAILS = new RegExp(EMAIL.source, 'g');
/** Web addresses, which some programs write beside a name. */
const SITES = /(?<=^|[\s(<[])https?:\/\/[^\s<>()[\]"',;]{1,300}/gi;

/**
 * The name of a person as an element tells it: its own `name` (or RDF's `value`), else its text in any of the ways people write
 * (`mail (name)`, `name (mail)`, `name <mail>`, `name (web address)`, `name`), else the address; '' when it says nothing.
 */
export function personOf(text: string, parts: ReadonlyMap<string, string>): string {
  const name = oneLine(parts.get('name') ?? parts.get('value') ?? '', LONGEST);
  if (name !== '') return withoutAddress(name);
  const plain = oneLine(decodeReferences(text), LONGEST);
  if (plain !== '') return withoutAddress(plain);
  return oneLine(parts.get('email') ?? '', LONGEST);
}

function withoutAddress(text: string): string {
  if ((text.match(EMAILS)?.length ?? 0) > 1 && /[;,]/.test(text))
    return text.split(/[;,]/).map(oneWithoutAddress).filter(Boolean).join(', ');
  return oneWithoutAddress(text);
}

function oneWithoutAddress(text: string): string {
  const plain = text.replaceAll(/mailto:/gi, '').trim();
  const [site] = plain.match(SITES) ?? [];
  const other = plain.replaceAll(SITES, ' ');
  const [email] = other.match(EMAILS) ?? [];
  if (email === undefined && site === undefined) return plain;
  const rest = other
    .replaceAll(EMAILS, ' ')
    .replaceAll(/\(\s*\)|<\s*>|\[\s*\]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[\s,;:-]+|[\s,;:-]+$/g, '')
    .replace(/^[("'<[](.*)[)"'>\]]$/, '$1')
    .trim();
  return rest || (email ?? site ?? '');
}
