/** Sized for a laptop that does other things as well; what is committed stays committed, whatever is killed. */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 200,
  shared_buffers: '64MB',
  max_wal_size: '256MB',
  // No replica will ever follow: less is written ahead.
  wal_level: 'minimal',
  max_wal_senders: 0,
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** As arguments of `postgres`. */
export const SERVER_SETTINGS = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
