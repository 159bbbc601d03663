import type { Story } from '../../../../src/story/story.ts';
import type { Fault, SlackServer } from '../../../servers/slack/server.ts';
import { startNewsroom } from './newsroom.ts';

export interface Burst {
  readonly workspaces: number;
  readonly channels: number;
  readonly subscriptions: number;
  readonly stories: number;
  /** At least this long between two messages to one channel. */
  readonly paceMs: number;
  /** Messages a second that Slack takes for one channel, one at once. */
  readonly perSecond: number;
  /** Channels posted to at the same time. */
  readonly lanes: number;
  readonly limitMs: number;
  /** The first wait before a post is tried again. */
  readonly retryBaseMs: number;
  /** So often something goes wrong with the next post to some channel (ms); 0 for never. */
  readonly faultEveryMs: number;
  /** So many times: Slack lets a channel be read back some fifty times a minute in each workspace, and no faster. */
  readonly faults: number;
}

export interface BurstResult {
  /** Messages that stand, and how many there should be. */
  readonly posted: number;
  readonly wanted: number;
  readonly twice: number;
  /** Posts that went wrong, and looks into a channel for one that may stand there. */
  readonly failed: number;
  readonly lookedBack: number;
  readonly rateLimited: number;
  readonly violations: number;
  /** The shortest time between two messages to one channel (ms). */
  readonly shortestGapMs: number;
  readonly tookMs: number;
  /** From the first story to the last message had every channel been paced and nothing else taken time (ms). */
  readonly leastMs: number;
}

/** Stories that everybody has asked for, at once: what stands in the channels at the end, and when it came. */
export async function runBurst(burst: Burst): Promise<BurstResult> {
  const room = await startNewsroom({
    install: 'oauth',
    readBack: true,
    paceMs: burst.paceMs,
    outbox: {
      lanes: burst.lanes,
      leaseMs: 12_000,
      retryBaseMs: burst.retryBaseMs,
      catchUpOver: 1_000,
      catchUpAfterMs: 3_600_000,
    },
    server: { rate: { perSecond: burst.perSecond, burst: 1 }, limitMs: burst.limitMs },
  });
  try {
    const { server } = room;
    for (let w = 0; w < burst.workspaces; w++) {
      server.workspace({ id: `T${w}`, installed: false });
      server.user(`U${w}`, { workspace: `T${w}` });
      await server.install(`${room.address}/slack/install`, { workspace: `T${w}` });
    }
    const channels = Array.from({ length: burst.channels }, (_, i) => ({
      id: `C${i}`,
      workspace: `T${i % burst.workspaces}`,
    }));
    for (const { id, workspace } of channels) server.channel(id, { workspace });
    for (let i = 0; i < burst.subscriptions; i++) {
      const { id, workspace } = channels[i % channels.length] ?? { id: '', workspace: '' };
      const scope = `slack:${workspace}`;
      const query = `ferry OR word${Math.floor(i / channels.length)}`;
      await room.subscribe({ destination: `${scope}:${id}`, scope, owner: `${scope}:U1`, query });
    }
    const began = Date.now();
    let left = burst.faults;
    const trouble =
      burst.faultEveryMs === 0
        ? undefined
        : setInterval(() => {
            if (left-- > 0) breakOne(server, channels);
          }, burst.faultEveryMs);
    for (let i = 0; i < burst.stories; i++) await room.publish(i, distinct(i));
    await room.deliver(burst.limitMs);
    clearInterval(trouble);
    const tookMs = Date.now() - began;
    const all = channels.map(({ id }) => server.messages(id));
    const gaps = all.flatMap((messages) => messages.slice(1).map(({ at }, i) => at - (messages[i]?.at ?? 0)));
    return {
      posted: all.reduce((sum, messages) => sum + messages.length, 0),
      wanted: burst.channels * burst.stories,
      twice: all.reduce((sum, messages) => sum + messages.length - new Set(messages.map(({ text }) => text)).size, 0),
      failed: server.calls('chat.postMessage').filter(({ answer }) => answer !== 'ok').length,
      lookedBack: server.calls('conversations.history').length,
      rateLimited: server.rateLimited.filter(({ method }) => method === 'chat.postMessage').length,
      violations: server.violations.length,
      shortestGapMs: Math.min(...gaps),
      tookMs,
      leastMs: (burst.stories - 1) * burst.paceMs,
    };
  } finally {
    await room.close();
  }
}

const faults: readonly Fault['how'][] = [
  'resetAfter',
  'resetBefore',
  { status: 500 },
  { status: 503 },
  { status: 429, retryAfterS: 1 },
  { error: 'internal_error' },
];
let broken = 0;

/** The next post to a channel goes wrong, each time in another way. */
function breakOne(server: SlackServer, channels: readonly { readonly id: string }[]): void {
  const how = faults[broken % faults.length];
  const { id: channel } = channels[(broken++ * 7) % channels.length] ?? {};
  if (how !== undefined && channel !== undefined) server.fail({ method: 'chat.postMessage', channel, how });
}

/** A story that is like no other but for the word that is asked for. */
function distinct(i: number): Pick<Story, 'title' | 'summary'> {
  const made = (n: number): string =>
    Array.from({ length: 9 }, (_, k) => String.fromCharCode(97 + ((i * (7 + k * 4) + n * 5 + k * k) % 26))).join('');
  return { title: `${made(1)} ferry ${made(2)} ${made(3)} ${i}`, summary: `${made(4)} ${made(5)} ${made(6)}.` };
}
