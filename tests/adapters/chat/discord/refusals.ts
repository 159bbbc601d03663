import { checkMessage, isEmptyMessage } from '../../../servers/discord/message-check.ts';
import { pingsIn } from '../../../servers/discord/pings.ts';

/** Characters that nobody sees; in JSON controls stand escaped. */
const UNSEEN =
  /\\u00[0189][0-9a-f]|[\u007F-\u009F\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/iu;

/** What Discord would refuse or obey in the body of a message, and what nobody could see in it; nothing for a good one. */
export function refusalsOf(body: Readonly<Record<string, unknown>>): readonly string[] {
  return [
    ...checkMessage(body, []).map(({ path, message }) => `${path.join('.')}: ${message}`),
    ...pingsIn(body),
    ...(isEmptyMessage(body, 0) ? ['empty'] : []),
    ...(UNSEEN.test(JSON.stringify(body)) ? ['unseen characters'] : []),
  ];
}
