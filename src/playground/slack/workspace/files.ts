import { extname } from 'node:path';
import { newId, randomText } from '../ids';
import type { SlackFile, Team } from './shapes';

export type Files = ReturnType<typeof createFiles>;

interface StoredFile {
  file: SlackFile;
  content: Buffer;
}

/** An upload announced by `files.getUploadURLExternal`; `content` comes with the POST to its address. */
interface PendingUpload {
  fileId: string;
  name: string;
  length: number;
  content: Buffer | null;
}

/** Files of people and of the bot. Contents live in memory only. */
export function createFiles(parts: { team: Team; now: () => number; origin: () => string }) {
  const stored = new Map<string, StoredFile>();
  const pending = new Map<string, PendingUpload>();

  const add = (input: { id?: string; name: string; title?: string; user: string; content: Buffer }) => {
    const id = input.id ?? newId('F');
    const createdS = Math.floor(parts.now() / 1000);
    const path = `${parts.origin()}/files-pri/${parts.team.id}-${id}`;
    const filetype = extname(input.name).slice(1).toLowerCase() || 'text';
    const file: SlackFile = {
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
      permalink: `${parts.origin()}/files/${input.user}/${id}/${encodeURIComponent(input.name)}`,
      url_private: `${path}/${encodeURIComponent(input.name)}`,
      url_private_download: `${path}/download/${encodeURIComponent(input.name)}`,
    };
    stored.set(id, { file, content: input.content });
    return file;
  };

  return {
    add,
    find: (id: string) => stored.get(id),
    share: (id: string, channelId: string) => {
      const found = stored.get(id);
      if (found) found.file.channels = [...(found.file.channels ?? []), channelId];
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
    /** The finished file, or null when nothing was uploaded under that id. */
    complete: (fileId: string, title: string | undefined, user: string): SlackFile | null => {
      const entry = [...pending].find(([, upload]) => upload.fileId === fileId);
      if (!entry?.[1].content) return null;
      pending.delete(entry[0]);
      const { name, content } = entry[1];
      return add({ id: fileId, name, user, content, ...(title ? { title } : {}) });
    },
  };
}
