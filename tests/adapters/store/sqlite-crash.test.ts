import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { delivery, id } from '../../contracts/store/samples.ts';
import { openForTest, temporaryPath } from './temporary-folder.ts';

const KILLS = 6;
const writer = fileURLToPath(new URL('sqlite-writer.ts', import.meta.url));

interface Acknowledged {
  readonly number: number;
  readonly fetched: boolean;
  readonly sent: boolean;
}

/** Runs the writer until it has said something, lets it go on for a while, kills it; returns what it said. */
async function runAndKill(path: string, from: number, afterMs: number): Promise<Acknowledged[]> {
  const child = spawn(process.execPath, [writer, path, String(from)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let complained = '';
  child.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (said === '') setTimeout(resolve, afterMs);
      said += chunk.toString();
    });
    child.once('exit', () => reject(new Error(`The writer ended by itself: ${complained}`)));
  });
  child.kill('SIGKILL');
  await ended;
  // The last line may have been cut off.
  const lines = said.slice(0, said.lastIndexOf('\n')).split('\n');
  return lines.map((line) => ({
    number: Number.parseInt(line, 10),
    fetched: line.includes('fetched'),
    sent: line.includes('sent'),
  }));
}

test('a process that is killed again and again loses nothing that was acknowledged', { timeout: 60_000 }, async () => {
  const path = temporaryPath();
  const acknowledged: Acknowledged[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    // Numbers that were not acknowledged may have been written all the same: begin well behind them.
    acknowledged.push(...(await runAndKill(path, kill * 100_000 + 1, 20 + ((kill * 37) % 100))));
    const database = new DatabaseSync(path);
    expect(database.prepare('PRAGMA integrity_check').get()?.['integrity_check']).toBe('ok');
    database.close();
  }

  const store = await openForTest(path);
  const numbers = acknowledged.map(({ number }) => number);
  expect(numbers.length).toBeGreaterThan(KILLS);
  const stories = await store.getStories(numbers.map(id));
  expect(stories.filter((one) => one === null)).toEqual([]);
  const records = await store.getDeliveries(numbers.map((number) => delivery(`d${number}`, 0).key));
  const documents = new Set((await store.listDocuments('number')).map(({ value }) => value));
  const seen = await store.findSeen(numbers.map(id));
  for (const [i, { number, fetched, sent }] of acknowledged.entries()) {
    expect(records[i]?.state).toBe(sent ? 'sent' : 'queued');
    expect(documents.has(number)).toBe(true);
    expect(seen[i] !== null).toBe(fetched);
  }
  const { entries, position } = await store.readLog(0, 1_000_000);
  expect(entries).toHaveLength(position);
  expect((await store.depths(Date.now())).seen).toBeGreaterThanOrEqual(
    acknowledged.filter((one) => one.fetched).length,
  );
});
