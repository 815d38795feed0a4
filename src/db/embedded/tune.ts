/**
 * The server's settings, for what this product does: bulk loads and set-based updates of up to a million
 * rows, a few clients, a machine with about two cores that the bot shares. Given at each start, so that a
 * later version of the bot changes them on data that exists.
 */
export function serverSettings(socketDir: string, fsync: boolean): Record<string, string> {
  return {
    // Nobody but who may enter the socket's directory (mode 0700) reaches the server.
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

    // A load of a million rows ends within one checkpoint, rather than writing each page whole several times.
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    // Saves a fifth of the log for a tenth of the time: the ids are random, and processor time is what is short.
    wal_compression: 'off',

    // Every recipient is updated a few times soon after it is stored: clean up at 5 % dead rows, not at 20 %.
    autovacuum_vacuum_scale_factor: '0.05',
    autovacuum_analyze_scale_factor: '0.05',
    // The default pause between pages was made for spinning disks.
    autovacuum_vacuum_cost_delay: '1ms',
    random_page_cost: '1.1',

    // Our statements are short or bound by the disk: compiling them, or dividing them among processes that
    // share two cores (and a container's 64 MB of /dev/shm), costs more than it gives.
    jit: 'off',
    max_parallel_workers_per_gather: '0',
    max_parallel_maintenance_workers: '0',
    max_connections: '100',

    // Times are stored and logged in UTC whatever the machine's zone.
    timezone: 'UTC',
    log_timezone: 'UTC',
    // The server's own life only. A failed statement is told to who made it; here it would carry numbers
    // and texts into the log.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
  };
}
