import { createHash } from 'node:crypto';
import { Redis } from 'ioredis';
import { loadScripts } from '../../../adapters/store/redis/scripts.ts';

/** What scripts did on a server, as MONITOR tells it. */
export interface ScriptKeys {
  /** The hash tags of the keys that single calls used, for calls that used several. */
  readonly mixed: readonly string[];
  /** Names of the scripts that were called. */
  readonly called: ReadonlySet<string>;
  /** Keys that stand under no hash tag. */
  readonly untagged: ReadonlySet<string>;
  stop(): void;
}

/** Follows every script call on a server from now on. A key's slot is that of its hash tag: what stands between { and }. */
export async function followScripts(url: string, prefix: string): Promise<ScriptKeys> {
  const names = new Map<string, string>();
  for (const [name, { lua }] of Object.entries(loadScripts())) {
    names.set(lettersOf(lua), name);
    names.set(createHash('sha1').update(lua).digest('hex'), name);
  }
  const client = new Redis(url);
  const monitor = await client.monitor();
  const mixed: string[] = [];
  const called = new Set<string>();
  const untagged = new Set<string>();
  let tags = new Set<string>();
  let script = '';

  monitor.on('monitor', (_time: string, args: readonly string[], source: string) => {
    const [command = '', text = ''] = args;
    if (/^evalsha|eval$/iu.test(command)) {
      script = names.get(text) ?? names.get(lettersOf(text)) ?? text;
      called.add(script);
      tags = new Set();
    }
    const inScript = source === 'lua' || command.toLowerCase().startsWith('eval');
    for (const key of args.slice(1).filter((arg) => arg.startsWith(prefix) && arg.includes(':'))) {
      const tag = /\{([^}]+)\}/u.exec(key)?.[1];
      if (tag === undefined) untagged.add(key);
      else if (inScript) tags.add(tag);
    }
    if (inScript && tags.size > 1) mixed.push(`${script}: ${[...tags].join(' and ')}`);
  });

  return {
    mixed,
    called,
    untagged,
    stop() {
      monitor.disconnect();
      client.disconnect();
    },
  };
}

/** A script's text without what MONITOR escapes. */
function lettersOf(text: string): string {
  return text.replaceAll(/\\+n?|[^a-zA-Z0-9]/gu, '');
}
