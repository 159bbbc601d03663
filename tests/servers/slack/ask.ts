import { object, string, type Json } from './json.ts';
import type { Channel, Team, Token, World } from './world.ts';

/** A call of the Web API, its sender known. */
export interface Ask {
  readonly world: World;
  readonly method: string;
  readonly args: Json;
  readonly token: Token;
  readonly team: Team;
}

/** Each method by its name: gives the body of the answer (`ok: true` is added), or throws a `Refusal`. */
export type Methods = Readonly<Record<string, (ask: Ask) => Json>>;

/** What Slack answers in place of the work: its error word, and for a 429 the seconds to wait. */
export class Refusal extends Error {
  readonly word: string;
  readonly extras: Json;
  readonly retryAfterS: number;

  constructor(word: string, extras: Json = {}, retryAfterS = 0) {
    super(word);
    this.name = 'Refusal';
    this.word = word;
    this.extras = extras;
    this.retryAfterS = retryAfterS;
  }
}

/** Refuses a call whose token lacks the scope. */
export function need({ token }: Ask, scope: string): void {
  if (token.scopes.has(scope)) return;
  throw new Refusal('missing_scope', { needed: scope, provided: [...token.scopes].join(',') });
}

export function text(args: Json, name: string): string {
  const value = args[name];
  return typeof value === 'number' ? String(value) : string(value);
}

export function flag(args: Json, name: string): boolean {
  return ['true', '1'].includes(String(args[name]));
}

/** The channel an argument names by id; what the bot may not know of is not there. */
export function channelNamed({ world, team }: Ask, id: string): Channel {
  const channel = world.channels.get(id);
  if (!channel || channel.team !== team || (channel.kind === 'private' && !channel.joined))
    throw new Refusal('channel_not_found');
  return channel;
}

/** Page `limit` of a list from `cursor` on, with the cursor of the next. */
export function page<T>(
  args: Json,
  all: readonly T[],
  most: number,
): { readonly items: readonly T[]; readonly next: string } {
  const from = Number(Buffer.from(text(args, 'cursor'), 'base64').toString() || '0');
  if (!Number.isSafeInteger(from) || from < 0) throw new Refusal('invalid_cursor');
  const limit = Math.min(Number(text(args, 'limit') || '100') || 100, most);
  const end = from + limit;
  return {
    items: all.slice(from, end),
    next: end < all.length ? Buffer.from(String(end)).toString('base64') : '',
  };
}

export function argument(args: Json, name: string): Json {
  return object(args[name]);
}
