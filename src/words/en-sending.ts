import type { FailureClass } from '../providers/failure-codes';
import { createFormats } from './formats';

/** What a person reads about a batch that is being sent: its report, its completion, what stops it. */
const { number, plural } = createFormats('en-US');

const messages = (count: number) =>
  `${number(count)} ${plural(count, { one: 'message', other: 'messages' })}`;

export const enSending = {
  statusMessage: {
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
    batch: (id: string) => `Batch ${id}`,
    countsOnly:
      'You see the counts alone. The text and the recipients are for full members in the channel of the batch, for whoever sent it, and for administrators. If you are one of them, Slack could not say so just now: try again in a minute.',
    countsOnlyInList:
      'Batches without a text show their counts alone: you are not in their channel, are a guest, or Slack could not say so just now.',
    bar: (percent: string) => `${percent} delivered`,
    chart: 'Delivery',
    curve: 'Outcomes over time',
    curveTime: {
      minutes: 'Since the start, minutes:seconds',
      hours: 'Since the start, hours:minutes',
      days: 'Since the start, days',
    },
    pace: (aSecond: number, left: string) => `*Speed* about ${number(aSecond)} a second, ${left} left`,
    countries: (list: string) => `*Countries* ${list}`,
    cost: {
      title: '*Cost*',
      soFar: '*Cost so far*',
      known: (priced: number, taken: number) =>
        priced < taken ? `known for ${number(priced)} of ${messages(taken)}` : `for ${messages(priced)}`,
      segments: (count: number) =>
        `${number(count)} ${plural(count, { one: 'segment', other: 'segments' })} charged`,
      notKnown: 'not known: the provider has reported no price',
      estimated: (count: number) => `*Estimated for ${messages(count)}*`,
      noEstimate: 'no price was known then',
    },
    explain: {
      pending: 'The first messages are about to leave.',
      submitting: 'Messages are being handed to the provider. Those that wait can still be cancelled.',
      submitted: 'No message waits to be sent any more. Delivery reports are coming in.',
      completed: 'Every message is accounted for.',
      completedUnknown: (count: number) =>
        `For ${messages(count)} nobody could prove whether they arrived: they may have. Sending again could double them.`,
      cancelled: (cancelled: number) =>
        `${messages(cancelled)} were held back and will not be sent. What had already gone could not be called back.`,
      unknown: (count: number) =>
        `For ${messages(count)} the provider gave no clear answer. They are not sent again, since that could double them; they are being checked.`,
      unanswered: (why: string) =>
        `The provider could not be asked about them the last time: ${why} I go on asking.`,
      contradicted: (count: number) =>
        `For ${messages(count)} the provider said first that they were delivered and later that they failed. They stay delivered; *Details* shows both.`,
    },
    lastChecked: (when: string) => `Last checked ${when}`,
    neverChecked: 'Not checked yet',
    asked: (when: string, asked: number) =>
      asked > 0
        ? `Asked the provider about ${messages(asked)} at ${when}`
        : `No message was on its way at ${when}`,
    notFound: (count: number) => `it has no record yet of ${number(count)}`,
    notAsked: (count: number) => `it could not be asked about ${number(count)}`,
    moved:
      'This report is here because I cannot write in the channel that you chose. The batch goes on as before.',
    follows: 'This report takes the place of an earlier one, which Slack no longer lets me change.',
    refresh: 'Refresh status',
    details: 'Details',
    pause: 'Pause',
    resume: 'Resume',
    resolve: (count: number) => `Resolve uncertain (${number(count)})`,
    retryFailed: (count: number) => `Retry failed (${number(count)})`,
    retry: {
      temporary: (count: number) => `Retry temporary failures (${number(count)})`,
      not_told: (count: number) => `Retry failures without a reason (${number(count)})`,
      permanent: (count: number) => `Retry permanent failures (${number(count)})`,
    } satisfies Record<FailureClass, (count: number) => string>,
    retryConfirm: {
      title: 'Send to those who failed?',
      text: {
        temporary: (count: number) =>
          `${messages(count)} failed for a reason that may be over, such as a phone that was off. I ask the provider once more; who has got the text by now is left out. The others are sent to again and charged.`,
        not_told: (count: number) =>
          `For ${messages(count)} the provider reported a failure without a reason. I ask it once more; who has got the text by now is left out. The others are sent to again and charged.`,
        permanent: (count: number) =>
          `${messages(count)} failed for a reason that lasts, such as a number that does not exist: most will fail again and may be charged. I ask the provider once more before they are sent to again.`,
      } satisfies Record<FailureClass, (count: number) => string>,
      ok: 'Send again',
      cancel: 'Not now',
    },
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

  alerts: {
    paused: (sender: string, waiting: number) => `${sender} Sending has paused; ${messages(waiting)} wait.`,
    failed: (sender: string) => `${sender} This batch has failed; nothing more of it is sent.`,
    stalled: (sender: string) => `${sender} This batch has not moved for ten minutes.`,
    stalledNext:
      'Nothing is lost. It goes on by itself when what holds it up is over; if it does not, tell your administrator.',
    uncertain: (sender: string, count: number) =>
      `${sender} ${number(count)} ${plural(count, { one: 'recipient is', other: 'recipients are' })} uncertain: the provider gave no clear answer and has no record of them.`,
    uncertainMore: (count: number) => `… and ${number(count)} more: see *Details*.`,
    uncertainNext:
      'They may have received the text, or not: nobody can prove it. *Leave them* keeps them as unknown; *Send again* may double the text for some.',
    unanswered: (sender: string, count: number) =>
      `${sender} ${number(count)} ${plural(count, { one: 'recipient is', other: 'recipients are' })} uncertain: the provider gave no clear answer when they were sent to, and could not be asked about them since.`,
    unansweredNext: (why: string) =>
      `${why} I go on asking, and tell you what comes of it. Nobody is sent to again meanwhile; you need not do anything.`,
    leave: 'Leave them',
    resend: 'Send again (may double)',
    resendConfirm: {
      title: 'Send again?',
      text: (count: number) =>
        `${messages(count)} will be sent and charged. Some of these people may then get the text twice.`,
      ok: 'Send again',
      cancel: 'Not now',
    },
  },
};
