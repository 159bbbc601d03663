import { need, Refusal, text, type Methods } from './ask.ts';
import { objects, string } from './json.ts';
import type { World } from './world.ts';

interface Upload {
  readonly id: string;
  readonly name: string;
  text: string | null;
}

/** Files go up in three steps: an address, the bytes, and where they belong. */
export function createFiles(world: World): {
  readonly methods: Methods;
  /** Takes the bytes for an upload address; false when there is no such address. */
  take(ticket: string, body: string): boolean;
} {
  const uploads = new Map<string, Upload>();

  return {
    take(ticket, body) {
      const upload = uploads.get(ticket);
      if (!upload) return false;
      upload.text = body;
      return true;
    },
    methods: {
      'files.getUploadURLExternal': (ask) => {
        need(ask, 'files:write');
        const name = text(ask.args, 'filename');
        if (name === '' || !(Number(text(ask.args, 'length')) > 0)) throw new Refusal('invalid_arguments');
        const upload: Upload = { id: world.id('F'), name, text: null };
        uploads.set(upload.id, upload);
        return { file_id: upload.id, upload_url: `${world.url}/upload/${upload.id}` };
      },

      'files.completeUploadExternal': (ask) => {
        need(ask, 'files:write');
        const channel = text(ask.args, 'channel_id');
        const files = objects(ask.args['files']).map(({ id }) => uploads.get(string(id)));
        const done = files.map((file) => {
          if (!file || file.text === null) throw new Refusal('file_not_found');
          return { id: file.id, name: file.name, text: file.text, channel };
        });
        world.files.push(...done);
        return { files: done.map(({ id, name }) => ({ id, title: name })) };
      },
    },
  };
}
