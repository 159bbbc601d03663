/** Something in a text that Discord's client would not show as it stands. */
export interface Live {
  readonly kind: string;
  readonly text: string;
}

export interface Reading {
  readonly live: readonly Live[];
  /** What a reader sees, without the marks and the backslashes. */
  readonly shown: string;
}

/** A backslash takes the meaning from any sign that is no letter, digit or space. */
const ESCAPE = /\\([^0-9A-Za-z\s])/uy;

/** At the start of a line. */
const blocks: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['heading', /#{1,3}\s+(?=\S)/uy],
  ['small print', /-#\s+(?=\S)/uy],
  ['quote', / *>(?:>>)? +/uy],
  ['list', / *(?:[*+-]|\d+\.) +(?=\S)/uy],
];

/** What stands for itself: nothing within is read any further. */
const atoms: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['code block', /```[^]+?```/uy],
  ['code', /(`+)[^]*?[^`]\1(?!`)/uy],
  ['user', /<@!?\d+>/uy],
  ['role', /<@&\d+>/uy],
  ['channel', /<#\d+>/uy],
  ['everyone', /@(?:everyone|here)/uy],
  ['time', /<t:-?\d+(?::[a-z])?>/iuy],
  ['command', /<\/[^<>\n]+:\d+>/uy],
  ['custom emoji', /<a?:\w+:\d+>/uy],
  ['guide', /<id:\w+(?::\d+)?>/uy],
  ['bare address', /(?:https?|steam):\/\/[^\s<]*[^\s<.,:;"'\]]/iuy],
  ['bracketed address', /<[^: >\n]+:\/[^ >\n]+>/uy],
  ['mail', /<(?:mailto:|tel:|sms:)?[^\s<>@:]+@[^\s<>]+>|<(?:tel|sms):[^\s<>]+>/iuy],
  ['shortcode', /:[^\s:]+?(?:::skin-tone-\d)?:/uy],
];

/** What changes how the text within it looks. */
const wraps: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['link', /\[((?:\[[^\]]*\]|\\[^]|[^[\]\\])*)\]\(\s*(?:[^\s\\)]|\\[^])*(?:\s+['"][^]*?['"])?\s*\)/uy],
  ['bold', /\*\*((?:\\[^]|[^\\])+?)\*\*(?!\*)/uy],
  ['underline', /__((?:\\[^]|[^\\])+?)__(?!_)/uy],
  ['struck', /~~((?:\\[^]|[^\\])+?)~~(?!_)/uy],
  ['spoiler', /\|\|((?:\\[^]|[^\\])+?)\|\|/uy],
  ['italic', /\*(?=\S)((?:\\[^]|[^\s*\\]|\s+(?=[^*\s]))+?)\*(?!\*)/uy],
  ['italic', /\b_((?:\\[^]|[^\\_])+?)_\b/uy],
];

/**
 * A small reading of Discord's markup, written for these tests from how its client reads messages: it finds whatever would be live,
 * and what would be seen. https://discord.com/developers/docs/reference#message-formatting
 */
export function readMarkup(source: string): Reading {
  const live: Live[] = [];
  let shown = '';
  let at = 0;
  while (at < source.length) {
    const lineStart = at === 0 || source[at - 1] === '\n';
    const found = step(source, at, lineStart);
    live.push(...found.live);
    shown += found.shown;
    at = found.end;
  }
  return { live, shown };
}

interface Step extends Reading {
  readonly end: number;
}

function step(source: string, at: number, lineStart: boolean): Step {
  const escape = matchAt(ESCAPE, source, at);
  if (escape) return { live: [], shown: escape[1] ?? '', end: at + escape[0].length };
  const block = lineStart ? first(blocks, source, at) : null;
  if (block) return { live: [block.live], shown: '', end: block.end };
  const atom = first(atoms, source, at);
  if (atom) return { live: [atom.live], shown: atom.live.text, end: atom.end };
  const wrap = first(wraps, source, at);
  if (wrap) {
    const inner = readMarkup(wrap.inner);
    return { live: [{ kind: wrap.live.kind, text: inner.shown }, ...inner.live], shown: inner.shown, end: wrap.end };
  }
  const sign = String.fromCodePoint(source.codePointAt(at) ?? 0);
  return { live: [], shown: sign, end: at + sign.length };
}

function first(
  rules: readonly (readonly [kind: string, pattern: RegExp])[],
  source: string,
  at: number,
): { readonly live: Live; readonly inner: string; readonly end: number } | null {
  for (const [kind, pattern] of rules) {
    const match = matchAt(pattern, source, at);
    if (match) return { live: { kind, text: match[0] }, inner: match[1] ?? '', end: at + match[0].length };
  }
  return null;
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}
