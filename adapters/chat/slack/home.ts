import type { Card } from '../../../src/commands/card.ts';
import type { Words } from '../../../src/commands/words/words.ts';
import { answerBlocks, type AnswerBlock } from './answer.ts';
import type { View } from './form.ts';

const BLOCKS_MAX = 96;
const NOTICE_BLOCKS = 40;

/** The home tab: what was just done (null for nothing), a button for a new alert, and the member's alerts. */
export function homeView(notice: Card | null, alerts: Card, words: Words): View {
  const news = notice === null ? [] : [...prefixed(answerBlocks(notice, words.change, NOTICE_BLOCKS), 'n'), divider];
  const top = [...news, newAlertButton(words), ...prefixed(answerBlocks({ ...alerts, actions: [] }, '', 60), 'a')];
  const paging = prefixed(answerBlocks({ ...alerts, title: '', lines: [], rows: [] }, '', 4), 'p');
  return { type: 'home', blocks: [...top, ...paging, introOf(words)].slice(0, BLOCKS_MAX) };
}

const divider: AnswerBlock = { type: 'divider' };

function newAlertButton(words: Words): AnswerBlock {
  const text = { type: 'plain_text', text: words.addTitle, emoji: false } as const;
  return {
    type: 'actions',
    elements: [{ type: 'button', text, action_id: 'form:new', value: 'add', style: 'primary' }],
  };
}

function introOf(words: Words): AnswerBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: words.pageIntro, verbatim: true }] };
}

/** Several answers on one page: their buttons must not share ids. */
function prefixed(blocks: readonly AnswerBlock[], mark: string): AnswerBlock[] {
  return blocks.map((block) => {
    if (block.type !== 'actions') return block;
    const elements = block.elements.map((one) => Object.assign({}, one, { action_id: `${one.action_id}:${mark}` }));
    return { type: 'actions', elements };
  });
}
