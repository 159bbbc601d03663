/** What stands live in a text that Slack reads as mrkdwn: everything between angle brackets, and the rest as text. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly url: string; readonly label: string }
  | { readonly kind: 'date'; readonly text: string }
  /** A member, a channel's link, a user group, or all of a channel. */
  | { readonly kind: 'mention'; readonly of: 'member' | 'channel' | 'group' | 'everyone'; readonly raw: string }
  /** In angle brackets, but nothing that is known. */
  | { readonly kind: 'unknown'; readonly raw: string };

/** Reads a text as Slack's own reader does: brackets first, entities last; formatting marks stay in the text. */
export function readMrkdwn(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(/<([^>]*)>/gu)) {
    if (found.index > from) pieces.push(plain(text.slice(from, found.index)));
    pieces.push(control(found[1] ?? ''));
    from = found.index + found[0].length;
  }
  if (from < text.length) pieces.push(plain(text.slice(from)));
  return pieces;
}

/** Mentions that would call somebody. Without `verbatim` Slack also obeys names that stand in the open. */
export function mentionsIn(text: string, verbatim: boolean): string[] {
  return readMrkdwn(text).flatMap((piece) => {
    if (piece.kind === 'mention' && piece.of !== 'channel') return [piece.raw];
    if (verbatim || piece.kind !== 'text') return [];
    return Array.from(piece.text.matchAll(/(?<![\p{L}\p{N}])@(?:here|channel|everyone)\b/giu), ([name]) => name);
  });
}

/** What a reader sees of a text: labels for links, fallbacks for dates, entities decoded. */
export function visible(text: string): string {
  return readMrkdwn(text)
    .map((piece) => {
      if (piece.kind === 'text' || piece.kind === 'date') return piece.text;
      return piece.kind === 'link' ? piece.label : piece.raw;
    })
    .join('');
}

/** The three entities Slack knows. */
export function decoded(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

export function encoded(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function plain(text: string): Piece {
  return { kind: 'text', text: decoded(text) };
}

function control(inner: string): Piece {
  const raw = `<${inner}>`;
  const bar = inner.indexOf('|');
  const head = bar === -1 ? inner : inner.slice(0, bar);
  const label = bar === -1 ? '' : decoded(inner.slice(bar + 1));
  if (/^@[UW]/u.test(head)) return { kind: 'mention', of: 'member', raw };
  if (/^#[CG]/u.test(head)) return { kind: 'mention', of: 'channel', raw };
  if (/^!(?:here|channel|everyone|group)$/u.test(head)) return { kind: 'mention', of: 'everyone', raw };
  if (head.startsWith('!subteam^')) return { kind: 'mention', of: 'group', raw };
  if (head.startsWith('!date^')) return { kind: 'date', text: label };
  if (/^[a-z][a-z\d+.-]*:/iu.test(head)) return { kind: 'link', url: decoded(head), label: label || decoded(head) };
  return { kind: 'unknown', raw };
}
