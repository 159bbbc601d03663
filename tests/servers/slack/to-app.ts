import { setTimeout as pause } from 'node:timers/promises';
import type { AppDelivery, Manner, Receipt } from './door.ts';
import { exchange, signatureOf } from './http.ts';
import { parsed, string, type Json } from './json.ts';
import { eventScopes } from './manifest.ts';
import { createSockets, type Ack, type Sockets } from './sockets.ts';
import { identity, type Team, type World } from './world.ts';

const ACK_MS = 3000;
/** Slack tries again at once, after a minute and after five; nobody waits for that in a test. */
const REDELIVER_MS = [50, 500, 2000];
/** An app that has lost its socket is given this long to come back before an event is tried again. */
const RETURN_MS = 15_000;

/** The way to the app: Socket Mode, or signed requests to its address. */
export interface ToApp {
  readonly sockets: Sockets;
  /** Where the app takes requests; null for Socket Mode. */
  address: string | null;
  /** Sends something once that wants an answer within three seconds. */
  deliver(kind: AppDelivery['kind'], what: string, payload: Json, retry?: Retry): Promise<Ack>;
  /** Sends an event until it is acknowledged or all tries have failed. */
  event(team: Team, event: Json, manner?: Manner): Promise<Receipt>;
  post(body: string, contentType: string, manner?: Manner): Promise<{ readonly status: number; readonly body: string }>;
}

interface Retry {
  readonly attempt: number;
  readonly reason: string;
  readonly manner?: Manner;
}

const first: Retry = { attempt: 0, reason: '' };

export function createToApp(world: World): ToApp {
  const sockets = createSockets(world);
  const ackMs = world.options.ackMs ?? ACK_MS;

  async function deliver(kind: AppDelivery['kind'], what: string, payload: Json, retry: Retry = first): Promise<Ack> {
    const { address } = toApp;
    const began = performance.now();
    const transport = address === null ? 'socket' : 'http';
    const record = {
      kind,
      what,
      transport,
      payload,
      retry: retry.attempt,
      at: world.now(),
      ackMs: null as number | null,
    } as const;
    const delivery: { -readonly [K in keyof typeof record]: (typeof record)[K] } = { ...record };
    world.deliveries.push(delivery);
    const late = { what, afterMs: null as number | null };
    const onAck = (): void => {
      delivery.ackMs = Math.round(performance.now() - began);
      late.afterMs = delivery.ackMs;
    };
    const ack =
      address === null
        ? await sockets.send(enveloped(kind, payload, retry), ackMs, onAck)
        : await posted(address, kind, payload, retry, onAck);
    if (ack.reason === 'timeout') world.lateAnswers.push(late);
    return ack;
  }

  function enveloped(kind: string, payload: Json, { attempt, reason }: Retry): Json & { readonly envelope_id: string } {
    return {
      envelope_id: world.id('envelope-'),
      type: kind,
      accepts_response_payload: kind !== 'events_api',
      payload,
      ...(kind === 'events_api' ? { retry_attempt: attempt, retry_reason: reason } : {}),
    };
  }

  /** Waits for the answer twice as long as it may take, so as to know how late it was. */
  async function posted(address: string, kind: string, payload: Json, retry: Retry, onAck: () => void): Promise<Ack> {
    const [body, contentType] = encodedFor(kind, payload);
    const { attempt, reason, manner = {} } = retry;
    const again = { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': reason };
    const headers = {
      'content-type': contentType,
      ...signatureOf(identity.signingSecret, body, manner),
      ...(attempt === 0 ? {} : again),
    };
    const answered = exchange(address, { method: 'POST', headers, body, withinMs: 2 * ackMs }).then(
      (answer): Ack => {
        onAck();
        const good = answer.status >= 200 && answer.status < 300;
        const value = parsed(answer.body) ?? answer.body;
        return { acknowledged: good, body: value, status: answer.status, reason: good ? '' : 'http_error' };
      },
      (): Ack => ({ acknowledged: false, body: undefined, status: 0, reason: 'connection_failed' }),
    );
    const limit = new AbortController();
    const tooLate = pause(ackMs, undefined, { signal: limit.signal }).then(
      (): Ack => ({ acknowledged: false, body: undefined, status: 0, reason: 'timeout' }),
      (): Ack => ({ acknowledged: false, body: undefined, status: 0, reason: 'timeout' }),
    );
    const ack = await Promise.race([answered, tooLate]);
    limit.abort();
    return ack;
  }

  async function event(team: Team, event: Json, manner: Manner = {}): Promise<Receipt> {
    const eventId = manner.eventId ?? world.id('Ev');
    const payload = {
      token: 'local verification token',
      team_id: team.id,
      api_app_id: identity.id,
      event: { event_ts: world.ts(), ...event },
      type: 'event_callback',
      event_id: eventId,
      event_time: Math.floor(world.now() / 1000),
      authorizations: [
        { enterprise_id: null, team_id: team.id, user_id: team.botUserId, is_bot: true, is_enterprise_install: false },
      ],
      is_ext_shared_channel: false,
    };
    const waits = world.options.redeliverMs ?? REDELIVER_MS;
    let ack = await deliver('events_api', string(event['type']), payload, { ...first, manner });
    let tries = 1;
    for (const wait of waits) {
      if (ack.acknowledged) break;
      await pause(wait, undefined, { ref: false });
      if (toApp.address === null) await sockets.reached(1, RETURN_MS).catch(() => undefined);
      ack = await deliver('events_api', string(event['type']), payload, {
        attempt: tries++,
        reason: ack.reason,
        manner,
      });
    }
    return { eventId, acknowledged: ack.acknowledged, status: ack.status, tries };
  }

  world.onEvent((team, happened) => {
    const type = string(happened['type']);
    const scope = eventScopes[type];
    if (world.app.events && !world.app.events.includes(type)) return;
    if (scope !== undefined && team.token && !team.token.scopes.has(scope)) return;
    // What becomes of it stands in `deliveries`; nobody waits here.
    void event(team, happened);
  });

  const toApp: ToApp = {
    sockets,
    address: world.options.requestUrl ?? null,
    deliver,
    event,
    post(body, contentType, manner = {}) {
      if (toApp.address === null) throw new Error('The app has no address: it speaks Socket Mode');
      const headers = { 'content-type': contentType, ...signatureOf(identity.signingSecret, body, manner) };
      return exchange(toApp.address, { method: 'POST', headers, body, withinMs: 2 * ackMs });
    },
  };
  return toApp;
}

/** Events come as JSON, commands as a form, all else as JSON within a form. */
function encodedFor(kind: string, payload: Json): readonly [string, string] {
  if (kind === 'events_api') return [JSON.stringify(payload), 'application/json'];
  const form = 'application/x-www-form-urlencoded';
  if (kind !== 'slash_commands') return [new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), form];
  const fields = Object.entries(payload).map(([name, value]) => [name, string(value)] as [string, string]);
  return [new URLSearchParams(fields).toString(), form];
}
