import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Running } from '../../supervise';
import { DatabaseError } from '../errors';
import { type Identity, SERVER_ENV } from './choose-identity';
import { keepLog } from './keep-log';
import type { EmbeddedPaths } from './paths';
import { serverSettings } from './server-settings';

interface LaunchOptions {
  native: string;
  paths: EmbeddedPaths;
  identity: Identity;
  fsync: boolean;
  /** The process id in an old lock file where another program has it now; see `end-orphan.ts`. */
  reusedPid: number | null;
}

/** After a crash the server reads its write-ahead log: 2 GB at most, at tens of MB a second on a slow disk. */
const START_DEADLINE_MS = 300_000;
/** A fast stop writes dirty pages, 256 MB at most. If that takes longer, the next start reads the log instead. */
const FAST_STOP_MS = 5_000;
const IMMEDIATE_STOP_MS = 2_000;

/**
 * The shell starts a watchdog and becomes the server. The watchdog waits for the end of fd 3, whose other end only the
 * bot holds: so it fires however the bot dies. It is a grandchild, because PostgreSQL warns about a child that it did
 * not start, and it ignores the signals that a terminal or a service manager sends to the whole group.
 */
const WATCHED = `
( ( trap '' HUP INT TERM; cd /; read -r _; kill -INT $$ ) <&3 >/dev/null 2>&1 & )
exec "$@" 3<&-
`;

/** The processes of a killed server notice within seconds that it is gone, and end. */
const LEFTOVER_PATIENCE_MS = 30_000;
const LEFTOVER_RETRY_MS = 250;

/**
 * Starts the server and waits until it takes connections. Throws DatabaseError `server_not_started`. `ended` settles when
 * the server and all its processes have ended, and never rejects. `end` takes 7 s at most.
 */
export async function launchServer(options: LaunchOptions): Promise<Running> {
  const deadline = Date.now() + LEFTOVER_PATIENCE_MS;
  for (;;) {
    const result = await launchOnce(options);
    if ('ended' in result) return result;
    const leftover = result.said.includes('pre-existing shared memory block');
    if (!leftover || Date.now() > deadline) throw notStarted(options.paths, result.said);
    await pause(LEFTOVER_RETRY_MS);
  }
}

function notStarted({ base, logFile }: EmbeddedPaths, said: string): DatabaseError {
  const lines = said.trim().split('\n').slice(-5).join('\n  ');
  return new DatabaseError(
    'server_not_started',
    `PostgreSQL did not start on the data in ${base} (its log is ${logFile}). Its last lines:\n  ${lines}`,
  );
}

async function launchOnce(options: LaunchOptions): Promise<Running | { said: string }> {
  const child = spawnServer(options);
  const log = keepLog(options.paths.logFile);
  let said = '';
  const ready = new Promise<'ready'>((resolve) => {
    const listen = (text: string) => {
      log(text);
      said = (said + text).slice(-4_000);
      if (said.includes('database system is ready to accept connections')) resolve('ready');
    };
    child.stdout?.setEncoding('utf8').on('data', listen);
    child.stderr?.setEncoding('utf8').on('data', listen);
  });
  const ended = new Promise<void>((resolve) => {
    // Without a process there is no `close` event; with one, an error is about a signal that came too late.
    child.once('error', (error) => {
      said += error.message;
      if (child.pid === undefined) resolve();
    });
    child.once('close', () => resolve());
  });
  const end = () => endServer(child, ended);
  const first = await Promise.race([ready, ended, pause(START_DEADLINE_MS, 'late', { ref: false })]);
  if (first === 'ready') return { ended, end };
  if (first === 'late') await end();
  return { said };
}

function spawnServer({ native, paths, identity, fsync, reusedPid }: LaunchOptions): ChildProcess {
  const settings = Object.entries(serverSettings(paths.socketDir, fsync));
  const server = [path.join(native, 'bin/postgres'), '-D', paths.cluster];
  for (const [name, value] of settings) server.push('-c', `${name}=${value}`);
  const [command = '', ...words] = [...identity.prefix, '/bin/sh', '-c', WATCHED, 'sh', ...server];
  const child = spawn(command, words, {
    // PostgreSQL takes no process of this id for another server; the variable was made for pg_ctl.
    env: { ...SERVER_ENV, ...(reusedPid ? { PG_GRANDPARENT_PID: String(reusedPid) } : {}) },
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    // A process group of its own: Ctrl-C goes to the bot, which stops the server when its turn comes.
    detached: true,
  });
  // The watchdog may be gone before our end of the pipe is closed.
  child.stdio[3]?.on('error', () => undefined);
  child.once('exit', () => child.stdio[3]?.destroy());
  return child;
}

async function endServer(child: ChildProcess, ended: Promise<void>): Promise<void> {
  for (const [signal, withinMs] of [
    ['SIGINT', FAST_STOP_MS],
    ['SIGQUIT', IMMEDIATE_STOP_MS],
  ] as const) {
    child.kill(signal);
    const gone = await Promise.race([ended.then(() => true), pause(withinMs, false, { ref: false })]);
    if (gone) return;
  }
}
