import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { AboutBody } from '../../../adapters/feeds/parse.ts';

/** One file of `tests/fixtures/feeds`: lines of `about:`, `content-type:` and `expect: path = JSON`, a line `---`, the body. */
export interface FeedFixture {
  readonly name: string;
  readonly about: string;
  readonly body: Uint8Array;
  readonly source: AboutBody;
  readonly expected: readonly { readonly path: string; readonly value: unknown }[];
}

const FOLDER = join(import.meta.dirname, '../../fixtures/feeds');

export function readFixtures(): FeedFixture[] {
  const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((file) => readFixture(join(file.parentPath, file.name))).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readFixture(path: string): FeedFixture {
  const bytes = readFileSync(path);
  const end = bytes.indexOf('---\n');
  const lines = bytes.subarray(0, end).toString('latin1').split('\n');
  const header = (key: string): string[] =>
    lines.filter((line) => line.startsWith(`${key}: `)).map((line) => line.slice(key.length + 2));
  return {
    name: relative(FOLDER, path).replace('.feed', ''),
    about: header('about')[0] ?? '',
    body: bytes.subarray(end + 4),
    source: { url: 'https://feed.example/dir/feed.xml', contentType: header('content-type')[0] ?? '' },
    expected: header('expect').map((line) => {
      const equals = line.indexOf(' = ');
      return { path: line.slice(0, equals), value: JSON.parse(line.slice(equals + 3)) as unknown };
    }),
  };
}

/** What stands at `items[0].title` and the like; a missing value is null, a date of publication an ISO string. */
export function valueAt(document: unknown, path: string): unknown {
  let value: unknown = document;
  for (const key of path.split(/[.[\]]+/).filter((part) => part !== ''))
    value = value === null || value === undefined ? null : (value as Record<string, unknown>)[key];
  if (path.endsWith('published') && typeof value === 'number')
    return new Date(value).toISOString().replace('.000Z', 'Z');
  return value ?? null;
}
