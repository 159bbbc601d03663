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
  '‘': '’',
  "'": "'",
};
const MARKS = /[()[\]（）［］「」『』【】《》〈〉„“”«»"‘’']/gu;
/** Marks that are apostrophes more often than quotation marks. */
const APOSTROPHES = "‘’'";
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
    const role = APOSTROPHES.includes(mark) ? roleOf(text, index) : 'either';
    if (role === 'none') continue;
    const kept = open.filter(({ at }) => index - at <= MOST_CHARS && !text.slice(at, index).includes('\n\n'));
    const matching = kept.findLastIndex(({ closers }) => closers.includes(mark));
    if (matching >= 0 && role !== 'opens' && !opensAgain(text, index, mark)) {
      const start = kept[matching]?.at ?? index;
      open = kept.slice(0, matching);
      while ((found.at(-1)?.start ?? -1) >= start) found.pop();
      found.push({ start, end: index + 1 });
      continue;
    }
    const closers = CLOSERS[mark];
    if (closers !== undefined && role !== 'closes' && canOpen(text, index, mark)) kept.push({ at: index, closers });
    open = kept.slice(-MOST_OPEN);
  }
  return found;
}

/** An apostrophe opens before a capital at the start of a word, and closes beside a mark of punctuation at the end of one. */
function roleOf(text: string, at: number): 'opens' | 'closes' | 'none' {
  const before = text[at - 1] ?? ' ';
  const after = text.slice(at + 1, at + 3);
  if (/[\s([{“"]/u.test(before)) return /^\p{Lu}/u.test(after) ? 'opens' : 'none';
  const closes = /^[,;:]/u.test(after) || (/[.!?,…]/u.test(before) && !/^[\p{L}\p{N}]/u.test(after));
  return closes ? 'closes' : 'none';
}

/** A straight quote opens at the start of a word only; the others always may. */
function canOpen(text: string, at: number, mark: string): boolean {
  return mark !== '"' || at === 0 || /[\s([{“«—–-]/u.test(text[at - 1] ?? ' ');
}

/** A straight quote that has white space before it and a letter after it opens another quotation. */
function opensAgain(text: string, at: number, mark: string): boolean {
  return mark === '"' && /\s/u.test(text[at - 1] ?? '') && /[\p{L}\p{N}]/u.test(text[at + 1] ?? '');
}
