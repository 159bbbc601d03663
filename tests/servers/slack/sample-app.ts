import type { App, types } from '@slack/bolt';
import { quiet } from './bolt-app.ts';

export const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });
const marked = (text: string): types.MrkdwnElement => ({ type: 'mrkdwn', text, verbatim: true });
export const button = (label: string, value: string): types.Button => ({
  type: 'button',
  text: plain(label),
  action_id: `say:${value}`,
  value,
});

export const form: types.ModalView = {
  type: 'modal',
  callback_id: 'add',
  title: plain('New alert'),
  submit: plain('Preview'),
  blocks: [
    {
      type: 'input',
      block_id: 'query',
      label: plain('Words'),
      element: { type: 'plain_text_input', action_id: 'value', max_length: 20 },
    },
    {
      type: 'input',
      block_id: 'when',
      optional: true,
      label: plain('When'),
      element: {
        type: 'static_select',
        action_id: 'value',
        options: ['instant', 'hourly'].map((when) => ({ text: plain(when), value: when })),
      },
    },
  ],
};

/** An app that knows a little of everything: what it hears it says back. */
export function teach(app: App): void {
  app.command('/news', async ({ ack, respond, command, client }) => {
    await ack();
    if (command.text === 'form') await client.views.open({ trigger_id: command.trigger_id, view: form });
    else await respond({ response_type: 'ephemeral', text: `heard ${command.text}` });
  });
  app.view('add', async ({ ack, view, body, client }) => {
    const { value } = view.state.values['query']?.['value'] ?? {};
    if (value === 'the') await ack({ response_action: 'errors', errors: { query: 'Too common' } });
    else {
      await ack();
      const when = view.state.values['when']?.['value']?.selected_option?.value ?? 'none';
      await client.chat.postMessage({ channel: body.user.id, text: `saved ${value} ${when}`, ...quiet });
    }
  });
  app.action(/^say:/u, async ({ ack, action, respond, body }) => {
    await ack();
    const said = action.type === 'button' ? action.value : '';
    if (body.type === 'block_actions' && body.message)
      await respond({ text: `pressed ${said}`, replace_original: true });
    else if (body.type === 'block_actions' && body.response_url)
      await respond({ text: `pressed ${said}`, replace_original: false });
  });
  app.action('more', async ({ ack, action, client, body }) => {
    await ack();
    const chosen = action.type === 'overflow' ? action.selected_option.value : '';
    await client.views.publish({ user_id: body.user.id, view: homeView(`chose ${chosen}`) });
  });
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({ user_id: event.user, view: homeView('Your alerts') });
  });
  app.shortcut('new_alert', async ({ ack, shortcut, client }) => {
    await ack();
    await client.views.open({ trigger_id: shortcut.trigger_id, view: form });
  });
  app.shortcut('why', async ({ ack, shortcut, respond }) => {
    await ack();
    if (shortcut.type === 'message_action') await respond({ text: `about ${shortcut.message.text ?? ''}` });
  });
  app.options('feed', async ({ ack, options }) => {
    await ack({ options: [{ text: plain(`feed ${options.value}`), value: '7' }] });
  });
}

function homeView(text: string): types.HomeView {
  return {
    type: 'home',
    blocks: [
      {
        type: 'section',
        text: marked(text),
        accessory: {
          type: 'overflow',
          action_id: 'more',
          options: ['pause 1', 'remove 1'].map((value) => ({ text: plain(value), value })),
        },
      },
      {
        type: 'actions',
        elements: [{ type: 'external_select', action_id: 'feed', min_query_length: 1, placeholder: plain('Feed') }],
      },
    ],
  };
}
