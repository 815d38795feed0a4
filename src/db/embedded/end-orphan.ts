import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const EACH_SIGNAL_MS = 10_000;
const CHECK_EVERY_MS = 50;

/**
 * Ends a server that outlived its bot, so that a new one can start. That happens only where the watchdog was killed
 * too. Only the process that holds the lock of the directory may call this.
 *
 * Returns the process id in PostgreSQL's lock file where another program has that id now, else null: PostgreSQL would
 * take that program for a server and refuse to start. The lock file stays: PostgreSQL needs it to see whether processes
 * of the old server still use its shared memory.
 */
export async function endOrphan(cluster: string): Promise<number | null> {
  const pid = await lockFilePid(cluster);
  if (pid === null || !isAlive(pid)) return null;
  if (!(await serves(pid, cluster))) return pid;
  // A fast stop, then one without a checkpoint, then by force. None of them loses what was committed.
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (await endedBy(signal, pid)) break;
  }
  return null;
}

async function endedBy(signal: NodeJS.Signals, pid: number): Promise<boolean> {
  if (isAlive(pid)) process.kill(pid, signal);
  for (let waitedMs = 0; waitedMs < EACH_SIGNAL_MS; waitedMs += CHECK_EVERY_MS) {
    if (!isAlive(pid)) return true;
    await pause(CHECK_EVERY_MS);
  }
  return false;
}

/** The first line of `postmaster.pid`; null when there is no such file. */
async function lockFilePid(cluster: string): Promise<number | null> {
  const text = await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return Number.isInteger(pid) && pid > 1 ? pid : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** True where the process was started for this cluster: its command line names the directory. */
async function serves(pid: number, cluster: string): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => commandByPs(pid));
  return command.includes(cluster);
}

/** For systems without `/proc`. */
async function commandByPs(pid: number): Promise<string> {
  const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'args=', '-p', String(pid)]);
  return stdout;
}
