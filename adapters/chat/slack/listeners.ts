import type { App } from '@slack/bolt';
import { parseCommand } from '../../../src/commands/parse.ts';
import type { Request } from '../../../src/commands/request.ts';
import type { Logger } from '../../../src/log.ts';
import type { Clock, Counter, Store } from '../../../src/ports.ts';
import { homeAddress, placeAddress, scopeAddress } from './address.ts';
import { formCallback, pasteCallback, pastedText, readFields, readState, type FormState } from './form.ts';
import type { Front, Heard, Respond, Surface } from './front.ts';
import { reasonOf } from './log.ts';
import { refill } from './refill.ts';
import { saidText } from './said.ts';
import { reasons } from '../../../src/delivery/reasons.ts';

const TRIGGER_MS = 10 * 60_000;
const EVENT_MS = 2 * 3_600_000;

/** What the vendor's payloads have in common, as far as it is read here: each part is looked at before it is used. */
interface Body {
  readonly trigger_id?: string;
  readonly event_id?: string;
  readonly user?: { readonly id?: string };
  readonly channel?: { readonly id?: string };
  readonly container?: { readonly is_ephemeral?: boolean };
  readonly view?: { readonly id: string; readonly type: string; readonly private_metadata?: string };
}

/** Context that the receivers and the authorization add to each request. */
interface Context {
  readonly teamId?: string;
  readonly botUserId?: string;
  readonly receivedAt?: number;
}

/** Registers everything that Slack can tell the app. Each is acknowledged before any work is done, but for forms, whose answer is in it. */
export function listen(
  app: App,
  deps: {
    readonly front: () => Front | null;
    readonly counter: () => Counter | null;
    readonly store: Pick<Store, 'runOnce'>;
    readonly clock: Clock;
    readonly log: Logger;
    readonly onUninstalled: (team: string, reason: string) => Promise<void>;
  },
): void {
  const { store, clock, log } = deps;

  /** Slack tells some things twice: once is enough. A Store that cannot say counts them as new. */
  async function isFirst(kind: string, id: string | undefined, ttlMs: number): Promise<boolean> {
    if (id === undefined) return true;
    return store.runOnce(`slack ${kind} ${id}`, clock.now(), ttlMs).catch(() => true);
  }

  async function guarded(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      log.warn({ what, reason: reasonOf(error) }, 'a request from Slack could not be answered');
    }
  }

  function heardFrom(body: Body, context: Context, user: string, channel: string): Heard {
    const team = context.teamId ?? '';
    return {
      team,
      user,
      place: placeAddress(team, channel, user),
      trigger: body.trigger_id ?? '',
      at: context.receivedAt ?? clock.now(),
    };
  }

  app.command(/^\//u, async ({ ack, command, context, respond }) => {
    await ack();
    await guarded('command', async () => {
      const heard = heardFrom(command, context, command.user_id, command.channel_id);
      if (!(await isFirst('trigger', command.trigger_id, TRIGGER_MS))) return;
      await deps.front()?.say(heard, saidText(command.text) || 'help', toMessage(respond, false));
    });
  });

  app.action(/^(?:say|form):/u, async ({ ack, body, action, context, respond }) => {
    await ack();
    await guarded('button', async () => {
      const { container, view, channel, user, trigger_id } = body as unknown as Body;
      const said = saidBy(action);
      if (said === '' || !(await isFirst('trigger', trigger_id, TRIGGER_MS))) return;
      const state = view === undefined ? null : readState(view.private_metadata);
      const heard = heardFrom(body, context, user?.id ?? '', channel?.id ?? '');
      const surface: Surface =
        view === undefined
          ? toMessage(respond, container?.is_ephemeral === true)
          : view.type === 'home'
            ? { kind: 'home' }
            : { kind: 'modal', viewId: view.id, home: state?.home ?? false, to: state?.to ?? heard.place };
      const at = state === null ? heard : { ...heard, place: placeOf(state, heard) };
      await deps.front()?.say(at, said, surface, actionIdOf(action).startsWith('form:'));
    });
  });

  app.view({ type: 'view_submission' }, async ({ ack, body, view, context }) => {
    const front = deps.front();
    const state = readState(view.private_metadata);
    if (front === null || state === null) return ack();
    const fields = readFields(view.state.values);
    const base = heardFrom(body, context, body.user.id, '');
    const heard = { ...base, place: placeOf(state, base) };
    const paste = view.callback_id === pasteCallback;
    if (!paste && view.callback_id !== formCallback) return ack();
    const request = paste ? state.command : commandFrom(state.command, fields);
    const file = paste ? { file: pastedText(fields) } : {};
    const { ack: answer, after } = await front.submit(
      heard,
      { request, ...file, state: { ...state, to: chosenPlace(state, fields, heard) }, viewId: view.id },
      (card) => refill(view, fields, card),
    );
    await (ack as (answer: unknown) => Promise<void>)(answer);
    await guarded('form', after);
  });

  app.shortcut('new_alert', async ({ ack, body, context }) => {
    await ack();
    await guarded('shortcut', async () => {
      const heard = heardFrom(body, context, body.user.id, '');
      await deps.front()?.say(heard, 'add', { kind: 'none' });
    });
  });

  app.shortcut(
    { callback_id: 'why_alert', type: 'message_action' },
    async ({ ack, body, shortcut, context, respond }) => {
      await ack();
      await guarded('shortcut', async () => {
        if (!(await isFirst('trigger', shortcut.trigger_id, TRIGGER_MS))) return;
        const heard = heardFrom(body, context, shortcut.user.id, shortcut.channel.id);
        await deps.front()?.say(heard, `why ${shortcut.message.ts}`, toMessage(respond, false));
      });
    },
  );

  app.event('app_home_opened', async ({ event, body, context }) => {
    if (event.tab !== 'home') return;
    await guarded('home', async () => {
      if (!(await isFirst('event', body.event_id, EVENT_MS))) return;
      await deps.front()?.home(heardFrom({}, context, event.user, ''));
    });
  });

  app.event('app_uninstalled', async ({ body, context }) => {
    await guarded('app_uninstalled', async () => {
      if (!(await isFirst('event', body.event_id, EVENT_MS))) return;
      await deps.onUninstalled(context.teamId ?? '', reasons.uninstalled);
    });
  });

  app.event('tokens_revoked', async ({ event, body, context }) => {
    if ((event.tokens.bot ?? []).length === 0) return;
    await guarded('tokens_revoked', async () => {
      if (!(await isFirst('event', body.event_id, EVENT_MS))) return;
      await deps.onUninstalled(context.teamId ?? '', reasons.tokenRevoked);
    });
  });

  /** What becomes of a channel: it can or cannot be posted to from now on. */
  const channelEvents: readonly (readonly [RegExp, string])[] = [
    [/^(?:channel|group)_archive$/u, reasons.channelArchived],
    [/^(?:channel|group)_deleted$/u, reasons.channelGone],
    [/^(?:channel|group)_left$/u, reasons.channelLeft],
    [/^(?:channel|group)_unarchive$/u, ''],
  ];
  for (const [pattern, reason] of channelEvents) {
    app.event(pattern, async ({ event, body, context }) => {
      const { channel } = event as { readonly channel?: unknown };
      if (typeof channel === 'string') await reach(body.event_id, context, channel, reason);
    });
  }

  app.event('member_joined_channel', async ({ event, body, context }) => {
    if (event.user === context.botUserId) await reach(body.event_id, context, event.channel, '');
  });

  async function reach(eventId: string, { teamId = '' }: Context, channel: string, reason: string): Promise<void> {
    await guarded('channel', async () => {
      if (!(await isFirst('event', eventId, EVENT_MS))) return;
      const prefix = `${scopeAddress(teamId)}:${channel}`;
      await deps.counter()?.reach({ prefix, reachable: reason === '', reason });
    });
  }
}

