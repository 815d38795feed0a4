/**
 * Loaded into the bot's process before the bot: the demo holds the other end of its standard input, which closes
 * when the demo dies, by kill -9 too. A bot left behind would keep the database and knock at a Slack that is gone.
 * By a signal: on a busy machine `process.exit` was seen to wait for the TypeScript loader's thread for ever.
 */
process.stdin.once('close', () => process.kill(process.pid, 'SIGKILL'));
process.stdin.resume();
process.stdin.unref();
