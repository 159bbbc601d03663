import {
  ButtonBuilder,
  ButtonStyle,
  ActionRowBuilder,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  PermissionFlagsBits,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { describe, expect, test } from 'vitest';
import { commandDefinitions } from '../../../adapters/chat/discord/registration.ts';
import { READER, start, connect, generalId, answer, codeOf, ping } from './connect.ts';

describe('interactions', () => {
  test('a member runs a command and sees the answer', async () => {
    const server = await start();
    const client = await connect(server);
    await client.application.commands.set([ping]);
    const errors = answer(client, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.reply({ content: interaction.options.getString('text', true), flags: MessageFlags.Ephemeral });
    });
    const seen = await server.user(READER).run('/ping', { text: 'hello' });
    expect(seen).toMatchObject({ kind: 'message', ephemeral: true, content: 'hello', deferred: false });
    expect(server.messages(generalId(server))).toEqual([]);
    expect(errors).toEqual([]);
  });

  test('a deferred answer is waited for; follow-ups stand beside it', async () => {
    const server = await start();
    const client = await connect(server);
    await client.application.commands.set([ping]);
    answer(client, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply({ content: 'done', files: [{ name: 'list.txt', attachment: Buffer.from('one') }] });
      await interaction.followUp({ content: 'more', flags: MessageFlags.Ephemeral });
    });
    const seen = await server.user(READER).run('/ping', { text: 'x' });
    expect(seen).toMatchObject({ kind: 'message', ephemeral: true, content: 'done', deferred: true });
    expect(seen.files.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)])).toEqual([['list.txt', 'one']]);
    await expect.poll(() => server.followUps(seen).map(({ content }) => content)).toEqual(['more']);
  });

  test('an answer after the time is 10062, and the member sees that nobody responded', async () => {
    const server = await start({ answerWithinMs: 200 });
    const client = await connect(server);
    await client.application.commands.set([ping]);
    const errors = answer(client, async (interaction) => {
      await new Promise((resolve) => {
        setTimeout(resolve, 400);
      });
      if (interaction.isChatInputCommand()) await interaction.reply('late');
    });
    await expect(server.user(READER).run('/ping', { text: 'x' })).rejects.toThrow('did not respond');
    await expect.poll(() => errors.map(codeOf)).toEqual([10_062]);
    expect(server.lateAnswers).toMatchObject([{ code: 10_062, status: 404 }]);
    expect(server.invalidRequests).toEqual([]);
  });

  test('only one first answer is taken', async () => {
    const server = await start();
    const client = await connect(server);
    await client.application.commands.set([ping]);
    const errors = answer(client, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const path = `/interactions/${interaction.id}/${interaction.token}/callback` as const;
      await client.rest.post(path, { body: { type: 4, data: { content: 'first' } }, auth: false });
      await client.rest.post(path, { body: { type: 4, data: { content: 'second' } }, auth: false });
    });
    const seen = await server.user(READER).run('/ping', { text: 'x' });
    expect(seen.content).toBe('first');
    await expect.poll(() => errors.map(codeOf)).toEqual([40_060]);
    expect(server.lateAnswers).toHaveLength(1);
  });

  test('a token is good for its time only', async () => {
    const server = await start({ tokenLifeMs: 100 });
    const client = await connect(server);
    await client.application.commands.set([ping]);
    const errors = answer(client, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.reply('now');
      await new Promise((resolve) => {
        setTimeout(resolve, 150);
      });
      await interaction.editReply('later');
    });
    await server.user(READER).run('/ping', { text: 'x' });
    await expect.poll(() => errors.map(codeOf)).toEqual([50_027]);
  });

  test('choices complete what is typed; over 25 are refused', async () => {
    const server = await start({ answerWithinMs: 500 });
    const client = await connect(server);
    await client.application.commands.set([ping]);
    const errors = answer(client, async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const typed = interaction.options.getFocused();
      const many = Number(typed) || 1;
      await interaction.respond(Array.from({ length: many }, (_, i) => ({ name: `${typed} ${i}`, value: `${i}` })));
    });
    const reader = server.user(READER);
    await expect(reader.complete('/ping', 'text', 'wor')).resolves.toEqual([{ name: 'wor 0', value: '0' }]);
    await expect(reader.complete('/ping', 'text', '26')).rejects.toThrow('did not respond');
    expect(errors.map(codeOf)).toEqual([50_035]);
    expect(server.violations.map(({ path }) => path)).toEqual(['data.choices']);
  });

  test('buttons, updates and modals lead from one to the next', async () => {
    const server = await start();
    const client = await connect(server);
    await client.application.commands.set([ping]);
    const button = new ButtonBuilder().setCustomId('edit 1').setLabel('Edit').setStyle(ButtonStyle.Secondary);
    const field = new TextInputBuilder().setCustomId('query').setStyle(TextInputStyle.Short).setValue('old');
    const modal = new ModalBuilder()
      .setCustomId('edited 1')
      .setTitle('Edit')
      .addLabelComponents(new LabelBuilder().setLabel('Query').setTextInputComponent(field));
    const errors = answer(client, async (interaction) => {
      if (interaction.isChatInputCommand()) {
        await interaction.reply({
          content: 'one',
          components: [new ActionRowBuilder<ButtonBuilder>().addComponents(button)],
        });
      } else if (interaction.isButton()) await interaction.showModal(modal);
      else if (interaction.isModalSubmit() && interaction.isFromMessage()) {
        await interaction.deferUpdate();
        await interaction.editReply({ content: interaction.fields.getTextInputValue('query'), components: [] });
      }
    });
    const reader = server.user(READER);
    const shown = await reader.run('/ping', { text: 'x' });
    const form = await reader.click(shown, 'Edit');
    expect(form).toMatchObject({ kind: 'modal', title: 'Edit', customId: 'edited 1' });
    const changed = await reader.submit(form, { Query: 'new' });
    expect(errors).toEqual([]);
    expect(changed).toMatchObject({ kind: 'update', content: 'new', message: { id: shown.message?.id, edits: 1 } });
    await expect(reader.click(changed, 'Edit')).rejects.toThrow('No button Edit');
  });

  test('what was not registered cannot be done', async () => {
    const server = await start();
    const client = await connect(server);
    const guarded = { ...ping, default_member_permissions: String(PermissionFlagsBits.ManageGuild) };
    await client.application.commands.set([guarded]);
    await expect(server.user(READER).run('/ping', { text: 'x' })).rejects.toThrow('No command /ping');
    const manager = server.user(READER, { manageGuild: true });
    await expect(manager.run('/pong')).rejects.toThrow('No command /pong');
    await expect(manager.run('/ping')).rejects.toThrow('needs its option text');
    await expect(manager.run('/ping', { text: 'x', more: 1 })).rejects.toThrow('has no option more');
  });

  test('a message menu works in direct messages', async () => {
    const server = await start();
    const client = await connect(server);
    await client.application.commands.set(commandDefinitions());
    answer(client, async (interaction) => {
      if (interaction.isMessageContextMenuCommand())
        await interaction.reply(`asked: ${interaction.targetMessage.content}`);
    });
    const reader = server.user(READER, { guild: null });
    const said = await reader.say('this one');
    const seen = await reader.contextMenu('Why this alert?', said);
    expect(seen.content).toBe('asked: this one');
    expect(seen.message?.channelId).toBe(server.directChannel(READER));
  });

  test('an answer can be asked back, read, changed and taken away', async () => {
    const server = await start();
    const client = await connect(server);
    await client.application.commands.set([ping]);
    const ids: (string | undefined)[] = [];
    const errors = answer(client, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const { resource } = await interaction.reply({ content: 'one', withResponse: true });
      const read = await interaction.fetchReply();
      const changed = await interaction.editReply('two');
      const more = await interaction.followUp('three');
      await interaction.editReply({ message: more, content: 'four' });
      ids.push(resource?.message?.id, read.id, changed.id);
      await interaction.deleteReply();
    });
    const seen = await server.user(READER).run('/ping', { text: 'x' });
    await expect.poll(() => server.message(seen.message?.id ?? '').deleted).toBe(true);
    expect(errors).toEqual([]);
    expect(ids).toEqual([seen.message?.id, seen.message?.id, seen.message?.id]);
    expect(server.messages(generalId(server)).map(({ content }) => content)).toEqual(['four']);
  });

  test('a choice in a menu updates the message', async () => {
    const server = await start();
    const client = await connect(server);
    await client.application.commands.set([ping]);
    const options = ['a', 'b', 'c'].map((value) => ({ label: value.toUpperCase(), value }));
    const menu = { type: 3, customId: 'pick', options, minValues: 1, maxValues: 2 } as const;
    const errors = answer(client, async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply({ components: [{ type: 1, components: [menu] }] });
      if (interaction.isStringSelectMenu())
        await interaction.update({ content: interaction.values.join(), components: [] });
    });
    const reader = server.user(READER);
    const shown = await reader.run('/ping', { text: 'x' });
    await expect(reader.select(shown, ['a', 'b', 'c'])).rejects.toThrow('cannot be chosen');
    await expect(reader.select(shown, ['d'])).rejects.toThrow('cannot be chosen');
    await expect(reader.select(shown, ['a', 'c'])).resolves.toMatchObject({ kind: 'update', content: 'a,c' });
    expect(errors).toEqual([]);
  });

  test('the first follow-up of a deferred answer is that answer', async () => {
    const server = await start();
    const client = await connect(server);
    await client.application.commands.set([ping]);
    answer(client, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply();
      await interaction.followUp({ content: 'public after all', flags: MessageFlags.Ephemeral });
    });
    const seen = await server.user(READER).run('/ping', { text: 'x' });
    expect(seen).toMatchObject({ content: 'public after all', ephemeral: false });
    expect(server.followUps(seen)).toEqual([]);
  });

  test('somebody uses the bot as their own app where it is no member, with five follow-ups at most', async () => {
    const server = await start();
    const client = await connect(server);
    await client.application.commands.set([{ ...ping, integration_types: [0, 1] }]);
    const stranger = server.addGuild();
    server.removeBot(stranger.id);
    const owners: unknown[] = [];
    const errors = answer(client, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      owners.push(interaction.authorizingIntegrationOwners.userId, interaction.guild);
      await interaction.reply('0');
      for (let i = 1; i <= 6; i++) await interaction.followUp(`${i}`);
    });
    await expect(server.user(READER, { guild: stranger.id }).run('/ping', { text: 'x' })).rejects.toThrow('No command');
    const seen = await server.user(READER, { guild: stranger.id, userInstalled: true }).run('/ping', { text: 'x' });
    await expect.poll(() => errors.map(codeOf)).toEqual([40_094]);
    expect(owners).toEqual([READER, null]);
    expect(server.followUps(seen)).toHaveLength(5);
  });

  test('a modal over its limits is refused', async () => {
    const server = await start({ answerWithinMs: 300 });
    const client = await connect(server);
    await client.application.commands.set([ping]);
    const errors = answer(client, async (interaction) => {
      const field = { type: 4, custom_id: 'q', style: 1, label: 'x'.repeat(46), max_length: 3, value: 'four' };
      const data = { custom_id: 'm', title: 'x'.repeat(46), components: [{ type: 1, components: [field] }] };
      const path = `/interactions/${interaction.id}/${interaction.token}/callback` as const;
      await client.rest.post(path, { body: { type: 9, data }, auth: false });
    });
    await expect(server.user(READER).run('/ping', { text: 'x' })).rejects.toThrow('did not respond');
    expect(errors.map(codeOf)).toEqual([50_035]);
    const at = 'data.components[0].components[0]';
    expect(server.violations.map(({ path }) => path)).toEqual(['data.title', `${at}.label`, `${at}.value`]);
  });
});
