import { listIn, objectIn, textIn, type Body } from './body.ts';
import { createCheck } from './check.ts';
import { checkChoices } from './command-check.ts';
import { checkModal } from './component-check.ts';
import type { Ask, Core, Route } from './core.ts';
import { callback, kind, type Interaction } from './interactions.ts';
import { messagePayload } from './payloads.ts';
import { deleteMessage, edited, editMessage, refusalOf, writeMessage } from './posting.ts';
import { invalidForm, noContent, ok, refused, type Reply } from './reply.ts';
import { EPHEMERAL, LOADING, type Message, type SeenComponent } from './message.ts';

const USER_FOLLOW_UPS = 5;
const FOLLOW_UP = 0;
const COMMAND_ANSWER = 20;
/** Which first answers an interaction may get. */
const allowed: Readonly<Record<number, readonly number[]>> = {
  [kind.command]: [callback.message, callback.deferMessage, callback.modal],
  [kind.component]: [callback.message, callback.deferMessage, callback.deferUpdate, callback.update, callback.modal],
  [kind.complete]: [callback.choices],
  [kind.modal]: [callback.message, callback.deferMessage, callback.deferUpdate, callback.update],
};

/** First answers, follow-ups and their edits. https://discord.com/developers/docs/interactions/receiving-and-responding */
export function interactionRoutes(core: Core): readonly Route[] {
  const message = '/webhooks/:application/:token/messages/:message';
  return [
    {
      method: 'POST',
      path: '/interactions/:interaction/:token/callback',
      open: true,
      handle: (ask) => answer(core, ask),
    },
    { method: 'POST', path: '/webhooks/:application/:token', open: true, handle: (ask) => followUp(core, ask) },
    {
      method: 'GET',
      path: message,
      open: true,
      handle: (ask) => withMessage(core, ask, (found) => ok(shown(core, found))),
    },
    {
      method: 'PATCH',
      path: message,
      open: true,
      handle: (ask) => withMessage(core, ask, (found, from) => edit(core, ask, found, from)),
    },
    {
      method: 'DELETE',
      path: message,
      open: true,
      handle: (ask) =>
        withMessage(core, ask, (found, from) => {
          deleteMessage(core, found);
          from.settled = true;
          from.changed();
          return noContent;
        }),
    },
  ];
}

function answer(core: Core, { params, body, files, query }: Ask): Reply {
  const interaction = core.interactions.get(params['interaction'] ?? '');
  if (!interaction || interaction.token !== params['token']) return refused(10_062);
  if (interaction.first) return refused(40_060);
  const afterMs = Date.now() - interaction.at;
  if (afterMs > core.interactions.answerWithinMs) return refused(10_062);
  const type = Number(body['type']);
  const data = objectIn(body['data']);
  const wrong = wrongAnswer(interaction, type, data) ?? wrongMessage(interaction, type, data, files);
  if (wrong) return wrong;

  interaction.first = { type, afterMs };
  interaction.choices = listIn(data['choices']);
  if (type === callback.message) {
    interaction.original = writeMessage(core, data, files, answering(interaction));
  } else if (type === callback.deferMessage) {
    const flags = (Number(data['flags'] ?? 0) & EPHEMERAL) | LOADING;
    interaction.original = writeMessage(core, {}, [], { ...answering(interaction), flags });
  } else if (type === callback.modal) {
    interaction.modal = {
      title: textIn(data['title']),
      customId: textIn(data['custom_id']),
      components: listIn(data['components']) as readonly SeenComponent[],
    };
  } else if (type !== callback.choices) interaction.original = interaction.source;
  if (type === callback.update && interaction.source) editMessage(core, interaction.source, data, files);
  interaction.settled = type !== callback.deferMessage && type !== callback.deferUpdate;
  interaction.changed();
  return query.get('with_response') === 'true' ? ok(callbackPayload(core, interaction, type)) : noContent;
}

/** The kind of answer does not fit what was done, or is over its limits. */
function wrongAnswer(interaction: Interaction, type: number, data: Body): Reply | null {
  const check = createCheck();
  check.oneOf(['type'], type, allowed[interaction.kind] ?? []);
  const updates = type === callback.update || type === callback.deferUpdate;
  if (updates && !interaction.source) check.wrong(['type'], 'BASE_TYPE_CHOICES', 'There is no message to update.');
  if (type === callback.choices) {
    checkChoices(check, ['data', 'choices'], data['choices'] ?? [], {
      type: interaction.focusedType,
      unique: false,
    });
  }
  if (type === callback.modal) checkModal(check, ['data'], data);
  return check.findings.length > 0 ? invalidForm(check.findings) : null;
}

function wrongMessage({ source }: Interaction, type: number, data: Body, files: Ask['files']): Reply | null {
  if (type === callback.message) return refusalOf(data, files, ['data']);
  return type === callback.update && source ? refusalOf(edited(source, data), files, ['data']) : null;
}

function followUp(core: Core, { params, body, files }: Ask): Reply {
  const interaction = core.interactions.withToken(params['token'] ?? '');
  if (interaction === 'over') return refused(50_027);
  if (!interaction?.first) return refused(10_015);
  const wrong = refusalOf(body, files);
  if (wrong) return wrong;
  const { original } = interaction;
  if (original && (original.flags & LOADING) !== 0) {
    // As Discord has it: the first follow-up of a deferred answer is that answer, and its own flags do not count.
    editMessage(core, original, body, files);
    interaction.settled = true;
    interaction.changed();
    return ok(shown(core, original));
  }
  if (interaction.userInstalled && interaction.followUps.length >= USER_FOLLOW_UPS) return refused(40_094);
  const written = writeMessage(core, body, files, { ...answering(interaction), type: FOLLOW_UP });
  interaction.followUps.push(written);
  interaction.changed();
  return ok(shown(core, written));
}

function edit(core: Core, { body, files }: Ask, message: Message, interaction: Interaction): Reply {
  const wrong = refusalOf(edited(message, body), files);
  if (wrong) return wrong;
  editMessage(core, message, body, files);
  if (message === interaction.original) interaction.settled = true;
  interaction.changed();
  return ok(shown(core, message));
}

function withMessage(core: Core, { params }: Ask, then: (message: Message, from: Interaction) => Reply): Reply {
  const interaction = core.interactions.withToken(params['token'] ?? '');
  if (interaction === 'over') return refused(50_027);
  if (!interaction?.first) return refused(10_015);
  const id = params['message'];
  const found = id === '@original' ? interaction.original : interaction.followUps.find((message) => message.id === id);
  return found && !found.deleted ? then(found, interaction) : refused(10_008);
}

function answering(interaction: Interaction): { readonly channelId: string } & Partial<Message> {
  const { id, channelId, user, name, source } = interaction;
  return {
    channelId,
    type: interaction.kind === kind.command ? COMMAND_ANSWER : FOLLOW_UP,
    reference: source ? { message_id: source.id, channel_id: channelId } : null,
    interaction: { id, type: interaction.kind, user, name },
  };
}

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback-interaction-callback-response-object */
function callbackPayload(core: Core, interaction: Interaction, type: number): Body {
  const { id, original } = interaction;
  return {
    interaction: {
      id,
      type: interaction.kind,
      ...(original
        ? {
            response_message_id: original.id,
            response_message_loading: (original.flags & LOADING) !== 0,
            response_message_ephemeral: (original.flags & EPHEMERAL) !== 0,
          }
        : {}),
    },
    resource: { type, ...(original ? { message: shown(core, original) } : {}) },
  };
}

function shown(core: Core, message: Message): Body {
  return messagePayload(core.world, message, core.origin());
}
