import {
  PermissionFlagsBits as May,
  REST,
  Routes,
  type RESTGetCurrentApplicationResult,
  type RESTGetAPICurrentUserResult,
} from 'discord.js';
import { refusalIn } from './connection.ts';

export type DiscordCheck =
  | { readonly ok: true; readonly name: string; readonly servers: number | null; readonly invite: string }
  | { readonly ok: false; readonly message: string };

const TIMEOUT_MS = 10_000;
/** What posting alerts takes, and reading back what a killed program had posted. */
const NEEDED = May.ViewChannel | May.SendMessages | May.SendMessagesInThreads | May.EmbedLinks | May.ReadMessageHistory;

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
    const servers = application.approximate_guild_count ?? null;
    return { ok: true, name: username, servers, invite: inviteTo(application.id) };
  } catch (error) {
    const refusal = refusalIn(error);
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, message: refusal === '' ? `Discord cannot be reached: ${reason}` : refusal };
  } finally {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
}

/** Where somebody who runs a server lets the bot in, with the least permissions. */
function inviteTo(application: string): string {
  const query = new URLSearchParams({
    client_id: application,
    scope: 'bot applications.commands',
    permissions: String(NEEDED),
  });
  return `https://discord.com/oauth2/authorize?${query.toString()}`;
}
