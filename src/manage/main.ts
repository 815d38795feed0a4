import { existsSync } from 'node:fs';
import { CommanderError } from 'commander';
import { parseAddressConfig, parseDatabaseConfig } from '../config';
import { createLog } from '../log';
import { createBotDatabase } from './bot-database';
import { createProgram } from './create-program';
import { explainFailure } from './explain-failure';
import { openBotSecrets } from './open-bot-secrets';

/** `npm run manage`: what operators do beside the running bot. Ends with code 1 and a sentence where it fails. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const database = createBotDatabase(() => parseDatabaseConfig(process.env), createLog('silent'));
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  try {
    await createProgram({
      open: database.open,
      openSecrets: () => openBotSecrets(parseAddressConfig(process.env)),
      publicUrl: () => parseAddressConfig(process.env).publicUrl,
      print,
    }).parseAsync(process.argv);
  } catch (error) {
    // The library has printed it: help, or what is wrong with the command line.
    if (error instanceof CommanderError) process.exitCode = error.exitCode;
    else {
      process.stderr.write(`${explainFailure(error)}\n`);
      process.exitCode = 1;
    }
  } finally {
    await database.close();
  }
}

void main();
