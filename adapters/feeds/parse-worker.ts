import { serveTasks } from '../workers/serve.ts';
import { parseFeed, type AboutBody } from './parse.ts';

/** A body on its way to a worker. */
export interface ParseTask {
  readonly bytes: Uint8Array;
  readonly about: AboutBody;
}

serveTasks(async (task) => {
  const { bytes, about } = task as ParseTask;
  return parseFeed(bytes, about);
});
