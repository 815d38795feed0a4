import type { Buka } from '../buka/facade';
import type { Slack } from '../slack/start-slack';
import type { SlackMessage } from '../slack/workspace/shapes';
import { makeSampleLists } from './sample-lists';
import { closeWhileReading, sendAsPerson } from './send-as-person';

const ANNA = 'U0ANNA0001';
const BEN = 'U0BEN00001';
/** The channels of the local workspace in which a batch may have been sent. */
const CHANNELS = ['general', 'marketing', 'launch-plans', 'random'];

/** The bot's ids on the wire: the buttons below a batch or a review, and the buttons that show its state. */
const IDS = {
  buttons: 'sms_batch_actions',
  resume: 'sms_resume',
  retry: ['sms_retry_failed', 'sms_retry_not_told', 'sms_retry_permanent'],
};

/**
 * Fills the demo with batches in four states, each made in the local Slack as people do it: one completed with some
 * failed, one with uncertain recipients, one paused, and a review that waits as a direct message. Takes 10 to 20
 * seconds. If there is a batch already, does nothing and returns 'already_there'. Throws if the bot
 * refuses a form or does not respond. The faults that it sets are off afterwards, also after an error.
 */
export async function makeSampleBatches(slack: Slack, buka: Buka): Promise<'made' | 'already_there'> {
  if (hasBatch(slack)) return 'already_there';
  try {
    await uncertain(slack, buka);
    await completed(slack, buka);
    await paused(slack, buka);
    // The last one: with it Anna has a draft open, and may have no other.
    await reviewAsDirectMessage(slack);
  } finally {
    slack.faults.clear('fileNotReady');
    buka.faults.clear('dropBefore');
    buka.faults.clear('outOfBalance');
  }
  return 'made';
}

/** The list of the tour: Buka refuses one of its numbers and fails another. */
async function completed(slack: Slack, buka: Buka): Promise<void> {
  const marketing = slack.channel('marketing').id;
  await sendAsPerson(slack, slack.as(ANNA), marketing, {
    text: 'Flash sale this weekend: 20% off everything in store. Show this text at the till.',
    list: { file: sampleList('customers.csv') },
  });
  await slack.waitFor(() => {
    // Messages that were accepted since the last change in Slack become final at once.
    buka.deliverNow();
    return slack.messages(marketing).some((message) => IDS.retry.some((id) => contains(message, id)));
  });
}

/** The connection breaks before Buka accepts anything. Only Buka knows that, so the recipients stay uncertain. */
async function uncertain(slack: Slack, buka: Buka): Promise<void> {
  buka.faults.set('dropBefore', { times: 1 });
  await sendAsPerson(slack, slack.as(BEN), slack.channel('marketing').id, {
    text: 'Your table is booked for 19:30 tonight.',
    list: { pasted: exampleNumbers(0, 8) },
  });
  await slack.waitFor(() => buka.faults.current().dropBefore === undefined);
}

/** Buka says that the account is empty. Resume sends the batch after the fault is off. */
async function paused(slack: Slack, buka: Buka): Promise<void> {
  const general = slack.channel('general').id;
  buka.faults.set('outOfBalance');
  await sendAsPerson(slack, slack.as(ANNA), general, {
    text: 'Your parcel arrives today between 14:00 and 16:00.',
    list: { pasted: exampleNumbers(20, 12) },
  });
  await slack.waitFor(() => slack.messages(general).some((message) => contains(message, IDS.resume)));
}

/** While Slack still processes the file, the bot keeps reading, and the form can be closed. */
async function reviewAsDirectMessage(slack: Slack): Promise<void> {
  const anna = slack.as(ANNA);
  slack.faults.set('fileNotReady');
  await closeWhileReading(slack, anna, slack.channel('marketing').id, {
    text: 'We open our new shop on Saturday at ten. Coffee is on us.',
    list: { file: sampleList('customers-nasty.csv') },
  });
  slack.faults.clear('fileNotReady');
  await slack.waitFor(() => slack.messages(anna.direct()).some((message) => contains(message, IDS.buttons)));
}

/** A batch or a waiting review shows its buttons in a channel or to a person alone. */
function hasBatch(slack: Slack): boolean {
  const conversations = [
    ...CHANNELS.map((name) => slack.channel(name).id),
    ...slack.people.map(({ id }) => slack.as(id).direct()),
  ];
  return conversations.flatMap(slack.messages).some((message) => contains(message, IDS.buttons));
}

/** Whether a block or a button of the message has this id. */
function contains({ blocks = [] }: SlackMessage, id: string): boolean {
  return JSON.stringify(blocks).includes(`"${id}"`);
}

function sampleList(wanted: string): { name: string; content: Buffer } {
  const found = makeSampleLists().find(({ name }) => name === wanted);
  if (!found) throw new Error(`There is no sample list ${wanted}.`);
  return found;
}

/** From +1 202 555 0100 on: 0100 to 0199 are reserved for examples (NANPA, 555 line numbers). */
function exampleNumbers(first: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `+1202555${String(100 + first + i).padStart(4, '0')}`);
}
