import { describe, expect, test } from 'vitest';
import { abilitiesOf } from '../../../../adapters/chat/terminal/abilities.ts';

describe('what a terminal can show', () => {
  test.each([
    ['nothing known', {}, true, true, false],
    ['no terminal at all', { TERM_PROGRAM: 'WezTerm' }, false, false, false],
    ['NO_COLOR', { NO_COLOR: '1' }, true, false, false],
    ['an empty NO_COLOR', { NO_COLOR: '' }, true, true, false],
    ['NO_COLOR against FORCE_COLOR', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false, false],
    ['FORCE_COLOR into a pipe', { FORCE_COLOR: '1' }, false, true, false],
    ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, true, false, false],
    ['a dumb terminal', { TERM: 'dumb', FORCE_HYPERLINK: '1' }, true, false, false],
    ['iTerm', { TERM_PROGRAM: 'iTerm.app' }, true, true, true],
    ['a recent VTE', { VTE_VERSION: '7200' }, true, true, true],
    ['an old VTE', { VTE_VERSION: '5000' }, true, true, false],
    ['Windows Terminal', { WT_SESSION: 'x' }, true, true, true],
    ['tmux within iTerm', { TERM_PROGRAM: 'iTerm.app', TMUX: '/tmp/tmux' }, true, true, false],
    ['screen', { TERM: 'screen-256color', KONSOLE_VERSION: '230401' }, true, true, false],
    ['FORCE_HYPERLINK within tmux', { TMUX: '/tmp/tmux', FORCE_HYPERLINK: '1' }, true, true, true],
    ['FORCE_HYPERLINK=0', { TERM_PROGRAM: 'iTerm.app', FORCE_HYPERLINK: '0' }, true, true, false],
  ])('%s', (_what, env, isTerminal, color, hyperlinks) => {
    expect(abilitiesOf(env, isTerminal)).toEqual({ color, hyperlinks });
  });
});
