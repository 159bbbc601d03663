import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import pretty from 'pino-pretty';

export type Logger = PinoLogger;

/** Where log lines go: JSON to standard error or to a file, or lines for people to standard error. */
export type LogTarget =
  | { readonly kind: 'json' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'people'; readonly color: boolean };

/**
 * Never standard output, which may be the chat; a terminal chat takes a file, so that no line falls into what is typed.
 * Secrets are struck out wherever they stand under their usual names. Story texts and messages are logged at debug only.
 */
export function createLogger(level: string, target: LogTarget): Logger {
  const settings = {
    level,
    base: null,
    redact: {
      paths: ['token', '*.token', 'authorization', '*.authorization', 'headers.authorization', 'secret', '*.secret'],
      censor: '(hidden)',
    },
  };
  return pino(settings, destinationFor(target));
}

function destinationFor(target: LogTarget): DestinationStream {
  switch (target.kind) {
    case 'json':
      return pino.destination({ fd: 2, sync: true });
    case 'file':
      return pino.destination({ dest: target.path, sync: true, mkdir: true });
    case 'people':
      return pretty({
        colorize: target.color,
        ignore: 'pid,hostname',
        translateTime: 'SYS:HH:MM:ss',
        destination: 2,
        sync: true,
        singleLine: true,
      });
  }
}
