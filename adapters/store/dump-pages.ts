import type { DumpRecord } from '../../src/ports.ts';

/** Gives the records of a dump to `load`, so many at a time. Resolves with how many there were. */
export async function loadInPages(
  given: AsyncIterable<DumpRecord> | Iterable<DumpRecord>,
  size: number,
  load: (page: readonly DumpRecord[]) => Promise<void>,
): Promise<number> {
  let loaded = 0;
  let page: DumpRecord[] = [];
  for await (const record of given) {
    page.push(record);
    if (page.length < size) continue;
    await load(page);
    loaded += page.length;
    page = [];
  }
  await load(page);
  return loaded + page.length;
}
