import type { BenchSystem } from '../bench-system';

const BEN = 'U0BEN00001';
const WAIT = { timeoutMs: 300_000 };
/** Slack waits no longer for an answer; then a person types the command again. */
const FORM_WITHIN = { timeoutMs: 3_500 };
const TRIES = 20;

/** Ben drafts a batch of one number and discards it. Returns how long he waited for the review, in milliseconds. */
export async function draftAndDiscard({ slack }: BenchSystem): Promise<number> {
  const ben = slack.as(BEN);
  const started = performance.now();
  const form = await openForm(slack);
  await ben.submit(form.id, { Message: 'Good morning', 'Or paste numbers': '+8613800000000' });
  const review = await slack.waitFor(() => {
    const view = ben.modal();
    return view?.submit?.text.startsWith('Send ') ? view : null;
  }, WAIT);
  const waited = performance.now() - started;
  await ben.close(review.id);
  return waited;
}

async function openForm(slack: BenchSystem['slack']) {
  const ben = slack.as(BEN);
  for (let tryNumber = 1; tryNumber <= TRIES; tryNumber += 1) {
    await ben.command('/sms send', slack.channel('marketing').id);
    const form = await slack.waitFor(() => ben.modal(), FORM_WITHIN).catch(() => null);
    if (form) return form;
  }
  throw new Error(`The form did not open in ${TRIES} tries.`);
}
