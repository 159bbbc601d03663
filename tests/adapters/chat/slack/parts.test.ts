import { describe, expect, test } from 'vitest';
import { placeAddress, readAddress } from '../../../../adapters/chat/slack/address.ts';
import { readCredentials, type SlackEnvironment } from '../../../../adapters/chat/slack/credentials.ts';
import { pastedText, readFields, readState } from '../../../../adapters/chat/slack/form.ts';
import { reasonOf, withoutSecrets } from '../../../../adapters/chat/slack/log.ts';
import { saidText } from '../../../../adapters/chat/slack/said.ts';
import { createSeal } from '../../../../adapters/chat/slack/seal.ts';
import { isDirect, scopeOf } from '../../../../src/subscription/destination.ts';

describe('addresses', () => {
  test('tell channels, members and their direct messages apart', () => {
    expect(readAddress('slack:T1:C2')).toEqual({ team: 'T1', channel: 'C2', user: '' });
    expect(readAddress('slack:T1:@U7')).toEqual({ team: 'T1', channel: '', user: 'U7' });
    expect(readAddress('slack:T1:U7')).toEqual({ team: 'T1', channel: '', user: 'U7' });
    expect(readAddress('slack:T1')).toEqual({ team: 'T1', channel: '', user: '' });
    for (const other of ['discord:G1:C2', 'slack:', 'slack:T1:', 'slack:T1:C2:x', 'slack:t1:c2', 'slack:T1:C2\n']) {
      expect(readAddress(other)).toBeNull();
    }
  });

  test('a direct message of any kind is the member’s own place', () => {
    expect(placeAddress('T1', 'D5', 'U7')).toBe('slack:T1:@U7');
    expect(placeAddress('T1', '', 'U7')).toBe('slack:T1:@U7');
    expect(placeAddress('T1', 'C5', 'U7')).toBe('slack:T1:C5');
    expect([scopeOf('slack:T1:@U7'), isDirect('slack:T1:@U7'), isDirect('slack:T1:C5')]).toEqual([
      'slack:T1',
      true,
      false,
    ]);
  });
});

describe('what was typed', () => {
  test.each([
    ['add <https://a.example/x|a.example> ', 'add https://a.example/x'],
    ['why <http://a.example>', 'why http://a.example'],
    ['add R&amp;D -&lt;b&gt;', 'add R&D -<b>'],
    ['add x --to <#C1|general>', 'add x --to <#C1|general>'],
    ['add &amp;lt;', 'add &lt;'],
  ])('%s is read as %s', (sent, said) => {
    expect(saidText(sent)).toBe(said);
  });
});

describe('the seal', () => {
  const seal = createSeal('one key');

  test('opens what it closed, each time differently', () => {
    const [one, two] = [seal.close('xoxb-1', 'T1'), seal.close('xoxb-1', 'T1')];
    expect(one).not.toBe(two);
    expect(seal.open(one, 'T1')).toBe('xoxb-1');
    expect(Buffer.from(one, 'base64').toString('latin1')).not.toContain('xoxb');
  });

  test('opens nothing under another key, for another workspace, or changed', () => {
    const closed = seal.close('xoxb-1', 'T1');
    const bytes = Buffer.from(closed, 'base64');
    bytes[bytes.length - 1]! ^= 1;
    const opened = (sealed: string, about = 'T1', by = seal): string => {
      try {
        return by.open(sealed, about);
      } catch {
        return 'closed';
      }
    };
    expect(opened(closed)).toBe('xoxb-1');
    expect(opened(closed, 'T1', createSeal('another key'))).toBe('closed');
    expect(opened(closed, 'T2')).toBe('closed');
    expect([bytes.toString('base64'), '', closed.slice(0, 20)].map((one) => opened(one))).toEqual(
      Array(3).fill('closed'),
    );
  });
});

describe('forms that come back', () => {
  test('are read by their fields; a chosen place as the counter reads places', () => {
    expect(
      readFields({
        query: { value: { type: 'plain_text_input', value: 'ferry' } },
        name: { value: { type: 'plain_text_input', value: null } },
        feeds: { value: { type: 'static_select', selected_option: { value: 'managers' } } },
        to: { value: { type: 'conversations_select', selected_conversation: 'C2' } },
      }),
    ).toEqual({ query: 'ferry', name: '', feeds: 'managers', to: '<#C2>' });
    expect(readFields(undefined)).toEqual({});
    expect(pastedText({ part0: '{"a":\n', part1: ' 1}', part2: '' })).toBe('{"a":\n1}');
  });

  test.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['no object', '"x"'],
    ['no places', '{"command":"add"}'],
    ['a strange place', '{"command":"add","place":"x","to":"y"}'],
  ])('with %s in them are not ours', (_, metadata) => {
    expect(readState(metadata)).toBeNull();
  });
});

describe('the log', () => {
  test('holds no token, ticket or code', () => {
    const text = withoutSecrets(
      'xoxb-1-2-abc xoxe.xoxb-1-abc xapp-1-A-2-f wss://x/link/?ticket=abc&app_id=1 /oauth?code=1.2&state=eyJ https://hooks.slack.com/actions/T1/2/abc',
    );
    expect(text).not.toMatch(/abc|1\.2|eyJ|-f\b/u);
    expect(reasonOf(new Error('outer', { cause: new Error('with xoxb-1-2') }))).toBe('outer: with (hidden)');
  });
});

describe('credentials', () => {
  const none: SlackEnvironment = {
    slackBotToken: '',
    slackAppToken: '',
    slackSigningSecret: '',
    slackClientId: '',
    slackClientSecret: '',
    slackStateSecret: '',
    encryptionKey: '',
  };
  const many = { slackClientId: 'i', slackClientSecret: 's', slackStateSecret: 't', encryptionKey: 'k'.repeat(32) };

  test('none are none, whole ones are whole', () => {
    expect(readCredentials(none)).toEqual({ ok: true, credentials: null });
    expect(readCredentials({ ...none, encryptionKey: 'k'.repeat(32) })).toEqual({ ok: true, credentials: null });
    expect(
      readCredentials({ ...none, slackBotToken: 'xoxb-1', slackAppToken: 'xapp-1', slackSigningSecret: 's' }),
    ).toEqual({
      ok: true,
      credentials: {
        install: { kind: 'token', botToken: 'xoxb-1' },
        transport: { kind: 'socket', appToken: 'xapp-1' },
      },
    });
    expect(readCredentials({ ...none, ...many, slackSigningSecret: 's' })).toMatchObject({
      credentials: { install: { kind: 'oauth', clientId: 'i' }, transport: { kind: 'http', signingSecret: 's' } },
    });
  });

  test.each([
    ['SLACK_APP_TOKEN', { slackBotToken: 'xoxb-1' }],
    ['SLACK_BOT_TOKEN is missing', { slackSigningSecret: 's' }],
    ['xoxb-', { slackBotToken: 'xapp-1', slackAppToken: 'xapp-1' }],
    ['xapp-', { slackBotToken: 'xoxb-1', slackAppToken: 'xoxb-1' }],
    ['NEWSHOUND_ENCRYPTION_KEY', { ...many, encryptionKey: '', slackAppToken: 'xapp-1' }],
    ['too short', { ...many, encryptionKey: 'short', slackAppToken: 'xapp-1' }],
    ['one of them only', { ...many, slackBotToken: 'xoxb-1', slackAppToken: 'xapp-1' }],
  ])('half of them are refused with words about %s', (words, given) => {
    const read = readCredentials({ ...none, ...given });
    expect(read.ok).toBe(false);
    expect(JSON.stringify(read)).toContain(words);
  });
});
