import { createFormats } from './formats';

/** What an admin reads about what people use, and about the levers. */
const { number, plural } = createFormats('en-US');

const batches = (count: number) => `${number(count)} ${plural(count, { one: 'batch', other: 'batches' })}`;
const texts = (count: number) => `${number(count)} ${plural(count, { one: 'message', other: 'messages' })}`;
const drafts = (count: number) => `${number(count)} ${plural(count, { one: 'draft', other: 'drafts' })}`;
const rows = (count: number) => `${number(count)} ${plural(count, { one: 'row', other: 'rows' })}`;
const exportsOf = (count: number) => `${number(count)} ${plural(count, { one: 'export', other: 'exports' })}`;

export const enAdmin = {
  admin: {
    title: 'Administer',
    use: (days: number) => `Who used most in the last ${number(days)} days`,
    nobody: 'Nobody has used the bot.',
    sent: (count: number, messages: number) => `${batches(count)}, ${texts(messages)}`,
    outcomes: (delivered: number, failed: number) =>
      `${number(delivered)} delivered, ${number(failed)} failed`,
    cost: (sums: string) => `cost ${sums}`,
    files: (count: number) => `${exportsOf(count)} or comparisons asked for`,
    open: (count: number, listed: number) => `open: ${drafts(count)} with ${rows(listed)}`,
    drafts: 'Open drafts',
    noDrafts: 'No draft is open.',
    draft: (id: string, person: string, begunAt: string, listed: number) =>
      `Draft ${id} of ${person}, begun ${begunAt}, ${rows(listed)}`,
    requests: 'Exports and comparisons',
    noRequests: 'None waits or runs.',
    export: (batchId: string, person: string, since: string) =>
      `Export of batch ${batchId} for ${person}, since ${since}`,
    comparison: (person: string, since: string) => `Comparison for ${person}, since ${since}`,
    stops: 'it stops',
    blockedPeople: 'Blocked people',
    nobodyBlocked: 'Nobody is blocked.',
    blockedSince: (person: string, since: string, by: string) => `${person}, since ${since}, by ${by}`,
    operator: 'an operator',
    isBlocked: 'blocked',
    more: (count: number) => `Only ${number(count)} are shown. Whoever runs the bot sees all of them.`,
    delete: 'Delete',
    stop: 'Stop',
    block: 'Block',
    unblock: 'Unblock',
    cancel: 'Leave it',
    confirmDelete: { title: 'Delete the draft?', text: 'Nothing of it was sent. Its writer is told.' },
    confirmStop: { title: 'Stop it?', text: 'What was made of it is deleted. Who asked for it is told.' },
    confirmBlock: {
      title: 'Block this person?',
      text: 'They may do and see nothing in this bot, at once. Their open drafts are deleted and their exports stop. What is being sent goes on.',
    },
    confirmUnblock: { title: 'Unblock this person?', text: 'They may use the bot again as before.' },
    deleted: (id: string) => `Draft ${id} is deleted. Its writer is told.`,
    alreadyStarted: (id: string) =>
      `Batch ${id} was sent meanwhile. You may pause or cancel it on its status message.`,
    alreadyClosed: (id: string) => `Draft ${id} is closed already.`,
    stopping: 'It stops within seconds. Who asked for it is told.',
    ended: 'It has ended already.',
    blocked: (closed: number, stopped: number) =>
      `Blocked. ${drafts(closed)} deleted, ${exportsOf(stopped)} or comparisons stopped.`,
    sending: (count: number) =>
      `${batches(count)} of theirs ${plural(count, { one: 'goes', other: 'go' })} on; you may pause or cancel each on its status message.`,
    alreadyBlocked: 'This person is blocked already.',
    oneself: 'Nobody can block themselves. Ask another admin.',
    unknownPerson: 'This workspace has no such person.',
    unblocked: 'This person may use the bot again.',
    notBlocked: 'This person is not blocked.',
  },
};
