import type { HoldReason } from '../batches/control/last-look';
import type { BatchStatus, RecipientStatus } from '../batches/states';
import { VOCABULARIES } from '../providers/vocabularies';
import { enAdmin } from './en-admin';
import { enDrafting } from './en-drafting';
import { enHistory } from './en-history';
import { enReasons } from './en-reasons';
import { enSending } from './en-sending';
import { createFormats } from './formats';

/**
 * Everything a person reads, in English. The caller escapes the arguments for mrkdwn. Slack allows 24
 * characters in titles and buttons of a modal.
 */
const format = createFormats('en-US');
const { number, plural } = format;

const messages = (count: number) =>
  `${number(count)} ${plural(count, { one: 'message', other: 'messages' })}`;

export const en = {
  format,
  reasons: enReasons,
  /** What each provider's codes mean, by the provider's name. */
  providers: VOCABULARIES.en,

  /** A line below the sum. */
  implausibleCosts: (count: number) =>
    `Without ${number(count)} ${plural(count, { one: 'cost', other: 'costs' })} that cannot be right: ask the provider`,

  batchStatus: {
    draft: 'Draft',
    importing: 'Reading the list',
    ready: 'Waiting for review',
    scheduled: 'Scheduled',
    pending: 'Starting',
    submitting: 'Sending',
    submitted: 'Waiting for delivery reports',
    completed: 'Completed',
    paused: 'Paused',
    cancelled: 'Cancelled',
    failed: 'Failed',
  } satisfies Record<BatchStatus, string>,

  recipientStatus: {
    pending: 'Waiting',
    sending: 'Sending',
    delivered: 'Delivered',
    failed: 'Failed',
    unknown: 'Unknown',
    cancelled: 'Cancelled',
  } satisfies Record<RecipientStatus, string>,

  counts: {
    total: 'Total',
    delivered: 'Delivered',
    sending: 'Sending',
    failed: 'Failed',
    unknown: 'Unknown',
    waiting: 'Waiting',
    cancelled: 'Cancelled',
  },

  ...enDrafting,
  ...enAdmin,
  ...enHistory,
  ...enSending,

  replies: {
    noBatches: (command: string) => `No batch has been sent yet. \`${command} send\` starts the first.`,
    batchNotFound: (id: string, command: string) =>
      `There is no batch ${id} in this workspace. \`${command} list\` shows the recent ones.`,
    list: 'Recent batches',
    balance: (spendable: string) => `*${spendable}* can be spent.`,
    balanceParts: (parts: string[]) => parts.join(' · '),
    balanceUnreadable: (written: string) =>
      `The provider writes the balance in a way that I cannot read for certain: ${written}. Look it up there, and show this to your administrator.`,
    outdated:
      'This button is from an earlier state of the batch. Nothing was done; the status message of the batch now shows the present state.',
    cancelled: (person: string, cancelled: number, gone: number) =>
      `${person} cancelled this batch: ${messages(cancelled)} held back; ${number(gone)} had already gone or were being sent.`,
    cancelTooLate: (gone: number) =>
      `There was nothing left to cancel: all ${messages(gone)} had already gone or were being sent.`,
    paused: (person: string) =>
      `${person} paused this batch. What is on its way goes on; nothing new leaves.`,
    notRunning: 'There is nothing to pause: this batch is not sending at the moment.',
    resumed: (person: string) => `${person} resumed this batch.`,
    notPaused: 'This batch is not paused.',
    retried: (person: string, count: number) => `${person} sent ${messages(count)} that had failed again.`,
    askingOnceMore:
      'I am asking the provider about these recipients once more. It takes half a minute at most.',
    provedFirst: (count: number) =>
      `Before that, the provider had news of ${number(count)} more: they got the text or are on their way, and were not sent to again.`,
    provedAll: (count: number) =>
      `Nobody was sent to again: the provider now has news of ${number(count)} ${plural(count, { one: 'recipient who', other: 'recipients who' })} got the text or ${plural(count, { one: 'is', other: 'are' })} on the way.`,
    heldBack: {
      on_the_way: (count: number) =>
        `Held back: ${number(count)}, whose text is on its way after all, says the provider.`,
      perhaps_sent: (count: number) =>
        `Held back: ${number(count)}, since the provider has records that may be of their texts; nothing tells them apart.`,
      too_early: (count: number) =>
        `Held back: ${number(count)}, whose text is so recent that the provider may not show it yet.`,
      no_answer: (count: number) =>
        `Held back: ${number(count)}, since the provider did not say what became of their text.`,
    } satisfies Record<HoldReason, (count: number) => string>,
    heldBackNext:
      'Try again later. *Send anyway* sends to them all the same: some may then have the text twice. That you decided it is written down.',
    sendAnyway: 'Send anyway (may double)',
    nobodyFailed: 'There is nobody to send to again: nothing has failed, or it is being sent already.',
    left: (person: string) => `${person} left the uncertain recipients as they are: unknown.`,
    resent: (person: string, count: number) => `${person} sent ${messages(count)} again that were uncertain.`,
    nobodyUncertain:
      'There is nothing left to decide: nobody is uncertain any more, or it was decided already.',
    duplicateRemoved: (url: string) =>
      `That was an older copy of the report, and I have taken it away. The report <${url}|is here>.`,
    duplicateLeft: (url: string) =>
      `That is an older copy of the report, and Slack does not let me take it away. The report <${url}|is here>.`,
    refreshedTooOften: (wait: string) => `This was asked a moment ago. Try again in ${wait}.`,
    help: {
      title: 'Bulk SMS',
      unknown: (word: string) => `I do not know “${word}”. This is what I can do:`,
      lines: (command: string) =>
        [
          `\`${command}\` or \`${command} send\` – write a message and send it to a list of numbers`,
          `\`${command} status\` – how your latest batch stands; \`${command} status 12\` – how batch 12 stands`,
          `\`${command} list\` – the recent batches`,
          `\`${command} find +86 138 0013 8000\` – every text to one number`,
          `\`${command} report\` – the last seven days; also \`today\`, \`30d\`, \`2026-11-01..2026-11-20\``,
          `\`${command} balance\` – what is left on the account`,
          `\`${command} help\` – this`,
        ].join('\n'),
      adminLine: (command: string) =>
        `\`${command} admin\` – for admins: who uses how much; delete a draft, stop an export, block a person`,
      promise:
        'Nothing is sent before you have seen the review and pressed Send. Nobody is texted twice: what cannot be proved is shown as unknown and checked.',
    },
  },

  home: {
    title: 'Bulk SMS',
    about:
      'Send a text message to a list of phone numbers without leaving Slack, and watch who got it. You write the message, add a list, look at the review, and press Send.',
    send: 'Send a message',
    balance: (spendable: string) => `*Account balance:* ${spendable}`,
    recent: 'The last batches',
    empty: (command: string) =>
      `Nothing has been sent yet. Three steps to the first batch:\n1. Invite me to the channel where the report should go.\n2. Press *Send a message* above, or type \`${command}\` in that channel.\n3. Write the message, add a CSV or paste numbers, and look at the review. Nothing leaves before you press Send.`,
  },

  errors: {
    title: 'Something went wrong',
    close: 'Close',
    unexpected: (reference: string, command: string) =>
      `Something went wrong here, and it is not your fault. I may have done only part of it: \`${command} status\` shows how your batch stands. Try again in a minute; if it happens again, tell your administrator this reference: ${reference}`,
    notIdentified:
      'Slack did not tell me who you are, so I have done nothing. Try again in a minute. *Pause*, *Cancel* and *Discard* work meanwhile.',
    slackAway: (command: string) =>
      `Slack did not answer me, so I may have done only part of it: \`${command} status\` shows how your batch stands. Try again in a minute.`,
    foreign:
      'This bot belongs to another workspace, so you cannot use it here. Ask a member of that workspace.',
    onlyWriter: (person: string) =>
      `Only ${person} can do this: it is their draft, which nobody has sent yet.`,
    onlySender: (person: string) =>
      `Only the person who sent this batch, or an administrator of the workspace, can do this: ${person} sent it.`,
    mayNot: {
      send: 'Guests of a workspace cannot send messages. Ask a full member to send it for you.',
      details: 'Guests of a workspace cannot see the recipients. Ask a full member.',
      balance: 'Guests of a workspace cannot see the account balance. Ask a full member.',
      export: 'Guests of a workspace cannot export recipients. Ask a full member.',
      find: 'Guests of a workspace cannot look up recipients. Ask a full member.',
      usageReport: 'Guests of a workspace cannot see reports. Ask a full member.',
      compare: 'Guests of a workspace cannot compare records. Ask a full member.',
      administer: 'Only administrators of the workspace can do this. Ask one of them.',
      draft: 'Only the person who wrote this can do this.',
      control: 'Only the person who sent this batch, or an administrator of the workspace, can do this.',
      view: 'You cannot see this. Ask a full member of the workspace.',
      refresh: 'You cannot refresh this. Ask a full member of the workspace.',
    },
    blocked: 'An admin has blocked you in this bot. Ask them.',
    notInChannel:
      'This is for full members in the channel of the batch, for whoever sent it, and for administrators. Join the channel, and try again in five minutes. If you are in it already, Slack could not say so just now: try again in a minute.',
    unreadable:
      'What this button or window carries could not be read, so I have done nothing. Close it and start anew.',
    refreshFailed: (why: string) =>
      `The provider could not be asked now: ${why} The report keeps what is known.`,
    tooLateToOpen: 'Slack was too slow to open the window. Please try again.',
    tooSlow:
      'This took too long to look up, so I stopped. Narrow it: search for a whole number or for more of its digits, or ask for fewer days. Nothing was changed.',
    tooManySearches: (most: number) =>
      `You have ${most} searches open. Wait for their answers, then search again.`,
    busy: (command: string) =>
      `So much is being looked up at the moment that I could not do this; I may have done part of it: \`${command} status\` shows how your batch stands. Try again in a minute.`,
  },
};

export type Words = typeof en;
