import { webApi } from '@slack/bolt';
import { slackError } from './outcome.ts';
import { NotInstalled, type Workspaces } from './workspaces.ts';

export type Arguments = Readonly<Record<string, unknown>>;
export type Result = Readonly<Record<string, unknown>>;

/** Calls the Web API in the name of a workspace. */
export interface SlackApi {
  /**
   * One request, never repeated but with a renewed token after `token_expired`. Rejects with `NotInstalled`, `NotConnected`, or what
   * @slack/web-api rejects with; aborting it leaves open whether the work was done.
   */
  call(team: string, method: string, args: Arguments, signal?: AbortSignal): Promise<Result>;
}

export function createApi(workspaces: Workspaces, client: webApi.WebClientOptions): SlackApi {
  async function once(token: string, method: string, args: Arguments, signal?: AbortSignal): Promise<Result> {
    // A client for each call: its options are its own (the vendor's code writes into them), it shares no queue with other
    // channels, and the caller's signal ends this request alone. Making one takes 40 microseconds.
    const own = signal === undefined ? { ...client } : { ...client, fetch: fetchWith(signal) };
    return { ...(await new webApi.WebClient(token, own).apiCall(method, { ...args })) };
  }

  return {
    async call(team, method, args, signal) {
      const access = await workspaces.access(team);
      if (access === null) throw new NotInstalled(team);
      try {
        return await once(access.token, method, args, signal);
      } catch (error) {
        if (slackError(error) !== 'token_expired') throw error;
        const renewed = await workspaces.access(team, access.token);
        if (renewed === null || renewed.token === access.token) throw error;
        return once(renewed.token, method, args, signal);
      }
    },
  };
}

function fetchWith(signal: AbortSignal): typeof fetch {
  return async (url, init) =>
    fetch(url, { ...init, signal: init?.signal ? AbortSignal.any([signal, init.signal]) : signal });
}
