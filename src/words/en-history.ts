import { createFormats } from './formats';

/**
 * What a person reads about past texts: details, texts to one number, usage reports, comparisons, exports.
 */
const { number, plural } = createFormats('en-US');

export const enHistory = {
  details: {
    title: 'Details',
    close: 'Close',
    reasons: '*Why messages failed*',
    noReasons: 'No message has failed.',
    recipients: (page: number, pages: number) => `*Recipients* · page ${number(page)} of ${number(pages)}`,
    noRecipients: 'There are no recipients to show.',
    line: (line: number) => `line ${line}`,
    submit: 'Show',
    filter: 'Who',
    filters: { all: 'Everybody', left_out: 'Left out of the list' },
    search: 'Number, or its last digits',
    searchedFirst: (rows: number) =>
      `Searched among the first ${number(rows)} rows of this list; there are more. A whole recipient’s number is found among all.`,
    tooFewDigits: 'Write a whole number, or at least its last three digits.',
    history: {
      sendAttempt: (attempt: number) => `Attempt ${number(attempt)}`,
      submitted: (when: string) => `Submitted ${when}`,
      submission: (id: string) => `request ${id}`,
      notSubmitted: 'Not submitted yet, or in a request at this moment',
      outcomes: { accepted: 'Accepted by the provider', unclear: 'No clear answer from the provider' },
      charged: (sum: string, segments: number) =>
        segments > 0
          ? `Cost ${sum}, ${number(segments)} ${plural(segments, { one: 'segment', other: 'segments' })}`
          : `Cost ${sum}`,
      implausibleCost: 'The cost that the provider reported cannot be right: it is in no sum',
      ids: (order: string, message: string) => `Order ID ${order} · message ID ${message}`,
      other: {
        corrected: (outcome: string) => `Before that: ${outcome}`,
        contradicts: (outcome: string) => `The provider also said, and it does not count: ${outcome}`,
      },
      settledBy: {
        answer: 'from the reply to our request',
        poll: 'from our question to the provider',
        push: 'reported by the provider',
        reconcile: 'found in the provider’s records',
      },
    },
    previous: 'Previous',
    next: 'Next',
  },

  find: {
    title: (recipient: string, total: number) =>
      total === 0
        ? `No text has been sent to ${recipient} from this workspace.`
        : `${recipient}: ${number(total)} ${plural(total, { one: 'text', other: 'texts' })}`,
    from: (id: string, sender: string, when: string) => `batch ${id}, sent by ${sender}, ${when}`,
    sendAttempt: (attempt: number) => `attempt ${attempt}`,
    more: (count: number) =>
      `${number(count)} older ${plural(count, { one: 'text', other: 'texts' })} not shown.`,
    nothingReadable: (recipient: string) => `No text to ${recipient} that you may read.`,
    hidden: (batches: number) =>
      `${number(batches)} more ${plural(batches, { one: 'batch has', other: 'batches have' })} a text to this number. You may not read ${plural(batches, { one: 'it', other: 'them' })}: ask in the channel, or an administrator.`,
    notANumber: (why: string, command: string) =>
      `I cannot read that number: ${why}. Write it with its country code: \`${command} find +86 138 0013 8000\``,
  },

  usageReport: {
    title: (from: string, to: string) => (from === to ? `Report for ${from}` : `Report for ${from} to ${to}`),
    nothing: 'Nothing was sent in this time.',
    cost: (cost: string, priced: number) =>
      `*Cost so far* ${cost}, known for ${number(priced)} ${plural(priced, { one: 'message', other: 'messages' })}`,
    costUnknown: '*Cost* not known: the provider has reported no price',
    day: 'Day',
    days: (from: string, to: string) => `${from} to ${to}`,
    country: 'Country',
    recipients: 'Recipients',
    costTitle: 'Cost',
    byDay: 'By day of sending',
    byCountry: 'By country',
    bySender: 'By sender',
    noCountry: 'No single country',
    more: (count: number) => `and ${number(count)} more`,
    clock: (timeZone: string) =>
      `Days on the clock of ${timeZone}. A batch counts on the day it was started, with what has become of it until now.`,
    unreadable: (command: string) =>
      `I cannot read that time. Write \`${command} report today\`, \`${command} report 7d\` or \`${command} report 2026-11-01..2026-11-20\`: at most 366 days, the first day first.`,
  },

  comparison: {
    button: 'Compare with Buka',
    coming: 'I am asking Buka for its records of that time. The comparison comes as a direct message.',
    alreadyComing: 'This comparison is being made already. It comes as a direct message.',
    stopping: 'This comparison is being stopped. Ask for it again in a minute.',
    tooMany: (most: number) =>
      `${most === 1 ? 'A comparison is' : `${number(most)} comparisons are`} being made for you, and that is the most at once. This one was not begun. Ask for it again once you have got the other.`,
    title: (from: string, to: string) =>
      from === to ? `Compared with Buka: ${from}` : `Compared with Buka: ${from} to ${to}`,
    more: (count: number) => `and ${number(count)} more, in the file below`,
    none: 'Buka’s records and ours say the same of every text.',
    noDays: 'Nothing could be compared.',
    kinds: {
      uncertain: 'Buka has a record of a text that we hold as unknown',
      perhaps_ours: 'Buka has it; it could be a text of ours that is not proved, and we do not guess',
      only_theirs: 'Buka has it and we do not',
      only_ours: 'We have it and Buka does not',
      no_record_yet: 'Sent, and Buka shows no record of it yet: it may be in its queue',
      outcome: 'The outcomes differ',
    },
    theirs: { delivered: 'Delivered', sending: 'Sending', failed: 'Failed', unknown: 'Unknown' },
    batch: (id: string) => `batch ${id}`,
    weSay: (status: string) => `we say ${status}`,
    theySay: (status: string) => `Buka says ${status}`,
    all: 'Every difference, with whole numbers.',
    leftOut: (days: number, kept: number) =>
      `Buka keeps records for ${number(kept)} days: the first ${number(days)} ${plural(days, { one: 'day', other: 'days' })} of this time could not be compared.`,
    columns: {
      kind: 'Difference',
      number: 'Phone number',
      batch: 'Batch',
      ours: 'We say',
      theirs: 'Buka says',
      messageId: 'Message ID',
    },
  },

  apologies: {
    export: {
      recipients: (id: string) => `I cannot bring you the file of batch ${id}.`,
      left_out: (id: string) => `I cannot bring you the file of what was left out of batch ${id}.`,
    },
    comparison: (from: string, to: string) =>
      from === to
        ? `I cannot bring you the comparison with Buka for ${from}.`
        : `I cannot bring you the comparison with Buka for ${from} to ${to}.`,
    review: (id: string) => `I cannot show you the review of batch ${id}.`,
    stoppedBot:
      'Working on it has stopped the bot twice, so it was put aside and is not begun again by itself. Texts are sent all the same. Show this message to your administrator: when the cause is mended, it can be tried once more.',
    noPermission: (code: string) =>
      `Slack says that I lack a permission (${code}). Ask your administrator to install the app again with all scopes of its manifest, \`files:write\` among them; then ask for it again.`,
    noUploads: (code: string) =>
      `Files may not be uploaded in this workspace (${code}). Ask your administrator to allow CSV files from this app; then ask for it again.`,
    refused: (code: string) =>
      `Slack refuses it (${code}). Ask for it again; if that fails as well, show this message to your administrator.`,
    stopped: (person: string) =>
      `${person} stopped it before it was done. Ask for it again if you still need it.`,
    /** Whoever runs the bot, in place of a person. */
    operator: 'The operator of the bot',
    failing:
      'It has failed several times, and no part of it was shown to anybody. Ask for it again in a few minutes; if that fails as well, show this message to your administrator: the reason is in the bot’s log.',
  },

  exports: {
    button: 'Export',
    leftOutButton: 'Export left out',
    confirm: {
      title: 'Export the recipients?',
      text: 'A CSV file with whole numbers comes into the thread of the report: everyone in that channel can open it.',
      ok: 'Export',
      cancel: 'Not now',
    },
    coming: (rows: number) =>
      `The file with ${number(rows)} ${plural(rows, { one: 'line', other: 'lines' })} is being made. It comes into the thread of the report.`,
    alreadyComing:
      'This file is being made already. It comes into the thread of the report, or to you as a direct message.',
    stopping: 'This export is being stopped. Ask for it again in a minute.',
    tooMany: (most: number) =>
      `${number(most)} ${plural(most, { one: 'file is', other: 'files are' })} being made for you, and that is the most at once. This one was not begun. Ask for it again once you have got one of them.`,
    nothing: {
      recipients: 'There is nothing to export: this batch has no recipients.',
      left_out: 'There is nothing to export: no row of the list was left out.',
    },
    comment: {
      recipients: (person: string, id: string, rows: number) =>
        `${person} exported batch ${id}: ${number(rows)} ${plural(rows, { one: 'recipient', other: 'recipients' })}, as things stood now.`,
      left_out: (person: string, id: string, rows: number) =>
        `${person} exported what was left out of batch ${id}: ${number(rows)} ${plural(rows, { one: 'row', other: 'rows' })}. Mend the numbers in the first column and send the file as a new list. A row that repeats a number has none there: that number was on the list already.`,
    },
    moreColumns: (count: number) =>
      `… and ${number(count)} more ${plural(count, { one: 'column', other: 'columns' })}: see your list`,
    endsHere: (megabytes: number) =>
      `This file ends here: an export has ${number(megabytes)} MB at most. Split the list, or delete columns of it that you do not need.`,
    columnsGone: (files: string) =>
      `The columns of ${files} are missing, since Slack no longer has the file.`,
    direct: {
      shared: (channel: string) =>
        `It comes to you alone, since ${channel} is shared with another organisation.`,
      archived: (channel: string) => `It comes to you alone, since ${channel} is archived.`,
      not_member: (channel: string) =>
        `It comes to you alone, since the bot is not in ${channel}. Invite it there for the next one.`,
      not_found: (channel: string) =>
        `It comes to you alone, since the bot cannot write in ${channel} any more. Invite it there for the next one.`,
      unknown: (channel: string) =>
        `It comes to you alone, since Slack did not say who reads ${channel}. Share it there yourself if all of them may see the numbers.`,
    },
    pasted: 'pasted',
    columns: {
      line: 'Line',
      file: 'File',
      number: 'Phone number',
      status: 'Status',
      reason: 'Reason',
      sendAttempt: 'Attempt',
      submitted: (timeZone: string) => `Submitted (${timeZone})`,
      settled: (timeZone: string) => `Outcome (${timeZone})`,
      segments: 'Segments charged',
      cost: 'Cost',
      currency: 'Currency',
      orderId: 'Order ID',
      messageId: 'Message ID',
      mend: 'Phone number (mend here)',
      why: 'Why left out',
      leftOutOf: 'Left out of',
      leftOutAt: 'Left out at line',
    },
  },
};
