import net from 'node:net';

/**
 * A client in a process of its own, the same for all servers and so light that it is not what is measured: keep-alive
 * connections, one request at a time on each, written as they stand; of an answer its status and its length are looked
 * at. Told by its parent what to send, it answers how many were answered in which time.
 */
export interface Load {
  port: number;
  /** Whole requests as they go over the wire; sent in turn. */
  requests: string[];
  status: number;
  connections: number;
  ms: number;
}

export interface Answered {
  count: number;
  seconds: number;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** Bytes of the answer that the buffer begins with; undefined while its head is not there. Throws at another status. */
function lengthOf(buffer: Buffer, status: number): number | undefined {
  const headEnd = buffer.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const head = buffer.toString('latin1', 0, headEnd);
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (Number(head.slice(9, 12)) !== status || length === undefined) throw new Error(`Not expected: ${head}`);
  return headEnd + HEAD_END.length + Number(length);
}

async function run({ port, requests, status, connections, ms }: Load): Promise<Answered> {
  const messages = requests.map((request) => Buffer.from(request));
  const begun = performance.now();
  let [sent, count] = [0, 0];
  const connection = () =>
    new Promise<void>((resolve, reject) => {
      const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
      let rest: Buffer = Buffer.alloc(0);
      const send = () => {
        if (performance.now() - begun >= ms) return socket.destroy();
        socket.write(messages[sent++ % messages.length]!);
      };
      socket.on('connect', send).on('error', reject);
      socket.on('close', () => resolve());
      socket.on('data', (chunk) => {
        try {
          rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
          const length = lengthOf(rest, status);
          if (length === undefined || rest.length < length) return;
          rest = Buffer.alloc(0);
          count += 1;
          send();
        } catch (error) {
          reject(error as Error);
        }
      });
    });
  await Promise.all(Array.from({ length: connections }, connection));
  return { count, seconds: (performance.now() - begun) / 1_000 };
}

process.on('message', (load: Load) => {
  run(load).then(
    (answered) => process.send!(answered),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.send!({ type: 'ready' });
