import { isObject, listIn, objectIn, textIn, type Body, type Upload } from './body.ts';
import type { Core } from './core.ts';
import { intent } from './gateway.ts';
import { checkMessage, isEmptyMessage } from './message-check.ts';
import { messagePayload } from './payloads.ts';
import { pingsIn } from './pings.ts';
import { invalidForm, refused, type Reply } from './reply.ts';
import { EPHEMERAL, LOADING, type Attachment, type Message, type SeenComponent, type SeenEmbed } from './message.ts';
import { type World } from './world.ts';

/** Flags that a sender may set: suppress embeds, ephemeral, suppress notifications. */
const SENDABLE = (1 << 2) | EPHEMERAL | (1 << 12);

/** Why a body is no message, or null. */
export function refusalOf(body: Body, files: readonly Upload[], at: readonly string[] = []): Reply | null {
  const findings = checkMessage(body, files, at);
  if (findings.length > 0) return invalidForm(findings);
  if (!isEmptyMessage(body, files.length)) return null;
  return { ...refused(50_006), findings: [{ path: at, code: '50006', message: 'Cannot send an empty message' }] };
}

/** Writes a message of the bot into a channel and tells the gateway. */
export function writeMessage(
  core: Core,
  body: Body,
  files: readonly Upload[],
  { channelId, ...more }: { readonly channelId: string } & Partial<Message>,
): Message {
  const { world } = core;
  const message = world.addMessage({
    id: world.newId(),
    channelId,
    author: world.bot,
    type: 0,
    content: textIn(body['content']).trim(),
    embeds: embedsIn(body),
    components: listIn(body['components']) as readonly SeenComponent[],
    attachments: attachmentsFrom(world, files),
    flags: Number(body['flags'] ?? 0) & SENDABLE,
    nonce: nonceIn(body),
    edits: 0,
    editedAt: null,
    deleted: false,
    at: Date.now(),
    reference: isObject(body['message_reference']) ? body['message_reference'] : null,
    interaction: null,
    ...more,
  });
  notePings(core, message, body);
  tell(core, 'MESSAGE_CREATE', message);
  return message;
}

/** Applies an edit: what is not named stays. A loading message is there with its first edit and does not count as edited. */
export function editMessage(core: Core, message: Message, body: Body, files: readonly Upload[]): void {
  if (body['content'] !== undefined) message.content = textIn(body['content']).trim();
  if (body['embeds'] !== undefined) message.embeds = embedsIn(body);
  if (body['components'] !== undefined) message.components = listIn(body['components']) as readonly SeenComponent[];
  const kept = Array.isArray(body['attachments'])
    ? message.attachments.filter(({ id }) => listIn(body['attachments']).some((part) => objectIn(part)['id'] === id))
    : message.attachments;
  message.attachments = [...kept, ...attachmentsFrom(core.world, files)];
  if ((message.flags & LOADING) === 0) {
    message.edits++;
    message.editedAt = Date.now();
  }
  message.flags &= ~LOADING;
  notePings(core, message, body);
  tell(core, 'MESSAGE_UPDATE', message);
}

/** What a message would be after an edit, to be checked as a whole. */
export function edited(message: Message, body: Body): Body {
  const { content, embeds, components } = message;
  const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
  return { content, embeds, components, ...given };
}

export function deleteMessage(core: Core, message: Message): void {
  message.deleted = true;
  const { channelId, id } = message;
  const guildId = core.world.channels.get(channelId)?.guildId ?? null;
  core.gateway.dispatch('MESSAGE_DELETE', { id, channel_id: channelId, ...inGuild(guildId) }, about(guildId));
}

/** Tells the gateway of a message; those only one member sees are told to nobody. */
export function tell(core: Core, event: string, message: Message): void {
  if ((message.flags & EPHEMERAL) !== 0) return;
  const guildId = core.world.channels.get(message.channelId)?.guildId ?? null;
  const payload = { ...messagePayload(core.world, message, core.origin()), ...inGuild(guildId) };
  core.gateway.dispatch(event, payload, about(guildId));
}

function notePings(core: Core, message: Message, body: Body): void {
  for (const mention of pingsIn(body)) {
    core.recorder.pings.push({ channelId: message.channelId, messageId: message.id, mention });
  }
}

function embedsIn(body: Body): readonly SeenEmbed[] {
  return listIn(body['embeds']) as readonly SeenEmbed[];
}

/** Null for none. */
export function nonceIn(body: Body): string | number | null {
  const { nonce } = body;
  return typeof nonce === 'string' || typeof nonce === 'number' ? nonce : null;
}

function attachmentsFrom(world: World, files: readonly Upload[]): readonly Attachment[] {
  return files.map(({ name, contentType, bytes }) => ({ id: world.newId(), name, contentType, bytes }));
}

function inGuild(guildId: string | null): Body {
  return guildId === null ? {} : { guild_id: guildId };
}

function about(guildId: string | null): { readonly guildId: string | null; readonly intent: number } {
  return { guildId, intent: guildId === null ? intent.directMessages : intent.guildMessages };
}
