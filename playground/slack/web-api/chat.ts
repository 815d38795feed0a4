import type { SlackBlock } from '../blocks/block-kit';
import type { SlackContext } from '../slack-context';
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

function postMessage(slack: SlackContext, args: Arguments) {
  const channel = writable(slack, text(args, 'channel'));
  const threadTs = optionalText(args, 'thread_ts');
  if (threadTs && slack.workspace.history.find(threadTs)?.channel !== channel.id) {
    throw new ApiRefusal('thread_not_found');
  }
  const message = slack.workspace.history.post(channel, {
    ...botAuthor(slack),
    ...content(slack, 'chat.postMessage', args),
    ...metadata(args),
    ...(threadTs ? { thread_ts: threadTs } : {}),
    ...(threadTs && flag(args, 'reply_broadcast') ? { subtype: 'thread_broadcast' as const } : {}),
  });
  return { channel: channel.id, ts: message.ts, message };
}

function postEphemeral(slack: SlackContext, args: Arguments) {
  const channel = writable(slack, text(args, 'channel'));
  const user = text(args, 'user');
  if (!channel.members.includes(user)) throw new ApiRefusal('user_not_in_channel');
  const message = slack.workspace.history.post(channel, {
    ...botAuthor(slack),
    ...content(slack, 'chat.postEphemeral', args),
    ephemeral_to: user,
  });
  return { message_ts: message.ts };
}

/** Blocks left out while text is given are removed; metadata left out is kept. */
function update(slack: SlackContext, args: Arguments) {
  const channel = seenByBot(slack, text(args, 'channel'));
  const ts = text(args, 'ts');
  if (slack.faults.strike('messageDeleted')) {
    const deleted = slack.workspace.history.find(ts);
    if (deleted) slack.workspace.history.remove(deleted);
  }
  const message = ownMessage(slack, channel, ts, 'cant_update_message');
  if (isArchived(slack, channel)) throw new ApiRefusal('is_inactive');
  if ((optionalText(args, 'text') ?? '').length > UPDATE_TEXT_LIMIT) throw new ApiRefusal('msg_too_long');
  const { blocks: _old, ...kept } = message;
  const now = content(slack, 'chat.update', args);
  const changed = slack.workspace.history.change({
    ...kept,
    ...now,
    ...metadata(args),
    // Slack shows "(edited)" only on messages without blocks.
    ...(now.blocks ? {} : { edited: { user: BOT.userId, ts: slack.workspace.nextTs() } }),
  });
  return { channel: channel.id, ts, text: changed.text, message: changed };
}

function remove(slack: SlackContext, args: Arguments) {
  const channel = seenByBot(slack, text(args, 'channel'));
  const message = ownMessage(slack, channel, text(args, 'ts'), 'cant_delete_message');
  slack.workspace.history.remove(message);
  return { channel: channel.id, ts: message.ts };
}

function getPermalink(slack: SlackContext, args: Arguments) {
  const channel = seenByBot(slack, text(args, 'channel'));
  const ts = text(args, 'message_ts');
  if (slack.workspace.history.find(ts)?.channel !== channel.id) throw new ApiRefusal('message_not_found');
  const permalink = `${slack.origin()}/archives/${channel.id}/p${ts.replace('.', '')}`;
  return { channel: channel.id, permalink };
}

/** The channel by id or #name; a person's id means their direct messages. */
export function writable(slack: SlackContext, target: string): Channel {
  const { channels, people } = slack.workspace;
  if (people.find(target)) return channels.direct(target);
  const channel = seenByBot(slack, channels.findByName(target.replace(/^#/, ''))?.id ?? target);
  if (isArchived(slack, channel)) throw new ApiRefusal('is_archived');
  const mayPost = channel.members.includes(BOT.userId) || slack.settings.scopes.includes('chat:write.public');
  if (!mayPost) throw new ApiRefusal('not_in_channel');
  return channel;
}

/** Direct messages cannot be archived. The fault does not strike them. */
function isArchived(slack: SlackContext, channel: Channel): boolean {
  if (channel.is_im) return false;
  return channel.is_archived || slack.faults.strike('channelArchived') !== null;
}

export function botAuthor(slack: SlackContext) {
  return { user: BOT.userId, bot_id: BOT.botId, app_id: BOT.appId, team: slack.workspace.team.id };
}

function content(
  slack: SlackContext,
  where: string,
  args: Arguments,
): { text: string; blocks?: SlackBlock[] } {
  const given = optionalJson(args, 'blocks', 'invalid_blocks_format');
  const blocks = given === undefined ? undefined : checkBlocks(slack, where, given);
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
function ownMessage(slack: SlackContext, channel: Channel, ts: string, otherwise: string): SlackMessage {
  const message = slack.workspace.history.find(ts);
  if (!message || message.channel !== channel.id || message.ephemeral_to) {
    throw new ApiRefusal('message_not_found');
  }
  if (message.bot_id !== BOT.botId) throw new ApiRefusal(otherwise);
  return message;
}