function toMessage(respond: Respond, replace: boolean): Surface {
  return { kind: 'message', respond, replace };
}

/** The place a form was opened for; never one of another workspace. */
function placeOf({ place }: FormState, { team, user }: Heard): Heard['place'] {
  return place.startsWith(`${scopeAddress(team)}:`) ? place : homeAddress(team, user);
}

/** Where the alerts of a submitted form go: a form that is opened again starts from there. */
function chosenPlace(state: FormState, fields: Readonly<Record<string, string>>, heard: Heard): Heard['place'] {
  const chosen = /^<#(\w+)>$/u.exec(fields['to'] ?? '')?.[1];
  if (chosen !== undefined) return placeAddress(heard.team, chosen, heard.user);
  return 'to' in fields ? homeAddress(heard.team, heard.user) : state.to;
}

/** A form's command with its fields as options. A place left empty is the member's own. */
function commandFrom(command: string, fields: Readonly<Record<string, string>>): Request['said'] {
  const read = parseCommand(command);
  const place = fields['to'] === '' ? { to: 'me' } : {};
  if (!read.ok) return { name: command, options: { ...fields, ...place } };
  return { name: read.spec.name, options: { ...read.options, ...fields, ...place } };
}

function saidBy(action: object): string {
  if ('value' in action && typeof action.value === 'string') return action.value;
  const chosen = 'selected_option' in action ? (action.selected_option as { readonly value?: unknown } | null) : null;
  return typeof chosen?.value === 'string' ? chosen.value : '';
}

function actionIdOf(action: object): string {
  return 'action_id' in action && typeof action.action_id === 'string' ? action.action_id : '';
}
