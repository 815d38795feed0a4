/**
 * The server's settings for what this product does: bulk loads and set-based updates of up to a million rows, a few
 * clients, a machine with about two cores that the bot uses too. They are passed at each start, so that a later version
 * of the bot can change them on existing data.
 */
export function serverSettings(socketDir: string, fsync: boolean): Record<string, string> {
  return {
    // Only processes that may enter the socket's directory (mode 0700) reach the server.
    listen_addresses: '',
    unix_socket_directories: `"${socketDir.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',

    // A commit that was acknowledged survives kill -9 and a power cut: what was sent is never sent again.
    fsync: fsync ? 'on' : 'off',
    synchronous_commit: 'on',
    full_page_writes: fsync ? 'on' : 'off',

    // The indexes of a big batch fit, so an update at random places does not read and write the same page twice.
    shared_buffers: '256MB',
    effective_cache_size: '1GB',
    work_mem: '8MB',
    maintenance_work_mem: '128MB',

    // A load of a million rows fits into one checkpoint, so that no page is written whole several times.
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    // Would save a fifth of the log for a tenth more time: the ids are random, and the processor is what is short.
    wal_compression: 'off',

    // Every recipient is updated a few times soon after it is stored: vacuum at 5 % dead rows, not at 20 %.
    autovacuum_vacuum_scale_factor: '0.05',
    autovacuum_analyze_scale_factor: '0.05',
    // The default pause between pages was made for spinning disks.
    autovacuum_vacuum_cost_delay: '1ms',
    random_page_cost: '1.1',

    // Our statements are short, or the disk limits them: compiling them, or dividing them among processes that share
    // two cores (and a container's 64 MB of /dev/shm), costs more than it saves.
    jit: 'off',
    max_parallel_workers_per_gather: '0',
    max_parallel_maintenance_workers: '0',
    max_connections: '100',

    // Times are stored and logged in UTC whatever the machine's zone.
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Only starts, stops and crashes of the server. The client gets the error of a failed statement; in this log it
    // would write phone numbers and texts.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
  };
}
