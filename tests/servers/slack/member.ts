import { checkedView, openView, updateView, wireView } from './views.ts';
import { faultsOfOptions } from './blocks.ts';
import { refuseFor } from './content.ts';
import type { Block, Message, OptionSeen, Sight, SlackUser, View } from './door.ts';
import { clientRefusal, inputKey, valueFor } from './inputs.ts';
import {
  actionPayload,
  closedPayload,
  commandPayload,
  escapedCommand,
  shortcutPayload,
  submissionPayload,
  suggestionPayload,
} from './interactions.ts';
import { isObject, object, objects, string, type Json } from './json.ts';
import { choicesOf, elementsOf, optionSeen, sight } from './looks.ts';
import { respond } from './responses.ts';
import type { Ack } from './sockets.ts';
import type { ToApp } from './to-app.ts';
import { channelOf, directWith, type Member, type StoredMessage, type StoredView, type World } from './world.ts';

const PATIENCE_MS = 10_000;

type Where = { readonly message: StoredMessage } | { readonly view: StoredView };

/** The member's side: what they do goes to the app, what the app makes of it is seen here. */
export function createUser(world: World, toApp: ToApp, member: Member, usual: () => string): SlackUser {
  const seen: Sight[] = [];
  const waiting = new Set<() => void>();
  let read = 0;
  world.watch(member.id, (one) => {
    seen.push(one);
    for (const look of waiting) look();
  });

  function show(parts: Partial<Sight> & Pick<Sight, 'kind'>): void {
    world.show(member.id, sight({ at: world.now(), ...parts }));
  }

  function next(test: (sight: Sight) => boolean = () => true): Promise<Sight> {
    const patience = world.options.patienceMs ?? PATIENCE_MS;
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => {
        waiting.delete(look);
        const last = seen.slice(-3).map(({ kind, text }) => `${kind}: ${text.slice(0, 200)}`);
        reject(new Error(`${member.id} saw nothing (fitting) within ${patience} ms; last: ${last.join(' | ')}`));
      }, patience);
      const look = (): void => {
        while (read < seen.length) {
          const one = seen[read++];
          if (!one || !test(one)) continue;
          clearTimeout(limit);
          waiting.delete(look);
          resolve(one);
          return;
        }
      };
      waiting.add(look);
      look();
    });
  }

  /** Sends what the member did; the first thing seen from now on is what they see of it. */
  function act(what: string, send: () => Promise<Ack>, then: (ack: Ack) => void = () => undefined): Promise<Sight> {
    read = seen.length;
    const first = next();
    void finish(what, send, then);
    return first;
  }

  async function finish(what: string, send: () => Promise<Ack>, then: (ack: Ack) => void): Promise<void> {
    try {
      const ack = await send();
      if (ack.acknowledged) then(ack);
      else
        show({
          kind: 'failed',
          text: `${what}: ${ack.reason === 'timeout' ? 'operation_timeout' : 'dispatch_failed'}`,
        });
    } catch (error) {
      show({ kind: 'failed', text: String(error) });
    }
  }

  function locate(where: Sight | Message | View): Where {
    const { message, view } =
      'kind' in where ? where : 'ts' in where ? { message: where, view: null } : { message: null, view: where };
    if (view) {
      const stored = world.views.get(view.id);
      if (stored?.open && stored.owner === member.id) return { view: stored };
      throw new Error(`View ${view.id} is not open for ${member.id}`);
    }
    const stored = message && channelOf(world, message.channel).messages.find(({ ts }) => ts === message.ts);
    if (stored) return { message: stored };
    throw new Error('Nothing there to act on: no message, no view, or it is gone');
  }

  function use(where: Where, block: Block, element: Json, value: unknown): Promise<Sight> {
    if ('message' in where) where.message.pressedBy.add(member.id);
    else if (element['type'] !== 'button' && element['type'] !== 'overflow')
      where.view.filled.set(inputKey(block, element), value);
    const payload = actionPayload(world, member, where, { block, element, value });
    return act(string(element['action_id']), () => toApp.deliver('interactive', 'block_actions', payload));
  }

  function fill(view: StoredView, fields: Readonly<Record<string, string>>): void {
    for (const [name, said] of Object.entries(fields)) {
      const { block, element } = elementNamed(view.blocks, name);
      view.filled.set(inputKey(block, element), valueFor(element, said));
    }
  }

  return {
    id: member.id,
    seen,
    next,

    async run(command, text, channel) {
      const known = world.app.commands.get(command);
      if (!known) throw new Error(`${command} is not a command of the app`);
      const named = channel ?? usual();
      const place = named === 'dm' ? directWith(world, member) : channelOf(world, named);
      const payload = commandPayload(
        world,
        member,
        place,
        command,
        known.escaped ? escapedCommand(world, member, text) : text,
      );
      return act(
        command,
        () => toApp.deliver('slash_commands', command, payload),
        ({ body }) => answerInAck(world, payload, body),
      );
    },

    async click(where, button) {
      const place = locate(where);
      const { blocks } = 'view' in place ? place.view : place.message;
      const found = elementsOf(blocks).find(
        ({ element }) =>
          element['type'] === 'button' &&
          [object(element['text'])['text'], element['action_id'], element['value']].includes(button),
      );
      if (!found) throw new Error(`No button “${button}”`);
      return use(place, found.block, found.element, null);
    },

    async select(where, name, option) {
      const place = locate(where);
      const { block, element } = elementNamed('view' in place ? place.view.blocks : place.message.blocks, name, option);
      return use(place, block, element, valueFor(element, option));
    },

    async options(where, name, typed) {
      const place = locate(where);
      const found = elementNamed('view' in place ? place.view.blocks : place.message.blocks, name);
      const payload = suggestionPayload(member, place, found, typed);
      const { body } = await toApp.deliver('interactive', 'block_suggestion', payload);
      const given = object(body);
      const options = choicesOf(given);
      refuseFor(world, 'block_suggestion', 'invalid_options', faultsOfOptions(options));
      return options.map((option): OptionSeen => optionSeen(option));
    },

    fill(where, fields) {
      const place = locate(where);
      if ('view' in place) fill(place.view, fields);
    },

    async submit(where, fields = {}) {
      const place = locate(where);
      if (!('view' in place)) throw new Error('Only a modal can be submitted');
      const { view } = place;
      fill(view, fields);
      const refusal = clientRefusal(view);
      if (refusal !== '') throw new Error(`The client does not send the form: ${refusal}`);
      const payload = submissionPayload(world, member, view);
      return act(
        view.callbackId,
        () => toApp.deliver('interactive', 'view_submission', payload),
        ({ body }) => afterSubmission(view, object(body)),
      );
    },

    async dismiss(where) {
      const place = locate(where);
      if (!('view' in place)) throw new Error('Only a modal can be closed');
      const { view } = place;
      leave(view, view.source['clear_on_close'] === true);
      if (view.source['notify_on_close'] !== true) return;
      await toApp.deliver('interactive', 'view_closed', closedPayload(member, view));
    },

    async openHome() {
      if (!world.app.homeTab) throw new Error('The app has no home tab');
      const event = {
        type: 'app_home_opened',
        user: member.id,
        channel: directWith(world, member).id,
        tab: 'home',
        ...(member.home ? { view: wireView(member.home) } : {}),
      };
      return act('app_home_opened', async () => {
        const { acknowledged, status } = await toApp.event(member.team, event);
        return { acknowledged, status, body: undefined, reason: acknowledged ? '' : 'timeout' };
      });
    },

    async shortcut(callbackId, message) {
      const kind = message ? 'message' : 'global';
      if ((world.app.shortcuts?.get(callbackId) ?? kind) !== kind || world.app.shortcuts?.has(callbackId) === false)
        throw new Error(`The app has no ${kind} shortcut ${callbackId}`);
      const place = message ? locate(message) : null;
      const stored = place && 'message' in place ? place.message : null;
      const payload = shortcutPayload(world, member, callbackId, stored);
      return act(callbackId, () => toApp.deliver('interactive', string(payload['type']), payload));
    },
  };

  /** The modal goes, alone or with all below it; the one below is seen again. */
  function leave(view: StoredView, all: boolean): void {
    const gone = all ? member.stack.splice(0) : member.stack.splice(member.stack.indexOf(view));
    for (const one of gone) one.open = false;
  }

  function afterSubmission(view: StoredView, body: Json): void {
    const { response_action: action = '' } = body;
    if (action === 'errors') showErrors(view, body['errors']);
    else if (action === 'update') updateView(world, view, checkedView(world, 'view_submission', body['view']));
    else if (action === 'push') openView(world, member, checkedView(world, 'view_submission', body['view']), 'push');
    else if (action === 'clear' || action === '') {
      leave(view, action === 'clear');
      show({ kind: 'closed' });
    } else refuseFor(world, 'view_submission', 'invalid_arguments', [`response_action ${JSON.stringify(action)}`]);
  }

  /** Errors belong to input blocks of the view; Slack shows none of them when one does not. */
  function showErrors(view: StoredView, given: unknown): void {
    const errors = object(given);
    const inputs = new Set(view.blocks.filter(({ type }) => type === 'input').map((block) => block.block_id));
    const wrong = Object.entries(errors).filter(([id, text]) => !inputs.has(id) || string(text) === '');
    const faults = wrong.map(([id]) => `errors: no input block ${id}, or no text`);
    const none = Object.keys(errors).length === 0 ? ['errors: none given'] : [];
    refuseFor(world, 'view_submission', 'invalid_arguments', [...faults, ...none]);
    show({ kind: 'errors', errors: errors as Record<string, string>, text: Object.values(errors).join('\n') });
  }
}

