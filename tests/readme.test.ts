import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandTable } from '../src/commands/table.ts';
import { environmentName, settingPaths } from '../src/settings.ts';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const main = readFileSync(join(root, 'src/main/command-line.ts'), 'utf8');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

describe('README', () => {
  test('begins with the two commands', () => {
    const [, first = ''] = readme.split('```sh\n');
    expect(
      first
        .split('\n')
        .map((line) => line.replace(/\s+#.*$/u, ''))
        .slice(0, 2),
    ).toEqual(['npm ci && npm run demo -- --once', 'npm ci && npm test']);
  });

  test('names every command that members see, and no other', () => {
    const shown = commandTable.filter(({ hidden }) => !hidden).map(({ name }) => name);
    expect(shown.filter((name) => !readme.includes(`/news ${name}`))).toEqual([]);
    const named = [...readme.matchAll(/`\/news ((?:feeds )?[a-z]+)/gu)].map(([, name]) => name);
    expect(named.filter((name) => !shown.some((one) => one === name))).toEqual([]);
  });

  test('names only options that its commands have', () => {
    const known = new Set(commandTable.flatMap(({ options }) => options.map(({ name }) => `--${name}`)));
    const commandLine = ['--config', '--data', '--dry-run', '--once', '--roles'];
    const named = [...readme.matchAll(/`(--[a-z-]+)/gu)].map(([, name = '']) => name);
    expect(named.filter((name) => !known.has(name) && !commandLine.includes(name))).toEqual([]);
    expect(commandLine.filter((name) => !main.includes(`'${name}`))).toEqual([]);
  });

  test('names only settings and scripts that there are', () => {
    const paths = settingPaths();
    const environment = new Set(paths.map(environmentName));
    const named = [...readme.matchAll(/NEWSHOUND_[A-Z_]+[A-Z]/gu)].map(([name]) => name);
    const others = ['NEWSHOUND_CONFIG', 'NEWSHOUND_DATA', 'NEWSHOUND_ENCRYPTION_KEY', 'NEWSHOUND_KILL_AT'];
    expect(named.filter((name) => !environment.has(name) && !others.includes(name))).toEqual([]);
    const dotted = [
      ...readme.matchAll(/`((?:feeds|stories|articles|delivery|commands|slack|server|store|log)\.[a-zA-Z]+)`/gu),
    ].map(([, path = '']) => path);
    expect(dotted.filter((path) => !paths.includes(path))).toEqual([]);
    const scripts = [...readme.matchAll(/npm run ([a-z]+)/gu)].map(([, name = '']) => name);
    expect(scripts.filter((name) => !(name in manifest.scripts))).toEqual([]);
  });
});
