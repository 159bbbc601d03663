const CLOSERS: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '（': '）',
  '［': '］',
  '「': '」',
  '『': '』',
  '【': '】',
  '《': '》',
  '〈': '〉',
  '„': '“”"',
  '“': '”',
  '«': '»',
  '»': '«',
  '"': '"',
};
const MARKS = /[()[\]（）［］「」『』【】《》〈〉„“”«»"]/gu;
/** Longer than this nothing is held together: a mark may have been forgotten. */
const MOST_CHARS = 600;
const MOST_OPEN = 8;

/** A stretch between two marks that belong together, the marks within: end exclusive. */
export interface Enclosure {
  readonly start: number;
  readonly end: number;
}

interface Opened {
  readonly at: number;
  readonly closers: string;
}

/** Stretches of a text in brackets and quotation marks, outermost only, in order. What is never closed encloses nothing. */
export function enclosures(text: string): Enclosure[] {
  const found: Enclosure[] = [];
  let open: Opened[] = [];
  for (const { 0: mark, index } of text.matchAll(MARKS)) {
    const kept = open.filter(({ at }) => index - at <= MOST_CHARS && !text.slice(at, index).includes('\n\n'));
    const matching = kept.findLastIndex(({ closers }) => closers.includes(mark));
    if (matching >= 0 && !opensAgain(text, index, mark)) {
      const start = kept[matching]?.at ?? index;
      open = kept.slice(0, matching);
      while ((found.at(-1)?.start ?? -1) >= start) found.pop();
      if (open.length === 0) found.push({ start, end: index + 1 });
      else found.push({ start, end: index + 1 });
      continue;
    }
    const closers = CLOSERS[mark];
    if (closers !== undefined && canOpen(text, index, mark)) kept.push({ at: index, closers });
    open = kept.slice(-MOST_OPEN);
  }
  return found;
}

/** A straight quote opens at the start of a word only; the others always may. */
function canOpen(text: string, at: number, mark: string): boolean {
  return mark !== '"' || at === 0 || /[\s([{“«—–-]/u.test(text[at - 1] ?? ' ');
}

/** A straight quote that has white space before it and a letter after it opens another quotation. */
function opensAgain(text: string, at: number, mark: string): boolean {
  return mark === '"' && /\s/u.test(text[at - 1] ?? '') && /[\p{L}\p{N}]/u.test(text[at + 1] ?? '');
}
