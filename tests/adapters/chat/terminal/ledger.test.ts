import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLedger, type Ledger } from '../../../../adapters/chat/terminal/ledger.ts';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'newshound-ledger-'));
  path = join(folder, 'deep', 'terminal.jsonl');
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

function entry(key: string): Parameters<Ledger['append']>[0] {
  return { key, destination: 'terminal:me', kind: 'alert', stories: ['s1'], titles: ['日本 "quoted"\nnews'], at: 7 };
}

async function reopened<T>(use: (ledger: Ledger) => Promise<T> | T): Promise<T> {
  const ledger = await openLedger(path);
  try {
    return await use(ledger);
  } finally {
    await ledger.close();
  }
}

describe('the ledger of posted messages', () => {
  test('numbers from 1, knows its keys, and goes on where it ended', async () => {
    await reopened(async (ledger) => {
      expect(ledger.find('a')).toBeNull();
      expect(await ledger.append(entry('a'))).toEqual({ number: 1, fresh: true });
      expect(await ledger.append(entry('b'))).toEqual({ number: 2, fresh: true });
    });
    await reopened(async (ledger) => {
      expect([ledger.find('a'), ledger.find('b'), ledger.find('c')]).toEqual([1, 2, null]);
      expect(await ledger.append(entry('c'))).toEqual({ number: 3, fresh: true });
    });
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      ['a', 'b', 'c'].map((key, at) => Object.assign(entry(key), { number: at + 1 })),
    );
  });

  test('has what was appended on the disk when the promise resolves', async () => {
    await reopened(async (ledger) => {
      await ledger.append(entry('a'));
      expect(await readFile(path, 'utf8')).toMatch(/"key":"a".*\n$/);
    });
  });

  test('gives one number to one key, even when asked twice at once', async () => {
    await reopened(async (ledger) => {
      expect(await Promise.all(['a', 'b', 'a'].map(async (key) => ledger.append(entry(key))))).toEqual([
        { number: 1, fresh: true },
        { number: 2, fresh: true },
        { number: 1, fresh: false },
      ]);
    });
    expect((await readFile(path, 'utf8')).trimEnd().split('\n')).toHaveLength(2);
  });

  test('cuts off a line torn at any byte, and only that one', async () => {
    await reopened(async (ledger) => {
      await ledger.append(entry('a'));
      await ledger.append(entry('b'));
    });
    const whole = await readFile(path);
    const first = whole.indexOf(0x0a) + 1;
    for (let size = first; size < whole.length; size += 5) {
      await writeFile(path, whole);
      await truncate(path, size);
      await reopened(async (ledger) => {
        expect([size, ledger.find('a'), ledger.find('b')]).toEqual([size, 1, null]);
        expect(await ledger.append(entry('b'))).toEqual({ number: 2, fresh: true });
      });
      expect(await readFile(path)).toEqual(whole);
    }
  });

  test('leaves nothing of a torn line behind a shorter one', async () => {
    await reopened(async (ledger) => ledger.append(entry('a')));
    await appendFile(path, `{"number":2,"key":"b","titles":["${'x'.repeat(900)}`);
    await reopened(async (ledger) => ledger.append(entry('b')));
    expect(await readFile(path, 'utf8')).not.toContain('xxx');
    expect(await reopened((ledger) => [ledger.find('a'), ledger.find('b')])).toEqual([1, 2]);
  });

  test('passes over lines that are not its own', async () => {
    await reopened(async (ledger) => ledger.append(entry('a')));
    await appendFile(path, 'not json\n[]\nnull\n{"key":5,"number":1}\n{"key":"x","number":"1"}\n\n');
    await reopened(async (ledger) => {
      expect(ledger.find('a')).toBe(1);
      expect(ledger.find('x')).toBeNull();
      expect(await ledger.append(entry('b'))).toEqual({ number: 2, fresh: true });
    });
    expect(await reopened((ledger) => ledger.find('b'))).toBe(2);
  });

  test('rejects when it cannot be written, and has no such entry then', async () => {
    const ledger = await openLedger(path);
    await ledger.close();
    await expect(ledger.append(entry('a'))).rejects.toThrow(/closed|EBADF/u);
    expect(ledger.find('a')).toBeNull();
  });
});
