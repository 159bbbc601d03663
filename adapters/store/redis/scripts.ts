import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The Lua scripts by name, each with what the scripts of its subject share written before it. A script is one operation and
 * has one key, the tag under which all it reads and writes stands: it touches one hash slot.
 */
const parts = {
  putFeeds: ['feeds', 'put-feeds'],
  restoreFeed: ['feeds', 'restore-feed'],
  removeFeed: ['feeds', 'remove-feed'],
  listFeeds: ['feeds', 'list-feeds'],
  leaseFeeds: ['clock', 'feeds', 'lease-feeds'],
  wakeFeeds: ['feeds', 'wake-feeds'],
  holdHost: ['feeds', 'hold-host'],
  extendFeeds: ['clock', 'feeds', 'extend-feeds'],
  releaseFeeds: ['feeds', 'release-feeds'],
  holdFeed: ['clock', 'feeds', 'hold-feed'],
  commitFeed: ['feeds', 'commit-feed'],
  numberFeeds: ['feeds', 'number-feeds'],
  feedDepths: ['feeds', 'feed-depths'],
  sweepHolds: ['feeds', 'sweep-holds'],
  findSeen: ['seen', 'find-seen'],
  rememberSeen: ['seen', 'remember-seen'],
  walkSeen: ['seen', 'walk-seen'],
  sweepSeen: ['seen', 'sweep-seen'],
  appendStories: ['story-log', 'append-stories'],
  readLog: ['story-log', 'read-log'],
  getStories: ['story-log', 'get-stories'],
  reviseStory: ['story-log', 'revise-story'],
  sweepStories: ['story-log', 'sweep-stories'],
  enqueue: ['clock', 'lanes', 'enqueue'],
  restoreDelivery: ['clock', 'lanes', 'restore-delivery'],
  readyLanes: ['clock', 'lanes', 'ready-lanes'],
  claimLanes: ['clock', 'lanes', 'claim-lanes'],
  settle: ['clock', 'lanes', 'settle'],
  rollUp: ['clock', 'lanes', 'roll-up'],
  releaseLane: ['clock', 'lanes', 'release-lane'],
  readDeliveries: ['clock', 'lanes', 'read-deliveries'],
  listDeliveries: ['clock', 'lanes', 'list-deliveries'],
  findPosted: ['clock', 'lanes', 'find-posted'],
  walkDeliveries: ['clock', 'lanes', 'walk-deliveries'],
  sweepDeliveries: ['clock', 'lanes', 'sweep-deliveries'],
  deliveryDepths: ['clock', 'lanes', 'delivery-depths'],
  recordDecisions: ['decisions', 'record-decisions'],
  decisionsAbout: ['decisions', 'decisions-about'],
  oldDecisions: ['decisions', 'old-decisions'],
  forgetDecisions: ['decisions', 'forget-decisions'],
  putSubscriptions: ['subscriptions', 'put-subscriptions'],
  findSubscriptions: ['subscriptions', 'find-subscriptions'],
  listSubscriptions: ['subscriptions', 'list-subscriptions'],
  readChanges: ['subscriptions', 'read-changes'],
  sweepSubscriptions: ['subscriptions', 'sweep-subscriptions'],
  putDocument: ['documents', 'put-document'],
  deleteDocument: ['documents', 'delete-document'],
  readDocuments: ['documents', 'read-documents'],
  sweepDocuments: ['documents', 'sweep-documents'],
  takeLease: ['take-lease'],
  dropLease: ['drop-lease'],
  tally: ['tally'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ScriptName = keyof typeof parts;

/** All scripts as ioredis takes them: one key each. */
export function loadScripts(): Record<ScriptName, { readonly lua: string; readonly numberOfKeys: 1 }> {
  const entries = Object.entries(parts).map(([name, files]) => {
    const lua = files.map((file) => readFileSync(join(import.meta.dirname, 'scripts', `${file}.lua`), 'utf8'));
    return [name, { lua: lua.join('\n'), numberOfKeys: 1 }] as const;
  });
  return Object.fromEntries(entries) as Record<ScriptName, { readonly lua: string; readonly numberOfKeys: 1 }>;
}
