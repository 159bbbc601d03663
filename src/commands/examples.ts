import type { CommandName } from './table.ts';

/** As typed after `/news`, in every language; each works as it stands. */
const examples: Readonly<Partial<Record<CommandName, readonly string[]>>> = {
  add: [
    'add Japan South Korea',
    'add "asset seizure" --when daily 08:00',
    'add nuclear OR fusion -weapon --name Energy',
  ],
  list: ['list'],
  show: ['show 1'],
  edit: ['edit 1 --when hourly', 'edit 1 --query "asset seizure" Japan', 'edit 1 --quiet 22:00-07:00'],
  remove: ['remove 1'],
  pause: ['pause 1', 'pause 1 for 3d'],
  resume: ['resume 1'],
  preview: ['preview "interest rate" Japan'],
  why: ['why https://www.bbc.com/news/articles/c1234567890o'],
  search: ['search earthquake'],
  feeds: ['feeds'],
  'feeds add': ['feeds add https://www.theguardian.com/world'],
  'feeds remove': ['feeds remove https://www.theguardian.com/world/rss'],
  'feeds import': ['feeds import feeds.opml'],
  'feeds export': ['feeds export'],
  settings: ['settings', 'settings --timezone Asia/Tokyo --quiet 22:00-07:00'],
  export: ['export'],
  import: ['import newshound-subscriptions.json'],
  help: ['help add'],
};

/** Examples of a command, none for those that are said by buttons only. */
export function examplesOf(name: CommandName): readonly string[] {
  return examples[name] ?? [];
}
