import type { HubSource } from '../../src/ports.ts';
import type { ParseFeed } from './discover.ts';
import { FeedError } from './feed-error.ts';
import type { Http } from './http.ts';

/**
 * WebSub hubs, asked through the guarded HTTP like any stranger; what they send is parsed like any body. A hub may send us on
 * to another one with 307 or 308 (section 5.1.2).
 */
export function createHubSource({ http, parse }: { readonly http: Http; readonly parse: ParseFeed }): HubSource {
  return {
    async ask(hub, form) {
      const answer = await http.postForm(hub, new URLSearchParams({ ...form }));
      if (answer.kind === 'failed') return { kind: 'failed', message: answer.message };
      if (answer.status >= 200 && answer.status < 300) return { kind: 'accepted' };
      return { kind: 'failed', message: `${URL.parse(hub)?.host ?? ''} answered with status ${answer.status}` };
    },

    async read(body, about) {
      try {
        return await parse(body, about);
      } catch (error) {
        if (error instanceof FeedError) return null;
        throw error;
      }
    },
  };
}
