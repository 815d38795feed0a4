import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseError } from '../errors';
import { type Identity, SERVER_ENV } from './identify';
import { keepLog } from './keep-log';
import type { Places } from './paths';
import { serverSettings } from './tune';

export interface LaunchOptions {
  native: string;
  places: Places;
  identity: Identity;
  fsync: boolean;
  /** A process id in an old lock file that is not a server's; see `end-orphan.ts`. */
  strangerPid: number | null;
}

export interface RunningServer {
  /** Settles when the server and all its processes have ended, whoever ended them. Never rejects. */
  ended: Promise<void>;
  /** Ends it, within 7 s. */
  end(): Promise<void>;
}

/** Reading the log of a crash takes its time: 2 GB at most, at tens of MB a second on a slow disk. */
const START_DEADLINE_MS = 300_000;
/** Writes what is dirty, at most 256 MB. After that the log has to do, at the next start. */
const FAST_STOP_MS = 5_000;
const IMMEDIATE_STOP_MS = 2_000;

/**
 * The shell leaves a watchdog and becomes the server. The watchdog waits for the end of fd 3, whose other end
 * only the bot holds: so it fires however the bot dies. It is a grandchild, since PostgreSQL would wonder
 * about a child that it did not make, and deaf to the signals that a terminal or a service manager sends to all.
 */
const WATCHED = `
( ( trap '' HUP INT TERM; cd /; read -r _; kill -INT $$ ) <&3 >/dev/null 2>&1 & )
exec "$@" 3<&-
`;

/** Processes of a killed server notice within seconds that it is gone. */
const LEFTOVER_PATIENCE_MS = 30_000;
const LEFTOVER_AGAIN_MS = 250;

/** Starts the server and waits until it takes connections. Throws DatabaseError `server_not_started`. */
export async function launchServer(options: LaunchOptions): Promise<RunningServer> {
  const attemptUntil = Date.now() + LEFTOVER_PATIENCE_MS;
  for (;;) {
    const result = await launchOnce(options);
    if ('ended' in result) return result;
    // What is left of a killed server goes by itself, as soon as its processes notice.
    const leftover = result.said.includes('pre-existing shared memory block');
    if (!leftover || Date.now() > attemptUntil) throw notStarted(options.places, result.said);
    await pause(LEFTOVER_AGAIN_MS);
  }
}

function notStarted({ base, logFile }: Places, said: string): DatabaseError {
  const lines = said.trim().split('\n').slice(-5).join('\n  ');
  return new DatabaseError(
    'server_not_started',
    `PostgreSQL did not start on the data in ${base} (its log is ${logFile}). It said last:\n  ${lines}`,
  );
}

async function launchOnce(options: LaunchOptions): Promise<RunningServer | { said: string }> {
  const child = spawnServer(options);
  const log = keepLog(options.places.logFile);
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
    // Without a process there is no `close`; with one, an error is about a signal that came too late.
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

function spawnServer({ native, places, identity, fsync, strangerPid }: LaunchOptions): ChildProcess {
  const settings = Object.entries(serverSettings(places.socketDir, fsync));
  const server = [path.join(native, 'bin/postgres'), '-D', places.cluster];
  for (const [name, value] of settings) server.push('-c', `${name}=${value}`);
  const [command = '', ...words] = [...identity.prefix, '/bin/sh', '-c', WATCHED, 'sh', ...server];
  const child = spawn(command, words, {
    // PostgreSQL takes no process of this number for a rival; it was made for pg_ctl.
    env: { ...SERVER_ENV, ...(strangerPid ? { PG_GRANDPARENT_PID: String(strangerPid) } : {}) },
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C is for the bot, which then stops the server in its order.
    detached: true,
  });
  // The watchdog may be gone before our end is closed.
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
