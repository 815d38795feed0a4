import type { SlackBlock } from '../blocks/block-kit';
import type { Core } from '../core';
import { BOT } from '../workspace/bot-ids';
import type { Channel, MessageMetadata, SlackMessage } from '../workspace/shapes';
import { type Arguments, flag, optionalJson, optionalText, text } from './arguments';
import { checkBlocks } from './check-payload';
import { seenByBot } from './conversations';
import type { Methods } from './method';
import { ApiRefusal } from './refusal';

/** Slack cuts the text of a post here, and refuses an update beyond its own limit. */
const POST_TEXT_LIMIT = 40_000;
const UPDATE_TEXT_LIMIT = 4000;

/** Messages of the bot. */
export const chat: Methods = {
  'chat.postMessage': { tier: 'special', scope: 'chat:write', run: postMessage },
  'chat.postEphemeral': { tier: 'tier4', scope: 'chat:write', run: postEphemeral },
  'chat.update': { tier: 'tier3', scope: 'chat:write', run: update },
  'chat.delete': { tier: 'tier3', scope: 'chat:write', run: remove },
  'chat.getPermalink': { tier: 'special', run: getPermalink },
};

function postMessage(core: Core, args: Arguments) {
  const channel = writable(core, text(args, 'channel'));
  const threadTs = optionalText(args, 'thread_ts');
  if (threadTs && core.workspace.history.find(threadTs)?.channel !== channel.id) {
    throw new ApiRefusal('thread_not_found');
  }
  const message = core.workspace.history.post(channel, {
    ...botAuthor(core),
    ...content(core, 'chat.postMessage', args),
    ...metadata(args),
    ...(threadTs ? { thread_ts: threadTs } : {}),
    ...(threadTs && flag(args, 'reply_broadcast') ? { subtype: 'thread_broadcast' as const } : {}),
  });
  return { channel: channel.id, ts: message.ts, message };
}

function postEphemeral(core: Core, args: Arguments) {
  const channel = writable(core, text(args, 'channel'));
  const user = text(args, 'user');
  if (!channel.members.includes(user)) throw new ApiRefusal('user_not_in_channel');
  const message = core.workspace.history.post(channel, {
    ...botAuthor(core),
    ...content(core, 'chat.postEphemeral', args),
    ephemeral_to: user,
  });
  return { message_ts: message.ts };
}

/** Blocks left out while text is given are removed; metadata left out is kept. */
function update(core: Core, args: Arguments) {
  const channel = seenByBot(core, text(args, 'channel'));
  const ts = text(args, 'ts');
  if (core.faults.strike('messageDeleted')) {
    const doomed = core.workspace.history.find(ts);
    if (doomed) core.workspace.history.remove(doomed);
  }
  const message = ownMessage(core, channel, ts, 'cant_update_message');
  if (isArchived(core, channel)) throw new ApiRefusal('is_inactive');
  if ((optionalText(args, 'text') ?? '').length > UPDATE_TEXT_LIMIT) throw new ApiRefusal('msg_too_long');
  const { blocks: _old, ...kept } = message;
  const now = content(core, 'chat.update', args);
  const changed = core.workspace.history.change({
    ...kept,
    ...now,
    ...metadata(args),
    // Slack shows "(edited)" only where no blocks are.
    ...(now.blocks ? {} : { edited: { user: BOT.userId, ts: core.workspace.nextTs() } }),
  });
  return { channel: channel.id, ts, text: changed.text, message: changed };
}

function remove(core: Core, args: Arguments) {
  const channel = seenByBot(core, text(args, 'channel'));
  const message = ownMessage(core, channel, text(args, 'ts'), 'cant_delete_message');
  core.workspace.history.remove(message);
  return { channel: channel.id, ts: message.ts };
}

function getPermalink(core: Core, args: Arguments) {
  const channel = seenByBot(core, text(args, 'channel'));
  const ts = text(args, 'message_ts');
  if (core.workspace.history.find(ts)?.channel !== channel.id) throw new ApiRefusal('message_not_found');
  const permalink = `${core.origin()}/archives/${channel.id}/p${ts.replace('.', '')}`;
  return { channel: channel.id, permalink };
}

/** The channel by id or #name; a person's id means their direct messages. */
export function writable(core: Core, target: string): Channel {
  const { channels, people } = core.workspace;
  if (people.find(target)) return channels.direct(target);
  const channel = seenByBot(core, channels.findByName(target.replace(/^#/, ''))?.id ?? target);
  if (isArchived(core, channel)) throw new ApiRefusal('is_archived');
  const mayPost = channel.members.includes(BOT.userId) || core.settings.scopes.includes('chat:write.public');
  if (!mayPost) throw new ApiRefusal('not_in_channel');
  return channel;
}

/** Direct messages cannot be archived, and the fault does not strike them. */
function isArchived(core: Core, channel: Channel): boolean {
  if (channel.is_im) return false;
  return channel.is_archived || core.faults.strike('channelArchived') !== null;
}

export function botAuthor(core: Core) {
  return { user: BOT.userId, bot_id: BOT.botId, app_id: BOT.appId, team: core.workspace.team.id };
}

function content(core: Core, where: string, args: Arguments): { text: string; blocks?: SlackBlock[] } {
  const given = optionalJson(args, 'blocks', 'invalid_blocks_format');
  const blocks = given === undefined ? undefined : checkBlocks(core, where, given);
  const said = optionalText(args, 'text');
  if (said === undefined && !blocks?.length) throw new ApiRefusal('no_text');
  return { text: (said ?? '').slice(0, POST_TEXT_LIMIT), ...(blocks?.length ? { blocks } : {}) };
}

function metadata(args: Arguments): { metadata?: MessageMetadata } {
  const given = optionalJson(args, 'metadata', 'invalid_metadata_format') as MessageMetadata | undefined;
  if (given === undefined) return {};
  const isSound = typeof given.event_type === 'string' && typeof given.event_payload === 'object';
  if (!isSound) throw new ApiRefusal('invalid_metadata_schema');
  return { metadata: given };
}

/** Ephemeral messages have no ts that the Web API knows. */
function ownMessage(core: Core, channel: Channel, ts: string, otherwise: string): SlackMessage {
  const message = core.workspace.history.find(ts);
  if (!message || message.channel !== channel.id || message.ephemeral_to) {
    throw new ApiRefusal('message_not_found');
  }
  if (message.bot_id !== BOT.botId) throw new ApiRefusal(otherwise);
  return message;
}
