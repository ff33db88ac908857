/** A process that does nothing. */
setInterval(() => {}, 1e9);
process.once('SIGTERM', () => process.exit());
process.send!({ type: 'ready' });
