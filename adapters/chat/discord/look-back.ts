import { SnowflakeUtil, type APIMessage } from 'discord.js';

/** A message of the bot's own that stands in a channel already; the first of a thread has the thread's id. */
export interface Standing {
  readonly id: string;
  readonly nonce: string;
  readonly mark: string;
}

/** How long after an alert was posted it may still be offered again: deliveries are given up after a day. */
const ALERT_MS = 86_400_000;
/** Messages without an id of their own may rightly be said again later. */
const OTHER_MS = 3_600_000;
const STORY = 'say why ';

/** The bot's own recent messages among those read from a channel. */
export function standingMessages(messages: readonly APIMessage[], botId: string, now: number): Standing[] {
  return messages
    .filter(({ author }) => author.id === botId)
    .map(({ id, nonce, content, embeds, components }) => ({
      id,
      nonce: String(nonce ?? ''),
      mark: markOf({ content, embeds, components }),
    }))
    .filter(({ id, mark }) => now - SnowflakeUtil.timestampFrom(id) < (mark.startsWith(STORY) ? ALERT_MS : OTHER_MS));
}

/**
 * What tells a message from others: the button that names its story; without any, all its words. Discord does not
 * promise to give a nonce back, and an edit changes an alert's embed but not that button.
 */
export function markOf({ content = '', embeds, components }: Marked): string {
  const named = (components ?? []).flatMap(idsIn).find((id) => id.startsWith(STORY));
  return named ?? [content, ...embeds.map(({ title = '' }) => title)].join('\n');
}

interface Marked {
  readonly content?: string;
  readonly embeds: readonly { readonly title?: string }[];
  readonly components?: readonly object[] | undefined;
}

function idsIn(row: object): string[] {
  if (!('components' in row) || !Array.isArray(row.components)) return [];
  return row.components.flatMap((component: unknown) => {
    const id = typeof component === 'object' && component !== null ? Reflect.get(component, 'custom_id') : undefined;
    return typeof id === 'string' ? [id] : [];
  });
}
