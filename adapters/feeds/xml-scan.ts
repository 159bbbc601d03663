/**
 * What a scan reports. Offsets are into the scanned text; entities are not decoded. Names are as written.
 */
export interface XmlHandler {
  /** A start tag; `attributes` is the text between its name and its end. An empty-element tag has no `close` of its own. */
  open(name: string, attributes: string, end: number, empty: boolean): void;
  close(name: string, start: number): void;
  text(start: number, end: number): void;
  /** The inside of a CDATA section. */
  cdata(start: number, end: number): void;
  /** The name of the element whose text is wanted, as written; '' when none is. */
  within(): string;
  /** The inside of `<!DOCTYPE …>`, its internal subset included. */
  doctype(start: number, end: number): void;
}

const CDATA = '<![CDATA[';
const LT = 60;
const GT = 62;
const SLASH = 47;
const BANG = 33;
const BRACKET = 91;
const QUESTION = 63;
const QUOTE = 34;
const APOSTROPHE = 39;

/**
 * Walks through anything that resembles XML, once, in linear time, and never fails: what cannot be a tag is text, what is
 * not closed ends where the next thing begins. (XML 1.0 would stop at the first fault; one bare `&` or one lost bracket
 * would silence a whole feed.)
 */
export function scanXml(source: string, handler: XmlHandler): void {
  const scan: Scan = { source, handler, find: createFinder(source), doctypeSeen: false };
  let at = 0;
  while (at < source.length) {
    const lt = findTag(source, at);
    if (lt > at) handler.text(at, lt);
    if (lt >= source.length) return;
    const next = source.charCodeAt(lt + 1);
    if (next === BANG) at = scanDeclaration(scan, lt);
    else if (next === QUESTION) at = endOfInstruction(scan, lt);
    else if (next === SLASH) at = scanEndTag(scan, lt);
    else at = scanStartTag(scan, lt);
  }
}

interface Scan {
  readonly source: string;
  readonly handler: XmlHandler;
  readonly find: Find;
  doctypeSeen: boolean;
}

/** Where a text stands next; -1 for nowhere. */
export type Find = (needle: string, from: number) => number;

/** `indexOf` that never walks the same stretch twice for one needle, as long as it is asked from left to right. */
export function createFinder(source: string): Find {
  const last = new Map<string, { readonly from: number; readonly at: number }>();
  return (needle, from) => {
    const known = last.get(needle);
    if (known && known.from <= from && (known.at < 0 || known.at >= from)) return known.at;
    const at = source.indexOf(needle, from);
    last.set(needle, { from, at });
    return at;
  };
}

function scanStartTag(scan: Scan, lt: number): number {
  const { source, handler } = scan;
  const nameEnd = endOfName(source, lt + 1);
  const end = endOfTag(source, nameEnd);
  if (end < 0) {
    // Never closed before the next tag: no tag, but a stray `<` in a text.
    const until = findTag(source, lt + 1);
    handler.text(lt, until);
    return until;
  }
  const name = source.slice(lt + 1, nameEnd);
  const empty = source.charCodeAt(end - 1) === SLASH && !isSlashOfValue(source, name, nameEnd, end);
  handler.open(name, source.slice(nameEnd, empty ? end - 1 : end), end + 1, empty);
  return end + 1;
}

/** Elements that are never empty when they have attributes. */
const CONTAINERS = /^(?:\w+:)?(?:rss|rdf|feed|channel|item|entry)$/i;

