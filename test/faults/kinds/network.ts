import type { Member } from '../bed/member.js';
import type { Proxy, ProxyMode } from '../../support/proxy.js';
import type { Backend } from '../settings.js';
import type { FaultKind } from './kind.js';
import type { Scene } from './scene.js';
import type { Chance } from '../chance.js';

type Server = 'database' | 'queue';

/** One process, or all of them. */
function struckMembers(scene: Scene, chance: Chance): { members: Member[]; release: () => void } | null {
  const candidates = chance.yes(0.3) ? scene.bed.members : [chance.pick(scene.bed.members)];
  const taken = candidates.flatMap((member) => scene.take(member.isAtWork ? member : undefined) ?? []);
  const release = () => taken.forEach((entry) => entry.release());
  return taken.length > 0 ? { members: taken.map(({ member }) => member), release } : null;
}

interface Trouble {
  name: string;
  backend?: Backend;
  server: Server;
  /** Milliseconds it lasts. */
  lasts: [least: number, most: number];
  begin(way: Proxy, chance: Chance): void;
  end(way: Proxy, chance: Chance): Promise<void>;
}

const networkTrouble = ({ name, backend, server, lasts, begin, end }: Trouble): FaultKind => ({
  name,
  ...(backend ? { backend } : {}),
  async strike(scene, chance) {
    const release = scene.occupy(server);
    const struck = release && struckMembers(scene, chance);
    if (!struck) {
      release?.();
      return null;
    }
    const { members } = struck;
    const over = members.map(({ life }) => life.harm(name));
    if (server === 'database') {
      for (const { life } of members) await scene.interruptions.note(name, scene.interruptions.heldBy(life));
    }
    for (const { ways } of members) begin(ways[server], chance);
    const heal = async () => {
      for (const { ways } of members) await end(ways[server], chance);
      for (const isOver of over) isOver();
      struck.release();
      release();
    };
    const what = members.length === 1 ? members[0]!.name : `${members.length} processes`;
    return { what, lasts: scene.lasting(chance, ...lasts), heal };
  },
});

const slow = (name: string, server: Server, backend?: Backend) =>
  networkTrouble({
    ...{ name, server, lasts: [1_500, 4_000] },
    ...(backend ? { backend } : {}),
    begin: (way, chance) => way.delay(chance.int(40, 400)),
    end: (way) => way.restore(),
  });

const HALVES: Exclude<ProxyMode, 'open'>[] = ['requests-only', 'answers-only', 'silent'];

/** What was sent meanwhile arrives late, or never. */
const halfOpen = (name: string, server: Server, backend?: Backend) =>
  networkTrouble({
    ...{ name, server, lasts: [1_500, 5_000] },
    ...(backend ? { backend } : {}),
    begin: (way, chance) => way.silence(chance.pick(HALVES)),
    end: async (way, chance) => {
      if (chance.yes(0.5)) way.drop();
      await way.restore();
    },
  });

export const DATABASE_SLOW = slow('slow network to the database', 'database');
export const DATABASE_HALF_OPEN = halfOpen('half-open network to the database', 'database');
export const REDIS_SLOW = slow('slow network to redis', 'queue', 'redis');
export const REDIS_HALF_OPEN = halfOpen('half-open network to redis', 'queue', 'redis');
