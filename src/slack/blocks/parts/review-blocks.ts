import type { Review } from '../../../batches/batch';
import type { CostEstimate } from '../../../batches/costs/estimate-cost';
import { findUnknownShortcodes } from '../../../content/emoji';
import { countSegments } from '../../../content/segments';
import type { Words } from '../../../words/en';
import { actions, type Block, button, context, fields, header, section, verbatim } from '../block-kit';
import { inline } from '../escape';
import { ACTIONS, BLOCKS } from '../ids';
import { estimateInWords } from './cost-in-words';
import { explainReason } from './explain-reason';
import { leftOutInWords } from './left-out-rows';
import { sourceBlocks } from './source-lines';

const COUNTRIES_SHOWN = 5;
const CHARACTERS_SHOWN = 10;

/**
 * Whether the status message can go to a channel. `shared`: people of another organisation read the channel.
 * `unknown`: Slack did not say.
 */
export type ChannelAccess = 'ok' | 'unknown' | 'not_member' | 'not_found' | 'archived' | 'shared';

/** Whether a batch may be sent with its status message in this channel. */
export const isUsable = (access: ChannelAccess): access is 'ok' | 'unknown' =>
  access === 'ok' || access === 'unknown';

/** What a review shows. */
export interface ReviewView {
  /** Where the status message will go. */
  channelId: string;
  review: Review;
  /** The provider's own figure, or why it is not known, in words. */
  balance: { spendable: string } | { unknown: string };
  /** Computed from what past batches were charged; null where the batch is gone. */
  estimate: CostEstimate | null;
  access: ChannelAccess;
  /** The bot's name, as `/invite` takes it. */
  botName: string;
}

/** Whether *Send* is offered: there are recipients, and the bot can write in the channel. */
export function maySendReview({ review, access }: ReviewView): boolean {
  return review.status === 'ready' && review.accepted > 0 && isUsable(access);
}

/** The result of the review in one line. */
export function reviewHeading(words: Words, { review }: ReviewView): string {
  if (review.status === 'failed') return words.review.failedTitle;
  return review.accepted > 0 ? words.review.heading(review.accepted) : words.review.headingNothing;
}

/** What *Send* will do; the same in the modal and in the direct message. */
export function reviewBlocks(words: Words, view: ReviewView): Block[] {
  const { review } = view;
  const heading = header(reviewHeading(words, view));
  if (review.status === 'failed') {
    const failed = review.reason ?? { code: 'unreadable_file', detail: null };
    return [heading, section(explainReason(words, failed))];
  }
  const leftOut = [...listBlocks(words, review), ...leftOutBlocks(words, review)];
  if (review.accepted === 0) {
    return [heading, section(words.review.nothingNext), ...leftOut];
  }
  return [
    heading,
    ...accessBlocks(words, view),
    fields(facts(words, view)),
    ...unicodeBlocks(words, review.content),
    ...leftOut,
    section(words.review.text),
    verbatim(review.content),
    ...emojiBlocks(words, review.content),
  ];
}

/** Where the numbers are from, and their sum, by which a person can check that nobody is missing. */
function listBlocks(words: Words, review: Review): Block[] {
  const { entries, accepted, rejected } = review;
  const sum = entries === null ? [] : [context(words.review.entries(entries, accepted, rejected))];
  return [...sourceBlocks(words, review), ...sum];
}

function leftOutBlocks(words: Words, review: Review): Block[] {
  if (review.rejected === 0) return [section(words.review.noneLeftOut)];
  return [
    section(words.review.leftOut(review.rejected)),
    section(leftOutInWords(words, review.rejectGroups)),
  ];
}

function accessBlocks(words: Words, { review, channelId, access, botName }: ReviewView): Block[] {
  const channel = `<#${channelId}>`;
  if (isUsable(access)) return [context(words.review.destination(channel))];
  const problem = section(`:warning: ${words.review.access[access](channel, `@${inline(botName)}`)}`);
  if (access === 'archived') return [problem];
  const again = button(words.review.checkAgain, ACTIONS.checkReview, { value: review.batchId });
  return [problem, actions(BLOCKS.reviewActions, [again])];
}

function facts(words: Words, { review, balance, estimate }: ReviewView): string[] {
  const { number, decimal } = words.format;
  const { encoding, segments } = countSegments(review.content);
  const money =
    'spendable' in balance ? decimal(balance.spendable) : words.review.balanceUnknown(balance.unknown);
  const found = [
    `${words.review.countries}\n${countriesInWords(words, review.countries)}`,
    `${words.review.encoding}\n${words.review.segmentsEach(encoding, segments)}`,
    `${words.review.totalSegments}\n${number(segments * review.accepted)}`,
    `${words.review.balance}\n${money}`,
    `${words.review.cost}\n${estimate ? estimateInWords(words, estimate) : words.review.costNotKnown}`,
  ];
  if (review.senderId) found.push(`${words.review.senderId}\n${inline(review.senderId)}`);
  return found;
}

function countriesInWords(words: Words, countries: Review['countries']): string {
  const { number, country: nameOf } = words.format;
  const shown = countries
    .slice(0, COUNTRIES_SHOWN)
    .map(({ country, count }) => `${country ? nameOf(country) : words.review.noCountry} ${number(count)}`);
  const rest = countries.length - shown.length;
  if (rest > 0) shown.push(words.review.otherCountries(rest));
  return shown.join('\n');
}

function unicodeBlocks(words: Words, content: string): Block[] {
  const { encoding, ucs2Characters, isNearlyGsm7 } = countSegments(content);
  if (encoding === 'GSM-7') return [];
  if (!isNearlyGsm7) return [context(words.review.ucs2Script)];
  const shown = ucs2Characters.slice(0, CHARACTERS_SHOWN).map(showCharacter);
  return [context(words.review.ucs2Because(shown.join('  '), ucs2Characters.length - shown.length))];
}

/** Emoji of the workspace itself have no character. */
function emojiBlocks(words: Words, content: string): Block[] {
  const unknown = findUnknownShortcodes(content);
  return unknown.length === 0
    ? []
    : [context(`:warning: ${words.review.unknownEmoji(inline(unknown.join(' ')))}`)];
}

/** An invisible character is shown as its code point. */
function showCharacter(character: string): string {
  if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(character)) return inline(character);
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
