import type { ActOptions } from '@bulk-sms/playground/slack/people/act';
import type { Entry } from '@bulk-sms/playground/slack/people/fill';
import type { Person } from '@bulk-sms/playground/slack/people/person';
import type { SlackView } from '@bulk-sms/playground/slack/workspace/shapes';
import { sampleCsv } from '../setup/sample-files';
import type { TestSystem } from '../setup/test-system';

export const ANNA = 'U0ANNA0001';
export const BEN = 'U0BEN00001';
const FIRST_NUMBER = 13_800_000_000;
const WAIT = { timeoutMs: 240_000 };

export interface List {
  good: number;
  bad?: number;
  duplicates?: number;
}

/** A person (Anna) drafts a list in a modal, reads the review and presses Send. Returns the numbers it must reach. */
export async function sendList(
  system: TestSystem,
  list: List,
  how: ActOptions = {},
  personId = ANNA,
): Promise<string[]> {
  const { slack } = system;
  const person = slack.as(personId);
  const compose = await openForm(system, personId, how);
  const content = { Message: 'Flash sale until Sunday', 'Recipients file': filesOf(list) };
  await press(person, compose, content, how);
  const review = await slack.waitFor(() => reviewOf(person.modal()), WAIT);
  await press(person, review, {}, how);
  return Array.from({ length: list.good }, (_, index) => `+86${FIRST_NUMBER + index}`);
}

/** A file of 10 MB holds somewhat more. */
const ROWS_A_FILE = 300_000;

/** The first file has the bad rows and the duplicates as well. */
function filesOf({ good, ...rest }: List): { name: string; content: Buffer }[] {
  return Array.from({ length: Math.ceil(good / ROWS_A_FILE) }, (_, index) => {
    const first = index * ROWS_A_FILE;
    const part = { good: Math.min(ROWS_A_FILE, good - first), firstNumber: FIRST_NUMBER + first };
    const content = sampleCsv({ bad: 0, duplicates: 0, bom: true, ...part, ...(index === 0 ? rest : {}) });
    return { name: index === 0 ? 'list.csv' : `list-${index + 1}.csv`, content };
  });
}

/** Slack waits three seconds for a window, and a busy machine may need more: who sees none asks again. */
async function openForm({ slack }: TestSystem, personId: string, how: ActOptions): Promise<SlackView> {
  const person = slack.as(personId);
  for (let attempt = 1; ; attempt += 1) {
    await person.command('/sms send', slack.channel('marketing').id, deliveredOnly(how));
    try {
      return await slack.waitFor(() => person.modal(), { timeoutMs: 15_000 });
    } catch (error) {
      if (attempt === 4) throw error;
    }
  }
}

/** A person who sees Slack's own error, because the bot was too late, presses again. The modal is still one batch. */
async function press(person: Person, view: SlackView, entries: Record<string, Entry>, how: ActOptions) {
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    const { acked } = await person.submit(view.id, entries, how);
    const isThere = person.modal()?.id === view.id && person.modal()?.submit?.text === view.submit?.text;
    if (acked || !isThere) return;
  }
}

/** Two commands at once are two modals, and nobody's mistake; one that is delivered twice is. */
const deliveredOnly = ({ deliverTwice = false }: ActOptions): ActOptions => ({ deliverTwice });

function reviewOf(view: SlackView | null): SlackView | null {
  return view?.submit?.text.startsWith('Send ') ? view : null;
}
