import { flag, Refusal, text } from './ask.ts';
import { change, showMessage, store, takeAway } from './chat.ts';
import { contentOf } from './content.ts';
import { jsonReply, type Reply } from './http.ts';
import type { Json } from './json.ts';
import { memberOf, type ResponseAddress, type StoredMessage, type World } from './world.ts';

const LIFE_MS = 30 * 60_000;
const USES = 5;

/** A response address for what a member just did in a channel, perhaps with a message. */
export function responseAddress(world: World, user: string, channel: string, message: StoredMessage | null): string {
  const id = world.id('R');
  world.responses.set(id, { user, channel, message, expiresAt: world.now() + LIFE_MS, uses: 0 });
  return `${world.url}/response/${id}`;
}

/** Answers what the app sends to a response address: at most five messages in half an hour. */
export function takeResponse(world: World, id: string, args: Json): Reply {
  const response = world.responses.get(id);
  if (!response) return jsonReply({ ok: false, error: 'no_such_url' }, 404);
  if (world.now() > response.expiresAt) return broken(world, 'expired_url', 'a response address after 30 minutes');
  if (response.uses >= USES) return broken(world, 'used_url', 'a sixth message to a response address');
  response.uses++;
  try {
    respond(world, response, args);
    return { status: 200, headers: { 'content-type': 'text/html' }, body: 'ok' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return jsonReply({ ok: false, error: error.word, ...error.extras }, 400);
  }
}

/** Puts an answer where it belongs: over the message it answers, for one member only, or into the channel. */
export function respond(world: World, response: ResponseAddress, args: Json): void {
  const { user, channel, message } = response;
  if (flag(args, 'delete_original')) {
    if (message) takeAway(world, message);
    response.message = null;
    return;
  }
  const content = contentOf(world, { method: 'response_url', channel, unfurls: false }, args);
  if (flag(args, 'replace_original') && message) {
    change(world, message, content);
    return;
  }
  const place = world.channels.get(channel);
  if (!place) throw new Refusal('channel_not_found');
  const open = text(args, 'response_type') === 'in_channel';
  const threadTs = text(args, 'thread_ts');
  const ask = { world, team: memberOf(world, user).team };
  response.message = store(ask, place, content, { threadTs, to: open ? '' : user });
  showMessage(world, user, open ? 'message' : 'ephemeral', response.message);
}

function broken(world: World, word: string, message: string): Reply {
  world.violations.push({ method: 'response_url', kind: 'limit', message });
  return jsonReply({ ok: false, error: word }, 404);
}
