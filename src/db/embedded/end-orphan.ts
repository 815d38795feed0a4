import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const EACH_SIGNAL_MS = 10_000;
const LOOK_EVERY_MS = 50;

/**
 * Ends a server that outlived its owner (both it and its watchdog have to be unlucky for that), so that a new
 * one can start. Only the process that holds the claim may call this.
 *
 * Returns the process id of the lock file when that number belongs to a stranger now, else null: PostgreSQL
 * itself would take the stranger for a server and refuse to start. The lock file stays, for with it
 * PostgreSQL also sees whether processes of the old server are still at its shared memory.
 */
export async function endOrphan(cluster: string): Promise<number | null> {
  const pid = await lockedBy(cluster);
  if (pid === null || !isAlive(pid)) return null;
  if (!(await serves(pid, cluster))) return pid;
  // Fast; then without a checkpoint; then by force. Each of them loses nothing that was committed.
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (await endedBy(signal, pid)) break;
  }
  return null;
}

async function endedBy(signal: NodeJS.Signals, pid: number): Promise<boolean> {
  if (isAlive(pid)) process.kill(pid, signal);
  for (let waitedMs = 0; waitedMs < EACH_SIGNAL_MS; waitedMs += LOOK_EVERY_MS) {
    if (!isAlive(pid)) return true;
    await pause(LOOK_EVERY_MS);
  }
  return false;
}

/** The first line of `postmaster.pid`; null when there is no such file. */
async function lockedBy(cluster: string): Promise<number | null> {
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

/** Whether the process was started to serve this cluster: its command line names the directory. */
async function serves(pid: number, cluster: string): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => commandByPs(pid));
  return command.includes(cluster);
}

/** For systems without `/proc`. */
async function commandByPs(pid: number): Promise<string> {
  const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'args=', '-p', String(pid)]);
  return stdout;
}
