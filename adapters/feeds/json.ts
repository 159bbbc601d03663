/** UTF-16 units of a text that is mended at all: mending takes memory by the string. */
const LONGEST_MENDED = 2_000_000;
const COLON = 58;
/** Tab, line feed, carriage return and space. */
const SPACES = [9, 10, 13, 32];
const ESCAPED = /["\\/bfnrtu]/;

/**
 * The value of a JSON text, or undefined for what is none. What careless programs write is mended: `NaN` and `Infinity`
 * (which become strings), commas before a closing bracket, line breaks and unknown escapes inside of strings, text after the end.
 */
export function parseJson(text: string): unknown {
  const value = valueOf(text);
  return value === undefined && text.length <= LONGEST_MENDED ? valueOf(mended(text)) : value;
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What a text may be made of before it is read: whatever reads it takes memory by the level, the part and the name. */
export interface JsonLimits {
  /** How many arrays and objects stand in each other. */
  readonly depth: number;
  /** Arrays and objects in all. */
  readonly parts: number;
  /** Different names of members in all. */
  readonly names: number;
}

/** True when a JSON text is made of more than the limits allow; what is no JSON may come to either. */
export function isExcessive(text: string, most: JsonLimits): boolean {
  const sign = /["[\]{}]/g;
  const names = new Set<string>();
  let depth = 0;
  let parts = 0;
  for (let match = sign.exec(text); match !== null; match = sign.exec(text)) {
    const [found] = match;
    if (found === ']' || found === '}') depth--;
    else if (found !== '"' && (++depth > most.depth || ++parts > most.parts)) return true;
    if (found !== '"') continue;
    const end = endOfString(text, sign.lastIndex);
    sign.lastIndex = afterSpace(text, end);
    if (text.charCodeAt(sign.lastIndex) !== COLON) continue;
    if (names.add(text.slice(match.index, end)).size > most.names) return true;
  }
  return false;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (SPACES.includes(text.charCodeAt(at))) at++;
  return at;
}

/** Behind the quote that ends the JSON string whose inside begins at `from`. */
function endOfString(text: string, from: number): number {
  let quote = text.indexOf('"', from);
  while (quote >= 0) {
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === 92) backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
    quote = text.indexOf('"', quote + 1);
  }
  return text.length;
}

function mended(text: string): string {
  const pieces: string[] = [];
  let depth = 0;
  for (let at = 0; at < text.length;) {
    const quote = text.indexOf('"', at);
    const between = text.slice(at, quote < 0 ? text.length : quote);
    const end = endOfRoot(between, depth);
    pieces.push(mendBetween(between.slice(0, end)));
    if (end < between.length || quote < 0) break;
    depth += depthOf(between);
    at = endOfString(text, quote + 1);
    pieces.push(mendString(text.slice(quote, at)));
  }
  return pieces.join('');
}

/** Behind the bracket that ends what was opened `depth` deep; the whole length when it does not stand here. */
function endOfRoot(between: string, depth: number): number {
  let open = depth;
  for (let at = 0; at < between.length; at++) {
    open += depthOf(between.charAt(at));
    if (open === 0 && /[\]}]/.test(between.charAt(at))) return at + 1;
  }
  return between.length;
}

function depthOf(between: string): number {
  let depth = 0;
  for (const sign of between) depth += sign === '[' || sign === '{' ? 1 : sign === ']' || sign === '}' ? -1 : 0;
  return depth;
}

function mendBetween(between: string): string {
  return between.replaceAll(/-?\b(?:NaN|Infinity)\b/g, '"$&"').replaceAll(/,(\s*[\]}])/g, '$1');
}

function mendString(string: string): string {
  const escaped = string.includes('\\')
    ? string.replaceAll(/\\([\s\S])/g, (both, sign: string) => (ESCAPED.test(sign) ? both : sign))
    : string;
  return escaped.replaceAll(/[\u0000-\u001f]/g, (control) => (control === '\n' || control === '\t' ? ' ' : ''));
}
