import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog } from './logging.ts';
import { runProgram } from './run.ts';
import { readSetup, type Options, type Setup } from './setup.ts';
import { closing, openStore } from './store.ts';

export async function start(options: Options): Promise<void> {
  const setup = await readSetup(options);
  if (setup.dryRun) return startDry(setup);
  const log = openLog(setup);
  await using store = closing(await openStore(setup, log));
  // Awaited here: the store is closed when this function is left.
  await runProgram({ setup, store: store.it, log });
}

/** What would be sent is worked out on a copy: nothing is marked as seen or sent. */
async function startDry(setup: Setup): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'newshound-dry-run-'));
  const copy = { ...setup, data: folder, secrets: { ...setup.secrets, redisUrl: '' } };
  try {
    const log = openLog(copy);
    await using original = closing(await openStore(setup, log));
    await using fresh = closing(await openStore(copy, log));
    await fresh.it.load(original.it.dump());
    await runProgram({ setup: copy, store: fresh.it, log });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
