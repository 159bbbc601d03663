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
  /** The inside of `<!DOCTYPE …>`, its internal subset included. */
  doctype(start: number, end: number): void;
  /** True ends the scan. */
  done(): boolean;
}

const LT = 60;
const GT = 62;
const SLASH = 47;
const BANG = 33;
const QUESTION = 63;
const QUOTE = 34;
const APOSTROPHE = 39;

/**
 * Walks through anything that resembles XML, once, in linear time, and never fails: what cannot be a tag is text, what is
 * not closed ends where the next thing begins. (XML 1.0 would stop at the first fault; one bare `&` or one lost bracket
 * would silence a whole feed.)
 */
export function scanXml(source: string, handler: XmlHandler): void {
  const length = source.length;
  let at = 0;
  let lastOpened = '';
  while (at < length && !handler.done()) {
    const lt = findTag(source, at);
    if (lt > at) handler.text(at, lt);
    if (lt >= length) return;
    const next = source.charCodeAt(lt + 1);
    if (next === BANG) at = scanDeclaration(source, lt, lastOpened, handler);
    else if (next === QUESTION) at = endOfInstruction(source, lt);
    else if (next === SLASH) at = scanEndTag(source, lt, handler);
    else {
      const nameEnd = endOfName(source, lt + 1);
      const end = endOfTag(source, nameEnd);
      if (end < 0) {
        // Never closed before the next tag: no tag, but a stray `<` in a text.
        const until = findTag(source, lt + 1);
        handler.text(lt, until);
        at = until;
        continue;
      }
      lastOpened = source.slice(lt + 1, nameEnd);
      const empty = source.charCodeAt(end - 1) === SLASH;
      handler.open(lastOpened, source.slice(nameEnd, empty ? end - 1 : end), end + 1, empty);
      at = end + 1;
    }
  }
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

function scanEndTag(source: string, lt: number, handler: XmlHandler): number {
  const nameEnd = endOfName(source, lt + 2);
  if (nameEnd === lt + 2) {
    // `</>` and `</ name>`: nothing that could be closed by it.
    const gt = source.indexOf('>', lt);
    return gt < 0 || gt > lt + 64 ? lt + 2 : gt + 1;
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

function scanDeclaration(source: string, lt: number, lastOpened: string, handler: XmlHandler): number {
  if (source.startsWith('<!--', lt)) {
    const end = source.indexOf('-->', lt + 4);
    return end < 0 ? lt + 4 : end + 3;
  }
  if (source.startsWith('<![CDATA[', lt)) return scanCdata(source, lt + 9, lastOpened, handler);
  const isDoctype = source.slice(lt + 2, lt + 9).toLowerCase() === 'doctype';
  const end = isDoctype ? endOfDoctype(source, lt + 9) : source.indexOf('>', lt);
  if (end < 0) return lt + 2;
  if (isDoctype) handler.doctype(lt + 9, end);
  return end + 1;
}

/** A section that was never closed, or swallowed the beginning of another one, ends where its element is closed. */
function scanCdata(source: string, start: number, element: string, handler: XmlHandler): number {
  const end = source.indexOf(']]>', start);
  const closing = end < 0 || opensWithin(source, start, end) ? source.indexOf(`</${element}`, start) : -1;
  if (closing >= 0 && (end < 0 || closing < end)) {
    handler.cdata(start, closing);
    return closing;
  }
  handler.cdata(start, end < 0 ? source.length : end);
  return end < 0 ? source.length : end + 3;
}

function opensWithin(source: string, start: number, end: number): boolean {
  return source.slice(start, end).includes('<![CDATA[');
}

/** `<?…?>`, or up to the first `>` when that comes without its question mark. */
function endOfInstruction(source: string, lt: number): number {
  const gt = source.indexOf('>', lt);
  if (gt < 0) return source.length;
  if (source.charCodeAt(gt - 1) === QUESTION) return gt + 1;
  const end = source.indexOf('?>', lt);
  return end < 0 || end > gt + 1_000 ? gt + 1 : end + 2;
}

/** The `>` that ends a document type declaration; its internal subset may hold others. -1 when it is never closed. */
function endOfDoctype(source: string, from: number): number {
  const gt = source.indexOf('>', from);
  const bracket = source.indexOf('[', from);
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
