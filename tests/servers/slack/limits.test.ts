import type { types } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import { clientOf, post, slack, wordOf } from './bolt-app.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const marked = (text: string) => ({ type: 'mrkdwn', text, verbatim: true });
const section = (text: string) => ({ type: 'section', text: marked(text) });
const button = (label: string, more: object = {}) => ({
  type: 'button',
  text: plain(label),
  action_id: label,
  ...more,
});
const options = (count: number) => Array.from({ length: count }, (_, i) => ({ text: plain(`o${i}`), value: `v${i}` }));

const rich = (element: object) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [element] }],
});

describe('limits', () => {
  test.each<[string, object]>([
    ['51 blocks', { blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) }],
    ['an empty text object', { blocks: [section('')] }],
    ['3,001 characters of section', { blocks: [section('x'.repeat(3001))] }],
    ['a section without text or fields', { blocks: [{ type: 'section' }] }],
    ['11 fields', { blocks: [{ type: 'section', fields: Array.from({ length: 11 }, () => marked('x')) }] }],
    ['a field of 2,001', { blocks: [{ type: 'section', fields: [marked('x'.repeat(2001))] }] }],
    ['a header of 151', { blocks: [{ type: 'header', text: plain('x'.repeat(151)) }] }],
    ['mrkdwn in a header', { blocks: [{ type: 'header', text: marked('x') }] }],
    ['11 context elements', { blocks: [{ type: 'context', elements: Array.from({ length: 11 }, () => marked('x')) }] }],
    ['26 actions', { blocks: [{ type: 'actions', elements: Array.from({ length: 26 }, (_, i) => button(`b${i}`)) }] }],
    ['a button text of 76', { blocks: [{ type: 'actions', elements: [button('x'.repeat(76))] }] }],
    [
      'a button value of 2,001',
      { blocks: [{ type: 'actions', elements: [button('x', { value: 'x'.repeat(2001) })] }] },
    ],
    [
      'a button url of 3,001',
      { blocks: [{ type: 'actions', elements: [button('x', { url: `https://a/${'x'.repeat(3000)}` })] }] },
    ],
    ['an action_id of 256', { blocks: [{ type: 'actions', elements: [button('x', { action_id: 'x'.repeat(256) })] }] }],
    ['an action_id twice in a block', { blocks: [{ type: 'actions', elements: [button('x'), button('x')] }] }],
    [
      'a block_id twice',
      {
        blocks: [
          { type: 'divider', block_id: 'a' },
          { type: 'divider', block_id: 'a' },
        ],
      },
    ],
    [
      '101 options',
      { blocks: [{ type: 'actions', elements: [{ type: 'static_select', action_id: 'x', options: options(101) }] }] },
    ],
    [
      '6 overflow options',
      {
        blocks: [
          { type: 'section', text: marked('x'), accessory: { type: 'overflow', action_id: 'x', options: options(6) } },
        ],
      },
    ],
    [
      'an option text of 76',
      {
        blocks: [
          {
            type: 'actions',
            elements: [{ type: 'static_select', options: [{ text: plain('x'.repeat(76)), value: 'v' }] }],
          },
        ],
      },
    ],
    ['an empty piece of rich text', { blocks: [rich({ type: 'text', text: '' })] }],
    ['a link in rich text that is none', { blocks: [rich({ type: 'link', url: 'news' })] }],
    ['an unknown field', { blocks: [{ type: 'divider', colour: 'red' }] }],
    ['an unknown block', { blocks: [{ type: 'marquee' }] }],
    ['blocks that are no list', { blocks: { type: 'divider' } }],
  ])('%s: refused and written down', async (_name, args) => {
    const server = await slack();
    expect(await post(server, args)).toBe('invalid_blocks');
    expect(server.violations.filter(({ kind }) => kind === 'limit')).not.toEqual([]);
    expect(server.messages('C1')).toEqual([]);
  });

  test.each<[string, object]>([
    ['no text beside blocks', { text: '', blocks: [section('x')] }],
    ['4,001 characters of text', { text: 'x'.repeat(4001) }],
    ['links that unfold', { unfurl_links: undefined }],
    ['media that unfolds', { unfurl_media: true }],
    ['names that become links', { link_names: true }],
    ['text that is parsed in full', { parse: 'full' }],
    ['mrkdwn without verbatim', { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'x' } }] }],
    ['11,000 characters of blocks', { blocks: Array.from({ length: 4 }, () => section('x'.repeat(2700))) }],
  ])('%s: written down only', async (_name, args) => {
    const server = await slack();
    expect(await post(server, args)).toBe('ok');
    expect(server.violations).toMatchObject([{ kind: 'rule', method: 'chat.postMessage' }]);
  });

  test('blocks beyond what Slack takes, neither text nor blocks, bad metadata', async () => {
    const server = await slack();
    expect(await post(server, { blocks: Array.from({ length: 5 }, () => section('x'.repeat(2900))) })).toBe(
      'msg_blocks_too_long',
    );
    expect(await post(server, { text: ' ' })).toBe('no_text');
    expect(await post(server, { metadata: { event_type: '' } })).toBe('invalid_metadata_format');
  });

  const modal = { type: 'modal', title: plain('Alert'), blocks: [section('x')] };
  const input = (element: object) => ({ type: 'input', label: plain('Words'), element });
  test.each<[string, object]>([
    ['a title of 25', { ...modal, title: plain('x'.repeat(25)) }],
    ['a submit of 25', { ...modal, submit: plain('x'.repeat(25)) }],
    ['a close of 25', { ...modal, close: plain('x'.repeat(25)) }],
    ['inputs without submit', { ...modal, blocks: [input({ type: 'plain_text_input' })] }],
    ['private_metadata of 3,001', { ...modal, private_metadata: 'x'.repeat(3001) }],
    ['a callback_id of 256', { ...modal, callback_id: 'x'.repeat(256) }],
    ['an external_id of 256', { ...modal, external_id: 'x'.repeat(256) }],
    ['101 blocks', { ...modal, blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) }],
    [
      'an initial value of 3,001',
      { ...modal, submit: plain('Go'), blocks: [input({ type: 'plain_text_input', initial_value: 'x'.repeat(3001) })] },
    ],
    [
      'a max_length of 3,001',
      { ...modal, submit: plain('Go'), blocks: [input({ type: 'plain_text_input', max_length: 3001 })] },
    ],
    ['a modal as home', modal],
  ])('a view with %s is refused', async (_name, view) => {
    const server = await slack();
    server.user('U1');
    const publish = clientOf(server).views.publish({ user_id: 'U1', view: view as types.View });
    expect(await wordOf(publish)).toBe('invalid_arguments');
    expect(server.violations).not.toEqual([]);
  });
});

describe('mentions', () => {
  test.each<[string, object, number]>([
    ['everyone in text', { text: 'a <!channel> b <!here>' }, 2],
    ['a member in mrkdwn', { blocks: [section('<@U1> <!subteam^S1|x>')] }, 2],
    [
      'a name in the open, without verbatim',
      { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '@here' } }] },
      1,
    ],
    ['a name in the open, verbatim', { blocks: [section('@here @channel')] }, 0],
    ['escaped', { text: '&lt;!channel&gt; &lt;@U1&gt;', blocks: [section('&lt;!here&gt;')] }, 0],
    ['plain text', { blocks: [{ type: 'header', text: plain('<!channel>') }] }, 0],
    ['links and dates', { blocks: [section('<https://a.example|a> <!date^1^{date}|x>')] }, 0],
    [
      'rich text',
      {
        blocks: [
          {
            type: 'rich_text',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'broadcast', range: 'here' }] }],
          },
        ],
      },
      1,
    ],
  ])('%s', async (_name, args, count) => {
    const server = await slack();
    await post(server, args);
    expect(server.pings).toHaveLength(count);
  });
});
