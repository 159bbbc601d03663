import { parse } from 'yaml';
import { z } from 'zod';
import type { SlackServerOptions } from './door.ts';

/** What an app may do, as its manifest says it. */
export interface AppManifest {
  readonly scopes: readonly string[];
  /** Null: all. */
  readonly events: readonly string[] | null;
  /** Slash commands, and whether links, members and channels in their text are written as `<…>`. */
  readonly commands: ReadonlyMap<string, { readonly escaped: boolean }>;
  /** Null: any. */
  readonly shortcuts: ReadonlyMap<string, 'global' | 'message'> | null;
  readonly homeTab: boolean;
  /** Null: any on the loopback. */
  readonly redirectUrls: readonly string[] | null;
}

/** Every scope that a method or an event here asks for. */
const ALL_SCOPES = [
  'channels:history',
  'channels:join',
  'channels:read',
  'chat:write',
  'commands',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'team:read',
  'users:read',
];

const https = z.url({ protocol: /^https$/u });

/** The manifest as Slack documents it (docs.slack.dev/reference/app-manifest), as far as this app could use it. */
const manifest = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal([1, 2]), minor_version: z.number().int() }).optional(),
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().max(140).optional(),
    long_description: z.string().min(174).max(4000).optional(),
    background_color: z
      .string()
      .regex(/^#(?:[\da-f]{3}|[\da-f]{6})$/iu)
      .optional(),
  }),
  features: z.strictObject({
    app_home: z
      .strictObject({
        home_tab_enabled: z.boolean().optional(),
        messages_tab_enabled: z.boolean().optional(),
        messages_tab_read_only_enabled: z.boolean().optional(),
      })
      .optional(),
    bot_user: z.strictObject({ display_name: z.string().min(1).max(80), always_online: z.boolean().optional() }),
    slash_commands: z
      .array(
        z.strictObject({
          command: z.string().startsWith('/').max(32),
          description: z.string().min(1).max(2000),
          usage_hint: z.string().max(1000).optional(),
          should_escape: z.boolean().optional(),
          url: https.optional(),
        }),
      )
      .max(50)
      .optional(),
    shortcuts: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(24),
          type: z.enum(['global', 'message']),
          callback_id: z.string().min(1).max(255),
          description: z.string().min(1).max(150),
        }),
      )
      .max(10)
      .optional(),
  }),
  oauth_config: z.strictObject({
    redirect_urls: z.array(https).max(1000).optional(),
    scopes: z.strictObject({ bot: z.array(z.string()).max(255), user: z.array(z.string()).optional() }),
  }),
  settings: z.strictObject({
    event_subscriptions: z
      .strictObject({ request_url: https.optional(), bot_events: z.array(z.string()).max(100).optional() })
      .optional(),
    interactivity: z
      .strictObject({
        is_enabled: z.boolean(),
        request_url: https.optional(),
        message_menu_options_url: https.optional(),
      })
      .optional(),
    org_deploy_enabled: z.boolean().optional(),
    socket_mode_enabled: z.boolean().optional(),
    token_rotation_enabled: z.boolean().optional(),
  }),
});

/** The app of a test: by its manifest where there is one, what the options say above it. */
export function appOf(options: SlackServerOptions): AppManifest {
  const { scopes, events, commands, redirectUrls } = options;
  const made: AppManifest =
    options.manifest === undefined
      ? {
          scopes: ALL_SCOPES,
          events: null,
          commands: new Map([['/news', { escaped: false }]]),
          shortcuts: null,
          homeTab: true,
          redirectUrls: null,
        }
      : readManifest(options.manifest);
  return {
    ...made,
    ...(scopes ? { scopes } : {}),
    ...(events ? { events } : {}),
    ...(commands ? { commands: new Map(commands.map((name) => [name, { escaped: false }])) } : {}),
    ...(redirectUrls ? { redirectUrls } : {}),
  };
}

/** Events that an app hears only with a scope. */
export const eventScopes: Readonly<Record<string, string>> = {
  channel_archive: 'channels:read',
  channel_deleted: 'channels:read',
  channel_left: 'channels:read',
  channel_rename: 'channels:read',
  channel_unarchive: 'channels:read',
  group_archive: 'groups:read',
  group_deleted: 'groups:read',
  group_left: 'groups:read',
  group_rename: 'groups:read',
  group_unarchive: 'groups:read',
};

/** Reads a manifest (YAML or JSON) as Slack does when an app is made from it; throws with all that Slack would mind. */
export function readManifest(text: string): AppManifest {
  const { features, oauth_config: oauth, settings } = manifest.parse(parse(text));
  const scopes = oauth.scopes.bot;
  const events = settings.event_subscriptions?.bot_events ?? [];
  const commands = features.slash_commands ?? [];
  const shortcuts = features.shortcuts ?? [];
  const overHttp = settings.socket_mode_enabled !== true;
  const wanted: readonly (readonly [boolean, string])[] = [
    [commands.length + shortcuts.length === 0 || scopes.includes('commands'), 'commands needs the scope commands'],
    [!overHttp || commands.every(({ url }) => url !== undefined), 'a command needs an address without Socket Mode'],
    [
      !overHttp || settings.event_subscriptions?.request_url !== undefined,
      'events need an address without Socket Mode',
    ],
    [
      !overHttp || settings.interactivity?.request_url !== undefined,
      'interactivity needs an address without Socket Mode',
    ],
    [shortcuts.length === 0 || settings.interactivity?.is_enabled === true, 'shortcuts need interactivity'],
    ...events.map((event) => {
      const scope = eventScopes[event];
      return [scope === undefined || scopes.includes(scope), `${event} needs the scope ${scope}`] as const;
    }),
  ];
  const missing = wanted.filter(([there]) => !there).map(([, what]) => what);
  if (missing.length > 0) throw new Error(`The manifest is not complete: ${missing.join('; ')}`);
  return {
    scopes,
    events,
    commands: new Map(commands.map(({ command, should_escape: escaped = false }) => [command, { escaped }])),
    shortcuts: new Map(shortcuts.map(({ callback_id: id, type }) => [id, type])),
    homeTab: features.app_home?.home_tab_enabled === true,
    redirectUrls: oauth.redirect_urls ?? null,
  };
}
