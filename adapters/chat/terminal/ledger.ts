import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DeliveryKey } from '../../../src/delivery/delivery.ts';
import type { StoryId } from '../../../src/story/story.ts';
import type { Destination } from '../../../src/subscription/destination.ts';

/** One posted message, as a line of JSON. */
export interface LedgerEntry {
  readonly key: DeliveryKey;
  /** Counts posted messages from 1; the remote id a member can type. */
  readonly number: number;
  readonly destination: Destination;
  readonly kind: string;
  readonly stories: readonly StoryId[];
  readonly titles: readonly string[];
  /** Epoch ms. */
  readonly at: number;
}

/** Everything posted so far, kept in a file of JSON lines that survives a kill at any moment. */
export interface Ledger {
  /** The number this key was posted under, or null. */
  find(key: DeliveryKey): number | null;
  /**
   * Writes an entry to the disk, unless its key stands there already; when this resolves it stands. Rejects when it cannot
   * be written: then it does not stand. `fresh` is true for the one call that wrote it.
   */
  append(entry: Omit<LedgerEntry, 'number'>): Promise<{ readonly number: number; readonly fresh: boolean }>;
  close(): Promise<void>;
}

/**
 * Opens the ledger at `path`, making file and folder where there are none. A last line without its line feed was torn by
 * a crash before it was acknowledged: it is cut off. Other lines that cannot be read are passed over and left alone.
 */
export async function openLedger(path: string): Promise<Ledger> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a+', 0o600).then(async (made) => {
    await made.close();
    return open(path, 'r+');
  });
  const bytes = await file.readFile();
  let end = bytes.lastIndexOf(0x0a) + 1;
  if (end < bytes.length) await file.truncate(end);

  const numbers = new Map<DeliveryKey, number>();
  let last = 0;
  for (const line of bytes.toString('utf8', 0, end).split('\n')) {
    const entry = readEntry(line);
    if (entry === null) continue;
    numbers.set(entry.key, entry.number);
    last = Math.max(last, entry.number);
  }

  let turn: Promise<unknown> = Promise.resolve();
  async function write(entry: Omit<LedgerEntry, 'number'>): Promise<number> {
    const number = last + 1;
    const line = Buffer.from(`${JSON.stringify({ number, ...entry })}\n`);
    await writeLine(file, line, end);
    end += line.length;
    last = number;
    numbers.set(entry.key, number);
    return number;
  }

  return {
    find: (key) => numbers.get(key) ?? null,

    async append(entry) {
      const mine = turn.then(async () => {
        const before = numbers.get(entry.key);
        return before === undefined ? { number: await write(entry), fresh: true } : { number: before, fresh: false };
      });
      turn = mine.catch(() => undefined);
      return mine;
    },

    async close() {
      await turn;
      await file.close();
    },
  };
}

/** Writes a line at its place and waits for the disk; on failure nothing of it is left. */
async function writeLine(file: FileHandle, line: Buffer, position: number): Promise<void> {
  try {
    let written = 0;
    while (written < line.length) {
      const { bytesWritten } = await file.write(line, written, line.length - written, position + written);
      written += bytesWritten;
    }
    await file.sync();
  } catch (error) {
    await file.truncate(position).catch(() => undefined);
    throw error;
  }
}

function readEntry(line: string): { key: DeliveryKey; number: number } | null {
  if (line === '') return null;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('key' in value) || !('number' in value)) return null;
  const { key, number } = value;
  return typeof key === 'string' && Number.isSafeInteger(number) ? { key, number: number as number } : null;
}
