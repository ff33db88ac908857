import http from 'node:http';
import { BASE_PATH, testToken } from '../../test/support/client.js';

/** Opens a stream; resolves when its snapshot is there. Hands on how late each epoch came, in milliseconds. */
export function watch(
  origin: string,
  jobId: string,
  onEpoch: (delay: number) => void = () => {},
): Promise<http.ClientRequest> {
  return new Promise((resolve, reject) => {
    const path = `${BASE_PATH}/jobs/${jobId}/progress/stream`;
    const headers = { authorization: `Bearer ${testToken()}` };
    const request = http.get(`${origin}${path}`, { headers, agent: false }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`The stream was answered ${response.statusCode}`));
      let text = '';
      response.setEncoding('utf8').on('error', () => {});
      response.on('data', (chunk: string) => {
        const now = Date.now();
        text += chunk;
        const events = text.split('\n\n');
        text = events.pop()!;
        for (const event of events) {
          if (event.includes('event: snapshot')) resolve(request);
          const data = /^event: progress\ndata: (.*)$/m.exec(event);
          if (data) onEpoch(now - Date.parse((JSON.parse(data[1]!) as { timestamp: string }).timestamp));
        }
      });
    });
    request.on('error', reject);
  });
}