/** Whether the slash before the end of a tag belongs to an address that nobody put into quotes. */
function isSlashOfValue(source: string, name: string, from: number, end: number): boolean {
  if (!CONTAINERS.test(name)) return false;
  const value = source.slice(from, end).split(/\s/).at(-1) ?? '';
  return /^[^"']+=[^"']+$/.test(value);
}

/** Where the next `<` stands that can begin markup; the length of the text when there is none. */
function findTag(source: string, from: number): number {
  let lt = source.indexOf('<', from);
  while (lt >= 0) {
    const next = source.charCodeAt(lt + 1);
    if (next === SLASH || next === BANG || next === QUESTION || isNameStart(next)) return lt;
    lt = source.indexOf('<', lt + 1);
  }
  return source.length;
}

function scanEndTag({ source, handler, find }: Scan, lt: number): number {
  const nameEnd = endOfName(source, lt + 2);
  if (nameEnd === lt + 2) {
    // `</>` and `</ name>`: nothing that could be closed by it.
    const gt = find('>', lt);
    const next = find('<', lt + 2);
    return gt < 0 || gt > lt + 64 || (next >= 0 && next < gt) ? lt + 2 : gt + 1;
  }
  handler.close(source.slice(lt + 2, nameEnd), lt);
  let at = nameEnd;
  while (at < source.length) {
    const code = source.charCodeAt(at);
    if (code === GT) return at + 1;
    if (code === LT) return at;
    at++;
  }
  return at;
}

function scanDeclaration(scan: Scan, lt: number): number {
  const { source, find, handler } = scan;
  if (source.startsWith('<!--', lt)) {
    const end = find('-->', lt + 4);
    return end < 0 ? lt + 4 : end + 3;
  }
  if (source.charCodeAt(lt + 2) === BRACKET && source.slice(lt, lt + CDATA.length).toUpperCase() === CDATA)
    return scanCdata(scan, lt + CDATA.length);
  const isDoctype = !scan.doctypeSeen && source.slice(lt + 2, lt + 9).toLowerCase() === 'doctype';
  const end = isDoctype ? endOfDoctype(scan, lt + 9) : find('>', lt);
  if (end < 0) return lt + 2;
  if (isDoctype) handler.doctype(lt + 9, end);
  scan.doctypeSeen ||= isDoctype;
  return end + 1;
}

/**
 * A section that was never closed, or swallowed the beginning of another one, ends where its element is closed; between
 * elements, or around the beginning of an item, it never began.
 */
function scanCdata({ source, find, handler }: Scan, start: number): number {
  const end = find(']]>', start);
  const another = find(CDATA, start);
  if (end < 0 || (another >= 0 && another < end)) {
    const name = handler.within();
    const closing = name === '' ? -1 : find(`</${name}`, start);
    const item = ['<item', '<entry'].some((tag) => isBetween(find(tag, start), start, closing));
    if (name === '' || item) return start;
    if (closing >= 0 && (end < 0 || closing < end)) {
      handler.cdata(start, closing);
      return closing;
    }
  }
  if (end >= 0) {
    handler.cdata(start, end);
    return end + 3;
  }
  // A document cut off in the end of its last section.
  const cut = source.endsWith(']]') ? 2 : source.endsWith(']') ? 1 : 0;
  handler.cdata(start, Math.max(start, source.length - cut));
  return source.length;
}

function isBetween(at: number, from: number, to: number): boolean {
  return at >= from && at < to;
}

/** `<?…?>`, or up to the first `>` when that comes without its question mark. */
function endOfInstruction({ source, find }: Scan, lt: number): number {
  const gt = find('>', lt);
  if (gt < 0) return source.length;
  if (source.charCodeAt(gt - 1) === QUESTION) return gt + 1;
  const end = find('?>', lt);
  if (end >= 0 && end <= gt + 1_000) return end + 2;
  const next = find('<', lt + 2);
  return next >= 0 && next < gt ? next : gt + 1;
}

/** The `>` that ends a document type declaration; its internal subset may hold others. -1 when it is never closed. */
function endOfDoctype({ source, find }: Scan, from: number): number {
  const gt = find('>', from);
  const bracket = find('[', from);
  if (bracket < 0 || gt < bracket) return gt;
  const close = /\]\s{0,100}>/g;
  close.lastIndex = bracket;
  const match = close.exec(source);
  return match ? match.index + match[0].length - 1 : gt;
}

function endOfName(source: string, from: number): number {
  let at = from;
  while (at < source.length && isNamePart(source.charCodeAt(at))) at++;
  return at;
}

/** The `>` that ends a tag, quotes respected; -1 when another tag begins first or the text ends. */
function endOfTag(source: string, from: number): number {
  let quote = 0;
  let firstGt = -1;
  for (let at = from; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (code === GT) {
      if (quote === 0) return at;
      if (firstGt < 0) firstGt = at;
    } else if (code === LT) {
      // Attribute values hold no `<`: the quote was never closed.
      return firstGt;
    } else if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === QUOTE || code === APOSTROPHE) {
      // A quote opens a value only after `=`; elsewhere it is dirt.
      if (source.charCodeAt(lastInk(source, at - 1)) === 61) quote = code;
    }
  }
  return firstGt;
}

function lastInk(source: string, from: number): number {
  let at = from;
  while (at > 0 && at > from - 16 && source.charCodeAt(at) <= 32) at--;
  return at;
}

function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code > 127;
}

function isNamePart(code: number): boolean {
  // Letters, digits, `-`, `.`, `:`, `_` and everything beyond ASCII.
  return isNameStart(code) || (code >= 48 && code <= 58) || code === 45 || code === 46;
}

const ATTRIBUTE = /([^\s=<>"'/]{1,100})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'<>]*))/g;
const ATTRIBUTES_READ = 64;

/** Attributes of a start tag by lower-case name, the first of equal ones; values are not decoded. At most 64 are read. */
export function readAttributes(attributes: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (!attributes.includes('=')) return found;
  for (const match of attributes.matchAll(ATTRIBUTE)) {
    const name = (match[1] ?? '').toLowerCase();
    if (!found.has(name)) found.set(name, match[2] ?? match[3] ?? match[4] ?? '');
    if (found.size >= ATTRIBUTES_READ) break;
  }
  return found;
}
