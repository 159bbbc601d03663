import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import pretty from 'pino-pretty';

export type Logger = PinoLogger;

/**
 * Logs for people on a terminal, JSON lines otherwise; always to standard error, since standard output may be the chat.
 * Secrets are struck out wherever they stand under their usual names. Story texts and messages are logged at debug only.
 */
export function createLogger(options: {
  readonly level: string;
  readonly people: boolean;
  readonly color: boolean;
}): Logger {
  const settings = {
    level: options.level,
    base: null,
    redact: {
      paths: ['token', '*.token', 'authorization', '*.authorization', 'headers.authorization', 'secret', '*.secret'],
      censor: '(hidden)',
    },
  };
  if (!options.people) return pino(settings, pino.destination({ fd: 2, sync: true }));
  const stream: DestinationStream = pretty({
    colorize: options.color,
    ignore: 'pid,hostname',
    translateTime: 'SYS:HH:MM:ss',
    destination: 2,
    sync: true,
    singleLine: true,
  });
  return pino(settings, stream);
}
