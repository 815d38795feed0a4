/**
 * Loaded into the bot's process before the bot: the demo holds the other end of its standard input, which closes
 * when the demo dies, by kill -9 too. A bot left behind would keep the database and knock at a Slack that is gone.
 */
process.stdin.once('close', () => process.exit(1));
process.stdin.resume();
process.stdin.unref();
