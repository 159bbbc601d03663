/** What a terminal says of itself in its environment. */
export interface Abilities {
  readonly color: boolean;
  /** OSC 8 hyperlinks. */
  readonly hyperlinks: boolean;
}

/** The programs that name themselves in TERM_PROGRAM and know OSC 8. */
const linkingPrograms = new Set(['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'Hyper', 'rio', 'Tabby', 'zed']);

/**
 * What the terminal at the other end can show. Colours: by NO_COLOR (https://no-color.org), FORCE_COLOR and TERM. Links:
 * only where the terminal is known to have them, since the others would show no address at all; FORCE_HYPERLINK decides
 * either way. Neither where the output is no terminal.
 */
export function abilitiesOf(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): Abilities {
  const dumb = env['TERM'] === 'dumb';
  const forced = given(env['FORCE_COLOR']) && env['FORCE_COLOR'] !== '0';
  const color = !given(env['NO_COLOR']) && (forced || (isTerminal && !dumb && env['FORCE_COLOR'] !== '0'));
  return { color, hyperlinks: isTerminal && !dumb && knowsLinks(env) };
}

function knowsLinks(env: Readonly<Record<string, string | undefined>>): boolean {
  if (given(env['FORCE_HYPERLINK'])) return env['FORCE_HYPERLINK'] !== '0';
  // A multiplexer stands between: whether it passes links on depends on its version and settings.
  if (given(env['TMUX']) || /^(?:screen|tmux)/.test(env['TERM'] ?? '')) return false;
  // VTE (GNOME Terminal and others) from 0.50.1 on; 0.50.0 crashed on them.
  if (Number(env['VTE_VERSION'] ?? 0) >= 5001) return true;
  const named = ['WT_SESSION', 'KONSOLE_VERSION', 'KITTY_WINDOW_ID', 'DOMTERM', 'ALACRITTY_WINDOW_ID'];
  return named.some((name) => given(env[name])) || linkingPrograms.has(env['TERM_PROGRAM'] ?? '');
}

function given(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
