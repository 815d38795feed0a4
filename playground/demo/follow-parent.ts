/**
 * Loaded into the bot's process before the bot. It ends the bot when the demo ends, even by kill -9: the bot's
 * standard input is a pipe from the demo, and it closes with the demo. Otherwise the bot would keep the database open
 * and call a Slack that no longer runs. It sends a signal because `process.exit` once hung on a busy machine: it waited
 * for the thread of the TypeScript loader.
 */
process.stdin.once('close', () => process.kill(process.pid, 'SIGKILL'));
process.stdin.resume();
process.stdin.unref();
