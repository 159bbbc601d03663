import type { Inline, Line } from '../../../src/commands/card.ts';
import { looksLikeAddress, oneLine, truncateGraphemes, visibleText } from '../../../src/delivery/sanitize.ts';
import { addressInLink, escaped } from './escape.ts';
import { slashText, slashUsage } from './slash.ts';

/** Of one piece and of a whole line, in characters after escaping: a line always fits into one description of 4,096. */
const PIECE_MAX = 1500;
export const LINE_MAX = 3500;

/**
 * A line of an answer in Discord's markup, at most 3,500 characters; what does not fit is left out and marked with `…`. Two
 * marked pieces are never side by side, where their marks would be read together: a space stands between them.
 */
export function renderLine(line: Line): string {
  let text = '';
  let marked = false;
  for (const inline of line) {
    const piece = renderInline(inline);
    if (piece === '') continue;
    const apart = marked && typeof inline !== 'string' ? ' ' : '';
    if (text.length + apart.length + piece.length > LINE_MAX) return `${text}…`;
    text += apart + piece;
    marked = typeof inline !== 'string';
  }
  return text;
}

/** A line as plain text, for labels. */
export function plainLine(line: Line): string {
  return oneLine(line.map(plainInline).join(''));
}

function renderInline(inline: Inline): string {
  if (typeof inline === 'string') return fitted(inline);
  if ('bold' in inline) return renderBold(inline.bold);
  if ('code' in inline) return renderCode(inline.code);
  if ('time' in inline) return renderTime(inline.time);
  const url = addressInLink(inline.url);
  if (url === '') return fitted(inline.link);
  const label = oneLine(inline.link);
  // Discord makes no link of a label that reads like an address; and such a label must not hide another one.
  if (label === '' || inline.link === inline.url) return `<${url}>`;
  return looksLikeAddress(label) ? `${fitted(label)} <${url}>` : `[${fitted(label)}](${url})`;
}

function renderBold(bold: string): string {
  const text = visibleText(bold).trim();
  return text === '' ? '' : `**${fitted(text)}**`;
}

/** Nothing is markup within back-ticks but back-ticks themselves. */
function renderCode(code: string): string {
  const text = truncateGraphemes(oneLine(slashUsage(slashText(code))), PIECE_MAX);
  if (text === '') return '';
  return text.includes('`') ? fitted(text) : `\`${text}\``;
}

/** In the reader's own time zone and language. https://discord.com/developers/docs/reference#message-formatting */
function renderTime(at: number): string {
  const seconds = Math.floor(at / 1000);
  return `<t:${seconds}:f> (<t:${seconds}:R>)`;
}

function fitted(text: string): string {
  return escaped(truncateGraphemes(text, PIECE_MAX, (part) => escaped(part).length));
}

function plainInline(inline: Inline): string {
  if (typeof inline === 'string') return inline;
  if ('bold' in inline) return inline.bold;
  if ('code' in inline) return inline.code;
  if ('time' in inline) return new Date(inline.time).toISOString().slice(0, 16);
  return inline.link;
}
