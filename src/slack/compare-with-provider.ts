import { type Comparison, type Difference, openComparison } from '../batches/compare-with-provider';
import { ChannelError } from '../channels/channel';
import { getUser } from '../tenants/person';
import type { Again } from './again';
import { asApiBlocks, type Message } from './block-kit';
import { csvLine, numberCell, textCell } from './exports/csv';
import { spoolLines } from './exports/spool';
import { shareFiles, uploadFile } from './exports/upload-files';
import { plainAnswer } from './messages/answers';
import { explainChannelError } from './messages/batch-reason';
import { comparisonAnswer, type Found, SHOWN_EACH } from './messages/comparison-answer';
import type { SlackPost } from './slack-post';
import type { Words } from './words/en';
import { wordsFor } from './words/words-for';

const BUSY_AGAIN_MS = 60_000;

/** Compares our records with the provider's and tells the person who asked, alone: in a direct message. */
export async function bringComparison(post: SlackPost, wanted: Comparison): Promise<Again> {
  const person = await getUser(post.heart.db, wanted.userId);
  if (!person) return {};
  const words = wordsFor(person.locale);
  const headLine = csvLine(Object.values(words.comparison.columns).map(textCell));
  try {
    const { differences, ...reach } = await openComparison(post.heart, wanted);
    const counts = { uncertain: 0, perhaps_ours: 0, only_theirs: 0, only_ours: 0, outcome: 0 };
    const found: Found = { ...reach, counts, first: [] };
    const blocks = linesOf(words, noting(found, differences()));
    await spoolLines(headLine, blocks, async (files) => {
      const { channel } = await post.client.conversations.open({ users: person.slackUserId });
      const channelId = channel?.id as string;
      await say(post, channelId, comparisonAnswer(words, wanted, found));
      const isAllShown = found.first.length === Object.values(found.counts).reduce((a, b) => a + b, 0);
      if (isAllShown) return;
      const uploaded = [];
      for (const [index, file] of files.entries()) {
        const part = index === 0 ? '' : `-${index + 1}`;
        uploaded.push(await uploadFile(post, `comparison-${wanted.from}${part}.csv`, file));
      }
      await shareFiles(post, uploaded, { channelId, threadTs: null }, words.comparison.all);
    });
    return {};
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    if (error.fault === 'busy') return { againInMs: Math.max(error.retryAfterMs ?? 0, BUSY_AGAIN_MS) };
    const { channel } = await post.client.conversations.open({ users: person.slackUserId });
    await say(post, channel?.id as string, plainAnswer(explainChannelError(words, error)));
    return {};
  }
}

async function say(post: SlackPost, channel: string, { text, blocks }: Message): Promise<void> {
  await post.poster.chat.postMessage({ channel, text, blocks: asApiBlocks(blocks) });
}

/** Counts what passes, and keeps the first few of each kind. */
async function* noting(found: Found, blocks: AsyncIterable<Difference[]>): AsyncGenerator<Difference[]> {
  for await (const block of blocks) {
    for (const one of block) {
      found.counts[one.kind] += 1;
      if (found.counts[one.kind] <= SHOWN_EACH) found.first.push(one);
    }
    yield block;
  }
}

async function* linesOf(words: Words, blocks: AsyncIterable<Difference[]>): AsyncGenerator<string[]> {
  const { kinds, theirs } = words.comparison;
  for await (const block of blocks) {
    yield block.map((one) =>
      csvLine([
        textCell(kinds[one.kind]),
        numberCell(one.number),
        textCell(one.batchId),
        textCell(one.ours && words.recipientStatus[one.ours]),
        textCell(one.theirs && theirs[one.theirs]),
        textCell(one.messageId),
      ]),
    );
  }
}
