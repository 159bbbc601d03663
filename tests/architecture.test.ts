import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * The rule of imports, deny by default: a file may import only from the left.
 * story -> subscription -> pure files of feeds, delivery, commands -> ports -> the rest of them -> newshound -> main.
 */
const root = resolve(import.meta.dirname, '..');
const stages = ['story', 'subscription', 'feeds', 'delivery', 'commands'];

/** Libraries that stay within the process: allowed in src wherever they serve. */
const pureLibraries = new Set([
  '@mozilla/readability',
  '@orama/stemmers',
  'commander',
  'entities',
  'fastest-levenshtein',
  'htmlparser2',
  'linkedom',
  'opencc-js',
  'pino',
  'pino-pretty',
  'prom-client',
  'saxes',
  'tinyld',
  'wink-lexicon',
  'yaml',
  'zod',
]);
/** Parts of Node that do not reach outside the process; `node:module` loads libraries that are written as CommonJS. */
const pureBuiltins = new Set(['node:crypto', 'node:buffer', 'node:module', 'node:util', 'node:timers/promises']);

interface Import {
  readonly from: string;
  readonly to: string;
}

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*['"]([^'"]+)['"]|import\s*\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s+['"]([^'"]+)['"]/gu,
  );
  return [...found].map(([, from, dynamic, bare]) => {
    const specifier = from ?? dynamic ?? bare ?? '';
    return {
      from: file,
      to: specifier.startsWith('.') ? relative(root, resolve(root, dirname(file), specifier)) : specifier,
    };
  });
}

const source = filesUnder('src');
const adapters = filesUnder('adapters');
const graph = new Map([...source, ...adapters].map((file) => [file, importsOf(file)]));

/** Whether a file reaches src/ports.ts, itself or through what it imports. */
function reachesPorts(file: string, seen = new Set<string>()): boolean {
  if (file === 'src/ports.ts') return true;
  if (seen.has(file)) return false;
  seen.add(file);
  return (graph.get(file) ?? []).some(({ to }) => graph.has(to) && reachesPorts(to, seen));
}

/** The composition root: the command line and what joins settings, adapters and the program. */
function isRoot(file: string): boolean {
  return file === 'src/main.ts' || file.startsWith('src/main/');
}

/** The place of a file of src in the line; a file may import what stands at its own place or before. */
function rank(file: string): number {
  const [, stage = ''] = file.split('/');
  if (isRoot(file)) return file === 'src/main.ts' ? 7 : 6;
  if (['newshound', 'stages', 'health', 'rules'].some((name) => file === `src/${name}.ts`)) return 5;
  if (file === 'src/ports.ts') return 3;
  if (['log', 'metrics', 'settings', 'languages'].some((name) => file === `src/${name}.ts`)) return 0;
  // The one file of the story stage that asks which words a query matched.
  if (file === 'src/story/summarise.ts') return 1;
  if (stage === 'story') return 0;
  if (stage === 'subscription') return 1;
  if (!stages.includes(stage)) return Number.NaN;
  return reachesPorts(file) ? 4 : 2;
}

describe('imports', () => {
  test('every file of src has a place in the line', () => {
    expect(source.filter((file) => Number.isNaN(rank(file)))).toEqual([]);
  });

  test('files of src import only from the left', () => {
    const wrong = source.flatMap((file) =>
      importsOf(file).filter(({ to }) => graph.has(to) && !(to.startsWith('src/') && rank(to) <= rank(file))),
    );
    // Only the composition root names adapters.
    expect(wrong.filter(({ from, to }) => !(isRoot(from) && to.startsWith('adapters/')))).toEqual([]);
  });

  test('files of src use only libraries that stay within the process', () => {
    const wrong = source
      .filter((file) => !isRoot(file))
      .flatMap((file) =>
        importsOf(file).filter(({ to }) => {
          if (to.startsWith('src/') || to.startsWith('adapters/')) return false;
          return !(pureLibraries.has(to) || pureBuiltins.has(to));
        }),
      );
    expect(wrong).toEqual([]);
  });

  test('adapters import ports and what stands left of it, and no other adapter kind', () => {
    const wrong = adapters.flatMap((file) =>
      importsOf(file).filter(({ to }) => {
        if (to.startsWith('src/')) return rank(to) > 3;
        if (to.startsWith('adapters/')) return !mayShare(file, to);
        return to.startsWith('node:') && !builtinModules.includes(to.slice(5)) && to !== 'node:sqlite';
      }),
    );
    expect(wrong).toEqual([]);
  });

  test('nothing imports in a circle', () => {
    expect([...graph.keys()].filter((file) => inCircle(file))).toEqual([]);
  });
});

describe('the world', () => {
  test('process.env and process.argv are read in the composition root only', () => {
    const wrong = [...source, ...adapters].filter(
      (file) => !isRoot(file) && /process\.(?:env|argv)|process\[/u.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });

  test('the time comes from the Clock only', () => {
    const wrong = source.filter(
      (file) =>
        !isRoot(file) && /Date\.now\(|new Date\(\)|performance\.now\(/u.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });
});

/** What reads the Web is shared by all that do. */
const webFiles = new Set([
  'adapters/feeds/http.ts',
  'adapters/feeds/address.ts',
  'adapters/feeds/charsets.ts',
  'adapters/feeds/guess-charset.ts',
]);

/** Adapters of one kind share files; the worker pool and the guarded HTTP door serve several. */
function mayShare(file: string, to: string): boolean {
  const kind = (path: string): string =>
    path
      .split('/')
      .slice(0, 3)
      .join('/')
      .replace(/\/[^/]+\.ts$/u, '');
  // What stands in the folder of a port serves all its adapters.
  const ofPort = kind(to).split('/').length === 2 && kind(file).startsWith(`${kind(to)}/`);
  return kind(file) === kind(to) || ofPort || to.startsWith('adapters/workers/') || webFiles.has(to);
}

function inCircle(start: string): boolean {
  const seen = new Set<string>();
  const next = (graph.get(start) ?? []).map(({ to }) => to);
  while (next.length > 0) {
    const file = next.pop() ?? '';
    if (file === start) return true;
    if (seen.has(file) || !graph.has(file)) continue;
    seen.add(file);
    next.push(...(graph.get(file) ?? []).map(({ to }) => to));
  }
  return false;
}
