import type { Entry } from '../slack/people/fill';
import type { Person } from '../slack/people/person';
import type { Slack } from '../slack/start-slack';
import type { SlackView } from '../slack/workspace/shapes';

/** A batch as a person writes it in the form: the text, and the recipients as a file or as pasted numbers. */
interface WrittenBatch {
  text: string;
  list: { file: { name: string; content: Buffer } } | { pasted: string[] };
}

/** The ids of the bot's modals and fields. Their labels depend on the person's language. */
const VIEWS = { compose: 'sms_compose', reading: 'sms_reading', review: 'sms_review' };
const FIELDS = { text: 'sms_message', file: 'sms_file', pasted: 'sms_paste' };

/** A bot that has just started may miss Slack's three seconds. A person would then try again. */
const TRIES = 5;
const FORM_WITHIN_MS = 4_000;

/**
 * Types `/sms send` in a channel, fills in the form, and presses Send on the review. Throws if the bot does not answer.
 */
export async function sendAsPerson(
  slack: Slack,
  person: Person,
  channelId: string,
  batch: WrittenBatch,
): Promise<void> {
  await submitForm(slack, person, channelId, batch);
  const review = await slack.waitFor(() => viewOf(person, VIEWS.review));
  await submitUntilTaken(person, review.id);
  await slack.waitFor(() => person.modal() === null);
}

/** Submits the form and closes it while the bot still reads the list: the review then comes as a direct message. */
export async function closeWhileReading(
  slack: Slack,
  person: Person,
  channelId: string,
  batch: WrittenBatch,
): Promise<void> {
  await submitForm(slack, person, channelId, batch);
  const reading = await slack.waitFor(() => viewOf(person, VIEWS.reading));
  await person.close(reading.id);
}

async function submitForm(slack: Slack, person: Person, channelId: string, batch: WrittenBatch) {
  const form = await openForm(slack, person, channelId);
  await submitUntilTaken(person, form.id, entriesOf(batch));
}

async function openForm(slack: Slack, person: Person, channelId: string): Promise<SlackView> {
  for (let tries = 0; tries < TRIES; tries++) {
    await person.command('/sms send', channelId);
    const isOpen = () => viewOf(person, VIEWS.compose);
    const form = await slack.waitFor(isOpen, { timeoutMs: FORM_WITHIN_MS }).catch(() => null);
    if (form) return form;
  }
  throw new Error(`The bot opened no form for ${person.id} in ${TRIES} tries.`);
}

/** One form makes one batch, even if it is submitted several times. */
async function submitUntilTaken(person: Person, viewId: string, entries?: Record<string, Entry>) {
  let problem: string | null = null;
  for (let tries = 0; tries < TRIES; tries++) {
    const seen = await person.submit(viewId, entries);
    const errors = Object.values(seen.errors);
    if (errors.length > 0) throw new Error(`The bot refused the form: ${errors.join(' ')}`);
    if (seen.acked) return;
    problem = seen.problem;
  }
  throw new Error(`The bot did not take a form in ${TRIES} tries: ${problem}.`);
}

function entriesOf({ text, list }: WrittenBatch): Record<string, Entry> {
  return 'file' in list
    ? { [FIELDS.text]: text, [FIELDS.file]: [list.file] }
    : { [FIELDS.text]: text, [FIELDS.pasted]: list.pasted.join('\n') };
}

function viewOf(person: Person, callbackId: string): SlackView | null {
  const front = person.modal();
  return front?.callback_id === callbackId ? front : null;
}
