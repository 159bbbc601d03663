import { need, Refusal, text, type Ask, type Methods } from './ask.ts';
import { faultsOfView } from './blocks.ts';
import { refuseFor, ruleVerbatim } from './content.ts';
import { object, objects, string, type Json } from './json.ts';
import { returned, sight, snapshotView } from './looks.ts';
import { identity, withIds, type Member, type StoredView, type Team, type World } from './world.ts';
import { inputsOf } from './inputs.ts';

const STACK_MAX = 3;
const SIZE_MAX = 250_000;

/** `views.*`: modals and the home tab. */
export function viewMethods(): Methods {
  return {
    'views.open': (ask) => {
      const { owner } = spend(ask);
      return { view: wireView(openView(ask.world, owner, viewArgument(ask), 'open')) };
    },

    'views.push': (ask) => {
      const { owner, from } = spend(ask);
      if (from === '' || owner.stack.length === 0) throw new Refusal('not_found');
      return { view: wireView(openView(ask.world, owner, viewArgument(ask), 'push')) };
    },

    'views.update': (ask) => {
      const { world, args, team } = ask;
      const { external, source } = viewArgument(ask);
      const named = text(args, 'view_id');
      const view = [...world.views.values()].find(
        (one) => one.id === named || (named === '' && string(one.source['external_id']) === text(args, 'external_id')),
      );
      if (!view?.open || view.team !== team) throw new Refusal('not_found');
      unchangedSince(text(args, 'hash'), view);
      return { view: wireView(updateView(world, view, { external, source })) };
    },

    'views.publish': (ask) => {
      const { world, args, team } = ask;
      const owner = world.members.get(text(args, 'user_id'));
      if (!owner || owner.team !== team) throw new Refusal('user_not_found');
      const { source, external } = viewArgument(ask);
      if (source['type'] !== 'home')
        refuseFor(world, ask.method, 'invalid_arguments', ['only a home view [json-pointer:/view/type]']);
      if (owner.home) {
        unchangedSince(text(args, 'hash'), owner.home);
        return { view: wireView(updateView(world, owner.home, { source, external })) };
      }
      owner.home = place(world, owner, source, { root: '', previous: '' });
      showView(world, owner.home);
      return { view: wireView(owner.home) };
    },
  };
}

interface Given {
  readonly source: Json;
  readonly external: string;
}

/** The view that an argument or an acknowledgement holds, checked against the documented limits. */
export function checkedView(world: World, method: string, given: unknown): Given {
  refuseFor(world, method, 'invalid_arguments', faultsOfView(given));
  ruleVerbatim(world, method, given);
  if (JSON.stringify(given).length > SIZE_MAX) refuseFor(world, method, 'view_too_large', ['view too large']);
  return { source: object(given), external: string(object(given)['external_id']) };
}

/** Opens a modal in place of all others, or on top of them. */
export function openView(world: World, owner: Member, { source, external }: Given, how: 'open' | 'push'): StoredView {
  if (source['type'] !== 'modal')
    refuseFor(world, `views.${how}`, 'invalid_arguments', ['only a modal [json-pointer:/view/type]']);
  if (how === 'push' && owner.stack.length >= STACK_MAX) throw new Refusal('push_limit_reached');
  if (external !== '' && [...world.views.values()].some((one) => one.open && one.source['external_id'] === external))
    throw new Refusal('duplicate_external_id');
  if (how === 'open') for (const view of owner.stack.splice(0)) view.open = false;
  const below = owner.stack.at(-1);
  const view = place(world, owner, source, { root: owner.stack[0]?.id ?? '', previous: below?.id ?? '' });
  owner.stack.push(view);
  showView(world, view);
  return view;
}

/** Gives a view new content. What was filled in stays where block_id and action_id stay: `initial_…` is not looked at again. */
export function updateView(world: World, view: StoredView, { source }: Given): StoredView {
  Object.assign(view, facesOf(source), {
    source,
    hash: hashOf(world),
    blocks: withIds(world, objects(source['blocks'])),
  });
  showView(world, view);
  return view;
}

/** A view as the API and the interactions give it. */
export function wireView(view: StoredView): Json {
  const { source, id, hash, team, blocks, root, previous, privateMetadata, callbackId } = view;
  return {
    clear_on_close: false,
    notify_on_close: false,
    close: null,
    submit: null,
    external_id: '',
    ...returned(source),
    id,
    team_id: team.id,
    app_id: identity.id,
    bot_id: team.botId,
    app_installed_team_id: team.id,
    hash,
    blocks: returned(blocks),
    private_metadata: privateMetadata,
    callback_id: callbackId,
    root_view_id: root === '' ? id : root,
    previous_view_id: previous === '' ? null : previous,
    state: { values: inputsOf(view) },
  };
}

function viewArgument(ask: Ask): Given {
  return checkedView(ask.world, ask.method, ask.args['view']);
}

/** A trigger opens one view, within three seconds. */
function spend(ask: Ask): { readonly owner: Member; readonly from: string } {
  const { world, args, team } = ask;
  need(ask, 'commands');
  const trigger = world.triggers.get(text(args, 'trigger_id'));
  const owner = world.members.get(trigger?.user ?? '');
  if (!trigger || owner?.team !== team) throw new Refusal('invalid_trigger_id');
  if (world.now() > trigger.expiresAt) throw new Refusal('expired_trigger_id');
  if (trigger.used) throw new Refusal('exchanged_trigger_id');
  trigger.used = true;
  return { owner, from: trigger.view };
}

/** An update made for a state of the view that is no more is refused. */
function unchangedSince(hash: string, view: StoredView): void {
  if (hash !== '' && hash !== view.hash) throw new Refusal('hash_conflict');
}

function place(
  world: World,
  { id: owner, team }: { readonly id: string; readonly team: Team },
  source: Json,
  { root, previous }: { readonly root: string; readonly previous: string },
): StoredView {
  const view: StoredView = {
    ...facesOf(source),
    id: world.id('V'),
    hash: hashOf(world),
    blocks: withIds(world, objects(source['blocks'])),
    open: true,
    owner,
    team,
    source,
    root,
    previous,
    filled: new Map(),
  };
  world.views.set(view.id, view);
  return view;
}

function facesOf(source: Json): Pick<StoredView, 'type' | 'title' | 'submit' | 'callbackId' | 'privateMetadata'> {
  return {
    type: source['type'] === 'home' ? 'home' : 'modal',
    title: string(object(source['title'])['text']),
    submit: string(object(source['submit'])['text']),
    callbackId: string(source['callback_id']),
    privateMetadata: string(source['private_metadata']),
  };
}

function hashOf(world: World): string {
  return `${Math.floor(world.now() / 1000)}.${world.id('')}`;
}

function showView(world: World, view: StoredView): void {
  const kind = view.type === 'home' ? 'home' : 'modal';
  world.show(view.owner, sight({ kind, view: snapshotView(view), at: world.now() }));
}
