import { SaxesParser } from 'saxes';

/** A feed as an OPML file lists it. */
export interface OpmlFeed {
  /** Absolute http(s) address. */
  readonly url: string;
  /** '' when the file gives none. */
  readonly title: string;
  /** The folders it stands in, outermost first, and its categories. */
  readonly tags: readonly string[];
}

export type OpmlResult =
  | { readonly ok: true; readonly feeds: readonly OpmlFeed[] }
  | { readonly ok: false; readonly message: string; readonly line: number };

/** About 5,000 feeds, read in under 50 ms. */
const MAX_CHARACTERS = 786_432;
const MAX_DEPTH = 32;
const MAX_TAGS = 32;
const MAX_TEXT = 500;
const MAX_URL = 2048;

/** Ends the reading at the first fault. */
class OpmlFault extends Error {}

/**
 * Reads an OPML subscription list (OPML 2.0: outlines with `xmlUrl`, in folders or not). A file with any fault is refused
 * as a whole, with the fault in words and its line (from 1); a feed listed twice comes once, with the tags of both.
 * Entities of the file's own are not expanded: using one is a fault. A file that nobody but the host can write may be
 * given a larger `maxCharacters`; by default what strangers send is read in a moment.
 */
export function parseOpml(text: string, maxCharacters = MAX_CHARACTERS): OpmlResult {
  if (text.length > maxCharacters) {
    return { ok: false, message: `the file is longer than ${maxCharacters} characters`, line: 1 };
  }
  const parser = new SaxesParser({ position: true, xmlns: false });
  const reading = {
    feeds: new Map<string, OpmlFeed>(),
    folders: [] as string[],
    depth: 0,
    rooted: false,
    bodied: false,
  };
  parser.on('error', (error) => {
    throw new OpmlFault(error.message.replace(/^(?:\d+:\d+: )?/u, ''));
  });
  parser.on('opentag', ({ name, attributes }) => {
    open(reading, name.toLowerCase(), attributes);
  });
  parser.on('closetag', ({ name }) => {
    reading.depth--;
    if (name.toLowerCase() === 'outline') reading.folders.pop();
  });
  try {
    parser.write(text.replace(/^\uFEFF/u, '')).close();
    if (!reading.bodied) throw new OpmlFault('this is OPML without a body');
  } catch (error) {
    if (!(error instanceof OpmlFault)) throw error;
    return /entity|unclosed|unexpected end/u.test(error.message)
      ? entityFault(text, error.message, parser.line)
      : { ok: false, message: error.message, line: parser.line };
  }
  return { ok: true, feeds: [...reading.feeds.values()] };
}

/** The parser reads on to the next semicolon before it gives up: the line to look at is that of the ampersand. */
function entityFault(text: string, message: string, endLine: number): OpmlResult {
  const bare = /&(?!#?\w{1,32};)/u.exec(text);
  const line = bare === null ? endLine : text.slice(0, bare.index).split('\n').length;
  if (bare === null || line > endLine) return { ok: false, message, line: endLine };
  return { ok: false, message: 'an ampersand in a text has to be written as &amp;', line };
}

/** The feeds as an OPML 2.0 file that `parseOpml` and other readers read back: tags become folders, one within the other. */
export function printOpml(feeds: readonly OpmlFeed[], title: string): string {
  const root: Folder = { folders: new Map(), feeds: [] };
  for (const feed of feeds) {
    let folder = root;
    for (const tag of feed.tags.map(oneLine)) folder = tag === '' ? folder : folderIn(folder, tag);
    folder.feeds.push(feed);
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    '  <head>',
    `    <title>${escaped(oneLine(title))}</title>`,
    '  </head>',
    '  <body>',
    ...printFolder(root, '    '),
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}

interface Reading {
  readonly feeds: Map<string, OpmlFeed>;
  /** A name for each open outline; '' for a feed and for an outline without text. */
  readonly folders: string[];
  depth: number;
  rooted: boolean;
  bodied: boolean;
}

function open(reading: Reading, name: string, attributes: Readonly<Record<string, string>>): void {
  if (!reading.rooted && name !== 'opml') throw new OpmlFault(`this is not OPML: it begins with <${oneLine(name)}>`);
  reading.rooted = true;
  if (++reading.depth > MAX_DEPTH) throw new OpmlFault(`folders stand more than ${MAX_DEPTH} deep`);
  if (name === 'body') reading.bodied = true;
  if (name !== 'outline') return;
  const values = new Map(Object.entries(attributes).map(([key, value]) => [key.toLowerCase(), value]));
  const label = oneLine(values.get('title') ?? '') || oneLine(values.get('text') ?? '');
  const address = values.get('xmlurl');
  if (address === undefined) {
    reading.folders.push(label);
    return;
  }
  reading.folders.push('');
  addFeed(reading, readAddress(address), label, values.get('category') ?? '');
}

function addFeed({ feeds, folders }: Reading, url: string, label: string, category: string): void {
  const known = feeds.get(url);
  const tags = new Set([...(known?.tags ?? []), ...folders, ...categories(category)]);
  tags.delete('');
  if (tags.size > MAX_TAGS) throw new OpmlFault(`a feed has more than ${MAX_TAGS} tags`);
  feeds.set(url, { url, title: known?.title || (label === url ? '' : label), tags: [...tags] });
}

/** `/News/World,Sport` -> News, World, Sport (OPML 2.0, the category attribute). */
function categories(text: string): readonly string[] {
  return text.split(/[,/]/u).map(oneLine);
}

function readAddress(text: string): string {
  const trimmed = text
    .trim()
    .replace(/^feed:(?:\/\/)?(?=https?:)/iu, '')
    .replace(/^feed:\/\//iu, 'http://');
  const url = trimmed.length > MAX_URL ? null : URL.parse(trimmed);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new OpmlFault(`"${oneLine(text).slice(0, 100)}" is not an http or https address`);
  }
  return url.href;
}

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly feeds: OpmlFeed[];
}

function folderIn(parent: Folder, name: string): Folder {
  let folder = parent.folders.get(name);
  if (folder === undefined) {
    folder = { folders: new Map(), feeds: [] };
    parent.folders.set(name, folder);
  }
  return folder;
}

function* printFolder(folder: Folder, indent: string): Generator<string> {
  for (const { url, title } of folder.feeds) {
    const label = escaped(oneLine(title) || url);
    yield `${indent}<outline type="rss" text="${label}" title="${label}" xmlUrl="${escaped(url)}"/>`;
  }
  for (const [name, inner] of folder.folders) {
    yield `${indent}<outline text="${escaped(name)}">`;
    yield* printFolder(inner, `${indent}  `);
    yield `${indent}</outline>`;
  }
}

/** Text for one line of XML 1.0: no control characters, no noncharacters, single spaces. */
function oneLine(text: string): string {
  const clean = text
    .slice(0, 4 * MAX_TEXT)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]+/gu, ' ');
  return clean.replaceAll(/\s+/gu, ' ').trim().slice(0, MAX_TEXT).toWellFormed().trim();
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
