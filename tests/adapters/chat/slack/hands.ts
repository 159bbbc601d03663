import type { Sight, SlackUser } from '../../../servers/slack/server.ts';

/** The form that was asked for, as soon as it is there: on a busy machine a word of waiting comes first. */
export async function formOf(user: SlackUser, first: Sight): Promise<Sight> {
  const isForm = ({ view }: Sight): boolean => view?.submit === 'Continue';
  return isForm(first) ? first : user.next(isForm);
}

/** Presses a button, by its label or what it says, as soon as it is there. */
export async function press(user: SlackUser, first: Sight, button: string): Promise<Sight> {
  const has = ({ buttons }: Sight): boolean => buttons.some(({ label, value }) => label === button || value === button);
  return user.click(has(first) ? first : await user.next(has), button);
}
