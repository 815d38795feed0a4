import type { BatchSummary } from '../../../batches/batch';
import type { Balance } from '../../../providers/sms-provider';
import type { Words } from '../../../words/en';
import type { Reader } from '../../../words/words-for';
import { context, header, type Message, section } from '../block-kit';
import { inline } from '../escape';
import { batchList } from '../parts/batch-list';

/** Answers to one person. */
export function plainAnswer(text: string): Message {
  return { text, blocks: [section(text)] };
}

/** `unknownWord`: what was typed in place of a command; null where help was asked for. */
export function helpAnswer(words: Words, command: string, unknownWord: string | null): Message {
  const { help } = words.answers;
  const lines = help.lines(command);
  const opening = unknownWord === null ? [] : [section(help.unknown(inline(unknownWord, 40)))];
  return {
    text: lines,
    blocks: [...opening, header(help.title), section(lines), context(help.promise)],
  };
}

/** What can be spent, and what it is made of. */
export function balanceAnswer(words: Words, balance: Balance): Message {
  const { decimal } = words.format;
  const text = words.answers.balance(decimal(balance.spendable));
  const parts = words.answers.balanceParts(
    decimal(balance.balance),
    decimal(balance.gift),
    decimal(balance.credit),
  );
  return { text, blocks: [section(text), context(parts)] };
}

/** The batches in the order given. `workspaceUrl` ends with a slash. */
export function listAnswer(reader: Reader, batches: BatchSummary[], workspaceUrl: string): Message {
  const title = reader.words.answers.list;
  return { text: title, blocks: [header(title), ...batchList(reader, batches, workspaceUrl)] };
}
