import { type Command, InvalidArgumentError } from 'commander';
import type { Knex } from 'knex';
import { listPeopleUse, type PersonUse } from '../../batches/administering/list-use';
import { operator } from '../../tenants/actor';
import { chooseWorkspaces } from '../choose-workspaces';
import type { CommandContext } from '../command-context';
import { MOST_SHOWN, printList } from '../print-list';

/** As in `/sms report`. */
const MOST_DAYS = 366;

/** `manage usage`: who uses how much. */
export function addUsage(program: Command, { open, print }: CommandContext): void {
  program
    .command('usage')
    .description('who has used how much in the last days, and has what open now')
    .option('--days <number>', 'of so many days', readDays, 7)
    .option('--workspace <id>', 'of this workspace alone (T…)')
    .action(async (asked: { days: number; workspace?: string }) => showUsage(await open(), asked, print));
}

function readDays(written: string): number {
  const days = Number(written);
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return days;
  throw new InvalidArgumentError(`A whole number from 1 to ${MOST_DAYS}.`);
}

async function showUsage(
  db: Knex,
  { days, workspace }: { days: number; workspace?: string },
  print: (line: string) => void,
): Promise<void> {
  const rows: string[][] = [];
  for (const { id, slackTeamId } of await chooseWorkspaces(db, workspace)) {
    const people = await listPeopleUse({ db, reads: db }, operator(id), { days, limit: MOST_SHOWN });
    for (const person of people) rows.push([slackTeamId, ...cellsOf(person)]);
  }
  const headings = [
    ...['workspace', 'user', 'batches', 'texts', 'delivered', 'failed', 'cost', 'files'],
    ...['drafts', 'rows of drafts', 'running', 'blocked'],
  ];
  printList(print, `Nobody has used the bot in the last ${days} days.`, headings, rows);
}

const cellsOf = (one: PersonUse): string[] => [
  one.externalId,
  ...[one.batches, one.texts, one.delivered, one.failed].map(String),
  one.costs.map(({ currency, cost }) => `${cost} ${currency}`).join(' + ') || '-',
  ...[one.files, one.drafts, one.draftRows, one.requests].map(String),
  one.isBlocked ? 'yes' : '-',
];
