import { createHmac, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a subscriber has asked for, as the hub keeps it. */
export interface HubSubscriber {
  readonly topic: string;
  readonly callback: string;
  readonly secret: string;
  readonly leaseSeconds: number;
}

export interface Hub {
  readonly url: string;
  readonly host: string;
  /** Requests to subscribe or unsubscribe so far, verified or not. */
  readonly asked: readonly URLSearchParams[];
  /** Verified subscriptions by callback. */
  readonly subscribers: ReadonlyMap<string, HubSubscriber>;
  /** How the next requests are answered: 202 by default. */
  answerWith(status: number): void;
  /** The lease that is granted; what was asked for by default. */
  grant(seconds: number | null): void;
  /** Whether requests are verified at once; true by default. */
  verifyAtOnce(yes: boolean): void;
  /** Asks a callback; its status and text. */
  verify(callback: string, query: Readonly<Record<string, string>>): Promise<{ status: number; text: string }>;
  /** Sends a body to all subscribers of a topic, signed by `method`; the statuses of their answers. */
  publish(topic: string, body: string, method?: string, secret?: string): Promise<number[]>;
  /** Resolves when all requests so far are verified. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

const LONGEST_MS = 10_000;

/** A hub on the loopback that does as WebSub (W3C Recommendation) says. */
export async function startHub(): Promise<Hub> {
  const asked: URLSearchParams[] = [];
  const subscribers = new Map<string, HubSubscriber>();
  const verifying = new Set<Promise<void>>();
  let status = 202;
  let granted: number | null = null;
  let atOnce = true;

  async function verify(callback: string, query: Readonly<Record<string, string>>) {
    const url = new URL(callback);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const answer = await fetch(url, { signal: AbortSignal.timeout(LONGEST_MS), redirect: 'manual' });
    return { status: answer.status, text: await answer.text() };
  }

  async function verifyIntent(form: URLSearchParams): Promise<void> {
    const [mode = '', topic = '', callback = '', secret = ''] = ['mode', 'topic', 'callback', 'secret'].map(
      (name) => form.get(`hub.${name}`) ?? '',
    );
    const leaseSeconds = granted ?? Number(form.get('hub.lease_seconds') ?? 86_400);
    const challenge = randomBytes(12).toString('hex');
    const answer = await verify(callback, {
      'hub.mode': mode,
      'hub.topic': topic,
      'hub.challenge': challenge,
      'hub.lease_seconds': String(leaseSeconds),
    });
    if (answer.status !== 200 || answer.text !== challenge) return;
    if (mode === 'subscribe') subscribers.set(callback, { topic, callback, secret, leaseSeconds });
    else subscribers.delete(callback);
  }

  const server = createServer({ requestTimeout: LONGEST_MS }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      asked.push(form);
      response.writeHead(status).end();
      if (status !== 202 || !atOnce) return;
      const work = verifyIntent(form)
        .catch(() => undefined)
        .finally(() => verifying.delete(work));
      verifying.add(work);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}/hub`,
    host: `127.0.0.1:${port}`,
    asked,
    subscribers,
    answerWith: (next) => void (status = next),
    grant: (seconds) => void (granted = seconds),
    verifyAtOnce: (yes) => void (atOnce = yes),
    verify,
    async publish(topic, body, method = 'sha256', otherSecret) {
      const to = [...subscribers.values()].filter((one) => one.topic === topic);
      return Promise.all(
        to.map(async ({ callback, secret }) => {
          const digest = createHmac(method, otherSecret ?? secret)
            .update(body)
            .digest('hex');
          const headers = { 'content-type': 'application/rss+xml', 'x-hub-signature': `${method}=${digest}` };
          const signal = AbortSignal.timeout(LONGEST_MS);
          return (await fetch(callback, { method: 'POST', headers, body, signal })).status;
        }),
      );
    },
    async settled() {
      while (verifying.size > 0) await Promise.all(verifying);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
