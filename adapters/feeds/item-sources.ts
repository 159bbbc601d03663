import { hash } from 'node:crypto';
import type { SourceMarks } from '../../src/story/item.ts';
import { createFinder, type Find } from './xml-scan.ts';

/** The source of a document taken apart: its items, and what stands around them. */
export interface ItemSources {
  readonly marks: SourceMarks;
  /** The document without the items whose marks are among these, as short as that makes it. */
  without(marks: ReadonlySet<number>): string;
}

interface Piece {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

const MOST_CHARS = 4_000_000;
const MOST_PIECES = 1_000;
const MOST_FRAME = 65_536;
/** 52 bits. */
const MARK_DIGITS = 13;
const CDATA = '<![CDATA[';
/** When a document was made says nothing about its items. */
const TIMES = /<(lastBuildDate|pubDate|updated|modified|dc:date|sy:updateBase)>[^<>]{0,80}<\/\1>/gu;
const COMMENTS = /<!--[^<>]{0,2000}-->/gu;

/**
 * Takes a document apart where its items can be told without reading them: they stand one after the other, complete, with
 * nothing between them. Then one can be left out without a change to what is read of the others.
 * @param url the address it came from: links may be relative to it
 * @returns null for any document that is not as plain as that
 */
export function itemSources(source: string, url: string): ItemSources | null {
  if (source.length > MOST_CHARS) return null;
  const pieces = piecesOf(source);
  const [first, last] = [pieces?.[0], pieces?.at(-1)];
  if (!pieces || !first || !last) return null;
  const head = source.slice(0, first.start);
  const tail = source.slice(last.end);
  // An internal subset may declare what items refer to.
  if (head.length + tail.length > MOST_FRAME || /<!DOCTYPE/iu.test(head)) return null;
  const items = pieces.map(({ start, end }) => markOf(source.slice(start, end)));
  // Of two that are the same nobody could say which one is meant.
  if (new Set(items).size < items.length) return null;
  return {
    marks: { frame: markOf([url, withoutTimes(head), withoutTimes(tail)].join('\u0000')), items },
    without(marks) {
      const kept = pieces.filter((_, i) => !marks.has(items[i] ?? 0));
      return [head, ...kept.map(({ start, end }) => source.slice(start, end)), tail].join('');
    },
  };
}

function markOf(text: string): number {
  return Number.parseInt(hash('sha256', text, 'hex').slice(0, MARK_DIGITS), 16);
}

function withoutTimes(frame: string): string {
  return frame.replace(TIMES, '<$1/>').replace(COMMENTS, '');
}

/** The items from the first to the last; null where they do not follow each other, or one is not whole. */
function piecesOf(source: string): Piece[] | null {
  const name = /<(item|entry)[\s>]/u.exec(source)?.[1];
  if (name === undefined) return null;
  const opening = `<${name}`;
  const closing = `</${name}>`;
  const find = createFinder(source);
  const pieces: Piece[] = [];
  let start = find(opening, 0);
  for (;;) {
    const end = endOfItem(source, start, opening, closing, find);
    if (end < 0 || pieces.length === MOST_PIECES) return null;
    pieces.push({ start, end });
    const next = find(opening, end);
    if (next < 0) return pieces;
    if (source.slice(end, next).trim() !== '' || !/[\s>]/u.test(source.charAt(next + opening.length))) return null;
    start = next;
  }
}

/** Behind the end tag of the item that begins at `start`; -1 where it holds what a lenient reader may read in two ways. */
function endOfItem(source: string, start: number, opening: string, closing: string, find: Find): number {
  let at = start + opening.length;
  for (;;) {
    const close = find(closing, at);
    if (close < 0) return -1;
    const special = find('<!', at);
    if (special < 0 || special > close) {
      const end = close + closing.length;
      return stands(find(opening, start + 1), end) || stands(find('<?', start), end) ? -1 : end;
    }
    at = source.startsWith(CDATA, special) ? endOfCdata(special, find) : -1;
    if (at < 0) return -1;
  }
}

function stands(at: number, before: number): boolean {
  return at >= 0 && at < before;
}

/** Behind the end of a CDATA section; -1 where it has none, or another one begins before. */
function endOfCdata(start: number, find: Find): number {
  const end = find(']]>', start);
  return end < 0 || stands(find(CDATA, start + 1), end) ? -1 : end + 3;
}
