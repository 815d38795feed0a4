import type { BatchStatus, RecipientStatus } from '../../batches/states';
import { enReasons } from './en-reasons';
import { createFormats } from './formats';

/**
 * Everything a person reads, in English. What is put into a sentence is already escaped for mrkdwn by
 * the builder that asks for it. Titles and buttons of a modal hold at most 24 characters.
 */
const format = createFormats('en-US');
const { number, plural } = format;

const messages = (count: number) =>
  `${number(count)} ${plural(count, { one: 'message', other: 'messages' })}`;
const rows = (count: number) => `${number(count)} ${plural(count, { one: 'row', other: 'rows' })}`;
const segments = (count: number) =>
  `${number(count)} ${plural(count, { one: 'segment', other: 'segments' })}`;
export const en = {
  format,
  reasons: enReasons,

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

  compose: {
    title: 'Send bulk SMS',
    submit: 'Review',
    close: 'Close',
    message: 'Message',
    messagePlaceholder: 'What the recipients will read',
    messageHint: (limit: number) =>
      `Up to ${number(limit)} characters. Nothing is sent before you have seen the review.`,
    file: 'Recipients file',
    fileHint: 'CSV or text, up to 10 files of 10 MB. The column with the phone numbers is found by itself.',
    paste: 'Or paste numbers',
    pastePlaceholder: '+1 202 555 0123\n+44 7700 900123',
    pasteHint: 'One a line, or separated by commas. Both a file and pasted numbers may be given.',
    country: 'Default country',
    countryPlaceholder: 'Choose a country',
    countryHint: 'For numbers without a country code.',
    senderId: 'Sender ID',
    senderIdHint: (limit: number) =>
      `What the recipients see as the sender, up to ${limit} characters. Empty: the account's own.`,
    channel: 'Channel',
    channelHint: 'Where the live report of this batch goes.',
    errors: {
      messageEmpty: 'Write the message first.',
      messageTooLong: (length: number, limit: number) =>
        `The message has ${number(length)} characters; at most ${number(limit)} can be sent. Shorten it by ${number(length - limit)}.`,
      noRecipients: 'Add a file here, or paste numbers below.',
      tooManyFiles: (limit: number) => `At most ${limit} files can be read at once.`,
      fileTooLarge: (name: string) => `${name} is larger than 10 MB. Split it and add the parts.`,
      fileKind: (name: string) =>
        `${name} is neither CSV nor text. Save the spreadsheet as CSV and add that.`,
      country: 'This country is not known. Choose one from the list.',
      senderIdTooLong: (limit: number) => `A sender ID has at most ${limit} characters.`,
      channel: 'Choose the channel for the report.',
    },
  },

  reading: {
    title: 'Reading your list',
    text: 'Reading your list…',
    rows: (count: number) => `${rows(count)} read so far`,
    hint: 'You may close this window: the review will then come to you as a direct message.',
  },

  columns: {
    title: 'Which column?',
    submit: 'Continue',
    text: 'I could not tell which column holds the phone numbers. Please choose it.',
    label: (source: string) => `Phone numbers in ${source}`,
    pasted: 'the pasted numbers',
    unnamed: (position: number) => `Column ${position}`,
    option: (name: string, samples: string) => (samples ? `${name}: ${samples}` : name),
    missing: 'Choose a column.',
    open: 'Choose the column',
  },

  review: {
    title: 'Review',
    submit: (count: number) => `Send ${messages(count)}`,
    close: 'Discard',
    heading: (count: number) => `${messages(count)} will be sent`,
    headingNothing: 'Nothing to send',
    nothingNext: 'No usable phone number was found. Mend the list and start again; nothing was sent.',
    leftOut: (count: number) => `*Left out:* ${rows(count)}`,
    noneLeftOut: '*Left out:* none',
    line: (line: number) => `line ${line}`,
    sourceLine: (source: string, line: number) => `${source} line ${line}`,
    more: (count: number) => `${number(count)} more`,
    countries: '*Countries*',
    noCountry: 'No single country',
    otherCountries: (count: number) => `${number(count)} other countries`,
    encoding: '*Encoding*',
    segmentsEach: (encoding: string, count: number) => `${encoding}, ${segments(count)} each`,
    ucs2Because: (characters: string, more: number) =>
      `Needs Unicode (UCS-2) because of ${characters}${more > 0 ? ` and ${number(more)} more` : ''}. Without these it would be GSM-7, and a segment would hold more.`,
    totalSegments: '*Segments in all*',
    balance: '*Account balance*',
    balanceUnknown: (why: string) => `could not be asked: ${why}`,
    senderId: '*Sender ID*',
    message: '*The message as it will arrive*',
    report: (channel: string) => `The report goes to ${channel}.`,
    access: {
      not_member: (channel: string, bot: string) =>
        `I cannot write in ${channel} yet. Type \`/invite ${bot}\` there, then press *Check again*. Nothing has been sent.`,
      not_found: (channel: string, bot: string) =>
        `I cannot see ${channel}: it is private and I am not in it. Type \`/invite ${bot}\` there, then press *Check again*. Nothing has been sent.`,
      archived: (channel: string) =>
        `${channel} is archived, so the report would have no place. Start again with another channel; nothing has been sent.`,
    },
    checkAgain: 'Check again',
    send: 'Send',
    discard: 'Discard',
    confirm: {
      title: 'Send now?',
      text: (count: number) =>
        `${messages(count)} will be sent and charged. A text that has gone cannot be called back.`,
      ok: 'Send',
      cancel: 'Not yet',
    },
    direct: 'Your list has been read. Nothing is sent before you press the button.',
    started: (count: number, channel: string) =>
      `Started: ${messages(count)}. The live report is in ${channel}.`,
    alreadyStarted: 'This batch has already been started.',
    discarded: 'Discarded. Nothing was sent.',
    outdated: 'The list has been read again since. Here comes the new review.',
    gone: 'This draft is no longer there. Start again; nothing was sent.',
    failedTitle: 'The list cannot be used',
  },

  message: {
    heading: {
      pending: (total: number) => `Starting to send ${messages(total)}`,
      submitting: (total: number) => `Sending ${messages(total)}`,
      submitted: (total: number) => `${messages(total)} submitted, waiting for delivery reports`,
      completed: (total: number, delivered: number) =>
        `Completed: ${number(delivered)} of ${messages(total)} delivered`,
      paused: (waiting: number, total: number) =>
        `Paused: ${number(waiting)} of ${messages(total)} not sent yet`,
      cancelled: (total: number) => `Cancelled: batch of ${messages(total)}`,
      failed: (total: number) => `Failed: batch of ${messages(total)}`,
    },
    by: (sender: string, id: string) => `Sent by ${sender} · batch ${id}`,
    senderId: (id: string) => `sender ID ${id}`,
    bar: (percent: string) => `${percent} delivered`,
    chart: 'Delivery',
    explain: {
      pending: 'The first messages are about to leave.',
      submitting: 'Messages are being handed to the provider. Those that wait can still be cancelled.',
      submitted: 'Every message was handed over. Delivery reports are coming in.',
      completed: 'Every message is accounted for.',
      completedUnknown: (count: number) =>
        `For ${messages(count)} nobody could prove whether they arrived: they may have. Sending again could double them.`,
      cancelled: (cancelled: number) =>
        `${messages(cancelled)} were held back and will not be sent. What had already gone could not be called back.`,
      unknown: (count: number) =>
        `For ${messages(count)} the provider gave no clear answer. They are not sent again, since that could double them; they are being checked.`,
    },
    lastChecked: (when: string) => `Last checked ${when}`,
    neverChecked: 'Not checked yet',
    asked: (when: string, asked: number) =>
      asked > 0
        ? `Asked the provider about ${messages(asked)} at ${when}`
        : `All outcomes are final; asked at ${when}`,
    notFound: (count: number) => `it has no record yet of ${number(count)}`,
    moved:
      'This report is here because I cannot write in the channel that you chose. The batch goes on as before.',
    refresh: 'Refresh status',
    details: 'Details',
    cancel: 'Cancel',
    cancelConfirm: {
      title: 'Cancel this batch?',
      text: (waiting: number) =>
        `Up to ${messages(waiting)} that have not left yet will not be sent. What has gone cannot be called back.`,
      ok: 'Cancel the batch',
      cancel: 'Go on sending',
    },
    open: 'Open the report',
  },

  completion: {
    text: (sender: string, delivered: number, total: number, percent: string) =>
      `${sender} Your batch is complete: ${number(delivered)} of ${messages(total)} delivered (${percent}).`,
    took: (duration: string) => `It took ${duration}.`,
    reasons: '*Most frequent reasons for failure*',
  },

  details: {
    title: 'Details',
    close: 'Close',
    reasons: '*Why messages failed*',
    noReasons: 'No message has failed.',
    recipients: (page: number, pages: number) => `*Recipients* · page ${number(page)} of ${number(pages)}`,
    noRecipients: 'There are no recipients to show.',
    line: (line: number) => `line ${line}`,
    previous: 'Previous',
    next: 'Next',
  },

  answers: {
    noBatches: (command: string) => `No batch has been sent yet. \`${command} send\` starts the first.`,
    batchNotFound: (id: string, command: string) =>
      `There is no batch ${id} in this workspace. \`${command} list\` shows the recent ones.`,
    list: 'Recent batches',
    balance: (spendable: string) => `*${spendable}* can be spent.`,
    balanceParts: (balance: string, gift: string, credit: string) =>
      `Balance ${balance} · gift ${gift} · credit ${credit}`,
    cancelled: (person: string, cancelled: number, gone: number) =>
      `${person} cancelled this batch: ${messages(cancelled)} held back; ${number(gone)} had already gone.`,
    cancelTooLate: (gone: number) =>
      `There was nothing left to cancel: all ${messages(gone)} had already gone.`,
    refreshedTooOften: (wait: string) => `This was asked a moment ago. Try again in ${wait}.`,
    help: {
      title: 'Bulk SMS',
      unknown: (word: string) => `I do not know “${word}”. This is what I can do:`,
      lines: (command: string) =>
        [
          `\`${command}\` or \`${command} send\` – write a message and send it to a list of numbers`,
          `\`${command} status\` – how your latest batch stands; \`${command} status 12\` – how batch 12 stands`,
          `\`${command} list\` – the recent batches`,
          `\`${command} balance\` – what is left on the account`,
          `\`${command} help\` – this`,
        ].join('\n'),
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
    unexpected: (reference: string) =>
      `Something went wrong here, and it is not your fault. Nothing was sent because of it. Try again in a minute; if it happens again, tell your administrator this reference: ${reference}`,
    foreign:
      'This bot belongs to another workspace, so you cannot use it here. Ask a member of that workspace.',
    mayNot: {
      send: 'Guests of a workspace cannot send messages. Ask a full member to send it for you.',
      details: 'Guests of a workspace cannot see the recipients. Ask a full member.',
      balance: 'Guests of a workspace cannot see the account balance. Ask a full member.',
      cancel: 'Only the person who sent this batch, or an administrator of the workspace, can cancel it.',
      view: 'You cannot see this. Ask a full member of the workspace.',
      refresh: 'You cannot refresh this. Ask a full member of the workspace.',
    },
    refreshFailed: (why: string) =>
      `The provider could not be asked now: ${why} The report keeps what is known.`,
    tooLateToOpen: 'Slack was too slow to open the window. Please try again.',
  },
};

export type Words = typeof en;
