import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { FeedError } from '../adapters/feeds/feed-error.ts';
import { createFeedParser, type FeedParser } from '../adapters/feeds/parser.ts';
import { HOSTILE_BODIES } from './hostile-bodies.ts';

const ABOUT = { url: 'https://feed.example/', contentType: '' };
const MIB = 1_048_576;

/** Reads the hostile body named by the only argument in a process of its own, whose memory is nobody else's; writes a line of JSON. */
const make = HOSTILE_BODIES[process.argv[2] ?? ''];
if (!make) throw new Error('There is no such body.');
const body = Buffer.from(make() as string);
const parser = createFeedParser({ workers: 1, deadlineMs: 10_000 });
await outcomeOf(
  parser,
  Buffer.from(`<rss><channel><item><title>x</title></item></channel>${' '.repeat(70_000)}</rss>`),
);
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
await sleep(50);
delay.reset();
const begun = performance.now();
const outcome = await outcomeOf(parser, body);
const ms = performance.now() - begun;
await sleep(5);
delay.disable();
const peakMb = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ mb: body.length / MIB, ms, peakMb, loopMs: delay.max / 1e6, outcome }));
await parser.close();

async function outcomeOf(reader: FeedParser, bytes: Buffer): Promise<string> {
  try {
    return `${(await reader.parse(bytes, ABOUT)).items.length} items`;
  } catch (error) {
    return error instanceof FeedError ? `FeedError ${error.code}` : `FAILED: ${String(error)}`;
  }
}
