import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importPath, readImport, saveExport } from '../../../../adapters/chat/terminal/attachment.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'newshound-files-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

describe('a file to import', () => {
  test.each([
    ['import alerts.json', 'alerts.json'],
    ['import --file alerts.json', 'alerts.json'],
    ['feeds import --file=./my feeds.opml', './my feeds.opml'],
    ['IMPORT "my alerts.json"', 'my alerts.json'],
    ['import', null],
    ['add import tariffs', null],
    ['feeds', null],
  ])('in %j is %j', (said, path) => {
    expect(importPath(said)).toBe(path);
  });

  test('is read, or refused in words', async () => {
    const path = join(folder, 'alerts.json');
    await writeFile(path, '{"a":"日本"}');
    expect(await readImport(path)).toEqual({ ok: true, text: '{"a":"日本"}' });
    expect(await readImport(join(folder, 'none'))).toMatchObject({
      ok: false,
      message: expect.stringMatching(/none cannot be read: no such file or directory\.$/) as string,
    });
    expect(await readImport(folder)).toMatchObject({ ok: false });
    await truncate(path, 6 * 1024 * 1024);
    expect(await readImport(path)).toMatchObject({
      ok: false,
      message: expect.stringContaining('larger than 5 MiB') as string,
    });
  });
});

describe('an exported file', () => {
  test('never takes the place of another', async () => {
    const file = { name: 'alerts.json', text: 'one' };
    expect(await saveExport(folder, file)).toBe(join(folder, 'alerts.json'));
    expect(await saveExport(folder, { ...file, text: 'two' })).toBe(join(folder, 'alerts-2.json'));
    expect(await readFile(join(folder, 'alerts.json'), 'utf8')).toBe('one');
  });

  test.each(['../../evil.sh', '/etc/passwd', '.bashrc', 'a\u0000b', '', '...'])(
    'named %j stays in its folder',
    async (name) => {
      await saveExport(folder, { name, text: 'x' });
      const [only = ''] = await readdir(folder);
      expect(only).toMatch(/^\w[\w.-]*$/);
    },
  );
});
