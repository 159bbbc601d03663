import type { Ask, Core } from './core.ts';
import { invalidForm, refused, type Reply } from './reply.ts';
import { isSnowflake } from './snowflake.ts';
import type { Channel } from './world.ts';

/** The channel of a request as far as the bot can see it. */
export function inChannel({ world }: Core, { params }: Ask, then: (channel: Channel) => Reply): Reply {
  const id = params['channel'] ?? '';
  const channel = world.channels.get(id);
  if (!isSnowflake(id)) {
    return invalidForm([
      { path: ['channel_id'], code: 'NUMBER_TYPE_COERCE', message: `Value "${id}" is not snowflake.` },
    ]);
  }
  if (!channel) return refused(10_003);
  return world.may(channel, 'view') ? then(channel) : refused(50_001);
}
