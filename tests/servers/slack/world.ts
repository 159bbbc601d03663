import type {
  AppDelivery,
  Block,
  Call,
  Message,
  Ping,
  Sight,
  SlackServerOptions,
  UploadedFile,
  View,
  Violation,
} from './door.ts';
import { isObject, objects, string, type Json } from './json.ts';
import type { AppManifest } from './manifest.ts';

/** The app that is tested, as its settings page at Slack would show it. */
export const identity = {
  id: 'A0NEWSHOUND',
  token: 'xapp-1-A0NEWSHOUND-local',
  signingSecret: 'a local signing secret',
  clientId: '100.200',
  clientSecret: 'a local client secret',
} as const;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** An installation's token; of an expiring one `refresh` is the token that renews it, once. */
export interface Token {
  readonly token: string;
  readonly team: Team;
  readonly scopes: Set<string>;
  readonly expiresAt: number;
  readonly refresh: string;
  renewed: boolean;
  revoked: boolean;
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly botUserId: string;
  readonly botId: string;
  /** The newest token, or null where the app is not installed. */
  token: Token | null;
}

export interface Channel {
  readonly id: string;
  readonly team: Team;
  name: string;
  kind: 'public' | 'private' | 'im';
  /** Of a direct message: the member. */
  readonly with: string;
  joined: boolean;
  archived: boolean;
  readonly members: Set<string>;
  readonly messages: StoredMessage[];
}

export type StoredMessage = Mutable<Message> & {
  /** Of an ephemeral message: who sees it. */
  readonly to: string;
  /** Members who pressed something in it: they see it change. */
  readonly pressedBy: Set<string>;
};

export interface Member {
  readonly id: string;
  readonly team: Team;
  readonly name: string;
  readonly locale: string;
  readonly tz: string;
  readonly admin: boolean;
  home: StoredView | null;
  /** Open modals, the topmost last. */
  readonly stack: StoredView[];
}

export type StoredView = Mutable<View> & {
  readonly owner: string;
  readonly team: Team;
  /** As it was sent, but for what is above. */
  source: Json;
  readonly root: string;
  readonly previous: string;
  /** What was filled in, by block_id and action_id. */
  readonly filled: Map<string, unknown>;
};

export interface Trigger {
  readonly user: string;
  readonly expiresAt: number;
  /** The modal it came from, or ''. */
  readonly view: string;
  used: boolean;
}

/** A response address: good for five messages in half an hour. */
export interface ResponseAddress {
  readonly user: string;
  readonly channel: string;
  readonly expiresAt: number;
  uses: number;
  /** The message that was clicked, or the last one it made. */
  message: StoredMessage | null;
}

export interface Grant {
  readonly team: Team;
  readonly user: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  used: boolean;
}

/** Everything this Slack knows. The functions of the other files read and change it. */
export interface World {
  readonly options: SlackServerOptions;
  /** What the app may do. */
  readonly app: AppManifest;
  readonly url: string;
  readonly teams: Map<string, Team>;
  readonly channels: Map<string, Channel>;
  readonly members: Map<string, Member>;
  readonly tokens: Map<string, Token>;
  readonly views: Map<string, StoredView>;
  readonly triggers: Map<string, Trigger>;
  readonly responses: Map<string, ResponseAddress>;
  readonly grants: Map<string, Grant>;
  readonly files: UploadedFile[];
  readonly calls: Call[];
  readonly violations: Violation[];
  readonly pings: Ping[];
  readonly rateLimited: { readonly method: string; readonly channel: string; readonly at: number }[];
  readonly lateAnswers: { readonly what: string; afterMs: number | null }[];
  readonly deliveries: Mutable<AppDelivery>[];
  /** Epoch ms, moved by `advance`. */
  now(): number;
  advance(ms: number): void;
  /** A new id of Slack's look. */
  id(prefix: string): string;
  /** A timestamp that no message has. */
  ts(): string;
  /** What a member is shown; and who looks on. */
  show(user: string, sight: Sight): void;
  watch(user: string, onSight: (sight: Sight) => void): void;
  /** Something happened that the app may have subscribed to. */
  happened(team: Team, event: Json): void;
  onEvent(listener: (team: Team, event: Json) => void): void;
}

