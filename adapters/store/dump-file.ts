import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DumpRecord } from '../../src/ports.ts';

const kinds: ReadonlySet<string> = new Set<DumpRecord['kind']>([
  'feed',
  'seen',
  'story',
  'delivery',
  'decision',
  'subscription',
  'document',
]);

/** Writes a dump as JSON lines. Returns how many records. Refuses to write over a file. */
export async function writeDump(path: string, records: AsyncIterable<DumpRecord>): Promise<number> {
  let written = 0;
  async function* lines(): AsyncGenerator<string> {
    for await (const record of records) {
      written++;
      yield `${JSON.stringify(record)}\n`;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(path, { flags: 'wx' }));
  return written;
}

/** Reads a dump line by line; throws with the line's number where one is no record. */
export async function* readDump(path: string): AsyncGenerator<DumpRecord> {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    number++;
    if (line === '') continue;
    yield recordFrom(line, number);
  }
}

function recordFrom(line: string, number: number): DumpRecord {
  try {
    const record = JSON.parse(line) as DumpRecord;
    if (kinds.has(record.kind)) return record;
  } catch {
    // Said below, with the line.
  }
  throw new Error(`Line ${number} of the file is no record of a store`);
}
