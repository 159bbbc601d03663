import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../servers/free-port.ts';
import { end, health, said } from './running.ts';
import type { Trial } from './trial.ts';

const LOOK_MS = 200;
const NOTICED_MS = 30_000;
const BACK_MS = 60_000;

/**
 * Redis is away for so long while the program runs: `/healthz` has to say so, the connections to the chat have to stand, and
 * afterwards the program has to go on by itself. Throws where it does not. What becomes of the stories is judged elsewhere.
 */
export async function sitOutage({ start, redis, chat }: Trial, awayMs: number): Promise<void> {
  // A chat that drops the connection itself would not tell us anything.
  chat.calm();
  const port = await freePort();
  const run = start({ PORT: String(port) });
  await said(run, 'started');
  await until(port, true, BACK_MS);
  const before = chat.connections();
  await redis?.kill();
  const began = performance.now();
  const text = await until(port, false, NOTICED_MS);
  if (!text.includes('store')) throw new Error(`/healthz does not name the store: ${text}`);
  while (performance.now() - began < awayMs) {
    const now = chat.connections();
    if (now.open !== before.open || now.made !== before.made) {
      throw new Error(`the connection to the chat was not kept: ${JSON.stringify({ before, now })}`);
    }
    if ((await health(port)).ok) throw new Error('/healthz says that all is well while Redis is away');
    await wait(LOOK_MS);
  }
  await redis?.restart();
  await until(port, true, BACK_MS);
  await end(run);
}

/** Waits until `/healthz` is as expected; resolves with its text. */
async function until(port: number, ok: boolean, withinMs: number): Promise<string> {
  const latest = performance.now() + withinMs;
  for (;;) {
    const found = await health(port);
    if (found.ok === ok) return found.text;
    if (performance.now() > latest) throw new Error(`/healthz goes on saying ${found.text}`);
    await wait(LOOK_MS);
  }
}
