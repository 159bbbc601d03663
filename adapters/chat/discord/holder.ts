import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';

/**
 * The machine as far as numbers of processes are unique on it: its kernel's start and the namespace of its process numbers.
 * '' where the system does not tell.
 */
const machine = ((): string => {
  try {
    const started = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${started}/${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
})();

/** A new name for this process as the holder of a lease, by which others on the machine can tell whether it still lives. */
export function newHolder(): string {
  return [machine, process.pid, randomUUID()].join(' ');
}

/** True for a holder that is known to have ended; false where that cannot be told from here. */
export function isGone(holder: string): boolean {
  const [at, pid] = holder.split(' ');
  if (machine === '' || at !== machine) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
