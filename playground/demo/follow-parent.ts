/**
 * Loaded into the bot's process before the bot. It ends the bot when the demo dies, also by kill -9: the demo holds
 * the other end of the bot's standard input, which then closes. Otherwise the bot would keep the database and call a
 * Slack that is gone. It uses a signal: on a busy machine `process.exit` once waited for ever for the thread of the
 * TypeScript loader.
 */
process.stdin.once('close', () => process.kill(process.pid, 'SIGKILL'));
process.stdin.resume();
process.stdin.unref();
