import { describe } from 'vitest';
import { useStores, type OpenHarness } from './store/harness.ts';
import { decisionCases } from './store/decisions.ts';
import { documentCases } from './store/documents.ts';
import { dumpCases } from './store/dump.ts';
import { enqueueCases } from './store/enqueue.ts';
import { feedCases } from './store/feeds.ts';
import { laneCases } from './store/lanes.ts';
import { operationCases } from './store/operation.ts';
import { rollUpCases } from './store/roll-up.ts';
import { seenCases } from './store/seen.ts';
import { storyLogCases } from './store/story-log.ts';
import { subscriptionCases } from './store/subscriptions.ts';

/**
 * What every Store must do, by subject, with two clients at once. Each adapter runs it on the real thing.
 * @param open gives an empty store of its own to each test
 */
export function describeStore(name: string, open: OpenHarness): void {
  describe(`${name} as a Store`, () => {
    const stores = useStores(open);
    describe('feeds', () => {
      feedCases(stores);
    });
    describe('seen keys', () => {
      seenCases(stores);
    });
    describe('the story log', () => {
      storyLogCases(stores);
    });
    describe('enqueueing', () => {
      enqueueCases(stores);
    });
    describe('lanes', () => {
      laneCases(stores);
    });
    describe('digests', () => {
      rollUpCases(stores);
    });
    describe('decisions', () => {
      decisionCases(stores);
    });
    describe('subscriptions', () => {
      subscriptionCases(stores);
    });
    describe('documents and counts', () => {
      documentCases(stores);
    });
    describe('operation', () => {
      operationCases(stores);
    });
    describe('dump and load', () => {
      dumpCases(stores);
    });
  });
}
