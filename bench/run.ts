/**
 * Runs measurements: `npm run bench -- grouping store`, or all of them when none is named. They print tables and assert nothing:
 * machines differ, so what counts are the ratios within one run. `NEWSHOUND_BENCH_STORIES` names a file of stories (JSON lines with
 * `title` and `summary`) to measure matching with; without it they are made.
 */
const benches: Readonly<Record<string, () => Promise<void>>> = {
  delivery: async () => (await import('./delivery.ts')).benchDelivery(),
  'discord-burst': async () => (await import('./discord-burst.ts')).benchDiscordBurst(),
  extraction: async () => (await import('./extraction.ts')).benchExtraction(),
  feeds: async () => (await import('./feeds.ts')).benchFeedParsing(),
  'feeds-hostile': async () => (await import('./feeds-hostile.ts')).benchHostileFeeds(),
  'feeds-pipeline': async () => (await import('./feeds-pipeline.ts')).benchFeedPipeline(),
  'feeds-fetch': async () => (await import('./feeds-fetch.ts')).benchFeedFetching(),
  grouping: async () => (await import('./grouping.ts')).benchGrouping(),
  'matching-hostile': async () => (await import('./matching-hostile.ts')).benchHostileMatching(),
  matching: async () => (await import('./matching.ts')).benchMatching(process.env['NEWSHOUND_BENCH_STORIES']),
  'matching-exactness': async () =>
    (await import('./matching.ts')).benchMatchingExactness(process.env['NEWSHOUND_BENCH_STORIES']),
  'slack-burst': async () => (await import('./slack-burst.ts')).benchSlackBurst(),
  store: async () => (await import('./store.ts')).benchStore(),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`There is no measurement ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n${name}`);
  await bench();
}
