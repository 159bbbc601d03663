import { distance } from 'fastest-levenshtein';
import type { Command } from './request.ts';
import { commandNamed, commandTable, type CommandSpec, type OptionSpec } from './table.ts';

/** What was typed that is no command; `nearest` is what may have been meant, '' for nothing near. */
export type ParseFailure =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'unknown command';
      readonly typed: string;
      readonly nearest: string;
      /** What was typed after it, '' for nothing. */
      readonly after: string;
    }
  | {
      readonly kind: 'unknown option';
      readonly command: CommandSpec;
      readonly typed: string;
      readonly nearest: string;
    }
  | {
      readonly kind: 'wrong choice';
      readonly command: CommandSpec;
      readonly option: OptionSpec;
      readonly typed: string;
    };

export type ParsedCommand =
  | { readonly ok: true; readonly spec: CommandSpec; readonly options: Command['options'] }
  | { readonly ok: false; readonly failure: ParseFailure };

/**
 * Reads what was typed after `/news`: a command, its positional options by their place, the others as `--name value`
 * up to the next `--`. A dash that a phone has made of two hyphens counts as them. Command words may be in any case.
 */
export function parseCommand(text: string): ParsedCommand {
  const line = text
    .trim()
    .replace(/^\/?news(?=\s|$)/iu, '')
    .trim();
  if (line === '') return { ok: false, failure: { kind: 'empty' } };
  const named = commandAtStart(line);
  if (named === null) {
    const [typed, after] = splitOnce(line, /\s+/u);
    return { ok: false, failure: { kind: 'unknown command', typed, nearest: nearest(typed, commandWords()), after } };
  }
  const { spec, after } = named;
  const [head = '', ...pieces] = splitOptions(after);
  const options: Record<string, string> = {};
  takePositional(spec, head, options);
  for (const piece of pieces) {
    const [name, value] = splitOnce(piece, /[\s=]+/u);
    const option = spec.options.find((one) => one.name === name.toLowerCase());
    if (!option) {
      const known = spec.options.map((one) => one.name);
      return {
        ok: false,
        failure: { kind: 'unknown option', command: spec, typed: name, nearest: nearest(name, known) },
      };
    }
    options[option.name] = value;
  }
  return checkCommand({ name: spec.name, options });
}

/** Checks a command that a platform has taken apart already, by the same rules. */
export function checkCommand({ name, options }: Command): ParsedCommand {
  const spec = commandNamed(name);
  if (spec === null) {
    return {
      ok: false,
      failure: { kind: 'unknown command', typed: name, nearest: nearest(name, commandWords()), after: '' },
    };
  }
  for (const option of spec.options) {
    const typed = options[option.name];
    if (typed === undefined) continue;
    // Left empty in a form, a choice is none.
    if (option.choices && typed !== '' && !option.choices.includes(typed.toLowerCase())) {
      return { ok: false, failure: { kind: 'wrong choice', command: spec, option, typed } };
    }
  }
  return { ok: true, spec, options };
}

/** The known word nearest to what was typed, or '' when none is near enough to have been meant. */
export function nearest(typed: string, known: readonly string[]): string {
  const word = typed.toLowerCase();
  const ranked = known
    .map((candidate) => ({ candidate, far: candidate.startsWith(word) ? 0 : distance(word, candidate) }))
    .sort((a, b) => a.far - b.far);
  const [best] = ranked;
  const mayDiffer = Math.max(word.length < 4 ? 1 : 2, Math.floor((best?.candidate.length ?? 0) / 3));
  return best && best.far <= mayDiffer ? best.candidate : '';
}

function commandWords(): string[] {
  return commandTable.filter(({ hidden }) => !hidden).map(({ name }) => name);
}

/** The longest command that the line begins with: `feeds add` before `feeds`. */
function commandAtStart(line: string): { readonly spec: CommandSpec; readonly after: string } | null {
  const words = line.split(/\s+/u, 2).map((word) => word.toLowerCase());
  for (const count of [2, 1]) {
    const spec = words.length < count ? null : commandNamed(words.slice(0, count).join(' '));
    if (spec) return { spec, after: line.replace(count === 2 ? /^\S+\s+\S+\s*/u : /^\S+\s*/u, '') };
  }
  return null;
}

function splitOptions(text: string): string[] {
  return ` ${text}`.split(/\s(?:--|—|–)(?=[A-Za-z])/u).map((piece) => piece.trim());
}

function splitOnce(text: string, at: RegExp): [string, string] {
  const found = at.exec(text);
  return found ? [text.slice(0, found.index), text.slice(found.index + found[0].length).trim()] : [text, ''];
}

/** One word for each positional option, the rest of the line for the last. `for 3d` is `3d` where the option is called so. */
function takePositional(spec: CommandSpec, head: string, options: Record<string, string>): void {
  const positional = spec.options.filter((option) => option.positional);
  let left = head;
  for (const [i, option] of positional.entries()) {
    if (left === '') return;
    const [word, after] = splitOnce(left, /\s+/u);
    const last = i === positional.length - 1;
    if (option.required || !last) {
      options[option.name] = last ? left : word;
      left = last ? '' : after;
    } else {
      options[option.name] = word.toLowerCase() === option.name && after !== '' ? after : left;
      left = '';
    }
  }
}
