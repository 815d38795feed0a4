import type { AccountBalance } from '../../../batches/views/get-account-balance';
import type { Words } from '../../../words/en';
import type { Reader } from '../../../words/words-for';
import { context, header, type SlackMessage, section } from '../block-kit';
import { inline } from '../escape';
import { batchList } from '../parts/batch-list';
import { unreadableAmounts } from '../parts/cost-in-words';
import type { SeenShownBatch } from '../parts/shown-batch';

/** A reply of one paragraph. `text` is mrkdwn. */
export function plainReply(text: string): SlackMessage {
  return { text, blocks: [section(text)] };
}

/** The commands. `unknownWord`: what the person typed instead of a command; null if they asked for help. */
export function helpReply(
  words: Words,
  command: string,
  unknownWord: string | null,
  isAdmin: boolean,
): SlackMessage {
  const { help } = words.replies;
  const lines = isAdmin ? `${help.lines(command)}\n${help.adminLine(command)}` : help.lines(command);
  const opening = unknownWord === null ? [] : [section(help.unknown(inline(unknownWord, 40)))];
  return {
    text: lines,
    blocks: [...opening, header(help.title), section(lines), context(help.promise)],
  };
}

/** What can be spent, and its parts. */
export function balanceReply(words: Words, balance: AccountBalance): SlackMessage {
  const { decimal } = words.format;
  const names = words.providers[balance.provider]?.balanceParts ?? {};
  const text =
    balance.spendable === null
      ? unreadableAmounts(words, balance.parts)
      : words.replies.balance(withCurrency(decimal(balance.spendable), balance.currency));
  const parts = balance.parts.map(
    ({ name, amount, written }) =>
      `${names[name] ?? name} ${amount === null ? `“${inline(written)}”` : decimal(amount)}`,
  );
  const blocks = [section(text)];
  return {
    text,
    blocks: parts.length === 0 ? blocks : [...blocks, context(words.replies.balanceParts(parts))],
  };
}

const withCurrency = (amount: string, currency: string | null) =>
  currency === null ? amount : `${amount} ${currency}`;

/** The batches, in the order given. `workspaceUrl` ends with a slash. */
export function batchListReply(
  reader: Reader,
  batches: SeenShownBatch[],
  workspaceUrl: string,
): SlackMessage {
  const title = reader.words.replies.list;
  return { text: title, blocks: [header(title), ...batchList(reader, batches, workspaceUrl)] };
}
