import type { Answer, Client } from './client.js';
import { eventually } from './eventually.js';

interface Component {
  status: string;
  latency: number;
  detail?: string;
}

export interface Health {
  status: string;
  activeJobs?: number;
  totalDatasets?: number;
  totalModels?: number;
  lastCheck: string;
  components: Record<'database' | 'queue' | 'workers' | 'artifacts', Component>;
}

/** Waits until the platform, as this client's API sees it, is in that state of health. */
export async function becomes(client: Client, status: string): Promise<Answer<Health>> {
  let last: Answer<Health> | undefined;
  try {
    return await eventually(async () => {
      last = await client.get<Health>('/health');
      return last.body?.status === status && last;
    }, `the platform is ${status}`);
  } catch (error) {
    throw new Error(`${(error as Error).message}; it is ${last?.text}`, { cause: error });
  }
}
