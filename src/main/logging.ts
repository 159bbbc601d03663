import { join } from 'node:path';
import { createLogger, type Logger, type LogTarget } from '../log.ts';
import { usesTerminal } from './chats.ts';
import type { Setup } from './setup.ts';

export function openLog(setup: Setup): Logger {
  return createLogger(setup.settings.log.level, logTarget(setup));
}

/** Lines for people where people look, a file where a prompt would be disturbed, JSON otherwise. */
function logTarget(setup: Setup): LogTarget {
  if (usesTerminal(setup) && process.stdin.isTTY && !setup.once) {
    return { kind: 'file', path: join(setup.data, 'newshound.log') };
  }
  return process.stderr.isTTY ? { kind: 'people', color: (process.env['NO_COLOR'] ?? '') === '' } : { kind: 'json' };
}