/** An empty world. */
export function createWorld(options: SlackServerOptions, app: AppManifest, url: string): World {
  let ahead = 0;
  let ids = 0;
  let lastSecond = 0;
  let withinSecond = 0;
  const watchers = new Map<string, (sight: Sight) => void>();
  let listener: (team: Team, event: Json) => void = () => undefined;
  const now = (): number => Date.now() + ahead;

  return {
    options,
    app,
    url,
    teams: new Map(),
    channels: new Map(),
    members: new Map(),
    tokens: new Map(),
    views: new Map(),
    triggers: new Map(),
    responses: new Map(),
    grants: new Map(),
    files: [],
    calls: [],
    violations: [],
    pings: [],
    rateLimited: [],
    lateAnswers: [],
    deliveries: [],
    now,
    advance(ms) {
      ahead += ms;
    },
    id(prefix) {
      return `${prefix}${(++ids).toString(36).toUpperCase().padStart(8, '0')}`;
    },
    ts() {
      const second = Math.max(lastSecond, Math.floor(now() / 1000));
      withinSecond = second === lastSecond ? withinSecond + 1 : 1;
      lastSecond = second;
      return `${second}.${String(withinSecond).padStart(6, '0')}`;
    },
    show(user, sight) {
      watchers.get(user)?.(sight);
    },
    watch(user, onSight) {
      watchers.set(user, onSight);
    },
    happened(team, event) {
      listener(team, event);
    },
    onEvent(heard) {
      listener = heard;
    },
  };
}

/** The workspace of an id; a test that names another is wrong. */
export function teamOf(world: World, id?: string): Team {
  const team = id === undefined ? world.teams.values().next().value : world.teams.get(id);
  if (!team) throw new Error(`No workspace ${id ?? ''}: make it first`);
  return team;
}

export function channelOf(world: World, id: string): Channel {
  const channel = world.channels.get(id);
  if (!channel) throw new Error(`No channel ${id}: make it first`);
  return channel;
}

export function memberOf(world: World, id: string): Member {
  const member = world.members.get(id);
  if (!member) throw new Error(`No member ${id}: make them first`);
  return member;
}

/** The direct message channel of a member with the app; made when first asked for. */
export function directWith(world: World, member: Member): Channel {
  for (const channel of world.channels.values()) if (channel.with === member.id) return channel;
  const channel: Channel = {
    id: world.id('D'),
    team: member.team,
    name: 'directmessage',
    kind: 'im',
    with: member.id,
    joined: true,
    archived: false,
    members: new Set([member.id, member.team.botUserId]),
    messages: [],
  };
  world.channels.set(channel.id, channel);
  return channel;
}

/** A token for a workspace; an earlier one stays good until it expires. */
export function issueToken(world: World, team: Team, scopes: Iterable<string>): Token {
  const { rotation } = world.options;
  const token: Token = {
    token: rotation ? `xoxe.xoxb-1-${world.id('')}` : `xoxb-${team.id}-${world.id('')}`,
    team,
    scopes: new Set(scopes),
    expiresAt: rotation ? world.now() + rotation.expiresInS * 1000 : Number.POSITIVE_INFINITY,
    refresh: rotation ? `xoxe-1-${world.id('')}` : '',
    renewed: false,
    revoked: false,
  };
  world.tokens.set(token.token, token);
  team.token = token;
  return token;
}

/** Slack gives blocks and elements ids where the app gave none. */
export function withIds(world: World, blocks: readonly Json[]): Block[] {
  const named = (element: unknown): unknown =>
    isObject(element) && !passive.has(string(element['type'])) ? { action_id: world.id('a'), ...element } : element;
  return blocks.map((block) => ({
    block_id: world.id('b'),
    ...block,
    type: string(block['type']),
    ...('accessory' in block ? { accessory: named(block['accessory']) } : {}),
    ...('element' in block ? { element: named(block['element']) } : {}),
    ...(block['type'] === 'actions' ? { elements: objects(block['elements']).map(named) } : {}),
  }));
}

/** Elements that are only looked at. */
const passive = new Set(['image']);
