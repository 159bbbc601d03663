import { REST, Routes, type RESTGetCurrentApplicationResult, type RESTGetAPICurrentUserResult } from 'discord.js';
import { refusalIn } from './connection.ts';

export type DiscordCheck =
  | { readonly ok: true; readonly name: string; readonly servers: number | null }
  | { readonly ok: false; readonly message: string };

const TIMEOUT_MS = 10_000;

/** Whether Discord takes the token, as whom, and in about how many servers (null when it does not say). Nothing is changed. */
export async function checkDiscord({
  token,
  apiUrl,
}: {
  readonly token: string;
  readonly apiUrl: string;
}): Promise<DiscordCheck> {
  const rest = new REST({ api: apiUrl, retries: 1, timeout: TIMEOUT_MS }).setToken(token);
  try {
    const { username } = (await rest.get(Routes.user())) as RESTGetAPICurrentUserResult;
    const application = (await rest.get(Routes.currentApplication())) as RESTGetCurrentApplicationResult;
    return { ok: true, name: username, servers: application.approximate_guild_count ?? null };
  } catch (error) {
    const refusal = refusalIn(error);
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, message: refusal === '' ? `Discord cannot be reached: ${reason}` : refusal };
  } finally {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
}
