import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';

const child = join(import.meta.dirname, 'post-for-ever.ts');

/** Runs the child until it has printed something and `ms` more have passed, kills it, and gives the titles it printed. */
async function runAndKill(ledgerPath: string, ms: number): Promise<string[]> {
  const running = spawn(process.execPath, [child, ledgerPath], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 10_000,
  });
  const exited = new Promise((resolve) => running.once('close', resolve));
  let printed = '';
  const begun = new Promise<void>((resolve) => {
    running.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      resolve();
    });
  });
  await Promise.race([begun, exited]);
  await wait(ms);
  running.kill('SIGKILL');
  await exited;
  return Array.from(printed.matchAll(/● (Story \d+)\n/g), ([, title = '']) => title);
}

test('killed at any moment and started again, a terminal prints nothing twice and nothing that is not in its ledger', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'newshound-killed-'));
  const ledgerPath = join(folder, 'terminal.jsonl');
  try {
    const printed: string[] = [];
    for (let kill = 0; kill < 10; kill++) printed.push(...(await runAndKill(ledgerPath, (kill * 7) % 23)));
    const text = await readFile(ledgerPath, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n')).split('\n');
    const entries = whole.map((line) => JSON.parse(line) as { key: string; number: number; titles: string[] });

    expect(new Set(printed).size).toBe(printed.length);
    const posted = new Set(entries.flatMap(({ titles }) => titles));
    expect(printed.filter((title) => !posted.has(title))).toEqual([]);
    // In the order of posting without a gap, so nothing is lost either; a kill between disk and screen may cost one print.
    expect(entries.map(({ key, number }) => [key, number])).toEqual(entries.map((_, at) => [`key-${at}`, at + 1]));
    expect(entries.length - printed.length).toBeLessThanOrEqual(10);
    expect(printed.length).toBeGreaterThan(0);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
