import type { SlackContext } from '../slack-context';
import { BOT } from '../workspace/bot-ids';
import { type Arguments, json, optionalText, text } from './arguments';
import { botAuthor, writable } from './chat';
import type { Methods } from './method';
import { ApiRefusal } from './refusal';

/** Only ids of conversations; a person's id is refused here. */
const CONVERSATION_ID = /^[CGDZ][A-Z0-9]{8,}$/;

/** Files, and the upload in three steps: ask for an address, POST there, complete. */
export const files: Methods = {
  'files.info': {
    tier: 'tier4',
    scope: 'files:read',
    run: (slack, args) => {
      const file = slack.workspace.files.find(text(args, 'file'));
      if (!file) throw new ApiRefusal('file_not_found');
      return { file };
    },
  },
  'files.getUploadURLExternal': {
    tier: 'tier4',
    scope: 'files:write',
    run: (slack, args) => {
      const length = Number(text(args, 'length'));
      if (!(length > 0)) throw new ApiRefusal('invalid_arguments');
      const { fileId, uploadUrl } = slack.workspace.files.announce(text(args, 'filename'), length);
      return { upload_url: uploadUrl, file_id: fileId };
    },
  },
  'files.completeUploadExternal': { tier: 'tier4', scope: 'files:write', run: complete },
};

function complete(slack: SlackContext, args: Arguments) {
  const wanted = json(args, 'files') as { id: string; title?: string }[];
  const channelId = optionalText(args, 'channel_id');
  if (channelId && !CONVERSATION_ID.test(channelId)) throw new ApiRefusal('invalid_arguments');
  const channel = channelId ? writable(slack, channelId) : null;
  const done = wanted.map(({ id, title }) => {
    const file = slack.workspace.files.complete(id, title, BOT.userId);
    if (!file) throw new ApiRefusal('file_not_found');
    return file;
  });
  if (channel) {
    for (const file of done) slack.workspace.files.share(file.id, channel.id);
    const threadTs = optionalText(args, 'thread_ts');
    slack.workspace.history.post(channel, {
      ...botAuthor(slack),
      text: optionalText(args, 'initial_comment') ?? '',
      files: done,
      ...(threadTs ? { thread_ts: threadTs } : {}),
    });
  }
  return { files: done };
}
