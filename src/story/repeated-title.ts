interface Titled {
  readonly title: string;
  readonly source: string;
}

const LEAST_PREFIX_LETTERS = 12;

/**
 * A passage without the title it repeats: '' when it is nothing else (with or without the publisher's name, or cut off), else
 * what stands after the title and a mark of punctuation, or after an element that holds just the title.
 * @param lead what the passage's first element holds, or ''
 */
export function withoutTitle(text: string, lead: string, { title, source }: Titled, isFirst: boolean): string {
  const titles = titleForms(title, source);
  if (titles.length === 0) return text;
  const said = letters(text);
  if (said !== '' && titles.some((form) => said === form || said === form + letters(source))) return '';
  if (!isFirst) return text;
  const cut = /^(.{15,})(?:…|\.{3})$/u.exec(text)?.[1];
  if (cut !== undefined && titles.some((form) => form.startsWith(letters(cut)))) return '';
  if (lead !== '' && text.startsWith(lead) && titles.includes(letters(lead)) && lead.length < text.length) {
    return text.slice(lead.length).replace(/^[\s:|.–—-]+/u, '');
  }
  return afterPrefix(text, titles);
}

/** Only where a mark parts title and text: "Fed raises rates by a quarter" is no repeated "Fed raises rates". */
function afterPrefix(text: string, titles: readonly string[]): string {
  for (const form of titles) {
    const end = endOf(text, form);
    if (form.length < LEAST_PREFIX_LETTERS || end < 0) continue;
    const mark = /^["'”’»)]?\s{0,3}(?:[:|–—]|-(?=\s)|[.!?…]+(?=["'”’»]?\s))["'”’»]?\s*/u.exec(
      text.slice(end, end + 12),
    );
    if (mark && end + mark[0].length < text.length) return text.slice(end + mark[0].length);
  }
  return text;
}

/** Where a text's letters and digits have spelt a form whole, or -1. */
function endOf(text: string, form: string): number {
  let at = 0;
  let spelt = '';
  for (const letter of text) {
    at += letter.length;
    spelt += letters(letter);
    if (spelt === form) return at;
    if (spelt.length >= form.length || !form.startsWith(spelt)) return -1;
  }
  return -1;
}

/** A title's letters, also without the publisher's name behind it ("Title - Source"). */
function titleForms(title: string, source: string): string[] {
  const forms = [title];
  const parted = /^(.{8,}) [-–—|] (.{2,60})$/u.exec(title);
  if (parted?.[1] !== undefined && (source === '' || letters(parted[2] ?? '') === letters(source)))
    forms.push(parted[1]);
  return forms.map(letters).filter((form) => form !== '');
}

function letters(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '');
}
