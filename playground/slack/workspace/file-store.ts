import { extname } from 'node:path';
import type { Events } from '../events';
import { newId, randomText } from '../ids';
import type { FileContents } from './file-contents';
import type { FileFacts, SlackFile, Team } from './shapes';

/** An upload announced by `files.getUploadURLExternal`; `content` comes with the POST to its address. */
interface PendingUpload {
  fileId: string;
  name: string;
  length: number;
  content: Buffer | null;
}

/** Files of people and of the bot. */
export function createFiles(parts: {
  team: Team;
  now: () => number;
  origin: () => string;
  events: Events;
  contents: FileContents;
}) {
  const stored = new Map<string, SlackFile>();
  const pending = new Map<string, PendingUpload>();

  const add = (input: { id?: string; name: string; title?: string; user: string; content: Buffer }) => {
    const id = input.id ?? newId('F');
    const createdS = Math.floor(parts.now() / 1000);
    const filetype = extname(input.name).slice(1).toLowerCase() || 'text';
    const file = addressed({
      id,
      created: createdS,
      timestamp: createdS,
      name: input.name,
      title: input.title ?? input.name,
      mimetype: filetype === 'csv' ? 'text/csv' : 'text/plain',
      filetype,
      user: input.user,
      user_team: parts.team.id,
      size: input.content.length,
      mode: 'hosted',
    });
    parts.contents.put(id, input.content);
    keep(file);
    return file;
  };

  const keep = (file: SlackFile) => {
    stored.set(file.id, file);
    parts.events.emit({ type: 'file', file: file.id });
  };

  /** The file with addresses at the current port: an earlier run may have stored it under another port. */
  const addressed = (facts: FileFacts): SlackFile => {
    const name = encodeURIComponent(facts.name);
    const path = () => `${parts.origin()}/files-pri/${parts.team.id}-${facts.id}`;
    return {
      ...facts,
      get permalink() {
        return `${parts.origin()}/files/${facts.user}/${facts.id}/${name}`;
      },
      get url_private() {
        return `${path()}/${name}`;
      },
      get url_private_download() {
        return `${path()}/download/${name}`;
      },
    };
  };

  return {
    add,
    addressed,
    list: () => [...stored.values()],
    find: (id: string) => stored.get(id),
    contentOf: (id: string) => (stored.has(id) ? parts.contents.get(id) : null),
    restore: (files: SlackFile[]) => {
      for (const file of files) stored.set(file.id, file);
    },
    share: (id: string, channelId: string) => {
      const found = stored.get(id);
      if (!found) return;
      found.channels = [...(found.channels ?? []), channelId];
      keep(found);
    },
    /** Returns the address that the content is to be POSTed to. */
    announce: (name: string, length: number) => {
      const secret = randomText(24);
      const fileId = newId('F');
      pending.set(secret, { fileId, name, length, content: null });
      return { fileId, uploadUrl: `${parts.origin()}/upload/v1/${secret}` };
    },
    receive: (secret: string, content: Buffer): boolean => {
      const upload = pending.get(secret);
      if (!upload || upload.length !== content.length) return false;
      upload.content = content;
      return true;
    },
    /** The finished file, or null if nothing was uploaded under that id. */
    complete: (fileId: string, title: string | undefined, user: string): SlackFile | null => {
      const entry = [...pending].find(([, upload]) => upload.fileId === fileId);
      if (!entry?.[1].content) return null;
      pending.delete(entry[0]);
      const { name, content } = entry[1];
      return add({ id: fileId, name, user, content, ...(title ? { title } : {}) });
    },
  };
}
