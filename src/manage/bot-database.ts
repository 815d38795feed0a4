import type { Knex } from 'knex';
import type { DatabaseConfig } from '../config';
import { type Database, openDatabase } from '../db/connect';
import { runningEmbedded } from '../db/embedded/running-embedded';
import type { Log } from '../log';

interface BotDatabase {
  open(): Promise<Knex>;
  close(): Promise<void>;
}

/** Commands are short, and one runs at a time. */
const POOL_SIZE = 2;

/**
 * The bot's database for one command, opened when it is first needed: help needs none. The embedded one is used beside a
 * running bot, or started for the command where no bot runs.
 */
export function createBotDatabase(readConfig: () => DatabaseConfig, log: Log): BotDatabase {
  let opening: Promise<Database> | undefined;
  return {
    open: async () => {
      opening ??= openBotDatabase(readConfig(), log);
      return (await opening).knex;
    },
    close: async () => {
      const database = await opening?.catch(() => undefined);
      await database?.close();
    },
  };
}

async function openBotDatabase({ databaseUrl, dataDir }: DatabaseConfig, log: Log): Promise<Database> {
  const url = databaseUrl ?? (await runningEmbedded(dataDir)) ?? undefined;
  return openDatabase({ databaseUrl: url, dataDir, poolSize: POOL_SIZE, log });
}
