import { MAX_PAGE_LENGTH } from './article.ts';
import { isFurniture } from './line-patterns.ts';
import type { Line } from './lines.ts';

const MAX_LINES = 50_000;
const CONTROLS = /[\u0000-\u0008\u000E-\u001F\u007F\uFFFD]/gu;
/** More control characters than this among the first ones mean a picture or a program, not a text. */
const MAX_CONTROL_SHARE = 0.02;
const SAMPLE_LENGTH = 4096;

const TAG =
  /<(?:!doctype|!--|\/?(?:html|head|body|p|div|span|a|br|h[1-6]|ul|ol|li|table|tr|td|article|section|main|title|meta|script|style|img|b|i|em|strong)\b)/iu;

/** Whether a body is no page at all but a text as it is; an XML document is neither. */
export function isPlainText(source: string): boolean {
  return !TAG.test(source.slice(0, MAX_PAGE_LENGTH)) && !/^\s*<\?xml/u.test(source);
}

/** Whether a body is bytes that were never text. */
export function isBinary(source: string): boolean {
  const sample = source.slice(0, SAMPLE_LENGTH);
  return (sample.match(CONTROLS)?.length ?? 0) > sample.length * MAX_CONTROL_SHARE;
}

/**
 * The paragraphs of a plain text: parted by blank lines when there are any, else one a line. Lines broken by a
 * typewriter's width are joined.
 */
export function plainTextLines(source: string): Line[] {
  const text = source.slice(0, MAX_PAGE_LENGTH).replace(/\r\n?/gu, '\n').replace(CONTROLS, '');
  const blocks = /\n[^\S\n]*\n/u.test(text) ? text.split(/\n(?:[^\S\n]*\n)+/u) : text.split('\n');
  return blocks
    .slice(0, MAX_LINES)
    .map((block) => block.replace(/\s+/gu, ' ').trim())
    .filter((block) => block !== '')
    .map((block) => ({ text: block, block: 'p', linked: 0 }));
}

/** The first line that reads like a headline: several words, no full stop; '' for none among the first lines. */
export function headlineOf(lines: readonly Line[]): string {
  const headline = lines
    .slice(0, 8)
    .find(
      ({ text }) => text.length <= 200 && text.split(' ').length >= 4 && !/[.:;,…]$/u.test(text) && !isFurniture(text),
    );
  return headline?.text ?? '';
}