/** What comes back with the acknowledgement of a command is a message for the member, or for the channel. */
function answerInAck(world: World, command: Json, body: unknown): void {
  const args: Json = typeof body === 'string' ? { text: body } : isObject(body) ? body : {};
  if (string(args['text']) === '' && objects(args['blocks']).length === 0) return;
  const user = string(command['user_id']);
  const channel = string(command['channel_id']);
  respond(world, { user, channel, message: null, expiresAt: Number.POSITIVE_INFINITY, uses: 0 }, args);
}

/** The element of a block_id, action_id or label - and, where several bear it, the one with the option. */
function elementNamed(
  blocks: readonly Block[],
  name: string,
  option?: string,
): { readonly block: Block; readonly element: Json } {
  const found = elementsOf(blocks).filter(
    ({ block, element }) =>
      block.block_id === name || element['action_id'] === name || object(block['label'])['text'] === name,
  );
  const offers = (element: Json): boolean =>
    choicesOf(element)
      .map(optionSeen)
      .some(({ label, value }) => label === option || value === option);
  const one = found.find(({ element }) => option !== undefined && offers(element)) ?? found[0];
  if (one) return one;
  const there = elementsOf(blocks).map(({ block, element }) => `${block.block_id}/${string(element['action_id'])}`);
  throw new Error(`No element “${name}”; there are: ${there.join(', ')}`);
}
